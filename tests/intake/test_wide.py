"""Wide files: what does not say its wave never counts at both."""

from __future__ import annotations

from evalcore.intake import read_any, reread
from tests.intake.made import csv_bytes

HEADER = ["respondent_id", "site", "completed_on", "gse_1_pre", "gse_1_post", "uwes9_1", "uwes9_2"]
WIDE = csv_bytes([HEADER, ["A1", "North", "2026-02-04", 2, 3, 0, 6], ["A2", "South", "2026-02-05", 4, "", 1, 5]])


def test_items_without_a_wave_beside_items_of_both_are_asked_about_and_not_read():
    intake = read_any(WIDE, name="wide.csv")
    assert not [name for name in intake.responses if name.startswith("uwes9")]
    assert intake.responses[["respondent_id", "wave", "gse_1"]].to_numpy().tolist() == [
        ["A1", "pre", 2.0],
        ["A1", "post", 3.0],
        ["A2", "pre", 4.0],
    ]
    left = intake.problems[intake.problems["action"] == "column left out"]
    assert dict(zip(left["column"], left["severity"], strict=True)) == {
        "uwes9_1": "error",
        "uwes9_2": "error",
        "completed_on": "warning",
    }
    assert "bare_items" in [question.key for question in intake.questions]


def test_the_answer_puts_them_at_one_wave():
    intake = read_any(WIDE, name="wide.csv")
    question = next(one for one in intake.questions if one.key == "bare_items")
    after = reread(intake, next(option for option in question.options if option.label == "After").choices)
    table = after.responses.set_index(["respondent_id", "wave"])["uwes9_2"]
    assert table.dropna().to_dict() == {("A1", "post"): 6.0, ("A2", "post"): 5.0}


def test_a_site_belongs_to_the_person_and_stands_at_both_waves():
    table = read_any(WIDE, name="wide.csv").responses
    assert table["site"].tolist() == ["North", "North", "South"]
    assert table["completed_on"].isna().all()
