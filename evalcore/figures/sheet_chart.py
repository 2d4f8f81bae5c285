"""Draws a Chart on a sheet of a workbook: native charts whose numbers stand in cells that a reader can see."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from evalcore.figures.chart import Box, Chart
from evalcore.figures.native_book import native_chart
from evalcore.figures.native_cells import Cells, write_cells
from evalcore.figures.native_drawing import drawing
from evalcore.figures.native_frame import PIXELS
from evalcore.figures.native_panels import Piece, is_flow, panel_words, pieces
from evalcore.figures.native_text import Type, plain

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

ROW = 15.0
"""Points of a row that nobody has made higher."""

WIDTH = 660.0
"""Points that a chart is wide unless told otherwise."""

_HEIGHT = 2.5
"""Points for each hundredth of a `Chart.height`."""


@dataclass(frozen=True)
class OnSheet:
    """What was drawn: the next free row on the chart's sheet and on that of its numbers, and whether there is a chart.

    There is none for boxes and arrows: their words stand in cells all the same.
    """

    row: int
    data_row: int
    charted: bool


def draw_on_sheet(
    workbook: Workbook,
    sheet: Worksheet,
    chart: Chart,
    *,
    row: int,
    column: int,
    words: str,
    data_sheet: Worksheet,
    data_row: int,
    heading: Any = None,
    width: float = WIDTH,
    text: float = 12,
) -> OnSheet:
    """Draw `chart` on `sheet`: the line with n in a cell, and below it one native chart a panel, side by side.

    Parameters
    ----------
    workbook : xlsxwriter Workbook
        Where both sheets are.
    sheet : xlsxwriter Worksheet
        Where the charts stand.
    chart : Chart
        What to draw: the form that leaves. Marks whose numbers are missing are left out.
    row, column : int
        The cell of the line with n; the charts begin below it.
    words : str
        The alternative text of the whole. The first chart holds it; the others name their panel.
    data_sheet : xlsxwriter Worksheet
        Where the numbers stand; not below the chart on the same sheet.
    data_row : int
        Their first row; they begin in column A.
    heading : xlsxwriter Format, optional
        How the headings of the numbers look.
    width : float
        Points that all panels take together.
    text : float
        Points of the titles of axes; nothing is smaller than 12.

    Returns
    -------
    OnSheet
        Where to go on, and whether there is a chart.

    >>> import io, xlsxwriter
    >>> from evalcore.figures.chart import Axis, Panel, Point
    >>> chart = Chart((Panel(Axis("Mean"), Axis("", ticks=((0.0, "Before"),)), (Point(21.5, 0, "pre"),)),), "n = 7", "")
    >>> with xlsxwriter.Workbook(io.BytesIO()) as book:
    ...     charts, numbers = book.add_worksheet("Charts"), book.add_worksheet("Numbers")
    ...     draw_on_sheet(book, charts, chart, row=0, column=0, words="21.5", data_sheet=numbers, data_row=0)
    OnSheet(row=22, data_row=6, charted=True)
    """
    sheet.write_string(row, column, plain(chart.n))
    cells = Cells(data_sheet, data_row, heading=heading)
    if is_flow(chart):
        return OnSheet(row + 1, data_row + _write_boxes(cells, chart) + 1, False)
    type_, high = Type(text), max(chart.height, 80) * _HEIGHT
    for number, piece in enumerate(pieces(chart, width, high, type_)):
        drawn = drawing(chart, piece)
        taken = write_cells(cells, drawn)
        said = plain(words) if number == 0 else panel_words(piece, number, len(chart.panels))
        _insert(sheet, native_chart(workbook, cells, drawn), (row + 1, column), piece, said)
        cells = replace(cells, row=cells.row + taken + 1)
    rows = math.ceil(high / ROW) + 1 if chart.panels else 0
    return OnSheet(row + 1 + rows, cells.row, bool(chart.panels))


def _insert(sheet: Worksheet, native: Any, at: tuple[int, int], piece: Piece, words: str) -> None:
    offset = {"x_offset": round(piece.left * PIXELS), "object_position": 2}
    sheet.insert_chart(*at, native, {**offset, "description": words})


def _write_boxes(cells: Cells, chart: Chart) -> int:
    """The words of boxes from the top, one box a row; return how many rows that takes."""
    boxes = [mark for panel in chart.panels for mark in panel.marks if isinstance(mark, Box)]
    heads = ("Box", "What stands in it", "More")
    for at, head in enumerate(heads):
        cells.sheet.write_string(cells.row, cells.column + at, head, cells.heading)
    for number, box in enumerate(sorted(boxes, key=lambda box: (-box.y, box.x)), start=1):
        for at, line in enumerate(box.lines):
            cells.sheet.write_string(cells.row + number, cells.column + at, plain(line))
    return len(boxes) + 1
