"""Fields by another name, and which of several columns is taken."""

from __future__ import annotations

import pytest

from evalcore.intake.files.raw import TextColumn
from evalcore.intake.headings.field_names import field_named
from evalcore.intake.native import KINDS, fields
from tests.intake.headings.columns_of import DATES, listed, mapped, taken

RESPONDENT = [
    "Participant ID",
    "participant_code",
    "ParticipantID",
    "Your ID",
    "What is your ID?",
    "Please enter your participant code",
    "Q1. Your unique ID number",
    "Your\nparticipant code:",
    "Unique ID (from your letter)",
    "Service user ID",
    "Client number",
    "Study ID",
    "pid",
    "intro/pid",
    "Person ID",
    "CRN",
    "Token",
    "ID",
    "Code",
    "What is the participant code on your letter?",
]


@pytest.mark.parametrize("heading", RESPONDENT)
def test_who_answered(heading):
    assert taken([heading]) == ["respondent_id"]


@pytest.mark.parametrize("heading", ["Which site, and on what date completed?", "Participant ID " + "and more " * 15])
def test_a_phrase_in_too_much_else_is_nothing(heading):
    assert taken([heading]) == [""]


@pytest.mark.parametrize("heading", ["Q7", "Identify the problem", "Idea", "Coding", "How many clients have you?", ""])
def test_who_answered_is_not_guessed(heading):
    assert taken([heading]) == [""]


@pytest.mark.parametrize(
    ("heading", "cells", "field"),
    [
        ("Time point", ("T1", "T2", ""), "wave"),
        ("Time", ("T1", "T2", ""), "wave"),
        ("Time", ("14:02", "15:31", ""), ""),
        ("Phase", ("1", "2", "1"), "wave"),
        ("Stage", ("planning", "delivery", "baseline"), ""),
        ("Pre/Post", ("pre", "post", ""), "wave"),
        ("Which survey is this?", ("Baseline", "Follow-up", ""), "wave"),
        ("Which wave is this?", ("1", "2", ""), "wave"),
        ("Location", ("Leeds", "York", ""), "site"),
        ("Which office do you attend?", ("Leeds", "York", ""), "site"),
        ("Date completed", DATES, "completed_on"),
        ("Today's date (DD/MM/YYYY)", DATES, "completed_on"),
        ("Date", DATES, "completed_on"),
        ("Date", ("soon", "later", ""), ""),
        ("How was this questionnaire completed?", ("alone", "read aloud", ""), "how_completed"),
        ("Did anyone help you to complete this?", ("no", "yes", ""), "how_completed"),
        ("Are you a member of staff or a service user?", ("staff", "service user", ""), "role"),
        ("Group", ("staff", "service users", ""), "role"),
        ("Group", ("A", "B", ""), ""),
    ],
)
def test_fields_of_answers(heading, cells, field):
    assert taken([heading], cells={heading: cells}) == [field]


@pytest.mark.parametrize(
    ("kind", "heading", "field"),
    [
        ("roster", "Consent given?", "consent"),
        ("roster", "Date of referral", "referred_on"),
        ("roster", "Start date", "started_on"),
        ("roster", "Reason for no baseline", "reason_no_pre"),
        ("roster", "Why no follow-up", "reason_no_post"),
        ("roster", "Organisation", "company"),
        ("roster", "Your comments", ""),
        ("cases", "Gender", "sex"),
        ("cases", "Age at start", "age"),
        ("cases", "OGRS score", "ogrs"),
        ("cases", "Housing need", "accommodation_need"),
        ("cases", "Drug misuse score", "drugs_score"),
        ("cases", "Drugs criminogenic need (Y/N)", "drugs_need"),
        ("cases", "Accommodation", ""),
        ("cases", "Layer of assessment", "oasys_layer"),
        ("caseload", "Index offence", "offence"),
        ("published", "Standard deviation", "sd"),
        ("published", "Sample size", "n"),
    ],
)
def test_fields_of_other_tables(kind, heading, field):
    assert taken([heading], kind) == [field]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Date completed (pre)", "completed_on pre"),
        ("completed_on_post", "completed_on post"),
        ("Site T2", "site post"),
        ("Baseline: how completed", "how_completed pre"),
        ("Role at follow-up", ""),
        ("role_post", "role post"),
        ("Participant ID (pre)", "respondent_id"),
        ("Post code", ""),
    ],
)
def test_waves_of_fields(heading, expected):
    assert taken([heading], cells={heading: DATES}) == [expected]


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        (["Baseline"] * 3 + ["Follow-up"] * 2 + ["Phase", "Halfway", "x", "y"], "wave"),
        (["1"] * 3 + ["2"] * 2 + ["Phase", "3", "", ""], "wave"),
        (["Baseline"] + ["planning"] * 2, ""),
        (["1", "10", "12"], ""),
    ],
)
def test_most_cells_bear_a_name_out(cells, field):
    found = field_named("Phase", "responses", TextColumn.from_cells(cells))
    assert (found.field if found else "") == field


