"""What the tests of intake share: small files made in code, and the account of a reading as plain tuples."""

from __future__ import annotations

import csv
import io
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


def gse(*rows: Sequence[object], header: Sequence[str] = ("respondent_id", "wave")) -> list[list[object]]:
    """A file with the ten GSE items: each row is what stands before the items, which are all 3."""
    items = load_instrument("gse").columns
    return [[*header, *items], *([*row, *([3] * len(items))] for row in rows)]
