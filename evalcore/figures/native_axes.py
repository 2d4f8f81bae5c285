"""Axes of a native chart: limits that are multiples of the unit, as office programs count ticks from the lower end."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from evalcore.figures.chart import Axis

_NICE = (1.0, 2.0, 2.5, 5.0, 10.0)
_EXACT = (5, 10, 2, 1, 20, 4, 7, 8, 14, 6, 3)
_MOST = 8
_FEWEST = 4
_SLACK = 0.06
"""Room at an end that may go, as a share of the axis: the screen leaves it for the symbols."""

_TINY = 1e-9


@dataclass(frozen=True)
class Scale:
    """The limits of an axis, the step of its ticks, and how they are written; no step where positions are named."""

    low: float
    high: float
    unit: float | None = None
    number_format: str = "General"

    def holds(self, value: float) -> bool:
        """Whether `value` lies on the axis."""
        room = _TINY * max(abs(self.low), abs(self.high), 1.0)
        return self.low - room <= value <= self.high + room


def scale(axis: Axis, limits: tuple[float, float], marks: Iterable[float], room: float) -> Scale:
    """Return the axis for `limits`.

    Parameters
    ----------
    axis : Axis
        What the chart asks for; an axis with named positions keeps its limits.
    limits : (float, float)
        The limits that the screen would use.
    marks : iterable of float
        The positions that must stay on the axis.
    room : float
        How many labels there is room for.

    >>> scale(Axis("Share (%)", -4, 104), (-4, 104), (0, 100), 6)
    Scale(low=0.0, high=100.0, unit=20.0, number_format='General')
    >>> scale(Axis("SWEMWBS (points)", 7, 35), (7, 35), (20.5,), 6)
    Scale(low=7, high=35, unit=7.0, number_format='General')
    """
    low, high = limits
    if axis.ticks:
        return Scale(low, high)
    if not high > low:
        low, high = low - 1.0, low + 1.0
    most = max(min(room, 6.0), 2.0)
    if _whole(axis) and (unit := _exact(low, high, most)):
        return Scale(low, high, unit)
    found = [value for value in marks if math.isfinite(value)]
    unit = _nice((high - low) / most)
    slack = _SLACK * (high - low)
    bottom, top = (round_(_tidy(end / unit)) * unit for end, round_ in ((low, math.ceil), (high, math.floor)))
    if bottom > min(found, default=low) or bottom - low > slack:
        bottom = math.floor(_tidy(low / unit)) * unit
    if top < max(found, default=high) or high - top > slack:
        top = math.ceil(_tidy(high / unit)) * unit
    return Scale(_tidy(bottom), _tidy(top), _tidy(unit))


def counted(axis: Axis, limits: tuple[float, float]) -> Scale:
    """Return the axis of numbers whose ticks the chart has placed itself, such as people to both sides of zero.

    >>> counted(Axis("People", -3.5, 4.5, ((-2.0, "2"), (0.0, "0"), (2.0, "2"), (4.0, "4"))), (-3.5, 4.5))
    Scale(low=-4.0, high=6.0, unit=2.0, number_format='#,##0;#,##0')
    """
    places = sorted(at for at, _ in axis.ticks)
    steps = [after - before for before, after in pairwise(places) if after > before]
    unit = min(steps, default=max(abs(limits[0]), abs(limits[1]), 1.0))
    low, high = math.floor(limits[0] / unit + _TINY) * unit, math.ceil(limits[1] / unit - _TINY) * unit
    unsigned = any(at < 0 and "-" not in name and "\u2212" not in name for at, name in axis.ticks)
    return Scale(_tidy(low), _tidy(high), _tidy(unit), "#,##0;#,##0" if unsigned else "General")


def _whole(axis: Axis) -> bool:
    """Whether both ends are given as whole numbers, which is the range of a questionnaire."""
    ends = (axis.low, axis.high)
    return all(end is not None and end >= 0 and end == int(end) for end in ends)


def _exact(low: float, high: float, most: float) -> float | None:
    """A step that both ends are counted from."""
    spans = [(step, (high - low) / step) for step in _EXACT]
    good = (
        step for step, count in spans if count == int(count) and min(_FEWEST, most) <= count <= min(_MOST, most + 1)
    )
    # 7, 14, 21 rather than 7, 11, 15
    return next(map(float, sorted(good, key=lambda step: low % step != 0)), None)


def _nice(least: float) -> float:
    """The smallest round step that is not less than `least`."""
    power = 10.0 ** math.floor(math.log10(least))
    return next((nice * power for nice in _NICE if nice * power >= least * (1 - _TINY)), 10 * power)


def _tidy(value: float) -> float:
    """`value` without the dust of binary fractions."""
    return float(f"{value:.12g}")
