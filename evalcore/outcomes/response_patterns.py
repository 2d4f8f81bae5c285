"""How a questionnaire was filled in: items left out, the same answer throughout, and scores at the end of the scale."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.errors import TableError
from evalcore.outcomes.consistency import item_values
from evalcore.outcomes.numbers import numbers

LEAST_ITEMS_FOR_A_LINE = 4
"""On fewer items equal answers are common: the three of a UWES-9 subscale say too little."""
MOST_AT_AN_END = 0.15
LEAST_PEOPLE_FOR_AN_END = 50
"""Terwee et al. 2007: an effect is there above 15 % at one end; they ask for at least 50 people."""
_SAME = 1e-9

LEFT_OUT_COLUMNS = ("item", "n_answered", "n_left_out", "share_left_out")
LINE_COLUMNS = ("code", "n_people")


@dataclass(frozen=True, kw_only=True, eq=False)
class LeftOut:
    """Answers left out by those who answered at least one item of the scale.

    Attributes
    ----------
    n_people, n_items : int
        People who answered at least one item (`share_left_out` is a share of them); items of the scale.
    n_complete, n_blank : int
        People who answered every item, among `n_people`; rows without any answer, which count nowhere else.
    items : DataFrame(item, n_answered, n_left_out, share_left_out), one row an item, in the order of the columns
        `share_left_out` is from 0 to 1, NaN for nobody.
    people : Series of int, index as that of the answers
        Items that each person left out; rows without any answer are not in it.
    """

    n_people: int
    n_items: int
    n_complete: int
    n_blank: int
    items: pd.DataFrame
    people: pd.Series[int]


@dataclass(frozen=True, kw_only=True, eq=False)
class StraightLines:
    """People who gave the same answer to every item. A flag to look at, never a reason to set somebody aside.

    Attributes
    ----------
    n_people, n_items : int
        People who answered every item, among whom straight lines are looked for; items of the scale.
    n_flagged : int
        People with a straight line; None where the scale has too few items for it to say anything.
    people : Series of float, index as that of the answers
        The code that each flagged person gave throughout.
    codes : DataFrame(code, n_people), one row a code that somebody gave throughout, lowest first
        A line at the lowest or highest code is also a score at the end of the scale.
    notes : tuple of str
    """

    n_people: int
    n_items: int
    n_flagged: int | None
    people: pd.Series[float]
    codes: pd.DataFrame
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FloorAndCeiling:
    """People at the lowest and at the highest score that a scale can give.

    Attributes
    ----------
    n : int
        People with a score.
    low, high : float
        Lowest and highest possible score, as handed in.
    n_floor, n_ceiling : int
        People with exactly that score.
    share_floor, share_ceiling : float
        Of `n`, from 0 to 1; None for nobody.
    floor_effect, ceiling_effect : bool
        Whether more than 15 % stand at that end (Terwee et al. 2007); None below 50 people, which they ask for.
    notes : tuple of str
    """

    n: int
    low: float
    high: float
    n_floor: int
    n_ceiling: int
    share_floor: float | None
    share_ceiling: float | None
    floor_effect: bool | None
    ceiling_effect: bool | None
    notes: tuple[str, ...] = ()


def left_out(items: pd.DataFrame) -> LeftOut:
    """Count the items left out, by item and by person.

    Parameters
    ----------
    items : DataFrame, one row a person, one column an item
        Numeric codes or missing, as `item_answers` gives them: there one identifier in two roles stands as two people.

    Returns
    -------
    LeftOut
        Somebody who answered no item of the scale was not given it, or put it aside as a whole: `n_blank` counts them
        and nothing else does.

    Raises
    ------
    TableError
        As for `reliability`.

    Examples
    --------
    >>> answers = pd.DataFrame({"gse_1": [1, 2, None], "gse_2": [None, 3, None]}, index=["A", "B", "C"])
    >>> found = left_out(answers)
    >>> found.n_people, found.n_complete, found.n_blank, found.people.to_dict()
    (2, 1, 1, {'A': 1, 'B': 0})
    >>> found.items["n_left_out"].tolist()
    [0, 1]
    """
    names, values = item_values(items)
    missing = np.isnan(values)
    blank = missing.all(axis=1)
    missing = missing[~blank]
    n_people, by_item, by_person = len(missing), missing.sum(axis=0), missing.sum(axis=1)
    table = pd.DataFrame({"item": list(names), "n_answered": n_people - by_item, "n_left_out": by_item})
    table["share_left_out"] = by_item / n_people if n_people else math.nan
    return LeftOut(
        n_people=n_people,
        n_items=len(names),
        n_complete=int((by_person == 0).sum()),
        n_blank=int(blank.sum()),
        items=table,
        people=pd.Series(by_person, index=items.index[np.flatnonzero(~blank)]),
    )


def straight_lining(items: pd.DataFrame) -> StraightLines:
    """Find people who gave the same answer to every item of a scale.

    Parameters
    ----------
    items : DataFrame, one row a person, one column an item
        Numeric codes or missing, as `item_answers` gives them. Where a scale has reversed items, hand in the codes as
        they were ticked: a line through turned items is no longer straight.

    Returns
    -------
    StraightLines
        Only people who answered every item are looked at. On a scale of fewer than four items equal answers are
        common, and nobody is flagged. Where no item is worded the other way round a straight line can be an honest
        answer.

    Raises
    ------
    TableError
        As for `reliability`.

    Examples
    --------
    >>> answers = pd.DataFrame([[3, 3, 3, 3], [1, 2, 3, 4], [2, 2, 2, None]], index=["A", "B", "C"])
    >>> found = straight_lining(answers)
    >>> found.n_flagged, found.n_people, found.people.to_dict()
    (1, 2, {'A': 3.0})
    """
    names, values = item_values(items)
    complete = ~np.isnan(values).any(axis=1)
    n_people, judged = int(complete.sum()), len(names) >= LEAST_ITEMS_FOR_A_LINE
    straight = _all_same(values) & judged
    people = pd.Series(values[straight, 0], index=items.index[np.flatnonzero(straight)])
    codes, counts = np.unique(values[straight, 0], return_counts=True)
    notes = []
    if not judged:
        notes.append(f"Nobody is flagged: on fewer than {LEAST_ITEMS_FOR_A_LINE} items equal answers are common.")
    elif straight.any():
        notes.append("A straight line can be an honest answer: it is marked to be looked at, and nobody is set aside.")
    return StraightLines(
        n_people=n_people,
        n_items=len(names),
        n_flagged=len(people) if judged else None,
        people=people,
        codes=pd.DataFrame({"code": codes, "n_people": counts}, columns=list(LINE_COLUMNS)),
        notes=tuple(notes),
    )


def _all_same(values: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Whether each row holds one code throughout; a missing answer is the same as nothing."""
    return np.asarray((np.abs(values - values[:, :1]) < _SAME).all(axis=1))


