"""How many people reoffended, beside how many were expected to by their scores."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalcore.profile.caseload import Flags, Values
from evalcore.profile.poisson_binomial import exact_p, expected_range

REOFFENDED = "reoffended"
COMPLETE = "followup_complete"
MOST_FOR_EXACT = 2_000
"""Above so many people there is no exact range: it would take long, and be narrow."""


@dataclass(frozen=True, eq=False)
class Expected:
    """People with a score, complete follow-up and a known outcome: observed against expected.

    Attributes
    ----------
    counted : array of bool
        Who counts, in the order of the table.
    reoffended : array of bool
        Who of them reoffended.
    n_incomplete, n_no_outcome, n_no_score : int
        People who do not count: because their follow-up is not said to be complete; else because it is not known
        whether they reoffended; else because they have no score. Together with those who count they are everybody.
    expected : float
        Sum of the probabilities; NaN for nobody.
    low, high : float
        95 % range of the number expected (exact Poisson-binomial); NaN for nobody and above 2,000 people.
    p_value : float
        Exact and two-sided; NaN where there is no range.
    """

    counted: Flags
    reoffended: Flags
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
        return int(self.counted.sum())

    @property
    def n_left_out(self) -> int:
        """People who do not count."""
        return len(self.counted) - self.n

    @property
    def observed(self) -> int:
        """How many of them reoffended."""
        return int(self.reoffended.sum())

    @property
    def ratio(self) -> float:
        """Observed divided by expected; NaN for nobody."""
        return self.observed / self.expected if self.expected > 0 else np.nan


def observed_expected(table: pd.DataFrame, p: Values) -> Expected:
    """Count who reoffended among those with complete follow-up, and how many were expected to.

    Parameters
    ----------
    table : DataFrame
        With `reoffended` and `followup_complete` (yes or no); without either column nobody counts.
    p : array of float
        Each person's probability; NaN where there is no score.

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
    few = 0 < counted.sum() <= MOST_FOR_EXACT
    low, high = expected_range(p[counted]) if few else (np.nan, np.nan)
    return Expected(
        counted,
        reoffended,
        n_incomplete=int((~complete).sum()),
        n_no_outcome=int((complete & ~outcome_known).sum()),
        n_no_score=int((complete & outcome_known & ~scored).sum()),
        expected=float(p[counted].sum()) if counted.any() else np.nan,
        low=low,
        high=high,
        p_value=exact_p(int(reoffended.sum()), p[counted]) if few else np.nan,
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
