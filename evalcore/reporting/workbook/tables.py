"""A table on a sheet: marked as one, so that a screen reader finds its headings, with numbers that are numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from evalcore.figures.theme import HIDDEN
from evalcore.findings.finding import Column
from evalcore.reporting.model import Table, Value
from evalcore.reporting.workbook.looks import is_words
from evalcore.reporting.workbook.measuring import lines_of
from evalcore.reporting.workbook.names import headings
from evalcore.reporting.workbook.page import Page

EMPTY = "An empty cell holds no value: there is none for that line."
HIDDEN_SAYS = f"{HIDDEN} stands for a value that is hidden because few people are behind it."

_STYLE = "Table Style Light 1"
_LEAST, _MOST = 8, 40
"""Characters on a line of a column: of the narrowest, and of the widest with words."""

_BOLD = 1.1
"""How much more room a bold character takes."""

_LONG, _HIGH = 20, 4
"""A table of more rows repeats its headings on each printed page, above which words on a shorter sheet would stand.

They stay in sight on the screen too, where so few rows are above them: frozen rows take the room of what is below.
"""


def write_table(page: Page, table: Table, name: str) -> None:
    """Write a table with its caption where `page` goes on.

    Parameters
    ----------
    page : Page
        Its first column keeps its width.
    table : Table
    name : str
        Of the marked table; no other of the workbook has it.
    """
    page.caption(table.label if table.number else table.caption)
    head, titles = page.row, headings(table.headings)
    widths = [page.first, *(_width(table, at, titles[at]) for at in range(1, len(titles)))]
    page.widths(dict(enumerate(widths)))
    for row, values in enumerate(table.rows, start=head + 1):
        for at, (value, column) in enumerate(zip(values, table.columns, strict=True)):
            _write_cell(page, (row, at), value, column)
        page.high(row, max(lines_of(text, wide) for text, wide in zip(_texts(values), widths, strict=True)))
    marked_table(page, table.columns, len(table.rows), name, widths)


def marked_table(page: Page, columns: tuple[Column, ...], rows: int, name: str, widths: Sequence[float]) -> None:
    """Write the headings of a table, mark it as one, and let `page` go on below it.

    Parameters
    ----------
    page : Page
    columns : tuple of Column
    rows : int
        How many rows stand below; without any there is nothing to mark.
    name : str
        Of the marked table; no other of the workbook has it.
    widths : sequence of float
        Characters on a line of each column.
    """
    head = page.row
    titles = headings(column.label for column in columns)
    looks = [page.looks.head(column) for column in columns]
    page.high(head, max(lines_of(title, wide, _BOLD) for title, wide in zip(titles, widths, strict=True)))
    if rows:
        heads = [{"header": title, "header_format": look} for title, look in zip(titles, looks, strict=True)]
        marked = {"name": name, "columns": heads, "autofilter": False, "banded_rows": False, "style": _STYLE}
        page.sheet.add_table(head, 0, head + rows, len(titles) - 1, marked)
    else:
        for at, (title, look) in enumerate(zip(titles, looks, strict=True)):
            page.sheet.write_string(head, at, title, look)
    if rows > _LONG:
        page.sheet.repeat_rows(head)
        if head < _HIGH:
            page.sheet.freeze_panes(head + 1, 0)
    page.row = head + rows + 1


def table_notes(table: Table, said: str = "") -> Iterator[str]:
    """Give the notes of a table, and what its signs stand for unless `said` has told that already.

    >>> column = Column("n", "People", "fieldwork")
    >>> list(table_notes(Table("Who", (column,), ((None,),), notes=("A note.",))))
    ['A note.', 'An empty cell holds no value: there is none for that line.']
    """
    yield from table.notes
    values = {value for row in table.rows for value in row}
    if HIDDEN in values and HIDDEN not in said:
        yield HIDDEN_SAYS
    if not values.isdisjoint((None, "")):
        yield EMPTY


def _texts(values: tuple[Value, ...]) -> tuple[str, ...]:
    """The words of a row; a number takes one line."""
    return tuple(value if isinstance(value, str) else "" for value in values)


def _write_cell(page: Page, at: tuple[int, int], value: Value, column: Column) -> None:
    """Write one value: a number as a number, words as words, and nothing where there is none."""
    if isinstance(value, str):
        if value:
            page.sheet.write_string(*at, value, page.looks.cell(column))
        else:
            page.sheet.write_blank(*at, None, page.looks.cell(column))
    elif value is None or not math.isfinite(value):
        page.sheet.write_blank(*at, None, page.looks.cell(column))
    else:
        page.sheet.write_number(*at, value, page.looks.number(value, column))


def _width(table: Table, at: int, title: str) -> float:
    """Characters on a line of a column: its longest value, or the longest word of its heading; words are broken."""
    cells = [row[at] for row in table.written]
    longest = max((len(line) for cell in cells for line in cell.splitlines()), default=0)
    word = max(map(len, title.split()), default=0)
    if is_words(table.columns[at]):
        return min(max(longest, word + 1, _LEAST), _MOST)
    return min(max(longest, word + 1, _LEAST), _MOST // 2)
