"""Nothing that makes a result weaker ever makes a claim stronger, whatever the facts."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.claims import ChangeFacts, claim_change, rule_table
from tests.claims.facts import TOTALS

COUNTS = st.integers(0, 60) | st.integers(0, 5_000)
MARGINS = st.floats(0, 10) | st.just(float("nan")) | st.none()
TINY = st.floats(-5, 5) | st.sampled_from((0.0, 0.04, -0.04, 1e-14))


@st.composite
def all_facts(draw: st.DrawFn) -> ChangeFacts:
    """Any facts: also those that no data could give, such as fewer people asked than matched."""
    change, margin = draw(TINY), draw(MARGINS)
    known = margin is not None
    return ChangeFacts(
        who="service users",
        measure="SWEMWBS",
        unit="points",
        n_pairs=draw(COUNTS),
        n_asked=draw(st.none() | COUNTS),
        n_before=draw(st.none() | COUNTS),
        mean_pre=20.0,
        mean_post=20.0 + change,
        mean_change=change,
        ci_low=change - margin if known else None,
        ci_high=change + margin if known else None,
        p_value=draw(st.none() | st.floats(0, 1)),
        all_equal=draw(st.booleans()),
        family=draw(st.integers(0, 30)),
        family_name=TOTALS,
        p_adjusted=draw(st.none() | st.floats(0, 1)),
        added=draw(st.none() | st.booleans()),
        one_site=draw(st.booleans()),
    )


def strength(known: ChangeFacts, decimals: int = 1) -> int:
    return claim_change(known, decimals=decimals).strength


def raised(known: ChangeFacts, **weaker: object) -> bool:
    return strength(replace(known, **weaker)) > strength(known)


@given(known=all_facts(), fewer=COUNTS)
def test_fewer_pairs_never_raise_the_strength(known: ChangeFacts, fewer: int) -> None:
    assert not raised(known, n_pairs=min(fewer, known.n_pairs))


@given(known=all_facts(), by=st.floats(0, 10) | st.just(float("nan")))
def test_a_wider_interval_never_raises_it(known: ChangeFacts, by: float) -> None:
    if known.ci_low is not None and known.ci_high is not None:
        assert not raised(known, ci_low=known.ci_low - by, ci_high=known.ci_high + by)
        assert not raised(known, ci_low=known.ci_low - by)
        assert not raised(known, ci_high=known.ci_high + by)
    assert not raised(known, ci_low=None, ci_high=None)


@given(known=all_facts(), more=COUNTS)
def test_more_people_missing_never_raise_it(known: ChangeFacts, more: int) -> None:
    assert known.n_asked is None or not raised(known, n_asked=known.n_asked + more)
    assert known.n_before is None or not raised(known, n_before=known.n_before + more)


@given(known=all_facts(), more=st.integers(0, 200), larger=st.floats(0, 1))
def test_more_comparisons_or_a_larger_adjusted_p_never_raise_it(known: ChangeFacts, more: int, larger: float) -> None:
    assert not raised(known, family=known.family + more)
    assert known.p_adjusted is None or not raised(known, p_adjusted=max(larger, known.p_adjusted))
    assert not raised(known, p_adjusted=None)


@given(known=all_facts())
def test_being_added_later_never_raises_it(known: ChangeFacts) -> None:
    planned, added, none = (strength(replace(known, added=added)) for added in (False, True, None))
    assert added <= planned
    assert added <= none <= planned


@given(known=all_facts())
def test_not_knowing_never_raises_it(known: ChangeFacts) -> None:
    """To leave out the list of the people asked, or the plan, wins nothing."""
    assert not raised(known, n_asked=None)
    assert not raised(known, added=None)


@given(known=all_facts(), decimals=st.integers(0, 3))
def test_every_claim_is_whole(known: ChangeFacts, decimals: int) -> None:
    claim = claim_change(known, decimals=decimals)
    assert 0 <= claim.strength < len(rule_table().levels)
    for text in (claim.title, claim.sentence, claim.caution, *claim.reasons):
        assert text.strip()
        assert "{" not in text
        assert "nan" not in text.lower().split()
    assert bool(claim.reasons)


@pytest.mark.parametrize("counts", [(0, 12, 12), (12, 10, 40), (12, 40, 10), (12, None, 10), (12, 10, 10)])
def test_the_counts_are_never_negative(counts: tuple[int, int | None, int]) -> None:
    pairs, asked, before = counts
    known = ChangeFacts("people", "GSE", "points", pairs, asked, 20.0, 21.0, 1.0, 0.5, 1.5, n_before=before)
    claim = claim_change(known, decimals=1)
    assert not re.search(r"(?<!\w)[-−]\d", " ".join((claim.sentence, *claim.reasons)))
