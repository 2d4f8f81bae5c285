"""Men and women in the caseload: counted from its people, or as published."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from evalcore.columns import FEMALE, MALE, SEX
from evalcore.profile.caseload import MEASURE, key_of
from evalcore.profile.counted import narrowed, weights
from evalcore.profile.published import CATEGORY, CaseloadShare, measure_key, share_of, with_figures, with_names

_MEASURES = frozenset({"sex", "gender"})
_NAMES: Mapping[str, frozenset[str]] = {
    MALE: frozenset({"male", "males", "m", "man", "men"}),
    FEMALE: frozenset({"female", "females", "f", "woman", "women"}),
}
_SEVERAL = "Several published figures are given for sex. Keep the one that fits the pilot."


def caseload_sex(caseload: pd.DataFrame, published: pd.DataFrame) -> dict[str, CaseloadShare]:
    """The share of men and of women in the caseload, of those whose sex is known.

    Parameters
    ----------
    caseload : DataFrame
        One row a person, or counts (`profile.counted`).
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
        rows = narrowed(caseload, (SEX,))
        people = pd.Series(weights(rows), index=rows.index)
        counts = people.groupby(rows[SEX], observed=True).sum() if SEX in rows else people.iloc[:0]
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
    return share_of(rows.iloc[0], is_everybody=True)
