"""Bad input at the door: each fault is listed at its row and column, with what was done, and nothing else is."""

from __future__ import annotations

import pytest

from evalcore.intake import read_questionnaires
from evalcore.intake.headings.wave_words import wave_in_name
from evalcore.intake.problems import ACTIONS
from tests.intake.made import csv_bytes, fates, gse, listed

ASIDE, MISSING, LEFT_OUT, NOT_READ = "row set aside", "answer set to missing", "column left out", "file not read"
KEPT, NAME, JOINED = "kept, please check", "taken from the file name", "rows joined"


def read(rows, name="answers.csv", **options):
    return read_questionnaires(csv_bytes(rows), name=name, **options)


def test_a_good_file_has_no_problem():
    intake = read(gse(["A1", "pre"], ["A2", "post"]))
    assert listed(intake) == set()
    assert fates(intake) == [(2, "used"), (3, "used")]
    assert intake.instruments == ("gse",)
    assert list(intake.responses.columns[:6]) == [
        "respondent_id",
        "wave",
        "role",
        "site",
        "completed_on",
        "how_completed",
    ]
    assert intake.responses.loc[:, "gse_1":].eq(3).all(axis=None)


def test_every_code_that_is_no_answer_becomes_missing_and_is_listed():
    rows = gse(["A1", "pre"], ["A2", "pre"], ["A3", "pre"], ["A4", "pre"])
    rows[1][2:5] = [5, 0, 99]
    rows[2][2:5] = ["2.5", "-9", "often enough"]
    rows[3][2:7] = ["", "n/a", "-", ".", "N/A"]
    rows[4][2:5] = ["3 - Exactly true", "=1+1", "<b>3</b>"]
    intake = read(rows)
    assert listed(intake) == {(row, f"gse_{i}", MISSING) for row in (2, 3, 5) for i in (1, 2, 3)}
    notes = intake.problems[intake.problems["severity"] == "note"]
    assert notes["found"].tolist() == ["99", "-9"], "what is used for no answer is no mistake"
    assert set(intake.problems["severity"]) == {"error", "note"}
    assert set(intake.problems["expected"]) == {"a whole number from 1 to 4, or the words of an answer"}
    assert intake.problems["found"].tolist() == [
        "5",
        "0",
        "99",
        "2.5",
        "-9",
        "often enough",
        "3 - Exactly true",
        "=1+1",
        "<b>3</b>",
    ]
    items = intake.responses.loc[:, "gse_1":]
    assert items.isna().sum(axis=1).tolist() == [3, 3, 5, 3]
    assert items.fillna(3).eq(3).all(axis=None)
    assert fates(intake) == [(row, "used") for row in (2, 3, 4, 5)]


@pytest.mark.parametrize("blank", ["", "  ", "\u00a0", "N/A", "-", "#N/A"])
def test_a_row_without_identifier_is_set_aside(blank):
    intake = read(gse(["A1", "pre"], [blank, "pre"], ["A2", "pre"]))
    assert listed(intake) == {(3, "respondent_id", ASIDE)}
    assert fates(intake) == [(2, "used"), (3, "set aside"), (4, "used")]
    assert intake.responses["respondent_id"].tolist() == ["A1", "A2"]


@pytest.mark.parametrize("wave", ["middle", "1", "pre/post", "", "t3"])
def test_a_wave_that_is_neither_before_nor_after_sets_the_row_aside(wave):
    intake = read(gse(["A1", "pre"], ["A1", wave], ["A1", "post"]))
    assert listed(intake) == {(3, "wave", ASIDE)}
    assert intake.responses["wave"].tolist() == ["pre", "post"]


@pytest.mark.parametrize(
    ("words", "wave"),
    [(["PRE", "Before", "baseline", "T1", "Pre-test"], "pre"), (["Post", "AFTER", "follow-up", "Follow Up"], "post")],
)
def test_other_words_for_a_wave(words, wave):
    intake = read(gse(*([f"A{i}", word] for i, word in enumerate(words))))
    assert listed(intake) == set()
    assert set(intake.responses["wave"]) == {wave}


