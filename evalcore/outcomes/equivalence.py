"""Whether a mean change is too small to matter: two one-sided paired t tests against a bound, and their interval."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from evalcore.columns import POST, PRE
from evalcore.errors import EvalcoreError
from evalcore.outcomes.description import all_equal, standard_deviation
from evalcore.outcomes.pairs import Pairs

CONFIDENCE = 0.90
"""Of the interval: two one-sided tests at 5 % are passed where the 90 % interval lies wholly inside the bound."""

LEAST_PAIRS = 3
"""Fewest pairs with an interval and tests."""

_MOST_PAIRS = 10**12


@dataclass(frozen=True, kw_only=True)
class Equivalence:
    """A mean change held against a bound on both sides. None is what can not be computed; `notes` say why.

    Attributes
    ----------
    n_pairs : int
    bound : float
        Smallest change that would matter, up or down, in the unit of the scores.
    mean_change, sd_change : float
        Of the matched people, after minus before; SD with n - 1.
    ci_low, ci_high : float
        90 % interval of the mean change from the t distribution.
    t_lower, p_lower : float
        One-sided paired t test against -bound: small p where the mean change lies above it.
    t_upper, p_upper : float
        One-sided paired t test against +bound: small p where the mean change lies below it.
    df : int
    p_value : float
        The larger of the two p: both tests must be passed.
    confidence : float
        Of the interval.
    notes : tuple of str
        One sentence for what was not computed.
    """

    n_pairs: int
    bound: float
    mean_change: float | None = None
    sd_change: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    t_lower: float | None = None
    t_upper: float | None = None
    df: int | None = None
    p_lower: float | None = None
    p_upper: float | None = None
    p_value: float | None = None
    confidence: float = CONFIDENCE
    notes: tuple[str, ...] = ()


def equivalence(pairs: Pairs, *, bound: float) -> Equivalence:
    """Test whether the mean change lies between -bound and +bound.

    Parameters
    ----------
    pairs : Pairs
        Only `matched` is used; the order of its rows never matters.
    bound : float
        Smallest change that would matter, in the unit of the scores.

    Returns
    -------
    Equivalence
        1 pair: the change. 2 pairs: also its SD. 3 or more: everything. Where all changes are equal (to 10 decimals):
        the change and its SD of 0 only.

    Raises
    ------
    EvalcoreError
        If the bound is not a positive, finite number.

    Notes
    -----
    Schuirmann 1987, Journal of Pharmacokinetics and Biopharmaceutics 15:657-680. The tests are R's
    `t.test(change, mu = -bound, alternative = "greater")` and `t.test(change, mu = bound, alternative = "less")`.

    Examples
    --------
    >>> import pandas as pd
    >>> from evalcore.outcomes.matching import match
    >>> before = pd.Series([20.0, 23.0, 19.0, 25.0], index=list("ABCD"))
    >>> after = pd.Series([23.0, 24.0, 21.0, 25.0], index=list("ABCD"))
    >>> found = equivalence(match(before, after), bound=4)
    >>> round(found.ci_low, 2), round(found.ci_high, 2), round(found.p_value, 3)
    (-0.02, 3.02, 0.015)
    """
    if not (math.isfinite(bound) and bound > 0):
        raise EvalcoreError("The bound must be a positive number of points, such as 1.5.")
    pre, post = (pairs.matched[wave].to_numpy(dtype=float) for wave in (PRE, POST))
    # One order whatever the order of the rows, so that the last digit does not depend on it either.
    order = np.lexsort((post, pre))
    changes = post[order] - pre[order]
    n = len(changes)
    if n == 0:
        return Equivalence(n_pairs=0, bound=bound, notes=(_TOO_FEW[0],))
    mean, sd = float(changes.mean()), standard_deviation(changes) if n > 1 else None
    if sd is None or n < LEAST_PAIRS or all_equal(changes):
        note = _TOO_FEW[n] if n < LEAST_PAIRS else _ALL_EQUAL
        return Equivalence(n_pairs=n, bound=bound, mean_change=mean, sd_change=sd, notes=(note,))
    return _tested(n, float(bound), mean, sd)


_TOO_FEW = (
    "No matched pair: nothing can be computed.",
    "One matched pair: its change only; interval and tests need three pairs.",
    "Two matched pairs: mean change and SD only; interval and tests need three pairs.",
)
_ALL_EQUAL = "All changes are equal: without spread there is no interval and no test."


def _tested(n: int, bound: float, mean: float, sd: float) -> Equivalence:
    from scipy.special import stdtr

    error = sd / math.sqrt(n)
    t_lower, t_upper = (mean + bound) / error, (mean - bound) / error
    p_lower, p_upper = float(stdtr(n - 1, -t_lower)), float(stdtr(n - 1, t_upper))
    margin = half_width(n, sd)
    return Equivalence(
        n_pairs=n,
        bound=bound,
        mean_change=mean,
        sd_change=sd,
        ci_low=mean - margin,
        ci_high=mean + margin,
        t_lower=t_lower,
        t_upper=t_upper,
        df=n - 1,
        p_lower=p_lower,
        p_upper=p_upper,
        p_value=max(p_lower, p_upper),
    )


def half_width(n: int, sd: float) -> float:
    """Half the width of the 90 % interval of a mean change: t(.95, n - 1) SD/√n.

    >>> round(half_width(7, 3.06), 2)
    2.25
    """
    from scipy.special import stdtrit

    return float(stdtrit(n - 1, (1 + CONFIDENCE) / 2)) * sd / math.sqrt(n)


def pairs_to_fit(sd: float, bound: float) -> int | None:
    """Fewest pairs (3 or more) whose 90 % interval fits inside the bound, were the mean change zero and the SD this.

    Parameters
    ----------
    sd : float
        SD of the changes.
    bound : float
        In the same unit.

    Returns
    -------
    int or None
        None where a million million pairs would not do.

    Raises
    ------
    EvalcoreError
        If the SD is negative or not finite, or the bound is not a positive, finite number.

    Examples
    --------
    >>> pairs_to_fit(3.06, 1.0), pairs_to_fit(3.06, 2.5)
    (28, 7)
    """
    if not (math.isfinite(bound) and bound > 0 and math.isfinite(sd) and sd >= 0):
        raise EvalcoreError("The SD must be zero or a positive number, and the bound a positive one.")
    if half_width(LEAST_PAIRS, sd) < bound:
        return LEAST_PAIRS
    low, high = LEAST_PAIRS, 2 * LEAST_PAIRS
    while half_width(high, sd) >= bound:
        low, high = high, 2 * high
        if low > _MOST_PAIRS:
            return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if half_width(middle, sd) < bound else (middle, high)
    return high
