"""Workbooks (.xlsx, .ods) to a grid of cells: the first sheet that holds data. Data only: no macro, no formula runs."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
import zlib
from collections.abc import Sequence

import numpy as np
import python_calamine

from evalcore.errors import UnreadableFileError
from evalcore.intake import opendocument
from evalcore.intake.problems import NOTE, SHEET_NOT_READ, Problem
from evalcore.intake.raw import Grid, TextColumn
from evalcore.intake.source import Limits
from evalcore.wording import joined

_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_CELL = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{0,4})(\d{1,9})["']""")
_DAMAGED = "The workbook is damaged and can not be read. Open it in the spreadsheet program and save it again."
_PROTECTED = "The workbook is protected by a password. Save it without one."
_TOO_LARGE = "The workbook unpacks to more than can be read safely. Save the sheet that is needed as CSV."

Cells = Sequence[Sequence[object]]


def parse(data: bytes, limits: Limits) -> Grid:
    """Read the first sheet that holds data, and name the other sheets that do in a note.

    UnreadableFileError where the archive is no workbook, is damaged, or would unpack beyond the limits.
    """
    _check_archive(data, limits)
    try:
        return _read(data, limits)
    except python_calamine.PasswordError:
        raise UnreadableFileError(_PROTECTED) from None
    except python_calamine.CalamineError:
        raise UnreadableFileError(_DAMAGED) from None
    except BaseException as error:
        # The parser is not written in Python; its inner failures do not descend from Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableFileError(_DAMAGED) from None


def _read(data: bytes, limits: Limits) -> Grid:
    workbook = python_calamine.load_workbook(io.BytesIO(data))
    chosen: Cells = []
    others: list[str] = []
    for sheet in workbook.sheets_metadata:
        if sheet.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        cells: Cells = workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
        if not any(_holds_something(row) for row in cells):
            continue
        if chosen:
            others.append(sheet.name)
        else:
            chosen = cells
    if not chosen:
        raise UnreadableFileError("The workbook holds no data. Check that the answers were saved in it.")
    return _grid(chosen, others, limits)


def _grid(cells: Cells, others: Sequence[str], limits: Limits) -> Grid:
    if len(cells) > limits.rows or len(cells[0]) > limits.columns:
        raise UnreadableFileError(
            f"The sheet has more than {limits.rows:,} rows or {limits.columns:,} columns. Leave out what is not needed."
        )
    start = next(i for i, row in enumerate(cells) if _holds_something(row))
    columns = tuple(TextColumn.from_cells(map(_text, column)) for column in zip(*cells[start + 1 :], strict=True))
    header = tuple(_text(cell) for cell in cells[start])
    rows = np.arange(start + 2, len(cells) + 1, dtype=np.int64)
    notes = []
    if others:
        notes.append(Problem(None, "", f"more sheets: {joined(others)}", "one sheet", SHEET_NOT_READ, NOTE))
    return Grid(header, columns or tuple(TextColumn.from_cells(()) for _ in header), rows, (), tuple(notes))


def _holds_something(row: Sequence[object]) -> bool:
    return any(cell != "" and str(cell).strip() for cell in row)


def _text(cell: object) -> str:
    """Write a cell as it would stand in a CSV file: whole numbers without decimals, dates in ISO form.

    >>> _text(12.0), _text(2.5), _text(True), _text(datetime.date(2026, 2, 4))
    ('12', '2.5', 'TRUE', '2026-02-04')
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(sep=" ")
    return str(cell)


def _check_archive(data: bytes, limits: Limits) -> None:
    """Refuse what is no workbook, and what would need more memory than allowed, before the parser sees it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if not _is_workbook(archive):
                raise UnreadableFileError(
                    "The file is an archive but not a workbook. Save it as .xlsx, as .ods or as CSV (UTF-8)."
                )
            _check_parts(archive, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
        raise UnreadableFileError(_DAMAGED) from None
    except RuntimeError:
        # zipfile's answer to a part that is encrypted
        raise UnreadableFileError(_PROTECTED) from None


def _is_workbook(archive: zipfile.ZipFile) -> bool:
    """Whether an archive is an Excel workbook, or says of itself that it is an OpenDocument one."""
    names = {name.lower() for name in archive.namelist()}
    if "xl/workbook.xml" in names:
        return True
    said = b""
    if {"mimetype", "content.xml"} <= names:
        with archive.open("mimetype") as part:
            said = part.read(100)
    return said.startswith(opendocument.MIME_TYPE)


def _check_parts(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Bound what the parts unpack to. A part that unpacks to more than the directory says fails its checksum here."""
    if sum(part.file_size for part in archive.infolist()) > limits.unpacked:
        raise UnreadableFileError(_TOO_LARGE)
    for part in archive.infolist():
        content = archive.read(part)
        if _SHEET_PART.fullmatch(part.filename):
            _check_extent(_far_corner(content), limits)
        elif part.filename == "content.xml":
            for extent in opendocument.extents(content):
                _check_extent(extent, limits)
        elif part.filename == "META-INF/manifest.xml" and b"encryption-data" in content:
            raise UnreadableFileError(_PROTECTED)


def _far_corner(sheet: bytes) -> tuple[int, int]:
    """Rows and columns up to the furthest cell that a sheet of an Excel workbook names."""
    places = set(_CELL.findall(sheet))
    height = max((int(row) for _, row in places), default=0)
    return height, max((_column_number(letters) for letters in {letters for letters, _ in places}), default=0)


def _check_extent(extent: tuple[int, int], limits: Limits) -> None:
    """Refuse a sheet that would make the parser reserve room for a huge, mostly empty rectangle."""
    height, width = extent
    if height * width > limits.cells:
        raise UnreadableFileError(
            f"The sheet spans {height:,} rows and {width:,} columns, more than can be read safely. Delete the empty "
            "rows and columns beyond the data, or save the sheet as CSV."
        )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
