"""Where the words in a panel of a drawn picture stand: where they hide no other words, and the fewest marks.

The decisions are those of the screen (`placing`), taken with measured words.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from evalcore.figures import theme
from evalcore.figures.chart import Band, Bar, Box, Interval, Line, Panel, Point
from evalcore.figures.picture_axes import Spot, pitch
from evalcore.figures.picture_words import LONGEST, Area, Words, broken, clean, high, widest
from evalcore.figures.placing import is_whole
from evalcore.figures.words import beside

Place = tuple[float, float]

PIECES = 24
"""Into how many pieces a slanted line is cut to see which words it would strike through."""

Choice = tuple[str, Area, tuple[str, ...]]
"""How lines of words are aligned, the rectangle that they fill, and the lines."""

TIGHT = 1.0
"""The least height of a bar with words in it, in sizes of the text."""

DENSE = 2.6
"""Rows that are nearer, in sizes of the text, have their words beside the dots: above, they might be the next row's."""

NEAR, BESIDE = 0.6, 0.8
"""From the end of an interval, and from the middle of a dot, to words level with it, in sizes of the text."""

HIDES_WORDS, LEAVES, HIDES_MARK = 100, 10, 1
"""What it costs to stand on other words, outside the panel, and on a mark."""


def words_in(spot: Spot, size: float, page: Area, around: list[Words]) -> list[Words]:
    """Return the words inside a panel: in boxes, on bars, beside dots, and on lying bands; not on those `around`."""
    beyond = [replace(words, area=words.area.kept(page)) for words in _beyond_bars(spot, size)]
    found = [*_boxes(spot, size), *_inside_bars(spot, size), *beyond]
    ruled = _array([*_taken(spot, size), *_rules(spot, size)])
    # words of rows stand alike on all rows: a reference line may pass behind them
    marks = _array(_taken(spot, size)) if spot.panel.y.ticks else ruled
    over = max(overhang(spot, size) + 0.1, size)
    panel = Area(spot.left, spot.top - 0.7 * size, spot.right + over, spot.bottom + 0.2 * size)
    for choices in [*_dots(spot, size, page), *_bands(spot, size)]:
        taken = _array(each.area for each in [*around, *found])
        align, area, lines = min(choices, key=lambda choice: _cost(choice[1], taken, marks, panel))
        found.append(Words(lines, area.kept(page), size, align, backed=_under(area, ruled) > 0))
    return found


def strip(spot: Spot, size: float) -> list[Words]:
    """Return the labels of upright bands, one over the other above the panel, on the side that has room for them."""
    found: list[Words] = []
    top = spot.top - 0.2 * size
    low, limit = spot.frame.x
    for mark in reversed(spot.panel.marks):
        if not (isinstance(mark, Band) and mark.along == "x" and clean(mark.label) and is_whole(mark)):
            continue
        middle = spot.x(min(max((mark.low + mark.high) / 2, low), limit))
        to_left, to_right = middle - spot.left, spot.right - middle
        centred = 2 * min(to_left, to_right)
        if centred >= min(spot.frame.width / 2, widest(broken(mark.label, 2 * spot.frame.width, size), size)):
            align, room = "center", centred
        else:
            align, room = max(("left", to_right), ("right", to_left), key=lambda side: side[1])
        lines = broken(mark.label, room, size)
        area = _area(lines, size, middle, top - high(lines, size) / 2, align)
        found.append(Words(lines, area, size, align))
        top -= high(lines, size)
    return found


def _area(lines: tuple[str, ...], size: float, x: float, y: float, align: str) -> Area:
    """The rectangle of lines whose edge (or middle) named by `align` stands at `x`, and their middle at `y`."""
    wide, tall = widest(lines, size), high(lines, size)
    left = {"left": x, "center": x - wide / 2, "right": x - wide}[align]
    return Area(left, y - tall / 2, left + wide, y + tall / 2)


