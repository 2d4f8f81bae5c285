"""Bytes to a table of text: which kind of file it is, and who reads it. Nothing is understood here yet."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from evalcore.errors import UnreadableFileError
from evalcore.intake.files import delimited, parquet, spss, workbook
from evalcore.intake.files.layout import Sheet
from evalcore.intake.files.raw import RawTable
from evalcore.intake.files.source import LIMITS, FileBytes, Limits, Source, read_source
from evalcore.intake.files.workbook import more_sheets

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# First bytes of what is often given in place of a table, and what to say about it.
_NOT_A_TABLE: tuple[tuple[bytes, str], ...] = (
    (b"%pdf", "The file is a PDF, not a table. Export the answers as CSV or as an Excel workbook."),
    (b"{\\rtf", "The file is a text document, not a table. Export the answers as CSV or as an Excel workbook."),
    (b"\x89png", "The file is a picture, not a table. Export the answers as CSV or as an Excel workbook."),
    (b"\xff\xd8\xff", "The file is a picture, not a table. Export the answers as CSV or as an Excel workbook."),
    (b"gif8", "The file is a picture, not a table. Export the answers as CSV or as an Excel workbook."),
    (b"\x1f\x8b", "The file is compressed. Unpack it and give the CSV file or workbook inside."),
)


def read_table(source: Source, name: str | None = None, *, limits: Limits = LIMITS) -> RawTable:
    """Read a CSV, TSV, XLSX, ODS, SPSS or Parquet file as text cells with spreadsheet row numbers.

    Parameters
    ----------
    source : path, bytes or file object
    name : str, optional
        What to call the file; the path's last part if not given.

    Returns
    -------
    RawTable
        The first sheet that holds data; other sheets are named in `notes`. Entirely blank rows are not in it, but the
        numbers of the other rows count them, and so do the lines of titles and headings above them. Several heading
        lines of a survey tool are folded into `header` and `questions`.

    Raises
    ------
    UnreadableFileError
        The file is empty, no table, damaged, protected, or beyond the limits; the message says what to do.

    Examples
    --------
    >>> table = read_table(b"respondent_id;wave\\n\\nA1;pre\\n")
    >>> table.header, table.rows.tolist()
    (('respondent_id', 'wave'), [3])
    """
    file = read_source(source, name, limits)
    first, *others = _sheets(file, limits)
    table = _raw_table(file, first, file.name)
    if not others:
        return table
    return replace(table, notes=(more_sheets([sheet.name for sheet in others]), *table.notes))


def read_tables(source: Source, name: str | None = None, *, limits: Limits = LIMITS) -> tuple[RawTable, ...]:
    """Read every sheet of a workbook that holds data, as `read_table` reads the first; of any other file its one table.

    Returns
    -------
    tuple of RawTable
        The first is called as the file, the others `book.xlsx (Sheet name)`. Hidden sheets are read only where no
        other sheet holds data; a note of the first table names them.

    Examples
    --------
    >>> [table.name for table in read_tables(b"a,b\\n1,2\\n", "answers.csv")]
    ['answers.csv']
    """
    file = read_source(source, name, limits)
    sheets = _sheets(file, limits)
    names = [file.name, *(f"{file.name} ({sheet.name})" for sheet in sheets[1:])]
    return tuple(_raw_table(file, sheet, called) for sheet, called in zip(sheets, names, strict=True))


def _sheets(file: FileBytes, limits: Limits) -> tuple[Sheet, ...]:
    if file.data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return workbook.parse(file.data, limits)
    if file.data.startswith(spss.MAGIC):
        return (spss.parse(file.data, limits),)
    if parquet.is_parquet(file.data):
        return (parquet.parse(file.data, limits),)
    _refuse_what_is_no_table(file.data)
    return (delimited.parse(delimited.decode(file.data), limits),)


def _raw_table(file: FileBytes, sheet: Sheet, name: str) -> RawTable:
    grid, headings = sheet.grid.without_blank_rows(), sheet.headings
    digest = file.digest if name == file.name else sha256(f"{file.digest}|{sheet.name}".encode()).hexdigest()
    return RawTable(
        name,
        digest,
        headings.header,
        grid.columns,
        grid.rows,
        grid.refused,
        (*grid.notes, *headings.notes),
        headings.questions if any(headings.questions) else (),
        headings.tool,
        sheet.name,
    )


def _refuse_what_is_no_table(data: bytes) -> None:
    if data.startswith(_COMPOUND):
        if _ENCRYPTED in data:
            raise UnreadableFileError("The workbook is protected by a password. Save it without one.")
        raise UnreadableFileError("The file is an old Excel workbook (.xls) or another Office file. Save it as .xlsx.")
    start = data[:512].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for mark, message in _NOT_A_TABLE:
        if start.startswith(mark):
            raise UnreadableFileError(message)
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<table", b"<head", b"<meta", b"<style")):
        raise UnreadableFileError(
            "The file is a web page under another name, not a table. Open it in a spreadsheet and save it as .xlsx."
        )
