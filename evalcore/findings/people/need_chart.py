"""The chart of the needs: the pilot's share of each with its interval, and the caseload's."""

from __future__ import annotations

import math
from collections.abc import Sequence

from evalcore.figures.chart import Axis, Chart, Interval, Mark, Panel, Point
from evalcore.findings.people.need_rows import NeedRow
from evalcore.findings.people.words import per_cent, per_cent_interval
from evalcore.outcomes.shares import wilson

_BELOW = 0.3
"""How far below the pilot's dot the caseload's stands, in rows."""


def need_chart(rows: Sequence[NeedRow], n_people: int) -> Chart | None:
    """Dots with intervals, one row a need from the top in the order given; None where nobody is assessed."""
    shown = [row for row in rows if row.n]
    if not shown:
        return None
    places = {row.need: float(len(shown) - 1 - at) for at, row in enumerate(shown)}
    alike = len({row.n for row in shown}) == 1
    names = {row.need: row.label if alike else f"{row.label} (n = {row.n:,})" for row in shown}
    beside = any(math.isfinite(row.caseload_rate) for row in shown)
    panel = Panel(
        x=Axis("People with the need, of those assessed (%)", -4, 104),
        y=Axis("", ticks=tuple((places[row.need], names[row.need]) for row in shown)),
        marks=tuple(mark for row in shown for mark in _marks(row, places[row.need])),
    )
    read = "Each dot is the share of the pilot's people with a need, the bar its 95 % interval."
    return Chart(
        panels=(panel,),
        n=_people(shown, n_people),
        how_to_read=f"{read} The square below it is the caseload's share." if beside else read,
        legend=(("pilot", "Pilot"), ("caseload", "Caseload")) if beside else (),
        height=40 + 19 * len(shown),
    )


def _people(shown: Sequence[NeedRow], n_people: int) -> str:
    numbers = sorted({row.n for row in shown})
    n = f"{numbers[0]:,}" if len(numbers) == 1 else f"{numbers[0]:,} to {numbers[-1]:,}"
    return f"n = {n} assessed, of {n_people:,} people"


def _marks(row: NeedRow, place: float) -> list[Mark]:
    share, group = per_cent(row.rate), row.keys[0]
    words = f"{row.label}, pilot: {row.k:,} of {row.n:,} ({share})"
    interval = f"95 % interval {per_cent_interval(row.ci_low, row.ci_high)}"
    low, high = 100 * row.ci_low, 100 * row.ci_high
    marks: list[Mark] = [
        Interval(place, low, high, "pilot", along="x", label=interval, group=group, row=row.row),
        Point(100 * row.rate, place, "pilot", label=words, text=share, group=group, row=row.row),
    ]
    if math.isfinite(row.caseload_rate):
        of = f", n = {int(row.caseload_n):,}" if row.caseload_n > 0 else ""
        label = f"{row.label}, caseload: {per_cent(row.caseload_rate)}{of}"
        key = row.caseload_key
        at = place - _BELOW
        marks.append(Point(100 * row.caseload_rate, at, "caseload", label=label, group=key, row=row.row))
        if row.caseload_n > 0:
            ends = wilson(int(row.caseload_k), int(row.caseload_n))
            words = f"95 % interval {per_cent_interval(*ends)}"
            low, high = (100 * end for end in ends)
            marks.append(Interval(at, low, high, "caseload", along="x", label=words, group=key, row=row.row))
    return marks
