"""Text with separators (comma, semicolon, tab, bar) to a grid of cells.

Small files, and all whose quotation marks are not plain, go through the csv module record by record, so that a faulty
row is set aside alone and every other row keeps its number. Large plain files go through the columnar parser; both give
the same cells.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

import numpy as np

from evalcore.errors import UnreadableFileError
from evalcore.intake.fitting import Record, fit_row
from evalcore.intake.problems import Problem
from evalcore.intake.raw import Grid, TextColumn, tidy
from evalcore.intake.source import Limits

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


def parse(text: str, limits: Limits) -> Grid:
    """Lay text out as cells under its first line that holds something; UnreadableFileError where it is no table."""
    text, given = _separator_line(text)
    delimiter = given or guess_delimiter(text)
    if len(text) > _LARGE:
        from evalcore.intake.columnar import parse_columns

        grid = parse_columns(text, delimiter, limits)
        if grid is not None:
            return grid
    return _lay_out(_records(text, delimiter), limits)


def guess_delimiter(text: str) -> str:
    """Return the separator of the heading line: the one that splits it most often, outside quotation marks.

    >>> guess_delimiter('id;"a, b, c";wave\\n1;2;3\\n')
    ';'
    """
    head = text.lstrip("\r\n\ufeff")[:65_536]
    outside = re.sub(r'"[^"]*"', "", head)
    line = re.split(r"\r\n|\r|\n", outside.lstrip("\r\n"), maxsplit=1)[0]
    return max(_DELIMITERS, key=line.count)


def _separator_line(text: str) -> tuple[str, str]:
    """Take off the line `sep=;` that tells a spreadsheet which separator is used; no spreadsheet shows it as a row."""
    found = _SEPARATOR_LINE.match(text)
    return (text[found.end() :], found.group(1)) if found else (text, "")


def _records(text: str, delimiter: str) -> Iterator[Record]:
    """Give the cells of each record; None for a line whose quotation marks do not match."""
    try:
        return iter(list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)))
    except csv.Error:
        return _careful_records(text, delimiter)


def _careful_records(text: str, delimiter: str) -> Iterator[Record]:
    lines = io.StringIO(text, newline="").readlines()
    at = 0
    while at < len(lines):
        record, used = _one_record(lines, at, delimiter)
        yield record
        at += used


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


def _lay_out(records: Iterator[Record], limits: Limits) -> Grid:
    """Find the header, set aside rows that do not fit under it, and turn the rest into columns."""
    header: list[str] = []
    kept: list[list[str]] = []
    rows: list[int] = []
    faults: list[Problem] = []
    notes: list[Problem] = []
    for row, record in enumerate(records, start=1):
        if row > limits.rows:
            raise UnreadableFileError(f"The file has more than {limits.rows:,} rows. Split it into smaller files.")
        if not header:
            header = _as_header(record, limits)
            continue
        fitted = fit_row(record, len(header), row, faults, notes)
        if fitted is not None:
            kept.append(fitted)
            rows.append(row)
    if not header:
        raise UnreadableFileError("The file holds no heading line. Its first line must name the columns.")
    columns = [TextColumn.from_cells(cells) for cells in zip(*kept, strict=True)] if kept else []
    columns = columns or [TextColumn.from_cells(()) for _ in header]
    return Grid(tuple(header), tuple(columns), np.array(rows, dtype=np.int64), tuple(faults), tuple(notes))


def _as_header(record: Record, limits: Limits) -> list[str]:
    if record is None:
        raise UnreadableFileError("The heading line has a quotation mark without its fellow. Correct it and try again.")
    if not any(tidy(cell) for cell in record):
        return []
    if len(record) > limits.columns:
        raise UnreadableFileError(f"The file has more than {limits.columns:,} columns. Leave out those not needed.")
    return record
