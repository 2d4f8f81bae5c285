"""Intervals of a share and of the difference of two shares."""

from __future__ import annotations

import math

from evalcore.errors import EvalcoreError
from evalcore.outcomes.description import check_confidence


def wilson(count: int, n: int, *, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson's score interval of a share (1927), without continuity correction.

    Parameters
    ----------
    count, n : int
        People who have it, of the people for whom it is known; n is at least 1.
    confidence : float
        Of the interval.

    Returns
    -------
    tuple of float
        Lower and upper end, 0 to 1; exactly 0 below where nobody has it, exactly 1 above where everybody has. Checked
        against R's `prop.test(correct = FALSE)` and Newcombe (1998), Statistics in Medicine 17:857-872, table I.

    Raises
    ------
    EvalcoreError
        If the counts are not whole numbers with 0 ≤ count ≤ n and n ≥ 1, or `confidence` is not between 0 and 1.

    Examples
    --------
    >>> low, high = wilson(14, 27)
    >>> round(low, 3), round(high, 3)
    (0.34, 0.693)
    >>> wilson(0, 27)[0], wilson(27, 27)[1]
    (0.0, 1.0)
    """
    count, n = checked_counts(count, n)
    if n == 0:
        raise EvalcoreError("A share of nobody has no interval. Ask for one only where there are people.")
    z = normal_quantile(confidence)
    share, squared = count / n, z * z
    centre = share + squared / (2 * n)
    half = z * math.sqrt(share * (1 - share) / n + squared / (4 * n * n))
    low = 0.0 if count == 0 else (centre - half) / (1 + squared / n)
    high = 1.0 if count == n else (centre + half) / (1 + squared / n)
    return low, high


def newcombe(count: int, n: int, other_count: int, other_n: int, *, confidence: float = 0.95) -> tuple[float, float]:
    """Interval of the difference of two independent shares, first minus other (Newcombe 1998, method 10).

    Parameters
    ----------
    count, n, other_count, other_n : int
        Of each group, people who have it and people for whom it is known; nobody is in both. Each n is at least 1.
    confidence : float
        Of the interval.

    Returns
    -------
    tuple of float
        Lower and upper end, -1 to 1, from the Wilson intervals of the two shares. Checked against table II of Newcombe
        (1998), Statistics in Medicine 17:873-890, and by formula in R.

    Raises
    ------
    EvalcoreError
        As `wilson`.

    Examples
    --------
    >>> low, high = newcombe(56, 70, 48, 80)
    >>> round(low, 4), round(high, 4)
    (0.0524, 0.3339)
    """
    low, high = wilson(count, n, confidence=confidence)
    other_low, other_high = wilson(other_count, other_n, confidence=confidence)
    share, other = count / n, other_count / other_n
    difference = share - other
    return (
        difference - math.hypot(share - low, other_high - other),
        difference + math.hypot(high - share, other - other_low),
    )


def checked_counts(count: int, n: int) -> tuple[int, int]:
    """Give the two counts as plain whole numbers; EvalcoreError unless 0 ≤ count ≤ n.

    Examples
    --------
    >>> checked_counts(3.0, 4)
    (3, 4)
    >>> checked_counts(5, 4)
    Traceback (most recent call last):
        ...
    evalcore.errors.EvalcoreError: The number of people who have it must be from 0 to the number of people asked about.
    """
    try:
        whole = int(count), int(n)
        fits = whole == (count, n)
    except (TypeError, ValueError, OverflowError):
        fits = False
    if not fits:
        raise EvalcoreError("Numbers of people must be whole numbers; leave out what is not known.")
    if not 0 <= whole[0] <= whole[1]:
        raise EvalcoreError("The number of people who have it must be from 0 to the number of people asked about.")
    return whole


def normal_quantile(confidence: float) -> float:
    """Half-width of a two-sided interval in standard errors: 1.96 for 0.95.

    Examples
    --------
    >>> round(normal_quantile(0.95), 4)
    1.96
    """
    from scipy.special import ndtri

    check_confidence(confidence)
    return float(ndtri((1 + confidence) / 2))
