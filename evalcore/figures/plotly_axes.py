"""Axes: their limits, their words, and how many pixels a panel has on the narrowest screen."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from evalcore.figures import theme
from evalcore.figures.chart import Axis, Band, Bar, Box, Interval, Line, Panel, Point, Ribbon
from evalcore.figures.words import BESIDE, CHARACTER, LINE, beside, fitted, wrapped

Parts = dict[str, Any]

AXIS_ROOM = 52
"""Pixels that the numbers and the title of an upright axis take, about."""

ROW_NAME = 132
"""Pixels to which the names of rows are broken: 'Education, training / and employability' takes two lines."""

SPILL = 36.0
"""Pixels by which the title in the middle of an axis may be longer than the axis: the margins take them."""

Limits = tuple[float, float]


@dataclass(frozen=True)
class Frame:
    """A panel's limits, and the pixels that lie between them on the narrowest screen."""

    x: Limits
    y: Limits
    width: float
    height: float

    def across(self, x: float) -> float:
        """Pixels from the left edge to `x`."""
        return (x - self.x[0]) / ((self.x[1] - self.x[0]) or 1.0) * self.width

    def down(self, y: float) -> float:
        """Pixels from the upper edge down to `y`."""
        return (self.y[1] - y) / ((self.y[1] - self.y[0]) or 1.0) * self.height


def frame(panel: Panel, width: float, height: float) -> Frame:
    """Return the limits of `panel` where it has `width` x `height` pixels with the words at its axes."""
    across = max(width - names_width(panel.y), 60.0)
    titles = len(wrapped(panel.x.title, across + SPILL)) if panel.x.title else 0
    below = 24 + LINE * titles + (10 if titles else 0) if panel.x.visible else 0
    free = across, max(height - below, 60.0)
    return Frame(_limits(panel, "x", width, free[0]), _limits(panel, "y", width, free[1]), *free)


def names_width(axis: Axis) -> float:
    """Return the pixels that the words of an upright axis take, about.

    >>> names_width(Axis("Score (points)"))
    52.0
    """
    if not axis.visible:
        return 0.0
    lines = [len(line) for _, name in axis.ticks for line in wrapped(name, ROW_NAME)]
    return max(lines) * CHARACTER + 8 + (22 if axis.title else 0) if lines else float(AXIS_ROOM)


def axes(panel: Panel, here: Frame, surface: theme.Surface) -> tuple[Parts, Parts]:
    """The two axes of a panel. The grid runs across the bars, or else along the rows, never both ways."""
    lying = any(isinstance(mark, Bar) and mark.along == "x" for mark in panel.marks)
    across = _axis(panel.x, here.x, here.width / max(len(panel.x.ticks), 1), here.width + SPILL, surface)
    up = _axis(panel.y, here.y, ROW_NAME, max(here.height, 120.0) + SPILL, surface)
    origin = lying and here.x[0] < 0 < here.x[1]
    line = {"zeroline": True, "zerolinecolor": surface.muted, "zerolinelayer": "below traces"} if origin else {}
    return {**across, "showgrid": lying, **line}, {**up, "showgrid": not lying, "side": "left", "showline": False}


def _axis(axis: Axis, limits: Limits, room: float, whole: float, surface: theme.Surface) -> Parts:
    """One axis; named positions are broken to `room` pixels, the title to `whole`."""
    parts: Parts = {
        "range": list(limits),
        "fixedrange": True,
        "zeroline": False,
        "gridcolor": surface.grid,
        "linecolor": surface.muted,
        "tickfont": {"size": theme.SMALL_SIZE, "color": surface.text},
        "automargin": True,
        "visible": axis.visible,
    }
    if axis.title:
        parts["title"] = {
            "text": fitted(axis.title, whole),
            "standoff": 8,
            "font": {"size": theme.TEXT_SIZE, "color": surface.text},
        }
    if axis.ticks:
        parts["tickvals"] = [at for at, _ in axis.ticks]
        parts["ticktext"] = [fitted(name, max(room, 90)) for _, name in axis.ticks]
        parts["ticklen"] = 0
    else:
        parts["nticks"] = 6
        parts["tickformat"] = "~g"
    return parts


