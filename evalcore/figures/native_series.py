"""The marks of a panel as series of numbers, which is what the charts of office programs are made of.

An interval is a short line with its two ends in cells, not an error bar: LibreOffice draws no error bar along x on a
slide, and an end that a reader can see and change is worth more than an amount. What has a missing number is left out.
Nothing here knows how a series is drawn.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from evalcore.figures.chart import Band, Bar, Chart, Interval, Line, Panel, Point, Ribbon

POINTS = "points"
INTERVALS = "intervals"
LINES = "lines"
EDGES = "edges"
BARS = "bars"
KEY = "key"
NAMES = "names"
ROWS = "rows"
WORDS = "words"

HELPERS = frozenset({EDGES, INTERVALS, NAMES, ROWS, WORDS})
"""What a reader never finds in a legend."""


@dataclass(frozen=True)
class Label:
    """Words at a point: `place` is left, right, above, below or center; no colour is that of the text."""

    words: str
    place: str = "right"
    colour: str = ""


@dataclass(frozen=True)
class Series:
    """One series of positions; None in both leaves a gap in a line.

    `along` is the axis along which intervals and bars run; `width` is that of a bar, in the unit of the other axis;
    `shared` says that it is an edge of something wider than a line; `of` are the forms that a legend's entry is for.
    """

    name: str
    kind: str
    form: str
    xs: tuple[float | None, ...]
    ys: tuple[float | None, ...]
    along: str = ""
    labels: tuple[Label | None, ...] = ()
    width: float = 0.0
    shared: bool = False
    of: frozenset[str] = frozenset()


def series_of(panel: Panel, names: Mapping[str, str]) -> tuple[Series, ...]:
    """Return the series of a panel without bands, which need to know where the axes end.

    Parameters
    ----------
    panel : Panel
        What to read.
    names : mapping of str to str
        The words for a kind, from the chart's legend.

    >>> from evalcore.figures.chart import Axis
    >>> marks = (Interval(at=0, low=1, high=4, kind="change", along="x"), Point(2, 0, "change"))
    >>> [(one.form, one.xs) for one in series_of(Panel(Axis("Change"), Axis(""), marks), {})]
    [('intervals', (1, 4)), ('points', (2,))]
    """
    marks = panel.marks
    bars = _bars([m for m in marks if isinstance(m, Bar) and _known(m.at, m.start, m.end)], names)
    ribbons = _ribbons([m for m in marks if isinstance(m, Ribbon)], names)
    lines = _lines([m for m in marks if isinstance(m, Line)], names)
    intervals = _intervals([m for m in marks if isinstance(m, Interval) and _known(m.at, m.low, m.high)], names)
    points = _points([m for m in marks if isinstance(m, Point) and _known(m.x, m.y)], names)
    return (*bars, *ribbons, *lines, *intervals, *points)


def kind_name(kind: str, names: Mapping[str, str], *labels: str) -> str:
    """The words for a series: the legend's, else those of its only mark, else the kind itself.

    >>> kind_name("pre", {}), kind_name("pre", {"pre": "Before"}), kind_name("answer_low_1", {})
    ('pre', 'Before', 'answer low 1')
    """
    given = {label for label in labels if label}
    return names.get(kind) or (given.pop() if len(given) == 1 else kind.replace("_", " "))


def band_series(panel: Panel, x: tuple[float, float], y: tuple[float, float]) -> Iterator[Series]:
    """The edges of bands and the reference lines, from one end of the panel to the other.

    >>> from evalcore.figures.chart import Axis
    >>> [band.xs for band in band_series(Panel(Axis(""), Axis(""), (Band(1, 2, "x"),)), (0, 3), (0, 1))]
    [(1, 1), (2, 2)]
    """
    for mark in panel.marks:
        if not (isinstance(mark, Band) and _known(mark.low, mark.high)):
            continue
        across, limits = (y, x) if mark.along == "x" else (x, y)
        for at in dict.fromkeys((mark.low, mark.high)):
            if not limits[0] <= at <= limits[1]:
                continue
            xs, ys = ((at, at), across) if mark.along == "x" else (across, (at, at))
            name = mark.label or "reference"
            yield Series(name, mark.kind, EDGES, xs, ys, shared=mark.low != mark.high)


def legend_names(chart: Chart) -> dict[str, str]:
    """The words for each kind in the legend.

    >>> legend_names(Chart((), "", "", (("pre", "Before"),)))
    {'pre': 'Before'}
    """
    return dict(chart.legend)


def _known(*values: float) -> bool:
    return all(map(math.isfinite, values))


def _points(marks: list[Point], names: Mapping[str, str]) -> Iterator[Series]:
    """The dots of one kind, with their words."""
    for kind in dict.fromkeys(mark.kind for mark in marks):
        mine = [mark for mark in marks if mark.kind == kind]
        labels = tuple(Label(mark.text) if mark.text else None for mark in mine)
        xs, ys = tuple(mark.x for mark in mine), tuple(mark.y for mark in mine)
        yield Series(kind_name(kind, names), kind, POINTS, xs, ys, labels=labels)


def _intervals(marks: list[Interval], names: Mapping[str, str]) -> Iterator[Series]:
    """The intervals of one kind and direction, from the lower end of each to the upper."""
    for kind, along in dict.fromkeys((mark.kind, mark.along) for mark in marks):
        mine = [mark for mark in marks if (mark.kind, mark.along) == (kind, along)]
        runs = (_ends(along, mark.at, mark.low, mark.high) for mark in mine)
        yield replace(gapped(f"{kind_name(kind, names)}, interval", kind, INTERVALS, runs), along=along)


def _ends(along: str, at: float, low: float, high: float) -> tuple[tuple[float, float], ...]:
    return ((low, at), (high, at)) if along == "x" else ((at, low), (at, high))


def _lines(marks: list[Line], names: Mapping[str, str]) -> Iterator[Series]:
    """Lines of one kind as one series, with a gap between two lines."""
    for kind in dict.fromkeys(mark.kind for mark in marks):
        mine = [mark for mark in marks if mark.kind == kind]
        name = kind_name(kind, names, *(mark.label for mark in mine))
        yield gapped(name, kind, LINES, (mark.points for mark in mine))


def _ribbons(marks: list[Ribbon], names: Mapping[str, str]) -> Iterator[Series]:
    """The lower and the upper edge of each kind's ribbons."""
    for kind in dict.fromkeys(mark.kind for mark in marks):
        mine = [mark for mark in marks if mark.kind == kind]
        name = next((mark.label for mark in mine if mark.label), kind_name(kind, names))
        for side, words in ((1, "lower end"), (2, "upper end")):
            runs = ([(p[0], p[side] if _known(*p) else math.nan) for p in mark.points] for mark in mine)
            yield replace(gapped(f"{name}, {words}", kind, EDGES, runs), shared=True)


