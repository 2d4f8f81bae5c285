"""Text with separators (comma, semicolon, tab, bar) to a grid of cells.

Small files, and all whose quotation marks are not plain, go through the csv module record by record, so that a faulty
row is set aside alone and every other row keeps its number. Large plain files go through the columnar parser; both give
the same cells.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

import numpy as np

from evalcore.errors import UnreadableFileError
from evalcore.intake.files.fitting import Record, fit_row
from evalcore.intake.files.layout import HEAD, Sheet, agree, check_width, find_headings
from evalcore.intake.files.raw import Grid, TextColumn
from evalcore.intake.files.source import Limits
from evalcore.intake.problems import Problem

_DELIMITERS = ",;\t|"
# From this size on the columnar parser is worth its start.
_LARGE = 1_000_000
# A cell may run over this many lines; an opening quotation mark without its fellow is given up after that.
_LONGEST_CELL = 200
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f]")
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n")


def decode(data: bytes) -> str:
    """Turn bytes into text: by byte-order mark, then strict UTF-8, then Windows-1252.

    UnreadableFileError for anything that is not text.

    >>> decode("£5".encode("cp1252")), decode("\\ufeffid".encode("utf-16"))
    ('£5', 'id')
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            candidates = [encoding]
            break
    else:
        candidates = ["utf-8", "cp1252"]
    for encoding in candidates:
        try:
            text = data.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
        if _NOT_TEXT.search(text):
            break
        return text
    raise UnreadableFileError(
        "The file does not hold text that can be read as a table. Save it as CSV (UTF-8) or as a workbook (.xlsx)."
    )


def parse(text: str, limits: Limits) -> Sheet:
    """Lay text out as cells under its headings; UnreadableFileError where it is no table."""
    text, given = _separator_line(text)
    delimiter = given or _below_title(text, guess_delimiter(text))
    if len(text) > _LARGE:
        sheet = parse_large(text, delimiter, limits)
        if sheet is not None:
            return sheet
    return _lay_out(_records(text, delimiter), limits)


def parse_large(text: str, delimiter: str, limits: Limits) -> Sheet | None:
    """Do what `parse` does by columns; None where the form is not plain enough to be sure."""
    from evalcore.intake.files.columnar import parse_columns, quotes_are_plain

    if not quotes_are_plain(text, delimiter):
        return None
    lines, ends = _head(text, delimiter)
    headings = find_headings(lines)
    if headings is None or lines[headings.above - 1] is None:
        return None
    check_width(len(headings.header), limits)
    body = text[ends[headings.above - 1] :]
    grid = parse_columns(body, delimiter, headings.header, headings.above, limits)
    return None if grid is None else Sheet(headings, grid)


def guess_delimiter(text: str) -> str:
    """Return the separator of the heading line: the one that splits it most often, outside quotation marks.

    >>> guess_delimiter('id;"a, b, c";wave\\n1;2;3\\n')
    ';'
    """
    head = text.lstrip("\r\n\ufeff")[:65_536]
    outside = re.sub(r'"[^"]*"', "", head)
    line = re.split(r"\r\n|\r|\n", outside.lstrip("\r\n"), maxsplit=1)[0]
    return max(_DELIMITERS, key=line.count)


def _below_title(text: str, guessed: str) -> str:
    """Return the separator of the headings where a title above them, which has none, made the guess."""
    lines = _head(text, guessed)[0]
    found = find_headings(lines)
    if found is not None and agree(lines[found.above - 1 :]):
        return guessed
    best, most = guessed, len(found.header) if found else 0
    for delimiter in _DELIMITERS.replace(guessed, ""):
        found = find_headings(_head(text, delimiter)[0])
        if found is not None and found.notes and len(found.header) > max(2, most):
            best, most = delimiter, len(found.header)
    return best


def _separator_line(text: str) -> tuple[str, str]:
    """Take off the line `sep=;` that tells a spreadsheet which separator is used; no spreadsheet shows it as a row."""
    found = _SEPARATOR_LINE.match(text)
    return (text[found.end() :], found.group(1)) if found else (text, "")


def _head(text: str, delimiter: str) -> tuple[list[Record], list[int]]:
    """Read the first records of a text, and where each of them ends."""
    start = text[:_LARGE]
    lines = io.StringIO(start, newline="").readlines()
    records: list[Record] = []
    ends: list[int] = []
    at = end = 0
    while at < len(lines) and len(records) < HEAD:
        record, used = _one_record(lines, at, delimiter)
        end += sum(map(len, lines[at : at + used]))
        if end == len(start) < len(text):
            break  # the record may go on
        records.append(record)
        ends.append(end)
        at += used
    return records, ends


def _records(text: str, delimiter: str) -> list[Record]:
    """Give the cells of each record; None for a line whose quotation marks do not match."""
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return _careful_records(text, delimiter)


def _careful_records(text: str, delimiter: str) -> list[Record]:
    lines = io.StringIO(text, newline="").readlines()
    records: list[Record] = []
    at = 0
    while at < len(lines):
        record, used = _one_record(lines, at, delimiter)
        records.append(record)
        at += used
    return records


def _one_record(lines: list[str], at: int, delimiter: str) -> tuple[Record, int]:
    """Read one record from line `at` on; (None, 1) where its quotation marks do not match."""
    marks = 0
    for end in range(at + 1, min(at + _LONGEST_CELL, len(lines)) + 1):
        marks += lines[end - 1].count('"')
        if marks % 2:
            continue
        try:
            found = list(csv.reader(lines[at:end], delimiter=delimiter, strict=True))
        except csv.Error:
            return None, 1
        return (found[0], end - at) if len(found) == 1 else (None, 1)
    return None, 1


def _lay_out(records: Sequence[Record], limits: Limits) -> Sheet:
    """Find the headings, set aside rows that do not fit under them, and turn the rest into columns."""
    if len(records) > limits.rows:
        raise UnreadableFileError(f"The file has more than {limits.rows:,} rows. Split it into smaller files.")
    headings = find_headings(records)
    if headings is None:
        raise UnreadableFileError("The file holds no heading line. Its first line must name the columns.")
    if records[headings.above - 1] is None:
        raise UnreadableFileError("The heading line has a quotation mark without its fellow. Correct it and try again.")
    check_width(len(headings.header), limits)
    kept: list[list[str]] = []
    rows: list[int] = []
    faults: list[Problem] = []
    notes: list[Problem] = []
    for row, record in enumerate(records[headings.above :], start=headings.above + 1):
        fitted = fit_row(record, len(headings.header), row, faults, notes)
        if fitted is not None:
            kept.append(fitted)
            rows.append(row)
    columns = [TextColumn.from_cells(cells) for cells in zip(*kept, strict=True)] if kept else []
    columns = columns or [TextColumn.from_cells(()) for _ in headings.header]
    grid = Grid(headings.header, tuple(columns), np.array(rows, dtype=np.int64), tuple(faults), tuple(notes))
    return Sheet(headings, grid)
