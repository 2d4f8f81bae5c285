"""Personal data and people's own words: named, left out, never shown, and not seen where there are none."""

from __future__ import annotations

import pytest

from evalcore.intake.files.raw import TextColumn
from evalcore.intake.files.tools import list_tools, load_tool
from evalcore.intake.headings.headers import map_headings, mapping_table
from evalcore.intake.headings.heading import FREE_TEXT
from evalcore.intake.headings.personal import cells_look_personal, heading_looks_personal, looks_like_free_text
from evalcore.intake.problems import Problems
from tests.intake.headings.columns_of import listed, mapped, table

ASKS = {
    "names": [
        "Name",
        "First name",
        "RecipientFirstName",
        "Surname",
        "What is your name or initials?",
        "Client name",
        "Service user name",
        "Name of your case manager",
        "Signature",
    ],
    "e-mail addresses": ["Email", "E-mail", "Email Address", "RecipientEmail", "your e-mail please", "Username"],
    "telephone numbers": ["Phone number", "Mobile", "Telephone"],
    "postcodes": ["Postcode", "Post code", "post_code", "ZIP"],
    "addresses": ["Home address", "Address line 1", "Your address"],
    "NHS numbers": ["NHS no", "NHS Number"],
    "PNC numbers": ["PNC ID"],
    "CRO numbers": ["CRO number"],
    "National Insurance numbers": ["NI number", "National Insurance No"],
    "dates of birth": ["dob", "Date of birth", "Year of birth"],
    "network addresses": ["IPAddress", "IP Address"],
    "places": ["LocationLatitude", "_geolocation", "GPS", "_gps_longitude"],
}
NOBODY = [
    "Site name",
    "Programme name",
    "Name of the project",
    "Company name",
    "Colour",
    "Age",
    "instrument",
    "Filename",
    "Position",
    "Telling others how I feel",
    "How well did this group, its leaders and the handouts address the problems that you came with",
]
CELLS = {
    "e-mail addresses": ["a@example.org", "b.c@example.com", "-"],
    "postcodes": ["M1 1AA", "LS29JT", "sw1a 1aa"],
    "PNC numbers": ["2001/123456X", "98/1Z"],
    "CRO numbers": ["123456/98A", "SF12/01B"],
    "telephone numbers": ["07700 900123", "+44 7700 900123"],
    "NHS numbers": ["943 476 5919", "9434765919", "9434765870"],
    "National Insurance numbers": ["QQ 12 34 56 C", "QQ123456C"],
    "network addresses": ["10.0.0.1", "192.168.1.20"],
    "places": ["53.4794 -2.2453 0 0", "53.47941, -2.24531"],
}


@pytest.mark.parametrize(("heading", "kind"), [(text, kind) for kind, texts in ASKS.items() for text in texts])
def test_headings_that_ask_for_personal_data(heading, kind):
    assert heading_looks_personal(heading) == kind
    assert [(h.taken_for, h.personal) for h in mapped([heading], cells={heading: ("Jo Example", "x", "")})] == [
        ("", kind)
    ]


@pytest.mark.parametrize("heading", NOBODY)
def test_headings_that_name_nobody(heading):
    assert heading_looks_personal(heading) == ""


@pytest.mark.parametrize(("cells", "kind"), [(cells, kind) for kind, cells in CELLS.items()])
def test_cells_that_look_personal(cells, kind):
    assert cells_look_personal(TextColumn.from_cells(cells)) == kind
    assert cells_look_personal(TextColumn.from_cells([*cells, *map(str, range(9))])) == ""


@pytest.mark.parametrize(
    "cells", [["318220471", "3182204710", "9434765918"], ["AB12", "AB13"], ["2026-02-04", "1.5"], []]
)
def test_cells_that_look_like_nobody(cells):
    assert cells_look_personal(TextColumn.from_cells(cells)) == ""


def test_personal_cells_are_never_previewed():
    raw = table(["Email", "Name", "Q7"], cells={"Email": ("anonymous",) * 3, "Q7": ("a@example.org", "", "")})
    headings = map_headings(raw, "responses", Problems())
    assert mapping_table(raw, headings)["preview"].tolist() == ["", "", ""]


def test_a_question_that_asks_for_a_name():
    (heading,) = mapped(["Q3"], questions=["What is your full name?"])
    assert (heading.taken_for, heading.personal) == ("", "names")


@pytest.mark.parametrize("heading", ["Your e-mail or ID code", "Name"])
def test_personal_data_are_no_identifier(heading):
    assert mapped([heading])[0].taken_for == ""


@pytest.mark.parametrize("name", list_tools())
def test_no_column_that_a_tool_keeps_for_itself_names_people(name):
    """Such columns are shown in the mapping: one that names people must not be listed among them."""
    tool = load_tool(name)
    assert [heading for heading in (*tool.columns, *tool.otherwise) if heading_looks_personal(heading)] == []


PROSE = [f"I was glad of the help that I was given in week {week}" for week in range(6)]


@pytest.mark.parametrize(
    "heading",
    [
        "Comments",
        "Comments:2",
        "Anything else?",
        "Please explain",
        "Other (please specify)",
        "Any feedback for us?",
        "Notes",
    ],
)
def test_headings_that_ask_for_own_words(heading):
    raw = table([heading], cells={heading: ("a", "b", "c")})
    headings = map_headings(raw, "responses", Problems())
    assert headings[0].reason == FREE_TEXT
    assert mapping_table(raw, headings)["preview"].tolist() == [""]
    assert listed([heading]) == [(heading, "column left out", "note")]


@pytest.mark.parametrize(
    ("cells", "free"),
    [
        (PROSE, True),
        (PROSE[:3], False),
        (PROSE * 4, False),
        ([f"week {week} was good" for week in range(6)], False),
        ([text.replace(" ", "_") for text in PROSE], False),
        ([*PROSE, "", "-"], True),
    ],
)
def test_cells_in_own_words(cells, free):
    assert looks_like_free_text("Q9", TextColumn.from_cells(cells)) is free
