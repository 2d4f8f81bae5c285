"""The chart of like for like: per need the caseload as it is, re-weighted to the pilot's mix, and what was observed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evalcore.figures.chart import Axis, Chart, Interval, Mark, Panel, Point
from evalcore.findings.people.like_rows import LikeRow
from evalcore.findings.people.words import per_cent, per_cent_interval

_APART = 0.26
"""How far the three marks of a need stand from each other, in rows."""
_WEIGHTED = "step"
"""Drawn as a filled square: the caseload as it is is an open one, and colour alone would not tell them apart."""
_LEGEND = (
    ("pilot", "Pilot, observed"),
    (_WEIGHTED, "Caseload, re-weighted to the pilot's mix"),
    ("caseload", "Caseload as it is"),
)


def like_chart(rows: Sequence[LikeRow]) -> Chart | None:
    """Three marks a need, one row each from the top in the order given; None where nobody is matched."""
    shown = [row for row in rows if row.found.n_like]
    if not shown:
        return None
    places = {row.need: float(len(shown) - 1 - at) for at, row in enumerate(shown)}
    numbers = sorted({row.found.n_like for row in shown})
    alike = len(numbers) == 1
    names = {row.need: row.label if alike else f"{row.label} (n = {row.found.n_like:,})" for row in shown}
    panel = Panel(
        x=Axis("People with the need, of those assessed (%)", -4, 104),
        y=Axis("", ticks=tuple((places[row.need], names[row.need]) for row in shown)),
        marks=tuple(mark for row in shown for mark in _marks(row, places[row.need])),
    )
    n = f"{numbers[0]:,}" if alike else f"{numbers[0]:,} to {numbers[-1]:,}"
    return Chart(
        panels=(panel,),
        n=f"n = {n} people of the pilot with people like them in the caseload",
        how_to_read="Compare the dot with the filled square: people of the pilot, and as many people like them in the"
        " caseload; the bar is the 95 % range of what chance alone gives. From the open square to the filled one is"
        " what the mix accounts for.",
        legend=_LEGEND,
        height=44 + 27 * len(shown),
    )


def _marks(row: LikeRow, place: float) -> Iterator[Mark]:
    found, keys, at = row.found, row.keys, row.row
    low, high = found.low / found.n_like, found.high / found.n_like
    share = per_cent(row.observed_rate)
    words = f"{row.label}, observed: {found.observed:,.0f} of {found.n_like:,} ({share})"
    above = place + _APART
    yield Point(100 * row.observed_rate, above, "pilot", label=words, text=share, group=keys.having[0], row=at)
    between = f"95 % range {per_cent_interval(low, high)}"
    yield Interval(place, 100 * low, 100 * high, _WEIGHTED, along="x", label=between, group=keys.expected, row=at)
    words = f"{row.label}, re-weighted: {found.expected:,.1f} expected ({per_cent(row.expected_rate)})"
    yield Point(100 * row.expected_rate, place, _WEIGHTED, label=words, group=keys.expected, row=at)
    words = f"{row.label}, caseload as it is: {per_cent(row.caseload_rate)}, n = {row.caseload_n:,}"
    yield Point(100 * row.caseload_rate, place - _APART, "caseload", label=words, group=row.caseload_key, row=at)
