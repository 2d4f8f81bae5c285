"""OGRS, sex and the current offence of case files: what a heading says, and what only a person can say."""

from __future__ import annotations

import pandas as pd
import pytest

from evalcore.intake import Choices, read_cases, reread
from evalcore.intake.native import OGRS_OFFENCES
from evalcore.rules.risk_scales import load_ogrs3, load_ogrs4
from tests.intake.made import csv_bytes, listed

MISSING, KEPT, FROM_HEADING = "value set to missing", "kept, please check", "taken from the heading"


def cases(header, *rows):
    return read_cases(csv_bytes([["ID", *header], *([f"A{i}", *row] for i, row in enumerate(rows))]))


def column(intake, name):
    return [None if pd.isna(value) else value for value in intake.table[name]] if name in intake.table else None


def answered(intake, key, at):
    question = next(one for one in intake.questions if one.key == key)
    return reread(intake, question.options[at].choices.merged(Choices(kind="cases")))


def test_version_and_horizon_are_taken_from_the_heading():
    intake = cases(["OGRS3 2yr %"], ["54%"], [""], ["12"])
    assert column(intake, "ogrs") == [54, None, 12]
    assert column(intake, "ogrs_version") == ["OGRS3", None, "OGRS3"]
    assert column(intake, "ogrs_horizon") == ["2 years", None, "2 years"]
    assert listed(intake) == {(None, "OGRS3 2yr %", FROM_HEADING)} == listed(intake, "note")


def test_columns_that_say_version_and_horizon_go_before_the_heading():
    intake = cases(["OGRS3 2yr %", "ogrs_version", "ogrs_horizon"], [54, "OGRS4/G", "1 year"], [54, "", ""])
    assert column(intake, "ogrs_version") == ["OGRS4/G", None]
    assert column(intake, "ogrs_horizon") == ["1 year", None]
    assert listed(intake) == set()
    one = cases(["OGRS3 2yr %", "ogrs_version"], [54, "OGRS4/G"])
    assert (column(one, "ogrs_version"), column(one, "ogrs_horizon")) == (["OGRS4/G"], ["2 years"])


def test_a_heading_without_version_says_none():
    intake = cases(["OGRS"], [54])
    assert column(intake, "ogrs_version") is column(intake, "ogrs_horizon") is None
    assert listed(intake) == set()


def test_several_scores_are_asked_about_and_none_is_used():
    intake = cases(["OGRS3 1 year", "OGRS3 2 year"], [40, 54], [10, 18])
    assert column(intake, "ogrs") is None
    labels = [option.label for option in intake.questions[0].options]
    assert labels == ["OGRS3 1 year (OGRS3 and 1 year)", "OGRS3 2 year (OGRS3 and 2 years)"]
    second = answered(intake, "ogrs", 1)
    assert (column(second, "ogrs"), column(second, "ogrs_horizon")) == ([54, 18], ["2 years", "2 years"])
    assert second.questions == ()


def test_scores_that_are_never_above_1_are_asked_about_and_not_used():
    intake = cases(
        ["OGRS3 2 year"],
        [0.54],
        [0.125],
        [1],
        [
            "",
        ][:1],
    )
    assert column(intake, "ogrs") == [None] * 4
    assert (None, "OGRS3 2 year", MISSING) in listed(intake, "error")
    yes, no = answered(intake, "ogrs.shares", 0), answered(intake, "ogrs.shares", 1)
    assert column(yes, "ogrs") == [54, 12.5, 100, None]
    assert column(yes, "ogrs_version") == ["OGRS3", "OGRS3", "OGRS3", None]
    assert column(no, "ogrs") == [0.54, 0.125, 1, None]
    assert yes.questions == no.questions == ()


@pytest.mark.parametrize("scores", [[1, 0, 1], [0.54, 1.5], [54], []])
def test_other_scores_are_not_asked_about(scores):
    intake = cases(["OGRS"], *([score] for score in scores), [""])
    assert [question.key for question in intake.questions] == []
    assert column(intake, "ogrs") == [*scores, None]


@pytest.mark.parametrize(
    ("codes", "pair"), [((1, 2), (1, 2)), ((0, 1), (0, 1)), ((0, 1, 2, 9), (1, 2)), ((2,), (1, 2)), ((1, 1), (1, 2))]
)
def test_numbers_for_sex_are_asked_about(codes, pair):
    intake = cases(["Gender"], *([code] for code in codes), ["Not known"])
    assert column(intake, "sex") == [None] * (len(codes) + 1)
    assert listed(intake) == {(None, "Gender", MISSING)}
    told = {pair[0]: "male", pair[1]: "female"}
    assert column(answered(intake, "sex", 0), "sex") == [*(told.get(code) for code in codes), None]
    turned = {pair[0]: "female", pair[1]: "male"}
    assert column(answered(intake, "sex", 1), "sex") == [*(turned.get(code) for code in codes), None]


@pytest.mark.parametrize("cells", [["M", "F", "x"], ["1", "F", "M"], ["3", "4", ""], ["", "", ""]])
def test_letters_for_sex_are_not(cells):
    intake = cases(["Gender"], *([cell] for cell in cells))
    assert intake.questions == ()
    words = {"M": "male", "F": "female"}
    assert column(intake, "sex") == [words.get(cell) for cell in cells]


def test_offences_go_by_name_and_by_label():
    scales = (load_ogrs3(), load_ogrs4(), load_ogrs4(violent=True))
    both = [(text, name) for scale in scales for name, one in scale.offences.items() for text in (name, one.label)]
    intake = cases(["OGRS offence"], *([text.upper()] for text, _ in both), ["Burglary: domestic"], ["Stabbing"])
    assert column(intake, "ogrs_offence") == [*(name for _, name in both), "burglary_domestic", None]
    assert column(intake, "offence")[-1] == "Stabbing"
    assert listed(intake) == {(None, "OGRS offence", KEPT), (len(both) + 3, "OGRS offence", MISSING)}


def test_the_names_of_offences_are_those_of_the_scales():
    scales = (load_ogrs3(), load_ogrs4(), load_ogrs4(violent=True))
    assert set(OGRS_OFFENCES) == {name for scale in scales for name in scale.offences}
    assert len(set(OGRS_OFFENCES)) == len(OGRS_OFFENCES)


def test_an_offence_of_the_file_goes_before_that_of_ogrs():
    intake = cases(["OGRS offence", "Main offence"], ["robbery", "Robbed a shop"])
    assert column(intake, "offence") == ["Robbed a shop"]
    assert listed(intake) == set()


@pytest.mark.parametrize(
    ("name", "cells", "values"),
    [
        (
            "sanction",
            ["conviction", "Caution after conviction", "cautioned", "fine"],
            ["conviction", "caution_after_conviction", "caution", None],
        ),
        ("violent_sanctions", ["0", "3", "1.5", "-1"], [0, 3, None, None]),
        ("offence_free_months", ["0", "36", "2.5", "-1"], [0, 36, None, None]),
        ("age", ["110", "111", "10", "9"], [110, None, 10, None]),
    ],
)
def test_other_columns_of_risk(name, cells, values):
    assert column(cases([name], *([cell] for cell in cells)), name) == values
