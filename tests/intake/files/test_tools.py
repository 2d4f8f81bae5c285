"""What each survey tool's own columns are, and that no file typed by hand is taken for a tool's."""

from __future__ import annotations

import pytest

from evalcore.columns import COMPLETED_ON, RESPONDENT_ID, WAVE
from evalcore.errors import DefinitionError, UnknownNameError
from evalcore.intake.files import tools
from evalcore.intake.files.tools import BOOKKEEPING, RECORD_STATUS, SUBMISSION_ID, list_tools, load_tool, recognise
from evalcore.intake.native import RESPONSES, fields
from tests.intake.files.tool_files import FILES

NATIVE = {field.name for field in fields(RESPONSES)}


@pytest.mark.parametrize("name", list_tools())
def test_every_tool_has_a_name_and_takes_its_columns_for_something_known(name):
    tool = load_tool(name)
    assert tool.name
    for habit in (*tool.columns.values(), *tool.otherwise.values()):
        assert habit.taken_for in {*NATIVE, RECORD_STATUS, SUBMISSION_ID, BOOKKEEPING}
        assert tool.name in habit.reason


HABITS = {
    "qualtrics": [BOOKKEEPING, COMPLETED_ON, RECORD_STATUS, SUBMISSION_ID, RECORD_STATUS, None, None, None],
    "surveymonkey": [SUBMISSION_ID, BOOKKEEPING, BOOKKEEPING, COMPLETED_ON, None, None, None, None],
    "smartsurvey": [SUBMISSION_ID, BOOKKEEPING, COMPLETED_ON, None, None, None, None],
    "forms": [SUBMISSION_ID, BOOKKEEPING, COMPLETED_ON, None, None, None, None],
    "google": [COMPLETED_ON, None, None, None],
    "jisc": [SUBMISSION_ID, BOOKKEEPING, COMPLETED_ON, None, None, None, None],
    "redcap": [RESPONDENT_ID, WAVE, BOOKKEEPING, None, None, BOOKKEEPING],
    "redcap, labels": [RESPONDENT_ID, WAVE, BOOKKEEPING, None, None, BOOKKEEPING, BOOKKEEPING],
    "limesurvey": [SUBMISSION_ID, COMPLETED_ON, BOOKKEEPING, BOOKKEEPING, BOOKKEEPING, None, None],
    "limesurvey, codes": [SUBMISSION_ID, COMPLETED_ON, *[BOOKKEEPING] * 3, RESPONDENT_ID, None, None],
    "limesurvey, both": [SUBMISSION_ID, COMPLETED_ON, BOOKKEEPING, None, None],
    "kobo": [BOOKKEEPING, COMPLETED_ON, None, None, SUBMISSION_ID, SUBMISSION_ID, BOOKKEEPING, BOOKKEEPING],
    "odk": [BOOKKEEPING, BOOKKEEPING, COMPLETED_ON, None, None, SUBMISSION_ID, SUBMISSION_ID, BOOKKEEPING],
}


@pytest.mark.parametrize("file", HABITS)
def test_what_each_tool_s_own_columns_are_taken_for(file):
    lines, tool, _ = FILES[file]
    taken = [habit.taken_for if habit else None for habit in load_tool(tool).habits(lines[0])]
    assert taken == HABITS[file]


@pytest.mark.parametrize(
    ("tool", "heading"),
    [
        ("qualtrics", "RecipientEmail"),
        ("qualtrics", "IPAddress"),
        ("qualtrics", "LocationLatitude"),
        ("surveymonkey", "Email Address"),
        ("surveymonkey", "First Name"),
        ("microsoft_forms", "Name"),
        ("microsoft_forms", "Email"),
        ("smartsurvey", "IP Address"),
        ("google_forms", "Email Address"),
    ],
)
def test_what_names_people_is_left_to_be_found_as_personal_data(tool, heading):
    assert load_tool(tool).habit(heading) is None


