"""Points, lines, intervals, bars and ribbons as plotly's traces: one a kind, so that a chart has few of them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from evalcore.figures import theme
from evalcore.figures.chart import Bar, Interval, Line, Panel, Point, Ribbon
from evalcore.figures.words import escaped

Parts = dict[str, Any]


def traces(panel: Panel, surface: theme.Surface) -> Iterator[Parts]:
    """All marks with a trace, gathered by kind so that a chart has few; ribbons lie under lines, lines under points."""
    gathered: dict[tuple[type, str, str], list[Any]] = defaultdict(list)
    for mark in panel.marks:
        gathered[type(mark), mark.kind, getattr(mark, "along", "")].append(mark)
    order = {Bar: 0, Ribbon: 1, Line: 2, Interval: 3, Point: 4}
    makers: dict[type, Callable[[list[Any], theme.Look, str, theme.Surface], Parts]] = {
        Bar: _bars,
        Ribbon: _ribbons,
        Line: _lines,
        Interval: _intervals,
        Point: _points,
    }
    for (shape, kind, along), marks in sorted(gathered.items(), key=lambda item: order.get(item[0][0], 9)):
        if shape in makers:
            yield {**makers[shape](marks, theme.look(kind), along, surface), "showlegend": False, "cliponaxis": False}


def _points(marks: list[Point], look: theme.Look, along: str, surface: theme.Surface) -> Parts:
    """Dots of one kind."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [_finite(p.x) for p in marks],
        "y": [_finite(p.y) for p in marks],
        "marker": symbol(look, surface),
        **_hover([p.label for p in marks]),
    }


def symbol(look: theme.Look, surface: theme.Surface) -> Parts:
    """How a dot of one kind is drawn."""
    fill, edge = (surface.background, 2.0) if look.backed else (look.colour, 1.5)
    return {"color": fill, "symbol": look.symbol, "size": look.size, "line": {"width": edge, "color": look.colour}}


def _lines(marks: list[Line], look: theme.Look, along: str, surface: theme.Surface) -> Parts:
    """Lines of one kind as one trace, with a gap between two lines."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    labels: list[str] = []
    for mark in marks:
        xs += [*(_finite(x) for x, _ in mark.points), None]
        ys += [*(_finite(y) for _, y in mark.points), None]
        labels += [mark.label] * (len(mark.points) + 1)
    line = {"color": look.colour, "width": look.width, "dash": look.dash}
    return {"type": "scatter", "mode": "lines", "x": xs, "y": ys, "line": line, **_hover(labels)}


def _ribbons(marks: list[Ribbon], look: theme.Look, along: str, surface: theme.Surface) -> Parts:
    """Ribbons of one kind as one trace: along the upper line and back along the lower one, with gaps between them."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for mark in marks:
        for piece in _pieces(mark):
            xs += [*(x for x, _, _ in piece), *(x for x, _, _ in reversed(piece)), None]
            ys += [*(high for _, _, high in piece), *(low for _, low, _ in reversed(piece)), None]
    filled = {"fill": "toself", "fillcolor": theme.tint(look.colour, 0.18), "line": {"width": 0}}
    return {"type": "scatter", "mode": "lines", "x": xs, "y": ys, **filled, **_hover([])}


def _pieces(mark: Ribbon) -> Iterator[list[tuple[float, float, float]]]:
    """Runs of points of which both ends are known."""
    for known, run in groupby(mark.points, key=lambda point: all(map(math.isfinite, point))):
        if known:
            yield list(run)


def _intervals(marks: list[Interval], look: theme.Look, along: str, surface: theme.Surface) -> Parts:
    """Intervals of one kind, with caps; an end that is missing leaves the interval out."""
    kept = [m for m in marks if math.isfinite(m.low) and math.isfinite(m.high)]
    middle = [(m.low + m.high) / 2 for m in kept]
    at = [m.at for m in kept]
    half = [(m.high - m.low) / 2 for m in kept]
    bars = {"type": "data", "array": half, "color": look.colour, "thickness": look.width, "width": 7, "visible": True}
    return {
        "type": "scatter",
        "mode": "markers",
        "x": middle if along == "x" else at,
        "y": at if along == "x" else middle,
        f"error_{along}": bars,
        "marker": {"opacity": 0, "size": 14, "color": look.colour},
        **_hover([m.label for m in kept]),
    }


def _bars(marks: list[Bar], look: theme.Look, along: str, surface: theme.Surface) -> Parts:
    """Bars of one kind, with the words that plotly leaves out where a bar is too small for them."""
    length = [_finite(m.end - m.start) for m in marks]
    at = [m.at for m in marks]
    words: Parts = {}
    if any(m.inside or above(m) for m in marks):
        words = {
            "text": [escaped(m.inside or above(m)) for m in marks],
            "textposition": ["inside" if m.inside else "outside" for m in marks],
            "insidetextanchor": "middle",
            "textangle": 0,
            "insidetextfont": {"size": theme.SMALL_SIZE, "color": theme.words_on(look.colour)},
            "outsidetextfont": {"size": theme.SMALL_SIZE, "color": surface.text},
        }
    return {
        "type": "bar",
        "orientation": "h" if along == "x" else "v",
        "base": [_finite(m.start) for m in marks],
        "x": length if along == "x" else at,
        "y": at if along == "x" else length,
        "width": [m.width for m in marks],
        "marker": filling(look, surface),
        **words,
        **_hover([m.label for m in marks]),
    }


def above(mark: Bar) -> str:
    """The words above an upright bar, which have only its width; those of other bars are labels of their own."""
    return mark.text if mark.along == "y" and not mark.inside else ""


def filling(look: theme.Look, surface: theme.Surface) -> Parts:
    """How a bar of one kind is filled: kinds differ by hatching as well as by colour."""
    edge = {"width": 1, "color": surface.muted} if look.outlined else {"width": 0}
    pattern = {"shape": look.pattern, "fillmode": "overlay", "fgcolor": theme.hatching(look.colour), "fgopacity": 1}
    return {"color": look.colour, "line": edge, "pattern": {**pattern, "solidity": 0.22}}


def _hover(labels: list[str]) -> Parts:
    """What is shown beside the pointer; nothing where there are no words for it."""
    if not any(labels):
        return {"hoverinfo": "skip"}
    return {"hoverinfo": "text", "hovertext": [escaped(label) for label in labels]}


def _finite(value: float) -> float | None:
    """The value, or None (a gap) where it is missing."""
    return value if math.isfinite(value) else None
