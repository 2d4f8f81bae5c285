"""The table of counts made plainly with pandas from the rows of a caseload: what the engine's counts are held against.

Every tally adds up to everybody who was not taken out: what is not known of people is missing in their row. A tally
none of whose columns is known of anybody is not there (a tally of scores: if nobody has the score), nor is a column
that is known of nobody; but the strata always are, where there is anybody. Rows stand in no order of meaning.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from evalcore.columns import AGE, OGRS, PEOPLE, RESPONDENT_ID, SAID, SECTIONS, TALLY
from evalcore.intake.native import COUNTED, native_columns, with_native_types
from evalcore.profile.caseload import caseload_without
from evalcore.profile.counted import (
    EVERYONE,
    NAMED,
    NEED_COUNTS,
    NEEDS,
    REPEATED,
    STRATA,
    TAKEN_OUT,
    TALLIES,
    pilot_digest,
)
from evalcore.profile.need_scores import known_needs
from evalcore.profile.ogrs_kind import HORIZON, VERSION, ogrs_kind
from evalcore.profile.reach_risk import risk_bands
from evalcore.profile.strata import AGE_FROM


def counted_from(caseload: pd.DataFrame, cases: pd.DataFrame) -> pd.DataFrame:
    """Count a caseload as it is counted while its file is read: the pilot's people are not among those counted."""
    left, taken_out = caseload_without(cases, caseload)
    left = left.reset_index(drop=True)
    names = left[RESPONDENT_ID].dropna() if RESPONDENT_ID in left else pd.Series(dtype="str")
    parts = [
        _one_row(EVERYONE, len(left)),
        _one_row(NAMED, len(names)),
        _one_row(REPEATED, int(names.duplicated().sum())),
        _one_row(TAKEN_OUT, taken_out, pilot_digest(cases)),
    ]
    needs = known_needs(left).rename(columns="{}_need".format)
    for tally, columns in TALLIES.items():
        table = left
        if tally == NEEDS:
            table = pd.concat([left[[name for name in columns[len(SECTIONS) :] if name in left]], needs], axis=1)
        if tally == STRATA:
            table = _with_bands(left)
        known = [name for name in columns if name in table and table[name].notna().any()]
        scored = tally in known if tally.endswith("_score") else bool(known)
        if scored or (tally == STRATA and len(left)):
            parts.append(_tally(tally, table[known], needs if tally == STRATA else None))
    found = pd.concat(parts, ignore_index=True)
    return with_native_types(found[[name for name in native_columns(COUNTED) if name in found]], COUNTED)


def _one_row(tally: str, people: int, said: str | None = None) -> pd.DataFrame:
    row = {TALLY: [tally], PEOPLE: [people]} | ({SAID: [said]} if said else {})
    return pd.DataFrame(row).astype({TALLY: "str"} | ({SAID: "str"} if said else {}))


def _tally(tally: str, table: pd.DataFrame, needs: pd.DataFrame | None) -> pd.DataFrame:
    columns = list(table) or [TALLY]
    table = table if len(table.columns) else pd.DataFrame({TALLY: tally}, index=table.index)
    sums = pd.DataFrame({PEOPLE: np.ones(len(table), dtype=np.int64)})
    if needs is not None:
        for need in (one for one in needs if needs[one].notna().any()):
            section = need.removesuffix("_need")
            sums[f"{section}_known"] = needs[need].notna().astype("int64")
            sums[f"{section}_having"] = needs[need].fillna(False).astype("int64")
    assert set(sums) <= {PEOPLE, *NEED_COUNTS}
    found = pd.concat([table, sums], axis=1).groupby(columns, dropna=False, as_index=False, sort=False).sum()
    return found.assign(**{TALLY: pd.Series(tally, index=found.index, dtype="str")})


def _with_bands(caseload: pd.DataFrame) -> pd.DataFrame:
    """Ages and OGRS scores as the lowest of their band; no OGRS where the scores are of several kinds."""
    table = caseload.copy()
    if AGE in table:
        table[AGE] = _lowest(table[AGE], AGE_FROM)
    known = table[OGRS].notna().to_numpy(dtype=bool) if OGRS in table else np.zeros(len(table), dtype=bool)
    kind = ogrs_kind(table, known, "the caseload")
    if kind.refused or not known.any():
        return table.drop(columns=[name for name in (OGRS, VERSION, HORIZON) if name in table])
    table[OGRS] = _lowest(table[OGRS], tuple(band.low for band in risk_bands(kind.version, kind.horizon).bands))
    return table


def _lowest(values: pd.Series, starts: tuple[int, ...]) -> pd.Series:
    numbers = values.to_numpy(dtype=np.float64, na_value=np.nan)
    place = np.searchsorted(starts, numbers, side="right") - 1
    return pd.Series(np.where(np.isnan(numbers), np.nan, np.array(starts, dtype=float)[place]), index=values.index)
