"""The Bayes factor agrees with R's BayesFactor, and with the integral that defines it where that approximates."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.errors import EvalcoreError
from evalcore.outcomes.bayes import bayes_factor
from evalcore.outcomes.matching import match
from evalcore.outcomes.pairs import Pairs
from tests.outcomes.oracle import read, series

SETS = read("everyone.json")["sets"]
GIVEN = [(name, prior) for name, one in SETS.items() for prior in one["bayes"] or ()]


def pairs_of(name: str) -> Pairs:
    return match(series(SETS[name]["pre"]), series(SETS[name]["post"]))


@pytest.mark.parametrize(("name", "prior"), GIVEN)
def test_it_is_as_in_r(name: str, prior: str) -> None:
    expected = SETS[name]["bayes"][prior]
    found = bayes_factor(pairs_of(name), scale=expected["scale"])
    assert found.bf10 == pytest.approx(expected["integrated"], rel=1e-11)
    if not expected["approximated"]:
        assert found.bf10 == pytest.approx(expected["bf10"], rel=1e-8)
    assert (found.scale, found.n_pairs) == (expected["scale"], SETS[name]["overlap"]["n_pairs"])


def test_r_approximates_only_where_t_is_large() -> None:
    approximated = {name for name, prior in GIVEN if SETS[name]["bayes"][prior]["approximated"]}
    assert approximated == {"almost_equal_changes", "two_thousand_large"}


def test_the_default_prior_is_the_medium_one() -> None:
    assert bayes_factor(pairs_of("sleep")) == bayes_factor(pairs_of("sleep"), scale=0.707)


@pytest.mark.parametrize("name", [name for name, one in SETS.items() if not one["bayes"]])
def test_what_r_can_not_give_is_none_with_its_reason(name: str) -> None:
    found = bayes_factor(pairs_of(name))
    assert found.bf10 is None
    equal = found.n_pairs >= 3
    (note,) = found.notes
    assert note.startswith("No Bayes factor: all changes are equal" if equal else "No Bayes factor: it needs 3")


@pytest.mark.parametrize("n", [3, 9, 10, 30])
def test_below_ten_pairs_it_says_little_more_than_the_prior(n: int) -> None:
    matched = pairs_of("hundred_and_twenty").matched.iloc[:n]
    found = bayes_factor(match(matched["pre"], matched["post"]))
    assert found.bf10 is not None
    assert [note for note in found.notes if "little more than the prior" in note] == list(found.notes)
    assert bool(found.notes) is (n < 10)


def test_beyond_the_largest_number_it_is_none_and_says_how_large() -> None:
    before = pd.Series(np.zeros(2_000))
    after = pd.Series(5 + np.arange(2_000) % 7)
    found = bayes_factor(match(before, after))
    assert found.bf10 is None
    assert "10 to the power of" in found.notes[0]
    changes = after - before
    t = float(changes.mean() / changes.std() * math.sqrt(2_000))
    # With a t so large the prior hardly matters beside the likelihood: (1 + t²/v)^(n/2).
    power = 1_000 * math.log10(1 + t**2 / 1_999)
    assert int(found.notes[0].split("power of ")[1].split(",", 1)[0]) == int(power // 1_000)


@pytest.mark.parametrize("scale", [0.0, -0.707, math.nan, math.inf])
def test_a_scale_that_is_none_is_refused(scale: float) -> None:
    with pytest.raises(EvalcoreError, match="above 0"):
        bayes_factor(pairs_of("sleep"), scale=scale)


def test_a_prior_without_width_is_no_change_at_all() -> None:
    assert bayes_factor(pairs_of("sleep"), scale=1e-7).bf10 == pytest.approx(1, abs=1e-5)
    wide = [bayes_factor(pairs_of("sleep"), scale=scale).bf10 for scale in (1e3, 1e4)]
    assert wide[0] == pytest.approx(10 * wide[1], rel=1e-3)


score = st.integers(70, 350).map(lambda tenths: tenths / 10)


@given(scores=st.lists(st.tuples(score, score), min_size=3, max_size=40), order=st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_the_direction_matters(scores: list[tuple[float, float]], order: object) -> None:
    pre, post = (pd.Series(one) for one in zip(*scores, strict=True))
    found = bayes_factor(match(pre, post))
    back = bayes_factor(match(post, pre))
    order.shuffle(scores)  # type: ignore[attr-defined]
    assert bayes_factor(match(*(pd.Series(one) for one in zip(*scores, strict=True)))) == found
    if found.bf10 is None:
        assert back == found
    else:
        assert found.bf10 > 0
        assert back.bf10 == pytest.approx(found.bf10, rel=1e-6)
