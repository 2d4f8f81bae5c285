"""The partially overlapping samples t test: the published example, R on awkward data, and what is not defined."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.errors import EvalcoreError
from evalcore.outcomes.matching import match
from evalcore.outcomes.overlap import OverlapChange, overlap_change
from evalcore.outcomes.paired import paired_change
from evalcore.outcomes.pairs import Pairs
from tests.outcomes.oracle import read, series

EVERYONE = read("everyone.json")
SETS = EVERYONE["sets"]
TESTED = {"t", "df", "p_value", "ci_low", "ci_high"}


def pairs_of(name: str) -> Pairs:
    return match(series(SETS[name]["pre"]), series(SETS[name]["post"]))


def computed(change: OverlapChange) -> dict[str, object]:
    fields = dataclasses.asdict(change).items()
    return {name: value for name, value in fields if value is not None and name not in ("confidence", "notes")}


@pytest.mark.parametrize("equal_variances", [False, True])
@pytest.mark.parametrize("name", SETS)
def test_it_is_as_in_r_and_nothing_else_is_given(name: str, equal_variances: bool) -> None:
    change = overlap_change(pairs_of(name), equal_variances=equal_variances)
    expected = SETS[name]["overlap_equal_variances" if equal_variances else "overlap"]
    assert computed(change) == {field: pytest.approx(value, rel=1e-10, abs=1e-12) for field, value in expected.items()}
    missing = bool((TESTED | {"mean_change"}) - set(expected))
    assert bool(change.notes) is missing


def test_the_published_example() -> None:
    published = EVERYONE["published"]
    found = overlap_change(pairs_of(published["set"]), equal_variances=True)
    assert round(found.p_value, published["decimals"]) == published["p_value"]
    assert found.mean_change > 0


@pytest.mark.parametrize("name", [name for name, one in SETS.items() if one["overlap"]["n_pairs"] > 2])
def test_with_pairs_alone_it_is_the_paired_t_test(name: str) -> None:
    matched = pairs_of(name).matched
    alone = match(matched["pre"], matched["post"])
    found, paired = overlap_change(alone), paired_change(alone, resamples=0)
    for field in ("mean_change", *TESTED):
        one, other = getattr(found, field), getattr(paired, field)
        assert one is other is None or one == pytest.approx(other, rel=1e-7, abs=1e-9), field


@pytest.mark.parametrize("name", ["nobody", "no_pairs", "one_pair"])
def test_below_two_pairs_there_are_only_counts(name: str) -> None:
    found = overlap_change(pairs_of(name))
    assert found.mean_change is found.t is found.ci_low is None
    assert found.notes[0].startswith("No test of everyone's answers: it needs 2 matched pairs")


def test_without_spread_the_reason_is_said() -> None:
    assert "all 7 scores before are equal" in overlap_change(pairs_of("both_constant")).notes[0]
    assert "leave no spread" in overlap_change(pairs_of("constant_change_only_pairs")).notes[0]
    assert "leave no spread" in overlap_change(pairs_of("doubled"), equal_variances=True).notes[0]


@pytest.mark.parametrize("factor", [0.3, 1.7, 2.3])
def test_scores_in_tenths_that_go_together_wholly_leave_no_spread(factor: float) -> None:
    """Equal variances and a correlation of 1: what is left of the error is a rounding error of binary fractions."""
    before = pd.Series([0.1, 0.2, 3 * 0.1])
    found = overlap_change(match(before, before * factor), equal_variances=True)
    assert found.t is found.p_value is found.ci_low is None
    assert "leave no spread" in found.notes[0]


def test_another_confidence() -> None:
    wide, narrow = (overlap_change(pairs_of("derrick"), confidence=share) for share in (0.95, 0.5))
    assert wide.ci_low < narrow.ci_low < narrow.mean_change < narrow.ci_high < wide.ci_high
    assert narrow.confidence == 0.5
    with pytest.raises(EvalcoreError, match="between 0 and 1"):
        overlap_change(pairs_of("derrick"), confidence=95)


score = st.one_of(st.none(), st.integers(70, 350).map(lambda tenths: tenths / 10))
people = st.lists(st.tuples(score, score), min_size=2, max_size=30)


def pairs_from(scores: list[tuple[float | None, float | None]]) -> Pairs:
    pre, post = zip(*scores, strict=True)
    return match(series(list(pre)), series(list(post)))


@given(scores=people, order=st.randoms(use_true_random=False))
def test_the_order_of_the_rows_never_changes_a_digit(scores: list[tuple[float, float]], order: object) -> None:
    shuffled = list(scores)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert overlap_change(pairs_from(scores)) == overlap_change(pairs_from(shuffled))


@given(scores=people, equal_variances=st.booleans())
def test_swapping_the_waves_flips_the_signs(scores: list[tuple[float, float]], equal_variances: bool) -> None:
    there, back = (
        overlap_change(pairs_from(one), equal_variances=equal_variances)
        for one in (scores, [(post, pre) for pre, post in scores])
    )
    assert (there.n_pre_only, there.n_post_only) == (back.n_post_only, back.n_pre_only)
    for one, other, sign in (
        ("mean_change", "mean_change", -1),
        ("t", "t", -1),
        ("ci_low", "ci_high", -1),
        ("df",) * 2 + (1,),
    ):
        here, mirrored = getattr(there, one), getattr(back, other)
        assert here is mirrored is None or here == pytest.approx(sign * mirrored, rel=1e-6, abs=1e-6)


def test_people_without_any_score_count_nowhere() -> None:
    base = pairs_of("two_pairs")
    more = match(
        pd.concat([series(SETS["two_pairs"]["pre"]), pd.Series({"X": None}, dtype=float)]),
        pd.concat([series(SETS["two_pairs"]["post"]), pd.Series({"X": None}, dtype=float)]),
    )
    assert overlap_change(base) == overlap_change(more)
