"""From the files of a study to its tables: joined, filled in from each other, repeats and refusals set aside.

A pure function of the intakes. They are taken in the order of their names, so that the order of adding them makes no
difference to any table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.types import pandas_dtype

from evalcore.columns import (
    CONSENT,
    CONSENT_REFUSED,
    CONSENT_WITHDRAWN,
    RESPONDENT_ID,
    ROLE,
    SERVICE_USER,
    SITE,
)
from evalcore.intake.building import blocks, with_native_types
from evalcore.intake.fates import SET_ASIDE, USED
from evalcore.intake.intake import Intake
from evalcore.intake.native import CASES, KEYS, KINDS, RESPONSES, ROSTER, fields, native_columns
from evalcore.intake.problems import NOTE, ROW_SET_ASIDE, problem_frame
from evalcore.intake.repeats import (
    CONTRADICTS,
    ONE_PERSON,
    ONE_ROW,
    SURPLUS,
    ProblemLine,
    find_repeats,
    one_row_each,
    repeat_problems,
)
from evalcore.intake.values import for_field
from evalcore.wording import count

NO_CONSENT = "consent was refused or withdrawn"


@dataclass(frozen=True, eq=False)
class Assembly:
    """The tables of a study by kind, and the account of every row of every file."""

    tables: dict[str, pd.DataFrame]
    problems: pd.DataFrame
    rows: pd.DataFrame
    notes: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class _Pool:
    """The entries of all files of a kind, with the file (its place in `intakes`) and the row that each comes from."""

    intakes: Sequence[Intake]
    table: pd.DataFrame
    file: NDArray[np.intp]
    row: NDArray[np.int64]

    @property
    def names(self) -> list[str]:
        """The file's name, entry by entry."""
        return [self.intakes[i].name for i in self.file]


@dataclass(frozen=True, eq=False)
class _Resolved:
    """One kind of table, and its part of the account."""

    table: pd.DataFrame
    problems: list[pd.DataFrame]
    rows: list[pd.DataFrame]
    notes: tuple[str, ...] = ()


def assemble(intakes: Sequence[Intake]) -> Assembly:
    """Build the tables of a study.

    Rows of one person (and wave) are held against each other across all files: rows that agree leave the first, rows
    that contradict are all set aside. Answers of people whose consent was refused or withdrawn are set aside. A role
    or site that a questionnaire does not have is taken from the roster, else from the case file, by identifier.

    >>> assemble(()).tables["roster"].columns.tolist()[:2]
    ['respondent_id', 'role']
    """
    ordered = sorted(intakes, key=lambda intake: (intake.name, intake.digest))
    by_kind = {kind: [intake for intake in ordered if intake.kind == kind] for kind in KINDS}
    done = {kind: _people(kind, by_kind[kind]) for kind in KINDS if kind != RESPONSES}
    tables = {kind: resolved.table for kind, resolved in done.items()}
    done[RESPONSES] = _responses(by_kind[RESPONSES], by_kind[ROSTER], tables[ROSTER], tables[CASES])
    parts = [done[kind] for kind in KINDS]
    return Assembly(
        {kind: done[kind].table for kind in KINDS},
        _stacked([frame for part in parts for frame in part.problems], problem_frame([])),
        _stacked([frame for part in parts for frame in part.rows], _no_rows()),
        tuple(note for part in parts for note in part.notes),
    )


def empty_table(kind: str) -> pd.DataFrame:
    """Return a table without rows that has every native column.

    >>> len(empty_table("cases")), "drugs_score" in empty_table("cases")
    (0, True)
    """
    return _empty_table(kind).copy()


@cache
def _empty_table(kind: str) -> pd.DataFrame:
    types = {native.name: for_field(native).dtype for native in fields(kind)}
    names = native_columns(kind)
    return pd.DataFrame({name: pd.Series(dtype=pandas_dtype(types.get(name, "float64"))) for name in names})


def _people(kind: str, intakes: Sequence[Intake]) -> _Resolved:
    if len(intakes) == 1 and len(intakes[0].table):
        return _Resolved(intakes[0].table, [intakes[0].problems], [intakes[0].rows])
    pool = _pooled(kind, intakes)
    if not len(pool.table):
        return _Resolved(pool.table, [intake.problems for intake in intakes], [intake.rows for intake in intakes])
    return _resolve(kind, pool, np.zeros(len(pool.table), dtype=bool), [])


