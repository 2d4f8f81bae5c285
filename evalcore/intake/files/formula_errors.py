"""Cells of a workbook that hold the error of a formula (#N/A, #REF!): found, since the parser passes over them."""

from __future__ import annotations

import html
import posixpath
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evalcore.intake.files.raw import tidy
from evalcore.intake.problems import NOTE, VALUE_MISSING, Problem
from evalcore.wording import joined

_ANY = re.compile(rb"""=\s*["']e["']""")
_CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\bt\s*=\s*["']e["'][^>]*>""")
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]{0,20})<")
_SHEET = re.compile(r"""<(?:\w+:)?sheet\s[^>]*?\w+:id\s*=\s*["']([^"']+)["']""")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(r"""\s(Id|Target)\s*=\s*["']([^"']*)["']""")
# The value stands at most this far behind the cell's beginning: a formula is no longer.
_LONGEST_CELL = 20_000
# As many rows or values as are named in a note.
_NAMED = 20


@dataclass(frozen=True)
class ErrorCell:
    """Where a formula's error stands, counted from 0, and how it is written; empty where that is not known."""

    row: int
    column: int
    text: str


def column_number(letters: bytes) -> int:
    """Number of a column, the first being 1.

    >>> column_number(b"A"), column_number(b"AB")
    (1, 28)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def in_sheet(content: bytes) -> tuple[ErrorCell, ...]:
    """Find the error cells in the XML of an Excel sheet.

    >>> in_sheet(b'<c r="B3" t="e"><v>#N/A</v></c><c r="C3"><v>2</v></c>')
    (ErrorCell(row=2, column=1, text='#N/A'),)
    """
    if not _ANY.search(content):
        return ()
    found = []
    for cell in _CELL.finditer(content):
        place = _PLACE.search(cell.group())
        inside = content[cell.end() : cell.end() + _LONGEST_CELL].partition(b"</c>")[0]
        value = _VALUE.search(inside)
        if place:
            text = html.unescape(value.group(1).decode("utf-8", "replace")) if value else ""
            found.append(ErrorCell(int(place.group(2)) - 1, column_number(place.group(1)) - 1, text))
    return tuple(found)


def sheet_parts(archive: zipfile.ZipFile) -> list[str]:
    """Name the part of each sheet of an Excel workbook, in its order; empty where it does not say it plainly."""
    names = {name.casefold(): name for name in archive.namelist()}
    parts = [names.get(name) for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")]
    texts = [archive.read(part).decode("utf-8", "replace") if part else "" for part in parts]
    targets: dict[str, str] = {}
    for relation in _RELATION.findall(texts[1]):
        values = dict(_ATTRIBUTE.findall(relation))
        targets[values.get("Id", "")] = values.get("Target", "")
    return [_full_name(targets.get(identifier, "")) for identifier in _SHEET.findall(texts[0])]


def _full_name(target: str) -> str:
    path = html.unescape(target)
    return path.lstrip("/") if path.startswith("/") else posixpath.normpath(posixpath.join("xl", path))


def blank_out(cells: Sequence[list[object]], errors: Iterable[ErrorCell]) -> None:
    """Make each cell that holds an error blank: a parser may give 0 for it."""
    for error in errors:
        if error.row < len(cells) and error.column < len(cells[error.row]):
            cells[error.row][error.column] = ""


def error_notes(errors: Iterable[ErrorCell], header: Sequence[str]) -> list[Problem]:
    """Say once a column how many of its cells hold an error, of what kind and in which rows."""
    columns: dict[int, list[ErrorCell]] = {}
    for error in errors:
        if error.column < len(header):
            columns.setdefault(error.column, []).append(error)
    return [_note(cells, tidy(header[column]) or f"column {column + 1}") for column, cells in sorted(columns.items())]


def _note(cells: Sequence[ErrorCell], label: str) -> Problem:
    rows = sorted({cell.row + 1 for cell in cells})
    kinds = joined(list(dict.fromkeys(cell.text for cell in cells if cell.text)))
    count = f"{len(rows):,} cells hold" if len(rows) > 1 else "1 cell holds"
    error = f"the error of a formula, {kinds}" if kinds else "the error of a formula"
    found = f"{count} {error}: row{'s' * (len(rows) > 1)} {named([f'{row:,}' for row in rows])}"
    return Problem(None, label, found, "values", VALUE_MISSING, NOTE)


def named(places: Sequence[str]) -> str:
    """Write a list of which the first twenty are named.

    >>> named(["3", "9"]), named([str(row) for row in range(30)])[-18:]
    ('3 and 9', '18, 19 and 10 more')
    """
    shown = [*places[:_NAMED], f"{len(places) - _NAMED:,} more"] if len(places) > _NAMED else places
    return joined(shown)
