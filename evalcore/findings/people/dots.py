"""The people of a group as dots: one by one where they are few, else twenty that stand for a twentieth each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from evalcore.figures.chart import Point
from evalcore.findings.people.measured import CASELOAD, PILOT, Measured
from evalcore.profile.caseload import Values
from evalcore.profile.spread import Spread
from evalcore.wording import number

TWENTIETHS = 20
MOST_ONE_BY_ONE = 60
"""Up to so many people of the pilot each is a dot."""
BASES = {PILOT: -62.0, CASELOAD: -96.0}
"""Where the lowest dots of a side stand, below the means."""

_MIDDLES = (np.arange(TWENTIETHS) + 0.5) / TWENTIETHS
_ROOM, _STEP, _BINS = 24.0, 5.5, 24
_NAMES = {PILOT: "Pilot", CASELOAD: "Caseload"}


def dots(found: Measured, side: str) -> list[Point]:
    """The dots of one side, those that would lie upon each other stacked; none where no value is known.

    A dot that is one person never leaves.
    """
    values = _of(found, side)
    one_by_one = _one_by_one(found, side)
    at = values.one_by_one() if one_by_one or not len(values) else values.quantiles(_MIDDLES)
    heights = _stacked(at, _width(found))
    group, decimals = found.keys.get(side, ""), found.measure.fewer
    what = "one person" if one_by_one else "a twentieth of the people"
    return [
        Point(
            float(value),
            BASES[side] + height,
            side,
            label=f"{_NAMES[side]}, {what}: {number(float(value), decimals)}",
            group=group,
            individual=one_by_one,
        )
        for value, height in zip(at, heights, strict=True)
    ]


def dots_name(found: Measured, side: str) -> str:
    """What stands beside the dots of one side."""
    return f"{'People' if _one_by_one(found, side) else 'Twentieths'}, {side}"


def name_place(side: str) -> float:
    """Where that stands."""
    return BASES[side] + _STEP


def lowest_place(people: Sequence[Point]) -> float | None:
    """Where the chart ends below; None where there are no dots."""
    return min(point.y for point in people) - _STEP if people else None


def dots_words(found: Measured, people: Sequence[Point]) -> str:
    """How the dots are read."""
    singly = any(point.individual for point in people)
    shared = any(not point.individual for point in people)
    words = ["Each dot of the pilot is one person."] if singly else []
    words += [f"{'Each dot of the caseload' if singly else 'Each dot'} is a twentieth of the people."] if shared else []
    return " ".join(words)


def _of(found: Measured, side: str) -> Spread:
    return found.values if side == PILOT else found.caseload


def _one_by_one(found: Measured, side: str) -> bool:
    return side == PILOT and found.n <= MOST_ONE_BY_ONE


def _width(found: Measured) -> float:
    """How near two dots may stand without being stacked: a part of the range of all values."""
    ends = [values for values in (found.values, found.caseload) if len(values)]
    low, high = min(values.low for values in ends), max(values.high for values in ends)
    return max(high - low, 1.0) / _BINS


def _stacked(at: Values, width: float) -> list[float]:
    """How high above its base each dot stands, from the lowest value on."""
    places: list[int] = []
    start = -np.inf
    for value in at:
        if value - start < width:
            places.append(places[-1] + 1)
        else:
            start = value
            places.append(0)
    tallest = max(places, default=0)
    step = min(_STEP, _ROOM / tallest) if tallest else _STEP
    return [place * step for place in places]
