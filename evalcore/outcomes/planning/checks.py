"""What a plan may be made from, and how a number of people is rounded up."""

from __future__ import annotations

import math
from numbers import Real

from evalcore.errors import EvalcoreError

MOST = 10**12
"""More people than this are never planned: the change is too small to be looked for."""

_WHOLE = 9
"""Decimals to which a quotient is taken before it is rounded up, so that 7 / 0.07 stays 100."""


def checked_number(value: object, what: str) -> float:
    """Give a finite number as a float; EvalcoreError for anything else.

    Examples
    --------
    >>> checked_number(3, "The change")
    3.0
    >>> checked_number(True, "The change")
    Traceback (most recent call last):
        ...
    evalcore.errors.EvalcoreError: The change must be a number.
    """
    if isinstance(value, bool) or not isinstance(value, Real) or not math.isfinite(value):
        raise EvalcoreError(f"{what} must be a number.")
    return float(value)


def checked_size(value: object, what: str) -> float:
    """Give the size of a change, whichever its direction; EvalcoreError where it is 0 or no number.

    Examples
    --------
    >>> checked_size(-2.5, "The change")
    2.5
    """
    size = abs(checked_number(value, what))
    if size == 0:
        raise EvalcoreError(f"{what} must not be 0: no number of people is enough to tell nothing from nothing.")
    return size


def check_test(power: object, alpha: object) -> tuple[float, float]:
    """Give power and alpha as floats; EvalcoreError unless 0 < alpha < power < 1.

    Examples
    --------
    >>> check_test(0.8, 0.05)
    (0.8, 0.05)
    >>> check_test(80, 0.05)
    Traceback (most recent call last):
        ...
    evalcore.errors.EvalcoreError: Power must lie between 0 and 1, such as 0.8.
    """
    wanted, error = checked_number(power, "Power"), checked_number(alpha, "Alpha")
    if not 0 < wanted < 1:
        raise EvalcoreError("Power must lie between 0 and 1, such as 0.8.")
    if not 0 < error < 1:
        raise EvalcoreError("Alpha must lie between 0 and 1, such as 0.05.")
    if wanted <= error:
        raise EvalcoreError("Power must be larger than alpha: a test without anybody already finds that often.")
    return wanted, error


def checked_share(value: object, what: str) -> float:
    """Give a share from 0 to 1; EvalcoreError for anything else.

    Examples
    --------
    >>> checked_share(0.25, "A share")
    0.25
    """
    share = checked_number(value, what)
    if not 0 <= share <= 1:
        raise EvalcoreError(f"{what} must lie between 0 and 1: write 25 % as 0.25.")
    return share


def checked_completion(value: object) -> float | None:
    """Give the share of those recruited who complete; None stays None, EvalcoreError outside (0, 1].

    Examples
    --------
    >>> checked_completion(None), checked_completion(1)
    (None, 1.0)
    """
    if value is None:
        return None
    share = checked_share(value, "The share who complete")
    if share == 0:
        raise EvalcoreError("The share who complete must be above 0: where nobody completes no number is enough.")
    return share


def rounded_up(n: float) -> int:
    """Round a number of people up to whole people.

    Examples
    --------
    >>> rounded_up(19.2), rounded_up(7 / 0.07)
    (20, 100)
    """
    return math.ceil(round(n, _WHOLE))


def recruited(n: int | None, completion: float | None) -> int | None:
    """People to recruit so that `n` of them complete; None where either is not known.

    Examples
    --------
    >>> recruited(20, 0.5), recruited(20, None)
    (40, None)
    """
    return None if n is None or completion is None else rounded_up(n / completion)
