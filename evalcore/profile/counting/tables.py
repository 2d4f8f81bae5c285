"""From what the statements give to the table of counts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from evalcore.columns import AGE, COMPANY, OFFENCE, OGRS, PEOPLE, SAID, SENTENCE, TALLY
from evalcore.intake.native import COUNTED, fields, native_columns, with_native_types
from evalcore.intake.problems import COLUMN_LEFT_OUT, WARNING, Problem
from evalcore.profile.counted import EVERYONE, NAMED, NEED_COUNTS, REPEATED, STRATA, TAKEN_OUT, TALLIES
from evalcore.profile.counting.codes import Coded
from evalcore.profile.counting.engine import Engine
from evalcore.profile.counting.natives import Native, looked_up, names_of
from evalcore.profile.counting.queries import BAND, columns_counted
from evalcore.profile.counting.tallying import People
from evalcore.profile.ogrs_kind import HORIZON, VERSION, ogrs_kind
from evalcore.profile.reach_risk import risk_bands
from evalcore.profile.strata import AGE_FROM

MOST_IN_STRATA = 100
"""A column with more different values than this is not held alike."""

MOST_STRATA = 100_000
_LET_GO = (OFFENCE, COMPANY, SENTENCE)
_TYPES = {native.name: native.dtype for native in fields(COUNTED)}


def tallies(engine: Engine, natives: Mapping[str, Native], found: Coded) -> tuple[list[pd.DataFrame], list[Problem]]:
    """Count every tally of the rows that are left; and say what is not counted together."""
    people = People(engine, found)
    people.show({name: native.sql for name, native in natives.items()})
    parts: list[pd.DataFrame] = []
    known: set[str] = set()
    for tally in TALLIES:
        columns = columns_counted(tally, natives) if tally != STRATA else ()
        table = _decoded(tally, people.counted(tally, columns, natives), natives) if columns else pd.DataFrame()
        there = [str(name) for name in table if table[name].notna().any()]
        if columns_counted(tally, there):
            known |= set(there)
            parts.append(table[there])
    strata, problems = _strata([name for name in natives if name in known], natives)
    banded = _bands(natives, strata, parts)
    strata = [name for name in strata if name in banded or name not in (AGE, OGRS)]
    if OGRS not in strata:
        strata = [name for name in strata if name not in (VERSION, HORIZON)]
    needs = [name for name in names_of(known) if name.endswith("_need")]
    people.show({name: natives[name].sql for name in (*strata, *needs)} | {n + BAND: b.sql for n, b in banded.items()})
    table = people.strata(strata, needs)
    while len(table) > MOST_STRATA and any(name in strata for name in _LET_GO):
        gone = next(name for name in _LET_GO if name in strata)
        strata.remove(gone)
        problems.append(_not_alike(gone, f"more than {MOST_STRATA:,} groups of people alike"))
        table = people.strata(strata, needs)
    if len(table) and table[PEOPLE].sum():
        parts.append(_decoded(STRATA, table, {**natives, **banded}))
    return parts, problems


def one_row(tally: str, people: int, said: str = "") -> pd.DataFrame:
    """A tally of one row without any column."""
    return pd.DataFrame({TALLY: [tally], PEOPLE: [people], **({SAID: [said]} if said else {})})


def table_of(parts: Sequence[pd.DataFrame], *, named: int, taken_out: int, everyone: int, said: str) -> pd.DataFrame:
    """Put the tallies together as the native table."""
    first = [
        one_row(EVERYONE, everyone),
        one_row(NAMED, named),
        one_row(REPEATED, 0),
        one_row(TAKEN_OUT, taken_out, said),
    ]
    table = pd.concat([part.astype("object") for part in (*first, *parts)], ignore_index=True)
    names = [name for name in native_columns(COUNTED) if name in table]
    kinds = {name: "int64" if name == PEOPLE else _TYPES[name] for name in names}
    return with_native_types(table[names].astype(kinds), COUNTED)


def _strata(known: Collection[str], natives: Mapping[str, Native]) -> tuple[list[str], list[Problem]]:
    """Which columns people are counted alike in."""
    chosen, problems = [], []
    for name in TALLIES[STRATA]:
        if name not in natives:
            continue
        many = len(natives[name].values)
        if many > MOST_IN_STRATA and name not in (AGE, OGRS):
            problems.append(_not_alike(name, f"{many:,} different values"))
        elif name in known:
            chosen.append(name)
    return chosen, problems


def _not_alike(name: str, found: str) -> Problem:
    expected = f"up to {MOST_IN_STRATA} values: like is not held against like by this column"
    return Problem(None, name, found, expected, COLUMN_LEFT_OUT, WARNING)


def _bands(natives: Mapping[str, Native], strata: Collection[str], parts: Sequence[pd.DataFrame]) -> dict[str, Native]:
    """Ages and OGRS scores as the lowest of their band; no OGRS where the scores are of several kinds."""
    found = {AGE: _banded(natives[AGE], AGE_FROM)} if AGE in strata else {}
    if OGRS in strata:
        scores = next(part for part in parts if part[TALLY].iloc[0] == OGRS)
        scores = scores[scores[OGRS].notna()]
        kind = ogrs_kind(scores, np.ones(len(scores), dtype=bool), "the caseload")
        if not kind.refused:
            starts = tuple(band.low for band in risk_bands(kind.version, kind.horizon).bands)
            found[OGRS] = _banded(natives[OGRS], starts)
    return found


def _banded(native: Native, starts: Sequence[int]) -> Native:
    numbers = np.array([float(str(value)) for value in native.values])
    place = np.searchsorted(starts, numbers, side="right")
    return Native(looked_up(native.sql, place.tolist()), tuple(map(float, starts)))


def _decoded(tally: str, found: pd.DataFrame, natives: Mapping[str, Native]) -> pd.DataFrame:
    columns: dict[str, Any] = {TALLY: pd.Series([tally] * len(found), dtype="str")}
    for name in map(str, found):
        if name == PEOPLE or name in NEED_COUNTS:
            columns[name] = found[name].astype("int64")
        else:
            columns[name] = _values(natives[name], found[name], _TYPES[name])
    return pd.DataFrame(columns)


def _values(native: Native, numbers: pd.Series, kind: str) -> pd.Series:
    """What numbers stand for; missing where there is none."""
    known = numbers.notna().to_numpy(dtype=bool)
    places = np.where(known, numbers.fillna(0).to_numpy(dtype=np.int64) - 1, -1)
    each: Any = pd.Series([*native.values, None], dtype=pd.api.types.pandas_dtype(kind)).array
    return pd.Series(each.take(places))
