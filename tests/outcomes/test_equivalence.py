"""Two one-sided tests agree with R on every data set, and what can not be computed is None with its reason."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from evalcore.errors import EvalcoreError
from evalcore.outcomes.equivalence import Equivalence, equivalence, half_width, pairs_to_fit
from evalcore.outcomes.matching import match
from evalcore.outcomes.pairs import Pairs
from tests.outcomes.oracle import read, series

LIMITS = read("limits.json")
SETS = LIMITS["sets"]
CASES = [(name, place) for name, one in SETS.items() for place in range(len(one["equivalence"]))]


def pairs_of(name: str) -> Pairs:
    one = SETS[name]
    return match(series(one["pre"], one["pre_id"]), series(one["post"], one["post_id"]))


def computed(result: Equivalence) -> dict[str, object]:
    asked = {"confidence", "notes", "n_pairs"}
    return {key: value for key, value in dataclasses.asdict(result).items() if key not in asked and value is not None}


@pytest.mark.parametrize(("name", "place"), CASES)
def test_every_number_is_as_in_r_and_nothing_else_is_given(name: str, place: int) -> None:
    expected = SETS[name]["equivalence"][place]
    found = equivalence(pairs_of(name), bound=expected["bound"])
    assert found.n_pairs == SETS[name]["n_pairs"]
    assert computed(found) == pytest.approx(expected, rel=1e-8, abs=1e-300)


@pytest.mark.parametrize("name", SETS)
def test_whatever_is_missing_has_one_reason(name: str) -> None:
    found = equivalence(pairs_of(name), bound=1)
    assert len(found.notes) == (found.ci_low is None)
    starts = {0: "No matched pair", 1: "One matched pair", 2: "Two matched pairs"}
    for note in found.notes:
        assert note.startswith(starts.get(found.n_pairs, "All changes are equal"))


@pytest.mark.parametrize("bound", [0, -1, math.nan, math.inf, -math.inf])
def test_a_bound_that_is_none_is_refused(bound: float) -> None:
    with pytest.raises(EvalcoreError, match="positive number of points"):
        equivalence(pairs_of("ties_and_zeros"), bound=bound)


def test_the_interval_is_of_ninety_per_cent() -> None:
    assert equivalence(pairs_of("ties_and_zeros"), bound=1).confidence == 0.9


SCORES = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=3, max_size=25)


def halves(scores: list[tuple[int, int]]) -> tuple[list[float], list[float]]:
    return [pre / 2 for pre, _ in scores], [post / 2 for _, post in scores]


@given(SCORES, st.integers(1, 60), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(scores, bound, random) -> None:
    pre, post = [pre / 10 for pre, _ in scores], [post / 10 for _, post in scores]
    pairs = match(series(pre), series(post))
    shuffled = pairs.matched.iloc[random.sample(range(len(pre)), len(pre))]
    other = dataclasses.replace(pairs, matched=shuffled)
    assert equivalence(other, bound=bound / 4) == equivalence(pairs, bound=bound / 4)


@given(SCORES, st.integers(1, 60))
def test_both_tests_are_passed_where_the_interval_lies_inside(scores, bound) -> None:
    pre, post = halves(scores)
    found = equivalence(match(series(pre), series(post)), bound=bound / 4)
    assume(found.ci_low is not None)
    edge = min(abs(found.ci_low + found.bound), abs(found.ci_high - found.bound))
    assume(edge > 1e-9)
    inside = -found.bound < found.ci_low and found.ci_high < found.bound
    assert inside == (found.p_value < (1 - found.confidence) / 2)
    assert found.p_value == max(found.p_lower, found.p_upper)
    assert found.ci_high - found.ci_low == pytest.approx(2 * half_width(found.n_pairs, found.sd_change))


@given(SCORES, st.integers(1, 60))
def test_turning_all_changes_round_exchanges_the_tests(scores, bound) -> None:
    pre, post = halves(scores)
    one = equivalence(match(series(pre), series(post)), bound=bound / 4)
    turned = equivalence(match(series(post), series(pre)), bound=bound / 4)
    assume(one.p_value is not None)
    assert (turned.p_lower, turned.p_upper) == pytest.approx((one.p_upper, one.p_lower), rel=1e-9)
    assert (turned.ci_low, turned.ci_high) == pytest.approx((-one.ci_high, -one.ci_low), abs=1e-12)


# --- pairs whose interval could fit ------------------------------------------------------------------------------


@pytest.mark.parametrize("one", LIMITS["pairs_to_fit"], ids=lambda one: f"{one['sd']:g} in {one['bound']:g}")
def test_the_pairs_that_could_fit_are_as_found_one_by_one_in_r(one: dict[str, float]) -> None:
    assert pairs_to_fit(one["sd"], one["bound"]) == one["pairs"]


@given(st.floats(0.01, 50), st.floats(0.01, 50))
def test_the_pairs_that_could_fit_are_the_fewest(sd: float, bound: float) -> None:
    n = pairs_to_fit(sd, bound)
    assert n is not None
    assert half_width(n, sd) < bound
    assert n == 3 or half_width(n - 1, sd) >= bound


def test_where_no_number_of_pairs_would_do_none_is_given() -> None:
    assert pairs_to_fit(10.0, 1e-9) is None


@pytest.mark.parametrize(("sd", "bound"), [(-1, 1), (math.nan, 1), (math.inf, 1), (1, 0), (1, math.nan), (1, math.inf)])
def test_an_sd_or_bound_that_is_none_is_refused(sd: float, bound: float) -> None:
    with pytest.raises(EvalcoreError, match="zero or a positive number"):
        pairs_to_fit(sd, bound)


def test_two_thousand_people_are_no_burden_and_data_are_not_changed() -> None:
    pairs = pairs_of("two_thousand")
    before = pairs.matched.copy()
    equivalence(pairs, bound=1)
    pd.testing.assert_frame_equal(pairs.matched, before)
    assert np.isfinite(equivalence(pairs, bound=1).p_value)
