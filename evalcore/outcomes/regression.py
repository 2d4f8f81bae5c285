"""Regression to the mean: the change that could come of it alone, were people taken for how they scored that day."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evalcore.columns import PRE
from evalcore.errors import EvalcoreError
from evalcore.outcomes.pairs import Pairs

ASSUMED_CORRELATIONS = (0.5, 0.9)
"""The range assumed where no correlation over the same gap has been published."""


@dataclass(frozen=True, kw_only=True)
class RegressionToTheMean:
    """The change that regression to the mean alone could give. None is what can not be computed; `notes` say why.

    Attributes
    ----------
    n_pairs : int
    norm_mean : float
        Mean of the population towards which scores would move, in the unit of the scores.
    mean_pre : float
        Of the matched people.
    correlations : tuple of float
        Assumed between the two times, the smallest first.
    expected : tuple of float
        (1 - r)(norm mean - mean before) for each of them, in the unit of the scores: positive for a rise. An upper
        bound in size, which holds only if people were taken because of how they scored that day. Empty without a pair.
    expected_low, expected_high : float
        The smallest and the largest of these; the smallest is the largest fall where people began above the norm.
    notes : tuple of str
    """

    n_pairs: int
    norm_mean: float
    mean_pre: float | None = None
    correlations: tuple[float, ...]
    expected: tuple[float, ...] = ()
    expected_low: float | None = None
    expected_high: float | None = None
    notes: tuple[str, ...] = ()


def regression_to_the_mean(
    pairs: Pairs, *, norm_mean: float, correlations: Sequence[float] = ASSUMED_CORRELATIONS
) -> RegressionToTheMean:
    """Reckon the mean change that regression to the mean alone could give.

    Parameters
    ----------
    pairs : Pairs
        Only `matched` is used; the order of its rows never matters.
    norm_mean : float
        Published mean of the population that people were taken from, in the unit of the scores.
    correlations : sequence of float
        Correlations between two times as far apart as these, each from 0 to 1: one that is cited, or the ends of a
        range; by default .5 and .9.

    Returns
    -------
    RegressionToTheMean
        Zero where the matched people's mean before equals the norm; no number without a pair.

    Raises
    ------
    EvalcoreError
        If the norm is not a finite number, or a correlation is missing or does not lie from 0 to 1.

    Notes
    -----
    Galton 1886; the form for a group taken below (or above) the mean is that of Davis 1976, American Journal of
    Epidemiology 104:493-498. It supposes that people were taken because of their score of that day.

    Examples
    --------
    >>> import pandas as pd
    >>> from evalcore.outcomes.matching import match
    >>> before, after = pd.Series([18.0, 20.0, 22.0]), pd.Series([20.0, 21.0, 25.0])
    >>> found = regression_to_the_mean(match(before, after), norm_mean=23.5)
    >>> found.mean_pre, found.expected_low, found.expected_high
    (20.0, 0.35, 1.75)
    """
    if not math.isfinite(norm_mean):
        raise EvalcoreError("The mean of the norm must be a finite number.")
    if not correlations or not all(0 <= r <= 1 for r in correlations):
        raise EvalcoreError("Each correlation must lie from 0 to 1, such as 0.7.")
    used = tuple(sorted(set(map(float, correlations))))
    before = np.sort(pairs.matched[PRE].to_numpy(dtype=float))
    if len(before) == 0:
        return RegressionToTheMean(
            n_pairs=0, norm_mean=norm_mean, correlations=used, notes=("No matched pair: nothing can be computed.",)
        )
    mean = float(before.mean())
    expected = tuple(expected_change(mean, norm_mean, r) for r in used)
    return RegressionToTheMean(
        n_pairs=len(before),
        norm_mean=norm_mean,
        mean_pre=mean,
        correlations=used,
        expected=expected,
        expected_low=min(expected),
        expected_high=max(expected),
    )


def expected_change(mean_before: float, norm_mean: float, correlation: float) -> float:
    """(1 - r)(norm mean - mean before), to 10 decimals so that a mean that equals the norm gives exactly 0.

    >>> expected_change(20.0, 23.5, 0.5), expected_change(0.1 + 0.2, 0.3, 0.5)
    (1.75, 0.0)
    """
    found = round((1 - correlation) * (norm_mean - mean_before), 10)
    return found + 0.0  # never a negative zero
