"""How many people reoffended, beside how many were expected to by their scores."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalcore.profile.caseload import Flags, Values
from evalcore.profile.counted import Weights, weights
from evalcore.profile.poisson_binomial import numbers_of
from evalcore.profile.spread import Spread

REOFFENDED = "reoffended"
COMPLETE = "followup_complete"


@dataclass(frozen=True, eq=False)
class Expected:
    """People with a score, complete follow-up and a known outcome: observed against expected.

    Attributes
    ----------
    counted : array of bool
        Who counts, in the order of the table.
    reoffended : array of bool
        Who of them reoffended.
    people : array of int
        How many people each row of the table stands for.
    n_incomplete, n_no_outcome, n_no_score : int
        People who do not count: because their follow-up is not said to be complete; else because it is not known
        whether they reoffended; else because they have no score. Together with those who count they are everybody.
    expected : float
        Sum of the probabilities; NaN for nobody.
    low, high : float
        95 % range of the number expected (exact Poisson-binomial); NaN for nobody.
    p_value : float
        Exact and two-sided; NaN for nobody.
    """

    counted: Flags
    reoffended: Flags
    people: Weights
    n_incomplete: int
    n_no_outcome: int
    n_no_score: int
    expected: float
    low: float
    high: float
    p_value: float

    @property
    def n(self) -> int:
        """People who count."""
        return int(self.people[self.counted].sum())

    @property
    def n_left_out(self) -> int:
        """People who do not count."""
        return int(self.people.sum()) - self.n

    @property
    def observed(self) -> int:
        """How many of them reoffended."""
        return int(self.people[self.reoffended].sum())

    @property
    def ratio(self) -> float:
        """Observed divided by expected; NaN for nobody."""
        return self.observed / self.expected if self.expected > 0 else np.nan

    @property
    def ratio_range(self) -> tuple[float, float]:
        """Between what ratios 95 in 100 would lie if the scale were right; NaN for nobody."""
        low, high = (end / self.expected if self.expected > 0 else np.nan for end in (self.low, self.high))
        return low, high


def observed_expected(table: pd.DataFrame, p: Values) -> Expected:
    """Count who reoffended among those with complete follow-up, and how many were expected to.

    Parameters
    ----------
    table : DataFrame
        With `reoffended` and `followup_complete` (yes or no); without either column nobody counts. One row a person, or
        rows of counts with `people`.
    p : array of float
        Each row's probability; NaN where there is no score.

    Examples
    --------
    >>> table = pd.DataFrame({"reoffended": [True, False, None, True], "followup_complete": [True, True, True, False]})
    >>> found = observed_expected(table, np.array([0.5, 0.25, 0.5, 0.5]))
    >>> found.n, found.observed, found.expected, found.n_no_outcome, found.n_incomplete
    (2, 1, 0.75, 1, 1)
    """
    complete = _is(table, COMPLETE)
    outcome_known = _known(table, REOFFENDED)
    scored = ~np.isnan(p)
    counted = complete & outcome_known & scored
    reoffended = counted & _is(table, REOFFENDED)
    people = weights(table)
    scores = Spread.of(p[counted], people[counted])
    numbers = numbers_of(scores) if counted.any() else None
    low, high = (np.nan, np.nan) if numbers is None else numbers.range()
    return Expected(
        counted,
        reoffended,
        people,
        n_incomplete=int(people[~complete].sum()),
        n_no_outcome=int(people[complete & ~outcome_known].sum()),
        n_no_score=int(people[complete & outcome_known & ~scored].sum()),
        expected=np.nan if numbers is None else float((scores.values * scores.people).sum()),
        low=low,
        high=high,
        p_value=np.nan if numbers is None else numbers.exact_p(int(people[reoffended].sum())),
    )


def _known(table: pd.DataFrame, name: str) -> Flags:
    if name not in table:
        return np.zeros(len(table), dtype=bool)
    return table[name].notna().to_numpy(dtype=bool)


def _is(table: pd.DataFrame, name: str) -> Flags:
    """Who is known to be so."""
    if name not in table:
        return np.zeros(len(table), dtype=bool)
    return table[name].astype("boolean").to_numpy(dtype=bool, na_value=False)