def test_waves_count_only_in_answers():
    headings = mapped(["Consent given at baseline?", "site_pre", "Site (T1)"], "roster")
    assert [(h.taken_for, h.wave) for h in headings] == [("", ""), ("", ""), ("site", "")]


@pytest.mark.parametrize(
    ("header", "first"),
    [
        (["ID", "Participant ID"], 1),
        (["Participant ID", "ID"], 0),
        (["Case ID", "Unique ID"], 1),
        (["respondent_id", "Participant ID"], 0),
        (["Token", "Please enter the participant code we gave you"], 1),
    ],
)
def test_the_surest_column_is_who_answered(header, first):
    found = taken(header)
    assert found[first] == "respondent_id"
    assert found[1 - first] == ""
    assert listed(header) == [(header[1 - first], "column left out", "note")]


def test_two_columns_that_are_equally_sure_are_left_to_a_person():
    header = ["Participant ID", "Unique ID"]
    assert taken(header, cells={"Unique ID": ("a", "b", "c")}) == ["", ""]
    assert taken(header) == ["respondent_id", ""]


def test_a_blank_column_is_nobody():
    assert taken(["ID", "ExternalReference"], cells={"ID": ("", "", "")}) == ["", "respondent_id"]


FORMS = ["ID", "Start time", "Completion time", "Email", "Name"]


def test_a_number_of_the_submission_gives_way():
    headings = mapped([*FORMS, "Your ID"], cells={"Completion time": DATES}, tool="microsoft_forms")
    assert [h.taken_for for h in headings] == ["", "", "completed_on", "", "", "respondent_id"]
    assert "not of the person" in headings[0].reason


def test_a_number_of_the_submission_is_taken_with_a_warning():
    assert taken(FORMS, tool="microsoft_forms")[0] == "respondent_id"
    assert ("ID", "kept, please check", "warning") in listed(FORMS, tool="microsoft_forms")
    assert ("ID", "kept, please check", "warning") not in listed(["ID", "gse_1"])


def test_a_number_of_the_submission_under_a_native_name():
    header = ["Respondent ID", "Collector ID", "What is your ID?"]
    assert taken(header, tool="surveymonkey") == ["", "", "respondent_id"]
    assert taken(header[:2]) == ["respondent_id", ""]
    assert [line for line in listed(header[:2], tool="surveymonkey") if line[2] == "warning"] == [
        ("Respondent ID", "kept, please check", "warning")
    ]


def test_what_a_tool_knows_of_people_and_events_comes_first():
    header = ["record_id", "redcap_event_name", "Participant ID", "Phase"]
    cells = {"redcap_event_name": ("baseline_arm_1", "followup_arm_1", ""), "Phase": ("1", "2", "")}
    assert taken(header, cells=cells, tool="redcap_longitudinal") == ["respondent_id", "wave", "", ""]


def test_a_date_that_people_wrote_comes_before_the_tools_own():
    assert taken(["Timestamp", "Date completed"], tool="google_forms") == ["", "completed_on"]
    assert taken(["Timestamp", "Q2"], tool="google_forms") == ["completed_on", ""]


def test_what_tells_test_responses_apart():
    header = ["ResponseId", "Status", "DistributionChannel", "IPAddress", "Progress"]
    headings = mapped(header, tool="qualtrics")
    assert [h.taken_for for h in headings] == ["respondent_id", "record_status", "record_status", "", ""]
    assert [h.personal for h in headings] == ["", "", "", "network addresses", ""]
    assert taken(header[1:3], "roster", tool="qualtrics") == ["", ""]


def test_identifiers_that_a_court_would_know():
    assert listed(["CRN", "gse_1"]) == [("CRN", "kept, please check", "warning")]


@pytest.mark.parametrize("kind", KINDS)
def test_every_native_name_is_known_in_words(kind):
    filled = TextColumn.from_cells(["a"])
    for native in fields(kind):
        named = field_named(f"The {native.name.replace('_', ' ')}:", kind, filled)
        assert named is not None
        assert named.field == native.name
