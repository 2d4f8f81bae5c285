"""Alpha, its interval, omega and the items agree with R on every data set, and what R can not give has its reason."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from evalcore.errors import EvalcoreError, TableError
from evalcore.outcomes.consistency import LEAST_PEOPLE, Reliability, reliability
from evalcore.outcomes.scoring import item_answers
from tests.outcomes.oracle import read

ORACLE = read("consistency.json")
SETS = ORACLE["sets"]
COEFFICIENTS = ("alpha", "alpha_ci_low", "alpha_ci_high", "omega_total", "sem")
# R's optimiser stops where the likelihood is flat to its last digits, which leaves omega with about seven.
TOLERANCE = {"omega_total": 2e-6}


def answers(name: str) -> pd.DataFrame:
    rows = np.array(SETS[name]["answers"], dtype=float)
    return pd.DataFrame(rows, columns=[f"item_{i}" for i in range(1, rows.shape[1] + 1)])


def notes(found: Reliability) -> str:
    return " ".join(found.notes)


@pytest.mark.parametrize("name", SETS)
def test_every_coefficient_is_as_in_r_and_nothing_else_is_given(name):
    expected, found = SETS[name]["expected"], reliability(answers(name))
    assert (found.n, found.k) == (expected["n"], expected["k"])
    for field in COEFFICIENTS:
        value = getattr(found, field)
        if field in expected:
            assert value == pytest.approx(expected[field], rel=1e-9, abs=TOLERANCE.get(field, 1e-9)), field
        else:
            assert value is None, field


@pytest.mark.parametrize("name", SETS)
def test_every_item_is_as_in_r(name):
    expected, found = SETS[name]["expected"], reliability(answers(name)).items
    assert list(found.columns) == ["item", "item_total", "item_rest", "alpha_if_dropped"]
    assert found["item"].tolist() == list(answers(name).columns)
    for column in found.columns[1:]:
        rows = expected.get("items", [{}] * len(found))
        wanted = [math.nan if row.get(column) is None else row[column] for row in rows]
        np.testing.assert_allclose(found[column], wanted, rtol=1e-9, atol=1e-9, err_msg=column)


@pytest.mark.parametrize("name", SETS)
def test_whatever_is_not_given_has_its_reason(name):
    found = reliability(answers(name))
    reasons = {
        "alpha": ("at least two people", "One item only", "the same for everyone"),
        "alpha_ci_low": ("at least two people", "One item only", "the same for everyone", "would have no width"),
        "omega_total": ("at least two people", "One item only", "the same for everyone", "No omega: "),
        "sem": ("at least two people", "One item only", "the same for everyone", "Alpha is below 0"),
    }
    for field, texts in reasons.items():
        if getattr(found, field) is None:
            assert any(text in notes(found) for text in texts), field
    if found.n >= 2 and found.k > 1 and found.items["item_rest"].isna().any():
        assert "no correlation" in notes(found)


def test_psych_was_asked_where_it_keeps_all_items():
    assert sum(one["expected"].get("psych_agrees", False) for one in SETS.values()) > 10


def test_another_confidence_is_as_in_r():
    expected = ORACLE["other_confidence"]
    found = reliability(answers(expected["set"]), confidence=expected["confidence"])
    assert found.alpha_ci_low == pytest.approx(expected["alpha_ci_low"], rel=1e-9)
    assert found.alpha_ci_high == pytest.approx(expected["alpha_ci_high"], rel=1e-9)
    assert found.confidence == expected["confidence"]


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_a_confidence_is_a_share(confidence):
    with pytest.raises(EvalcoreError, match=r"such as 0\.95"):
        reliability(answers("three_items"), confidence=confidence)


def test_people_with_gaps_are_counted_and_left_out():
    found = reliability(answers("missing_values"))
    assert (found.n_rows, found.n_incomplete) == (80, 80 - found.n)
    assert found.notes[0].startswith(f"{found.n_incomplete} of 80 people left out at least one item")
    complete = reliability(answers("missing_values").dropna())
    assert complete.alpha_ci_low == found.alpha_ci_low
    assert "left out" not in notes(complete)


def test_an_item_that_nobody_answered_is_named():
    table = answers("three_items").assign(item_2=np.nan)
    found = reliability(table)
    assert (found.n, found.k, found.alpha) == (0, 3, None)
    assert "Nobody answered item_2." in found.notes


def test_a_constant_item_counts_and_is_named():
    found = reliability(answers("constant_item"))
    assert found.k == 5
    assert "Everyone gave the same answer to item_5: this item stays in" in notes(found)
    assert "No omega: an item that everyone answered alike" in notes(found)


def test_a_negative_item_is_named_and_not_turned():
    found = reliability(answers("negative_item"))
    assert "item_3 runs against the other items: check whether it was coded the other way round." in notes(found)
    assert "chance" not in notes(found)
    turned = reliability(answers("negative_item").assign(item_3=lambda table: 6 - table["item_3"]))
    assert turned.alpha > found.alpha
    assert "against" not in notes(turned)


def test_in_few_people_a_negative_item_may_be_chance():
    few = reliability(answers("negative_item").head(20))
    assert "item_3 run against the other items" in notes(few)
    assert "it may also be chance" in notes(few)


def test_several_negative_items_are_named_together():
    found = reliability(answers("one_way_and_the_other"))
    assert "item_1, item_2, item_3, item_4, item_5 and item_6 run against the other items" in notes(found)


def test_a_negative_alpha_is_given_and_said_to_be_one():
    found = reliability(answers("one_way_and_the_other"))
    assert found.alpha < 0
    assert "Alpha is below 0" in notes(found)
    assert found.sem is None


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("two_items", "it needs at least 3 items"),
        ("fewer_rows_than_items", "it needs more people than items"),
        ("as_many_rows_as_items", "it needs more people than items"),
        ("one_item_twice", "the answers to some items follow exactly from those to others"),
        ("heywood", "one factor does not fit these answers"),
        ("three_items_without_a_factor", "one factor does not fit these answers"),
    ],
)
def test_the_reason_for_no_omega(name, reason):
    assert f"No omega: {reason}" in notes(reliability(answers(name)))


def test_below_thirty_people_the_published_values_lead():
    table = answers("well_behaved")
    assert "the published values lead" in notes(reliability(table.head(LEAST_PEOPLE - 1)))
    assert "published" not in notes(reliability(table.head(LEAST_PEOPLE)))


def test_what_item_answers_gives_is_taken_as_it_is():
    responses = answers("eighteen_by_seven").set_axis([f"swemwbs_{i}" for i in range(1, 8)], axis=1)
    responses.insert(0, "respondent_id", [f"P{i}" for i in range(18)])
    responses.insert(1, "wave", "pre")
    found = reliability(item_answers(responses, "swemwbs"))
    assert found.items["item"].tolist() == [f"swemwbs_{i}" for i in range(1, 8)]
    assert found.alpha == reliability(answers("eighteen_by_seven")).alpha


@pytest.mark.parametrize("form", ["Int64", "Float64", "float32", object])
def test_any_form_of_a_number_is_taken(form):
    table = answers("missing_values")
    typed = table.astype(form)
    if form is object:
        typed = typed.where(table.notna(), None)
    assert reliability(typed).alpha == reliability(table).alpha


def test_the_table_handed_in_is_not_changed():
    table = answers("missing_values")
    before = table.copy()
    reliability(table)
    pd.testing.assert_frame_equal(table, before)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (pd.DataFrame(index=range(3)), "holds no items"),
        (pd.DataFrame([[1, 2, 3]], columns=["a", "b", "a"]), "stand twice: a"),
        (pd.DataFrame([[1, 2]], columns=["1", 1]), "stand twice: 1"),
        (pd.DataFrame({"a": [1, 2], "b": ["often", "never"]}), "b must hold numbers"),
        (pd.DataFrame({"a": [1, 2], "b": ["1", "2"]}), "b must hold numbers"),
        (pd.DataFrame({"a": [1, 2], "b": [1, "2"]}), "b must hold numbers"),
        (pd.DataFrame({"a": [True, False], "b": [1, 2]}), "a must hold numbers"),
        (pd.DataFrame({"a": pd.to_datetime(["2024-01-01", None]), "b": [1, 2]}), "a must hold numbers"),
        (pd.DataFrame({"a": [1, math.inf], "b": [1, 2]}), "a must hold numbers"),
        (pd.DataFrame({"respondent_id": [1, 2], "a": [1, 2]}), "respondent_id is no item"),
    ],
)
def test_a_table_that_is_none_of_answers_is_refused(table, said):
    with pytest.raises(TableError, match=said) as error:
        reliability(table)
    assert "often" not in str(error.value)


codes = arrays(float, st.tuples(st.integers(3, 12), st.integers(3, 5)), elements=st.integers(0, 6).map(float))


@given(codes, st.randoms(use_true_random=False), st.integers(-5, 5))
def test_order_and_a_constant_do_not_matter(rows, random, constant):
    found = reliability(pd.DataFrame(rows).add_prefix("item_"))
    people, items = list(range(rows.shape[0])), list(range(rows.shape[1]))
    random.shuffle(people)
    random.shuffle(items)
    other = reliability(pd.DataFrame(rows + constant).add_prefix("item_").iloc[people, items])
    for field in COEFFICIENTS:
        one, two = getattr(found, field), getattr(other, field)
        if field == "omega_total":
            assume(found.n > found.k + 2 or one == two)  # on the edge of an improper solution rounding decides
        assert (one is None) == (two is None), field
        assert one is None or two == pytest.approx(one, rel=1e-6, abs=1e-6), field
    named = other.items.set_index("item").loc[found.items["item"]].reset_index()
    pd.testing.assert_frame_equal(named, found.items, rtol=1e-8, atol=1e-8)


@given(codes)
def test_what_is_given_is_finite_and_within_its_bounds(rows):
    found = reliability(pd.DataFrame(rows).add_prefix("item_"))
    given_values = [value for value in (getattr(found, field) for field in COEFFICIENTS) if value is not None]
    assert all(math.isfinite(value) for value in given_values)
    assert found.alpha is None or found.alpha <= 1
    assert found.omega_total is None or 0 <= found.omega_total <= 1
    assert found.alpha_ci_low is None or found.alpha_ci_low < found.alpha_ci_high
    known = found.items[["item_total", "item_rest"]].to_numpy()
    assert (np.abs(known[~np.isnan(known)]) <= 1).all()
