"""Observed against expected: the numbers that R gives, and only people whose follow-up is complete."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest

from evalcore.profile.ogrs_expected import MOST_FOR_EXACT, observed_expected
from evalcore.profile.poisson_binomial import exact_p, expected_range
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


def test_a_caseload_has_its_ratio_and_no_range() -> None:
    n = MOST_FOR_EXACT + 1
    found = observed_expected(people(n, 10), np.full(n, 0.01))
    assert found.ratio == pytest.approx(10 / (0.01 * n))
    assert np.isnan([found.low, found.high, found.p_value]).all()
