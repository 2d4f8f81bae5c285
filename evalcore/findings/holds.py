"""What a study holds: its tables, their rows, the people in them, and the files that they came from."""

from __future__ import annotations

import pandas as pd

from evalcore.columns import RESPONDENT_ID
from evalcore.findings.finding import Column, Finding, OutsideForm
from evalcore.methods import definition
from evalcore.profile.counted import n_people
from evalcore.study import Study
from evalcore.wording import count, joined

_TABLES = {
    "responses": "Questionnaires",
    "roster": "Roster of people asked",
    "cases": "Case files",
    "caseload": "Caseload to compare with",
    "published": "Published figures",
}
_ONLY_COUNTED = "Caseload of which only counts were read"
_COUNTED = {
    "responses": ("questionnaire", "questionnaires"),
    "roster": ("person on a roster of people asked", "people on a roster of people asked"),
    "cases": ("case file", "case files"),
    "caseload": ("person of a caseload to compare with", "people of a caseload to compare with"),
    "published": ("published figure", "published figures"),
}


def holds_finding(study: Study) -> Finding:
    """One row a table: rows, people, files."""
    table = _table(study)
    title, sentence = _words(study, table)
    caution = "Counts are of rows and people read, before any matching."
    return Finding(
        id="holds.study",
        title=title,
        sentence=sentence,
        caution=caution,
        chart=None,
        table=table,
        columns=(
            Column("table", "What", "label"),
            Column("rows", "Rows", "fieldwork"),
            Column("people", "People", "fieldwork"),
        ),
        groups={},
        trail=None,
        source=f"Read from {count(len(study.intakes), 'file', 'files')}.",
        files=tuple(intake.name for intake in study.intakes),
        definition=definition("rows_used"),
        outside=OutsideForm("", title, sentence, caution, None),
        topic="What the study holds",
    )


def _words(study: Study, table: pd.DataFrame) -> tuple[str, str]:
    rows = dict(zip(_TABLES, table["rows"], strict=False))
    people = int(table["people"].iloc[0])
    parts = [count(rows[kind], one, many) for kind, (one, many) in _COUNTED.items() if rows[kind]]
    if len(study.counted):
        parts.append(f"counts of {count(n_people(study.counted), 'person', 'people')} of a caseload")
    if not parts:
        return "This study holds no data yet", "This study holds no data yet."
    files = count(len(study.intakes), "file", "files")
    questionnaires = count(rows["responses"], "questionnaire", "questionnaires")
    title = f"{count(people, 'person', 'people')} filled in {questionnaires}" if people else "No questionnaire yet"
    return title, f"{study.name} holds {joined(parts)}, from {files}."


def _table(study: Study) -> pd.DataFrame:
    rows = []
    for kind, label in _TABLES.items():
        table: pd.DataFrame = getattr(study, kind)
        people = table[RESPONDENT_ID].nunique() if RESPONDENT_ID in table else 0
        rows.append((label, len(table), int(people)))
    if len(study.counted):
        people = n_people(study.counted)
        rows.append((_ONLY_COUNTED, people, people))
    return pd.DataFrame(rows, columns=["table", "rows", "people"])