def _boxes(spot: Spot, size: float) -> Iterator[Words]:
    """The lines in the boxes of a flow chart."""
    for mark in boxes(spot.panel):
        room = spot.x(mark.x + mark.width / 2) - spot.x(mark.x - mark.width / 2) - 0.4 * size
        lines = tuple(part for line in mark.lines for part in broken(line, room, size))
        yield Words(lines, _area(lines, size, spot.x(mark.x), spot.y(mark.y), "center"), size, "center")


def bar_is_full(spot: Spot, size: float) -> bool:
    """Whether bars are lower than the words that stand in them."""
    rooms = [_bar_area(spot, mark) for mark in bars(spot.panel) if clean(mark.inside)]
    return any(room.bottom - room.top < TIGHT * size for room in rooms)


def box_is_full(spot: Spot, size: float) -> int:
    """How many boxes are lower than their lines."""
    rooms = [spot.y(mark.y - mark.height / 2) - spot.y(mark.y + mark.height / 2) for mark in boxes(spot.panel)]
    return sum(high(words.lines, size) > room for words, room in zip(_boxes(spot, size), rooms, strict=True))


def _bar_area(spot: Spot, mark: Bar) -> Area:
    """The rectangle that a bar fills."""
    start, end = sorted((mark.start, mark.end))
    low, limit = mark.at - mark.width / 2, mark.at + mark.width / 2
    if mark.along == "x":
        return Area(spot.x(start), spot.y(limit), spot.x(end), spot.y(low))
    return Area(spot.x(low), spot.y(end), spot.x(limit), spot.y(start))


def bars(panel: Panel) -> list[Bar]:
    """The bars that have a place and of which both ends are known."""
    found = [mark for mark in panel.marks if isinstance(mark, Bar)]
    return [mark for mark in found if all(map(math.isfinite, (mark.at, mark.start, mark.end)))]


def boxes(panel: Panel) -> list[Box]:
    """The boxes of a flow chart that have a place."""
    found = [mark for mark in panel.marks if isinstance(mark, Box)]
    return [mark for mark in found if all(map(math.isfinite, (mark.x, mark.y, mark.width, mark.height)))]


def _inside_bars(spot: Spot, size: float) -> Iterator[Words]:
    """The words in the middle of bars: left out, as on the screen, where a bar is too small for them."""
    for mark in bars(spot.panel):
        lines, bar = (clean(mark.inside[:LONGEST]),), _bar_area(spot, mark)
        area = _area(lines, size, (bar.left + bar.right) / 2, (bar.top + bar.bottom) / 2, "center")
        low = bar.bottom - bar.top < TIGHT * size
        if lines[0] and not low and area.right - area.left <= bar.right - bar.left:
            yield Words(lines, area, size, "center", colour=theme.words_on(theme.look(mark.kind).colour))


def _beyond_bars(spot: Spot, size: float) -> list[Words]:
    """The words beyond the ends of bars; those above upright bars are left out where any two of them would meet."""
    found, upright = [], []
    for mark in (bar for bar in bars(spot.panel) if clean(bar.text)):
        lines = broken(mark.text, 12 * size, size)
        if mark.along == "y" and not mark.inside:
            middle = spot.y(max(mark.start, mark.end)) - high(lines, size) / 2
            upright.append(Words(lines, _area(lines, size, spot.x(mark.at), middle, "center"), size, "center"))
        elif mark.along == "x":
            align, shift = ("left", 0.4 * size) if mark.end >= mark.start else ("right", -0.4 * size)
            area = _area(lines, size, spot.x(mark.end) + shift, spot.y(mark.at), align)
            found.append(Words(lines, area, size, align))
    meeting = any(one.area.meets(other.area) for at, one in enumerate(upright) for other in upright[:at])
    return found if meeting else [*found, *upright]


def _dots(spot: Spot, size: float, page: Area) -> Iterator[list[Choice]]:
    """The words of dots, each with the places where they could stand, the best first."""
    for mark in _spoken(spot.panel):
        if spot.panel.y.ticks:
            lines = broken(mark.text, 0.6 * (page.right - page.left), size)
            yield [(align, area, lines) for align, area in _in_rows(mark, lines, spot, size, page)]
        else:
            room = 0.4 * spot.frame.width
            lines = tuple(part for line in beside(mark) for part in broken(line, room, size, most=2))
            yield [(align, area, lines) for align, area in _in_columns(mark, lines, spot, size)]


