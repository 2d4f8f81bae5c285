"""Before against after with the lines beyond which a change is more than error; and, outside, the counts as bars."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping

from evalcore.columns import MATCHED_PRE, POST, PRE
from evalcore.figures.chart import Axis, Bar, Chart, Line, Mark, Panel, Point
from evalcore.findings.basis import Basis
from evalcore.findings.dots import N_IN_TABLE
from evalcore.outcomes.reliable import ReliableChange
from evalcore.outcomes.reliable_methods import Line as Expected
from evalcore.wording import count, number

_ROOM = 1.15
"""Beyond the scores the axes reach a little further than the lines lie apart."""


def scatter(basis: Basis, found: ReliableChange, beyond: str) -> Chart | None:
    """Two scores of each person as a mark, the line of no change, and the two lines beyond which is more than error."""
    if found.line is None or not found.n_pairs:
        return None
    measure = basis.measure
    low, high = _limits(basis, found.line)
    lines: list[Mark] = [_drawn(1.0, 0.0, low, high, "reference", "No change")]
    for side, where in ((found.line.margin, "Above"), (-found.line.margin, "Below")):
        label = f"{where} this line: {beyond}"
        lines.append(_drawn(found.line.slope, found.line.shift + side, low, high, "aside", label))
    panel = Panel(
        x=Axis(f"{measure.short_name} before ({measure.unit})", low=low, high=high),
        y=Axis(f"{measure.short_name} after ({measure.unit})", low=low, high=high),
        marks=(*(line for line in lines if isinstance(line, Line) and line.points), *_people(basis)),
    )
    return Chart(
        panels=(panel,),
        n=f"{basis.topic}: n = {count(found.n_pairs, 'matched pair', 'matched pairs')}",
        how_to_read=(
            "Each ring is one person, or several with the same two scores: the score before from left to right, the"
            " score after upwards. On the dashed line nothing changed."
            f" Beyond the two dotted lines, above or below, lies what is {beyond}."
        ),
        legend=(
            ("person", "one person, or several with the same scores"),
            ("reference", "no change"),
            ("aside", f"beyond: {beyond}"),
        ),
        height=170,
    )


def _limits(basis: Basis, line: Expected) -> tuple[float, float]:
    """The same for both axes: around the scores, wide enough for the lines, and never beyond the scale."""
    scores = basis.pairs.matched[[PRE, POST]].to_numpy(dtype=float)
    room = min(line.margin * _ROOM, (basis.measure.high - basis.measure.low) / 4)
    low, high = math.floor(float(scores.min()) - room), math.ceil(float(scores.max()) + room)
    return max(basis.measure.low, low), min(basis.measure.high, high)


def _drawn(slope: float, shift: float, low: float, high: float, kind: str, label: str) -> Line:
    """A line as far as it lies inside the axes; without points where it does not."""
    start, end = low, high
    if slope > 0:
        start, end = max(low, (low - shift) / slope), min(high, (high - shift) / slope)
    elif not low <= shift <= high:
        end = start
    ends = ((start, slope * start + shift), (end, slope * end + shift)) if start < end else ()
    return Line(ends, kind, label=label)


def _people(basis: Basis) -> list[Mark]:
    """One mark for all who share both scores."""
    decimals, matched = basis.measure.decimals, basis.pairs.matched
    places = Counter(zip(matched[PRE].tolist(), matched[POST].tolist(), strict=True))
    return [
        Point(
            before,
            after,
            "person",
            label=f"{number(before, decimals)} before, {number(after, decimals)} after"
            + (f": {n:,} people" if n > 1 else ""),
            group=MATCHED_PRE,
            individual=True,
        )
        for (before, after), n in sorted(places.items())
    ]


def counts_chart(basis: Basis, labels: Mapping[str, str], n: Mapping[str, int]) -> Chart:
    """A bar for each count, in the order of the table's rows."""
    places = {key: (row, float(len(labels) - 1 - row)) for row, key in enumerate(labels)}
    bars = tuple(
        Bar(
            at, 0.0, float(n[key]), "change", label=f"{labels[key]}: {n[key]:,}", text=f"{n[key]:,}", group=key, row=row
        )
        for key, (row, at) in places.items()
    )
    ticks = tuple((at, labels[key]) for key, (_, at) in places.items())
    total = f"n = {count(sum(n.values()), 'matched pair', 'matched pairs')}" if basis.site is None else N_IN_TABLE
    return Chart(
        panels=(Panel(x=Axis("People", low=0.0), y=Axis("", ticks=ticks), marks=bars),),
        n=f"{basis.topic}: {total}",
        how_to_read="Each bar is a number of people with a score before and after.",
        height=90,
    )
