"""Tables of words rather than results: what files were recognised as, what was found wrong, and what is defined."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import pandas as pd
import streamlit as st

from evalcore import Study, load_instrument
from evalcore.bench import NearMiss, Repeat
from evalcore.columns import COMPLETED_ON, SEVERITIES
from evalcore.intake import Intake
from evalcore.intake.files.tools import load_tool
from evalcore.intake.native import item_columns
from evalcore.methods import WordTable
from evalcore.profile.counted import n_people
from evalcore.wording import MISSING, count, joined, upper_first
from pages._shared.components import plain

KINDS = {
    "responses": "questionnaires",
    "roster": "roster of people asked",
    "cases": "case files",
    "caseload": "caseload",
    "published": "published figures",
}
_COUNTED = "caseload, as counts"
PROBLEMS = "problems"
"""The place of the list of problems on its page, for a link to it."""

_MOST_SHOWN = 100
_IN_WORDS = "answered"
_OF_BOTH = ("dates", "roster")
_LOOKS_PERSONAL = "left out: looks like "
_LONGEST_HEADING = 80
_PROBLEM_HEADINGS = {
    "n": "How often",
    "file": "File",
    "row": "Row",
    "rows": "Rows",
    "column": "Column",
    "columns": "Columns",
    "found": "Found",
    "expected": "Expected",
    "action": "What was done",
    "severity": "How serious",
}


def recognised(intake: Intake) -> str:
    """Return one sentence on what a file was taken for."""
    if intake.counted is not None:
        return f"read as {_COUNTED}: {count(n_people(intake.counted), 'person', 'people')}."
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
        if intake.counted is not None:
            used = n_people(intake.counted)
        names = joined(_names(intake.instruments)) or MISSING
        found = int(problems.get(intake.name, 0))
        linked = f"[{found:,}](#{PROBLEMS})" if found else "0"
        cells = (intake.name, KINDS.get(intake.kind, _COUNTED), _tool(intake), f"{used:,}", f"{aside:,}", names)
        rows.append((*map(plain, cells), linked))
    headings = ["File", "Recognised as", "Survey tool", "Rows used", "Rows set aside", "Questionnaires", "Problems"]
    _marked_up(headings, rows, alt="Files in this study")


def problems(found: pd.DataFrame, *, alt: str) -> None:
    """Show a list of problems, single or grouped; of a long one its beginning, with the number of lines in words."""
    shown = found.head(_MOST_SHOWN)
    rows = [["" if pd.isna(cell) else str(cell) for cell in row] for row in shown.to_numpy(object)]
    _table([_PROBLEM_HEADINGS[name] for name in found.columns], rows, alt=alt)
    if len(found) > len(shown):
        st.caption(f"The first {len(shown)} of {len(found):,} lines. The download has all of them.")


def sorted_problems(found: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return a list of problems sorted by a column; among equals the order stays."""
    if by not in found.columns:
        return found
    orders = {"severity": SEVERITIES, "file": list(dict.fromkeys(found["file"]))}
    key = orders[by].index if by in orders else str
    return found.iloc[found[by].map(key).reset_index(drop=True).sort_values(kind="stable").index]


def columns(intake: Intake, taken: Callable[[str], str], waves: Mapping[str, str], *, alt: str) -> None:
    """Show what each column of a file was taken for, why, and the first answers in it."""
    wide = intake.mapping["wave"].ne("").any()
    rows = []
    for line in intake.mapping.itertuples(index=False):
        heading = _heading(intake, int(line.position), line.header)
        wave = (waves[line.wave],) if wide else ()
        rows.append((str(line.position), heading, taken(line.taken_for), *wave, line.reason, line.preview))
    wave_heading = ["Wave"] if wide else []
    _table(["Column", "Heading", "Taken for", *wave_heading, "Why", "First answers"], rows, alt=alt)


def left_out(intake: Intake) -> list[str]:
    """Return what to call each column of a file that is taken for nothing."""
    names = column_names(intake)
    return [
        names[at]
        for at, taken in zip(intake.mapping["position"], intake.mapping["taken_for"], strict=True)
        if not taken
    ]


def column_names(intake: Intake) -> dict[int, str]:
    """Return what to call each column of a file for a person to choose it by: its place and its heading."""
    lines = zip(intake.mapping["position"].tolist(), intake.mapping["header"].tolist(), strict=True)
    return {position: f"{position}: {_heading(intake, position, header)}" for position, header in lines}


def left_out_for_people(intake: Intake) -> dict[int, str]:
    """Return the columns that were left out because they look as if they named people, and what they look like."""
    lines = zip(intake.mapping["position"].tolist(), intake.mapping["reason"].tolist(), strict=True)
    return {at: reason.removeprefix("left out: ") for at, reason in lines if reason.startswith(_LOOKS_PERSONAL)}


def _heading(intake: Intake, position: int, header: str) -> str:
    """A column's heading, with what else stands above it."""
    question = intake.raw.question(position - 1) if intake.raw is not None else ""
    text = f"{header}: {question}" if header and question else header or question or "(no heading)"
    return text if len(text) <= _LONGEST_HEADING else f"{text[: _LONGEST_HEADING - 1]}…"


