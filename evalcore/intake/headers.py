"""Headings to native columns: which column of the file is taken for what, and why. The mapping may be corrected."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pandas as pd

from evalcore.columns import MAPPING_COLUMNS, RESPONDENT_ID, WAVES
from evalcore.errors import TableError, UnknownNameError
from evalcore.intake.identifiers import is_blank
from evalcore.intake.native import RESPONSES, item_columns, native_columns
from evalcore.intake.personal import cells_look_personal, looks_personal
from evalcore.intake.problems import COLUMN_LEFT_OUT, ERROR, KEPT, NOTE, WARNING, Problems
from evalcore.intake.raw import RawTable, TextColumn, tidy

# What `taken_for` may say besides a native column: left out, or kept under its own heading.
LEFT_OUT = ""
KEEP = "keep"
NATIVE_NAME = "native name"
_UNKNOWN = "left out: not a column of this table"


@dataclass(frozen=True)
class Heading:
    """One column of the file: where it stands (first column 1), its heading, and what it is taken for."""

    position: int
    header: str
    taken_for: str
    wave: str
    reason: str
    personal: str = ""

    @property
    def label(self) -> str:
        """What to call the column in the list of problems."""
        return tidy(self.header) or f"column {self.position} (no heading)"


def heading_key(text: str) -> str:
    """Fold a heading: case, blanks, underscores and hyphens do not count, nor do invisible characters.

    >>> heading_key("\\ufeffRespondent ID") == heading_key("respondent_id") == heading_key("RESPONDENT-ID")
    True
    """
    return re.sub(r"[\s_\-‐‑–]+", "", tidy(text).casefold())


def known_columns(raw: RawTable, kind: str) -> set[str]:
    """Return the native columns of a table that the file's headings name."""
    names = (_native_name(header, kind) for header in raw.header)
    return {name for name in names if name}


def map_headings(raw: RawTable, kind: str, problems: Problems, mapping: pd.DataFrame | None = None) -> list[Heading]:
    """Take each column for a native one, or leave it out and say why.

    A mapping that is passed in decides alone; it must have been made for a file with these headings (else TableError)
    and may name native columns, `keep` or nothing (else UnknownNameError).
    """
    if mapping is None:
        headings = [_by_name(raw, i, kind) for i in range(len(raw.header))]
    else:
        headings = _chosen(raw, kind, mapping)
    headings = _without_empty(raw, headings)
    headings = _without_repeats(raw, headings, problems)
    _list_left_out(headings, problems)
    _look_at_identifiers(raw, headings, problems)
    return headings


def mapping_table(raw: RawTable, headings: Sequence[Heading]) -> pd.DataFrame:
    """Write the headings as the mapping table; cells of columns that look personal are not previewed."""
    lines = [
        (
            h.position,
            h.header,
            h.taken_for,
            h.wave,
            h.reason,
            "" if h.personal else raw.columns[h.position - 1].preview(),
        )
        for h in headings
    ]
    columns = list(zip(*lines, strict=True)) if lines else [()] * len(MAPPING_COLUMNS)
    return pd.DataFrame(
        {
            name: pd.array(list(values), dtype="int64" if name == "position" else "str")
            for name, values in zip(MAPPING_COLUMNS, columns, strict=True)
        }
    )


def _by_name(raw: RawTable, index: int, kind: str) -> Heading:
    header = raw.header[index]
    native = _native_name(header, kind)
    if native:
        return Heading(index + 1, header, native, "", NATIVE_NAME)
    personal = looks_personal(header, raw.columns[index])
    if personal:
        return Heading(index + 1, header, LEFT_OUT, "", f"left out: looks like {personal}", personal)
    return Heading(index + 1, header, LEFT_OUT, "", _UNKNOWN)


def _native_name(header: str, kind: str) -> str:
    return _native_keys(kind).get(heading_key(header), "")


@cache
def _native_keys(kind: str) -> dict[str, str]:
    return {heading_key(name): name for name in native_columns(kind)}


