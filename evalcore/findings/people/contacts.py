"""Contacts attended of those offered, by band of risk, and the trend over risk: what parking would look like."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from evalcore.columns import OGRS
from evalcore.figures.chart import Axis, Chart, Interval, Mark, Panel, Point
from evalcore.findings.alike import with_alike
from evalcore.findings.finding import Column, Finding, Group, OutsideForm
from evalcore.findings.people.basis import Mask, People, no_case_file
from evalcore.findings.people.measured import describe_values
from evalcore.findings.people.reach_people import Reached, reach_files, reach_source, with_whole
from evalcore.findings.people.reach_words import about_bands, alike, slope_words
from evalcore.findings.people.tables import frame_of
from evalcore.methods import definition
from evalcore.profile.reach import ATTENDED, OFFERED
from evalcore.profile.reach_risk import Band, Trend, contacts_trend
from evalcore.wording import count, interval, number

MEASURE = "contacts attended"
_COUNTED = "contacts known"
_CAUTION = (
    "Attended contacts that fall as risk rises are what parking would look like. They do not show that anybody was left"
    " aside: whoever is at higher risk moves more often, is more often in custody, and keeps fewer appointments in any"
    " service. How many contacts a person was offered is itself decided by the service."
)
_EVERYBODY = "Everybody"
_NUMBERS = ("mean", "ci_low", "ci_high", "median")


def contacts_finding(people: People, site: str | None = None) -> Finding:
    """The share of contacts attended in each band of OGRS, each person counting once, and its trend over OGRS.

    Parameters
    ----------
    people : People
    site : str, optional
        Only the people of one site.
    """
    found = Reached.of(people.pilot(site))
    pilot, known = found.pilot, np.isfinite(found.attended)
    why_not = _why_not(found, known)
    scored = known & np.isfinite(found.ogrs)
    bands = found.bands.bands if not why_not and scored.any() and not found.kind.refused else ()
    trend = contacts_trend(found.ogrs[scored], found.attended[scored])
    table = _table(found, known, bands) if not why_not else frame_of([], _names(), labels=("band",))
    title = _unknown(found) if why_not else _title(found, known, trend, bands)
    finding = Finding(
        id=pilot.finding_id("contacts"),
        title=title,
        sentence=why_not or _sentence(found, table, trend, bands),
        caution="" if why_not else _CAUTION,
        chart=None if why_not else _chart(table, int(known.sum())),
        table=table,
        columns=_columns(bands, len(table)),
        groups=with_whole(found, _groups(found), _groups(Reached.of(people.pilot()))),
        trail=None,
        source=reach_source(people),
        definition=definition("contacts_attended", "contacts_trend", "risk_band_of_reach", "creaming_and_parking"),
        outside=OutsideForm(
            name="everybody together, without bands of risk",
            title=f"Contacts attended: {pilot.where}" if not why_not else title,
            sentence=why_not or "The mean stands in the table as far as it may be shown.",
            caution="" if why_not else _CAUTION,
            chart=None,
            table=table.iloc[:1],
            columns=_columns((), len(table.iloc[:1])),
        ),
        by_site=pilot.by_site,
        notes=() if why_not else _notes(found, known, bands),
        files=reach_files(people),
        topic=f"Contacts attended: {pilot.where}",
    )
    return with_alike(finding, {MEASURE: [_of_everybody(people)]})


def _of_everybody(people: People) -> dict[str, float]:
    """Each person's share, of all sites."""
    found = Reached.of(people.pilot())
    known = np.isfinite(found.attended)
    return dict(zip(found.names[known].tolist(), found.attended[known].tolist(), strict=True))


def _unknown(found: Reached) -> str:
    return f"Contacts attended: not known for {found.pilot.where}"


def _why_not(found: Reached, known: Mask) -> str:
    if not len(found.people):
        return no_case_file(found.pilot)
    if known.any():
        return ""
    missing = found.missing(OFFERED, ATTENDED)
    return missing or "Nobody has both a number of contacts offered, above 0, and a number attended."


def _title(found: Reached, known: Mask, trend: Trend, bands: Sequence[Band]) -> str:
    share = number(100 * float(found.attended[known].mean()), 0)
    mean = f"Contacts attended{found.at_site}: {share} % of those offered"
    if not bands or trend.why_not:
        return mean
    return f"{mean}, {alike(trend, 'fewer at higher risk', 'more at higher risk')}"


