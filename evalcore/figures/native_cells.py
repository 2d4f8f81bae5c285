"""The numbers of a native chart in cells, headed, and nothing but what is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evalcore.figures.native_bars import Bars
from evalcore.figures.native_drawing import Drawing
from evalcore.figures.native_series import Series
from evalcore.figures.native_text import plain

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

FOR_THE_LEGEND = "For the legend"
"""The heading of a column without numbers: entries of a legend in an order that the bars do not have."""


@dataclass(frozen=True)
class Cells:
    """Where the numbers of a chart stand: the worksheet, the first row and column, and the format of headings."""

    sheet: Worksheet
    row: int = 0
    column: int = 0
    heading: Any = None

    @property
    def name(self) -> str:
        """The worksheet's name."""
        return str(self.sheet.get_name())

    def area(self, first: int, last: int, column: int) -> list[Any]:
        """Rows `first` to `last` of one column, as xlsxwriter is told; all count from the first cell."""
        at = self.column + column
        return [self.name, self.row + first, at, self.row + last, at]

    def cell(self, row: int, column: int) -> list[Any]:
        """One cell, counted from the first."""
        return [self.name, self.row + row, self.column + column]


def write_cells(cells: Cells, drawn: Drawing) -> int:
    """Write what `drawn` is made of; return how many rows it took.

    Parameters
    ----------
    cells : Cells
        Where to begin.
    drawn : Drawing
        The panel; positions as one line a point (series, across, upwards, words), bars as a table of rows and kinds.
    """
    if drawn.bars:
        return _write_bars(cells, drawn, drawn.bars)
    panel = drawn.piece.panel
    titles = (panel.x.title or "Position across", panel.title or "Position upwards")
    _write_heads(cells, ("Series", *titles, "Words"))
    row = 1
    for one in drawn.series:
        _write_positions(cells, row, one)
        row += len(one.xs)
    return row


def _write_heads(cells: Cells, heads: tuple[str, ...]) -> None:
    for at, words in enumerate(heads):
        cells.sheet.write_string(cells.row, cells.column + at, plain(words), cells.heading)


def _write_positions(cells: Cells, row: int, one: Series) -> None:
    """One line a point: what it belongs to, its position and its words."""
    sheet, first = cells.sheet, cells.column
    for at, (x, y) in enumerate(zip(one.xs, one.ys, strict=True), start=cells.row + row):
        sheet.write_string(at, first, plain(one.name))
        if x is not None and y is not None:
            sheet.write_number(at, first + 1, x)
            sheet.write_number(at, first + 2, y)
    for at, label in enumerate(one.labels, start=cells.row + row):
        if label:
            sheet.write_string(at, first + 3, label.words)


def _write_bars(cells: Cells, drawn: Drawing, bars: Bars) -> int:
    panel = drawn.piece.panel
    title = (panel.y if bars.lying else panel.x).title or "Row"
    legend = (FOR_THE_LEGEND,) if drawn.keyed else ()
    _write_heads(cells, (title, *(one.name for one in bars.series), *legend))
    for row, words in enumerate(bars.categories, start=cells.row + 1):
        cells.sheet.write_string(row, cells.column, words)
    for column, one in enumerate(bars.series, start=cells.column + 1):
        for row, value in enumerate(one.values, start=cells.row + 1):
            if value is not None:
                cells.sheet.write_number(row, column, value)
    return len(bars.categories) + 1
