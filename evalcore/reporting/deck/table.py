"""A native table on a slide: as many rows and columns as can be read from the back of a room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from evalcore.findings.finding import Column
from evalcore.reporting.deck.measuring import LINE, POINT, cut, height_of, plain, width_of
from evalcore.reporting.deck.rooms import Room
from evalcore.reporting.deck.slides import TEXT
from evalcore.reporting.deck.text import describe
from evalcore.reporting.model import Table

MOST_ROWS, MOST_COLUMNS = 8, 6
_MOST_LINES = 5
_LARGER = (20, 18, 16)
_ASIDE, _ABOVE = 7.0, 4.0
"""Points that a cell leaves empty at each side, and above and below its words."""

_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_WORDS = ("label", "text")
_LEAST_WIDTH = 54.0
_RULE, _HEAD_RULE = 6_350, 19_050


@dataclass(frozen=True)
class Grid:
    """The cells of a table as a slide writes them: headings, rows, and which columns hold numbers."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[bool, ...]


@dataclass(frozen=True)
class Fitted:
    """The part of a table that a slide shows; widths, heights and type in points; `whole` where nothing is left out."""

    grid: Grid
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    size: int
    whole: bool


def grid_of(table: Table) -> Grid:
    """Return the cells of a table, the two ends of an interval in one column, so that none stands alone.

    >>> from evalcore.findings.finding import Column
    >>> ends = Column("ci_low", "95 % interval from", "interval", 1), Column("ci_high", "to", "interval", 1)
    >>> grid_of(Table("Scores", ends, ((1.5, 2.0), ("[c]", "[c]"))))
    Grid(headings=('95 % interval',), rows=(('1.5 to 2.0',), ('[c]',)), numbers=(True,))
    """
    columns = list(zip(table.columns, zip(*table.written, strict=True), strict=True)) if table.rows else []
    found: list[tuple[str, tuple[str, ...], bool]] = []
    for place, (column, cells) in enumerate(columns):
        if place and _ends(columns[place - 1][0], column):
            heading, lows, _ = found.pop()
            both = (low if low == high else f"{low} to {high}" for low, high in zip(lows, cells, strict=True))
            found.append((heading.replace(" from", "", 1), tuple(both), True))
        else:
            found.append((column.label, cells, column.kind not in _WORDS))
    headings, cells_by_column, numbers = zip(*found, strict=True) if found else ((), (), ())
    return Grid(tuple(headings), tuple(zip(*cells_by_column, strict=True)), tuple(numbers))


def _ends(low: Column, high: Column) -> bool:
    """Whether two columns hold the two ends of one interval."""
    return low.kind == "interval" and low.name.endswith("low") and high.name == low.name.removesuffix("low") + "high"


def fitted(table: Table, width: float, height: float) -> Fitted:
    """Return what of a table fits `width` and `height` points, in type as large as leaves no word broken.

    >>> from evalcore.findings.finding import Column
    >>> fitted(Table("Scores", (Column("n", "People", "fieldwork"),), ((7,), (9,))), 300, 40).grid.rows
    (('7',),)
    """
    whole = grid_of(table)
    part = Grid(
        whole.headings[:MOST_COLUMNS],
        tuple(row[:MOST_COLUMNS] for row in whole.rows[:MOST_ROWS]),
        whole.numbers[:MOST_COLUMNS],
    )
    size = next((size for size in _LARGER if _stands(part, size, width, height)), TEXT)
    widths = _widths(part, size, width)
    rooms = [one - 2 * _ASIDE for one in widths]
    headings, *rows = (_kept(row, rooms, size, bold=not at) for at, row in enumerate((part.headings, *part.rows)))
    heights = [_height(headings, rooms, size, bold=True)]
    for row in rows:
        needed = _height(row, rooms, size)
        if sum(heights) + needed > height and len(heights) > 1:
            break
        heights.append(needed)
    shown = Grid(headings, tuple(rows[: len(heights) - 1]), part.numbers)
    return Fitted(shown, tuple(widths), tuple(heights), size, shown == whole)