def floor_and_ceiling(scores: pd.Series, low: float, high: float) -> FloorAndCeiling:
    """Count the people at the lowest and at the highest possible score.

    Parameters
    ----------
    scores : Series
        One score a person, of one scale, wave and role, in the unit of the scale; NaN for no score, which is not
        counted.
    low, high : float
        Lowest and highest possible score, as `Scale.low` and `Scale.high` say.

    Returns
    -------
    FloorAndCeiling
        An effect is present where more than 15 % of the people stand at that end (Terwee et al. 2007, Journal of
        Clinical Epidemiology 60:34-42). They ask for at least 50 people: below that only counts and shares are given.

    Raises
    ------
    TableError
        If a score is not a number or lies outside `low` to `high`, or `low` is not below `high`.

    Examples
    --------
    >>> found = floor_and_ceiling(pd.Series([10.0, 25.0, 40.0, 40.0, None]), 10, 40)
    >>> found.n, found.n_floor, found.n_ceiling, found.share_ceiling, found.ceiling_effect
    (4, 1, 2, 0.5, None)
    """
    if not low < high:
        raise TableError("The lowest possible score must lie below the highest possible one.")
    values = numbers(scores, "scores")
    values = values[~np.isnan(values)]
    if ((values < low - _SAME) | (values > high + _SAME)).any():
        raise TableError("A score lies outside the scale. Hand in the scores of one scale, with its own limits.")
    n = len(values)
    n_floor, n_ceiling = (int((np.abs(values - end) <= _SAME).sum()) for end in (low, high))
    judged = n >= LEAST_PEOPLE_FOR_AN_END
    reason = f"No verdict on floor or ceiling: the 15 % criterion asks for at least {LEAST_PEOPLE_FOR_AN_END} people."
    return FloorAndCeiling(
        n=n,
        low=low,
        high=high,
        n_floor=n_floor,
        n_ceiling=n_ceiling,
        share_floor=n_floor / n if n else None,
        share_ceiling=n_ceiling / n if n else None,
        floor_effect=_effect(n_floor, n) if judged else None,
        ceiling_effect=_effect(n_ceiling, n) if judged else None,
        notes=() if judged else (reason,),
    )


def _effect(at_end: int, n: int) -> bool:
    return at_end > MOST_AT_AN_END * n + _SAME
