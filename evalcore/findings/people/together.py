"""Which needs meet in one person: each pair of needs, the pilot beside the caseload."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

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
    beside_words,
    by_share,
    caseload_groups,
    compared_columns,
    compared_line,
    published_note,
    share_words,
)
from evalcore.findings.people.mix import ALONE
from evalcore.findings.people.need_forms import assessed_with
from evalcore.findings.people.tables import frame_of
from evalcore.findings.people.together_chart import together_chart
from evalcore.findings.people.words import LEAST_FOR_A_SHARE
from evalcore.methods import definition
from evalcore.profile.need_counts import Pairs, assessed_together
from evalcore.rules.needs import load_need_rules
from evalcore.wording import count, joined, lower_first

_STATISTICS = ("needs_together", "need_threshold", "need_unknown", "wilson", "pilot_out_of_caseload")
_NOTHING = "Nobody in {where} is assessed on two OASys needs. Add section scores or needs to the case file."
_UNSAID = "The shares stand in the table as far as they may be shown."
_NOT_BY_SITE = "Pairs of needs are not given outside by site."
_CARE = "Common needs meet in many people by that alone: that two meet often says nothing of one leading to the other."
_TOLD = 3


@dataclass(frozen=True, eq=False)
class PairRow:
    """Two needs: who of the pilot is assessed on both, and who of these has the one and the other."""

    needs: tuple[str, str]
    labels: tuple[str, str]
    row: int
    known: Mask
    first: Mask
    second: Mask
    caseload_n: int
    caseload_k: int

    @property
    def n(self) -> int:
        """People assessed on both."""
        return int(self.known.sum())

    @property
    def k(self) -> int:
        """Of them with both."""
        return int((self.first & self.second).sum())

    @property
    def known_key(self) -> str:
        """Of those assessed on both."""
        return f"assessed, {self.needs[0]} and {self.needs[1]}"

    @property
    def quarters(self) -> tuple[tuple[str, Mask], ...]:
        """Who has both, only the one, only the other, and neither."""
        one, two = self.needs
        return (
            (f"{one} need and {two} need", self.first & self.second),
            (f"{one} need, no {two} need", self.first & ~self.second),
            (f"{two} need, no {one} need", self.second & ~self.first),
            (f"no {one} need, no {two} need", self.known & ~self.first & ~self.second),
        )

    @property
    def keys(self) -> tuple[str, ...]:
        """Of the groups of these four."""
        return tuple(key for key, _ in self.quarters)

    @property
    def tells_all_of_few(self) -> bool:
        """Whether nobody is in one of the four, so that of a few people with (or without) one need all are alike."""
        both, one, two, neither = (int(mask.sum()) for _, mask in self.quarters)
        pairs = ((both, one), (both, two), (one, neither), (two, neither))
        return any(0 in pair and 0 < sum(pair) < LEAST_FOR_A_SHARE for pair in pairs)

    @property
    def may_leave(self) -> bool:
        """Whether its count may leave under the default policy: nobody, or many, in each of the four."""
        few = any(0 < int(mask.sum()) < LEAST_FOR_A_MEAN for _, mask in self.quarters)
        return self.n >= LEAST_FOR_A_SHARE and not few and not self.tells_all_of_few


def needs_together_finding(people: People, site: str | None = None) -> Finding:
    """The share of people with both of two needs, for every pair of needs.

    Outside a pair is given only where at least 10 people are assessed on both, and each of the four (both, one, the
    other, neither) is large enough; at a site none is.

    Parameters
    ----------
    people : People
    site : str, optional
        Only the people of one site.
    """
    pilot = people.pilot(site)
    rows = _rows(pilot, assessed_together(people.caseload) if len(people.caseload) else {})
    return Finding(
        id=pilot.finding_id("needs-together"),
        title=_title(pilot, rows),
        sentence=_sentence(pilot, rows),
        caution=_caution(pilot, outside=False) if rows else "",
        chart=together_chart(rows),
        table=_table(rows),
        columns=_columns(rows),
        groups={**with_context(pilot, _groups), **caseload_groups(rows)},
        trail=None,
        source=source_of(people),
        definition=definition(*_STATISTICS),
        outside=_outside(pilot, rows),
        by_site=pilot.by_site,
        notes=(*published_note(people), *people.taken_out),
        files=files_of(people),
        topic=f"OASys needs in pairs: {pilot.where}",
    )


def _rows(pilot: Pilot, theirs: Pairs) -> list[PairRow]:
    """Every pair that anybody of the pilot is assessed on, in the order of OASys."""
    rules, needs = load_need_rules(), pilot.needs
    found: list[PairRow] = []
    known = {str(name): needs[name].notna().to_numpy(dtype=bool) for name in needs}
    has = {str(name): needs[name].to_numpy(dtype=bool, na_value=False) for name in needs}
    for one, two in combinations(known, 2):
        here = known[one] & known[two]
        if here.any():
            n, k = theirs.get((one, two), (0, 0))
            labels = (rules[one].label, rules[two].label)
            masks = (here, has[one] & here, has[two] & here)
            found.append(PairRow((one, two), labels, len(found), *masks, caseload_n=n, caseload_k=k))
    return found


def _groups(pilot: Pilot) -> Iterator[Group]:
    for row in _rows(pilot, {}):
        yield pilot.counted(row.known_key, row.known)
        for key, mask in row.quarters:
            yield pilot.having(key, mask)


def _outside(pilot: Pilot, rows: Sequence[PairRow]) -> OutsideForm:
    """The pairs with enough people assessed on both; the words only tell those that may leave by default."""
    if pilot.by_site or not rows:
        sentence = _NOT_BY_SITE if rows else _sentence(pilot, rows)
        title = f"OASys needs in pairs: {pilot.where}"
        table, columns = _table(rows).iloc[:0], _columns(())
        return OutsideForm("no pairs by site", title, sentence, "", None, table=table, columns=columns)
    kept = [row for row in rows if row.n >= LEAST_FOR_A_SHARE]
    table = _table(kept)
    hidden = [row.tells_all_of_few for row in kept]
    table.loc[hidden, ["k", "share", "ci_low", "ci_high"]] = np.nan
    places = {row.needs: at for at, row in enumerate(kept)}
    told = [row for row in kept if row.may_leave]
    return OutsideForm(
        name="pairs with at least 10 people assessed on both",
        title=f"OASys needs in pairs: {pilot.where}",
        sentence=f"Of {count(len(told), 'pair', 'pairs')} shown: {_named_with_shares(told)}." if told else _UNSAID,
        caution=_caution(pilot, outside=True),
        chart=together_chart(told, places),
        rests_on_rows=tuple(places[row.needs] for row in by_share(told)[:_TOLD]),
        table=table,
        columns=_columns(kept),
    )


def _title(pilot: Pilot, rows: Sequence[PairRow]) -> str:
    if not rows:
        return f"OASys needs in pairs: not known for anybody in {pilot.where}"
    first = by_share(rows)[0]
    return f"Needs that meet most often in {pilot.where}: {_named(first)} ({share_words(first)})"


def _sentence(pilot: Pilot, rows: Sequence[PairRow]) -> str:
    if not rows:
        return _NOTHING.format(where=pilot.where) if pilot.n else no_case_file(pilot)
    return f"Most often both needs are known in {pilot.where}: {_named_with_shares(rows)}."


def _named_with_shares(rows: Sequence[PairRow]) -> str:
    """The pairs that most people have, with their shares."""
    return joined([f"{_named(row)} {share_words(row)}{beside_words(row)}" for row in by_share(rows)[:_TOLD]])


def _named(row: PairRow) -> str:
    return " with ".join(lower_first(label) for label in row.labels)


def _caution(pilot: Pilot, *, outside: bool) -> str:
    alone = "" if len(pilot.people.caseload) else f" {ALONE}"
    return f"{_CARE}{alone} {assessed_with(pilot, outside=outside)} Who is not assessed on both is not counted."


def _table(rows: Sequence[PairRow]) -> pd.DataFrame:
    lines = [_line(row) for row in rows]
    return frame_of(lines, [column.name for column in _columns(rows)], labels=("need", "with"))


def _line(row: PairRow) -> dict[str, object]:
    return compared_line(row, **dict(zip(("need", "with"), row.labels, strict=True)))


def _columns(rows: Sequence[PairRow]) -> tuple[Column, ...]:
    labels = (Column("need", "Need", "label"), Column("with", "With", "label"))
    keys = [row.keys for row in rows]
    return (*labels, *compared_columns(rows, keys, "Assessed on both", "With both needs", beside="with both"))