def _responses(
    intakes: Sequence[Intake], rosters: Sequence[Intake], roster: pd.DataFrame, cases: pd.DataFrame
) -> _Resolved:
    pool = _pooled(RESPONSES, intakes)
    if not len(pool.table):
        return _Resolved(pool.table, [intake.problems for intake in intakes], [intake.rows for intake in intakes])
    filled, notes = _filled(pool.table, roster, cases)
    pool = _Pool(pool.intakes, filled, pool.file, pool.row)
    refused, lines = _without_consent(pool, rosters)
    resolved = _resolve(RESPONSES, pool, refused, lines)
    return _Resolved(resolved.table, resolved.problems, resolved.rows, notes)


def _pooled(kind: str, intakes: Sequence[Intake]) -> _Pool:
    entries = [(i, intake.entries) for i, intake in enumerate(intakes) if intake.entries and len(intake.entries.rows)]
    if not entries:
        return _Pool(intakes, empty_table(kind), np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.int64))
    table = entries[0][1].table
    if len(entries) > 1:
        table = pd.concat([entry.table for _, entry in entries], ignore_index=True)
        native = [name for name in native_columns(kind) if name in table]
        table = with_native_types(table[native + [name for name in table if name not in set(native)]], kind)
    sizes = [len(entry.rows) for _, entry in entries]
    file = np.repeat(np.array([i for i, _ in entries], dtype=np.intp), sizes)
    return _Pool(intakes, table, file, np.concatenate([entry.rows for _, entry in entries]))


def _resolve(kind: str, pool: _Pool, refused: NDArray[np.bool_], lines: list[ProblemLine]) -> _Resolved:
    """Hold the rows that are not refused against each other, and write the final account of each file."""
    reasons = np.where(refused, NO_CONSENT, "").astype(object)
    keys = list(KEYS[kind])
    left = np.flatnonzero(~refused)
    table = pool.table.iloc[left].reset_index(drop=True) if refused.any() else pool.table
    if keys and len(table):
        # Rows of a file without identifiers can not be held against others.
        named = table[RESPONDENT_ID].notna().to_numpy()
        repeats = find_repeats(table[keys], table, blocks(table, kind), among=named)
        reasons[left[repeats.contradicting]] = CONTRADICTS
        reasons[left[repeats.surplus]] = SURPLUS
        names = pool.names
        expected = ONE_ROW if kind == RESPONSES else ONE_PERSON
        lines = lines + repeat_problems([names[i] for i in left], pool.row[left], repeats, expected)
        table = one_row_each(table, repeats)
    accounts = [_account(i, pool, reasons) for i in range(len(pool.intakes))]
    return _Resolved(table, _problems(pool.intakes, lines), accounts)


def _account(index: int, pool: _Pool, reasons: NDArray[np.object_]) -> pd.DataFrame:
    """Return the rows of one file with the fate that the whole study gives them."""
    rows = pool.intakes[index].rows
    mine = pool.file == index
    if not mine.any():
        return rows
    at = np.searchsorted(rows["row"].to_numpy(), pool.row[mine])
    reason = rows["reason"].to_numpy(dtype=object, copy=True)
    fate = rows["fate"].to_numpy(dtype=object, copy=True)
    reason[at] = reasons[mine]
    fate[at] = np.where(reasons[mine] == "", USED, SET_ASIDE)
    return rows.assign(fate=pd.array(fate, dtype="str"), reason=pd.array(reason, dtype="str"))


def _problems(intakes: Sequence[Intake], lines: Sequence[ProblemLine]) -> list[pd.DataFrame]:
    """Return the problems of each file; what it said about repeats is said anew by the whole study."""
    frames = []
    for intake in intakes:
        own = intake.problems[~intake.problems["expected"].isin([ONE_ROW, ONE_PERSON])]
        mine = problem_frame([line for line in lines if line[0] == intake.name])
        both = _stacked([own, mine], mine)
        frames.append(both.sort_values("row", kind="stable", na_position="first", ignore_index=True))
    return frames


