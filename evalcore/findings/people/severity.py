"""How severe the needs are: none, a need or a severe need by section score, the pilot beside the caseload."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalcore.figures.chart import Axis, Chart, Mark, Panel
from evalcore.findings.finding import LEAST_FOR_A_MEAN, Column, Finding, Group, OutsideForm
from evalcore.findings.people.basis import (
    Mask,
    People,
    Pilot,
    files_of,
    no_case_file,
    source_of,
    with_context,
)
from evalcore.findings.people.compared import (
    LEGEND,
    beside_words,
    by_share,
    caseload_groups,
    caseload_mark,
    compared,
    compared_columns,
    compared_line,
    pilot_marks,
    published_note,
    share_words,
)
from evalcore.findings.people.mix import mix_caution
from evalcore.findings.people.need_forms import assessed_with
from evalcore.findings.people.need_rows import keys_of
from evalcore.findings.people.tables import frame_of
from evalcore.findings.people.words import LEAST_FOR_A_SHARE, per_cent
from evalcore.methods import definition
from evalcore.profile.need_severity import LEVELS, NOT_KNOWN, Levels, level_counts, need_levels
from evalcore.rules.needs import load_need_rules
from evalcore.wording import count, joined, lower_first

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
    rows = _rows(pilot, level_counts(people.caseload) if len(people.caseload) else {})
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
        groups={**with_context(pilot, _groups), **caseload_groups(rows)},
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
        notes=(*_missing(pilot, severe), *published_note(people), *people.taken_out),
        files=files_of(people),
        topic=f"Severe OASys needs: {pilot.where}",
    )


def _rows(pilot: Pilot, theirs: dict[str, Levels]) -> list[LevelRow]:
    rules = load_need_rules()
    found: list[LevelRow] = []
    for need, levels in need_levels(pilot.cases).items():
        known = levels != NOT_KNOWN
        other = theirs.get(need, np.zeros(len(LEVELS), dtype=np.int64))
        n = int(other.sum())
        for level, k in enumerate(other.tolist()):
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


def _nothing(pilot: Pilot) -> str:
    return _NOTHING.format(where=pilot.where) if pilot.n else no_case_file(pilot)


def _title(pilot: Pilot, severe: Sequence[LevelRow]) -> str:
    if not severe:
        return f"Severe OASys needs: not known for anybody in {pilot.where}"
    first = by_share(severe)[0]
    if not first.k:
        return f"No severe OASys need by score in {pilot.where}"
    return f"Most common severe need in {pilot.where}: {lower_first(first.label)} ({share_words(first)})"


def _sentence(pilot: Pilot, severe: Sequence[LevelRow]) -> str:
    told = [row for row in by_share(severe)[:_TOLD] if row.k]
    named = [f"{lower_first(row.label)} {share_words(row)}{beside_words(row)}" for row in told]
    alone = "" if compared(severe) else " There is no caseload with scores to compare with."
    if not named:
        return f"Nobody in {pilot.where} has a severe need by score.{alone}"
    return f"Severe by score in {pilot.where}: {joined(named)}.{alone}"


def _caution(pilot: Pilot, rows: Sequence[LevelRow], *, outside: bool) -> str:
    care = mix_caution(pilot, mixed=_MIXED, compared=compared(rows), named=not outside)
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
    return compared_line(row, need=row.label, level=_NAMES[LEVELS[row.level]])


def _columns(rows: Sequence[LevelRow]) -> tuple[Column, ...]:
    labels = (Column("need", "Need", "label"), Column("level", "Level", "label"))
    return (*labels, *compared_columns(rows, [row.keys for row in rows], "With a score", "People"))


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
    beside = compared(rows)
    read = "Each dot is the share of the pilot's people at that level, the bar its 95 % interval."
    return Chart(
        panels=panels,
        n=_people(severe),
        how_to_read=f"{read} The square below it is the caseload's share." if beside else read,
        legend=LEGEND if beside else (),
        height=44 + 19 * len(severe),
    )


def _people(severe: Sequence[LevelRow]) -> str:
    numbers = sorted({row.n for row in severe})
    n = count(numbers[0], "person", "people") if len(numbers) == 1 else f"{numbers[0]:,} to {numbers[-1]:,} people"
    return f"n = {n} with a score"


def _marks(row: LevelRow, place: float) -> Iterator[Mark]:
    level = _NAMES[LEVELS[row.level]].lower()
    yield from pilot_marks(row, place, f"{row.label}, {level}, pilot", per_cent(row.k / row.n))
    yield from caseload_mark(row, place - _BELOW, f"{row.label}, caseload", of=f", n = {row.caseload_n:,}")
