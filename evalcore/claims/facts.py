"""ChangeFacts: what is known of one change, and the states of it that the rules ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

CLEAR, SPANS, NO_INTERVAL = "clear", "spans", "none"
ONE, HOLDS, LOST, UNADJUSTED = "one", "holds", "lost", "unadjusted"
FEW, MANY, UNKNOWN = "few", "many", "unknown"
NONE, SOME, ALL = "none", "some", "all"
HIGHER, LOWER, SAME, SHOWN_SAME, BARELY = "higher", "lower", "same", "shown_same", "barely_"

_BEYOND_ROUNDING = 10
"""Decimals to which a change is compared with zero."""


@dataclass(frozen=True)
class ChangeFacts:
    """What is known of one change between two waves.

    Attributes
    ----------
    who, measure, unit : str
        The people in the plural ("service users"), the measure ("SWEMWBS") and its unit ("points").
    n_pairs : int
        People with a score at both waves.
    n_asked : int or None
        People asked to take part; None where there is no list of them.
    mean_pre, mean_post, mean_change, ci_low, ci_high, p_value : float or None
        None or NaN where it can not be computed. The p value is said from 30 pairs on.
    all_equal : bool
        Every person changed by the same amount.
    confidence : float
        Of the interval; a p value holds where it is at most one minus this.
    n_before : int or None
        People with a score before; None where it is not known or may not be said.
    family : int
        Comparisons that are looked at together, this one among them.
    family_name : str
        What these comparisons are, in words: "the totals of these people".
    p_adjusted : float or None
        The p value adjusted for all comparisons of the family; None where it is not known.
    correction : str
        How it was adjusted, in words that follow "by".
    added : bool or None
        False: planned before the data. True: not in a plan that was fixed before the data. None: there is no plan.
    one_site : bool
        The people are those of one site; a plan speaks of all sites together.
    """

    who: str
    measure: str
    unit: str
    n_pairs: int
    n_asked: int | None = None
    mean_pre: float | None = None
    mean_post: float | None = None
    mean_change: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    p_value: float | None = None
    all_equal: bool = False
    confidence: float = 0.95
    n_before: int | None = None
    family: int = 1
    family_name: str = "these comparisons"
    p_adjusted: float | None = None
    correction: str = "Holm's method"
    added: bool | None = None
    one_site: bool = False

    @property
    def interval_state(self) -> str:
        """`none` where no interval could be computed, `spans` where it covers zero, else `clear`."""
        low, high = self.ci_low, self.ci_high
        if low is None or high is None or not (isfinite(low) and isfinite(high)):
            return NO_INTERVAL
        return SPANS if side_of_zero(low) <= 0 <= side_of_zero(high) else CLEAR

    @property
    def alpha(self) -> float:
        """The largest p value that the interval is clear of zero at."""
        return round(1 - self.confidence, _BEYOND_ROUNDING)

    @property
    def family_state(self) -> str:
        """`one` comparison alone, one that `holds` or is `lost` among several, or is `unadjusted` for them."""
        if self.family <= 1:
            return ONE
        if self.p_adjusted is None or not isfinite(self.p_adjusted):
            return UNADJUSTED
        return HOLDS if self.p_adjusted <= self.alpha else LOST

    @property
    def plan_state(self) -> str:
        """`planned`, `whole` (planned, but of all sites), `added`, or `none` where there is no plan."""
        if self.added is None:
            return NONE
        if self.added:
            return "added"
        return "whole" if self.one_site else "planned"

    @property
    def n_left(self) -> int | None:
        """People with a score before and none after; None where it is not known."""
        return None if self.n_before is None else max(self.n_before - self.n_pairs, 0)

    @property
    def n_never_began(self) -> int | None:
        """People asked who have no score before; None where it is not known."""
        return None if self.n_before is None or self.n_asked is None else max(self.n_asked - self.n_before, 0)

    @property
    def n_missing(self) -> int | None:
        """People asked who have no score both times; None where there is no list of them."""
        return None if self.n_asked is None else max(self.n_asked - self.n_pairs, 0)

    def missing_state(self, most: float) -> str:
        """`many` where more than a share `most` of the people is missing, else `few`; `unknown` without a list."""
        if self.n_asked is None:
            return UNKNOWN
        everyone = max(self.n_asked, self.n_before or 0)
        return MANY if everyone - self.n_pairs > round(most * everyone, _BEYOND_ROUNDING) else FEW

    def direction(self, shown_as_zero: bool) -> str:
        """`higher`, `lower` or `same`.

        A change that is no zero but `shown_as_zero` is `barely_higher` or `barely_lower` where the interval is clear of
        zero or all changes are equal, else `shown_same`.
        """
        change = self.mean_change
        if change is None or not isfinite(change) or side_of_zero(change) == 0:
            return SAME
        side = HIGHER if change > 0 else LOWER
        if not shown_as_zero:
            return side
        return BARELY + side if self.all_equal or self.interval_state == CLEAR else SHOWN_SAME

    def states(self, most_missing: float, direction: str) -> Mapping[str, str | bool]:
        """Everything that a rule or a limit may ask for, but the number of pairs."""
        return {
            "interval": self.interval_state,
            "equal": self.all_equal,
            "direction": direction,
            "family": self.family_state,
            "missing": self.missing_state(most_missing),
            "left": part_of(self.n_left, self.n_before),
            "start": part_of(self.n_never_began, self.n_asked),
            "plan": self.plan_state,
        }


CONDITIONS = ("interval", "equal", "direction", "family", "missing", "left", "start", "plan")
"""The names of the states that a rule or a limit may ask for."""


def side_of_zero(value: float) -> int:
    """-1, 0 or 1: on which side of zero a value lies, a difference beyond rounding left aside.

    >>> side_of_zero(-0.2), side_of_zero(1e-16)
    (-1, 0)
    """
    exact = round(value, _BEYOND_ROUNDING)
    return (exact > 0) - (exact < 0)


def part_of(n: int | None, whole: int | None) -> str:
    """How much of a whole `n` is: `none`, `some`, `all`, `one` (all, of one) or `unknown`.

    >>> part_of(11, 18), part_of(1, 1), part_of(None, 3)
    ('some', 'one', 'unknown')
    """
    if n is None or whole is None:
        return UNKNOWN
    if n == 0:
        return NONE
    if n < whole:
        return SOME
    return ONE if whole == 1 else ALL
