"""The panels of a chart side by side: how wide each is, what stands around them, and which legend explains what."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from evalcore.figures.chart import Arrow, Box, Chart, Panel
from evalcore.figures.native_layout import Around, Place, legend_lines, place, row_room, strip_lines
from evalcore.figures.native_text import LEAST, Type, broken, plain
from evalcore.figures.rows import levelled


@dataclass(frozen=True)
class Piece:
    """One panel, where it stands from the left (points), and the kinds that its legend explains."""

    panel: Panel
    left: float
    place: Place
    keys: tuple[str, ...]


def is_flow(chart: Chart) -> bool:
    """Whether a chart is made of boxes and arrows, which no program has a chart for.

    >>> is_flow(Chart((), "", ""))
    False
    """
    return any(isinstance(mark, Box | Arrow) for panel in chart.panels for mark in panel.marks)


def pieces(chart: Chart, width: float, height: float, type_: Type) -> Iterator[Piece]:
    """Divide `width` x `height` points among the panels of a chart; rows that panels share stand at the same height.

    >>> from evalcore.figures.chart import Axis, Point
    >>> panel = Panel(Axis("Mean"), Axis("Change"), (Point(1, 2, "change"),))
    >>> [round(one.left) for one in pieces(Chart((panel, panel), "", ""), 600, 200, Type(14))]
    [0, 300]
    """
    panels = _with_shared_rows(levelled(chart.panels))
    total = sum(panel.share for panel in panels) or 1.0
    widths = [width * panel.share / total for panel in panels]
    keys = _keys(chart)
    type_, around = _fitting(chart, list(zip(panels, widths, keys, strict=True)), height, type_)
    left = 0.0
    for panel, wide, mine in zip(panels, widths, keys, strict=True):
        yield Piece(panel, left, place(panel, wide, height, around, type_), mine)
        left += wide


def _fitting(
    chart: Chart, panels: list[tuple[Panel, float, tuple[str, ...]]], height: float, type_: Type
) -> tuple[Type, Around]:
    """The type, as much smaller than asked for as named rows need to stand clear, and what it leaves around."""
    words = dict(chart.legend)
    while True:
        tops = [_head(panel, wide, type_) for panel, wide, _ in panels]
        entries = [legend_lines(tuple(words[kind] for kind in mine), wide - 20, type_) for _, wide, mine in panels]
        lines = max(entries, default=0)
        around = Around(max(tops, default=0.0), lines * type_.line + 8 if lines else 2.0)
        room = min((row_room(panel, wide, height, around, type_) for panel, wide, _ in panels), default=math.inf)
        if room >= 1 or type_.small <= LEAST:
            return type_, around
        type_ = Type(type_.text - 1)


def panel_words(piece: Piece, number: int, every: int) -> str:
    """Return the alternative text of a panel that is not the first; `number` counts from 0."""
    title = plain(piece.panel.title or piece.panel.x.title or piece.panel.y.title)
    return f"Panel {number + 1} of {every}: {title}. The words of the first panel are about all of them."


def _with_shared_rows(panels: tuple[Panel, ...]) -> tuple[Panel, ...]:
    """Panels without names of their own get the rows of all, and those with names the rows that only others have."""
    if all(panel.y.visible for panel in panels):
        return panels
    rows = tuple(sorted({at: name for panel in reversed(panels) for at, name in panel.y.ticks}.items()))
    return tuple(replace(panel, y=replace(panel.y, ticks=rows)) if panel.y.ticks else panel for panel in panels)


def _head(panel: Panel, width: float, type_: Type) -> float:
    """Points above a panel for its title and for words that stand above its highest row."""
    titles = len(broken(panel.title, width - 12, type_)) if panel.title else 0
    strip = 0 if panel.y.ticks else strip_lines(panel, width, type_)
    return titles * (type_.line + 2) + strip * type_.line + 12


def _keys(chart: Chart) -> list[tuple[str, ...]]:
    """The kinds of the legend, each with the first panel that draws it; what none draws stands with the first."""
    drawn = [{getattr(mark, "kind", "") for mark in panel.marks} for panel in chart.panels]
    homes = {
        kind: next((at for at, kinds in enumerate(drawn) if kind in kinds), 0) for kind, _ in chart.legend if drawn
    }
    return [tuple(kind for kind, at in homes.items() if at == panel) for panel in range(len(drawn))]