def test_two_rows_for_one_person_and_wave_that_differ_are_both_set_aside():
    rows = gse(["A1", "pre"], ["A2", "pre"], ["A1", "pre"], ["A1", "post"])
    rows[3][2] = 1
    intake = read(rows)
    assert listed(intake) == {(2, "", ASIDE), (4, "", ASIDE)}
    assert set(intake.problems["severity"]) == {"error"}
    assert intake.problems["found"].tolist() == [
        "also row 4, with different answers",
        "also row 2, with different answers",
    ]
    assert fates(intake) == [(2, "set aside"), (3, "used"), (4, "set aside"), (5, "used")]


def test_two_rows_that_say_the_same_leave_the_first():
    rows = gse(["A1", "pre", "10"], ["A1", "pre", "11"], header=("respondent_id", "wave", "site"))
    intake = read(rows)
    assert listed(intake) == {(3, "", ASIDE)}
    assert listed(intake, "warning") == listed(intake)
    assert intake.responses["site"].tolist() == ["10"]


def test_of_three_rows_one_that_differs_sets_all_aside():
    rows = gse(["A1", "pre"], ["A1", "pre"], ["A1", "pre"])
    rows[3][2] = ""
    assert listed(read(rows)) == {(2, "", ASIDE), (3, "", ASIDE), (4, "", ASIDE)}


def test_two_rows_without_answers_leave_the_first():
    rows = gse(["A1", "pre"], ["A1", "pre"], ["A2", "pre"], ["A2", "pre"])
    for row in (1, 2, 3):
        rows[row][2:] = [""] * 10
    intake = read(rows)
    assert listed(intake) == {(3, "", ASIDE), (4, "", ASIDE)}
    assert intake.responses[["respondent_id", "gse_1"]].fillna(0).values.tolist() == [["A1", 0], ["A2", 3]]


def test_one_person_in_two_roles_is_two_people():
    rows = gse(["1", "pre", "staff"], ["1", "pre", "service user"], header=("respondent_id", "wave", "role"))
    rows[2][3] = 1
    assert listed(read(rows)) == set()


def test_a_questionnaire_in_each_row_makes_one_row():
    intake = read(
        [
            ["respondent_id", "wave", "gse_1", "uwes9_1"],
            ["A1", "pre", 3, None],
            ["A2", "pre", 1, 1],
            ["A1", "pre", None, 0],
        ]
    )
    assert listed(intake) == {(None, "gse_2", KEPT), (None, "uwes9_2", KEPT), (2, "", JOINED), (4, "", JOINED)}
    assert intake.responses[["respondent_id", "gse_1", "uwes9_1"]].values.tolist() == [["A1", 3, 0], ["A2", 1, 1]]
    assert fates(intake) == [(2, "used"), (3, "used"), (4, "used")]


def test_no_identifier_column():
    intake = read(gse(["A1", "pre"], header=("person", "wave")))
    assert listed(intake) == {(None, "respondent_id", NOT_READ), (None, "person", LEFT_OUT)}
    assert listed(intake, "error") == {(None, "respondent_id", NOT_READ)}
    assert intake.responses.empty
    assert fates(intake) == [(2, "set aside")]


def test_no_item():
    intake = read([["respondent_id", "wave", "score"], ["A1", "pre", 3]])
    assert listed(intake) == {(None, "", NOT_READ), (None, "score", LEFT_OUT)}
    assert intake.responses.empty
    assert intake.instruments == ()


def test_no_wave():
    intake = read(gse(["A1"], header=("respondent_id",)))
    assert listed(intake) == {(None, "wave", NOT_READ)}
    assert intake.responses.empty


def test_a_heading_line_alone():
    intake = read(gse())
    assert listed(intake) == {(None, "", NOT_READ)}
    assert intake.responses.empty


def test_wave_for_the_whole_file():
    rows = gse(["A1"], ["A2"], header=("respondent_id",))
    for options in ({"wave": "post"}, {"wave": "Follow-up"}):
        intake = read(rows, **options)
        assert listed(intake) == set()
        assert intake.responses["wave"].tolist() == ["post", "post"]
        assert set(intake.mapping["wave"]) == {"", "post"}
    named = read(rows, name="SU follow-up 2026.csv")
    assert listed(named) == {(None, "wave", NAME)}
    assert set(named.problems["severity"]) == {"note"}
    assert named.responses["wave"].tolist() == ["post", "post"]


