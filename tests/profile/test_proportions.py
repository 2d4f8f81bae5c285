"""A share of the pilot beside that of the caseload: as in R, and what is not said where it can not be computed."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from evalcore.errors import EvalcoreError
from evalcore.profile.proportions import ProportionComparison, compare_proportions
from tests.outcomes.oracle import read

R = read("two_groups.json")
COUNTS = {"n", "count", "caseload_n", "caseload_count"}
SETTINGS = {"confidence", "notes"}
COMPUTED = [field.name for field in fields(ProportionComparison) if field.name not in COUNTS | SETTINGS]
NO_RATIO = "No ratio: on one side nobody or everybody has it."


def check(found, expected):
    for name in COMPUTED:
        value = getattr(found, name)
        if name in expected:
            assert value == pytest.approx(expected[name], rel=1e-7, abs=1e-13), name
        else:
            assert value is None, name


@pytest.mark.parametrize(("confidence", "key"), [(0.95, "expected"), (0.9, "expected_90")])
@pytest.mark.parametrize("name", R["two_shares"])
def test_as_in_r(name, confidence, key):
    one = R["two_shares"][name]
    found = compare_proportions(*one["counts"], confidence=confidence)
    assert [found.count, found.n, found.caseload_count, found.caseload_n] == one["counts"]
    assert found.confidence == confidence
    check(found, one[key])


@pytest.mark.parametrize(
    ("counts", "notes"),
    [
        ((14, 27, 900, 1500), ()),
        ((0, 27, 900, 1500), (NO_RATIO,)),
        ((27, 27, 900, 1500), (NO_RATIO,)),
        ((14, 27, 0, 1500), (NO_RATIO,)),
        ((14, 27, 1500, 1500), (NO_RATIO,)),
        ((0, 5, 0, 8), (NO_RATIO,)),
    ],
)
def test_a_ratio_only_where_every_cell_has_somebody(counts, notes):
    found = compare_proportions(*counts)
    assert found.notes == notes
    ratio = (found.risk_ratio, found.risk_ratio_ci_low, found.risk_ratio_ci_high)
    assert all(value is None for value in ratio) == bool(notes)
    assert None not in (found.difference, found.difference_ci_low, found.difference_ci_high, found.fisher_p)


@pytest.mark.parametrize("one", R["pilot_inside"], ids=lambda one: str(one["counts"]))
def test_the_pilot_is_taken_out_of_the_caseload(one):
    count, n, caseload_count, caseload_n = one["counts"]
    found = compare_proportions(*one["counts"], pilot_in_caseload=True)
    apart = compare_proportions(count, n, caseload_count - count, caseload_n - n)
    assert (found.caseload_count, found.caseload_n) == (caseload_count - count, caseload_n - n)
    assert [getattr(found, name) for name in COMPUTED] == [getattr(apart, name) for name in COMPUTED]
    assert found.fisher_p == pytest.approx(one["fisher_p"], rel=1e-7)
    assert found.notes == ("The people of the pilot are taken out of the caseload first.", *apart.notes)


@pytest.mark.parametrize("counts", [(14, 27, 13, 100), (14, 27, 90, 102), (3, 3, 2, 2)])
def test_a_caseload_that_does_not_hold_the_pilot_is_an_error(counts):
    with pytest.raises(EvalcoreError, match="can not hold the people of the pilot"):
        compare_proportions(*counts, pilot_in_caseload=True)
    compare_proportions(*counts)


def test_a_caseload_of_nobody_but_the_pilot():
    found = compare_proportions(14, 27, 14, 27, pilot_in_caseload=True)
    assert (found.caseload_n, found.caseload_count) == (0, 0)
    assert found.rate == 14 / 27
    check(found, {name: getattr(found, name) for name in ("rate", "rate_ci_low", "rate_ci_high")})
    assert found.notes[-1] == "It is known for nobody of the caseload: no comparison."


def test_nobody_in_the_pilot():
    found = compare_proportions(0, 0, 5, 10)
    caseload = ("caseload_rate", "caseload_rate_ci_low", "caseload_rate_ci_high")
    assert found.caseload_rate == 0.5
    assert None not in (getattr(found, name) for name in caseload)
    check(found, {name: getattr(found, name) for name in caseload})
    assert found.notes == ("It is known for nobody of the pilot: no comparison.",)


def test_nobody_at_all():
    found = compare_proportions(0, 0, 0, 0)
    check(found, {})
    assert found.notes == ("It is known for neither the pilot nor the caseload: no comparison.",)


def test_the_difference_is_pilot_minus_caseload():
    found = compare_proportions(9, 10, 3, 10)
    assert found.difference > 0
    assert found.risk_ratio > 1


@pytest.mark.parametrize(
    "counts", [(5, 4, 1, 2), (1, 2, 5, 4), (-1, 4, 1, 2), (1, 2, -1, 4), (1.5, 4, 1, 2), (1, 2, None, 4)]
)
def test_counts_that_can_not_be_are_errors(counts):
    with pytest.raises(EvalcoreError, match="umber"):
        compare_proportions(*counts)


@pytest.mark.parametrize("counts", [(1, 2, 3, 4), (0, 0, 0, 0)])
def test_the_confidence_lies_between_0_and_1(counts):
    with pytest.raises(EvalcoreError, match="confidence"):
        compare_proportions(*counts, confidence=95)


def test_plain_numbers_come_out_whatever_goes_in():
    found = compare_proportions(np.int64(14), np.int32(27), np.float64(900), np.int64(1500))
    assert found == compare_proportions(14, 27, 900, 1500)
    assert all(type(getattr(found, name)) is float for name in COMPUTED)
    assert all(type(getattr(found, name)) is int for name in COUNTS)