def _natural(grid: Grid, size: int) -> list[float]:
    """Points that each column takes on lines that are not broken."""
    columns = zip(grid.headings, *grid.rows, strict=True)
    longest = (max(width_of(plain(cell), size, bold=True) for cell in column) for column in columns)
    return [max(one + 2 * _ASIDE + 1, _LEAST_WIDTH) for one in longest]


def _stands(grid: Grid, size: int, width: float, height: float) -> bool:
    lines = (len(grid.rows) + 1) * (size * LINE + 2 * _ABOVE)
    return sum(_natural(grid, size)) <= width and lines <= height


def _widths(grid: Grid, size: int, width: float) -> list[float]:
    """Points of each column: what its longest cell takes, the widest columns broken until all fit."""
    wanted = _natural(grid, size)
    most = max(wanted)
    while sum(min(one, most) for one in wanted) > width and most > width / len(wanted):
        most -= 1
    found = [min(one, most) for one in wanted]
    return [one * width / sum(found) for one in found] if sum(found) > width else found


def _kept(row: tuple[str, ...], rooms: list[float], size: int, *, bold: bool = False) -> tuple[str, ...]:
    return tuple(
        cut(cell, room, size, _MOST_LINES, bold=bold) if plain(cell) else ""
        for cell, room in zip(row, rooms, strict=True)
    )


def _height(row: tuple[str, ...], rooms: list[float], size: int, *, bold: bool = False) -> float:
    return max(height_of([cell], room, size, bold=bold) for cell, room in zip(row, rooms, strict=True)) + 2 * _ABOVE


def draw_table(slide: Any, part: Fitted, room: Room, words: str) -> int:
    """Draw the part of a table that fits at the top of a room, with `words` to stand in for it; return its height."""
    rows, columns = len(part.grid.rows) + 1, len(part.grid.headings)
    height = round(sum(part.heights) * POINT)
    shape = slide.shapes.add_table(rows, columns, room.left, room.top, round(sum(part.widths) * POINT), height)
    shape.name = "Table"
    describe(shape, words)
    table = shape.table
    table._tbl.tblPr.find(f"{{{table._tbl.nsmap['a']}}}tableStyleId").text = _NO_STYLE
    table.first_row, table.horz_banding = True, False
    for column, width in zip(table.columns, part.widths, strict=True):
        column.width = round(width * POINT)
    for row, needed in zip(table.rows, part.heights, strict=True):
        row.height = round(needed * POINT)
    for down, cells in enumerate((part.grid.headings, *part.grid.rows)):
        for across, text in enumerate(cells):
            _write(table.cell(down, across), text, part.size, number=part.grid.numbers[across], head=not down)
    return height


def _write(cell: Any, text: str, size: int, *, number: bool, head: bool) -> None:
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Pt

    cell.margin_left = cell.margin_right = Pt(_ASIDE)
    cell.margin_top = cell.margin_bottom = Pt(_ABOVE)
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM if head else MSO_ANCHOR.TOP
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if number else PP_ALIGN.LEFT
    paragraph.line_spacing = Pt(size * LINE)
    if text:
        run = paragraph.add_run()
        run.text = text
        run.font.size = Pt(size)
        run.font.bold = head
    else:
        paragraph._p.get_or_add_endParaRPr().set("sz", str(size * 100))  # else an empty cell is higher than the others
    _underline(cell, head)


def _underline(cell: Any, head: bool) -> None:
    """A line below a cell: thicker and in the accent colour below the headings."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    colour = (
        '<a:schemeClr val="accent1"/>'
        if head
        else '<a:schemeClr val="tx1"><a:lumMod val="25000"/><a:lumOff val="75000"/></a:schemeClr>'
    )
    cell._tc.get_or_add_tcPr().append(
        parse_xml(
            f'<a:lnB {nsdecls("a")} w="{_HEAD_RULE if head else _RULE}"><a:solidFill>{colour}</a:solidFill></a:lnB>'
        )
    )
