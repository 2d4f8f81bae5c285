"""Wilson's and Newcombe's intervals: as published, as in R, and at the ends."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.errors import EvalcoreError
from evalcore.outcomes.shares import newcombe, wilson
from tests.outcomes.oracle import read

R = read("two_groups.json")
PUBLISHED = read("newcombe.json")
HALF_OF_THE_LAST_DIGIT = 5.1e-5

counts = st.integers(1, 300_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize("one", PUBLISHED["shares"]["examples"], ids=lambda one: str(one["counts"]))
def test_wilson_gives_newcombe_s_table_i(one):
    assert wilson(*one["counts"]) == pytest.approx(tuple(one["ci"]), abs=HALF_OF_THE_LAST_DIGIT)


@pytest.mark.parametrize("one", PUBLISHED["differences"]["examples"], ids=lambda one: str(one["counts"]))
def test_newcombe_gives_his_table_ii(one):
    assert newcombe(*one["counts"]) == pytest.approx(tuple(one["ci"]), abs=HALF_OF_THE_LAST_DIGIT)


@pytest.mark.parametrize("one", R["shares"], ids=lambda one: f"{one['count']}/{one['n']}")
def test_wilson_as_in_r(one):
    assert wilson(one["count"], one["n"]) == pytest.approx(tuple(one["ci"]), rel=1e-9, abs=1e-14)
    assert wilson(one["count"], one["n"], confidence=0.9) == pytest.approx(tuple(one["ci_90"]), rel=1e-9, abs=1e-14)


@pytest.mark.parametrize("name", R["two_shares"])
def test_newcombe_as_by_formula_in_r(name):
    one = R["two_shares"][name]
    for confidence, key in ((0.95, "expected"), (0.9, "expected_90")):
        expected = one[key]["difference_ci_low"], one[key]["difference_ci_high"]
        assert newcombe(*one["counts"], confidence=confidence) == pytest.approx(expected, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("n", [1, 2, 3, 7, 10, 27, 49, 333, 250_000])
@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.999])
def test_the_ends_are_exact_where_nobody_or_everybody_has_it(n, confidence):
    low, high = wilson(0, n, confidence=confidence)
    assert (low, 0 < high < 1) == (0.0, True)
    low, high = wilson(n, n, confidence=confidence)
    assert (high, 0 < low < 1) == (1.0, True)
    assert newcombe(n, n, 0, n, confidence=confidence)[1] == 1.0
    assert newcombe(0, n, n, n, confidence=confidence)[0] == -1.0


@given(one=counts, other=counts)
def test_intervals_hold_what_they_belong_to_and_turn_round_with_the_sides(one, other):
    low, high = wilson(*one)
    assert 0 <= low <= one[0] / one[1] <= high <= 1
    difference = one[0] / one[1] - other[0] / other[1]
    low, high = newcombe(*one, *other)
    assert -1 <= low <= difference <= high <= 1
    assert newcombe(*other, *one) == pytest.approx((-high, -low), abs=1e-14)


@pytest.mark.parametrize(
    ("count", "n"),
    [(5, 4), (-1, 4), (0, -1), (1.5, 4), (1, 4.5), (None, 4), (float("nan"), 4), (1, float("inf")), ("1", 4)],
)
def test_counts_that_can_not_be_are_errors(count, n):
    with pytest.raises(EvalcoreError, match="umber"):
        wilson(count, n)
    with pytest.raises(EvalcoreError, match="umber"):
        newcombe(1, 2, count, n)


def test_a_share_of_nobody_has_no_interval():
    with pytest.raises(EvalcoreError, match="nobody"):
        wilson(0, 0)
    with pytest.raises(EvalcoreError, match="nobody"):
        newcombe(1, 2, 0, 0)


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_the_confidence_lies_between_0_and_1(confidence):
    with pytest.raises(EvalcoreError, match="confidence"):
        wilson(1, 2, confidence=confidence)


def test_counts_of_a_table_are_welcome():
    assert wilson(np.int64(14), np.float64(27)) == wilson(14, 27)
    assert all(type(end) is float for end in wilson(np.int32(0), np.int32(27)))