def _limits(panel: Panel, along: str, width: float, free: float) -> Limits:
    """The axis' limits: as given, else around the marks with room for symbols and words."""
    axis = panel.x if along == "x" else panel.y
    found = [v for mark in panel.marks for v in _extent(mark, along) if math.isfinite(v)]
    found += [at for at, _ in axis.ticks]
    low = min(found, default=0.0) if axis.low is None else axis.low
    high = max(found, default=1.0) if axis.high is None else axis.high
    below, above = _rooms(panel, along, (low, high), width, free)
    return (low - below if axis.low is None else low, high + above if axis.high is None else high)


def _rooms(panel: Panel, along: str, found: Limits, width: float, free: float) -> Limits:
    """The room to leave below and above what was found, in the axis' own unit."""
    axis, span = panel.x if along == "x" else panel.y, found[1] - found[0]
    bars = [mark for mark in panel.marks if isinstance(mark, Bar)]
    if any(bar.along == along for bar in bars):
        alone = all(isinstance(mark, Bar | Band) for mark in panel.marks)
        return _room_at_bars([bar for bar in bars if bar.along == along], found, free, alone=alone)
    if not axis.ticks:
        # equal values get one unit on each side: a magnified axis would make much of nothing
        return (0.07 * span, 0.07 * span) if span else (1.0, 1.0)
    if along == "y" or bars:
        room = (0.2 if bars else 0.6) * _spacing(axis)
    elif panel.y.ticks:
        room = 0.04 * span
    else:
        room = _room_beside(panel, width) * (span or 1.0)
    return room, room


def _room_at_bars(bars: list[Bar], found: Limits, free: float, *, alone: bool) -> Limits:
    """None at the foot of bars that stand alone, a little at their ends, and more where words stand beyond them."""
    span = (found[1] - found[0]) or 1.0
    words = [0.0, 0.0]  # at the lower and the upper end
    for bar in bars:
        if bar.text:
            size = CHARACTER * max(map(len, wrapped(bar.text, 110))) + 6 if bar.along == "x" else 20.0
            words[bar.end >= bar.start] = max(words[bar.end >= bar.start], size)
    inner = max(free - sum(words), free / 3)
    below, above = (max(0.03, taken / inner) * span for taken in words)
    foot = alone and not words[0] and found[0] == min(min(bar.start, bar.end) for bar in bars) >= 0
    return (0.0 if foot else below), above


def _spacing(axis: Axis) -> float:
    """The least distance of two named positions; 1 where there is only one."""
    places = sorted({at for at, _ in axis.ticks})
    return min((after - before for before, after in pairwise(places)), default=1.0)


def _room_beside(panel: Panel, width: float) -> float:
    """Room left and right of named positions, as a share of their span: words stand there, on the narrowest screen."""
    if len(panel.x.ticks) < 2:
        return 1.0
    lines = [line for mark in panel.marks if isinstance(mark, Point) for line in beside(mark)]
    words = max((len(line) for line in lines), default=0) * CHARACTER + BESIDE
    free = max(width - AXIS_ROOM, 2.2 * words)
    return max(words / (free - 2 * words), 0.35)


def _extent(mark: object, along: str) -> Iterator[float]:
    """The positions that a mark takes along one axis."""
    match mark:
        case Point():
            yield mark.x if along == "x" else mark.y
        case Line():
            yield from (x if along == "x" else y for x, y in mark.points)
        case Ribbon():
            yield from (end for x, low, high in mark.points for end in ((x,) if along == "x" else (low, high)))
        case Interval():
            yield from (mark.low, mark.high) if mark.along == along else (mark.at,)
        case Bar() if mark.along == along:
            yield from (mark.start, mark.end)
        case Bar():
            yield from (mark.at - mark.width / 2, mark.at + mark.width / 2)
        case Band() if mark.along == along:
            yield from (mark.low, mark.high)
        case Box():
            at, size = (mark.x, mark.width) if along == "x" else (mark.y, mark.height)
            yield from (at - size / 2, at + size / 2)
        case _:
            return
