"""Tables of words rather than results: what files were recognised as, what was found wrong, and what is defined."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from evalcore import Study, load_instrument
from evalcore.intake import Intake
from evalcore.methods import WordTable
from evalcore.wording import count, joined
from pages._shared.components import plain

KINDS = {
    "responses": "questionnaires",
    "roster": "roster of people asked",
    "cases": "case files",
    "caseload": "caseload",
    "published": "published figures",
}
_MOST_SHOWN = 100
_PROBLEM_HEADINGS = {
    "file": "File",
    "row": "Row",
    "column": "Column",
    "found": "Found",
    "expected": "Expected",
    "action": "What was done",
    "severity": "How serious",
}


def recognised(intake: Intake) -> str:
    """Return one sentence on what a file was taken for."""
    used, aside = _fates(intake.rows)
    parts = [f"read as {KINDS[intake.kind]}, {count(used, 'row', 'rows')} used"]
    if aside:
        parts.append(f"{count(aside, 'row', 'rows')} set aside")
    if intake.instruments:
        parts.append(f"with {joined(_names(intake.instruments))}")
    return ", ".join(parts) + "."


def files(study: Study) -> None:
    """Show one row a file: what it was recognised as, rows used and set aside, questionnaires, problems."""
    rows = []
    by_file = study.rows[["file", "fate"]].value_counts()
    problems = study.problems["file"].value_counts()
    for intake in study.intakes:
        used, aside = (int(by_file.get((intake.name, fate), 0)) for fate in ("used", "set aside"))
        names = joined(_names(intake.instruments)) or "–"
        found = int(problems.get(intake.name, 0))
        rows.append((intake.name, KINDS[intake.kind], f"{used:,}", f"{aside:,}", names, f"{found:,}"))
    headings = ["File", "Recognised as", "Rows used", "Rows set aside", "Questionnaires", "Problems"]
    _table(headings, rows, alt="Files in this study")


def problems(found: pd.DataFrame, *, alt: str) -> None:
    """Show a list of problems; of a long one its beginning, with the number of lines in words."""
    shown = found.head(_MOST_SHOWN)
    rows = [["" if pd.isna(cell) else str(cell) for cell in row] for row in shown.to_numpy(object)]
    _table([_PROBLEM_HEADINGS[name] for name in found.columns], rows, alt=alt)
    if len(found) > len(shown):
        st.caption(f"The first {len(shown)} of {len(found):,} lines. The download has all of them.")


def words(table: WordTable) -> None:
    """Show a plain table of words; nothing where it has no row."""
    if table.rows:
        _table(list(table.headings), table.rows, alt=table.title)


def _table(headings: list[str], rows: Iterable[Iterable[str]], *, alt: str) -> None:
    cells = pd.DataFrame([list(row) for row in rows], columns=headings, dtype="str")
    st.table(cells.map(plain), hide_index=True, alt=alt)


def _fates(rows: pd.DataFrame) -> tuple[int, int]:
    used = int((rows["fate"] == "used").sum())
    return used, len(rows) - used


def _names(instruments: Iterable[str]) -> list[str]:
    return [load_instrument(name).short_name for name in instruments]
