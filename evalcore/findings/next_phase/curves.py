"""Power drawn against the number of pairs, people or clusters: the curve, not only the point."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evalcore.figures.chart import Axis, Band, Chart, Interval, Line, Mark, Panel, Point
from evalcore.findings.next_phase.choices import percent

Values = npt.NDArray[np.float64]
ADVISED, ASIDE = "change", "aside"
"""How the advised curve is drawn, and one that stands beside it: whole and dotted."""
_POINTS = 80
_WIDEST, _NARROWEST = 4, 1.6
"""The axis reaches at most and at least so many times as far as the advice, so that its curve keeps enough room."""


@dataclass(frozen=True, eq=False)
class Curve:
    """One line: how it is drawn, what it is called, its power, where that is reached, and what it rests on."""

    kind: str
    label: str
    power_of: Callable[[Values], Values]
    reached_at: int
    group: str = ""
    row: int | None = None


@dataclass(frozen=True)
class Range:
    """From how few to how many are needed over a range: drawn as a bar where it fits."""

    low: int
    high: int
    label: str
    group: str = ""
    row: int | None = None


def power_chart(
    curves: Sequence[Curve],
    *,
    advice: int,
    power: float,
    counted: str,
    n: str,
    how_to_read: str,
    spread: Range | None = None,
) -> Chart:
    """Draw the curves to the wanted power and beyond.

    Parameters
    ----------
    curves : sequence of Curve
        At least one.
    advice : int
        The advised number.
    power : float
        The wanted power.
    counted : str
        Title of the axis along which the number runs.
    n, how_to_read : str
        As `Chart` takes them.
    spread : Range, optional
    """
    ends = [curve.reached_at for curve in curves] + ([] if spread is None else [spread.high])
    last = math.ceil(max(min(1.1 * max(ends), _WIDEST * advice), _NARROWEST * advice, 6.0))
    grid = np.unique(np.round(np.linspace(2, last, _POINTS)))
    marks: list[Mark] = [Band(100 * power, 100 * power, along="y", label=f"{percent(power)} power")]
    marks += [_line(curve, grid) for curve in curves]
    if spread is not None and spread.high <= last:
        low, high = float(spread.low), float(spread.high)
        bar = Interval(100 * power, low, high, "reference", "x", spread.label, spread.group, row=spread.row)
        marks.append(bar)
    marks += [_reached(curve, power) for curve in curves if curve.reached_at <= last]
    panel = Panel(
        x=Axis(counted, low=0.0, high=float(last)), y=Axis("Power (%)", low=0.0, high=104.0), marks=tuple(marks)
    )
    legend = tuple((curve.kind, _named(curve)) for curve in curves)
    return Chart(panels=(panel,), n=n, how_to_read=how_to_read, legend=legend, height=130)


def _line(curve: Curve, grid: Values) -> Line:
    heights = 100 * curve.power_of(grid)
    points = tuple(zip(grid.tolist(), heights.tolist(), strict=True))
    return Line(points, curve.kind, curve.label, curve.group, row=curve.row)


def _reached(curve: Curve, power: float) -> Point:
    at = float(curve.reached_at)
    height = float(100 * curve.power_of(np.array([at]))[0])
    label = f"{_named(curve)} for {percent(power)} power"
    return Point(at, height, curve.kind, label, group=curve.group, row=curve.row)


def _named(curve: Curve) -> str:
    """What a curve is called, with the number at which it reaches the power: beside its dot a line would cross it."""
    return f"{curve.label}: {curve.reached_at:,}"