def test_wave_for_the_whole_file_fills_its_gaps_and_stops_what_says_otherwise():
    intake = read(gse(["A1", "pre"], ["A2", ""], ["A3", "post"]), wave="pre")
    assert listed(intake) == {(4, "wave", ASIDE)}
    assert intake.responses["wave"].tolist() == ["pre", "pre"]


@pytest.mark.parametrize(
    ("name", "wave"),
    [
        ("pre.csv", "pre"),
        ("Site-1_BASELINE.xlsx", "pre"),
        ("after (2).csv", "post"),
        ("follow up.csv", "post"),
        ("pre and post.csv", None),
        ("prepared.csv", None),
        ("poster.csv", None),
    ],
)
def test_wave_in_a_name(name, wave):
    assert wave_in_name(name) == wave


def test_ragged_rows():
    data = csv_bytes(gse(["A1", "pre"], ["A2", "pre"], ["A3", "pre"])).split(b"\r\n")
    data[1] += b",3"
    data[2] = data[2].removesuffix(b",3,3")
    intake = read_questionnaires(b"\r\n".join(data), name="a.csv")
    assert listed(intake) == {(2, "", ASIDE), (3, "", "filled with blanks")}
    assert fates(intake) == [(2, "set aside"), (3, "used"), (4, "used")]
    assert intake.responses.loc[0, ["gse_8", "gse_9", "gse_10"]].isna().tolist() == [False, True, True]


def test_blank_rows_are_no_rows_but_count():
    rows = gse(["A1", "pre"], ["A2", "pre"], ["A3", "bad"])
    rows[2:2] = [[], [""] * 12, [" "] * 3]
    intake = read(rows)
    assert listed(intake) == {(7, "wave", ASIDE)}
    assert fates(intake) == [(2, "used"), (6, "used"), (7, "set aside")]


def test_role_site_and_date():
    header = ("respondent_id", "wave", "role", "completed_on")
    intake = read(gse(["A1", "pre", "Service Users", "04/02/2026"], ["A2", "pre", "boss", "2026-02-30"], header=header))
    assert listed(intake) == {(3, "role", "value set to missing"), (3, "completed_on", "value set to missing")}
    assert intake.responses["role"].fillna("").tolist() == ["service user", ""]
    assert intake.responses["completed_on"].dt.strftime("%Y-%m-%d").tolist()[0] == "2026-02-04"


def test_identifiers_stay_as_they_are():
    ids = ["007", "7", "ab1", "AB1", " x y ", "12.0", "=cmd|' /C calc'!A0", "1.18052E+11"]
    intake = read(gse(*([name, "pre"] for name in ids)))
    assert listed(intake) == {(9, "respondent_id", KEPT)}
    assert intake.responses["respondent_id"].tolist() == ["007", "7", "ab1", "AB1", "x y", "12", ids[6], ids[7]]


def test_every_fault_at_once_still_loads_the_rest():
    rows = gse(*([f"A{i}", "pre"] for i in range(20)))
    rows[5][0], rows[9][1], rows[14][4] = "", "sometime", 7
    intake = read(rows)
    assert listed(intake) == {(6, "respondent_id", ASIDE), (10, "wave", ASIDE), (15, "gse_3", MISSING)}
    assert len(intake.responses) == 18
    assert len(intake.rows) == 20


def test_actions_are_the_fixed_phrases():
    assert set(read(gse(["", "x"])).problems["action"]) <= set(ACTIONS)


def test_a_heading_line_that_stands_there_again_says_nothing_about_its_columns() -> None:
    heading = ";".join(["Phase", "ID", *(f"swemwbs_{item}" for item in range(1, 8))])
    intake = read_questionnaires(f"{heading}\n{heading}\nTime 1;A1;{';'.join('3' * 7)}\n".encode(), name="pasted.csv")
    assert intake.mapping["taken_for"].tolist()[:2] == ["wave", "respondent_id"]
    assert intake.rows["fate"].tolist() == ["set aside", "used"]
