"""OGRS3 and OGRS4 against published scores, and against R for people of every kind."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from evalcore.errors import TableError, UnknownNameError
from evalcore.profile.ogrs3 import ogrs3, ogrs3_terms
from evalcore.profile.ogrs4 import ogrs4, ogrs4_terms
from evalcore.rules.risk_scales import load_ogrs3, load_ogrs4
from tests.outcomes.oracle import read

R = read("ogrs.json")
PUBLISHED = read("ogrs_published.json")
COEFFICIENTS = read("ogrs_coefficients.json")
EXPECTED = ("p1", "p2", "one_year", "two_year")
MAN = {"sex": "male", "age_at_conviction": 30, "age_at_followup": 31, "age_at_first_sanction": 20}
THREE = {**MAN, "previous_sanctions": 2, "offence": "other"}
FOUR = {
    **{"sex": "male", "age": 31, "sanctions": 3, "age_at_conviction": 30, "age_at_first_sanction": 20},
    "offence": "other",
}


def inputs_of(case: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in case.items() if name not in (*EXPECTED, "source", "decimals")}


@pytest.mark.parametrize("case", PUBLISHED["ogrs3"], ids=lambda case: case["offence"])
def test_published_scores_of_ogrs3(case) -> None:
    found = ogrs3(**inputs_of(case)).iloc[0]
    digits = case.get("decimals", 12)
    for name in set(EXPECTED) & set(case):
        assert round(found[name], digits) == round(case[name], digits)


@pytest.mark.parametrize(("scale", "violent"), [("ogrs4_g", False), ("ogrs4_v", True)])
def test_published_scores_of_ogrs4(scale, violent) -> None:
    for case in PUBLISHED[scale]:
        assert ogrs4(**inputs_of(case), violent=violent)["two_year"].tolist() == [case["two_year"]]


def test_ogrs3_is_what_r_gives_for_every_kind_of_person() -> None:
    ages = ("age_at_conviction", "age_at_followup", "age_at_first_sanction")
    found = ogrs3(**{name: R[name] for name in ("sex", *ages, "previous_sanctions", "sanction")}, offence=R["offence3"])
    np.testing.assert_allclose(found[["p1", "p2"]].T, [R["p1"], R["p2"]], rtol=1e-9)


@pytest.mark.parametrize(("scale", "violent"), [("ogrs4_g", False), ("ogrs4_v", True)])
def test_ogrs4_is_what_r_gives_for_every_kind_of_person(scale, violent) -> None:
    names = ("sex", "sanctions", "age_at_conviction", "age_at_first_sanction", "offence_free_months")
    found = ogrs4(
        **{name: R[name] for name in names},
        age=R["age_at_followup"],
        offence=R["offence4"],
        violent_sanctions=R["violent_sanctions"],
        violent=violent,
    )
    np.testing.assert_allclose(found["p2"], R[scale], rtol=1e-9)


def test_every_coefficient_is_that_of_the_reference() -> None:
    scale, given = load_ogrs3(), COEFFICIENTS["ogrs3"]
    assert {name: one.value for name, one in scale.offences.items()} == given["offences"]
    assert [list(band) for band in scale.ages] == given["ages"]
    for at, violent in enumerate((False, True)):
        offences = load_ogrs4(violent=violent).offences
        values = {name: both[at] for name, both in COEFFICIENTS["ogrs4"]["offences"].items()}
        assert {name: one.value for name, one in offences.items()} == values


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"age_at_first_sanction": 9}, "under 10"),
        ({"age_at_first_sanction": 31}, "later than the conviction"),
        ({"age_at_followup": 29}, "later than the start of follow-up"),
        ({"previous_sanctions": -1}, "whole number"),
        ({"previous_sanctions": 1.5}, "whole number"),
        ({"sex": None}, "Sex is not known"),
        ({"offence": float("nan")}, "Offence is not known"),
        ({"age_at_followup": None}, "Age at followup is not known"),
        ({"sanction": ""}, "Sanction is not known"),
    ],
)
def test_what_can_not_be_scored_says_why(changed, said) -> None:
    found = ogrs3(**(THREE | changed))
    assert found[list(EXPECTED)].isna().all(axis=None)
    assert said in found["notes"].iloc[0]
    assert all(math.isnan(value) for value in ogrs3_terms(**(THREE | changed)).values())


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"sanctions": 0}, "from 1 on"),
        ({"age": 29}, "later than the start of follow-up"),
        ({"offence_free_months": -1}, "below 0"),
        ({"violent_sanctions": 4}, "up to all sanctions"),
        ({"violent_sanctions": None}, "Violent sanctions is not known"),
    ],
)
def test_what_ogrs4_can_not_score_says_why(changed, said) -> None:
    found = ogrs4(**(FOUR | {"violent_sanctions": 1} | changed), violent=True)
    assert found[["p2", "two_year"]].isna().all(axis=None)
    assert said in found["notes"].iloc[0]


def test_one_person_who_can_not_be_scored_costs_nobody_else_a_score() -> None:
    found = ogrs3(**(THREE | {"age_at_conviction": pd.Series([30, 9, 30], index=["a", "b", "c"])}))
    assert found.index.tolist() == ["a", "b", "c"]
    assert found["two_year"].isna().tolist() == [False, True, False]
    assert found["notes"].tolist()[::2] == ["", ""]


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"sex": "m"}, UnknownNameError),
        ({"offence": "arson"}, UnknownNameError),
        ({"sanction": "fine"}, UnknownNameError),
        ({"age_at_conviction": "thirty"}, TableError),
        ({"age_at_conviction": math.inf}, TableError),
        ({"previous_sanctions": True}, TableError),
        ({"sex": ["male", "male"], "offence": ["other"] * 3}, TableError),
    ],
)
def test_what_is_no_input_is_refused(changed, error) -> None:
    with pytest.raises(error) as caught:
        ogrs3(**(THREE | changed))
    assert "arson" not in str(caught.value)


def test_more_than_fifty_previous_sanctions_count_as_fifty() -> None:
    found = ogrs3(**(THREE | {"previous_sanctions": [50, 51, 500]}))
    assert found["p2"].nunique() == 1
    assert found["notes"].tolist() == ["", "Previous sanctions count up to 50.", "Previous sanctions count up to 50."]
    others = ogrs4(**(FOUR | {"sanctions": [51, 52]}))
    assert others["p2"].nunique() == 2


def test_more_than_36_months_count_as_36() -> None:
    found = ogrs4(**(FOUR | {"offence_free_months": [36, 37]}))
    assert found["p2"].nunique() == 1
    assert found["notes"].tolist() == ["", "Months count up to 36."]


def test_what_is_displayed_lies_from_1_to_99_only_in_ogrs3() -> None:
    old = {"age_at_followup": 90, "age_at_conviction": 90, "age_at_first_sanction": 10, "previous_sanctions": 0}
    low = ogrs3(**(THREE | old | {"offence": "drug_import_export_production"}))
    assert low["p1"].iloc[0] < 0.005
    assert low["one_year"].tolist() == [1]
    young = dict.fromkeys(("age_at_followup", "age_at_conviction", "age_at_first_sanction"), 12)
    high = ogrs3(**(THREE | young | {"previous_sanctions": 50, "offence": "soliciting"}))
    assert high["p2"].iloc[0] > 0.995
    assert high["two_year"].tolist() == [99]


def test_labels_and_spellings_of_an_offence_are_known() -> None:
    found = ogrs3(**(THREE | {"offence": ["burglary_domestic", "Burglary (domestic)", "BURGLARY domestic"]}))
    assert found["p2"].nunique() == 1


def test_a_year_that_has_begun_does_not_count() -> None:
    assert ogrs3(**(THREE | {"age_at_followup": [34.99, 34]}))["p2"].nunique() == 1


def test_nobody_gives_an_empty_table() -> None:
    assert ogrs3(**(THREE | {"sex": []})).empty


@pytest.mark.parametrize("violent", [False, True])
def test_the_terms_of_one_person_add_up_to_the_score(violent) -> None:
    person = FOUR | {"violent_sanctions": 2}
    z = sum(ogrs4_terms(violent=violent, **person).values()) + load_ogrs4(violent=violent).terms["intercept"]
    assert 1 / (1 + math.exp(-z)) == pytest.approx(ogrs4(**person, violent=violent)["p2"].iloc[0], rel=1e-12)
    z3 = sum(ogrs3_terms(**THREE).values()) + load_ogrs3().two_years
    assert 1 / (1 + math.exp(-z3)) == pytest.approx(ogrs3(**THREE)["p2"].iloc[0], rel=1e-12)
