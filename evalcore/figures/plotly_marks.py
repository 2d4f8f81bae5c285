"""Boxes, bands, arrows and direct labels as plotly's shapes and annotations."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from evalcore.figures import theme
from evalcore.figures.chart import Arrow, Band, Bar, Box, Panel
from evalcore.figures.placing import beside_columns, beside_rows, is_whole, on_bands
from evalcore.figures.plotly_axes import Frame
from evalcore.figures.plotly_traces import above
from evalcore.figures.words import LINE, escaped, fitted

Parts = dict[str, Any]


def shapes(panel: Panel, axes: Parts, here: Frame, surface: theme.Surface) -> Iterator[Parts]:
    """Bands, reference lines and boxes."""
    for mark in panel.marks:
        if isinstance(mark, Band) and is_whole(mark):
            yield from _band(mark, axes, here)
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


def _band(mark: Band, axes: Parts, here: Frame) -> Iterator[Parts]:
    """A shaded band across the panel with its two edges, or a line where it has no width.

    It lies over the grid and under the marks, where plotly draws only what has a position on both axes.
    """
    look = theme.look(mark.kind)
    across, along = ("x", "y") if mark.along == "y" else ("y", "x")
    ends = here.x if across == "x" else here.y
    shape: Parts = {
        "xref": axes["xaxis"],
        "yref": axes["yaxis"],
        f"{across}0": ends[0],
        f"{across}1": ends[1],
        "layer": "between",
    }
    single = mark.low == mark.high
    line = {"color": look.colour, "width": look.width if single else 1, "dash": look.dash if single else "dot"}
    if not single:
        inside = {f"{along}0": mark.low, f"{along}1": mark.high, "fillcolor": theme.tint(look.colour, 0.18)}
        yield {**shape, **inside, "type": "rect", "line": {"width": 0}}
    for at in dict.fromkeys((mark.low, mark.high)):
        yield {**shape, f"{along}0": at, f"{along}1": at, "type": "line", "line": line}


def labels(panel: Panel, refs: Parts, here: Frame, surface: theme.Surface) -> Iterator[Parts]:
    """Direct labels, the words in boxes, and arrows."""
    small = {"size": theme.SMALL_SIZE, "color": surface.text}
    base = {**refs, "showarrow": False, "font": small, "align": "left"}
    for mark in panel.marks:
        match mark:
            case Bar() if mark.text and not above(mark) and math.isfinite(mark.end):
                yield {**base, **_bar_place(mark), "text": fitted(mark.text, 110)}
            case Box():
                lines = "<br>".join(escaped(line) for line in mark.lines)
                yield {**base, "x": mark.x, "y": mark.y, "align": "center", "text": lines}
            case Arrow():
                yield _arrow(mark, refs, surface)
    words = beside_rows(panel, here) if panel.y.ticks else beside_columns(panel)
    # a reference line may pass behind words: it fades there
    ground = {"bgcolor": theme.tint(surface.background, 0.7), "borderpad": 0} if panel.y.ticks else {}
    yield from ({**base, **ground, **place} for place in words)
    yield from ({**base, **place, "xref": f"{refs['xref']} domain"} for place in on_bands(panel, here))
    yield from ({**base, **place, "yref": f"{refs['yref']} domain"} for place in _strip(panel, here))


def _bar_place(mark: Bar) -> Parts:
    """Beyond the bar's end."""
    if mark.along == "y":
        return {"x": mark.at, "y": mark.end, "yanchor": "bottom", "yshift": 2}
    outer = {"xanchor": "left", "xshift": 4} if mark.end >= mark.start else {"xanchor": "right", "xshift": -4}
    return {"x": mark.end, "y": mark.at, **outer}


def strip_height(panel: Panel, here: Frame) -> int:
    """Pixels above the panel for the labels of its upright bands, each on lines of its own."""
    return sum(LINE * (place["text"].count("<br>") + 1) for place in _strip(panel, here))


def _strip(panel: Panel, here: Frame) -> Iterator[Parts]:
    """The labels of upright bands above the panel, one over the other, on the side that has room for them."""
    taken = 0
    for mark in reversed(panel.marks):
        if not (isinstance(mark, Band) and mark.along == "x" and mark.label and is_whole(mark)):
            continue
        middle = min(max((mark.low + mark.high) / 2, here.x[0]), here.x[1])
        left = here.across(middle)
        sides = {"left": here.width - left, "right": left, "center": 2 * min(left, here.width - left)}
        side = "center" if sides["center"] > here.width / 2 else max(("left", "right"), key=sides.__getitem__)
        text = fitted(mark.label, sides[side])
        yield {"x": middle, "xanchor": side, "align": side, "y": 1, "yanchor": "bottom", "yshift": taken, "text": text}
        taken += LINE * (text.count("<br>") + 1)


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
