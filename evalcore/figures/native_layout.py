"""Where the parts of a panel stand: the names of rows, the panel's title, the axes, the legend, and what is left."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import pairwise

from evalcore.figures.chart import Axis, Band, Bar, Interval, Line, Panel, Point, Ribbon
from evalcore.figures.native_axes import Scale, counted, scale
from evalcore.figures.native_text import Type, broken, shortened, width_of
from evalcore.figures.plotly_axes import Frame, frame, names_width

KEY = 34.0
"""Points that the symbol of an entry in a legend takes, with the gaps around it."""

_NAMES = (0.2, 0.27, 0.34, 0.42, 0.5)
"""Shares of the width that the names of rows may take: the first at which they stand clear of each other."""

_EDGE = 8.0
"""Points that stay free at the edges of a chart."""


@dataclass(frozen=True)
class Place:
    """A panel on its piece of the page: sizes in points, from the upper left corner of the piece."""

    width: float
    height: float
    left: float
    top: float
    right: float
    bottom: float
    x: Scale
    y: Scale
    type: Type
    names: tuple[tuple[float, tuple[str, ...]], ...] = ()
    legend: float = 0.0
    """Points below the axes' titles, where the legend stands."""
    ceiling: float | None = None
    """Where upright bands end, if the labels above them have room of their own below the upper end of the axis."""

    @property
    def inner(self) -> tuple[float, float]:
        """Width and height between the axes."""
        return max(self.width - self.left - self.right, 20.0), max(self.height - self.top - self.bottom, 20.0)

    @property
    def here(self) -> Frame:
        """The same as the screen's drawer measures it, to place words by."""
        wide, high = self.inner
        scale_ = self.type.scale
        return Frame((self.x.low, self.x.high), (self.y.low, self.y.high), wide / scale_, high / scale_)

    @property
    def top_of_bands(self) -> float:
        """Where upright bands end."""
        return self.y.high if self.ceiling is None else self.ceiling

    def share(self) -> dict[str, float]:
        """The place between the axes as shares of the piece."""
        wide, high = self.inner
        place = {"x": self.left / self.width, "y": self.top / self.height}
        size = {"width": wide / self.width, "height": high / self.height}
        # where there is hardly any room, a share is no more than the whole
        return {name: round(min(max(share, 0.0), 1.0), 4) for name, share in (place | size).items()}


@dataclass(frozen=True)
class Around:
    """What stands around the panels and is the same for all that stand side by side, in points."""

    top: float
    bottom: float


def legend_lines(words: tuple[str, ...], width: float, type_: Type) -> int:
    """Return how many lines a legend takes: where it is more than one, its columns are as wide as its longest entry.

    >>> legend_lines(("Before", "After"), 400, Type(14))
    1
    """
    widths = [width_of([entry], type_) + KEY for entry in words]
    if sum(widths) <= 0.7 * width:
        return min(len(words), 1)
    columns = max(int(0.95 * width / max(widths)), 1)
    return math.ceil(len(words) / columns) * max(math.ceil(max(widths) / width), 1)


def strip_lines(panel: Panel, width: float, type_: Type) -> int:
    """Return how many lines the labels of upright bands take above the panel."""
    return sum(len(broken(band.label, width, type_)) for band in labelled(panel))


def labelled(panel: Panel) -> list[Band]:
    """Return the upright bands with words that stand above them.

    >>> len(labelled(Panel(Axis(""), Axis(""), (Band(0, 0, "x", label="no change"), Band(0, 0, "x")))))
    1
    """
    bands = [mark for mark in panel.marks if isinstance(mark, Band) and mark.along == "x" and mark.label]
    return [band for band in bands if math.isfinite(band.low) and math.isfinite(band.high)]


def place(panel: Panel, width: float, height: float, around: Around, type_: Type) -> Place:
    """Return where the parts of `panel` stand on a piece of `width` x `height` points.

    >>> here = place(Panel(Axis("Mean"), Axis("", ticks=((0, "Before"),)), (Point(5, 0, "pre"),)), 400, 200,
    ...              Around(10, 0), Type(14))
    >>> here.left < 80, here.y.unit
    (True, None)
    """
    right = _right(panel, type_)
    high = height - around.top - around.bottom - below(panel, width, type_)
    names = _row_names(panel.y, width, high, type_)
    left = _left(panel, names, type_)
    # before the limits are known, the numbers at an upright axis take about five characters
    limits = _limits(panel, width - left - right, high, type_)
    x = _scale(panel, "x", limits.x, (width - left - right) / (7 * type_.character))
    y = _scale(panel, "y", limits.y, high / (2.2 * type_.line))
    bottom = around.bottom + below(panel, width - left - right, type_)
    found = Place(width, height, left, around.top, right, bottom, x, y, type_, names, around.bottom)
    return _with_strip(panel, found)


def _with_strip(panel: Panel, found: Place) -> Place:
    """Room for the labels of upright bands above named rows: the axis goes on, and what stands on it does not."""
    lines = strip_lines(panel, found.inner[0], found.type)
    if not (lines and panel.y.ticks and found.y.unit is None):
        return found
    high = found.inner[1]
    strip = min(lines * found.type.line + 4, high / 2)
    longer = found.y.high + (found.y.high - found.y.low) * strip / (high - strip)
    return replace(found, y=replace(found.y, high=longer), ceiling=found.y.high)