@pytest.mark.parametrize(
    ("tool", "first", "second"),
    [
        ("qualtrics", "EndDate", "RecordedDate"),
        ("limesurvey", "submitdate", "datestamp"),
        ("kobo", "end", "_submission_time"),
        ("odk_central", "end", "SubmissionDate"),
        ("surveymonkey", "End Date", "Date Modified"),
    ],
)
def test_one_time_stands_in_for_another_that_is_not_there(tool, first, second):
    habits = load_tool(tool).habits
    assert [habit.taken_for for habit in habits([second, first])] == [BOOKKEEPING, COMPLETED_ON]
    assert [habit.taken_for for habit in habits([second])] == [COMPLETED_ON]
    assert load_tool(tool).habit(second).taken_for == BOOKKEEPING


def test_case_blanks_and_line_ends_of_a_heading_do_not_count():
    tool = load_tool("microsoft_forms")
    assert tool.habit(" COMPLETION\u00a0\ntime ") == tool.habit("Completion time")


def test_a_record_is_a_person_only_where_there_are_events():
    assert recognise(["record_id", "swemwbs_1", "swemwbs_complete"]) == "redcap"
    assert load_tool("redcap").habit("record_id") is None
    assert load_tool("redcap_longitudinal").habit("study_id").taken_for == RESPONDENT_ID


@pytest.mark.parametrize("file", FILES)
def test_a_tool_is_told_by_its_first_heading_line(file):
    lines, tool, first = FILES[file]
    if file != "qualtrics, older":
        assert recognise(lines[0], lines[first - 1]) == tool


@pytest.mark.parametrize(
    ("header", "first"),
    [
        (["ID", "wave", "gse_1"], ["1", "pre", "3"]),
        (["ID", "Timestamp", "gse_1"], ["1", "2026-02-04", "3"]),
        (["Timestamp", "gse_1"], ["", "3"]),
        (["ID", "Name", "Email"], ["1", "", ""]),
        (["respondent_id", "start_date", "completion_date"], ["1", "", ""]),
        (["ID", "Start Date", "End Date", "Status"], ["A1", "", "", "active"]),
        (["id", "start", "end", "token"], ["1", "", "", ""]),
        (["URN", "wave", "gse_1"], ["12", "pre", "3"]),
        (["UserID", "gse_1"], ["1", "2"]),
        (["Respondent ID", "wave"], ["1", "pre"]),
        (["record_id", "wave", "swemwbs_1"], ["1", "pre", "2"]),
        (["respondent_id", "status", "followup_complete"], ["1", "active", "yes"]),
        (["KEY", "wave"], ["1", "pre"]),
        (["V1", "V2", "V3"], ["1", "2", "3"]),
        (["Event Name", "Site"], ["Workshop", "North"]),
        ([], []),
    ],
)
def test_a_file_typed_by_hand_is_no_tool_s(header, first):
    assert recognise(header, first) == ""


def test_an_edited_export_is_still_told():
    assert recognise(["ResponseId", "EndDate", "Q1", "gse_1"]) == "qualtrics"
    assert recognise(["Completion time", "ID", "Email", "gse_1"]) == "microsoft_forms"
    assert recognise(["Timestamp", "gse_1"], ["2026/03/20 7:10:37 PM GMT", "3"]) == "google_forms"
    assert recognise(["URN", "Q1"], ["412318-412309-40077215", "3"]) == "jisc"


def test_an_unknown_tool_and_a_faulty_definition_are_refused(tmp_path):
    with pytest.raises(UnknownNameError, match="There is no survey tool 'x'"):
        load_tool("x")
    (tmp_path / "bad.toml").write_text('id = "bad"\nname = "Bad"\nsigns = []\n[columns]\nshoe_size = ["Size"]\n')
    with pytest.raises(DefinitionError, match=r"columns\.shoe_size"):
        tools.read_named(tmp_path, "bad", "survey tool", tools._tool)
