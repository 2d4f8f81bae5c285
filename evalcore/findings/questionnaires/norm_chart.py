"""The chart of the means before and after beside a published mean, drawn as a line with a band of one SD each side."""

from __future__ import annotations

import math

from evalcore.columns import POST, PRE
from evalcore.figures.chart import Axis, Band, Chart, Interval, Mark, Panel, Point
from evalcore.findings.basis import Basis
from evalcore.findings.dots import N_BESIDE, n_by_wave
from evalcore.findings.questionnaires.answered import WHEN
from evalcore.findings.questionnaires.norm_people import Beside
from evalcore.instruments.instrument import Norm
from evalcore.wording import interval, number

_PLACES = {PRE: 1.0, POST: 0.0}
_SDS = 2.5
"""How many SDs of the norm the axis shows on each side: nearly everyone of that population."""
_MARGIN = 0.02
"""Share of the axis that is left free beyond an interval that reaches further."""


def norm_chart(basis: Basis, norm: Norm, people: Beside, *, outside: bool) -> Chart | None:
    """Means with intervals beside the norm; None where nobody may stand beside it. `outside` rounds every position."""
    kept = [wave for wave, n in people.n.items() if n]
    if not kept:
        return None
    marks: list[Mark] = []
    for wave in kept:
        marks += _mean(basis, wave, people, outside=outside)
    low, high = _limits(basis, norm, marks)
    bands = [Band(norm.mean, norm.mean, along="x", label=f"published mean {number(norm.mean, basis.decimals)}")]
    if norm.sd is not None:
        band = Band(max(norm.mean - norm.sd, low), min(norm.mean + norm.sd, high), along="x", label="± 1 SD")
        bands.insert(0, band)
    panel = Panel(
        x=Axis(f"Mean {basis.measure.short_name} ({basis.measure.unit})", low=low, high=high),
        y=Axis("", ticks=tuple((_PLACES[wave], WHEN[wave].capitalize()) for wave in kept)),
        marks=(*bands, *marks),
    )
    shade = "the shaded band one SD on each side of it: about two thirds of that population" if norm.sd else ""
    reading = (
        "Each mark is the mean of our people and the bar through it its 95 % interval. The line is the published mean"
    )
    return Chart(
        panels=(panel,),
        n=f"{basis.measure.short_name}, {people.who}: {_n(basis, norm, people, outside=outside)}",
        how_to_read=f"{reading}, {shade}." if shade else f"{reading}; its SD is not known, so no band is drawn.",
        height=40 + 30 * len(kept),
    )


def _n(basis: Basis, norm: Norm, people: Beside, *, outside: bool) -> str:
    """How many people before and after; outside not of a site nor of one sex, whose counts may be hidden."""
    return N_BESIDE if outside and (norm.sex or basis.site is not None) else n_by_wave(people.n)


def _mean(basis: Basis, wave: str, people: Beside, *, outside: bool) -> list[Mark]:
    row, key, n = people.described[wave], people.keys[wave], people.n[wave]
    mean, low, high = row["mean"], row["ci_low"], row["ci_high"]
    decimals = basis.outside_decimals(n) if outside else basis.decimals
    if outside:
        mean, low, high = (basis.rounded(value, n) if math.isfinite(value) else value for value in (mean, low, high))
    text = f"{number(mean, decimals)} (n = {n:,})"
    place = int(wave == POST)
    label = f"Mean {WHEN[wave]}: {number(mean, decimals)} {basis.measure.unit}, n = {n:,}"
    marks: list[Mark] = [Point(mean, _PLACES[wave], wave, label=label, text=text, group=key, row=place)]
    if math.isfinite(low) and math.isfinite(high):
        words = f"95 % interval {interval(low, high, decimals)}"
        marks.insert(0, Interval(_PLACES[wave], low, high, wave, along="x", label=words, group=key, row=place))
    return marks


def _limits(basis: Basis, norm: Norm, marks: list[Mark]) -> tuple[float, float]:
    """Most of the norm's population where its SD is known, else the whole scale: no axis makes a difference large.

    An interval of a few people reaches beyond the scale: it is drawn whole.
    """
    measure = basis.measure
    low, high = measure.low, measure.high
    if norm.sd is not None:
        low, high = max(norm.mean - _SDS * norm.sd, low), min(norm.mean + _SDS * norm.sd, high)
    ends: list[float] = []
    for mark in marks:
        ends += [mark.x] if isinstance(mark, Point) else [mark.low, mark.high] if isinstance(mark, Interval) else []
    margin = _MARGIN * (high - low)
    return (min(ends) - margin if min(ends) < low else low), (max(ends) + margin if max(ends) > high else high)
