"""Men and women in the caseload: counted from its people, or as published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from evalcore.columns import FEMALE, MALE, SEX
from evalcore.profile.caseload import MEASURE, key_of
from evalcore.profile.published import CATEGORY, measure_key, row_notes, with_figures, with_names

_MEASURES = frozenset({"sex", "gender"})
_NAMES: Mapping[str, frozenset[str]] = {
    MALE: frozenset({"male", "males", "m", "man", "men"}),
    FEMALE: frozenset({"female", "females", "f", "woman", "women"}),
}
_SEVERAL = "Several published figures are given for sex. Keep the one that fits the pilot."
_UNUSABLE = "The published figure for sex gives neither a count with its number of people nor a share: it is not used."
_PER_CENT = 100


@dataclass(frozen=True)
class CaseloadShare:
    """A share of the caseload: `share` (0 to 1), `count` of `n`; None is what is not known, and `notes` say why."""

    share: float | None = None
    count: int | None = None
    n: int | None = None
    notes: tuple[str, ...] = ()


def caseload_sex(caseload: pd.DataFrame, published: pd.DataFrame) -> dict[str, CaseloadShare]:
    """The share of men and of women in the caseload, of those whose sex is known.

    Parameters
    ----------
    caseload : DataFrame
        One row a person.
    published : DataFrame
        Published figures, used where the caseload has no people: rows whose `measure` is `sex`, `category` `male` or
        `female`, with `count` of `total` (or of `n`), or a `mean` (a share, or a percentage where it is above 1).

    Returns
    -------
    dict of str to CaseloadShare
        By `male` and `female`; empty where nothing is known.

    Examples
    --------
    >>> caseload_sex(pd.DataFrame({"sex": ["male", "male", "female", None]}), pd.DataFrame())["male"].n
    3
    >>> printed = pd.DataFrame({"measure": ["sex"], "category": ["male"], "mean": [80.0]})
    >>> caseload_sex(pd.DataFrame(), printed)["male"].share
    0.8
    """
    if len(caseload):
        counts = caseload[SEX].value_counts() if SEX in caseload else pd.Series(dtype=int)
        n = int(counts.sum())
        return {sex: _counted(int(counts.get(sex, 0)), n) for sex in (MALE, FEMALE)} if n else {}
    if not len(published) or MEASURE not in published:
        return {}
    rows = with_names(published)
    rows = with_figures(rows[rows[MEASURE].map(measure_key).isin(_MEASURES)])
    names = rows[CATEGORY].map(key_of)
    found = {sex: _of_rows(rows[names.isin(words)]) for sex, words in _NAMES.items()}
    return {sex: share for sex, share in found.items() if share is not None}


def _counted(count: int, n: int) -> CaseloadShare:
    return CaseloadShare(share=count / n, count=count, n=n)


def _of_rows(rows: pd.DataFrame) -> CaseloadShare | None:
    if rows.empty:
        return None
    if len(rows) > 1:
        return CaseloadShare(notes=(_SEVERAL,))
    row = rows.iloc[0]
    count, total, n, mean = (_number(row, name) for name in ("count", "total", "n", "mean"))
    of = total or n
    if count is not None and of and count <= of:
        return CaseloadShare(count / of, int(count), int(of), row_notes(row, is_everybody=True))
    if mean is not None and mean <= _PER_CENT:
        share = mean / _PER_CENT if mean > 1 else mean
        return CaseloadShare(share, None, int(of) if of else None, row_notes(row, is_everybody=True))
    return CaseloadShare(notes=(_UNUSABLE,))


def _number(row: pd.Series, name: str) -> float | None:
    value = row.get(name)
    return None if value is None or pd.isna(value) else float(value)
