"""Bytes to a table of text: which kind of file it is, and who reads it. Nothing is understood here yet."""

from __future__ import annotations

from evalcore.errors import UnreadableFileError
from evalcore.intake import delimited, workbook
from evalcore.intake.raw import RawTable
from evalcore.intake.source import LIMITS, Limits, Source, read_source

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# First bytes of what is often given in place of a table, and what to say about it.
_NOT_A_TABLE: tuple[tuple[bytes, str], ...] = (
    (b"%pdf", "The file is a PDF, not a table. Export the answers as CSV or as an Excel workbook."),
    (b"{\\rtf", "The file is a text document, not a table. Export the answers as CSV or as an Excel workbook."),
    (b"\x89png", "The file is a picture, not a table. Export the answers as CSV or as an Excel workbook."),
    (b"\xff\xd8\xff", "The file is a picture, not a table. Export the answers as CSV or as an Excel workbook."),
    (b"gif8", "The file is a picture, not a table. Export the answers as CSV or as an Excel workbook."),
    (b"$fl2", "The file is an SPSS file, which is not read yet. Save it as CSV with its values."),
    (b"$fl3", "The file is an SPSS file, which is not read yet. Save it as CSV with its values."),
    (b"par1", "The file is a Parquet file, which is not read. Save it as CSV."),
    (b"\x1f\x8b", "The file is compressed. Unpack it and give the CSV file or workbook inside."),
)


def read_table(source: Source, name: str | None = None, *, limits: Limits = LIMITS) -> RawTable:
    """Read a CSV, TSV, XLSX or ODS file as text cells with spreadsheet row numbers.

    Parameters
    ----------
    source : path, bytes or file object
    name : str, optional
        What to call the file; the path's last part if not given.

    Returns
    -------
    RawTable
        Entirely blank rows are not in it, but the numbers of the other rows count them. The header is the first line
        that holds something.

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
    if file.data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        grid = workbook.parse(file.data, limits)
    else:
        _refuse_what_is_no_table(file.data)
        grid = delimited.parse(delimited.decode(file.data), limits)
    grid = grid.without_blank_rows()
    return RawTable(file.name, file.digest, grid.header, grid.columns, grid.rows, grid.refused, grid.notes)


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
