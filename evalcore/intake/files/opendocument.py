"""OpenDocument sheets (.ods): how far a sheet reaches once its repeated rows and cells are written out.

A few bytes may stand for a million equal rows, so this is counted before the parser makes room for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalcore.intake.files.formula_errors import ErrorCell

MIME_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
# Quoted values may hold a ">"; possessive, so that no text makes the search go back and forth.
_TAG = re.compile(
    rb"""<(table:table|table:table-row|table:table-cell|table:covered-table-cell)(\s(?:[^>"']|"[^"]*"|'[^']*')*+|/?)>"""
)
_NO_TAGS = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>", re.DOTALL)
_REPEATED = re.compile(rb"""\stable:number-(?:rows|columns)-repeated\s*=\s*["'](\d{1,9})["']""")

_ERROR = b'calcext:value-type="error"'
# An error that a sheet repeats more often than this is not looked at cell by cell.
_MOST_REPEATED = 1_000


def extents(content: bytes) -> Iterator[tuple[int, int]]:
    """Rows and columns of each sheet, up to the last row and column that hold something.

    Parameters
    ----------
    content : bytes
        The part `content.xml`.

    Examples
    --------
    >>> cell = b'<table:table-cell office:value="1"/>'
    >>> list(extents(b'<table:table><table:table-row table:number-rows-repeated="900">' + cell))
    [(900, 1)]
    """
    return (sheet.extent() for sheet in _sheets(content))


def error_cells(content: bytes) -> list[tuple[ErrorCell, ...]]:
    """Find the cells of each sheet that hold the error of a formula.

    >>> cell = b'<table:table-cell calcext:value-type="error" office:value-type="string"/>'
    >>> error_cells(b'<table:table><table:table-row>' + cell)
    [(ErrorCell(row=0, column=0, text=''),)]
    """
    return [tuple(sheet.errors) for sheet in _sheets(content)] if _ERROR in content else []


def _sheets(content: bytes) -> Iterator[_Sheet]:
    sheet: _Sheet | None = None
    for name, attributes in _TAG.findall(_NO_TAGS.sub(b"", content)):
        if name == b"table:table":
            if sheet is not None:
                yield sheet
            sheet = _Sheet()
        elif sheet is not None:
            found = _REPEATED.search(attributes)
            times = int(found.group(1)) if found else 1
            if name == b"table:table-row":
                sheet.row(times)
            else:
                holds = not attributes.endswith(b"/") or b"office:value" in attributes
                sheet.cell(times, holds=holds, error=_ERROR in attributes)
    if sheet is not None:
        yield sheet


class _Sheet:
    """One sheet while its tags are walked through; blank rows and cells count only before something."""

    def __init__(self) -> None:
        self._height = self._width = 0
        self._above = self._times = self._left = 0
        self._holds = False
        self.errors: list[ErrorCell] = []

    def row(self, times: int) -> None:
        """Begin a row that stands so many times."""
        self._end_row()
        self._times, self._left, self._holds = times, 0, False

    def cell(self, times: int, *, holds: bool, error: bool = False) -> None:
        """Take the next cell of the row, which stands so many times."""
        if error and times * self._times <= _MOST_REPEATED:
            rows, columns = range(self._above, self._above + self._times), range(self._left, self._left + times)
            self.errors += [ErrorCell(row, column, "") for row in rows for column in columns]
        self._left += times
        if holds:
            self._holds = True
            self._width = max(self._width, self._left)

    def extent(self) -> tuple[int, int]:
        """Rows and columns so far."""
        self._end_row()
        self._times = 0
        return self._height, self._width

    def _end_row(self) -> None:
        self._above += self._times
        if self._holds:
            self._height = self._above
        self._holds = False
