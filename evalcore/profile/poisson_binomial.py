"""The number of people to whom something happens, each with a probability of their own: an exact test of it."""

from __future__ import annotations

import numpy as np

from evalcore.profile.caseload import Values
from evalcore.profile.like_for_like import expected_range

__all__ = ["exact_p", "expected_range"]

_SLACK = 1e-7
"""Numbers whose probability is larger by no more than this part count as equally likely, as in R's binom.test."""


def exact_p(observed: int, probabilities: Values) -> float:
    """The exact two-sided p of a number observed: the probability of all numbers that are as unlikely, or more.

    Parameters
    ----------
    observed : int
        From 0 to the number of probabilities.
    probabilities : array of float
        One a person.

    Notes
    -----
    The same rule as R's `binom.test`, with the Poisson-binomial distribution in the place of the binomial.

    Examples
    --------
    >>> round(exact_p(0, np.array([0.5, 0.5, 0.5])), 3)
    0.25
    """
    from scipy.stats import poisson_binom

    each = poisson_binom(probabilities).pmf(np.arange(len(probabilities) + 1))
    return min(1.0, float(each[each <= each[observed] * (1 + _SLACK)].sum()))
