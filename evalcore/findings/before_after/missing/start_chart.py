"""The chart of the start: a row for everyone and for each group, with the difference and its interval."""

from __future__ import annotations

from collections.abc import Sequence

from evalcore.figures.chart import Axis, Band, Chart, Interval, Mark, Panel, Point
from evalcore.findings.basis import Basis
from evalcore.findings.before_after.missing.start_rows import StartRow
from evalcore.wording import count, interval, number


def start_chart(basis: Basis, rows: Sequence[StartRow], *, outside: bool) -> Chart | None:
    """The rows that have an interval, everyone on top; None where none has."""
    drawn = [(row, of) for row, of in enumerate(rows) if of.drawn]
    if not drawn:
        return None
    marks: list[Mark] = [Band(0.0, 0.0, along="x", label="no difference")]
    ticks = []
    for line, (row, of) in enumerate(drawn):
        place = float(len(drawn) - 1 - line)
        marks += _difference(basis, of, row, place, outside=outside)
        ticks.append((place, of.name))
    panel = Panel(
        x=Axis(f"Difference in {basis.measure.short_name} before, stayed minus left ({basis.measure.unit})"),
        y=Axis("", ticks=tuple(reversed(ticks))),
        marks=tuple(marks),
    )
    stayed, left = rows[0].sizes
    return Chart(
        panels=(panel,),
        n=f"{basis.topic}: {count(stayed, 'person', 'people')} stayed, {left:,} left",
        how_to_read=(
            "Each mark is how much higher those who stayed scored before than those who left, and the bar through it"
            " its 95 % interval; beside it how many stayed and how many left. Right of the line those who stayed began"
            " higher, left of it lower. The rows overlap, so that they are not so many results."
        ),
        height=45 + 28 * len(drawn),
    )


def _difference(basis: Basis, row: StartRow, at: int, place: float, *, outside: bool) -> list[Mark]:
    stayed, left = row.sizes
    smaller = min(stayed, left)
    values = [row.numbers[name] for name in ("difference", "ci_low", "ci_high")]
    decimals = basis.outside_decimals(smaller) if outside else basis.decimals
    if outside:
        values = [basis.rounded(value, smaller) for value in values]
    difference, low, high = values
    group = row.keys[0] if stayed == smaller else row.keys[1]
    # Groups whose rows never leave are not described; outside every mark names the smaller of its two.
    group = group if outside else ""
    text = f"{number(difference, decimals, signed=True)} ({stayed:,} stayed, {left:,} left)"
    words = f"95 % interval {interval(low, high, decimals)}"
    return [
        Interval(place, low, high, "change", along="x", label=words, group=group, row=at),
        Point(difference, place, "change", label=f"{row.name}: {text}", text=text, group=group, row=at),
    ]
