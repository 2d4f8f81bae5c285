"""How severe the needs are: none, a need or a severe need by section score, the pilot beside the caseload."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalcore.figures.chart import Axis, Chart, Interval, Mark, Panel, Point
from evalcore.findings.finding import FIELDWORK, LEAST_FOR_A_MEAN, Column, Finding, Group, OutsideForm
from evalcore.findings.people.basis import (
    Mask,
    People,
    Pilot,
    caseload_group,
    files_of,
    no_case_file,
    source_of,
    with_context,
)
from evalcore.findings.people.mix import mix_caution
from evalcore.findings.people.need_forms import assessed_with
from evalcore.findings.people.need_rows import keys_of
from evalcore.findings.people.tables import frame_of
from evalcore.findings.people.words import LEAST_FOR_A_SHARE, per_cent, per_cent_interval
from evalcore.methods import definition
from evalcore.outcomes.shares import wilson
from evalcore.profile.need_severity import LEVELS, NOT_KNOWN, Levels, need_levels
from evalcore.rules.needs import load_need_rules
from evalcore.wording import joined, lower_first

_NAMES = {"none": "None", "need": "Need, not severe", "severe": "Severe need"}
_STATISTICS = ("need_severity", "need_threshold", "wilson", "pilot_out_of_caseload")
_NOTHING = "No section scores are known in {where}, so how severe a need is can not be told. Add section scores."
_UNSAID = "The shares stand in the table as far as they may be shown."
_MIXED = ("sex", "age", "risk")
_TOLD = 3
_BELOW = 0.3
_SEVERE = LEVELS.index("severe")


@dataclass(frozen=True, eq=False)
class LevelRow:
    """One level of one need: who of the pilot is at it, of those with a score, and how many of the caseload."""

    need: str
    label: str
    level: int
    row: int
    known: Mask
    has: Mask
    caseload_n: int
    caseload_k: int

    @property
    def n(self) -> int:
        """People of the pilot with a score."""
        return int(self.known.sum())

    @property
    def k(self) -> int:
        """Of them at this level."""
        return int(self.has.sum())

    @property
    def known_key(self) -> str:
        """Of those with a score."""
        return f"scored, {self.need}"

    @property
    def keys(self) -> tuple[str, str]:
        """Of those at this level, and of those at another."""
        name = f"{self.need}, {LEVELS[self.level]}"
        return name, f"not {name}"

    @property
    def measures(self) -> tuple[str, str]:
        """What the counts are held together with: none and any need with the counts of who has the need."""
        _, need, without = keys_of(self.need)
        own = {"none": (without, need), "severe": (f"severe {need}", f"no severe {need}")}
        first, second = own.get(LEVELS[self.level], (f"{need}, not severe", f"no {need}, or severe"))
        return f"having: {first}", f"having: {second}"

    @property
    def caseload_key(self) -> str:
        """Of the people of the caseload with a score; empty where there are none."""
        return f"caseload, scored, {self.need}" if self.caseload_n else ""

    @property
    def many(self) -> bool:
        """Whether its count may leave by itself under the default policy."""
        return self.n >= LEAST_FOR_A_SHARE and self.k >= LEAST_FOR_A_MEAN


def needs_severity_finding(people: People, site: str | None = None) -> Finding:
    """Of each scored need the people with none, with a need, and with a severe one, beside the caseload.

    Parameters
    ----------
    people : People
    site : str, optional
        Only the people of one site.
    """
    pilot = people.pilot(site)
    rows = _rows(pilot, need_levels(people.caseload) if len(people.caseload) else {})
    severe = [row for row in rows if row.level == _SEVERE]
    few = {row.need for row in rows if not row.many}
    told = [row for row in severe if row.need not in few]
    care = _caution(pilot, rows, outside=False) if rows else ""
    return Finding(
        id=pilot.finding_id("needs-severity"),
        title=_title(pilot, severe),
        sentence=_sentence(pilot, severe) if rows else _nothing(pilot),
        caution=care,
        chart=_chart(rows),
        table=_table(rows),
        columns=_columns(rows),
        groups={**with_context(pilot, _groups), **{one.key: one for one in _caseload_groups(rows)}},
        trail=None,
        source=source_of(people),
        definition=definition(*_STATISTICS),
        outside=OutsideForm(
            name="",
            title=_title(pilot, told) if told or not rows else f"Severe OASys needs: {pilot.where}",
            sentence=_sentence(pilot, told) if told else (_UNSAID if rows else _nothing(pilot)),
            caution=_caution(pilot, rows, outside=True) if rows else "",
            chart=_chart(rows),
            rests_on_rows=tuple(row.row for row in told),
        ),
        by_site=pilot.by_site,
        notes=(*_missing(pilot, severe), *people.taken_out),
        files=files_of(people),
        topic=f"Severe OASys needs: {pilot.where}",
    )


def _rows(pilot: Pilot, theirs: dict[str, Levels]) -> list[LevelRow]:
    rules = load_need_rules()
    found: list[LevelRow] = []
    for need, levels in need_levels(pilot.cases).items():
        known = levels != NOT_KNOWN
        other = np.bincount(theirs[need][theirs[need] != NOT_KNOWN], minlength=len(LEVELS)) if need in theirs else None
        for level in range(len(LEVELS)):
            n, k = (0, 0) if other is None else (int(other.sum()), int(other[level]))
            found.append(LevelRow(need, rules[need].label, level, len(found), known, levels == level, n, k))
    return found


def _groups(pilot: Pilot) -> Iterator[Group]:
    """Who has a score, and who is at each level; who has the need at all stands beside, as another finding counts it.

    With it the answer does not depend on which of the two leaves first.
    """
    for row in _rows(pilot, {}):
        if not row.level:
            yield pilot.counted(row.known_key, row.known)
            _, having, without = keys_of(row.need)
            has = pilot.needs[row.need].to_numpy(dtype=bool, na_value=False)
            yield pilot.having(having, has)
            yield pilot.having(without, pilot.needs[row.need].notna().to_numpy(dtype=bool) & ~has)
        for key, mask, measure in zip(row.keys, (row.has, row.known & ~row.has), row.measures, strict=True):
            yield pilot.having(key, mask, measure)


def _caseload_groups(rows: Sequence[LevelRow]) -> Iterator[Group]:
    for row in rows:
        if row.caseload_key:
            yield caseload_group(row.caseload_key, FIELDWORK, row.caseload_n)


def _nothing(pilot: Pilot) -> str:
    return _NOTHING.format(where=pilot.where) if pilot.n else no_case_file(pilot)


def _by_share(rows: Sequence[LevelRow]) -> list[LevelRow]:
    return sorted(rows, key=lambda row: (-row.k / row.n, row.row))


def _title(pilot: Pilot, severe: Sequence[LevelRow]) -> str:
    if not severe:
        return f"Severe OASys needs: not known for anybody in {pilot.where}"
    first = _by_share(severe)[0]
    if not first.k:
        return f"No severe OASys need by score in {pilot.where}"
    return f"Most common severe need in {pilot.where}: {lower_first(first.label)} ({_share(first)})"


def _sentence(pilot: Pilot, severe: Sequence[LevelRow]) -> str:
    named = [f"{lower_first(row.label)} {_share(row)}{_beside(row)}" for row in _by_share(severe)[:_TOLD] if row.k]
    alone = "" if any(row.caseload_n for row in severe) else " There is no caseload with scores to compare with."
    if not named:
        return f"Nobody in {pilot.where} has a severe need by score.{alone}"
    return f"Severe by score in {pilot.where}: {joined(named)}.{alone}"


def _share(row: LevelRow) -> str:
    return f"{row.k:,} of {row.n:,}" if row.n < LEAST_FOR_A_SHARE else f"{per_cent(row.k / row.n)} of {row.n:,}"


def _beside(row: LevelRow) -> str:
    return f" (in the caseload {per_cent(row.caseload_k / row.caseload_n)})" if row.caseload_n else ""


def _caution(pilot: Pilot, rows: Sequence[LevelRow], *, outside: bool) -> str:
    compared = any(row.caseload_n for row in rows)
    care = mix_caution(pilot, mixed=_MIXED, compared=compared, named=not outside)
    return f"{care} {assessed_with(pilot, outside=outside)}"


def _missing(pilot: Pilot, severe: Sequence[LevelRow]) -> tuple[str, ...]:
    """Who has no score: how severe their need is is not known."""
    few = [row for row in severe if row.n < pilot.n]
    words = [f"{row.label} {pilot.n - row.n:,}" for row in few]
    return (f"People without a score, whose need is not known to be severe or not: {joined(words)}.",) if few else ()


def _table(rows: Sequence[LevelRow]) -> pd.DataFrame:
    lines = [_line(row) for row in rows]
    return frame_of(lines, [column.name for column in _columns(rows)], labels=("need", "level"))


def _line(row: LevelRow) -> dict[str, object]:
    low, high = wilson(row.k, row.n)
    beside = {"caseload_n": row.caseload_n, "caseload_k": row.caseload_k} if row.caseload_n else {}
    share = {"caseload_share": 100 * row.caseload_k / row.caseload_n} if row.caseload_n else {}
    own = {"need": row.label, "level": _NAMES[LEVELS[row.level]], "n": row.n, "k": row.k, "share": 100 * row.k / row.n}
    return {**own, "ci_low": 100 * low, "ci_high": 100 * high, **beside, **share}


def _columns(rows: Sequence[LevelRow]) -> tuple[Column, ...]:
    known = tuple((row.known_key,) for row in rows)
    holders = tuple(row.keys for row in rows)
    beside = tuple((row.caseload_key,) if row.caseload_key else () for row in rows)
    return (
        Column("need", "Need", "label"),
        Column("level", "Level", "label"),
        Column("n", "With a score", "fieldwork", groups=known),
        Column("k", "People", "characteristic", groups=known, holders=holders),
        Column("share", "Share (%)", "rate", 1, known, follows="k"),
        Column("ci_low", "95 % interval from (%)", "interval", 1, known, follows="share"),
        Column("ci_high", "to (%)", "interval", 1, known, follows="share"),
        Column("caseload_n", "Caseload: with a score", "fieldwork", groups=beside),
        Column("caseload_k", "Caseload: people", "characteristic", groups=beside),
        Column("caseload_share", "Caseload: share (%)", "rate", 1, beside, follows="caseload_k"),
    )


def _chart(rows: Sequence[LevelRow]) -> Chart | None:
    """Two panels with a row a need: a need that is not severe, and a severe one."""
    severe = [row for row in rows if row.level == _SEVERE]
    if not severe:
        return None
    places = {row.need: float(len(severe) - 1 - at) for at, row in enumerate(severe)}
    alike = len({row.n for row in severe}) == 1
    ticks = tuple((places[row.need], row.label if alike else f"{row.label} (n = {row.n:,})") for row in severe)
    panels = tuple(
        Panel(
            x=Axis("Share of those with a score (%)", -4, 104),
            y=Axis("", ticks=ticks, visible=level != _SEVERE),
            marks=tuple(mark for row in rows if row.level == level for mark in _marks(row, places[row.need])),
            title=_NAMES[LEVELS[level]],
        )
        for level in range(1, len(LEVELS))
    )
    beside = any(row.caseload_n for row in rows)
    read = "Each dot is the share of the pilot's people at that level, the bar its 95 % interval."
    return Chart(
        panels=panels,
        n=_people(severe),
        how_to_read=f"{read} The square below it is the caseload's share." if beside else read,
        legend=(("pilot", "Pilot"), ("caseload", "Caseload")) if beside else (),
        height=44 + 19 * len(severe),
    )


def _people(severe: Sequence[LevelRow]) -> str:
    numbers = sorted({row.n for row in severe})
    return f"n = {numbers[0]:,}" if len(numbers) == 1 else f"n = {numbers[0]:,} to {numbers[-1]:,} with a score"


def _marks(row: LevelRow, place: float) -> Iterator[Mark]:
    share = row.k / row.n
    low, high = wilson(row.k, row.n)
    words = f"{row.label}, {_NAMES[LEVELS[row.level]].lower()}, pilot: {row.k:,} of {row.n:,} ({per_cent(share)})"
    between = f"95 % interval {per_cent_interval(low, high)}"
    group, at = row.known_key, row.row
    yield Interval(place, 100 * low, 100 * high, "pilot", along="x", label=between, group=group, row=at)
    yield Point(100 * share, place, "pilot", label=words, text=per_cent(share), group=group, row=at)
    if row.caseload_n:
        theirs = row.caseload_k / row.caseload_n
        words = f"{row.label}, caseload: {per_cent(theirs)}, n = {row.caseload_n:,}"
        yield Point(100 * theirs, place - _BELOW, "caseload", label=words, group=row.caseload_key, row=at)
