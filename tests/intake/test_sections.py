"""Sections of OASys: items added up, yes and no in other words, and columns that may be scores or needs."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.intake import Choices, read_any, read_cases, reread
from evalcore.intake.native import OASYS_ITEMS
from evalcore.rules.needs import load_need_rules
from tests.intake.made import csv_bytes, listed

MISSING, ADDED, LEFT_OUT, KEPT = "value set to missing", "added up", "column left out", "kept, please check"
HOUSING = ["3.3", "3.4", "3.5", "3.6"]


def cases(header, *rows, **more):
    return read_cases(csv_bytes([["ID", *header], *([f"A{i}", *row] for i, row in enumerate(rows))]), **more)


def column(intake, name):
    return [None if pd.isna(value) else value for value in intake.table[name]] if name in intake.table else None


def test_items_are_added_up():
    intake = cases(
        HOUSING, [2, 1, 0, 2], [0, 0, 0, 0], [2, "", 1, "N/A"], ["", "", "", ""], [0, "Not assessed", "", ""]
    )
    assert column(intake, "accommodation_score") == [5, 0, 3, None, 0]
    assert listed(intake) == {(None, "3.3 to 3.6", ADDED), (6, "3.4", MISSING)}
    line = intake.problems[intake.problems["action"] == ADDED].iloc[0]
    assert line["severity"] == "warning"
    assert "2 with all 4, 2 with only some" in line["found"]
    assert [name for name in intake.table if name.startswith("oasys_3")] == []


def test_answers_of_everybody_are_no_warning():
    intake = cases(HOUSING, [2, 1, 0, 2])
    assert listed(intake, "note") == listed(intake) == {(None, "3.3 to 3.6", ADDED)}


@given(st.data())
def test_a_score_is_the_sum_of_the_points_of_its_items(data):
    section = data.draw(st.sampled_from([name for name, rule in load_need_rules().items() if rule.items]))
    rule = load_need_rules()[section]
    points = [data.draw(st.one_of(st.none(), st.sampled_from(allowed))) for allowed in rule.items.values()]
    others = [max(allowed) for allowed in rule.items.values()]
    intake = cases([f"OASys {item}" for item in rule.items], points, others, others)
    known = [point for point in points if point is not None]
    assert column(intake, f"{section}_score") == [sum(known) if known else None, rule.maximum, rule.maximum]


def test_points_that_an_item_can_not_give_are_listed_and_missing():
    intake = cases(HOUSING, [1, 3, 2, 1], [2, "1-Some problems", "x", -1], [2, 1, 1, 1], [0, 1, 1, 1], [2, 1, 1, 1])
    assert column(intake, "accommodation_score") == [3, 3, 5, 3, 5]
    assert listed(intake, "error") == {
        (2, "3.3", MISSING),
        (2, "3.4", MISSING),
        (3, "3.5", MISSING),
        (3, "3.6", MISSING),
    }


def test_a_score_of_the_file_goes_before_its_items():
    intake = cases([*HOUSING, "Accommodation score"], [2, 1, 0, 2, 8], [2, 1, 0, 2, ""])
    assert column(intake, "accommodation_score") == [8, None]
    assert listed(intake) == {(None, "3.3 to 3.6", LEFT_OUT)}


def test_items_of_another_form_are_not_added_up():
    intake = cases([*HOUSING, "oasys_form"], [2, 1, 0, 2, "SAN 2024"], [2, 1, 0, 2, "OASys 2009"], [2, 1, 0, 2, ""])
    assert column(intake, "accommodation_score") == [None, 5, 5]
    assert listed(intake) == {(None, "3.3 to 3.6", ADDED), (None, "3.3 to 3.6", KEPT)}
    assert "1 person on another form" in intake.problems["found"].str.cat()


def test_items_are_a_case_file_only_where_they_are_no_survey():
    rows = [["ID", "Q3.3", "Q3.4", "Q3.5"], ["A1", 2, 1, 0]]
    assert read_any(csv_bytes(rows)).kind == "cases"
    assert read_any(csv_bytes([row[:3] for row in rows])).kind != "cases"
    assert read_any(csv_bytes([[*rows[0], "wave"], [*rows[1], "pre"]])).kind == "responses"


def test_every_item_has_a_section():
    assert len(OASYS_ITEMS) == 31
    assert set(OASYS_ITEMS.values()) == {name for name, rule in load_need_rules().items() if rule.threshold}


@pytest.mark.parametrize(
    ("cells", "needs"),
    [
        (["Yes - criminogenic need", "No - not a criminogenic need", "Not assessed", "N/A"], [True, False, None, None]),
        (["Criminogenic need", "No need", "need", "Not a need"], [True, False, True, False]),
    ],
)
def test_needs_in_words(cells, needs):
    intake = cases(["Drugs crim need"], *([cell] for cell in cells))
    assert column(intake, "drugs_need") == needs
    assert listed(intake, "error") == set()


@pytest.mark.parametrize(("n", "lines"), [(1000, 1000), (1001, 1)])
def test_thousands_of_sections_that_were_not_assessed_are_one_line(n, lines):
    intake = cases(["drugs_need"], ["yes"], *([["Not assessed"]] * n))
    assert len(intake.problems) == lines == len(listed(intake, "note"))
    assert ("1,001 cells" in intake.problems["found"].iloc[0]) == (n > 1000)


def test_layers_by_other_names_are_one_layer():
    intake = cases(["Layer"], ["L3"], ["Layer 3"], ["layer1"], ["3"], ["FULL"], ["SARA"])
    assert column(intake, "oasys_layer") == ["3", "3", "1", "3", "FULL", "SARA"]


def asked(intake):
    return {question.key: question for question in intake.questions}


def test_numbers_under_the_name_of_a_section_are_asked_about():
    intake = cases(["ETE", "Drugs"], [4, 1], [0, 0], ["", 1])
    assert column(intake, "ete_score") is column(intake, "drugs_need") is None
    question = asked(intake)["sections"]
    assert question.needed
    assert "ETE and Drugs" in question.text
    scores, needs, neither = question.options
    as_scores = reread(intake, scores.choices.merged(Choices(kind="cases")))
    assert (column(as_scores, "ete_score"), column(as_scores, "drugs_score")) == ([4, 0, None], [1, 0, 1])
    as_needs = reread(intake, needs.choices.merged(Choices(kind="cases")))
    assert (column(as_needs, "ete_score"), column(as_needs, "drugs_need")) == ([4, 0, None], [True, False, True])
    left = reread(intake, neither.choices.merged(Choices(kind="cases")))
    assert list(left.table) == ["respondent_id"]
    assert as_scores.questions == as_needs.questions == left.questions == ()


def test_yes_and_no_under_the_name_of_a_section_are_asked_about():
    intake = cases(["Employment"], ["yes"], ["no"])
    needs, neither = asked(intake)["sections"].options
    assert column(reread(intake, needs.choices.merged(Choices(kind="cases"))), "ete_need") == [True, False]
    assert neither.label.startswith("Neither")


def test_a_section_that_the_file_has_already_is_not_offered_again():
    intake = cases(["ETE", "ete_score"], [4, 5])
    assert column(
        reread(intake, asked(intake)["sections"].options[0].choices.merged(Choices(kind="cases"))), "ete_score"
    ) == [5]
