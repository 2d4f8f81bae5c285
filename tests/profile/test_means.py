"""A mean of the pilot beside that of the caseload: as in R, and what is not said where it can not be computed."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pandas as pd
import pytest

from evalcore.errors import EvalcoreError
from evalcore.profile import means
from evalcore.profile.means import MeanComparison, PublishedMean, compare_means
from tests.outcomes.oracle import read

R = read("two_groups.json")
SETTINGS = {"confidence", "notes", "method"}
COMPUTED = [field.name for field in fields(MeanComparison) if field.name not in SETTINGS]
RANKS = ("mann_whitney_u", "mann_whitney_p")
LARGE = R["large"]


def check(found, expected):
    for name in COMPUTED:
        value = getattr(found, name)
        if name in expected:
            assert value == pytest.approx(expected[name], rel=1e-8, abs=1e-12), name
        else:
            assert value is None, name
    check_method(found.method, expected)


def check_method(method, expected):
    named = []
    if "t" in expected:
        named.append("Welch's t test")
    if "mann_whitney_p" in expected:
        how = "exact" if expected["exact"] else "normal approximation with tie and continuity correction"
        named.append(f"Mann-Whitney U test, {how}")
    assert method == ("; ".join(named) or None)


@pytest.mark.parametrize(("confidence", "key"), [(0.95, "expected"), (0.9, "expected_90")])
@pytest.mark.parametrize("name", R["means"])
def test_as_in_r(name, confidence, key):
    one = R["means"][name]
    found = compare_means(one["pilot"], one["caseload"], confidence=confidence)
    assert found.confidence == confidence
    check(found, one[key])


def large_caseload():
    return np.arange(LARGE["n"]) * LARGE["step"] % LARGE["modulus"]


@pytest.mark.parametrize("kind", [np.asarray, lambda values: pd.Series(values, dtype="Int64")])
def test_a_caseload_of_250_000(kind):
    check(compare_means(LARGE["pilot"], kind(large_caseload())), LARGE["expected"])


def test_u_counts_the_pairs_in_which_the_pilot_is_higher():
    found = compare_means([3.0, 5.0], [1.0, 3.0, 4.0])
    assert found.mann_whitney_u == 1 + 0.5 + 3
    assert compare_means([1.0, 3.0, 4.0], [3.0, 5.0]).mann_whitney_u == 6 - found.mann_whitney_u


def test_values_equal_to_10_decimals_are_tied():
    found, tied = compare_means([0.1 + 0.2, 0.7], [0.3, 0.5]), compare_means([0.3, 0.7], [0.3, 0.5])
    assert [getattr(found, name) for name in (*RANKS, "method")] == [getattr(tied, name) for name in (*RANKS, "method")]
    assert "tie" in found.method


@pytest.mark.parametrize(("pilot", "exact"), [(49, True), (50, False)])
def test_exact_below_fifty_people_on_each_side(pilot, exact):
    values = np.arange(pilot + 49.0)
    for ours, theirs in ((values[:pilot], values[pilot:]), (values[pilot:], values[:pilot])):
        assert compare_means(ours, theirs).method.endswith("exact") == exact
    assert means.EXACT_BELOW == 50


@pytest.mark.parametrize(
    "kind",
    [
        list,
        lambda values: np.array(values, dtype=float),
        lambda values: pd.Series(values, dtype="Float64", index=list("ABCD"[: len(values)])),
        lambda values: pd.Series(values, dtype=object).where(lambda one: one.notna(), pd.NA),
    ],
)
def test_missing_values_are_left_out_and_counted(kind):
    found = compare_means(kind([50, None, 41, 70]), kind([None, 40, None, 45]))
    whole = compare_means([50, 41, 70], [40, 45])
    assert [getattr(found, name) for name in COMPUTED] == [getattr(whole, name) for name in COMPUTED]
    assert found.notes == (
        "1 person of the pilot has no value and is left out.",
        "2 people of the caseload have no value and are left out.",
    )
    assert whole.notes == ()


@pytest.mark.parametrize(
    ("pilot", "caseload", "note"),
    [
        ([], [1, 2], "No value is known for anybody of the pilot: no comparison."),
        ([1, 2], [None], "No value is known for anybody of the caseload: no comparison."),
        ([], [], "No value is known for anybody of the pilot or the caseload: no comparison."),
        ([1], [2, 3], "One value only in the pilot: no SD there, no interval and no Welch test."),
        ([1, 2], [3], "One value only in the caseload: no SD there, no interval and no Welch test."),
        ([1], [3], "One value only in the pilot and the caseload: no SD there, no interval and no Welch test."),
        ([3, 3], [2, 2], "All values are equal on each side: without spread there is no interval and no Welch test."),
        ([3], [3], "All values are the same on both sides: no p for the Mann-Whitney test."),
    ],
)
def test_what_can_not_be_computed_is_said(pilot, caseload, note):
    assert compare_means(pilot, caseload).notes[-1] == note


def test_published_figures_give_welch_as_values_with_these_figures_do():
    published = R["published"]
    caseload = PublishedMean(published["mean"], published["sd"], published["n"])
    found = compare_means(published["pilot"], caseload)
    check(found, published["expected"])
    assert found.notes == (
        "Only published figures of the caseload are known: no Mann-Whitney test, which needs each value.",
    )


@pytest.mark.parametrize(
    ("sd", "n", "unknown"),
    [
        (None, 400, "The SD of the caseload is not published: no interval and no Welch test."),
        (21.5, None, "The number of people of the caseload is not published: no interval and no Welch test."),
        (
            None,
            None,
            "The SD and the number of people of the caseload are not published: no interval and no Welch test.",
        ),
        (None, 1, "One value only in the caseload: no SD there, no interval and no Welch test."),
        (21.5, 1, "One value only in the caseload: no SD there, no interval and no Welch test."),
    ],
)
def test_a_published_mean_without_sd_or_n_gives_the_difference_only(sd, n, unknown):
    pilot = R["published"]["pilot"]
    found = compare_means(pilot, PublishedMean(48.2, sd, n))
    assert (found.n_caseload, found.mean_caseload, found.sd_caseload) == (n, 48.2, sd)
    assert found.difference == found.mean_pilot - 48.2
    for name in ("ci_low", "ci_high", "t", "df", "p_value", *RANKS, "method"):
        assert getattr(found, name) is None, name
    assert found.notes[0] == unknown
    assert len(found.notes) == 2


def test_nobody_beside_published_figures():
    found = compare_means([], PublishedMean(48.2, 21.5, 400))
    assert (found.n_pilot, found.mean_pilot, found.difference, found.method) == (0, None, None, None)
    assert found.notes == ("No value is known for anybody of the pilot: no comparison.",)


@pytest.mark.parametrize(
    "figures",
    [
        {"mean": float("nan")},
        {"mean": None},
        {"mean": 1.0, "sd": -1.0},
        {"mean": 1.0, "sd": float("nan")},
        {"mean": 1.0, "n": 0},
        {"mean": 1.0, "n": 1.5},
    ],
)
def test_published_figures_that_can_not_be_are_errors(figures):
    with pytest.raises(EvalcoreError, match="published"):
        PublishedMean(**figures)


@pytest.mark.parametrize("values", [[1.0, "many"], [1.0, float("inf")]])
def test_values_that_are_no_numbers_are_errors_that_do_not_quote_them(values):
    with pytest.raises(EvalcoreError, match="values of the caseload must be") as error:
        compare_means([1.0, 2.0], values)
    assert "many" not in str(error.value)
    with pytest.raises(EvalcoreError, match="values of the pilot must be"):
        compare_means(values, [1.0, 2.0])


def test_the_confidence_lies_between_0_and_1():
    with pytest.raises(EvalcoreError, match="confidence"):
        compare_means([1, 2], [3, 4], confidence=95)
