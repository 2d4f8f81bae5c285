"""Values as the different ones with their numbers of people say what the values one by one say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.outcomes.description import standard_deviation
from evalcore.profile.means import compare_means
from evalcore.profile.spread import Spread

VALUES = st.lists(st.sampled_from([0.0, 0.1 + 0.2, 0.3, 1.0, 18.0, 35.5, 41.25, 99.99]), min_size=1, max_size=60)
SHARES = np.array([0, 0.025, 0.25, 0.5, 0.75, 0.975, 1])


def counted(values: np.ndarray) -> Spread:
    """The same in counts, in no order, one value in two rows."""
    found, people = np.unique(values, return_counts=True)
    return Spread.of(np.append(found, found[0])[::-1], np.append(people, 3)[::-1])


@given(VALUES)
def test_it_is_what_numpy_says_of_the_values_one_by_one(given_values):
    values = np.array(given_values)
    found = Spread.of(values)
    np.testing.assert_array_equal(found.one_by_one(), np.sort(values))
    np.testing.assert_array_equal(found.quantiles(SHARES), np.quantile(values, SHARES))
    assert (len(found), found.low, found.high) == (len(values), values.min(), values.max())
    assert found.mean == pytest.approx(values.mean(), rel=1e-14)
    assert found.sd == pytest.approx(standard_deviation(values), rel=1e-12, nan_ok=True)
    assert (np.diff(found.values) > 0).all()


@given(VALUES, VALUES)
def test_counts_give_exactly_what_rows_give(ours, theirs):
    values = np.array(ours)
    by_counts, by_rows = counted(values), Spread.of(np.append(values, [values.min()] * 3))
    np.testing.assert_array_equal(by_counts.values, by_rows.values)
    np.testing.assert_array_equal(by_counts.people, by_rows.people)
    assert compare_means(theirs, by_counts) == compare_means(theirs, by_rows)
    assert compare_means(theirs, by_counts) == compare_means(theirs, by_rows.one_by_one())


@pytest.mark.parametrize("people", [None, np.empty(0, dtype=np.int64), np.array([0, 0])])
def test_of_nobody_nothing_is_known(people):
    values = np.array([1.0, 2.0]) if people is not None and len(people) else np.empty(0)
    found = Spread.of(values, people)
    assert (len(found), len(found.values), len(found.one_by_one())) == (0, 0, 0)
    assert np.isnan([found.mean, found.sd]).all()
