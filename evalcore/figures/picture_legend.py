"""The legend of a drawn picture: below the panels, each entry with the symbol, line or filling of its kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evalcore.figures.chart import Bar, Chart, Interval, Line, Point
from evalcore.figures.picture_words import TALL, Area, Words, broken, high, widest

SWATCH = 2.6
"""The width of an entry's symbol with the gap to its words, in sizes of the text."""

BETWEEN = 1.6
"""The gap between two columns, in sizes of the text."""


@dataclass(frozen=True)
class Entry:
    """One entry: its kind, its words, and how its marks look: `filled` like a bar, a `line`, a `symbol`, or both."""

    kind: str
    words: Words
    filled: bool
    line: bool
    symbol: bool

    @property
    def swatch(self) -> Area:
        """Where the symbol stands: left of the first line of the words."""
        area, size = self.words.area, self.words.size
        left = area.left - SWATCH * size
        return Area(left, area.top, left + (SWATCH - 0.6) * size, area.top + TALL * size)


def legend(chart: Chart, width: float, size: float) -> list[Entry]:
    """Return the entries with their places from the left and upper edge of the legend, `width` points wide."""
    if not chart.legend:
        return []
    named = [(kind, broken(text, width - SWATCH * size, size) or ("",)) for kind, text in chart.legend]
    widths = [widest(lines, size) + SWATCH * size for _, lines in named]
    lefts = _columns(widths, width, BETWEEN * size)
    return list(_entries(chart, named, lefts, size))


def _columns(widths: list[float], width: float, between: float) -> list[float]:
    """Where the columns begin: as many as there is room for, each as wide as its widest entry."""
    for columns in range(len(widths), 1, -1):
        wide = [max(widths[first::columns]) for first in range(columns)]
        if sum(wide) + between * (columns - 1) <= width:
            return [sum(wide[:at]) + between * at for at in range(columns)]
    return [0.0]


def _entries(
    chart: Chart, named: list[tuple[str, tuple[str, ...]]], lefts: list[float], size: float
) -> Iterator[Entry]:
    """The entries row by row, each row as high as its longest words."""
    drawn = [(type(mark), mark.kind) for panel in chart.panels for mark in panel.marks]
    top, columns = 0.0, len(lefts)
    for start in range(0, len(named), columns):
        row = named[start : start + columns]
        for (kind, lines), left in zip(row, lefts, strict=False):
            # a kind without a mark here, such as an answer that nobody gave, looks like the others
            shapes = {shape for shape, of in drawn if of == kind} or {shape for shape, _ in drawn}
            x = left + SWATCH * size
            area = Area(x, top, x + widest(lines, size), top + high(lines, size))
            line, symbol = bool(shapes & {Line, Interval}), Point in shapes
            filled = Bar in shapes and not shapes & {Point, Line}
            yield Entry(kind, Words(lines, area, size), filled, line or not symbol, symbol or not line)
        top += max(high(lines, size) for _, lines in row) + 0.25 * size


def legend_height(entries: list[Entry]) -> float:
    """Return the points that the legend takes from top to bottom."""
    return max((entry.words.area.bottom for entry in entries), default=0.0)