def codes(
    found: pd.DataFrame, field: Callable[[str], str], read_as: Callable[[str, str, str], str], *, alt: str
) -> None:
    """Show each answer found in a file, how often it stands there, and what it was read as."""
    shown = found.head(_MOST_SHOWN)
    rows = [
        (field(line.field), line.found, f"{line.n:,}", read_as(line.field, line.code, line.reason), line.reason)
        for line in shown.itertuples(index=False)
    ]
    _table(["Belongs to", "Found", "How often", "Read as", "Why"], rows, alt=alt)
    if len(found) > len(shown):
        st.caption(f"The first {len(shown)} of {len(found):,} answers.")


def near_miss(miss: NearMiss) -> None:
    """Show what is known of two people whose identifiers nearly match, and whether it agrees."""
    rows = []
    for name, known in miss.beside.items():
        if name in miss.agrees:
            verdict = f"agrees: {miss.agrees[name]}" if name in _OF_BOTH else "agrees"
        elif name in miss.differs:
            verdict = f"speaks against: {miss.differs[name]}" if name in _OF_BOTH else "differs"
        else:
            verdict = "not known of one" if name in miss.unknown else ""
        if any(known) and name != _IN_WORDS:
            rows.append((upper_first(name), *(one or MISSING for one in known), verdict))
    headings = ["What is known", plain(miss.found), plain(miss.respondent_id), "Do they agree?"]
    if rows:
        _table(headings, rows, alt=f"What is known of {miss.found} and {miss.respondent_id}")
    silent = [name for name, known in miss.beside.items() if not any(known)]
    st.caption(plain(f"{miss.where}." + (f" Not known: {joined(silent)}." if silent else "")))


def repeat(found: Repeat, named: Callable[[str], str]) -> None:
    """Show the different answers of one person at one wave side by side: what became of each, and where they differ."""
    rows = found.rows
    heads = [f"{file}, row {row}" for file, row in zip(rows["file"], rows["row"], strict=True)]
    items = [name for name in rows.columns if name in item_columns()]
    differ = [name for name in items if rows[name].nunique(dropna=False) > 1]
    lines = [("What became of it", *("used" if not reason else f"not used: {reason}" for reason in rows["reason"]))]
    lines.append(("Completed on", *map(_day, rows[COMPLETED_ON])))
    for name in dict.fromkeys(item_columns()[item] for item in items):
        asked = f"of {len(load_instrument(name).items)}"
        label = f"{load_instrument(name).short_name}: answered"
        lines.append((label, *(f"{n} {asked}" for n in rows[f"{name} answered"])))
    lines += [(named(name), *map(_code, rows[name])) for name in differ]
    _table(["Row", *map(plain, heads)], lines, alt=f"The answers of {found.respondent_id}")
    if len(differ) < len(items):
        st.caption("Answers that are the same in all rows are not shown.")


def _day(value: pd.Timestamp) -> str:
    return MISSING if pd.isna(value) else f"{value.day} {value:%B %Y}"


def _code(value: float) -> str:
    return MISSING if pd.isna(value) else f"{value:g}"


def spellings(identities: pd.DataFrame, *, alt: str) -> None:
    """Show which identifiers were read as others, and by which rule."""
    headings = {"role": "Role", "found": "Found", "respondent_id": "Read as", "rule": "Why"}
    rows = [["" if pd.isna(cell) else str(cell) for cell in row] for row in identities[list(headings)].to_numpy(object)]
    _table(list(headings.values()), rows[:_MOST_SHOWN], alt=alt)
    if len(rows) > _MOST_SHOWN:
        st.caption(f"The first {_MOST_SHOWN} of {len(rows):,} spellings.")


def steps(trail: pd.DataFrame, *, alt: str) -> None:
    """Show how many rows came how far, and why others did not."""
    rows = [(upper_first(line.step), f"{line.n:,}", line.reason) for line in trail.itertuples(index=False)]
    _table(["Step", "How many", "Why"], rows, alt=alt)


def words(table: WordTable) -> None:
    """Show a plain table of words; nothing where it has no row."""
    if table.rows:
        _table(list(table.headings), table.rows, alt=table.title)


def _table(headings: list[str], rows: Iterable[Iterable[str]], *, alt: str) -> None:
    _marked_up(headings, [[plain(cell) for cell in row] for row in rows], alt=alt)


def _marked_up(headings: list[str], rows: Iterable[Iterable[str]], *, alt: str) -> None:
    """Show a table whose cells are Markdown already."""
    st.table(pd.DataFrame([list(row) for row in rows], columns=headings, dtype="str"), hide_index=True, alt=alt)


def _fates(rows: pd.DataFrame) -> tuple[int, int]:
    used = int((rows["fate"] == "used").sum())
    return used, len(rows) - used


def _tool(intake: Intake) -> str:
    """What people call the survey tool that wrote a file."""
    return load_tool(intake.raw.tool).name if intake.raw is not None and intake.raw.tool else MISSING


def _names(instruments: Iterable[str]) -> list[str]:
    return [load_instrument(name).short_name for name in instruments]