def _filled(responses: pd.DataFrame, roster: pd.DataFrame, cases: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Fill in a missing role and site by identifier; the notes count what was filled in and from where."""
    who = responses[RESPONDENT_ID]
    notes: list[str] = []
    role, site = responses[ROLE], responses[SITE]
    named = roster[roster[ROLE].notna()]
    several = set(named.loc[named[RESPONDENT_ID].duplicated(keep=False), RESPONDENT_ID])
    from_cases = pd.Series(SERVICE_USER, index=cases[RESPONDENT_ID].dropna().unique(), dtype="str")
    role = _taken_over(role, who, _one_each(named, ROLE), "role", "the roster", notes)
    role = _taken_over(role, who.where(~who.isin(several)), from_cases, "role", "the case file", notes)
    own = responses[[RESPONDENT_ID]].assign(**{ROLE: role}).dropna().drop_duplicates()
    role = _taken_over(role, who, _one_each(own, ROLE), "role", "another answer of the same person", notes)
    at = roster[roster[SITE].notna() & roster[ROLE].notna()]
    sites = pd.Series(at[SITE].array, index=at[ROLE] + "|" + at[RESPONDENT_ID])
    site = _taken_over(site, role + "|" + who, sites, "site", "the roster", notes)
    if SITE in cases:
        sites = _one_each(cases[cases[SITE].notna()], SITE)
        site = _taken_over(site, who.where(role == SERVICE_USER), sites, "site", "the case file", notes)
    return (responses.assign(**{ROLE: role, SITE: site}) if notes else responses), tuple(notes)


def _one_each(table: pd.DataFrame, column: str) -> pd.Series:
    """Return `column` by identifier, for identifiers that stand in the table once."""
    return table[~table[RESPONDENT_ID].duplicated(keep=False)].set_index(RESPONDENT_ID)[column]


def _taken_over(
    values: pd.Series, who: pd.Series, known: pd.Series, what: str, source: str, notes: list[str]
) -> pd.Series:
    if not len(known) or values.notna().all():
        return values
    filled = values.fillna(who.map(known)).astype("str")
    n = int(filled.notna().sum() - values.notna().sum())
    if n:
        notes.append(
            f"The {what} of {count(n, 'answered questionnaire', 'answered questionnaires')} came from {source}."
        )
    return filled


def _without_consent(pool: _Pool, rosters: Sequence[Intake]) -> tuple[NDArray[np.bool_], list[ProblemLine]]:
    """Find answers of people who refused or withdrew, in any row of any roster, even one that was set aside."""
    blocked: dict[str, set[str | None]] = {}
    for intake in rosters:
        if intake.entries is None:
            continue
        said = intake.entries.table
        said = said[said[CONSENT].isin([CONSENT_REFUSED, CONSENT_WITHDRAWN])]
        for person, role in zip(said[RESPONDENT_ID], said[ROLE], strict=True):
            blocked.setdefault(person, set()).add(role if isinstance(role, str) else None)
    mask = np.zeros(len(pool.table), dtype=bool)
    lines: list[ProblemLine] = []
    people = zip(pool.table[RESPONDENT_ID], pool.table[ROLE], strict=True)
    for at, (person, role) in enumerate(people):
        roles = blocked.get(person)
        if roles is None or (isinstance(role, str) and None not in roles and role not in roles):
            continue
        mask[at] = True
        found = f"{NO_CONSENT}, says the roster"
        file = pool.intakes[pool.file[at]].name
        lines.append((file, int(pool.row[at]), "", found, "consent given", ROW_SET_ASIDE, NOTE))
    return mask, lines


def _stacked(frames: Sequence[pd.DataFrame], otherwise: pd.DataFrame) -> pd.DataFrame:
    held = [frame for frame in frames if len(frame)]
    if not held:
        return otherwise
    return held[0] if len(held) == 1 else pd.concat(held, ignore_index=True)


def _no_rows() -> pd.DataFrame:
    names = {"file": "str", "row": "int64", "respondent_id": "str", "wave": "str", "fate": "str", "reason": "str"}
    return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in names.items()})