def _in_rows(mark: Point, lines: tuple[str, ...], spot: Spot, size: float, page: Area) -> Iterator[tuple[str, Area]]:
    """Above the dot, below it, beyond its interval, or before it."""
    x, y, wide = spot.x(mark.x), spot.y(mark.y), widest(lines, size)
    middle = min(max(x, spot.left + 0.4 * size + wide / 2), max(page.right - wide / 2, spot.left))
    rises = -1.02 * size, 1.2 * size
    before, after = _ends(mark, spot, size)
    upright = [("center", _area(lines, size, middle, y + shift, "center")) for shift in rises]
    level = [("left", _area(lines, size, after, y + shift, "left")) for shift in (0.0, -0.45 * size, 0.45 * size)]
    level.append(("right", _area(lines, size, before, y, "right")))
    yield from (*level, *upright) if is_dense(spot, size) else (*upright, *level)
    for shift in rises:
        yield "left", _area(lines, size, x - 0.3 * size, y + shift, "left")
        yield "right", _area(lines, size, x + 0.3 * size, y + shift, "right")


def _ends(mark: Point, spot: Spot, size: float) -> tuple[float, float]:
    """Where words could end before a dot and its interval, and where they could begin behind them."""
    intervals = [m for m in spot.panel.marks if isinstance(m, Interval) and m.along == "x" and m.at == mark.y]
    ends = [spot.x(end) for m in intervals for end in (m.low, m.high) if math.isfinite(end)]
    dot, gap = spot.x(mark.x), NEAR * size
    return min([dot - BESIDE * size, *(end - gap for end in ends)]), max(
        [dot + BESIDE * size, *(end + gap for end in ends)]
    )


def is_dense(spot: Spot, size: float) -> bool:
    """Whether the rows are so near that words above a dot might be the next row's."""
    return pitch(spot) < DENSE * size


def overhang(spot: Spot, size: float) -> float:
    """Points by which words at the ends of bars, and behind the intervals of dense rows, stand out beyond the panel."""
    room = 0.5 * spot.frame.width
    ends = [words.area.right for words in _beyond_bars(spot, size)]
    if spot.panel.y.ticks and is_dense(spot, size):
        wide = [widest(broken(mark.text, room, size), size) for mark in _spoken(spot.panel)]
        ends += [_ends(mark, spot, size)[1] + more for mark, more in zip(_spoken(spot.panel), wide, strict=True)]
    return min(max((end - spot.right for end in ends), default=0.0), room)


def _spoken(panel: Panel) -> list[Point]:
    """The dots with words that have a place."""
    dots = [mark for mark in panel.marks if isinstance(mark, Point) and clean(mark.text)]
    return [mark for mark in dots if math.isfinite(mark.x) and math.isfinite(mark.y)]


def _in_columns(mark: Point, lines: tuple[str, ...], spot: Spot, size: float) -> Iterator[tuple[str, Area]]:
    """On the outer side of the dot, level with it or a little higher or lower, else on the other side."""
    named, x, y = spot.panel.x.ticks, spot.x(mark.x), spot.y(mark.y)
    sides = [("left", 0.85 * size), ("right", -0.85 * size)]
    if len(named) > 1 and mark.x == named[0][0]:
        sides.reverse()
    if not named:
        yield "left", _area(lines, size, x + 0.85 * size, y, "left")
        away = 0.7 * size + high(lines, size) / 2
        yield from (("center", _area(lines, size, x, y + way * away, "center")) for way in (-1, 1))
    for align, shift in sides:
        for rise in (0.0, -0.7, 0.7, -1.3, 1.3, -2.2, 2.2):
            yield align, _area(lines, size, x + shift, y + rise * size, align)


