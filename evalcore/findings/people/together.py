"""Which needs meet in one person: each pair of needs, the pilot beside the caseload."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

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
from evalcore.findings.people.mix import ALONE
from evalcore.findings.people.need_forms import assessed_with
from evalcore.findings.people.tables import frame_of
from evalcore.findings.people.together_chart import together_chart
from evalcore.findings.people.words import LEAST_FOR_A_SHARE, per_cent
from evalcore.methods import definition
from evalcore.outcomes.shares import wilson
from evalcore.profile.needs import known_needs
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
    def caseload_key(self) -> str:
        """Of the people of the caseload assessed on both; empty where there are none."""
        return f"caseload, {self.known_key}" if self.caseload_n else ""

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
    rows = _rows(pilot, known_needs(people.caseload) if len(people.caseload) else pd.DataFrame())
    return Finding(
        id=pilot.finding_id("needs-together"),
        title=_title(pilot, rows),
        sentence=_sentence(pilot, rows),
        caution=_caution(pilot, outside=False) if rows else "",
        chart=together_chart(rows),
        table=_table(rows),
        columns=_columns(rows),
        groups={**with_context(pilot, _groups), **{one.key: one for one in _caseload_groups(rows)}},
        trail=None,
        source=source_of(people),
        definition=definition(*_STATISTICS),
        outside=_outside(pilot, rows),
        by_site=pilot.by_site,
        notes=people.taken_out,
        files=files_of(people),
        topic=f"OASys needs in pairs: {pilot.where}",
    )


def _rows(pilot: Pilot, theirs: pd.DataFrame) -> list[PairRow]:
    """Every pair that anybody of the pilot is assessed on, in the order of OASys."""
    rules, needs = load_need_rules(), pilot.needs
    found: list[PairRow] = []
    known = {str(name): needs[name].notna().to_numpy(dtype=bool) for name in needs}
    has = {str(name): needs[name].to_numpy(dtype=bool, na_value=False) for name in needs}
    assessed, both = _both_in(theirs)
    for one, two in combinations(known, 2):
        here = known[one] & known[two]
        if here.any():
            n, k = (int(counts.get((one, two), 0)) for counts in (assessed, both))
            labels = (rules[one].label, rules[two].label)
            masks = (here, has[one] & here, has[two] & here)
            found.append(PairRow((one, two), labels, len(found), *masks, caseload_n=n, caseload_k=k))
    return found


def _both_in(theirs: pd.DataFrame) -> tuple[dict[tuple[str, str], float], dict[tuple[str, str], float]]:
    """How many people of the caseload are assessed on both of two needs, and how many have both."""
    names = [str(name) for name in theirs]
    known = np.column_stack([theirs[name].notna() for name in names]) if names else np.zeros((0, 0))
    has = np.column_stack([theirs[name].to_numpy(dtype=bool, na_value=False) for name in names]) if names else known
    products = [(one.T.astype(np.float64) @ one.astype(np.float64)) for one in (known, has)]
    places = list(combinations(range(len(names)), 2))
    counted = [{(names[one], names[two]): float(product[one, two]) for one, two in places} for product in products]
    return counted[0], counted[1]


def _groups(pilot: Pilot) -> Iterator[Group]:
    for row in _rows(pilot, pd.DataFrame()):
        yield pilot.counted(row.known_key, row.known)
        for key, mask in row.quarters:
            yield pilot.having(key, mask)


def _caseload_groups(rows: Sequence[PairRow]) -> Iterator[Group]:
    for row in rows:
        if row.caseload_key:
            yield caseload_group(row.caseload_key, FIELDWORK, row.caseload_n)


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
        rests_on_rows=tuple(places[row.needs] for row in _by_share(told)[:_TOLD]),
        table=table,
        columns=_columns(kept),
    )


def _by_share(rows: Sequence[PairRow]) -> list[PairRow]:
    return sorted(rows, key=lambda row: (-row.k / row.n, row.row))


def _title(pilot: Pilot, rows: Sequence[PairRow]) -> str:
    if not rows:
        return f"OASys needs in pairs: not known for anybody in {pilot.where}"
    first = _by_share(rows)[0]
    return f"Needs that meet most often in {pilot.where}: {_named(first)} ({_share(first)})"


def _sentence(pilot: Pilot, rows: Sequence[PairRow]) -> str:
    if not rows:
        return _NOTHING.format(where=pilot.where) if pilot.n else no_case_file(pilot)
    return f"Most often both needs are known in {pilot.where}: {_named_with_shares(rows)}."


def _named_with_shares(rows: Sequence[PairRow]) -> str:
    """The pairs that most people have, with their shares."""
    return joined([f"{_named(row)} {_share(row)}{_beside(row)}" for row in _by_share(rows)[:_TOLD]])


def _named(row: PairRow) -> str:
    return " with ".join(lower_first(label) for label in row.labels)


def _share(row: PairRow) -> str:
    return f"{row.k:,} of {row.n:,}" if row.n < LEAST_FOR_A_SHARE else f"{per_cent(row.k / row.n)} of {row.n:,}"


def _beside(row: PairRow) -> str:
    return f" (in the caseload {per_cent(row.caseload_k / row.caseload_n)})" if row.caseload_n else ""


def _caution(pilot: Pilot, *, outside: bool) -> str:
    alone = "" if len(pilot.people.caseload) else f" {ALONE}"
    return f"{_CARE}{alone} {assessed_with(pilot, outside=outside)} Who is not assessed on both is not counted."


def _table(rows: Sequence[PairRow]) -> pd.DataFrame:
    lines = [_line(row) for row in rows]
    return frame_of(lines, [column.name for column in _columns(rows)], labels=("need", "with"))


def _line(row: PairRow) -> dict[str, object]:
    low, high = wilson(row.k, row.n)
    own = {"need": row.labels[0], "with": row.labels[1], "n": row.n, "k": row.k, "share": 100 * row.k / row.n}
    if not row.caseload_n:
        return {**own, "ci_low": 100 * low, "ci_high": 100 * high}
    share = 100 * row.caseload_k / row.caseload_n
    beside = {"caseload_n": row.caseload_n, "caseload_k": row.caseload_k, "caseload_share": share}
    return {**own, "ci_low": 100 * low, "ci_high": 100 * high, **beside}


def _columns(rows: Sequence[PairRow]) -> tuple[Column, ...]:
    known = tuple((row.known_key,) for row in rows)
    holders = tuple(row.keys for row in rows)
    beside = tuple((row.caseload_key,) if row.caseload_key else () for row in rows)
    return (
        Column("need", "Need", "label"),
        Column("with", "With", "label"),
        Column("n", "Assessed on both", "fieldwork", groups=known),
        Column("k", "With both needs", "characteristic", groups=known, holders=holders),
        Column("share", "Share (%)", "rate", 1, known, follows="k"),
        Column("ci_low", "95 % interval from (%)", "interval", 1, known, follows="share"),
        Column("ci_high", "to (%)", "interval", 1, known, follows="share"),
        Column("caseload_n", "Caseload: assessed on both", "fieldwork", groups=beside),
        Column("caseload_k", "Caseload: with both", "characteristic", groups=beside),
        Column("caseload_share", "Caseload: share (%)", "rate", 1, beside, follows="caseload_k"),
    )
