"""Different answers of one person at one wave, where a person said which to use: one is kept, none is averaged."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evalcore.assembly.pooling import Pool
from evalcore.columns import COMPLETED_ON, RESPONDENT_ID, ROLE, WAVE
from evalcore.decisions import FIRST_COMPLETE, NEITHER, Decision, KeepAnswer
from evalcore.instruments.loading import load_instrument
from evalcore.intake.native import item_columns
from evalcore.intake.people.repeats import CONTRADICTS, ONE_ROW, ProblemLine, Repeats, name_rows, row_versions
from evalcore.intake.problems import ANSWER_MISSING, NOTE, ROW_SET_ASIDE, WARNING

ANOTHER_CHOSEN = "another answer of the same person was chosen"
NONE_COMPLETE = "none of the different answers of the same person is complete"

Subject = tuple[object, object, object]
# The role in a subject that stands for rows without one.
_NO_ROLE = "no role"


@dataclass(frozen=True, eq=False, repr=False)
class Settled:
    """What is left when the answers that were not chosen are taken out; one entry a row of the table.

    Attributes
    ----------
    table : DataFrame
        With the questionnaires blank in each row where another row's was chosen.
    reasons, parts : array of str
        Why a row is not used at all; why a part of a row is not used; empty where it is.
    decided : array of str
        What was decided about the row's group; empty where nothing was.
    """

    table: pd.DataFrame
    reasons: NDArray[np.object_]
    parts: NDArray[np.object_]
    decided: NDArray[np.object_]
    lines: list[ProblemLine]


class _Block(NamedTuple):
    """The items of one questionnaire, row by row: whether any is answered, which version, whether all are."""

    name: str
    items: list[str]
    held: NDArray[np.bool_]
    version: NDArray[np.uint64]
    complete: NDArray[np.bool_]


class Kept:
    """Which answer was decided on, for any person and wave; what was decided singly goes before what holds for all."""

    def __init__(self, decisions: Sequence[Decision], read_as: Callable[[str, str | None], str]) -> None:
        self._by_subject: dict[Subject, str] = {}
        for one in decisions:
            if isinstance(one, KeepAnswer):
                who = one.respondent_id
                if who is not None:
                    who = read_as(who, one.role)
                    self._by_subject[(who, one.role or _NO_ROLE, one.wave)] = one.keep
                    self._by_subject.setdefault((who, _NO_ROLE, one.wave), one.keep)
                self._by_subject[(who, one.role, one.wave)] = one.keep

    def __bool__(self) -> bool:
        """Whether anything was decided."""
        return bool(self._by_subject)

    def of(self, person: object, role: object, wave: object) -> str:
        """Return what was decided about one person's answers at one wave; empty where nothing was."""
        known = role if isinstance(role, str) else _NO_ROLE
        for who in (person, None):
            for what in (known, None):
                for when in (wave, None):
                    found = self._by_subject.get((who, what, when))
                    if found:
                        return found
        return ""


def settle(table: pd.DataFrame, pool: Pool, left: NDArray[np.intp], repeats: Repeats, kept: Kept) -> Settled:
    """Choose among contradicting answers as decided; `left` says which entry of the pool each row of the table is.

    Questionnaires that contradict each other in the same rows are chosen together, others one by one. Groups of which
    nothing was decided are left as they are.
    """
    nothing = np.full(len(table), "", dtype=object)
    settled = Settled(table, nothing, nothing.copy(), nothing.copy(), [])
    at = np.flatnonzero(repeats.contradicting)
    if not kept or not len(at):
        return settled
    blocks = _blocks(table.iloc[at])
    groups: dict[int, list[int]] = {}
    for i, group in enumerate(repeats.group[at].tolist()):
        groups.setdefault(group, []).append(i)
    people = table[[RESPONDENT_ID, ROLE, WAVE]].iloc[at]
    dates = table[COMPLETED_ON].iloc[at].to_numpy()
    blank: dict[str, list[int]] = {}
    for members in groups.values():
        keep = kept.of(*people.iloc[members[0]])
        if keep:
            order = _in_order(members, dates, left[at])
            _settle_group(settled, _Group(order, at, keep, blocks, pool, left), blank)
    if not blank:
        return settled
    rest = table.copy()
    for item, rows in blank.items():
        rest.loc[rest.index[rows], item] = np.nan
    return Settled(rest, settled.reasons, settled.parts, settled.decided, settled.lines)


def _blocks(table: pd.DataFrame) -> list[_Block]:
    found: dict[str, list[str]] = {}
    for item, instrument in item_columns().items():
        if item in table.columns:
            found.setdefault(instrument, []).append(item)
    blocks = []
    for name, items in found.items():
        cells = table[items]
        answered = cells.notna()
        held, complete = answered.any(axis=1).to_numpy(), answered.all(axis=1).to_numpy()
        blocks.append(_Block(load_instrument(name).short_name, items, held, row_versions(cells), complete))
    return blocks


