"""The chart of one number a person: the share at or below each value, the people as dots, the means with intervals."""

from __future__ import annotations

import math

import numpy as np

from evalcore.figures.chart import Axis, Chart, Interval, Line, Mark, Panel, Point
from evalcore.findings.people.dots import dots, dots_name, dots_words, lowest_place, name_place
from evalcore.findings.people.measured import CASELOAD, PILOT, Measured
from evalcore.findings.people.words import n_of_both
from evalcore.profile.spread import Spread
from evalcore.wording import interval, number, rounded

PLACES = {PILOT: -14.0, CASELOAD: -28.0}
"""Where the means stand, below the curves."""
NAMES = {PILOT: "Mean, pilot", CASELOAD: "Mean, caseload"}
MOST_STEPS = 98
"""A curve has at most so many steps, two points each."""
LEAST_FOR_A_CURVE = 100
"""Smallest caseload whose curve may leave: each twentieth of it is 5 people or more."""

_PER_CENT = tuple((float(at), f"{at} %") for at in (0, 25, 50, 75, 100))


def curves(found: Measured, *, outside: bool) -> Chart | None:
    """Curves and means; None where nothing is known of the pilot's people.

    `outside` leaves out the pilot's curve, each step of which is one person, draws the caseload's through every
    twentieth of its people, and rounds positions as the words are.
    """
    if not found.n:
        return None
    lines = _lines(found, outside=outside)
    sides = found.told_outside if outside else tuple(found.described)
    means = [mark for side in sides for mark in _mean(found, side, outside=outside)]
    people = [] if outside else [mark for side in sides for mark in dots(found, side)]
    dotted = tuple(
        (name_place(side), dots_name(found, side)) for side in sides if any(one.kind == side for one in people)
    )
    shown = tuple((PLACES[side], NAMES[side]) for side in sides)
    ticks = (*(_PER_CENT if lines else ()), *shown, *dotted)
    title = "People at or below (%)" if lines else ""
    low = lowest_place(people)
    panel = Panel(x=Axis(found.measure.axis), y=Axis(title, low, ticks=ticks), marks=(*lines, *means, *people))
    return Chart(
        panels=(panel,),
        n=_people(found),
        how_to_read=f"{_how_to_read(lines)} {dots_words(found, people)}".strip(),
        legend=((PILOT, "Pilot"), (CASELOAD, "Caseload")) if CASELOAD in sides else (),
        height=230 if people else 150 if lines else 60,
    )


def _people(found: Measured) -> str:
    beside = found.described[CASELOAD]["n"] if CASELOAD in found.described else math.nan
    return n_of_both(found.n, 0 if math.isnan(beside) else int(beside))


def _how_to_read(lines: list[Line]) -> str:
    means = "Each mark below is a mean, the bar through it its 95 % interval: the wider, the less is known."
    if not lines:
        return means.replace("mark below", "mark")
    read = "A curve shows how many people are at or below each value: the further right it is, the higher the values."
    steps = " Each step of the pilot's is one person or more." if any(line.kind == PILOT for line in lines) else ""
    return f"{read}{steps} {means}"


def _lines(found: Measured, *, outside: bool) -> list[Line]:
    lines = []
    caseload_key = found.keys.get(CASELOAD, "")
    if len(found.caseload) and not outside:
        lines.append(Line(_steps(found.caseload, *_ends(found)), CASELOAD, label="Caseload", group=caseload_key))
    if len(found.caseload) >= LEAST_FOR_A_CURVE and outside:
        lines.append(Line(_twentieths(found.caseload), CASELOAD, label="Caseload", group=caseload_key))
    if not outside:
        steps = _steps(found.values, *_ends(found))
        lines.append(Line(steps, PILOT, label="Pilot", group=found.keys[PILOT], individual=True))
    return lines


def _ends(found: Measured) -> tuple[float, float]:
    """The lowest and the highest value of both sides, to which each curve is drawn."""
    ends = [values for values in (found.values, found.caseload) if len(values)]
    return min(values.low for values in ends), max(values.high for values in ends)


def _steps(found: Spread, low: float, high: float) -> tuple[tuple[float, float], ...]:
    """The share of people at or below each value, in per cent, as a line of steps; thinned where there are many."""
    steps = np.arange(len(found.values))
    if len(steps) > MOST_STEPS:
        wanted = np.linspace(0, len(found) - 1, MOST_STEPS)
        steps = np.unique(np.searchsorted(found.up_to - 1, wanted))
    at, shares = found.values[steps].tolist(), (100 * found.up_to[steps] / len(found)).tolist()
    points = [(low, 0.0)]
    before = 0.0
    for value, share in zip(at, shares, strict=True):
        points += [(value, before), (value, share)]
        before = share
    return tuple(dict.fromkeys((*points, (high, 100.0))))


def _twentieths(values: Spread) -> tuple[tuple[float, float], ...]:
    shares = np.arange(0.05, 0.951, 0.05)
    return tuple(zip(values.quantiles(shares).round(1).tolist(), (100 * shares).round().tolist(), strict=True))


def _mean(found: Measured, side: str, *, outside: bool) -> list[Mark]:
    """One side's mean, with its interval where it has one."""
    row, key, place = found.described[side], found.keys.get(side, ""), PLACES[side]
    decimals = found.decimals(side)
    mean, low, high = row["mean"], row["ci_low"], row["ci_high"]
    if outside:
        mean, low, high = (rounded(value, decimals) if math.isfinite(value) else value for value in (mean, low, high))
    text = number(mean, decimals)
    people = "" if math.isnan(row["n"]) else f", n = {int(row['n']):,}"
    marks: list[Mark] = [Point(mean, place, side, f"{NAMES[side]}: {text}{people}", text, key)]
    if math.isfinite(low) and math.isfinite(high):
        words = f"95 % interval {interval(low, high, decimals)}"
        marks.insert(0, Interval(place, low, high, side, along="x", label=words, group=key))
    return marks
