"""The Bayes factor of the matched change: how many times as likely the scores are under a change as under none."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from evalcore.errors import EvalcoreError
from evalcore.outcomes.description import all_equal, standard_deviation
from evalcore.outcomes.overlap import Values, scores_in_order
from evalcore.outcomes.pairs import Pairs

MEDIUM, WIDE, NARROW = 0.707, 1.0, 0.5
"""Scales of the Cauchy prior on d_z: the default, a wider one and a narrower one to set beside it."""

LEAST_PAIRS = 3
"""Below this many pairs there is no Bayes factor."""

LEAST_PAIRS_TO_READ = 10
"""Below this many pairs the prior decides nearly all of it."""

_STEP = 1 / 32
_TAIL = 60.0
_LARGEST_LOG = 709.0


@dataclass(frozen=True, kw_only=True)
class BayesFactor:
    """Bayes factor of the matched change. None is what can not be computed; `notes` say why.

    Attributes
    ----------
    bf10 : float or None
        How many times as likely the changes are if d_z follows the prior as if d_z is exactly 0.
    scale : float
        Of the Cauchy prior on d_z: half of it lies between -scale and scale.
    n_pairs : int
    notes : tuple of str
    """

    bf10: float | None
    scale: float
    n_pairs: int
    notes: tuple[str, ...] = ()


def bayes_factor(pairs: Pairs, *, scale: float = MEDIUM) -> BayesFactor:
    """Compute the two-sided one-sample JZS Bayes factor of the changes.

    Parameters
    ----------
    pairs : Pairs
        Only `matched` is used; the order of its rows never matters.
    scale : float
        Of the Cauchy prior on d_z (mean change / SD of changes): 0.707 "medium", 1 "wide".

    Returns
    -------
    BayesFactor
        `bf10` from 3 pairs on, and None where all changes are equal or where it is beyond the largest number that a
        computer holds (about 10^308).

    Raises
    ------
    EvalcoreError
        If `scale` is not a positive number.

    Notes
    -----
    With t the paired t and v = n - 1, bf10 is the integral over g of (1 + n g)^(-1/2) (1 + t²/((1 + n g) v))^(-(v+1)/2)
    times the density of an inverse gamma (1/2, scale²/2), divided by (1 + t²/v)^(-(v+1)/2) (Rouder et al. 2009,
    Psychonomic Bulletin & Review 16:225-237). Over log g the integrand is smooth and falls off at both ends, so that
    the plain sum of equally spaced points is exact to about 13 digits. Checked against `ttestBF(paired = TRUE)` of R's
    BayesFactor, whose own scale "medium" is √2/2 where 0.707 stands here.

    Examples
    --------
    >>> import pandas as pd
    >>> from evalcore.outcomes.matching import match
    >>> before = pd.Series([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0])
    >>> after = pd.Series([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])
    >>> round(bayes_factor(match(before, after)).bf10, 2)
    17.26
    """
    if not (math.isfinite(scale) and scale > 0):
        raise EvalcoreError("The scale of the prior must be a number above 0, such as 0.707.")
    pre, post, _, _ = scores_in_order(pairs)
    found, note = _computed(post - pre, float(scale))
    return BayesFactor(bf10=found, scale=float(scale), n_pairs=len(pre), notes=(note,) if note else ())


def _computed(changes: Values, scale: float) -> tuple[float | None, str]:
    """The Bayes factor, and what is to be said of it."""
    n = len(changes)
    if n < LEAST_PAIRS:
        return (
            None,
            f"No Bayes factor: it needs {LEAST_PAIRS} matched pairs, and there {'is' if n == 1 else 'are'} {n}.",
        )
    if all_equal(changes):
        return None, "No Bayes factor: all changes are equal, so there is no spread to hold them against."
    t = float(changes.mean()) / (standard_deviation(changes) / math.sqrt(n))
    exponent = _log_bf10(t, n, scale)
    if exponent > _LARGEST_LOG:
        power = exponent / math.log(10)
        return None, f"No Bayes factor: it is 10 to the power of {power:,.0f}, too large for a computer's number."
    few = f"With {n} pairs the Bayes factor says little more than the prior that was chosen."
    return math.exp(exponent), few if n < LEAST_PAIRS_TO_READ else ""


def _log_bf10(t: float, n: int, scale: float) -> float:
    """Natural logarithm of the Bayes factor, by a sum over log g far enough to both sides."""
    df, squared = n - 1, t * t
    low = 2 * math.log(scale) - math.log(1_600)
    high = max(2 * math.log(scale), -math.log(n), math.log(squared / (n * df)) if squared else low) + _TAIL
    log_g = np.arange(low, high, _STEP)
    g = np.exp(log_g)
    logs = (
        math.log(scale / math.sqrt(2 * math.pi))
        - 0.5 * (log_g + np.log1p(n * g))
        - scale**2 / (2 * g)
        - (df + 1) / 2 * (np.log1p(squared / ((1 + n * g) * df)) - math.log1p(squared / df))
    )
    top = float(logs.max())
    return top + math.log(float(np.exp(logs - top).sum()) * _STEP)
