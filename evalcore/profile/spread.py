"""Many values as the different ones and how many people have each: described and compared without writing each out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from evalcore.outcomes.description import all_equal
from evalcore.profile.caseload import Values
from evalcore.profile.counted import Weights, one_by_one


@dataclass(frozen=True, eq=False)
class Spread:
    """The known values of a group of people.

    Attributes
    ----------
    values : array of float
        Each value that somebody has, once, the lowest first.
    people : array of int
        How many people have it; at least 1.

    Examples
    --------
    >>> ages = Spread.of(np.array([40.0, 30.0, 40.0]))
    >>> len(ages), ages.mean, ages.values.tolist(), ages.people.tolist()
    (3, 36.666666666666664, [30.0, 40.0], [1, 2])
    """

    values: Values
    people: Weights

    @classmethod
    def of(cls, values: Values, people: Weights | None = None) -> Spread:
        """Gather known values, in any order, each with its number of people; one each if None.

        >>> Spread.of(np.array([40.0, 30.0]), np.array([5, 0])).values.tolist()
        [40.0]
        """
        if people is None or bool((people == 1).all()):
            ordered = np.sort(values)
            last = np.flatnonzero(np.diff(ordered, append=np.inf) > 0)
            return cls(ordered[last], np.diff(last, prepend=-1))
        found, which = np.unique(values[people > 0], return_inverse=True)
        totals = np.zeros(len(found), dtype=np.int64)
        np.add.at(totals, which, people[people > 0])
        return cls(found, totals)

    def __len__(self) -> int:
        """How many people there are."""
        return int(self.up_to[-1]) if len(self.values) else 0

    @cached_property
    def up_to(self) -> Weights:
        """How many people are at or below each value."""
        return np.cumsum(self.people)

    @property
    def low(self) -> float:
        """The lowest value; there must be one."""
        return float(self.values[0])

    @property
    def high(self) -> float:
        """The highest value; there must be one."""
        return float(self.values[-1])

    @cached_property
    def mean(self) -> float:
        """The mean; NaN for nobody."""
        return float((self.values * self.people).sum()) / len(self) if len(self) else math.nan

    @cached_property
    def sd(self) -> float:
        """SD with n - 1; NaN below two people, and exactly 0 where all are equal to 10 decimals."""
        if len(self) < 2:
            return math.nan
        if all_equal(self.values):
            return 0.0
        return math.sqrt(float((self.people * (self.values - self.mean) ** 2).sum()) / (len(self) - 1))

    def quantiles(self, shares: Sequence[float] | Values) -> Values:
        """Quantiles by the rule of `numpy.quantile` (Hyndman & Fan 1996, type 7); there must be a value.

        >>> Spread.of(np.array([1.0, 2.0]), np.array([1, 3])).quantiles([0.25, 0.5]).tolist()
        [1.75, 2.0]
        """
        place = np.asarray(shares, dtype=np.float64) * (len(self) - 1)
        below = np.floor(place).astype(np.int64)
        first, then = self._at(below), self._at(np.minimum(below + 1, len(self) - 1))
        part, step = place - below, then - first
        return np.where(part < 0.5, first + step * part, then - step * (1 - part))

    def one_by_one(self) -> Values:
        """Each person's value, the lowest first: for a handful.

        >>> Spread.of(np.array([40.0, 30.0, 40.0])).one_by_one().tolist()
        [30.0, 40.0, 40.0]
        """
        return one_by_one(self.values, self.people)

    def _at(self, places: Weights) -> Values:
        """The values at these places of all people in order."""
        return self.values[np.searchsorted(self.up_to, places, side="right")]
