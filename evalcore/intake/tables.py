"""Tables about people and published figures: roster, cases, caseload, published."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evalcore.columns import RESPONDENT_ID
from evalcore.intake import asking
from evalcore.intake.building import Draft, convert_fields, identify, list_cells, start, stop
from evalcore.intake.choices import Choices
from evalcore.intake.files.raw import RawTable
from evalcore.intake.files.reading import read_table
from evalcore.intake.files.source import Source
from evalcore.intake.finishing import finish
from evalcore.intake.intake import Intake
from evalcore.intake.native import CASELOAD, CASES, PUBLISHED, ROSTER, SECTION_MAXIMA
from evalcore.intake.problems import KEPT, ROW_SET_ASIDE, WARNING

# With this many people a section score that is never above 1 may be a yes or no.
_ENOUGH_PEOPLE = 10


def read_roster(source: Source, *, name: str | None = None, mapping: pd.DataFrame | None = None) -> Intake:
    """Read the list of everyone who was asked to take part, staff included.

    Parameters, errors and the account of problems are those of `read_questionnaires`.

    Returns
    -------
    Intake
        `roster`: every column of the native form; what the file does not have is missing. Dates are days, `eligible`
        is true, false or missing, `consent` is given, refused, withdrawn or missing.

    Examples
    --------
    >>> intake = read_roster(b"respondent_id,role,consent\\nA1,staff,yes\\nA2,staff,withdrew\\n", name="roster.csv")
    >>> intake.roster["consent"].tolist()
    ['given', 'withdrawn']
    """
    return from_raw(read_table(source, name), ROSTER, Choices(mapping=mapping))


def read_cases(source: Source, *, name: str | None = None, mapping: pd.DataFrame | None = None) -> Intake:
    """Read the case file: one service user a row.

    Parameters, errors and the account of problems are those of `read_questionnaires`.

    Returns
    -------
    Intake
        `cases`: the native columns that the file has. Numbers outside what is possible (age 10-110, OGRS 0-100,
        section scores above the section's maximum) become missing and are listed; needs are true, false or missing.

    Examples
    --------
    >>> intake = read_cases(b"respondent_id,sex,drugs_score\\nA1,F,11\\n", name="cases.csv")
    >>> intake.cases["sex"].tolist(), intake.problems[["row", "column", "expected"]].values.tolist()
    (['female'], [[2, 'drugs_score', 'a whole number from 0 to 10']])
    """
    return from_raw(read_table(source, name), CASES, Choices(mapping=mapping))


def read_caseload(source: Source, *, name: str | None = None, mapping: pd.DataFrame | None = None) -> Intake:
    """Read the general caseload that the cases are compared with: one person a row, hundreds of thousands if need be.

    Parameters, errors and the account of problems are those of `read_questionnaires`.

    Returns
    -------
    Intake
        `caseload`: as `cases` in `read_cases`; the file may be without identifiers (`respondent_id` is then missing).

    Examples
    --------
    >>> read_caseload(b"sex,age\\nmale,34\\n").caseload["age"].tolist()
    [34.0]
    """
    return from_raw(read_table(source, name), CASELOAD, Choices(mapping=mapping))


def read_published(source: Source, *, name: str | None = None, mapping: pd.DataFrame | None = None) -> Intake:
    """Read published figures: one figure a row.

    Parameters, errors and the account of problems are those of `read_questionnaires`.

    Returns
    -------
    Intake
        `published`: the native columns that the file has; rows without a measure are set aside.

    Examples
    --------
    >>> read_published(b"measure,mean,n\\nOGRS,48.2,12000\\n").published["mean"].tolist()
    [48.2]
    """
    return from_raw(read_table(source, name), PUBLISHED, Choices(mapping=mapping))


def from_raw(raw: RawTable, kind: str, choices: Choices, pseudonym_key: str | None = None) -> Intake:
    """Build a table of `kind` from a table that has been read already."""
    draft = start(raw, kind, choices, pseudonym_key)
    convert_fields(draft)
    found = draft.names()
    if kind == PUBLISHED:
        _require_measure(draft)
    elif RESPONDENT_ID in found:
        identify(draft)
    elif kind != CASELOAD:
        stop(draft, RESPONDENT_ID, "no column of this name", "a column that says who each row is about")
        asking.about_columns(draft)
    elif not found:
        stop(draft, "", "no column of a caseload", "columns such as sex, age or drugs_score")
    if kind in (CASES, CASELOAD):
        _question_scores(draft)
    return finish(draft)


def _require_measure(draft: Draft) -> None:
    heading = draft.taken.get(("measure", ""))
    if heading is None:
        stop(draft, "measure", "no column of this name", "a column that says what was measured")
        return
    blank = draft.values[("measure", "")].isna().to_numpy() & draft.fates.kept
    list_cells(draft, heading, blank, "what was measured", ROW_SET_ASIDE)
    draft.fates.set_aside(blank, "no measure")


def _question_scores(draft: Draft) -> None:
    """Warn of a section score that is never above 1: read as a score, such a yes or no would give nobody a need."""
    for section in SECTION_MAXIMA:
        heading = draft.taken.get((f"{section}_score", ""))
        if heading is None:
            continue
        scores = draft.values[(heading.taken_for, "")].to_numpy(dtype=float, na_value=np.nan)
        known = scores[~np.isnan(scores)]
        if len(known) >= _ENOUGH_PEOPLE and known.max() == 1:
            expected = f"scores; a yes or no belongs under {section}_need"
            draft.problems.add(None, heading.label, "only 0 and 1 in the whole file", expected, KEPT, WARNING)
