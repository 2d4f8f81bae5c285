"""The chart of OGRS bands: a dot with its interval for each, the caseload's square below it."""

from __future__ import annotations

from evalcore.figures.chart import Axis, Chart, Interval, Mark, Panel, Point
from evalcore.findings.people.ogrs_band_rows import KNOWN, BandRow, Bands
from evalcore.findings.people.words import n_of_both, per_cent, per_cent_interval
from evalcore.outcomes.shares import wilson

_BELOW = 0.26
"""How far below the pilot's dot the caseload's stands, in rows."""


def band_chart(found: Bands) -> Chart | None:
    """The highest band on top; None where there are no bands."""
    if not found.rows:
        return None
    marks: list[Mark] = []
    for row, band in enumerate(found.rows):
        marks += _marks(found, band, row)
    ticks = tuple((float(row), band.label) for row, band in enumerate(found.rows))
    panel = Panel(x=Axis("Share of those with a score (%)", -4, 104), y=Axis("", ticks=ticks), marks=tuple(marks))
    read = "Each dot is the share of the pilot's people in a band, the bar its 95 % interval."
    beside = bool(found.caseload_n)
    return Chart(
        panels=(panel,),
        n=n_of_both(found.n, found.caseload_n),
        how_to_read=f"{read} The square below a dot is the caseload's share." if beside else read,
        legend=(("pilot", "Pilot"), ("caseload", "Caseload")) if beside else (),
        height=40 + 20 * len(found.rows),
    )


def _marks(found: Bands, band: BandRow, row: int) -> list[Mark]:
    share, place = band.count / band.n, float(row)
    low, high = wilson(band.count, band.n)
    words = f"{band.label}: {band.count:,} of {band.n:,} ({per_cent(share)})"
    marks: list[Mark] = [
        Interval(
            place,
            100 * low,
            100 * high,
            "pilot",
            along="x",
            label=f"95 % interval {per_cent_interval(low, high)}",
            group=KNOWN,
            row=row,
        ),
        Point(100 * share, place, "pilot", label=words, text=f"{band.count:,} of {band.n:,}", group=KNOWN, row=row),
    ]
    if found.caseload_n:
        beside = band.caseload / found.caseload_n
        label = f"{band.label} in the caseload: {per_cent(beside)}"
        marks.append(Point(100 * beside, place - _BELOW, "caseload", label=label, group=found.caseload_key, row=row))
    return marks
