"""The pilot's people by band of their OGRS, beside the caseload's shares: for scores for two years only."""

from __future__ import annotations

import math

import pandas as pd

from evalcore.findings.finding import Column, Finding
from evalcore.findings.people.basis import People
from evalcore.findings.people.mix import mix_caution
from evalcore.findings.people.ogrs_band_chart import band_chart
from evalcore.findings.people.ogrs_band_rows import KNOWN, BandRow, Bands
from evalcore.findings.people.ogrs_by_score import Told
from evalcore.findings.people.tables import frame_of
from evalcore.findings.people.words import LEAST_FOR_A_SHARE, per_cent
from evalcore.methods import cited
from evalcore.outcomes.shares import wilson
from evalcore.wording import joined

_MIXED = ("sex", "age")


def ogrs_bands_finding(people: People, site: str | None = None, choice: str | None = None) -> Finding:
    """People by band, with the caseload's shares; a sentence that says why where there are no bands.

    Parameters
    ----------
    people : People
    site : str, optional
        Only the people of one site.
    choice : str, optional
        Which score: `ogrs_choice.FILE` or one of `ogrs_scored.KINDS`; None for the default.
    """
    found = Bands.of(people, site, choice)
    told = Told(
        title=_title(found),
        sentence=_sentence(found),
        caution=_caution(found, named=True),
        outside=_caution(found, named=False),
        chart=band_chart(found),
        table=_table(found),
        columns=_columns(found),
        statistics=("ogrs_bands", "wilson"),
        rests_on=(KNOWN,) if found.rows else (),
        notes=(*found.used.scores.notes, *found.used.people.taken_out),
        topic="OGRS bands",
        source=_source(found),
    )
    return found.finding("ogrs_bands", told)


def _source(found: Bands) -> str:
    return "" if found.kind is None or not found.rows else f" Bands: {cited(found.kind.scale.bands_source)}."


def _caution(found: Bands, *, named: bool) -> str:
    if not found.rows:
        return ""
    return mix_caution(found.pilot, mixed=_MIXED, compared=bool(found.caseload_n), named=named)


def _title(found: Bands) -> str:
    if not found.rows:
        return f"OGRS bands: none can be given for {found.pilot.where}"
    high = found.rows[-2:]
    count, names = sum(row.count for row in high), joined([row.band.label.lower() for row in high], "or")
    whole = f"{count} of {found.n} people in {found.pilot.where} are in the bands {names} of {found.name}"
    if not found.caseload_n:
        return whole
    return f"{whole}; in the caseload {per_cent(sum(row.caseload for row in high) / found.caseload_n)} are"


def _sentence(found: Bands) -> str:
    if not found.rows:
        return found.refused
    words = [f"{row.count}{_share(row)} {row.band.label.lower()}" for row in found.rows]
    first = f"By band of {found.name}, of {found.n} people in {found.pilot.where}: {joined(words)}."
    if not found.caseload_n:
        return f"{first} {found.values.refused or ''}".strip()
    shares = [f"{per_cent(row.caseload / found.caseload_n)} {row.band.label.lower()}" for row in found.rows]
    return f"{first} Of {found.caseload_n:,} people in the caseload: {joined(shares)}."


def _share(row: BandRow) -> str:
    return f" ({per_cent(row.count / row.n)})" if row.n >= LEAST_FOR_A_SHARE else ""


def _table(found: Bands) -> pd.DataFrame:
    rows = []
    for row in found.rows:
        low, high = wilson(row.count, row.n)
        caseload = row.caseload if found.caseload_n else math.nan
        rows.append(
            {
                "band": row.band.label,
                "range": row.band.range,
                "known": row.n,
                "people": row.count,
                "share": 100 * row.count / row.n,
                "ci_low": 100 * low,
                "ci_high": 100 * high,
                "caseload_people": caseload,
                "caseload_share": 100 * caseload / found.caseload_n if found.caseload_n else math.nan,
            }
        )
    return frame_of(rows, [column.name for column in _columns(found)], labels=("band", "range"))


def _columns(found: Bands) -> tuple[Column, ...]:
    known = ((KNOWN,),) * len(found.rows)
    holders = tuple(row.keys for row in found.rows)
    beside = ((found.caseload_key,) if found.caseload_n else (),) * len(found.rows)
    return (
        Column("band", "Band", "label"),
        Column("range", "Scores", "label"),
        Column("known", "Scored", "fieldwork", groups=known),
        Column("people", "People", "characteristic", groups=known, holders=holders),
        Column("share", "Share (%)", "rate", 1, known, follows="people"),
        Column("ci_low", "95 % interval from (%)", "interval", 1, known, follows="share"),
        Column("ci_high", "to (%)", "interval", 1, known, follows="share"),
        Column("caseload_people", "Caseload: people", "characteristic", groups=beside),
        Column("caseload_share", "Caseload: share (%)", "rate", 1, beside, follows="caseload_people"),
    )