def _chosen(raw: RawTable, kind: str, mapping: pd.DataFrame) -> list[Heading]:
    """Take each column for what the mapping says; a column that it does not list is left out."""
    needed = ("position", "header", "taken_for")
    if not set(needed) <= set(mapping.columns):
        raise TableError(f"A mapping needs the columns {', '.join(needed)}.")
    waves = mapping["wave"] if "wave" in mapping.columns else [""] * len(mapping)
    choices: dict[int, tuple[str, str]] = {}
    for position, header, taken, wave in zip(*(mapping[name] for name in needed), waves, strict=True):
        index = int(position) - 1
        if not 0 <= index < len(raw.header) or raw.header[index] != header or index in choices:
            raise TableError("The mapping was made for a file with other headings. Read the file without it first.")
        choices[index] = _text_or_empty(taken), _text_or_empty(wave)
    allowed = {*native_columns(kind), KEEP, LEFT_OUT}
    if any(taken not in allowed or wave not in ("", *WAVES) for taken, wave in choices.values()):
        raise UnknownNameError(f"A mapping may name the columns of {kind}, {KEEP!r} or nothing, and pre or post.")
    return [_as_chosen(raw, kind, index, *choices.get(index, (LEFT_OUT, ""))) for index in range(len(raw.header))]


def _as_chosen(raw: RawTable, kind: str, index: int, taken_for: str, wave: str) -> Heading:
    header = raw.header[index]
    if taken_for and taken_for == _native_name(header, kind):
        return Heading(index + 1, header, taken_for, wave, NATIVE_NAME)
    reason = "chosen" if taken_for else "left out: chosen"
    return Heading(index + 1, header, taken_for, wave, reason, looks_personal(header, raw.columns[index]))


def _text_or_empty(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _without_empty(raw: RawTable, headings: list[Heading]) -> list[Heading]:
    """Forget columns that have neither heading nor cells: a trailing separator makes them."""
    return [h for h in headings if tidy(h.header) or not raw.columns[h.position - 1].mask(is_blank).all()]


def _without_repeats(raw: RawTable, headings: list[Heading], problems: Problems) -> list[Heading]:
    """Resolve columns taken for the same thing: equal cells leave the first, other cells leave none."""
    groups: dict[str, list[Heading]] = {}
    for heading in headings:
        if heading.taken_for not in (LEFT_OUT, KEEP):
            groups.setdefault(heading.taken_for, []).append(heading)
    dropped: dict[int, str] = {}
    for name, group in groups.items():
        if len(group) == 1:
            continue
        first = raw.columns[group[0].position - 1]
        same = all(_same_cells(first, raw.columns[h.position - 1]) for h in group[1:])
        places = ", ".join(str(h.position) for h in group)
        for heading in group[1:] if same else group:
            told = "the same cells" if same else "different cells"
            found = f"columns {places} are all {name}, with {told}"
            problems.add(None, heading.label, found, "one column", COLUMN_LEFT_OUT, WARNING if same else ERROR)
            dropped[heading.position] = f"left out: columns {places} are all {name}"
    return [
        replace(h, taken_for=LEFT_OUT, reason=dropped[h.position]) if h.position in dropped else h for h in headings
    ]


def _same_cells(one: TextColumn, other: TextColumn) -> bool:
    tidied = [np.array([tidy(text) for text in column.texts], dtype=object) for column in (one, other)]
    if not len(one.codes):
        return True
    return bool((tidied[0][one.codes] == tidied[1][other.codes]).all())


def _list_left_out(headings: Sequence[Heading], problems: Problems) -> None:
    for heading in headings:
        if heading.personal and heading.taken_for:
            found = f"looks like {heading.personal}"
            problems.add(None, heading.label, found, "nothing that names a person", KEPT, WARNING)
        elif heading.personal:
            found = f"looks like {heading.personal}"
            problems.add(None, heading.label, found, "nothing that names a person", COLUMN_LEFT_OUT, WARNING)
        elif heading.reason == _UNKNOWN:
            problems.add(None, heading.label, "an unknown heading", "a native column", COLUMN_LEFT_OUT, NOTE)


def _look_at_identifiers(raw: RawTable, headings: Sequence[Heading], problems: Problems) -> None:
    """Warn where the identifiers themselves name people: they can not be left out."""
    for heading in headings:
        if heading.taken_for == RESPONDENT_ID and not heading.personal:
            personal = cells_look_personal(raw.columns[heading.position - 1])
            if personal in ("e-mail addresses", "PNC numbers"):
                problems.add(None, heading.label, f"looks like {personal}", "codes that name nobody", KEPT, WARNING)


def recognised_instruments(headings: Sequence[Heading], kind: str) -> tuple[str, ...]:
    """Return the identifiers of the questionnaires of which at least one item was found.

    >>> recognised_instruments([Heading(1, "GSE 1", "gse_1", "", NATIVE_NAME)], "responses")
    ('gse',)
    """
    if kind != RESPONSES:
        return ()
    items = item_columns()
    return tuple(sorted({items[h.taken_for] for h in headings if h.taken_for in items}))
