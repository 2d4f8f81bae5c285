"""How a number, a count or a list is written for a reader; the one place that turns values into text.

Stands beside `columns`: any module may import it. A value that is missing or not finite is written as an en dash.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

MISSING = "–"
MINUS = "−"
_BEYOND_ROUNDING = 1e15
"""A double this large has no decimals that mean anything."""


def rounded(value: float, decimals: int) -> float:
    """Round as a reader does by hand: a half away from zero.

    The value is first taken to 10 decimals, so that a mean of 22.349999999999998 is the 22.35 that it stands for.

    >>> rounded(22.349999999999998, 1), rounded(-1.95, 1), rounded(2.5, 0)
    (22.4, -2.0, 3.0)
    """
    if abs(value) >= _BEYOND_ROUNDING:
        return float(value)
    exact = Decimal(repr(round(float(value), 10)))
    return float(exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP))


def number(value: float | None, decimals: int = 2, *, signed: bool = False) -> str:
    """Write `value` with a fixed number of decimals (a half away from zero), a true minus sign, and `+` when `signed`.

    >>> number(-0.875), number(3, 1, signed=True), number(None), number(-0.001)
    ('−0.88', '+3.0', '–', '0.00')
    """
    if value is None or not math.isfinite(value):
        return MISSING
    text = f"{abs(rounded(value, decimals)):,.{decimals}f}"
    if float(text.replace(",", "")) == 0:
        return text
    if value < 0:
        return MINUS + text
    return "+" + text if signed else text


def interval(low: float | None, high: float | None, decimals: int = 2) -> str:
    """Write an interval in words; an end that is not 0 is never written as 0, for on which side it lies is the message.

    >>> interval(-1.95, 3.7, 1), interval(-0.04, 3.6, 1)
    ('−2.0 to 3.7', 'just below 0 to 3.6')
    """
    return f"{_end(low, decimals)} to {_end(high, decimals)}"


def _end(value: float | None, decimals: int) -> str:
    if value is not None and round(value, 10) != 0 and rounded(value, decimals) == 0:
        return "just below 0" if value < 0 else "just above 0"
    return number(value, decimals)


def p_value(p: float | None) -> str:
    """Write a p value to three decimals, without claiming more than was computed.

    >>> p_value(0.0004), p_value(0.04567), p_value(None)
    ('p < 0.001', 'p = 0.046', '–')
    """
    if p is None or not math.isfinite(p):
        return MISSING
    return "p < 0.001" if p < 0.0005 else f"p = {p:.3f}"


def count(n: int, one: str, many: str) -> str:
    """Write a count with its noun.

    >>> count(1, "person", "people"), count(12000, "person", "people")
    ('1 person', '12,000 people')
    """
    return f"{n:,} {one if n == 1 else many}"


def joined(names: Sequence[str], word: str = "and") -> str:
    """Write a list as a reader would.

    >>> joined(["pre", "post"]), joined(["a", "b", "c"], "or")
    ('pre and post', 'a, b or c')
    """
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {word} {names[-1]}"


def upper_first(text: str) -> str:
    """Write a text as a sentence begins; the rest stays as it is.

    >>> upper_first("age"), upper_first("OGRS3 (1 year)"), upper_first("")
    ('Age', 'OGRS3 (1 year)', '')
    """
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """Write a text as it stands inside a sentence; one that begins with an acronym stays as it is.

    >>> lower_first("Alcohol misuse"), lower_first("OGRS of a group")
    ('alcohol misuse', 'OGRS of a group')
    """
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
