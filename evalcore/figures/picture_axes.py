"""The axes of a drawn picture: limits as on the screen, where the ticks stand, and their names."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from evalcore import wording
from evalcore.figures.chart import Axis, Bar, Panel
from evalcore.figures.picture_words import broken, clean, high, widest
from evalcore.figures.plotly_axes import Frame, frame, names_width
from evalcore.figures.words import CHARACTER

WIDE = 0.6
"""The width of a character of the font, in sizes of the text, about."""

BELOW = 52.0
"""Pixels that the words under a panel take on the screen, about."""

NAMES = (0.32, 0.44, 0.56)
"""The share of a panel's room that the names of its rows may take: more only where their lines would meet."""

GAP = 0.55
"""Between an axis and its words, in sizes of the text."""

Named = tuple[tuple[float, tuple[str, ...]], ...]
"""Positions on an axis, each with the lines of its name."""


@dataclass(frozen=True)
class Spot:
    """A panel's place: where its marks stand (points from the left and upper edge), and the words at its axes."""

    panel: Panel
    left: float
    top: float
    frame: Frame
    ticks_x: Named
    ticks_y: Named

    def x(self, value: float) -> float:
        """Points from the left edge of the picture to a value."""
        return self.left + self.frame.across(value)

    def y(self, value: float) -> float:
        """Points from the upper edge of the picture to a value."""
        return self.top + self.frame.down(value)

    @property
    def right(self) -> float:
        """The right end of the room for marks."""
        return self.left + self.frame.width

    @property
    def bottom(self) -> float:
        """The lower end of the room for marks."""
        return self.top + self.frame.height


def framed(panel: Panel, width: float, height: float, size: float) -> Frame:
    """Return the panel's limits over `width` x `height` points: as the screen has them for that room."""
    letter = size * WIDE / CHARACTER
    wide, tall = max(width, size), max(height, size)
    here = frame(panel, wide / letter + names_width(panel.y), tall / letter + BELOW)
    return Frame(_apart(here.x), _apart(here.y), wide, tall)


def _apart(limits: tuple[float, float]) -> tuple[float, float]:
    """Limits with something between them."""
    low, high_end = limits
    return (low, high_end) if low < high_end else (low, low + 1.0)


def lying(panel: Panel) -> bool:
    """Whether the panel has bars that lie: its grid then runs across them."""
    return any(isinstance(mark, Bar) and mark.along == "x" for mark in panel.marks)


def side_names(panel: Panel, limits: tuple[float, float], height: float, room: float, size: float) -> Named:
    """The ticks of the upright axis; names of rows are broken to a share of `room`, a wider one where lines would meet.

    >>> side_names(Panel(Axis(""), Axis("Score (points)"), ()), (0, 10), 300, 200, 9)[:2]
    ((0.0, ('0',)), (2.0, ('2',)))
    """
    axis = panel.y
    if not axis.visible:
        return ()
    if not axis.ticks:
        return numbers(limits, int(min(max(height / (2.2 * size), 2), 6)))
    named: Named = ()
    for share in NAMES:
        named = tuple((at, broken(name, room * share, size)) for at, name in axis.ticks)
        if not crowded(named, limits, height, size):
            break
    return named


def crowded(named: Named, limits: tuple[float, float], height: float, size: float) -> bool:
    """Whether the lines of two neighbouring rows' names would meet."""
    scale = height / (limits[1] - limits[0])
    rows = sorted((at * scale, high(lines, size)) for at, lines in named if lines)
    return any(after[0] - before[0] < (after[1] + before[1]) / 2 for before, after in pairwise(rows))


