"""Workbooks (.xlsx, .ods) to grids of cells, one a sheet that holds data. Data only: no macro, no formula runs."""

from __future__ import annotations

import datetime
import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from string import ascii_uppercase, digits
from typing import Any

import numpy as np
import pandas as pd
import python_calamine
from numpy.typing import NDArray

from evalcore.errors import UnreadableFileError
from evalcore.intake.files import opendocument
from evalcore.intake.files.formula_errors import ErrorCell, blank_out, column_number, error_notes, in_sheet, sheet_parts
from evalcore.intake.files.layout import HEAD, Sheet, find_headings
from evalcore.intake.files.raw import Grid, TextColumn
from evalcore.intake.files.source import Limits
from evalcore.intake.problems import KEPT, NOTE, SHEET_NOT_READ, Problem
from evalcore.wording import joined

_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{0,4}\d{1,9})["']""")
# Nearly every large sheet lies within this span: one search tells, where naming its furthest cell takes far longer.
_ORDINARY = (99_999, 52)
_NOT_ORDINARY = re.compile(rb"""r(?<=\sr)\s*=\s*["'](?!A?[A-Z]?\d{1,5}["'])""")
# What zipfile raises for an archive that is cut, or whose directory points to places that do not exist.
_BAD_ARCHIVE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError),
    *(ValueError, OSError, LookupError, OverflowError, struct.error, lzma.LZMAError),
)
_DAMAGED = "The workbook is damaged and can not be read. Open it in the spreadsheet program and save it again."
_PROTECTED = "The workbook is protected by a password. Save it without one."
_TOO_LARGE = "The workbook unpacks to more than can be read safely. Save the sheet that is needed as CSV."

Cells = list[list[Any]]
# Error cells of each sheet, by its place among the sheets or by the name of its part.
Errors = Mapping[int | str, tuple[ErrorCell, ...]]


def parse(data: bytes, limits: Limits) -> tuple[Sheet, ...]:
    """Read every sheet that can be seen and holds data, in the order of the workbook.

    Hidden sheets are read where no other holds data, and named in a note otherwise. UnreadableFileError where the
    archive is no workbook, is damaged, or would unpack beyond the limits.
    """
    errors = _check_archive(data, limits)
    try:
        return _read(data, errors, limits)
    except python_calamine.PasswordError:
        raise UnreadableFileError(_PROTECTED) from None
    except python_calamine.CalamineError:
        raise UnreadableFileError(_DAMAGED) from None
    except BaseException as error:
        # The parser is not written in Python; its inner failures do not descend from Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableFileError(_DAMAGED) from None


def more_sheets(names: Sequence[str]) -> Problem:
    """Say that a workbook holds more sheets than the one that was asked for."""
    return Problem(None, "", f"more sheets: {joined(names)}", "one sheet", SHEET_NOT_READ, NOTE)


def _read(data: bytes, errors: Errors, limits: Limits) -> tuple[Sheet, ...]:
    workbook = python_calamine.load_workbook(io.BytesIO(data))
    seen: list[Sheet] = []
    hidden: list[tuple[str, int, Cells]] = []
    for index, sheet in enumerate(workbook.sheets_metadata):
        if sheet.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        cells: Cells = workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
        blank_out(cells, errors.get(index, ()))
        if not any(_holds_something(row) for row in cells):
            continue
        if sheet.visible == python_calamine.SheetVisibleEnum.Visible:
            seen.append(_sheet(sheet.name, cells, errors.get(index, ()), limits))
        else:
            hidden.append((sheet.name, index, cells))
    notes = _hidden_notes([name for name, _, _ in hidden], read=not seen)
    seen = seen or [_sheet(name, cells, errors.get(index, ()), limits) for name, index, cells in hidden]
    if not seen:
        raise UnreadableFileError("The workbook holds no data. Check that the answers were saved in it.")
    return (_with_notes(seen[0], notes), *seen[1:])


def _hidden_notes(names: Sequence[str], *, read: bool) -> tuple[Problem, ...]:
    if not names:
        return ()
    action = KEPT if read else SHEET_NOT_READ
    return (Problem(None, "", f"hidden sheets: {joined(names)}", "sheets that can be seen", action, NOTE),)


def _with_notes(sheet: Sheet, notes: tuple[Problem, ...]) -> Sheet:
    return replace(sheet, grid=replace(sheet.grid, notes=(*notes, *sheet.grid.notes)))


