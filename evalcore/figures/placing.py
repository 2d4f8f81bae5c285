"""Where the words of dots and of lying bands stand: where they hide no mark and no other words.

The places are worked out for the narrowest screen: on a wider one everything stands further apart.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from evalcore.figures.chart import Band, Interval, Line, Panel, Point
from evalcore.figures.plotly_axes import Frame
from evalcore.figures.words import BESIDE, CHARACTER, LINE, beside, escaped, fitted

Parts = dict[str, Any]
Boxes = npt.NDArray[np.float64]
"""Rectangles in pixels, one a row: left, top, right, bottom."""

Box = tuple[float, float, float, float]

NEAR = 7.0
"""Pixels from the middle of a dot to the words above or below it."""

FREE = 6.0
"""Pixels that stay free between the names of rows and words at the lower end."""

TALL = 14.0
"""Pixels that the letters of a line of words take."""

EDGES = (8.0, 2.0)
"""Pixels that words may stand out above the panel and below it, where the axis is."""


def is_whole(band: Band) -> bool:
    """Whether both ends of a band are known."""
    return math.isfinite(band.low) and math.isfinite(band.high)


def beside_columns(panel: Panel) -> Iterator[Parts]:
    """Place the words on the outer side of dots that stand in named columns or nowhere in particular."""
    for mark in _spoken(panel):
        outer = (
            {"xanchor": "right", "xshift": -BESIDE} if _first(mark, panel) else {"xanchor": "left", "xshift": BESIDE}
        )
        text = "<br>".join(escaped(line) for line in beside(mark))
        yield {"x": mark.x, "y": mark.y, **outer, "align": outer["xanchor"], "text": text}


def on_bands(panel: Panel, here: Frame) -> Iterator[Parts]:
    """Place the labels of lying bands at their right end: above the upper edge, or below it where words stand above."""
    taken = np.array([_outer_box(mark, panel, here) for mark in _spoken(panel)], dtype=float).reshape(-1, 4)
    for mark in panel.marks:
        if not (isinstance(mark, Band) and mark.along == "y" and mark.label and is_whole(mark)):
            continue
        # beside the one mark of a narrow panel there is room for a word, not for a line
        text = fitted(mark.label, 45 if len(panel.x.ticks) == 1 else 160)
        lines = text.split("<br>")
        y, high, left = here.down(mark.high), LINE * len(lines), here.width - max(map(len, lines)) * CHARACTER
        choices = {"bottom": (left, y - high, here.width, y), "top": (left, y, here.width, y + high)}
        anchor = min(choices, key=lambda name: _cost(choices[name], taken, here))
        taken = np.vstack([taken, choices[anchor]])
        yield {"x": 1, "xanchor": "right", "y": mark.high, "yanchor": anchor, "align": "right", "text": text}


def _spoken(panel: Panel) -> list[Point]:
    """The dots with words that have a place."""
    dots = [mark for mark in panel.marks if isinstance(mark, Point) and mark.text]
    return [mark for mark in dots if math.isfinite(mark.x) and math.isfinite(mark.y)]


def _first(mark: Point, panel: Panel) -> bool:
    """Whether a dot stands in the first of several named columns."""
    return len(panel.x.ticks) > 1 and mark.x == panel.x.ticks[0][0]


def _outer_box(mark: Point, panel: Panel, here: Frame) -> Box:
    """The box of the words beside a dot, with the dot."""
    lines = beside(mark)
    x, y, wide, high = here.across(mark.x), here.down(mark.y), max(map(len, lines)) * CHARACTER, LINE * len(lines)
    left, right = (BESIDE + wide, NEAR) if _first(mark, panel) else (NEAR, BESIDE + wide)
    return x - left, y - high / 2, x + right, y + high / 2


def beside_rows(panel: Panel, here: Frame) -> Iterator[Parts]:
    """Place the words of each dot above it; where they would hide a mark, below it or beyond its interval.

    >>> row = (Point(5, 0, "pre", text="5.0"), Point(5, 0.1, "person"))
    >>> from evalcore.figures.chart import Axis
    >>> panel = Panel(Axis("Score (points)"), Axis("", ticks=((0, "Before"),)), row)
    >>> [place["yanchor"] for place in beside_rows(panel, Frame((0, 10), (-1, 1), 300, 200))]
    ['top']
    """
    spoken = _spoken(panel)
    if not spoken:
        return
    taken = _taken(panel, here)
    for mark in spoken:
        choices = list(_choices(mark, panel, here))
        box, place = min(choices, key=lambda choice: _cost(choice[0], taken, here))
        taken = np.vstack([taken, box])
        yield {"x": mark.x, "y": mark.y, **place, "text": escaped(mark.text)}


def _choices(mark: Point, panel: Panel, here: Frame) -> Iterator[tuple[Box, Parts]]:
    """The boxes that the words could fill, the best first, and how plotly is told each."""
    wide = len(mark.text) * CHARACTER
    x, y = here.across(mark.x), here.down(mark.y)
    if x < wide / 2:
        left = max(x - NEAR, FREE)
        side = {"xanchor": "left", "xshift": left - x}
    elif x > here.width - wide / 2:
        left, side = x + NEAR - wide, {"xanchor": "right", "xshift": NEAR}
    else:
        left, side = x - wide / 2, {"xanchor": "center"}
    yield (left, y - NEAR - TALL, left + wide, y - NEAR), {**side, "yanchor": "bottom", "yshift": NEAR}
    yield (left, y + NEAR, left + wide, y + NEAR + TALL), {**side, "yanchor": "top", "yshift": -NEAR}
    ends = [m.high for m in panel.marks if isinstance(m, Interval) and m.along == "x" and m.at == mark.y]
    end = max([mark.x, *(high for high in ends if math.isfinite(high))])
    start = here.across(end) + NEAR
    if start + wide <= here.width:
        beyond = (start, y - TALL / 2, start + wide, y + TALL / 2)
        yield beyond, {"x": end, "xanchor": "left", "xshift": NEAR, "yanchor": "middle"}


def _cost(box: Box, taken: Boxes, here: Frame) -> int:
    """How many marks or words lie under a box; one more where it leaves the panel."""
    left, top, right, bottom = box
    under = (taken[:, 0] < right) & (taken[:, 2] > left) & (taken[:, 1] < bottom) & (taken[:, 3] > top)
    return int(np.count_nonzero(under)) + (top < -EDGES[0] or bottom > here.height + EDGES[1])


def _taken(panel: Panel, here: Frame) -> Boxes:
    """The rectangles that dots, lines and intervals fill; a slanted piece of a line counts with its whole box."""
    found: list[Box] = []
    for mark in panel.marks:
        match mark:
            case Point():
                found.append(_around((mark.x, mark.y), (mark.x, mark.y), 5.0, here))
            case Interval():
                ends = [(mark.low, mark.at), (mark.high, mark.at)]
                low, high = ends if mark.along == "x" else [(at, along) for along, at in ends]
                found.append(_around(low, high, 5.0, here))
            case Line():
                found += [_around(start, end, 1.0, here) for start, end in pairwise(mark.points)]
            case _:
                continue
    boxes: Boxes = np.array([box for box in found if all(map(math.isfinite, box))], dtype=float)
    return boxes.reshape(-1, 4)


def _around(one: tuple[float, float], other: tuple[float, float], edge: float, here: Frame) -> Box:
    """The pixels around two ends of a mark."""
    across = sorted((here.across(one[0]), here.across(other[0])))
    down = sorted((here.down(one[1]), here.down(other[1])))
    return across[0] - edge, down[0] - edge, across[1] + edge, down[1] + edge
