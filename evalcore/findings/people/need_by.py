"""The needs of the pilot's people by sex or by site: each group's share with its interval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalcore.columns import FEMALE, MALE, SEX, SITE
from evalcore.errors import UnknownNameError
from evalcore.figures.chart import Axis, Chart, Interval, Mark, Panel, Point
from evalcore.findings.finding import LEAST_FOR_A_MEAN, Column, Finding, Group, OutsideForm, having_measure
from evalcore.findings.people.basis import Mask, People, Pilot, files_of, no_case_file, source_of, with_context
from evalcore.findings.people.need_forms import assessed_with
from evalcore.findings.people.need_rows import keys_of
from evalcore.findings.people.tables import frame_of
from evalcore.findings.people.words import LEAST_FOR_A_SHARE, per_cent, per_cent_interval
from evalcore.methods import definition
from evalcore.outcomes.shares import wilson
from evalcore.rules.needs import load_need_rules
from evalcore.wording import joined, lower_first

BY = {SEX: "sex", SITE: "site"}
"""What needs can be shown by, in words."""

_WORDS = {(SEX, MALE): "Men", (SEX, FEMALE): "Women"}
_STATISTICS = ("needs_by_group", "wilson", "need_threshold", "need_unknown")
_NOTHING = "It is not known of anybody in {where} both what the {by} is and whether there is a need."
_UNSAID = "The shares stand in the table as far as they may be shown."
_NOT_AT_A_SITE = "Needs by group are not given outside for one site."
_PANELS = 4
"""So many groups stand side by side in the chart; the table holds them all."""
_CARE = "Groups are small and were not made by chance: their shares describe these people and test nothing."


@dataclass(frozen=True, eq=False)
class ByRow:
    """One need in one group."""

    by: str
    need: str
    label: str
    value: str
    row: int
    known: Mask
    here: Mask
    has: Mask

    @property
    def group(self) -> str:
        """The group in words: "Men", "Site 1"."""
        return _WORDS.get((self.by, self.value), self.value)

    @property
    def n(self) -> int:
        """People of the group assessed on the need."""
        return int(self.here.sum())

    @property
    def k(self) -> int:
        """Of them with it."""
        return int((self.here & self.has).sum())

    @property
    def share(self) -> float:
        """With the need, 0 to 1."""
        return self.k / self.n

    @property
    def known_key(self) -> str:
        """Of all who are assessed on the need and whose group is known."""
        return f"assessed, {self.need}, {self.by} known"

    @property
    def here_keys(self) -> tuple[str, str]:
        """Of those of the group, and of those of another."""
        return f"{self.need}, {self.by}, {self.value}", f"{self.need}, {self.by}, not {self.value}"

    @property
    def having_keys(self) -> tuple[str, str]:
        """Of those of the group with the need, and without."""
        return tuple(f"{self.by}, {self.value}: {key}" for key in keys_of(self.need)[1:])  # type: ignore[return-value]

    @property
    def may_leave(self) -> bool:
        """Whether words about it may leave under the default policy."""
        return self.n >= LEAST_FOR_A_SHARE and LEAST_FOR_A_MEAN <= self.k <= self.n - LEAST_FOR_A_MEAN


def needs_by_finding(people: People, site: str | None = None, by: str = SEX) -> Finding:
    """The share of people with each need, group by group.

    Parameters
    ----------
    people : People
    site : str, optional
        Only the people of one site; nothing of it is then given outside.
    by : str
        `sex` or `site`.

    Raises
    ------
    UnknownNameError
        If `by` is neither.
    """
    if by not in BY:
        raise UnknownNameError(f"Needs can not be shown by that. What they can be shown by: {joined(list(BY), 'or')}.")
    pilot = people.pilot(site)
    rows = _rows(pilot, by)
    return Finding(
        id=pilot.finding_id("needs-by" if by == SEX else f"needs-by-{by}"),
        title=_title(pilot, by, rows),
        sentence=_sentence(pilot, by, rows),
        caution=f"{_CARE} {assessed_with(pilot)}" if rows else "",
        chart=_chart(rows),
        table=_table(rows),
        columns=_columns(rows),
        groups=with_context(pilot, lambda one: _groups(one, by)),
        trail=None,
        source=source_of(people),
        definition=definition(*_STATISTICS),
        outside=_outside(pilot, by, rows),
        by_site=pilot.by_site,
        notes=people.taken_out,
        files=files_of(people),
        topic=f"OASys needs by {BY[by]}: {pilot.where}",
    )


def _rows(pilot: Pilot, by: str) -> list[ByRow]:
    """Each need in each group that anybody assessed on it belongs to."""
    rules, needs, values = load_need_rules(), pilot.needs, pilot.column(by)
    words = values.astype(str).to_numpy(dtype=object)
    stated = values.notna().to_numpy(dtype=bool)
    fixed = [value for value in (MALE, FEMALE) if by == SEX]
    groups = [*fixed, *sorted(set(words[stated].tolist()).difference(fixed))]
    found: list[ByRow] = []
    for need in map(str, needs):
        known = stated & needs[need].notna().to_numpy(dtype=bool)
        has = needs[need].to_numpy(dtype=bool, na_value=False)
        for value in groups:
            here = known & np.asarray(words == value, dtype=bool)
            if here.any():
                found.append(ByRow(by, need, rules[need].label, value, len(found), known, here, has))
    return found


def _groups(pilot: Pilot, by: str) -> Iterator[Group]:
    """Who is assessed, who of them is of each group, and who of these has the need; the counts of all stand beside.

    Counts of a need in a group and in all are held together, so that what may leave does not depend on which is first.
    """
    seen: set[str] = set()
    for row in _rows(pilot, by):
        _, having, without = keys_of(row.need)
        if row.need not in seen:
            seen.add(row.need)
            assessed = pilot.needs[row.need].notna().to_numpy(dtype=bool)
            yield pilot.counted(row.known_key, row.known)
            yield pilot.having(having, row.has)
            yield pilot.having(without, assessed & ~row.has)
        for key, mask, without_it in zip(row.here_keys, (row.here, row.known & ~row.here), (False, True), strict=True):
            yield pilot.having(key, mask, having_measure(by, row.value, without=without_it))
        for key, mask, of in zip(row.having_keys, (row.has, ~row.has), (having, without), strict=True):
            yield pilot.having(key, row.here & mask, f"having: {of}")


def _outside(pilot: Pilot, by: str, rows: Sequence[ByRow]) -> OutsideForm:
    if pilot.by_site or not rows:
        sentence = _NOT_AT_A_SITE if rows else _sentence(pilot, by, rows)
        name = "no needs by group for one site" if rows else ""
        title = f"OASys needs by {BY[by]}: {pilot.where}"
        return OutsideForm(name, title, sentence, "", None, table=_table(rows).iloc[:0], columns=_columns(()))
    told = [row for row in rows if row.may_leave]
    return OutsideForm(
        name="",
        title=f"OASys needs by {BY[by]}: {pilot.where}",
        sentence=_UNSAID,
        caution=f"{_CARE} {assessed_with(pilot, outside=True)}",
        chart=_chart(told),
    )


def _widest(rows: Sequence[ByRow]) -> tuple[ByRow, ByRow] | None:
    """The highest and the lowest group of the need in which groups differ most; None where there is one group."""
    by_need: dict[str, list[ByRow]] = {}
    for row in rows:
        by_need.setdefault(row.need, []).append(row)
    ends = [
        (max(group, key=lambda row: row.share), min(group, key=lambda row: row.share))
        for group in by_need.values()
        if len(group) > 1
    ]
    return max(ends, key=lambda pair: pair[0].share - pair[1].share, default=None)


def _title(pilot: Pilot, by: str, rows: Sequence[ByRow]) -> str:
    groups = list(dict.fromkeys(row.group for row in rows))
    if not rows:
        return f"OASys needs by {BY[by]}: not known for anybody in {pilot.where}"
    ends = _widest(rows)
    if ends is None or ends[0].share == ends[1].share:
        alike = "alike on every need" if len(groups) > 1 else "all belong to one group"
        return f"OASys needs by {BY[by]} in {pilot.where}: {alike} ({joined(groups)})"
    named = " against ".join(f"{_share(row)} ({row.group})" for row in ends)
    return f"OASys needs by {BY[by]} in {pilot.where}: furthest apart on {lower_first(ends[0].label)}, {named}"


def _sentence(pilot: Pilot, by: str, rows: Sequence[ByRow]) -> str:
    if not rows:
        return _NOTHING.format(where=pilot.where, by=BY[by]) if pilot.n else no_case_file(pilot)
    ends = _widest(rows)
    if ends is None:
        return f"All whose {BY[by]} is known in {pilot.where} belong to one group: {rows[0].group}."
    named = " against ".join(f"{_share(row)} ({row.group})" for row in ends)
    groups = joined(list(dict.fromkeys(row.group for row in rows)))
    return f"{groups} in {pilot.where} lie furthest apart on {lower_first(ends[0].label)}: {named}."


def _share(row: ByRow) -> str:
    return f"{row.k:,} of {row.n:,}" if row.n < LEAST_FOR_A_SHARE else f"{per_cent(row.share)} of {row.n:,}"


def _table(rows: Sequence[ByRow]) -> pd.DataFrame:
    lines = []
    for row in rows:
        low, high = wilson(row.k, row.n)
        own = {"need": row.label, "group": row.group, "n": row.n, "k": row.k, "share": 100 * row.share}
        lines.append({**own, "ci_low": 100 * low, "ci_high": 100 * high})
    return frame_of(lines, [column.name for column in _columns(rows)], labels=("need", "group"))


def _columns(rows: Sequence[ByRow]) -> tuple[Column, ...]:
    known = tuple((row.known_key,) for row in rows)
    here = tuple((row.here_keys[0],) for row in rows)
    return (
        Column("need", "Need", "label"),
        Column("group", "Group", "label"),
        Column("n", "Assessed", "characteristic", groups=known, holders=tuple(row.here_keys for row in rows)),
        Column(
            "k",
            "With the need",
            "characteristic",
            groups=here,
            holders=tuple(row.having_keys for row in rows),
            follows="n",
        ),
        Column("share", "Share (%)", "rate", 1, here, follows="k"),
        Column("ci_low", "95 % interval from (%)", "interval", 1, here, follows="share"),
        Column("ci_high", "to (%)", "interval", 1, here, follows="share"),
    )


def _chart(rows: Sequence[ByRow]) -> Chart | None:
    """A panel a group, a row a need: a dot with its interval."""
    if not rows:
        return None
    needs = list(dict.fromkeys((row.need, row.label) for row in rows))
    places = {need: float(len(needs) - 1 - at) for at, (need, _) in enumerate(needs)}
    ticks = tuple((places[need], label) for need, label in needs)
    sizes: dict[str, int] = {}
    for row in rows:
        sizes[row.group] = max(sizes.get(row.group, 0), row.n)
    largest = sorted(sizes, key=lambda group: -sizes[group])[:_PANELS]
    groups = [group for group in sizes if group in largest]
    panels = tuple(
        Panel(
            x=Axis("People with the need (%)", -4, 104),
            y=Axis("", ticks=ticks, visible=group == groups[0]),
            marks=tuple(mark for row in rows if row.group == group for mark in _marks(row, places[row.need])),
            title=group,
        )
        for group in groups
    )
    numbers = [sorted({row.n for row in rows if row.group == group}) for group in groups]
    n = [f"{least[0]:,}" if len(least) == 1 else f"{least[0]:,} to {least[-1]:,}" for least in numbers]
    who = "person" if n == ["1"] else "people"
    each = joined([f"{some} ({group})" for some, group in zip(n, groups, strict=True)])
    left_out = f"; the {_PANELS} largest of {len(sizes)} groups" if len(groups) < len(sizes) else ""
    return Chart(
        panels=panels,
        n=f"n = {each} {who} assessed{left_out}",
        how_to_read="Each dot is the share of a group's people with a need, the bar its 95 % interval:"
        " the wider, the less is known.",
        height=44 + 19 * len(needs),
    )


def _marks(row: ByRow, place: float) -> Iterator[Mark]:
    low, high = wilson(row.k, row.n)
    words = f"{row.label}, {row.group}: {row.k:,} of {row.n:,} ({per_cent(row.share)})"
    between = f"95 % interval {per_cent_interval(low, high)}"
    group = row.here_keys[0]
    yield Interval(place, 100 * low, 100 * high, "pilot", along="x", label=between, group=group, row=row.row)
    yield Point(100 * row.share, place, "pilot", label=words, text=per_cent(row.share), group=group, row=row.row)
