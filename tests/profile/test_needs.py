"""Who has a need: by the published thresholds, by what is recorded, and never "no" where it is not known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.columns import SECTIONS
from evalcore.errors import RepeatedIdError, TableError
from evalcore.profile.caseload import caseload_without, stated, without_pilot
from evalcore.profile.need_scores import scored_sections
from evalcore.profile.needs import known_needs, needs_from_scores, needs_per_person
from evalcore.sample import known_answers, sample_study
from tests.outcomes.oracle import read

REFERENCE = read("need_thresholds.json")
SCORED = [section for section in SECTIONS if REFERENCE["oasys_2009"][section]["threshold"] is not None]
UNSCORED = [section for section in SECTIONS if section not in SCORED]
UNKNOWN = [pd.NA, pd.NA]


def words(need: pd.Series) -> list[object]:
    """True, False or None for each person."""
    return [None if pd.isna(value) else bool(value) for value in need]


@pytest.mark.parametrize("section", SCORED)
@pytest.mark.parametrize(
    ("form", "stated_form"),
    [("oasys_2009", "OASys 2009"), ("oasys_2009", None), ("san", "SAN"), ("san", "Strengths and needs 2024")],
)
@pytest.mark.parametrize("ending", ["_score", ""])
def test_a_score_at_the_threshold_is_a_need_and_one_below_is_none(section, form, stated_form, ending):
    threshold = REFERENCE[form][section]["threshold"]
    scores = pd.DataFrame(
        {f"{section}{ending}": [threshold - 1, threshold, None], "oasys_form": stated_form}, index=[7, 3, 5]
    )
    found = needs_from_scores(scores)
    assert list(found) == [f"{section}_need" if ending else section]
    assert found.index.tolist() == [7, 3, 5]
    assert str(found.dtypes.iloc[0]) == "boolean"
    assert words(found.iloc[:, 0]) == [False, True, None]


def test_without_a_form_the_2009_thresholds_hold():
    threshold = REFERENCE["oasys_2009"]["alcohol"]["threshold"]
    assert words(needs_from_scores(pd.DataFrame({"alcohol": [threshold - 1, threshold]}))["alcohol"]) == [False, True]


def test_the_form_is_read_row_by_row():
    scores = pd.DataFrame({"alcohol_score": [2, 2, 2], "oasys_form": ["OASys-SAN", "OASys 2009", " "]})
    assert words(needs_from_scores(scores)["alcohol_need"]) == [True, False, False]


@pytest.mark.parametrize("section", UNSCORED)
@pytest.mark.parametrize("form", ["OASys 2009", "SAN"])
def test_a_section_without_a_threshold_is_known_for_nobody(section, form):
    found = needs_from_scores(pd.DataFrame({f"{section}_score": [0, 8], "oasys_form": form}))
    assert words(found[f"{section}_need"]) == [None, None]


@pytest.mark.parametrize(
    "one", [{"drugs": 2, "ete": None, "finance": 6}, {"drugs": 2.0, "ete": np.nan, "finance": 6.0}]
)
@pytest.mark.parametrize("kind", [dict, pd.Series])
def test_one_person_gives_a_series(one, kind):
    found = needs_from_scores(kind(one))
    assert isinstance(found, pd.Series)
    assert str(found.dtype) == "boolean"
    assert dict(zip(found.index, words(found), strict=True)) == {"drugs": True, "ete": None, "finance": None}


def test_a_mapping_of_columns_gives_a_table():
    assert words(needs_from_scores({"drugs": [1, 2]})["drugs"]) == [False, True]


@pytest.mark.parametrize(
    "scores",
    [
        [11, 2],
        [-1, 2],
        [1.5, 2],
        [float("inf"), 2],
        ["2", 2],
        ["severe", None],
        [True, False],
        [True, None],
        pd.array([True, None], dtype="boolean"),
        pd.array([None, 11], dtype="Int64"),
    ],
)
def test_an_impossible_score_is_an_error_that_names_the_column_and_not_the_value(scores):
    with pytest.raises(TableError, match="drugs_score") as caught:
        needs_from_scores(pd.DataFrame({"drugs_score": scores}))
    assert not any(value in str(caught.value) for value in ("11", "-1", "1.5", "inf", "severe", "True"))


def test_a_score_without_end_is_an_error_also_where_no_highest_score_is_known():
    with pytest.raises(TableError, match="finance_score"):
        needs_from_scores(pd.DataFrame({"finance_score": [float("inf")]}))


@pytest.mark.parametrize("section", SCORED)
def test_the_highest_score_of_the_form_is_taken_and_one_above_is_not(section):
    highest = REFERENCE["oasys_2009"][section]["maximum"]
    assert words(needs_from_scores(pd.DataFrame({section: [highest]}))[section]) == [True]
    with pytest.raises(TableError, match=f"from 0 to {highest}"):
        needs_from_scores(pd.DataFrame({section: [highest + 1]}))


def test_a_table_without_any_section_is_an_error_and_an_empty_one_is_empty():
    with pytest.raises(TableError, match="no section score"):
        needs_from_scores(pd.DataFrame({"housing": [1]}))
    assert needs_from_scores(pd.DataFrame()).empty
    assert list(needs_from_scores(pd.DataFrame({"drugs_score": []}))) == ["drugs_need"]


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [
        ([True, False], [True, False]),
        (pd.array([True, None], dtype="boolean"), [True, None]),
        ([1, 0], [True, False]),
        ([1.0, np.nan], [True, None]),
        (["Yes", " no "], [True, False]),
        (["", "y"], [None, True]),
        ([True, None], [True, None]),
        ([None, None], [None, None]),
        (pd.Categorical(["no", None]), [False, None]),
    ],
)
def test_a_recorded_need_is_read_in_any_of_its_forms(recorded, expected):
    table = pd.DataFrame({"drugs_need": recorded}, index=["B", "A"])
    found = known_needs(table)
    assert words(found["drugs"]) == expected
    assert found.index.tolist() == ["B", "A"]
    assert str(found["drugs"].dtype) == "boolean"


@pytest.mark.parametrize("recorded", [["perhaps", None], [2, 0], [0.5, 1]])
def test_a_recorded_need_that_is_no_yes_or_no_is_an_error(recorded):
    with pytest.raises(TableError, match="drugs_need must hold yes or no"):
        known_needs(pd.DataFrame({"drugs_need": recorded}))


def test_what_is_recorded_comes_before_the_score_which_fills_the_blanks():
    table = pd.DataFrame({"drugs_need": [True, False, None, None], "drugs_score": [0, 10, 2, None]})
    assert words(known_needs(table)["drugs"]) == [True, False, True, None]


def test_a_blank_need_of_finance_stays_unknown_whatever_its_score():
    table = pd.DataFrame({"finance_need": [True, None], "finance_score": [0, 8], "emotional_score": [8, 8]})
    found = known_needs(table)
    assert words(found["finance"]) == [True, None]
    assert words(found["emotional"]) == [None, None]


def test_the_needs_of_the_sample_are_those_known_beforehand():
    study, known = sample_study(), known_answers()["needs_as_built"]
    for table, k, n in ((study.cases, "k", "n"), (study.caseload, "caseload_k", "caseload_n")):
        needs = known_needs(table)
        assert list(needs) == list(SECTIONS)
        for section in SECTIONS:
            assert (int(needs[section].sum()), int(needs[section].notna().sum())) == (
                known[section][k],
                known[section][n],
            )


def test_the_number_of_needs_is_that_of_r():
    found = needs_per_person(sample_study().cases)
    assert found.tolist() == read("needs.json")["needs_per_person"]
    assert (found.name, str(found.dtype)) == ("n_needs", "Int64")


def test_the_number_of_needs_is_known_only_for_people_assessed_on_all_eight():
    assert list(scored_sections()) == SCORED
    table = pd.DataFrame({f"{section}_need": [True, True, False] for section in SCORED})
    table["ete_need"] = [True, None, False]
    table["finance_need"] = [True, True, None]
    assert [None if pd.isna(n) else n for n in needs_per_person(table)] == [8, None, 0]
    assert needs_per_person(table.drop(columns="drugs_need")).isna().all()
    assert needs_per_person(table.iloc[:0]).empty


def test_the_number_of_needs_uses_the_thresholds_of_the_form():
    table = pd.DataFrame({f"{section}_score": [1, 1] for section in SCORED} | {"oasys_form": ["SAN", None]})
    expected = [sum(REFERENCE[form][section]["threshold"] <= 1 for section in SCORED) for form in ("san", "oasys_2009")]
    assert len(set(expected)) == 2
    assert needs_per_person(table).tolist() == expected


@given(st.lists(st.one_of(st.none(), st.integers(0, 6)), max_size=20))
def test_nobody_without_a_score_is_ever_a_no(scores):
    found = needs_from_scores(pd.DataFrame({"relationships": scores}, dtype="Int64"))["relationships"]
    assert found.isna().tolist() == [score is None for score in scores]


def test_the_pilot_is_taken_out_of_the_caseload_by_identifier():
    cases = pd.DataFrame({"respondent_id": ["A", "B", None]})
    caseload = pd.DataFrame({"respondent_id": ["C", "B", None, "A"], "age": [1, 2, 3, 4]})
    left, taken_out = caseload_without(cases, caseload)
    assert (left["age"].tolist(), taken_out) == ([1, 3], 2)
    assert len(caseload) == 4
    assert without_pilot(cases, caseload)[1] == ("2 people of the pilot were taken out of the caseload.",)


@pytest.mark.parametrize("pilot", [[1, 2], [1.0, 2.0, None], ["1", "2", None]])
@pytest.mark.parametrize("caseload", [["2", "3", None], [2, 3, 4], [2.0, 3.0, None]])
def test_identifiers_in_numbers_and_in_text_are_the_same_people(pilot, caseload):
    left, taken_out = caseload_without(
        pd.DataFrame({"respondent_id": pilot}), pd.DataFrame({"respondent_id": caseload, "row": [0, 1, 2]})
    )
    assert (left["row"].tolist(), taken_out) == ([1, 2], 1)


@pytest.mark.parametrize(
    ("cases", "caseload", "note"),
    [
        ({"respondent_id": ["A"]}, {"age": [1]}, "The caseload has no identifiers"),
        ({"respondent_id": ["A"]}, {"respondent_id": [None]}, "The caseload has no identifiers"),
        ({"age": [1]}, {"respondent_id": ["A"]}, "The cases have no identifiers"),
        ({"respondent_id": ["A"]}, {"respondent_id": ["B"]}, "nobody of the pilot stands in the caseload"),
    ],
)
def test_it_is_said_where_nobody_is_taken_out(cases, caseload, note):
    left, notes = without_pilot(pd.DataFrame(cases), pd.DataFrame(caseload))
    assert len(left) == 1
    assert note in notes[0]


def test_a_person_twice_in_the_cases_is_an_error():
    with pytest.raises(RepeatedIdError, match="1 row of the cases is about a person who has one already") as caught:
        caseload_without(pd.DataFrame({"respondent_id": ["A1", "A1"]}), pd.DataFrame({"respondent_id": ["B"]}))
    assert "A1" not in str(caught.value)


def test_spellings_of_a_text_are_counted_together():
    table = pd.DataFrame({"oasys_layer": ["Layer 3", "layer 3", "LAYER  3", "1", "", None]})
    assert stated(table, "oasys_layer") == ({"Layer 3": 3, "1": 1}, 2)
    assert stated(table, "oasys_layer", np.array([False, False, False, True, False, True])) == ({"1": 1}, 1)
    assert stated(table, "oasys_form") == ({}, 6)
