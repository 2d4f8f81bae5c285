"""The fewest people, pairs or clusters with which a wanted power is reached."""

from __future__ import annotations

import math
from collections.abc import Callable

from evalcore.outcomes.planning.checks import MOST

_FINE = 1e-11


def fewest(power_of: Callable[[float], float], power: float, *, least: int, guess: float) -> int | None:
    """The smallest whole number from `least` on at which `power_of` is at least `power`; None beyond `MOST`.

    `power_of` must rise with its argument. `guess` only shortens the search, which doubles and then halves: a thousand
    million million people take no longer than ten.

    Examples
    --------
    >>> fewest(lambda n: 1 - 1 / n, 0.9, least=2, guess=50)
    10
    """
    bracket = _bracket(power_of, power, least, guess)
    if bracket is None:
        return None
    low, high = bracket
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if power_of(middle) >= power else (middle, high)
    return high


def fewest_exactly(power_of: Callable[[float], float], power: float, *, least: int, guess: float) -> float | None:
    """The number, not rounded, at which `power_of` is `power`; `least` where that is enough, None beyond `MOST`.

    Examples
    --------
    >>> round(fewest_exactly(lambda n: 1 - 1 / n, 0.88, least=2, guess=50), 6)
    8.333333
    """
    from scipy.optimize import brentq

    whole = fewest(power_of, power, least=least, guess=guess)
    if whole is None or whole == least:
        return whole
    return float(brentq(lambda n: power_of(n) - power, whole - 1, whole, xtol=_FINE, rtol=1e-15))


def _bracket(power_of: Callable[[float], float], power: float, least: int, guess: float) -> tuple[int, int] | None:
    """Two numbers between which the power is reached: not at the first (or it is below `least`), but at the second."""
    low = least - 1
    high = max(least, math.floor(min(guess, MOST)))
    while power_of(high) < power:
        if high >= MOST:
            return None
        low, high = high, min(2 * high, MOST)
    step = 1
    while low < least and high > least:  # the guess was enough: step down from it
        below = max(least, high - step)
        if power_of(below) < power:
            low = below
        else:
            high, step = below, 2 * step
    return low, high
