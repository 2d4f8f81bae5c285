"""Every tool's file: the answers, the scores of named people, each row's fate, and each planted fault in its place."""

from __future__ import annotations

import pandas as pd
import pytest

from evalcore import score
from evalcore.intake import Intake, read_all, read_roster
from tests.intake.exports import (
    forms,
    google,
    jisc,
    kobo,
    limesurvey,
    qualtrics,
    reading,
    redcap,
    rosters,
    shapes,
    smartsurvey,
    spss,
    surveymonkey,
    typed,
)
from tests.intake.exports.people import COLUMN_OUT, NAMES, Export

TOOLS = (qualtrics, forms, google, surveymonkey, smartsurvey, jisc, redcap, limesurvey, kobo, spss)
EXPORTS = [export for tool in TOOLS for export in tool.exports()] + shapes.wide_files() + shapes.long_files()
BOOKS = typed.books()
CHECKED = NAMES[0], NAMES[4]


def check(intake: Intake, export: Export) -> None:
    """Hold what was read against what is true."""
    read = reading.answers(intake)
    assert read == export.answers
    assert len(intake.responses) == len(export.answers)
    check_scores(intake, export)
    assert list(zip(intake.rows["row"], intake.rows["fate"], strict=True)) == list(export.fates)
    assert set(intake.rows.loc[intake.rows["fate"] == "set aside", "reason"]).isdisjoint({""})
    check_problems(intake, export)
    check_dates(intake, export)


def check_scores(intake: Intake, export: Export) -> None:
    """The scores of two named people, at each wave, against those that the definition gives for the true codes."""
    for instrument in intake.instruments:
        scores = score(intake.responses, instrument)
        for (who, wave), given in export.answers.items():
            if who in CHECKED:
                own = scores[(scores["respondent_id"] == who) & (scores["wave"] == wave) & scores["score"].notna()]
                found = dict(zip(own["scale"], own["score"], strict=True))
                assert found == pytest.approx(reading.expected_scores(instrument, given))


def check_problems(intake: Intake, export: Export) -> None:
    """Each planted fault in its place; nothing else of the severity error, nothing else on any row."""
    listed, planted = reading.problems(intake), reading.planted(export)
    assert planted - listed == set(), "not listed"
    others = listed - planted - reading.allowed(export)
    assert {fault for fault in others if fault[0] is not None} == set(), "listed on a row that has no fault"
    assert others & reading.problems(intake, "error") == set(), "an error where none is"
    assert {fault for fault in others if fault[2] == COLUMN_OUT} == set(), "a column left out that holds answers"


def check_dates(intake: Intake, export: Export) -> None:
    """The day of each answer, where the file has one."""
    if export.dates:
        table = intake.responses.set_index(["respondent_id", "wave"])["completed_on"]
        found = {key: None if pd.isna(day) else str(day.date()) for key, day in table.items()}
        assert {key: found[key] for key in export.dates} == dict(export.dates)


@pytest.mark.parametrize("export", EXPORTS, ids=str)
def test_a_tool(export: Export) -> None:
    check(reading.read(export), export)


@pytest.mark.parametrize(("name", "data", "sheets"), BOOKS, ids=[book[0] for book in BOOKS])
def test_a_workbook_with_a_sheet_a_wave(name: str, data: bytes, sheets: list[Export]) -> None:
    read = read_all(data, name=name)
    assert [intake.name for intake in read] == [export.name for export in sheets]
    for intake, export in zip(read, sheets, strict=True):
        check(intake, export)


@pytest.mark.parametrize("roster", rosters.rosters(), ids=str)
def test_a_roster(roster: rosters.Roster) -> None:
    intake = read_roster(roster.data, name=roster.name)
    table = intake.roster.set_index("respondent_id")
    assert list(table.index) == list(roster.people)
    for who, said in roster.people.items():
        read = {name: None if pd.isna(table.loc[who, name]) else table.loc[who, name] for name in said}
        assert {**read, "started_on": read["started_on"] and str(read["started_on"].date())} == said
    listed = reading.problems(intake)
    assert roster.faults <= listed
    assert {(None, column, COLUMN_OUT) for column in roster.personal} <= listed
    assert reading.problems(intake, "error") == set(roster.faults)


@pytest.mark.parametrize("export", EXPORTS, ids=str)
def test_no_personal_cell_is_shown(export: Export) -> None:
    intake = reading.read(export)
    shown = [frame.to_csv() for frame in (intake.responses, intake.problems, intake.mapping, intake.codes)]
    assert "example.org" not in "".join(shown)
    assert "192.0.2." not in "".join(shown)
