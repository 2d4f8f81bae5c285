"""The legend: in the order given, each entry drawn as its marks are, below the chart and as high as it needs."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from evalcore.figures import theme
from evalcore.figures.chart import Bar, Chart, Interval, Line, Point
from evalcore.figures.plotly_traces import filling, symbol
from evalcore.figures.words import CHARACTER, NARROW, fitted, wrapped

Parts = dict[str, Any]

SWATCH = 46
"""Pixels that an entry's symbol takes, with the gaps around it."""

LINE = 21
"""Pixels that a line of the legend takes."""


def legend(surface: theme.Surface) -> Parts:
    """Where the legend stands and how it is written."""
    font = {"family": theme.FONT, "size": theme.TEXT_SIZE, "color": surface.text}
    place = {"orientation": "h", "yref": "container", "y": 0, "yanchor": "bottom", "xref": "container", "x": 0}
    return {**place, "traceorder": "normal", "itemclick": False, "itemdoubleclick": False, "font": font}


def legend_height(chart: Chart, free: float) -> int:
    """Pixels that the legend takes where its columns share `free` pixels: plotly gives them the width of the panels."""
    if not chart.legend:
        return 0
    entries = [wrapped(words, NARROW - SWATCH - 24) for _, words in chart.legend]
    widths = [max(map(len, lines)) * CHARACTER + SWATCH for lines in entries]
    columns = len(entries) if sum(widths) <= free else max(int(free / max(widths)), 1)
    return math.ceil(len(entries) / columns) * LINE * max(map(len, entries)) + 14


def legend_entries(chart: Chart, surface: theme.Surface) -> Iterator[Parts]:
    """One entry for each pair of the chart's legend: a filled square for bars, else the kind's symbol and line."""
    drawn = [(type(mark), mark.kind) for panel in chart.panels for mark in panel.marks]
    for kind, words in chart.legend:
        look = theme.look(kind)
        # a kind without a mark here, such as an answer that nobody gave, looks like the others
        shapes = {shape for shape, of in drawn if of == kind} or {shape for shape, _ in drawn}
        name = fitted(words, NARROW - SWATCH - 24)
        entry: Parts = {"x": [None], "y": [None], "name": name, "showlegend": True, "hoverinfo": "skip"}
        if Bar in shapes and not shapes & {Point, Line}:
            yield {**entry, "type": "bar", "marker": filling(look, surface)}
            continue
        modes = [mode for mode, of in (("lines", {Line, Interval}), ("markers", {Point})) if shapes & of]
        yield {
            **entry,
            "type": "scatter",
            "mode": "+".join(modes) or "lines+markers",
            "marker": symbol(look, surface),
            "line": {"color": look.colour, "width": look.width, "dash": look.dash},
        }
