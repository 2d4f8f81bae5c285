"""Welch's test of two means, from their summary figures."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Welch:
    """Interval of the difference (first mean minus other), `t`, `df` and the two-sided `p_value`."""

    ci_low: float
    ci_high: float
    t: float
    df: float
    p_value: float


def welch(
    mean: float, sd: float, n: int, other_mean: float, other_sd: float, other_n: int, *, confidence: float = 0.95
) -> Welch | None:
    """Compare two independent means without taking their spreads for equal (Welch 1947).

    Parameters
    ----------
    mean, sd, n, other_mean, other_sd, other_n : number
        Of each group; SD with n - 1, NaN below two people.
    confidence : float
        Of the interval, between 0 and 1.

    Returns
    -------
    Welch or None
        None where a group has fewer than two people, or neither has any spread. Checked against R's `t.test`.

    Examples
    --------
    >>> found = welch(24.0, 4.0, 7, 20.0, 3.0, 4)
    >>> round(found.t, 3), round(found.df, 2), round(found.p_value, 3)
    (1.878, 8.04, 0.097)
    >>> welch(24.0, 0.0, 7, 20.0, 0.0, 4) is None
    True
    """
    if min(n, other_n) < 2 or not sd + other_sd > 0:
        return None
    from scipy.special import stdtr, stdtrit

    squared, other_squared = sd**2 / n, other_sd**2 / other_n
    error = math.sqrt(squared + other_squared)
    df = (squared + other_squared) ** 2 / (squared**2 / (n - 1) + other_squared**2 / (other_n - 1))
    difference = mean - other_mean
    t, margin = difference / error, float(stdtrit(df, (1 + confidence) / 2)) * error
    return Welch(difference - margin, difference + margin, t, df, float(2 * stdtr(df, -abs(t))))
