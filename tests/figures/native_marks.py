"""What a native chart must show of a panel, worked out from its marks alone."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from evalcore.figures.chart import Bar, Chart, Interval, Line, Panel, Point
from tests.figures.native_xml import tidy

Positions = Counter[tuple[float, float]]


def expected(chart: Chart, panel: Panel) -> dict[str, Positions]:
    """The positions of dots, lines and intervals by the name of their series."""
    words = dict(chart.legend)
    found: dict[str, Positions] = {}
    for mark in panel.marks:
        if isinstance(mark, Point | Interval):
            name = words.get(mark.kind) or mark.kind.replace("_", " ")
            name = f"{name}, interval" if isinstance(mark, Interval) else name
            found.setdefault(name, Counter()).update(_known(_ends(mark)))
        elif isinstance(mark, Line):
            name = words.get(mark.kind) or mark.label or mark.kind.replace("_", " ")
            found.setdefault(name, Counter()).update(_known(mark.points))
    return found


def _known(points: Iterable[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    return ((tidy(x), tidy(y)) for x, y in points if math.isfinite(x) and math.isfinite(y))


def _ends(mark: Point | Interval) -> Iterator[tuple[float, float]]:
    if isinstance(mark, Point):
        yield mark.x, mark.y
    elif math.isfinite(mark.low) and math.isfinite(mark.high):
        for end in (mark.low, mark.high):
            yield (end, mark.at) if mark.along == "x" else (mark.at, end)


def lengths(chart: Chart, panel: Panel) -> dict[str, list[float]]:
    """The lengths of bars by the name of their kind, those across zero as two parts, the shortest first."""
    words = dict(chart.legend)
    found: dict[str, list[float]] = {}
    for bar in panel.marks:
        if isinstance(bar, Bar):
            ends = sorted((bar.start, bar.end))
            cuts = [ends[0], *([0.0] if ends[0] < 0 < ends[1] else []), ends[1]]
            name = words.get(bar.kind) or bar.kind.replace("_", " ")
            found.setdefault(name, []).extend(b - a for a, b in pairwise(cuts))
    return {name: sorted(values) for name, values in found.items()}
