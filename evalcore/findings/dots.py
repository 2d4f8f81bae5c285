"""The chart and the table columns that summary and groups share: each group's mean as a dot with its interval."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from evalcore.columns import ALL_POST, ALL_PRE, MATCHED_POST, MATCHED_PRE, POST, POST_ONLY, PRE, PRE_ONLY
from evalcore.figures.chart import Axis, Chart, Interval, Mark, Panel, Point
from evalcore.findings.basis import Basis
from evalcore.findings.finding import Column
from evalcore.wording import count, number

_WHEN = {PRE: "before", POST: "after"}

ROWS: Mapping[str, str] = {
    ALL_PRE: "All, before",
    ALL_POST: "All, after",
    MATCHED_PRE: "Matched, before",
    MATCHED_POST: "Matched, after",
    PRE_ONLY: "Before only",
    POST_ONLY: "After only",
}
"""The groups of before and after, as a reader finds them in a table or beside a dot."""

N_BESIDE = "n beside each mark"
"""Written in place of n where the line could give back a count that is hidden: a mark goes together with its own."""

N_IN_TABLE = "how many stands in the table, as far as it may be shown"
"""The same where the marks are counts themselves."""


def n_by_wave(people: Mapping[str, int]) -> str:
    """Write how many people a chart of both waves rests on; a wave at which there is nobody is left out.

    Parameters
    ----------
    people : mapping of str to int
        People by wave, `pre` first.

    Examples
    --------
    >>> n_by_wave({"pre": 18, "post": 12}), n_by_wave({"pre": 1_200, "post": 0})
    ('n = 18 before, 12 after', 'n = 1,200 before')
    """
    return f"n = {', '.join(f'{n:,} {_WHEN[wave]}' for wave, n in people.items() if n)}"


def dots(basis: Basis, keys: Sequence[str], *, outside: bool) -> Chart | None:
    """Mean and interval of each group that somebody is in; None where nobody is in any.

    `outside` rounds every position as the words are rounded, since a picture can be measured.
    """
    kept = [key for key in keys if basis.described[key]["n"] > 0]
    if not kept:
        return None
    marks: list[Mark] = []
    for place, key in enumerate(reversed(kept)):
        marks += _dot(basis, key, place, outside=outside)
    ticks = tuple((float(place), ROWS[key]) for place, key in enumerate(reversed(kept)))
    panel = Panel(
        x=Axis(f"Mean {basis.measure.short_name} ({basis.measure.unit})"), y=Axis("", ticks=ticks), marks=tuple(marks)
    )
    people = {wave: int(basis.described[key]["n"]) for wave, key in ((PRE, ALL_PRE), (POST, ALL_POST))}
    pairs = count(basis.change.n_pairs, "matched pair", "matched pairs")
    return Chart(
        panels=(panel,),
        n=f"{basis.topic}: {n_by_wave(people)}, {pairs}",
        how_to_read=(
            "Each mark is a group's mean score; the bar through it is its 95 % interval: the wider, the less is known."
            " Matched people are part of all people."
        ),
        height=30 + 22 * len(kept),
    )


def _dot(basis: Basis, key: str, place: int, *, outside: bool) -> list[Mark]:
    row = basis.described[key]
    n, mean, low, high = int(row["n"]), float(row["mean"]), float(row["ci_low"]), float(row["ci_high"])
    decimals = basis.outside_decimals(n) if outside else basis.decimals
    if outside:
        mean, low, high = (basis.rounded(value, n) if math.isfinite(value) else value for value in (mean, low, high))
    kind = POST if key in (ALL_POST, MATCHED_POST, POST_ONLY) else PRE
    label = f"{ROWS[key]}: mean {number(mean, decimals)} {basis.measure.unit}, n = {n:,}"
    text = f"{number(mean, decimals)} (n = {n:,})"
    marks: list[Mark] = [Point(mean, float(place), kind, label=label, text=text, group=key)]
    if math.isfinite(low) and math.isfinite(high):
        words = f"95 % interval {number(low, decimals)} to {number(high, decimals)}"
        marks.insert(0, Interval(float(place), low, high, kind, along="x", label=words, group=key))
    return marks


def mean_columns(decimals: int, groups: tuple[tuple[str, ...], ...]) -> tuple[Column, ...]:
    """Columns n, mean, SD and interval of a table with one row a group."""
    return (
        Column("n", "People", "fieldwork", groups=groups),
        Column("mean", "Mean", "mean", decimals, groups),
        Column("sd", "SD", "sd", decimals, groups),
        Column("ci_low", "95 % interval from", "interval", decimals, groups),
        Column("ci_high", "to", "interval", decimals, groups),
    )