def foot_names(panel: Panel, limits: tuple[float, float], width: float, size: float) -> Named:
    """The ticks of the lying axis; each name is broken to the room up to its neighbours."""
    axis = panel.x
    if not axis.visible:
        return ()
    scale = width / (limits[1] - limits[0])
    if axis.ticks:
        level = tuple((at, broken(name, _room(at, axis, scale, width), size)) for at, name in axis.ticks)
        return level if not torn(level, axis) else _staggered(axis, scale, width, size)
    for most in range(6, 1, -1):
        named = numbers(limits, most)
        widths = [widest(lines, size) for _, lines in named]
        steps = [(b - a) * scale for (a, _), (b, _) in pairwise(named)]
        if max(widths, default=0.0) + 0.6 * size <= min(steps, default=width):
            return named
    return numbers(limits, 1)


def _room(at: float, axis: Axis, scale: float, width: float) -> float:
    """The room for the name of one position."""
    steps = [abs(other - at) for other, _ in axis.ticks if other != at]
    return 0.94 * min(steps) * scale if steps else width


def torn(named: Named, axis: Axis) -> bool:
    """Whether a word of a name is broken in two."""
    words = {part for _, name in axis.ticks for part in clean(name).split()}
    return bool(words) and any(part not in words for _, lines in named for line in lines for part in line.split())


def _staggered(axis: Axis, scale: float, width: float, size: float) -> Named:
    """Every second name below its neighbours, with the room up to the next but one."""
    room = {at: min(2 * _room(at, axis, scale, width), width) for at, _ in axis.ticks}
    named = [(at, broken(name, room[at], size)) for at, name in sorted(axis.ticks)]
    rows = max((len(lines) for _, lines in named[::2]), default=0)
    return tuple((at, ("",) * rows * (place % 2) + lines) for place, (at, lines) in enumerate(named))


def numbers(limits: tuple[float, float], most: int) -> Named:
    """Round numbers within the limits, at most `most` steps of them, and how they are written.

    >>> numbers((0, 100), 5)
    ((0.0, ('0',)), (20.0, ('20',)), (40.0, ('40',)), (60.0, ('60',)), (80.0, ('80',)), (100.0, ('100',)))
    """
    span = limits[1] - limits[0]
    step = 10.0 ** math.floor(math.log10(span / most))
    step = next(step * times for times in (1, 2, 5, 10) if span / (step * times) <= most * (1 + 1e-9))
    first, last = math.ceil(limits[0] / step - 1e-9), math.floor(limits[1] / step + 1e-9)
    return tuple((count * step, (_written(count * step, step),)) for count in range(first, last + 1))


def _written(value: float, step: float) -> str:
    """A number on an axis, as exact as the step between two of them."""
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    return wording.number(value, digits)


def side_room(spot: Spot, size: float) -> float:
    """Points that the words left of a panel take."""
    return names_room(spot.ticks_y, size) + title_room(spot.panel.y, spot.frame.height, size)


def names_room(named: Named, size: float) -> float:
    """Points that the names at an upright axis take."""
    names = max((widest(lines, size) for _, lines in named), default=0.0)
    return names + GAP * size if names else 0.0


def title_room(axis: Axis, length: float, size: float) -> float:
    """Points across that an axis' title takes, with the gap to the names."""
    lines = title(axis, length, size)
    return high(lines, size) + 0.3 * size if lines else 0.0


def title(axis: Axis, length: float, size: float) -> tuple[str, ...]:
    """The lines of an axis' title."""
    return broken(axis.title, max(length, 6 * size), size) if axis.visible and clean(axis.title) else ()


def foot_room(spot: Spot, size: float) -> float:
    """Points that the words under a panel take."""
    named = max((high(lines, size) for _, lines in spot.ticks_x), default=0.0)
    return (named + GAP * size if named else 0.0) + title_room(spot.panel.x, spot.frame.width + 3 * size, size)


def pitch(spot: Spot) -> float:
    """Points between the two nearest rows with a name; the height of the panel where there is one."""
    rows = sorted({spot.y(at) for at, _ in spot.panel.y.ticks if math.isfinite(at)})
    return min((after - before for before, after in pairwise(rows)), default=spot.frame.height)
