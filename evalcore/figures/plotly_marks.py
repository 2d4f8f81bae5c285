"""Boxes, bands, arrows and direct labels as plotly's shapes and annotations."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from evalcore.figures import theme
from evalcore.figures.chart import Arrow, Band, Bar, Box, Panel, Point
from evalcore.figures.words import escaped, fitted

BESIDE = 10
"""Pixels between a dot and the words beside it."""

Parts = dict[str, Any]


def shapes(panel: Panel, axes: Parts, surface: theme.Surface) -> Iterator[Parts]:
    """Bands, reference lines and boxes."""
    for mark in panel.marks:
        if isinstance(mark, Band):
            yield _band(mark, axes)
        elif isinstance(mark, Box):
            look = theme.look(mark.kind)
            yield {
                "type": "rect",
                "xref": axes["xaxis"],
                "yref": axes["yaxis"],
                "x0": mark.x - mark.width / 2,
                "x1": mark.x + mark.width / 2,
                "y0": mark.y - mark.height / 2,
                "y1": mark.y + mark.height / 2,
                "fillcolor": surface.panel,
                "line": {"color": look.colour, "width": look.width, "dash": look.dash},
                "layer": "below",
            }


def _band(mark: Band, axes: Parts) -> Parts:
    """A shaded band across the panel, or a line where it has no width."""
    look = theme.look(mark.kind)
    across, along = ("x", "y") if mark.along == "y" else ("y", "x")
    shape: Parts = {
        "xref": axes["xaxis"],
        "yref": axes["yaxis"],
        f"{across}ref": f"{axes[across + 'axis']} domain",
        f"{across}0": 0,
        f"{across}1": 1,
        f"{along}0": mark.low,
        f"{along}1": mark.high,
        "layer": "below",
    }
    if mark.low == mark.high:
        return {**shape, "type": "line", "line": {"color": look.colour, "width": look.width, "dash": look.dash}}
    return {**shape, "type": "rect", "line": {"width": 0}, "fillcolor": theme.tint(look.colour, 0.18)}


def labels(panel: Panel, refs: Parts, surface: theme.Surface) -> Iterator[Parts]:
    """Direct labels, the words in boxes, and arrows."""
    small = {"size": theme.SMALL_SIZE, "color": surface.text}
    base = {**refs, "showarrow": False, "font": small, "align": "left"}
    for mark in panel.marks:
        match mark:
            case Point() if mark.text and math.isfinite(mark.x) and math.isfinite(mark.y):
                yield {**base, **_point_words(mark, panel)}
            case Bar() if mark.text and math.isfinite(mark.end):
                place = _bar_place(mark)
                yield {**base, **place, "text": fitted(mark.text, 110)}
            case Band() if mark.label:
                # beside the one mark of a narrow panel there is room for a word, not for a line
                room = 45 if len(panel.x.ticks) == 1 else 160
                yield {**base, **_band_place(mark, refs), "align": "right", "text": fitted(mark.label, room)}
            case Box():
                lines = "<br>".join(escaped(line) for line in mark.lines)
                yield {**base, "x": mark.x, "y": mark.y, "align": "center", "text": lines}
            case Arrow():
                yield _arrow(mark, refs, surface)


def _point_words(mark: Point, panel: Panel) -> Parts:
    """Above a dot that stands in a named row; else on the outer side of it."""
    if panel.y.ticks:
        place = {"xanchor": "center", "yanchor": "bottom", "yshift": BESIDE - 3}
        return {"x": mark.x, "y": mark.y, **place, "text": escaped(mark.text)}
    first = len(panel.x.ticks) > 1 and mark.x == panel.x.ticks[0][0]
    outer = {"xanchor": "right", "xshift": -BESIDE} if first else {"xanchor": "left", "xshift": BESIDE}
    text = "<br>".join(escaped(line) for line in beside(mark))
    return {"x": mark.x, "y": mark.y, **outer, "align": "right" if first else "left", "text": text}


def beside(mark: Point) -> list[str]:
    """The words beside a dot, the part in brackets on a line of its own."""
    return mark.text.replace(" (", "\n(").split("\n") if mark.text else []


def _bar_place(mark: Bar) -> Parts:
    """Beyond the bar's end."""
    if mark.along == "x":
        return {"x": mark.end, "y": mark.at, "xanchor": "left", "xshift": 4}
    return {"x": mark.at, "y": mark.end, "yanchor": "bottom", "yshift": 2}


def _band_place(mark: Band, refs: Parts) -> Parts:
    """At the band's far end, inside the panel."""
    if mark.along == "y":
        return {"xref": f"{refs['xref']} domain", "x": 1, "xanchor": "right", "y": mark.high, "yanchor": "bottom"}
    return {"yref": f"{refs['yref']} domain", "y": 1, "yanchor": "top", "x": mark.high, "xanchor": "left"}


def _arrow(mark: Arrow, refs: Parts, surface: theme.Surface) -> Parts:
    """An arrow from one position to another."""
    return {
        **refs,
        "axref": refs["xref"],
        "ayref": refs["yref"],
        "x": mark.end[0],
        "y": mark.end[1],
        "ax": mark.start[0],
        "ay": mark.start[1],
        "showarrow": True,
        "arrowhead": 2,
        "arrowsize": 1,
        "arrowwidth": 1.5,
        "arrowcolor": surface.muted,
        "text": "",
    }