def below(panel: Panel, width: float, type_: Type) -> float:
    """Points below a panel for the words at its lower axis."""
    if not panel.x.visible:
        return _EDGE
    lines = max((len(broken(name, column(panel.x, width), type_)) for _, name in panel.x.ticks), default=1)
    titles = len(broken(panel.x.title, width, type_)) if panel.x.title else 0
    return (lines + titles) * type_.line + (14 if titles else 8)


def column(axis: Axis, width: float) -> float:
    """Points that the name of a position on a lower axis has."""
    return max(width / max(len(axis.ticks), 1) - 4, 40.0)


def extent(mark: object, along: str) -> tuple[float, ...]:
    """The positions that must stay on an axis.

    >>> extent(Interval(0, 1, 2, "pre", "x"), "x")
    (1, 2)
    """
    match mark:
        case Point():
            return (mark.x if along == "x" else mark.y,)
        case Line():
            return tuple(p[0] if along == "x" else p[1] for p in mark.points)
        case Ribbon():
            return tuple(v for p in mark.points for v in ((p[0],) if along == "x" else p[1:]))
        case Interval():
            return (mark.low, mark.high) if mark.along == along else (mark.at,)
        case Bar():
            half = mark.width / 2
            return (mark.start, mark.end) if mark.along == along else (mark.at - half, mark.at + half)
        case _:
            return ()


def _scale(panel: Panel, along: str, limits: tuple[float, float], room: float) -> Scale:
    axis = panel.x if along == "x" else panel.y
    if axis.ticks and numbered(panel, along):
        return counted(axis, limits)
    spoken = any(isinstance(mark, Bar) and mark.text and mark.along == along for mark in panel.marks)
    # words beyond the end of a bar stand where the axis would be cut short
    kept = limits if spoken else [v for mark in panel.marks for v in extent(mark, along)]
    return scale(axis, limits, kept, room)


def numbered(panel: Panel, along: str) -> bool:
    """Whether the named positions of an axis are its own numbers, evenly spaced: an axis of numbers draws them.

    >>> ticks = ((-2.0, "2"), (0.0, "0"), (2.0, "2"))
    >>> numbered(Panel(Axis("People", ticks=ticks), Axis(""), (Bar(0, -1, 2, "pre"),)), "x")
    True
    """
    ticks = (panel.x if along == "x" else panel.y).ticks
    steps = {round(after[0] - before[0], 9) for before, after in pairwise(sorted(ticks))}
    return (
        len(steps) == 1 and all(name.replace(",", "") == f"{abs(at):g}" for at, name in ticks) and _bars(panel, along)
    )


def _bars(panel: Panel, along: str) -> bool:
    return any(isinstance(mark, Bar) and mark.along == along for mark in panel.marks)


def _limits(panel: Panel, width: float, height: float, type_: Type) -> Frame:
    """The limits of the screen's drawer for a panel that has these points between its axes."""
    wide = max(width, 60.0) / type_.scale + names_width(panel.y)
    return frame(panel, wide, max(height, 60.0) / type_.scale + 60)


def _row_names(axis: Axis, width: float, height: float, type_: Type) -> tuple[tuple[float, tuple[str, ...]], ...]:
    """The names of rows, broken to the narrowest column in which they stand clear of each other."""
    if not (axis.visible and axis.ticks):
        return ()
    room = max(_spacing(axis, height) / type_.line, 1.0)
    for share in _NAMES:
        names = [(at, broken(name, share * width, type_)) for at, name in axis.ticks]
        fits = all(width_of(lines, type_) <= (share + 0.04) * width for _, lines in names)
        if fits and all(len(lines) <= room for _, lines in names):
            break
    else:
        most = math.floor(room)
        names = [(at, shortened(name, _NAMES[-1] * width, type_, most)) for at, name in axis.ticks]
    return tuple((at, tuple(lines)) for at, lines in names)


def row_room(panel: Panel, width: float, height: float, around: Around, type_: Type) -> float:
    """Return how many lines of type there are from one named row to the next, about."""
    if not panel.y.ticks:
        return math.inf
    free = height - around.top - around.bottom - below(panel, width, type_)
    return _spacing(panel.y, free) / type_.line


def _spacing(axis: Axis, height: float) -> float:
    """Points between two rows, about."""
    places = sorted({at for at, _ in axis.ticks})
    gaps = [after - before for before, after in pairwise(places)]
    span = (places[-1] - places[0] if axis.low is None or axis.high is None else axis.high - axis.low) if places else 0
    least = min(gaps, default=1.0)
    return height * least / ((span + 1.2 * least) or 1.0)


def _left(panel: Panel, names: tuple[tuple[float, tuple[str, ...]], ...], type_: Type) -> float:
    """Points left of the axes."""
    if not panel.y.visible:
        return _EDGE + 6
    title = type_.line + 6 if panel.y.title else 0.0
    if names:
        return max(width_of(list(lines), type_) for _, lines in names) + 14 + title
    return 5 * type_.character + 10 + title


def _right(panel: Panel, type_: Type) -> float:
    """Points right of the axes, where half the last number of the lower axis stands."""
    return _EDGE + 2 * type_.character if panel.x.visible else _EDGE
