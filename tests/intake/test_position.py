"""Columns without telling names that may be the items in order: proposed, asked about, never taken unasked."""

from __future__ import annotations

import pytest

from evalcore.intake import read_any, reread
from tests.intake.made import csv_bytes


def jisc(answers, names=tuple(f"Q7_{i}_a" for i in range(1, 8))):
    """A coded export: a number of the submission, a code that people typed, and answers under question numbers."""
    rows = [[f"412318-412309-{40_077_215 + i}", who, *codes] for i, (who, codes) in enumerate(answers)]
    return csv_bytes([["URN", "Q1", *names], *rows])


GOOD = [("AB12", [2, 3, 2, 4, 5, 1, 2]), ("CD07", [3, 3, 4, 4, 5, 2, 2]), ("EF01", [1, 2, 2, 3, 3, 3, 4])]


def asked(data):
    return [question.key for question in read_any(data, name="pre.csv").questions]


def test_a_block_of_as_many_columns_as_items_is_asked_about_and_not_taken():
    intake = read_any(jisc(GOOD), name="pre.csv")
    assert "items" in [question.key for question in intake.questions]
    assert not len(intake.responses)
    assert not intake.instruments


def test_the_answer_takes_them_in_order_and_the_other_question_is_asked_on():
    intake = read_any(jisc(GOOD), name="pre.csv")
    items = next(question for question in intake.questions if question.key == "items")
    again = reread(intake, items.options[0].choices)
    assert [question.key for question in again.questions] == ["respondent_id"]
    who = next(option for option in again.questions[0].options if option.label == "Q1")
    done = reread(again, who.choices)
    assert done.questions == ()
    table = done.responses.set_index("respondent_id")
    assert {name: table.loc[name, "swemwbs_1":"swemwbs_7"].tolist() for name in table.index} == dict(GOOD)


@pytest.mark.parametrize("slip", [99, "5?", "n/a"])
def test_a_slip_in_it_does_not_matter(slip):
    assert "items" in asked(jisc([("AB12", [slip, 3, 2, 4, 5, 1, 2]), *GOOD[1:]]))


@pytest.mark.parametrize(
    "answers", [[("AB12", ["x", "y", "z", "w", "v", "u", 1])], [("AB12", [""] * 7)], [("AB12", [2, 3, 2, 4, 5, 1])]]
)
def test_other_cells_and_other_numbers_of_columns_are_no_block(answers):
    assert "items" not in asked(jisc(answers, tuple(f"Q7_{i}_a" for i in range(1, 1 + len(answers[0][1])))))


def test_two_blocks_are_one_question():
    names = (*(f"Q7_{i}" for i in range(1, 8)), *(f"Q8_{i}" for i in range(1, 11)))
    intake = read_any(jisc([("AB12", [3] * 17), ("CD07", [2] * 17)], names), name="pre.csv")
    items = next(question for question in intake.questions if question.key == "items")
    assert reread(intake, items.options[0].choices).instruments == ("gse", "swemwbs")