def _sentence(found: Reached, table: pd.DataFrame, trend: Trend, bands: Sequence[Band]) -> str:
    first = table.iloc[0]
    n = int(first["n"])
    ends = "" if math.isnan(first["ci_low"]) else f", 95 % interval {interval(first['ci_low'], first['ci_high'], 1)}"
    who = f"{count(n, 'person', 'people')} attended {number(first['mean'], 1)} % of the contacts offered to each"
    mean = f"On average {who} (n = {n:,}{ends})."
    if found.kind.refused:
        return f"{mean} There are no bands of risk: {found.kind.refused}"
    if not bands:
        return f"{mean} {found.missing(OGRS) or 'Nobody of them has an OGRS score.'}"
    return f"{mean} {slope_words(trend)}"


def _notes(found: Reached, known: Mask, bands: Sequence[Band]) -> tuple[str, ...]:
    unknown = int((found.started & ~known).sum())
    notes = [about_bands(found)] if bands else []
    if unknown:
        notes.append(f"Contacts are not known, or cannot be right, for {unknown:,} of those who started.")
    unscored = int((known & ~np.isfinite(found.ogrs)).sum())
    if bands and unscored:
        notes.append(f"{unscored:,} without an OGRS score stand in no band.")
    return tuple(notes)


def _table(found: Reached, known: Mask, bands: Sequence[Band]) -> pd.DataFrame:
    """Everybody, then each band; shares in per cent."""
    masks = [(_EVERYBODY, known), *((band.label, known & band.holds(found.ogrs)) for band in bands)]
    lines: list[dict[str, object]] = []
    for label, mask in masks:
        described = describe_values(np.sort(100 * found.attended[mask]), 0)
        described |= {name: _within(described[name]) for name in ("ci_low", "ci_high")}
        lines.append({"band": label, "n": int(mask.sum()), **{name: described[name] for name in _NUMBERS}})
    return frame_of(lines, _names(), labels=("band",))


def _within(end: float) -> float:
    """An end of an interval, which for a handful of people would reach beyond what a share can be."""
    return end if math.isnan(end) else min(100.0, max(0.0, end))


def _names() -> list[str]:
    return ["band", "n", *_NUMBERS]


def _columns(bands: Sequence[Band], rows: int) -> tuple[Column, ...]:
    keys = [MEASURE, *(_key(band) for band in bands)][:rows]
    of = tuple((key,) for key in keys)
    return (
        Column("band", "OGRS", "label"),
        Column("n", "People", "fieldwork", groups=((_COUNTED,), *of[1:])[:rows]),
        Column("mean", "Mean share attended (%)", "mean", 1, of),
        Column("ci_low", "95 % interval from (%)", "interval", 1, of),
        Column("ci_high", "to (%)", "interval", 1, of),
        Column("median", "Median (%)", "quartile", 1, of),
    )


def _key(band: Band) -> str:
    return f"{MEASURE}, OGRS {band.label}"


def _groups(found: Reached) -> Iterable[Group]:
    """Those whose contacts are known, and those of each band."""
    known, where = np.isfinite(found.attended), found.pilot.where
    yield found.counted(_COUNTED, known)
    yield Group(MEASURE, f"{where}: contacts known", MEASURE, found.those(known))
    for band in found.bands.bands:
        yield Group(_key(band), f"{where}: {_key(band)}", MEASURE, found.those(known & band.holds(found.ogrs)))


def _chart(table: pd.DataFrame, n: int) -> Chart:
    """A dot with its interval for everybody and for each band."""
    marks: list[Mark] = []
    ticks = []
    for row, line in enumerate(table.to_dict("records")):
        place = float(len(table) - 1 - row)
        ticks.append((place, f"{line['band']} (n = {int(line['n']):,})"))
        if not line["n"]:
            continue
        text = f"{number(line['mean'], 0)} %"
        if math.isfinite(line["ci_low"]):
            words = f"95 % interval {interval(line['ci_low'], line['ci_high'], 1)}"
            ends = line["ci_low"], line["ci_high"]
            marks.append(Interval(place, *ends, "pilot", along="x", label=words, row=row))
        marks.append(Point(line["mean"], place, "pilot", label=f"{line['band']}: {text}", text=text, row=row))
    panel = Panel(
        x=Axis("Contacts attended of those offered, mean of people (%)", -4, 104),
        y=Axis("", ticks=tuple(ticks)),
        marks=tuple(marks),
    )
    return Chart(
        panels=(panel,),
        n=f"n = {count(n, 'person', 'people')} whose contacts are known",
        how_to_read="Each dot is the mean share of contacts attended, the bar its 95 % interval.",
        height=40 + 20 * len(table),
    )
