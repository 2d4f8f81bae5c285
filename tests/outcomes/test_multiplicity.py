"""Correcting p values: as in R, with missing ones left out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.errors import TableError, UnknownNameError
from evalcore.outcomes.multiplicity import adjust_p
from tests.outcomes.oracle import read

FAMILIES = read("two_groups.json")["families"]
METHODS = ["holm", "hochberg", "bonferroni", "BH", "BY", "fdr", "none"]
ps = st.lists(st.none() | st.floats(0, 1), max_size=12)


def numbers(values):
    return np.array([np.nan if value is None else value for value in values], dtype=float)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", FAMILIES)
def test_as_in_r(name, method):
    one = FAMILIES[name]
    np.testing.assert_allclose(adjust_p(one["p"], method), numbers(one["adjusted"][method]), rtol=1e-12)


def test_holm_is_the_method_unless_another_is_named():
    p = FAMILIES["ordinary"]["p"]
    np.testing.assert_array_equal(adjust_p(p), adjust_p(p, "holm"))


@pytest.mark.parametrize(("name", "same"), [("fdr_bh", "BH"), ("fdr_by", "BY"), ("bh", "BH"), ("Holm", "holm")])
def test_other_names_of_a_method(name, same):
    p = FAMILIES["ordinary"]["p"]
    np.testing.assert_array_equal(adjust_p(p, name), adjust_p(p, same))


@pytest.mark.parametrize(
    "kind",
    [
        list,
        tuple,
        lambda p: np.array(p, dtype=object),
        lambda p: pd.Series(numbers(p)),
        lambda p: pd.Series(p, dtype="Float64", index=list("fedcba")),
        lambda p: [pd.NA if value is None else value for value in p],
    ],
)
def test_every_kind_of_list_and_every_kind_of_missing(kind):
    one = FAMILIES["missing"]
    found = adjust_p(kind(one["p"]))
    assert isinstance(found, np.ndarray)
    np.testing.assert_allclose(found, numbers(one["adjusted"]["holm"]), rtol=1e-12)


@pytest.mark.parametrize("method", METHODS)
def test_no_test_at_all(method):
    assert adjust_p([], method).shape == (0,)
    assert np.isnan(adjust_p([None, np.nan], method)).all()


def test_a_table_of_p_values_is_one_family():
    p = np.array(FAMILIES["ordinary"]["p"])
    np.testing.assert_array_equal(adjust_p(p.reshape(2, 5)), adjust_p(p).reshape(2, 5))
    p = np.array(FAMILIES["missing"]["p"], dtype=object)
    np.testing.assert_array_equal(adjust_p(p.reshape(2, 3)), adjust_p(p).reshape(2, 3))


def test_what_is_handed_over_stays_as_it_is():
    p = np.array([0.04, 0.01])
    adjust_p(p)
    assert p.tolist() == [0.04, 0.01]


@given(p=ps, method=st.sampled_from(METHODS))
def test_never_below_the_p_itself_never_above_1_and_in_the_same_order(p, method):
    found, given_p = adjust_p(p, method), numbers(p)
    np.testing.assert_array_equal(np.isnan(found), np.isnan(given_p))
    known = ~np.isnan(given_p)
    assert (found[known] >= given_p[known] * (1 - 1e-12)).all()
    assert (found[known] <= 1).all()
    assert (np.diff(found[known][np.argsort(given_p[known])]) >= 0).all()


@pytest.mark.parametrize("p", [[0.5, 1.01], [-1e-9], [float("inf")], [0.5, float("-inf")]])
def test_a_p_outside_0_to_1_is_an_error(p):
    with pytest.raises(TableError, match="0 to 1"):
        adjust_p(p)


def test_words_are_an_error_that_does_not_quote_them():
    with pytest.raises(TableError, match="p values must be numbers") as error:
        adjust_p([0.5, "p = .03"])
    assert ".03" not in str(error.value)


def test_an_unknown_method_names_those_there_are():
    with pytest.raises(UnknownNameError, match=r"sidak.*holm"):
        adjust_p([0.5], "sidak")
