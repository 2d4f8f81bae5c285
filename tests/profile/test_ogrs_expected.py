"""Observed against expected: the numbers that R gives, and only people whose follow-up is complete."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom

from evalcore.profile.ogrs_expected import observed_expected
from evalcore.profile.poisson_binomial import exact_p, expected_range, numbers_of
from evalcore.profile.spread import Spread
from tests.outcomes.oracle import read

R = read("ogrs_expected.json")


def people(n: int, reoffended: int) -> pd.DataFrame:
    return pd.DataFrame({"reoffended": [True] * reoffended + [False] * (n - reoffended), "followup_complete": True})


@pytest.mark.parametrize("name", R["groups"])
def test_numbers_are_those_of_r(name: str) -> None:
    known = R["groups"][name]
    p = np.array(known["p"])
    found = observed_expected(people(len(p), known["observed"]), p)
    assert (found.n, found.observed) == (len(p), known["observed"])
    assert found.expected == pytest.approx(known["expected"], rel=1e-12)
    assert found.ratio == pytest.approx(known["ratio"], rel=1e-12)
    assert (found.low, found.high) == (known["low"], known["high"])
    assert found.p_value == pytest.approx(known["p_value"], rel=1e-9)


def test_with_equal_probabilities_the_p_is_that_of_binom_test() -> None:
    known = R["binomial"]
    assert exact_p(known["observed"], np.array(known["p"])) == pytest.approx(known["p_value"], rel=1e-9)


@pytest.mark.parametrize("observed", range(5))
def test_a_small_group_is_that_of_every_outcome_in_turn(observed: int) -> None:
    p = np.array([0.1, 0.35, 0.6, 0.9])
    each = np.zeros(5)
    for outcome in product((0, 1), repeat=4):
        each[sum(outcome)] += np.prod(np.where(outcome, p, 1 - p))
    assert exact_p(observed, p) == pytest.approx(each[each <= each[observed] + 1e-9].sum())
    low, high = expected_range(p)
    below = np.cumsum(each)
    assert below[int(low)] >= 0.025 > (below[int(low) - 1] if low else 0)
    assert below[int(high)] >= 0.975 > below[int(high) - 1]


def test_only_who_is_followed_up_has_an_outcome_and_a_score_counts_and_everybody_else_is_counted() -> None:
    table = pd.DataFrame(
        {
            "reoffended": pd.array([True, False, True, None, True, None], dtype="boolean"),
            "followup_complete": pd.array([True, True, False, True, True, None], dtype="boolean"),
        }
    )
    found = observed_expected(table, np.array([0.5, 0.2, 0.9, 0.9, np.nan, 0.9]))
    assert found.counted.tolist() == [True, True, False, False, False, False]
    assert (found.n, found.observed, found.expected) == (2, 1, 0.7)
    assert (found.n_incomplete, found.n_no_outcome, found.n_no_score) == (2, 1, 1)
    assert found.n + found.n_incomplete + found.n_no_outcome + found.n_no_score == len(table)


@pytest.mark.parametrize("missing", ["reoffended", "followup_complete"])
def test_without_either_column_nobody_counts(missing: str) -> None:
    found = observed_expected(people(3, 1).drop(columns=missing), np.full(3, 0.5))
    assert found.n == 0
    assert np.isnan([found.expected, found.low, found.high, found.ratio, found.p_value]).all()


@pytest.mark.parametrize("name", R["caseloads"])
@pytest.mark.parametrize("counted", [True, False])
def test_a_caseload_of_thousands_has_the_exact_range_that_r_gives(name: str, counted: bool) -> None:
    known = R["caseloads"][name]
    of = Spread.of(np.arange(1, 100) / 100, np.array(known["people"]))
    given = of if counted else of.one_by_one()
    assert expected_range(given) == (known["low"], known["high"])
    assert exact_p(known["observed"], given) == pytest.approx(known["p_value"], rel=1e-7)


@pytest.mark.parametrize("n", [1, 2, 3, 40, 2_001])
@pytest.mark.parametrize(("low", "high"), [(0, 1), (0, 0.001), (0.999, 1), (0.5, 0.5), (0, 0), (1, 1)])
def test_each_number_is_as_likely_as_the_sum_over_people_one_by_one_says(n: int, low: float, high: float) -> None:
    p = np.random.default_rng(n).uniform(low, high, n)
    wanted = np.ones(1)
    for one in p:
        wanted = np.convolve(wanted, [1 - one, one])
    found = numbers_of(p)
    each = np.zeros(n + 1)
    each[found.first : found.first + len(found.each)] = found.each
    np.testing.assert_allclose(each, wanted, rtol=0, atol=1e-12)


@pytest.mark.parametrize(("n", "p"), [(5_000_000, 0.5), (5_000_000, 1e-6), (4_000_000, 0.97), (17, 0.5)])
def test_of_equal_probabilities_the_numbers_are_binomial_however_many(n: int, p: float) -> None:
    found = numbers_of(Spread.of(np.array([p]), np.array([n])))
    wanted = binom(n, p).pmf(found.first + np.arange(len(found.each)))
    np.testing.assert_allclose(found.each, wanted, rtol=0, atol=1e-11)
    assert wanted.sum() == pytest.approx(1, abs=1e-8)


@pytest.mark.parametrize("observed", [0, 1_900_000, 5_000_000])
def test_a_number_out_of_the_question_has_no_p_to_speak_of(observed: int) -> None:
    assert exact_p(observed, Spread.of(np.array([0.4]), np.array([5_000_000]))) < 1e-12


def test_counts_give_what_their_rows_give() -> None:
    rows = pd.DataFrame(
        {
            "reoffended": pd.array([True, True, False, None, True, False, False] * 9, dtype="boolean"),
            "followup_complete": pd.array([True, True, True, True, None, True, False] * 9, dtype="boolean"),
            "ogrs": ([40.0, 40.0, 40.0, 60.0, 60.0, np.nan, 20.0] * 9),
        }
    )
    counts = rows.groupby(list(rows), dropna=False, as_index=False).size().rename(columns={"size": "people"})
    found, wanted = (observed_expected(one, one["ogrs"].to_numpy() / 100) for one in (counts, rows))
    for name in ("n", "n_left_out", "observed", "n_incomplete", "n_no_outcome", "n_no_score", "expected", "ratio"):
        assert getattr(found, name) == getattr(wanted, name), name
    for name in ("low", "high", "p_value", "ratio_range"):
        assert getattr(found, name) == getattr(wanted, name), name
    assert (found.n, found.observed, found.n_left_out) == (27, 18, 36)