def _bands(spot: Spot, size: float) -> Iterator[list[Choice]]:
    """The labels of lying bands: at the right end above the upper edge or below it, else at the left end."""
    # beside the one mark of a narrow panel there is less room
    shares = (0.46, 0.3) if len(spot.panel.x.ticks) == 1 else (0.62, 0.4)
    for mark in spot.panel.marks:
        if not (isinstance(mark, Band) and mark.along == "y" and clean(mark.label) and is_whole(mark)):
            continue
        edge, ends = spot.y(mark.high), (("right", spot.right), ("left", spot.left + 0.3 * size))
        choices = []
        for share in shares:
            lines = broken(mark.label, spot.frame.width * share, size)
            rise = high(lines, size) / 2 + 0.12 * size
            choices += [
                (align, _area(lines, size, x, edge + way * rise, align), lines) for align, x in ends for way in (-1, 1)
            ]
        yield choices


def _cost(area: Area, words: npt.NDArray[np.float64], marks: npt.NDArray[np.float64], panel: Area) -> int:
    """What it costs to stand there."""
    outside = 0 if area.within(panel) else LEAVES
    return HIDES_WORDS * _under(area, words) + HIDES_MARK * _under(area, marks) + outside


def _under(area: Area, others: npt.NDArray[np.float64]) -> int:
    """How many of the other rectangles share room with one."""
    across = (others[:, 0] < area.right) & (others[:, 2] > area.left)
    return int(np.count_nonzero(across & (others[:, 1] < area.bottom) & (others[:, 3] > area.top)))


def meetings(areas: Iterable[Area]) -> int:
    """Return how many pairs of rectangles share room.

    >>> meetings([Area(0, 0, 2, 2), Area(1, 1, 3, 3), Area(9, 9, 10, 10)])
    1
    """
    rows = _array(areas)
    return sum(_under(Area(*row), rows[at + 1 :]) for at, row in enumerate(rows.tolist()))


def _array(areas: Iterable[Area]) -> npt.NDArray[np.float64]:
    """Rectangles as rows: left, top, right, bottom."""
    rows = [(area.left, area.top, area.right, area.bottom) for area in areas]
    return np.array(rows, dtype=float).reshape(-1, 4)


def _taken(spot: Spot, size: float) -> Iterator[Area]:
    """The rectangles that dots, lines and intervals fill; a slanted piece of a line counts with its whole box."""
    for mark in spot.panel.marks:
        match mark:
            case Point():
                ends = [((mark.x, mark.y), (mark.x, mark.y))]
            case Interval() if mark.along == "x":
                ends = [((mark.low, mark.at), (mark.high, mark.at))]
            case Interval():
                ends = [((mark.at, mark.low), (mark.at, mark.high))]
            case Line():
                ends = [piece for pair in pairwise(mark.points) for piece in _pieces(*pair)]
            case _:
                continue
        edge = size * (0.08 if isinstance(mark, Line) else 0.34)
        for one, other in ends:
            if all(map(math.isfinite, (*one, *other))):
                across, down = sorted((spot.x(one[0]), spot.x(other[0]))), sorted((spot.y(one[1]), spot.y(other[1])))
                yield Area(across[0] - edge, down[0] - edge, across[1] + edge, down[1] + edge)


def _pieces(one: Place, other: Place) -> Iterator[tuple[Place, Place]]:
    """A line as short pieces, of which each fills little more than it covers."""
    corners = [
        (one[0] + (other[0] - one[0]) * at / PIECES, one[1] + (other[1] - one[1]) * at / PIECES)
        for at in range(PIECES + 1)
    ]
    yield from pairwise(corners) if one[0] != other[0] and one[1] != other[1] else [(one, other)]


def _rules(spot: Spot, size: float) -> Iterator[Area]:
    """Reference lines and the edges of bands: words may stand on them where they fade."""
    edge = 0.1 * size
    for mark in spot.panel.marks:
        if not (isinstance(mark, Band) and is_whole(mark)):
            continue
        for at in (mark.low, mark.high):
            if mark.along == "x":
                yield Area(spot.x(at) - edge, spot.top, spot.x(at) + edge, spot.bottom)
            else:
                yield Area(spot.left, spot.y(at) - edge, spot.right, spot.y(at) + edge)
