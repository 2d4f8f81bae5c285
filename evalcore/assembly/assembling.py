"""From the files of a study to its tables: joined, filled in from each other, repeats and refusals set aside.

A pure function of the intakes and the decisions. The files are taken in the order of their names, so that the order of
adding them makes no difference to any table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evalcore.assembly.account import account, no_problems, no_rows, problems_of, stacked
from evalcore.assembly.caseload import spelled_like
from evalcore.assembly.filling import NO_CONSENT, filled, without_consent
from evalcore.assembly.keeping import Kept, settle
from evalcore.assembly.naming import NAMED, Named, name_people
from evalcore.assembly.pooling import Pool, empty_table, pooled
from evalcore.columns import RESPONDENT_ID
from evalcore.decisions import Decision
from evalcore.intake.fates import SET_ASIDE, USED
from evalcore.intake.intake import Intake
from evalcore.intake.native import CASELOAD, CASES, COUNTED, KEYS, KINDS, RESPONSES, ROSTER, TABLES, blocks
from evalcore.intake.people.repeats import (
    CONTRADICTS,
    ONE_PERSON,
    ONE_ROW,
    SURPLUS,
    ProblemLine,
    Repeats,
    find_repeats,
    one_row_each,
    repeat_problems,
)
from evalcore.wording import count


@dataclass(frozen=True, eq=False, repr=False)
class Assembly:
    """The tables of a study by kind, and the account of every row of every file; `Study` says what each holds."""

    tables: dict[str, pd.DataFrame]
    problems: pd.DataFrame
    rows: pd.DataFrame
    notes: tuple[str, ...]
    entries: pd.DataFrame
    identities: pd.DataFrame


@dataclass(frozen=True, eq=False, repr=False)
class _Resolved:
    """One kind of table, and its part of the account."""

    table: pd.DataFrame
    problems: list[pd.DataFrame]
    rows: list[pd.DataFrame]
    notes: tuple[str, ...] = ()


def assemble(intakes: Sequence[Intake], decisions: Sequence[Decision] = ()) -> Assembly:
    """Build the tables of a study.

    First each person gets one identifier: spellings that are the same by the rules of `intake.spelling` become one,
    and so do those that a person confirmed. Then rows of one person (and wave) are held against each other across all
    files: rows that agree leave the first, rows that contradict are all set aside, unless a person said which to use.
    Answers of people whose consent was refused or withdrawn are set aside. A role or site that a questionnaire does not
    have is taken from the roster, else from the case file, by identifier.

    >>> assemble(()).tables["roster"].columns.tolist()[:2]
    ['respondent_id', 'role']
    """
    ordered = sorted(intakes, key=lambda intake: (intake.name, intake.digest))
    by_kind = {kind: [intake for intake in ordered if intake.kind == kind] for kind in KINDS}
    named = name_people({kind: pooled(kind, by_kind[kind]) for kind in NAMED}, decisions)
    done = {kind: _people(kind, by_kind[kind], named) for kind in KINDS if kind != RESPONSES}
    done[CASELOAD] = _like_cases(done[CASELOAD], named.pools[CASES])
    done[COUNTED] = _counted([intake for intake in ordered if intake.kind == COUNTED])
    done[RESPONSES], entries = _responses(named, decisions, done[ROSTER].table, done[CASES].table)
    parts = [done[kind] for kind in TABLES]
    return Assembly(
        {kind: done[kind].table for kind in TABLES},
        stacked([frame for part in parts for frame in part.problems], no_problems),
        stacked([frame for part in parts for frame in part.rows], no_rows),
        (*named.notes, *(note for part in parts for note in part.notes)),
        entries,
        named.identities,
    )


def _people(kind: str, intakes: Sequence[Intake], named: Named) -> _Resolved:
    lines = named.lines.get(kind, [])
    pool = named.pools.get(kind)
    if len(intakes) == 1 and len(intakes[0].table) and not (pool and pool.respelled):
        only = intakes[0]
        return _Resolved(only.table, problems_of(intakes, lines, anew=False) if lines else [only.problems], [only.rows])
    pool = pool or pooled(kind, intakes)
    if not len(pool.table):
        return _Resolved(pool.table, [intake.problems for intake in intakes], [intake.rows for intake in intakes])
    return _resolve(kind, pool, np.full(len(pool.table), "", dtype=object), lines)[0]


def _like_cases(caseload: _Resolved, cases: Pool) -> _Resolved:
    """Spell the pilot's people in the caseload as the study does: they are taken out of it by identifier."""
    table = spelled_like(caseload.table, cases)
    if table is caseload.table:
        return caseload
    n = int((table[RESPONDENT_ID] != caseload.table[RESPONDENT_ID]).fillna(False).sum())
    rows = count(n, "row of the caseload is", "rows of the caseload are")
    note = f"{rows} read as a person of the case file, in another spelling."
    return replace(caseload, table=table, notes=(*caseload.notes, note))