def _in_order(members: list[int], dates: NDArray[np.datetime64], entry: NDArray[np.intp]) -> list[int]:
    """The rows of a group by date where all have one, else as the files have them (which the pool is sorted by)."""
    by_file = sorted(members, key=lambda i: int(entry[i]))
    if np.isnat(dates[members]).any():
        return by_file
    return sorted(by_file, key=lambda i: dates[i])


@dataclass(frozen=True, eq=False, repr=False)
class _Group:
    """The contradicting rows of one person at one wave, first to last; `at` says where they stand in the table."""

    order: list[int]
    at: NDArray[np.intp]
    keep: str
    blocks: list[_Block]
    pool: Pool
    left: NDArray[np.intp]

    def bundles(self) -> list[tuple[list[_Block], list[int]]]:
        """The questionnaires that contradict each other, those that stand in the same rows together."""
        bundles: dict[tuple[int, ...], list[_Block]] = {}
        for block in self.blocks:
            rows = tuple(i for i in self.order if block.held[i])
            if len({int(block.version[i]) for i in rows}) > 1:
                bundles.setdefault(rows, []).append(block)
        return [(blocks, list(rows)) for rows, blocks in bundles.items()]

    def choose(self, blocks: Sequence[_Block], rows: Sequence[int]) -> int | None:
        """The row whose answers are used."""
        complete = [i for i in rows if all(block.complete[i] for block in blocks)]
        if not complete:
            return None
        return complete[0] if self.keep == FIRST_COMPLETE else complete[-1]

    def file_and_row(self, i: int) -> tuple[str, int]:
        """Where a row stands."""
        entry = self.left[self.at[i]]
        return self.pool.intakes[self.pool.file[entry]].name, int(self.pool.row[entry])

    def others(self, i: int, rows: Sequence[int]) -> str:
        """The other rows, in words."""
        places = [self.file_and_row(each) for each in rows]
        return name_rows(rows.index(i), range(len(rows)), [file for file, _ in places], [row for _, row in places])


def _settle_group(settled: Settled, group: _Group, blank: dict[str, list[int]]) -> None:
    """Take out what was not chosen, questionnaire by questionnaire; a row with nothing left is set aside."""
    for i in group.order:
        settled.decided[group.at[i]] = group.keep
    if group.keep == NEITHER:
        for i in group.order:
            settled.reasons[group.at[i]] = CONTRADICTS
            found = f"also {group.others(i, group.order)}, with different answers; a person chose neither"
            settled.lines.append((*group.file_and_row(i), "", found, ONE_ROW, ROW_SET_ASIDE, NOTE))
        return
    lost: dict[int, list[tuple[list[_Block], int | None]]] = {}
    for blocks, rows in group.bundles():
        chosen = group.choose(blocks, rows)
        for i in rows:
            if i != chosen:
                lost.setdefault(i, []).append((blocks, chosen))
    for i, parts in lost.items():
        gone = {block.name for blocks, _ in parts for block in blocks}
        whole = all(block.name in gone for block in group.blocks if block.held[i])
        _take_out(settled, group, i, parts, whole=whole)
        for blocks, _ in parts:
            for item in (item for block in blocks for item in block.items):
                blank.setdefault(item, []).append(int(group.at[i]))


def _take_out(
    settled: Settled, group: _Group, i: int, parts: Sequence[tuple[list[_Block], int | None]], *, whole: bool
) -> None:
    """Say of a row, or of a part of it, that it is not used, and which one is."""
    reasons: dict[str, list[str]] = {}
    for blocks, chosen in parts:
        reason = NONE_COMPLETE if chosen is None else ANOTHER_CHOSEN
        names = [block.name for block in blocks]
        reasons.setdefault(reason, []).extend(names)
        if chosen is None:
            found, severity = f"also {group.others(i, group.order)}, with different answers, none complete", WARNING
        else:
            found, severity = f"also {group.others(i, [i, chosen])}, which a person chose ({group.keep})", NOTE
        column = "" if whole else ", ".join(names)
        action = ROW_SET_ASIDE if whole else ANSWER_MISSING
        line = (*group.file_and_row(i), column, found, ONE_ROW, action, severity)
        if line not in settled.lines:
            settled.lines.append(line)
    where: Mapping[int, NDArray[np.object_]] = {True: settled.reasons, False: settled.parts}
    said = [f"{', '.join(names)}: {reason}" for reason, names in reasons.items()]
    where[whole][group.at[i]] = next(iter(reasons)) if whole and len(reasons) == 1 else "; ".join(said)
