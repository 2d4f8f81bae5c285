"""What the tests of intake share: small files made in code, and the account of a reading as plain tuples."""

from __future__ import annotations

import csv
import datetime
import html
import io
import zipfile
from collections.abc import Iterable, Sequence

import pandas as pd
import xlsxwriter

from evalcore.instruments import load_instrument
from evalcore.intake import Intake

Listed = set[tuple[int | None, str, str]]


def listed(intake: Intake, *severities: str) -> Listed:
    """(row, column, action) of each problem, of all severities unless some are named; nothing may be listed twice."""
    problems = intake.problems
    if severities:
        problems = problems[problems["severity"].isin(severities)]
    cells = zip(problems["row"], problems["column"], problems["action"], strict=True)
    lines = [(None if pd.isna(row) else int(row), column, action) for row, column, action in cells]
    assert len(lines) == len(set(lines)), "a problem is listed twice"
    return set(lines)


def fates(intake: Intake) -> list[tuple[int, str]]:
    """Row and fate of each row of the file."""
    return list(zip(intake.rows["row"].tolist(), intake.rows["fate"].tolist(), strict=True))


def csv_bytes(rows: Iterable[Sequence[object]], *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """Write rows as a CSV file; None is an empty cell."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([["" if cell is None else cell for cell in row] for row in rows])
    return text.getvalue().encode(encoding)


def workbook_bytes(**sheets: Sequence[Sequence[object]]) -> bytes:
    """Write a workbook with one sheet for each name; None is an empty cell."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"default_date_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell is not None:
                    sheet.write(at, column, cell)
    book.close()
    return file.getvalue()


_ODS = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = f'xmlns:office="{_ODS}:office:1.0" xmlns:table="{_ODS}:table:1.0" xmlns:text="{_ODS}:text:1.0"'
_MANIFEST = f'<manifest:manifest xmlns:manifest="{_ODS}:manifest:1.0">%s</manifest:manifest>'
_ENTRY = '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'


def opendocument_bytes(manifest: str = _ENTRY, /, **sheets: Sequence[Sequence[object]] | str) -> bytes:
    """Write an OpenDocument workbook as LibreOffice does: equal cells and rows beyond the data are repeated.

    A sheet may be given as its own XML.
    """
    tables = "".join(
        f'<table:table table:name="{name}">{rows if isinstance(rows, str) else _ods_rows(rows)}</table:table>'
        for name, rows in sheets.items()
    )
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr("content.xml", f"<office:document-content {_SPACES}>{body}</office:document-content>")
        made.writestr("META-INF/manifest.xml", _MANIFEST % manifest)
    return file.getvalue()


def _ods_rows(rows: Sequence[Sequence[object]]) -> str:
    beyond = '<table:table-cell table:number-columns-repeated="16000"/>'
    written = [f"<table:table-row>{''.join(map(_ods_cell, row))}{beyond}</table:table-row>" for row in rows]
    blank = f'<table:table-row table:number-rows-repeated="1048000">{beyond}</table:table-row>'
    return "".join([*written, blank])


def _ods_cell(cell: object) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    words = f"<text:p>{html.escape(str(cell))}</text:p>"
    if isinstance(cell, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{cell}">{words}</table:table-cell>'
    if isinstance(cell, datetime.date):
        return f'<table:table-cell office:value-type="date" office:date-value="{cell}">{words}</table:table-cell>'
    return f'<table:table-cell office:value-type="string">{words}</table:table-cell>'


def gse(*rows: Sequence[object], header: Sequence[str] = ("respondent_id", "wave")) -> list[list[object]]:
    """A file with the ten GSE items: each row is what stands before the items, which are all 3."""
    items = load_instrument("gse").columns
    return [[*header, *items], *([*row, *([3] * len(items))] for row in rows)]
