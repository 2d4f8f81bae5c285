"""Tables about people and published figures: roster, cases, caseload, published; and which kind a file is."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from evalcore.columns import (
    CONSENT,
    ELIGIBLE,
    REASON_NO_POST,
    REASON_NO_PRE,
    REFERRED_ON,
    RESPONDENT_ID,
    WAVE,
)
from evalcore.errors import UnknownNameError
from evalcore.intake import questionnaires
from evalcore.intake.building import Draft, convert_fields, finish, identify, list_bad_cells, start, stop
from evalcore.intake.headers import known_columns
from evalcore.intake.intake import Intake
from evalcore.intake.native import CASELOAD, CASES, KINDS, PUBLISHED, RESPONSES, ROSTER, SECTION_MAXIMA, item_columns
from evalcore.intake.problems import KEPT, ROW_SET_ASIDE, WARNING
from evalcore.intake.raw import RawTable
from evalcore.intake.reading import read_table
from evalcore.intake.source import Source

# A file of cases with more rows than this is taken for a caseload.
_MOST_CASES = 500
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
    return from_raw(read_table(source, name), ROSTER, mapping)


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
    return from_raw(read_table(source, name), CASES, mapping)


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
    return from_raw(read_table(source, name), CASELOAD, mapping)


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
    return from_raw(read_table(source, name), PUBLISHED, mapping)


def read_any(source: Source, *, name: str | None = None, wave: str | None = None, kind: str | None = None) -> Intake:
    """Read a native file of any kind; `kind` says which where the columns would mislead.

    >>> read_any(b"respondent_id,consent\\nA1,given\\n").kind
    'roster'
    """
    raw = read_table(source, name)
    if kind is not None and kind not in KINDS:
        raise UnknownNameError(f"There is no table {kind!r}. There are: {', '.join(KINDS)}.")
    chosen = kind or detect_kind(raw)
    if chosen == RESPONSES:
        return questionnaires.from_raw(raw, wave=wave)
    return from_raw(raw, chosen, None)


def detect_kind(table: RawTable | Source, *, name: str | None = None) -> str:
    """Tell by its columns which native table a file is; cases and caseload by name, identifiers and number of rows.

    A file of none of the known columns is taken for responses, whose reader says what it misses.

    >>> detect_kind(b"sex,age,ogrs\\nmale,30,50\\n")
    'caseload'
    """
    raw = table if isinstance(table, RawTable) else read_table(table, name)
    responses = known_columns(raw, RESPONSES)
    if responses & set(item_columns()) or WAVE in responses:
        return RESPONSES
    roster, cases = known_columns(raw, ROSTER), known_columns(raw, CASES)
    if roster & {CONSENT, ELIGIBLE, REFERRED_ON, REASON_NO_PRE, REASON_NO_POST}:
        return ROSTER
    if "measure" in known_columns(raw, PUBLISHED):
        return PUBLISHED
    if cases - roster:
        named = "caseload" in re.sub(r"[\W_]+", "", raw.name.casefold())
        return CASELOAD if named or RESPONDENT_ID not in cases or len(raw) > _MOST_CASES else CASES
    return ROSTER if RESPONDENT_ID in roster else RESPONSES


def from_raw(raw: RawTable, kind: str, mapping: pd.DataFrame | None) -> Intake:
    """Build a table of `kind` from a table that has been read already."""
    draft = start(raw, kind, mapping)
    convert_fields(draft)
    if kind == PUBLISHED:
        _require_measure(draft)
    elif RESPONDENT_ID in draft.taken:
        identify(draft)
    elif kind != CASELOAD:
        stop(draft, RESPONDENT_ID, "no column of this name", "a column that says who each row is about")
    elif not draft.taken:
        stop(draft, "", "no column of a caseload", "columns such as sex, age or drugs_score")
    if kind in (CASES, CASELOAD):
        _question_scores(draft)
    return finish(draft)


def _require_measure(draft: Draft) -> None:
    heading = draft.taken.get("measure")
    if heading is None:
        stop(draft, "measure", "no column of this name", "a column that says what was measured")
        return
    blank = draft.values["measure"].isna().to_numpy()
    list_bad_cells(draft, heading, blank, "what was measured", ROW_SET_ASIDE)
    draft.fates.set_aside(blank, "no measure")


def _question_scores(draft: Draft) -> None:
    """Warn of a section score that is never above 1: read as a score, such a yes or no would give nobody a need."""
    for section in SECTION_MAXIMA:
        heading = draft.taken.get(f"{section}_score")
        if heading is None:
            continue
        scores = draft.values[heading.taken_for].to_numpy(dtype=float, na_value=np.nan)
        known = scores[~np.isnan(scores)]
        if len(known) >= _ENOUGH_PEOPLE and known.max() == 1:
            expected = f"scores; a yes or no belongs under {section}_need"
            draft.problems.add(None, heading.label, "only 0 and 1 in the whole file", expected, KEPT, WARNING)