def gapped(name: str, kind: str, form: str, runs: Iterable[Iterable[tuple[float, float]]]) -> Series:
    """Return runs of points one after the other, with a gap between them and where a number is missing.

    >>> gapped("Lines", "pre", LINES, [[(0, 1), (1, 2)], [(0, 3)]]).xs
    (0, 1, None, 0)
    """
    xs: list[float | None] = []
    ys: list[float | None] = []
    for run in runs:
        for x, y in chain(run, [(math.nan, math.nan)]):
            known = _known(x, y)
            if known or (xs and xs[-1] is not None):
                xs.append(x if known else None)
                ys.append(y if known else None)
    while xs and xs[-1] is None:
        xs.pop(), ys.pop()
    return Series(name, kind, form, tuple(xs), tuple(ys))


def _bars(marks: list[Bar], names: Mapping[str, str]) -> Iterator[Series]:
    """The bars of one kind, direction and width: from where each begins to its end."""
    groups: dict[tuple[str, str, float], list[Bar]] = {}
    for mark in marks:
        groups.setdefault((mark.kind, mark.along, mark.width), []).append(mark)
    for (kind, along, width), mine in groups.items():
        runs = (_ends(along, bar.at, bar.start, bar.end) for bar in mine)
        yield replace(gapped(kind_name(kind, names), kind, BARS, runs), along=along, width=width)
