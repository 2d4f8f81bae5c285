"""How many people are assessed on each need and how many have it, counted from people's rows or from counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.profile.caseload import Flags, people_of
from evalcore.profile.counted import NEEDS, STRATA, TALLIES, Weights, is_counted, narrowed
from evalcore.profile.need_scores import assessed_sections, known_needs


@dataclass(frozen=True, eq=False)
class Assessed:
    """One need in each row of a table: how many people are assessed on it, and how many of them have it.

    >>> one = Assessed(np.array([True, True, False]), np.array([True, False, False]))
    >>> one.n, one.k
    (2, 1)
    """

    known: Flags | Weights
    having: Flags | Weights

    @property
    def n(self) -> int:
        """People assessed on it, in all rows."""
        return int(self.known.sum())

    @property
    def k(self) -> int:
        """Of them with the need."""
        return int(self.having.sum())


Pairs = Mapping[tuple[str, str], tuple[int, int]]
"""By two needs: how many people are assessed on both, and how many have both."""

NOBODY = Assessed(np.zeros(0, dtype=bool), np.zeros(0, dtype=bool))


def assessed(needs: pd.DataFrame, people: Flags | Weights) -> dict[str, Assessed]:
    """Count row by row by need, where `people` says for how many people each row stands.

    >>> assessed(pd.DataFrame({"drugs": [True, None]}, dtype="boolean"), np.array([7, 2]))["drugs"].having
    array([7, 0])
    """
    return {
        str(section): Assessed(
            people * need.notna().to_numpy(dtype=bool), people * need.to_numpy(dtype=bool, na_value=False)
        )
        for section, need in needs.items()
    }


def assessed_in_strata(caseload: pd.DataFrame) -> Mapping[str, Assessed]:
    """Count by need in each row that strata are made of: people's own rows, or those of counts that know the strata.

    >>> counts = pd.DataFrame({"tally": ["strata"], "sex": ["male"], "people": [9], "drugs_known": [7],
    ...                        "drugs_having": [3], "drugs_need": [None], "drugs_score": [None]})
    >>> assessed_in_strata(counts.assign(drugs_need=[True]))["drugs"].known
    array([7])
    """
    if not is_counted(caseload):
        needs = known_needs(caseload)
        return assessed(needs, people_of(needs))
    rows = narrowed(caseload, TALLIES[STRATA], tally=STRATA)
    nobody = np.zeros(len(rows), dtype=np.int64)
    found = {}
    for section in assessed_sections(caseload):
        names = (f"{section}_known", f"{section}_having")
        known, having = (rows[name].to_numpy(dtype=np.int64) if name in rows else nobody for name in names)
        found[section] = Assessed(known, having)
    return found


def need_table(caseload: pd.DataFrame) -> pd.DataFrame:
    """What says of the people of a caseload who has which need, on which form and at which layer.

    Parameters
    ----------
    caseload : DataFrame
        One row a person, or counts.

    Returns
    -------
    DataFrame
        For `known_needs`, with `people` where it is made of counts: rows of counts hold needs, and no scores. A section
        that is scored and is no need of anybody's stands there too.

    Examples
    --------
    >>> counts = pd.DataFrame({"tally": ["needs"] * 2, "drugs_need": [True, False], "people": [7, 9]})
    >>> need_table(counts)
       drugs_need  people
    0        True       7
    1       False       9
    """
    if not is_counted(caseload):
        return caseload
    rows = narrowed(caseload, TALLIES[NEEDS], tally=NEEDS)
    unknown = [f"{name}_need" for name in assessed_sections(caseload) if f"{name}_need" not in rows]
    return rows.assign(**{name: pd.array([pd.NA] * len(rows), dtype="boolean") for name in unknown})


def assessed_together(caseload: pd.DataFrame) -> Pairs:
    """Count for each two needs how many people of a caseload are assessed on both, and how many have both.

    Parameters
    ----------
    caseload : DataFrame
        One row a person, or counts.

    Returns
    -------
    mapping of two sections to two numbers
        In the order of `columns.SECTIONS`.

    Examples
    --------
    >>> needs = {"drugs_need": [True, True, False], "alcohol_need": [True, False, None]}
    >>> assessed_together(pd.DataFrame({"tally": ["needs"] * 3, **needs, "people": [7, 9, 1]}))
    {('drugs', 'alcohol'): (16, 7)}
    """
    table = need_table(caseload)
    needs, people = known_needs(table), people_of(table)
    names = [str(name) for name in needs]
    known = _in_both([need.notna().to_numpy(dtype=bool) for _, need in needs.items()], people)
    having = _in_both([need.to_numpy(dtype=bool, na_value=False) for _, need in needs.items()], people)
    places = combinations(range(len(names)), 2)
    return {(names[one], names[two]): (int(known[one, two]), int(having[one, two])) for one, two in places}


def _in_both(masks: Sequence[Flags], people: Flags | Weights) -> npt.NDArray[np.float64]:
    """How many people are in both of two masks, for each two."""
    each = np.array(masks, dtype=np.float64).reshape(len(masks), len(people))
    return (each * people) @ each.T
