"""What regression to the mean alone could give agrees with R, and its direction is from the mean before to the norm."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.errors import EvalcoreError
from evalcore.outcomes.matching import match
from evalcore.outcomes.regression import ASSUMED_CORRELATIONS, expected_change, regression_to_the_mean
from tests.outcomes.oracle import read, series
from tests.outcomes.test_equivalence import SETS, pairs_of

CASES = [(name, place) for name, one in SETS.items() for place in range(len(one["regression"]))]
SCORES = st.lists(st.integers(0, 60), min_size=1, max_size=25)


def pairs_with(before: list[float]):
    return match(series(before), series([value + 1 for value in before]))


@pytest.mark.parametrize(("name", "place"), CASES)
def test_the_expected_change_is_as_in_r(name: str, place: int) -> None:
    expected = SETS[name]["regression"][place]
    found = regression_to_the_mean(
        pairs_of(name), norm_mean=expected["norm_mean"], correlations=expected["correlations"]
    )
    assert found.n_pairs == SETS[name]["n_pairs"]
    assert found.correlations == tuple(expected["correlations"])
    if not found.n_pairs:
        assert (found.mean_pre, found.expected, found.expected_low, found.expected_high) == (None, (), None, None)
        assert found.notes == ("No matched pair: nothing can be computed.",)
        return
    assert found.mean_pre == pytest.approx(expected["mean_pre"], rel=1e-12)
    assert found.expected == pytest.approx(expected["expected"], rel=1e-9, abs=1e-9)
    assert (found.expected_low, found.expected_high) == (min(found.expected), max(found.expected))
    assert not found.notes


def test_a_mean_before_that_equals_the_norm_gives_exactly_no_change() -> None:
    """0.1 + 0.2 and 0.3 differ in the 17th digit; a zero is never written with a minus."""
    found = regression_to_the_mean(pairs_with([0.1, 0.2, 0.6]), norm_mean=0.3)
    assert [math.copysign(1, value) for value in (*found.expected, expected_change(0.1 + 0.2, 0.3, 0.5))] == [1] * 3
    assert set(found.expected) == {0.0}


@given(SCORES, st.integers(0, 60), st.floats(0, 1), st.floats(0, 1))
def test_scores_move_towards_the_norm_and_never_past_it(before, norm, one, other) -> None:
    found = regression_to_the_mean(pairs_with(before), norm_mean=norm, correlations=(one, other))
    gap = norm - found.mean_pre
    for value in found.expected:
        assert value * gap >= 0
        assert abs(value) <= abs(gap) + 1e-9
    sizes = [abs(value) for value in found.expected]
    assert sizes == sorted(sizes, reverse=True)


@given(st.permutations([18.1, 19.3, 21.7, 22.2, 30.9, 17.4]))
def test_the_order_of_the_rows_does_not_matter(before) -> None:
    assert regression_to_the_mean(pairs_with(before), norm_mean=23.5) == regression_to_the_mean(
        pairs_with(sorted(before)), norm_mean=23.5
    )


def test_only_the_matched_people_count() -> None:
    pairs = match(series([10, 20], ["A", "B"]), series([25, 30], ["B", "C"]))
    found = regression_to_the_mean(pairs, norm_mean=30)
    assert (found.n_pairs, found.mean_pre) == (1, 20)


def test_the_range_is_assumed_where_nothing_is_cited() -> None:
    found = regression_to_the_mean(pairs_with([20]), norm_mean=30)
    assert found.correlations == ASSUMED_CORRELATIONS


def test_correlations_stand_in_rising_order_and_once() -> None:
    assert regression_to_the_mean(pairs_with([20]), norm_mean=30, correlations=(0.9, 0.5, 0.9)).correlations == (
        0.5,
        0.9,
    )


@pytest.mark.parametrize("correlations", [(), (-0.1,), (1.01, 0.5), (math.nan,)])
def test_a_correlation_that_can_not_be_is_refused(correlations) -> None:
    with pytest.raises(EvalcoreError, match="from 0 to 1"):
        regression_to_the_mean(pairs_with([20]), norm_mean=30, correlations=correlations)


@pytest.mark.parametrize("norm", [math.nan, math.inf])
def test_a_norm_that_is_no_number_is_refused(norm: float) -> None:
    with pytest.raises(EvalcoreError, match="finite number"):
        regression_to_the_mean(pairs_with([20]), norm_mean=norm)


def test_the_oracle_says_what_wrote_it() -> None:
    written = read("limits.json")
    assert written["written_by"] == "limits.R"
    assert {"R", "jsonlite"} <= set(written["versions"])
