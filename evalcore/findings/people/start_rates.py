"""Who of the eligible started, by band of risk, and the trend over risk: what creaming would look like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from evalcore.columns import ELIGIBLE, OGRS, STARTED_ON
from evalcore.figures.chart import Axis, Chart, Interval, Mark, Panel, Point
from evalcore.findings.finding import Column, Finding, Group, OutsideForm
from evalcore.findings.people.basis import Mask, People, no_case_file
from evalcore.findings.people.reach_people import Reached, reach_files, reach_source, with_whole
from evalcore.findings.people.reach_words import about_bands, alike, odds_words
from evalcore.findings.people.tables import frame_of
from evalcore.findings.people.words import per_cent, per_cent_interval
from evalcore.methods import definition
from evalcore.outcomes.shares import wilson
from evalcore.profile.reach import STARTED
from evalcore.profile.reach_risk import Band, OddsTrend, start_trend
from evalcore.wording import count, joined

_CAUTION = (
    "A start rate that falls as risk rises is what creaming would look like. It does not show that anybody was chosen"
    " for it: people at higher risk are more often in custody or can not be reached. People of whom no score is known"
    " are not in it, and often those are the ones who never started."
)
_KNOWN = "eligible, OGRS known"
_UNSAID = "The numbers stand in the table as far as they may be shown."


def start_rates_finding(people: People, site: str | None = None) -> Finding:
    """The start rate in each band of OGRS, and its trend over OGRS.

    Parameters
    ----------
    people : People
    site : str, optional
        Only the people of one site.
    """
    found = Reached.of(people.pilot(site))
    pilot, known = found.pilot, _known(found)
    why_not = _why_not(found, known)
    bands = () if why_not else found.bands.bands
    trend = start_trend(found.ogrs[known], found.started[known])
    table = _table(found, known, bands)
    short = (
        f"not known for {pilot.where}" if why_not else _short(trend, int(found.started[known].sum()), int(known.sum()))
    )
    return Finding(
        id=pilot.finding_id("start-rates"),
        title=f"Starts by risk{'' if why_not else found.at_site}: {short}",
        sentence=why_not or _sentence(found, known, trend, table),
        caution="" if why_not else _CAUTION,
        chart=None if why_not else _chart(found, table, known),
        table=table,
        columns=_columns(bands),
        groups=with_whole(found, _groups(found), _groups(Reached.of(people.pilot()))),
        trail=None,
        source=reach_source(people),
        definition=definition(
            "started", "start_rate", "risk_band_of_reach", "start_trend", "creaming_and_parking", "wilson"
        ),
        outside=OutsideForm(
            name="without the trend",
            title=f"Starts by risk: {pilot.where}",
            sentence=why_not or _UNSAID,
            caution="" if why_not else _CAUTION,
            chart=None,
        ),
        by_site=pilot.by_site,
        notes=() if why_not else _notes(found, known),
        files=reach_files(people),
        topic=f"Starts by risk: {pilot.where}",
    )


def _known(found: Reached) -> Mask:
    """Who is eligible and has a score, where it is known who started."""
    starts = found.people[STARTED].notna().to_numpy(dtype=bool)
    return found.eligible & starts & np.isfinite(found.ogrs)


def _why_not(found: Reached, known: Mask) -> str:
    if not len(found.people):
        return no_case_file(found.pilot)
    missing = found.missing(ELIGIBLE, STARTED_ON, OGRS) if not known.any() else ""
    if missing and not found.people[STARTED].notna().any():
        return f"{missing} Without them there is no start rate by risk."
    if not known.any():
        return f"{missing} There is no start rate by risk.".strip()
    return f"There are no bands of risk: {found.kind.refused}" if found.kind.refused else ""


def _short(trend: OddsTrend, started: int, n: int) -> str:
    of = f"{started:,} of {count(n, 'eligible person', 'eligible people')} started"
    if trend.why_not:
        return f"{of}, no trend can be given"
    return f"{of}, " + alike(trend, "starts are rarer at higher risk", "starts are more common at higher risk")


def _sentence(found: Reached, known: Mask, trend: OddsTrend, table: pd.DataFrame) -> str:
    parts = [
        f"{int(k):,} of {int(n):,} at {band}"
        for band, n, k in zip(table["band"], table["n"], table["k"], strict=True)
        if n
    ]
    n = int(known.sum())
    first = f"Of {count(n, 'eligible person', 'eligible people')} with a score, started: {joined(parts)}."
    return f"{first} {odds_words(trend)}"


def _notes(found: Reached, known: Mask) -> tuple[str, ...]:
    missing = int((found.eligible & ~known).sum())
    unscored = f"{missing:,} of the eligible have no OGRS score and are left out." if missing else ""
    return tuple(note for note in (about_bands(found), unscored) if note)


def _table(found: Reached, known: Mask, bands: Sequence[Band]) -> pd.DataFrame:
    lines = []
    for band in bands:
        here = known & band.holds(found.ogrs)
        n, k = int(here.sum()), int((here & found.started).sum())
        line: dict[str, object] = {"band": band.label, "n": n, "k": k if n else None}
        if n:
            low, high = wilson(k, n)
            line |= {"share": 100 * k / n, "ci_low": 100 * low, "ci_high": 100 * high}
        lines.append(line)
    return frame_of(lines, [column.name for column in _columns(bands)], labels=("band",))


def _columns(bands: Sequence[Band]) -> tuple[Column, ...]:
    known = tuple((_KNOWN,) for _ in bands)
    here = tuple((_key(band),) for band in bands)
    in_band = tuple((_key(band), f"not {_key(band)}") for band in bands)
    starts = tuple((f"{_key(band)}, started", f"{_key(band)}, not started") for band in bands)
    return (
        Column("band", "OGRS", "label"),
        Column("n", "Eligible", "characteristic", groups=known, holders=in_band),
        Column("k", "Started", "characteristic", groups=here, holders=starts, follows="n"),
        Column("share", "Start rate (%)", "rate", 1, here, follows="k"),
        Column("ci_low", "95 % interval from (%)", "interval", 1, here, follows="share"),
        Column("ci_high", "to (%)", "interval", 1, here, follows="share"),
    )


def _key(band: Band) -> str:
    return f"eligible, OGRS {band.label}"


def _groups(found: Reached) -> Iterable[Group]:
    """Those eligible with a score, in each band and not, started and not."""
    known = _known(found)
    yield found.counted(_KNOWN, known)
    for band, category in zip(found.bands.bands, found.band_categories, strict=True):
        here = known & band.holds(found.ogrs)
        yield found.having(_key(band), here, *category)
        yield found.having(f"not {_key(band)}", known & ~here, *category, without=True)
        yield found.having(f"{_key(band)}, started", here & found.started, "start", "yes")
        yield found.having(f"{_key(band)}, not started", here & ~found.started, "start", "yes", without=True)


def _chart(found: Reached, table: pd.DataFrame, known: Mask) -> Chart:
    """A dot with its interval for each band, the lowest at the top."""
    marks: list[Mark] = []
    ticks = []
    for row, line in enumerate(table.to_dict("records")):
        place, n = float(len(table) - 1 - row), int(line["n"])
        ticks.append((place, f"{line['band']} (n = {n:,})"))
        if not n:
            continue
        share, low, high = line["share"] / 100, line["ci_low"] / 100, line["ci_high"] / 100
        label = f"{line['band']}: {int(line['k']):,} of {n:,} started ({per_cent(share)})"
        words = f"95 % interval {per_cent_interval(low, high)}"
        marks.append(Interval(place, 100 * low, 100 * high, "pilot", along="x", label=words, row=row))
        marks.append(Point(100 * share, place, "pilot", label=label, text=f"{int(line['k']):,} of {n:,}", row=row))
    panel = Panel(
        x=Axis("Started, of those eligible (%)", -4, 112),
        y=Axis(found.score_name, ticks=tuple(ticks)),
        marks=tuple(marks),
    )
    return Chart(
        panels=(panel,),
        n=f"n = {count(int(known.sum()), 'eligible person', 'eligible people')} with a score",
        how_to_read="Each dot is the share who started in a band of risk, the bar its 95 % interval.",
        height=40 + 20 * len(table),
    )