def _sheet(name: str, cells: Cells, errors: Sequence[ErrorCell], limits: Limits) -> Sheet:
    if len(cells) > limits.rows or len(cells[0]) > limits.columns:
        raise UnreadableFileError(
            f"The sheet has more than {limits.rows:,} rows or {limits.columns:,} columns. Leave out what is not needed."
        )
    start = next(i for i, row in enumerate(cells) if _holds_something(row))
    headings = find_headings([[cell_text(cell) for cell in row] for row in cells[: start + HEAD]])
    if headings is None:
        raise UnreadableFileError("The workbook holds no data. Check that the answers were saved in it.")
    below = cells[headings.above :]
    columns = tuple(map(_column, np.array(below, dtype=object).T))
    rows = np.arange(headings.above + 1, len(cells) + 1, dtype=np.int64)
    columns = columns or tuple(TextColumn.from_cells(()) for _ in headings.header)
    return Sheet(headings, Grid(headings.header, columns, rows, (), tuple(error_notes(errors, headings.header))), name)


def _column(cells: NDArray[np.object_]) -> TextColumn:
    """Write each different cell once; 1 and TRUE are equal to Python, so columns with both go cell by cell."""
    if bool in set(map(type, cells)):
        return TextColumn.from_cells(map(cell_text, cells))
    places, each = pd.factorize(cells, use_na_sentinel=False)
    different = TextColumn.from_cells(map(cell_text, each))
    return TextColumn(different.codes[places], different.texts)


def _holds_something(row: Sequence[object]) -> bool:
    return any(cell != "" and str(cell).strip() for cell in row)


def cell_text(cell: object) -> str:
    """Write a cell as it would stand in a CSV file: whole numbers without decimals, dates in ISO form.

    >>> cell_text(12.0), cell_text(2.5), cell_text(True), cell_text(datetime.date(2026, 2, 4))
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


def _check_archive(data: bytes, limits: Limits) -> Errors:
    """Refuse what is no workbook, and what would need more memory than allowed, before the parser sees it.

    Returns the cells that hold an error, by the sheet's place in the workbook.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if not _is_workbook(archive):
                raise UnreadableFileError(
                    "The file is an archive but not a workbook. Save it as .xlsx, as .ods or as CSV (UTF-8)."
                )
            errors = _check_parts(archive, limits)
            if any(isinstance(place, str) for place in errors):
                return {i: errors[part] for i, part in enumerate(sheet_parts(archive)) if part in errors}
            return errors
    except _BAD_ARCHIVE:
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


def _check_parts(archive: zipfile.ZipFile, limits: Limits) -> Errors:
    """Bound what the parts unpack to. A part that unpacks to more than the directory says fails its checksum here."""
    if sum(part.file_size for part in archive.infolist()) > limits.unpacked:
        raise UnreadableFileError(_TOO_LARGE)
    errors: dict[int | str, tuple[ErrorCell, ...]] = {}
    sheets: dict[zipfile.ZipInfo, tuple[int, int]] = {}
    for part in archive.infolist():
        content = archive.read(part)
        if _SHEET_PART.fullmatch(part.filename):
            sheets[part] = _far_corner(content) if _NOT_ORDINARY.search(content) else _ORDINARY
            if found := in_sheet(content):
                errors[part.filename] = found
        elif part.filename == "content.xml":
            _check_extents(opendocument.extents(content), limits)
            errors.update(enumerate(opendocument.error_cells(content)))
        elif part.filename == "META-INF/manifest.xml" and b"encryption-data" in content:
            raise UnreadableFileError(_PROTECTED)
    if sum(height * width for height, width in sheets.values()) > limits.cells:
        _check_extents([_far_corner(archive.read(part)) for part in sheets], limits)
    return errors


def _far_corner(sheet: bytes) -> tuple[int, int]:
    """Rows and columns up to the furthest cell that a sheet of an Excel workbook names."""
    places = b",".join(_PLACE.findall(sheet)).upper()
    rows = set(places.translate(None, ascii_uppercase.encode()).split(b","))
    columns = set(places.translate(None, digits.encode()).split(b","))
    return max(int(row or 0) for row in rows), max(map(column_number, columns))


def _check_extents(extents: Iterable[tuple[int, int]], limits: Limits) -> None:
    """Refuse sheets that would make the parser reserve room for huge, mostly empty rectangles.

    The sheets of a workbook are held together, so their cells are counted together.
    """
    before = 0
    for height, width in extents:
        if height * width > limits.cells:
            raise UnreadableFileError(
                f"The sheet spans {height:,} rows and {width:,} columns, more than can be read safely. Delete the "
                "empty rows and columns beyond the data, or save the sheet as CSV."
            )
        before += height * width
        if before > limits.cells:
            raise UnreadableFileError(
                "The sheets of the workbook hold more cells together than can be read safely. Save those that are "
                "needed as CSV, or as a workbook of their own."
            )
