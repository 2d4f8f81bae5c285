"""From a raw table and its mapping to a checked native table: what questionnaires and tables of people share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evalcore.columns import RESPONDENT_ID, WAVE
from evalcore.errors import UnreadableFileError
from evalcore.intake.fates import Fates, row_table
from evalcore.intake.headers import KEEP, Heading, map_headings, mapping_table, recognised_instruments
from evalcore.intake.identifiers import was_rounded
from evalcore.intake.intake import Entries, Intake
from evalcore.intake.native import KEYS, RESPONSES, fields, item_columns
from evalcore.intake.problems import (
    ERROR,
    FILE_NOT_READ,
    KEPT,
    ROW_SET_ASIDE,
    VALUE_MISSING,
    WARNING,
    Problems,
    problem_frame,
)
from evalcore.intake.raw import RawTable, TextColumn
from evalcore.intake.repeats import (
    CONTRADICTS,
    ONE_PERSON,
    ONE_ROW,
    SURPLUS,
    ProblemLine,
    find_repeats,
    one_row_each,
    repeat_problems,
)
from evalcore.intake.values import Converter, convert_column, for_field, to_text

# Columns that a native table always has, whether the file has them or not.
ALWAYS: Mapping[str, tuple[str, ...]] = {
    "responses": tuple(f.name for f in fields("responses")),
    "roster": tuple(f.name for f in fields("roster")),
    "cases": (RESPONDENT_ID,),
    "caseload": (RESPONDENT_ID,),
    "published": ("measure",),
}


@dataclass
class Draft:
    """One file on its way from text to a native table."""

    raw: RawTable
    kind: str
    headings: list[Heading]
    problems: Problems
    fates: Fates
    values: dict[str, pd.Series] = field(default_factory=dict)

    @property
    def taken(self) -> dict[str, Heading]:
        """The heading that each native column was found under."""
        return {h.taken_for: h for h in self.headings if h.taken_for and h.taken_for != KEEP}

    def cells(self, heading: Heading) -> TextColumn:
        """The cells under a heading."""
        return self.raw.columns[heading.position - 1]

    def missing(self) -> pd.Series:
        """A column of text without any value."""
        return constant(None, len(self.raw))


def constant(value: str | None, n: int) -> pd.Series:
    """A column of text that says the same in each of `n` rows."""
    return pd.Series(pd.array([value], dtype="str").take(np.zeros(n, dtype=np.intp)))


def start(raw: RawTable, kind: str, mapping: pd.DataFrame | None) -> Draft:
    """Map the headings and carry over what reading the file had to say.

    UnreadableFileError for a single column that is none of ours: that is running text, not a table.
    """
    problems = Problems([*raw.notes, *raw.refused])
    headings = map_headings(raw, kind, problems, mapping)
    if len(raw.header) == 1 and not any(h.taken_for for h in headings):
        raise UnreadableFileError(
            "The file is not a table: no line is divided by commas, semicolons or tabs. "
            "Export the answers as CSV or as an Excel workbook."
        )
    if not len(raw) and not raw.refused:
        problems.add(None, "", "no rows under the headings", "at least one row", FILE_NOT_READ, ERROR)
    return Draft(raw, kind, headings, problems, Fates(len(raw)))


def convert(draft: Draft, heading: Heading, converter: Converter) -> NDArray[np.bool_]:
    """Convert one column into `draft.values`; return the rows whose cell could not be taken."""
    values, bad = convert_column(draft.cells(heading), converter)
    draft.values[heading.taken_for] = values
    return bad


def list_bad_cells(
    draft: Draft, heading: Heading, bad: NDArray[np.bool_], expected: str, action: str, severity: str = ERROR
) -> None:
    """List each cell where `bad` is true."""
    at = np.flatnonzero(bad)
    if len(at):
        column = draft.cells(heading)
        found = (column.texts[code] for code in column.codes[at])
        draft.problems.add_cells(draft.raw.rows[at], heading.label, found, expected, action, severity)


def convert_fields(draft: Draft, skip: Sequence[str] = ()) -> None:
    """Convert every native column that was found; a cell that can not be taken becomes missing and is listed."""
    taken = draft.taken
    for native in fields(draft.kind):
        heading = taken.get(native.name)
        if heading is not None and native.name not in skip:
            converter = for_field(native)
            bad = convert(draft, heading, converter)
            list_bad_cells(draft, heading, bad, converter.expected, VALUE_MISSING)
    for heading in draft.headings:
        if heading.taken_for == KEEP:
            cells = draft.cells(heading)
            draft.values[heading.label] = cells.spread([to_text(text) for text in cells.texts], "str")


def identify(draft: Draft) -> None:
    """Set aside rows without an identifier, and warn of identifiers that a spreadsheet has rounded."""
    heading = draft.taken.get(RESPONDENT_ID)
    if heading is None:
        return
    blank = draft.values[RESPONDENT_ID].isna().to_numpy()
    list_bad_cells(draft, heading, blank, "an identifier", ROW_SET_ASIDE)
    draft.fates.set_aside(blank, "no identifier")
    rounded = draft.cells(heading).mask(was_rounded)
    list_bad_cells(draft, heading, rounded, "the number in full", KEPT, WARNING)


def stop(draft: Draft, column: str, found: str, expected: str) -> None:
    """Say why the file can not be used at all, and set aside every row for it."""
    draft.problems.add(None, column, found, expected, FILE_NOT_READ, ERROR)
    draft.fates.set_aside(np.ones(len(draft.raw), dtype=bool), f"file not read: {found}")


def finish(draft: Draft, choices: str = "") -> Intake:
    """Hold rows of one person against each other and build the Intake."""
    order = [name for name in native_order(draft) if name in draft.values or name in ALWAYS[draft.kind]]
    everything = pd.DataFrame({name: draft.values.get(name, draft.missing()) for name in order}, copy=False)
    everything = with_native_types(everything, draft.kind)
    kept = draft.fates.kept
    table = everything if kept.all() else everything[kept].reset_index(drop=True)
    entries = Entries(table, draft.raw.rows[kept])
    lines: list[ProblemLine] = []
    if RESPONDENT_ID in draft.taken and KEYS[draft.kind]:
        table, lines = _resolve(draft, entries)
    problems = draft.problems.frame(draft.raw.name)
    if lines:
        problems = pd.concat([problems, problem_frame(lines)], ignore_index=True)
        problems = problems.sort_values("row", kind="stable", na_position="first", ignore_index=True)
    rows = row_table(
        draft.raw.name,
        draft.raw.rows,
        everything[RESPONDENT_ID] if RESPONDENT_ID in everything else draft.missing(),
        everything[WAVE] if WAVE in everything else draft.missing(),
        draft.fates.reasons,
        draft.raw.refused,
    )
    taken = "|".join(f"{h.position}={h.taken_for}" for h in draft.headings)
    return Intake(
        name=draft.raw.name,
        kind=draft.kind,
        problems=problems,
        mapping=mapping_table(draft.raw, draft.headings),
        rows=rows,
        instruments=recognised_instruments(draft.headings, draft.kind),
        digest=sha256(f"{draft.raw.digest}|{draft.kind}|{taken}|{choices}".encode()).hexdigest(),
        entries=entries,
        **{draft.kind: table},
    )


def native_order(draft: Draft) -> list[str]:
    """Native columns in their order, then the items, then columns kept under their own heading."""
    names = [native.name for native in fields(draft.kind)]
    if draft.kind == RESPONSES:
        names += list(item_columns())
    return names + [name for name in draft.values if name not in set(names)]


def blocks(table: pd.DataFrame, kind: str) -> list[list[str]]:
    """The columns that are compared together: the items of each questionnaire, or all that is known of a person."""
    if kind != RESPONSES:
        return [[name for name in table.columns if name not in KEYS[kind]]]
    found: dict[str, list[str]] = {}
    for item, instrument in item_columns().items():
        if item in table.columns:
            found.setdefault(instrument, []).append(item)
    return list(found.values())


def with_native_types(table: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Give columns without any value the type that they would have with one."""
    for native in fields(kind):
        if native.name in table and table[native.name].isna().all():
            table[native.name] = table[native.name].astype(pd.api.types.pandas_dtype(for_field(native).dtype))
    return table


def _resolve(draft: Draft, entries: Entries) -> tuple[pd.DataFrame, list[ProblemLine]]:
    table = entries.table
    repeats = find_repeats(table[list(KEYS[draft.kind])], table, blocks(table, draft.kind))
    if not (repeats.group >= 0).any():
        return table, []
    kept = np.flatnonzero(draft.fates.kept)
    for mask, reason in ((repeats.contradicting, CONTRADICTS), (repeats.surplus, SURPLUS)):
        which = np.zeros(len(draft.raw), dtype=bool)
        which[kept[mask]] = True
        draft.fates.set_aside(which, reason)
    expected = ONE_ROW if draft.kind == RESPONSES else ONE_PERSON
    lines = repeat_problems([draft.raw.name] * len(table), entries.rows, repeats, expected)
    return one_row_each(table, repeats), lines