def _counted(intakes: Sequence[Intake]) -> _Resolved:
    """The counts of one file: those of two can not be put together, since the same people may stand in both."""
    notes = [f"{intake.name} is not used: a study compares with one file of counts." for intake in intakes[1:]]
    table = intakes[0].table if intakes else empty_table(COUNTED)
    return _Resolved(table, [intake.problems for intake in intakes], [intake.rows for intake in intakes], tuple(notes))


def _responses(
    named: Named, decisions: Sequence[Decision], roster: pd.DataFrame, cases: pd.DataFrame
) -> tuple[_Resolved, pd.DataFrame]:
    pool = named.pools[RESPONSES]
    if not len(pool.table):
        untouched = [intake.problems for intake in pool.intakes], [intake.rows for intake in pool.intakes]
        return _Resolved(pool.table, *untouched), _entries(pool, np.zeros(0, dtype=object), np.zeros(0, dtype=object))
    table, notes = filled(pool.table, roster, cases)
    pool = replace(pool, table=table)
    refused, lines = without_consent(pool, named.pools[ROSTER])
    reasons = np.where(refused, NO_CONSENT, "").astype(object)
    kept = Kept(decisions, named.read_as)
    resolved, entries = _resolve(RESPONSES, pool, reasons, [*named.lines[RESPONSES], *lines], kept)
    return replace(resolved, notes=notes), entries


def _resolve(
    kind: str, pool: Pool, reasons: NDArray[np.object_], lines: Sequence[ProblemLine], kept: Kept | None = None
) -> tuple[_Resolved, pd.DataFrame]:
    """Hold the rows without a reason yet against each other, and write the final account of each file."""
    left = np.flatnonzero(reasons == "")
    parts, decided = np.full((2, len(reasons)), "", dtype=object)
    table = pool.table.iloc[left].reset_index(drop=True) if len(left) < len(reasons) else pool.table
    lines = list(lines)
    if KEYS[kind] and len(table):
        repeats = _find_repeats(kind, table)
        if kept:
            settled = settle(table, pool, left, repeats, kept)
            reasons[left], parts[left], decided[left] = settled.reasons, settled.parts, settled.decided
            lines += settled.lines
            stay = settled.reasons == ""
            table, left = settled.table, left[stay]
            table = table if stay.all() else table[stay].reset_index(drop=True)
            repeats = _find_repeats(kind, table)
        reasons[left[repeats.contradicting]] = CONTRADICTS
        reasons[left[repeats.surplus]] = SURPLUS
        names = pool.names
        expected = ONE_ROW if kind == RESPONSES else ONE_PERSON
        lines += repeat_problems([names[i] for i in left], pool.row[left], repeats, expected)
        table = one_row_each(table, repeats)
    fates = np.where(reasons == "", USED, SET_ASIDE).astype(object)
    told = np.where(reasons == "", parts, reasons)
    accounts = [account(i, pool, fates, told) for i in range(len(pool.intakes))]
    resolved = _Resolved(table, problems_of(pool.intakes, lines, anew=True), accounts)
    return resolved, _entries(pool, reasons, decided) if kind == RESPONSES else pool.table


def _find_repeats(kind: str, table: pd.DataFrame) -> Repeats:
    # Rows of a file without identifiers can not be held against others.
    named = table[RESPONDENT_ID].notna().to_numpy()
    return find_repeats(table[list(KEYS[kind])], table, blocks(table, kind), among=named)


def _entries(pool: Pool, reasons: NDArray[np.object_], decided: NDArray[np.object_]) -> pd.DataFrame:
    """Every answer that was read and identified, with its place, why it is not used, and what was decided about it."""
    files = pd.array([intake.name for intake in pool.intakes] or [""], dtype="str").take(pool.file)
    told, chosen = pd.array(reasons, dtype="str"), pd.array(decided, dtype="str")
    return pool.table.assign(file=files, row=pool.row, reason=told, decided=chosen)
