"""How many people a trial of two groups needs for a difference of means, adjusted for the score before."""

from __future__ import annotations

import math
from dataclasses import dataclass

from evalcore.errors import EvalcoreError
from evalcore.outcomes.planning.checks import (
    MOST,
    check_test,
    checked_completion,
    checked_number,
    checked_size,
    recruited,
    rounded_up,
)
from evalcore.outcomes.planning.power import two_group_power
from evalcore.outcomes.planning.searching import fewest_exactly
from evalcore.outcomes.shares import normal_quantile

_LEAST = 2
_LEAST_FOR_AN_INTERVAL = 4


@dataclass(frozen=True, kw_only=True)
class PlannedGroups:
    """People for a difference of means between two equal groups.

    Attributes
    ----------
    difference, sd, correlation, completion, power, alpha
        As asked for.
    unadjusted : int
        People in each group if the scores before are not used.
    per_group : int
        People in each group if the scores before are adjusted for.
    recruit_per_group, recruit : int or None
        People to recruit in each group and in both; None where the share who complete is not known.
    notes : tuple of str
    """

    difference: float
    sd: float
    correlation: float
    completion: float | None
    power: float
    alpha: float
    unadjusted: int
    per_group: int
    recruit_per_group: int | None
    recruit: int | None
    notes: tuple[str, ...] = ()


def groups_for_difference(
    difference: float,
    *,
    sd: float,
    correlation: float = 0.0,
    completion: float | None = None,
    power: float = 0.8,
    alpha: float = 0.05,
) -> PlannedGroups:
    """People in each of two equal groups for a difference of their means after.

    Parameters
    ----------
    difference : float
        Smallest difference between the groups that matters, in the unit of the scores; its sign does not matter.
    sd : float
        SD of the scores within a group, above 0.
    correlation : float
        Of the score before with the score after, between -1 and 1.
    completion : float, optional
        Share of those recruited who will complete, above 0 and at most 1.
    power, alpha : float
        Of the two-sided test.

    Returns
    -------
    PlannedGroups
        n of the t test (noncentral t, both tails, as R's `power.t.test(strict = TRUE)`, before rounding) times
        1 - r² (Borm, Fransen & Lemmens 2007), rounded up; at least 2 in each group.

    Raises
    ------
    EvalcoreError
        If a value is no number, the difference 0 or too small, the SD not above 0, the correlation not between -1 and
        1, or the others not as `pairs_for_change` takes them.

    Examples
    --------
    >>> plan = groups_for_difference(2.0, sd=4.0, correlation=0.6, completion=0.7)
    >>> plan.unadjusted, plan.per_group, plan.recruit_per_group, plan.recruit
    (64, 41, 59, 118)
    """
    effect = checked_effect(difference, sd)
    power, alpha = check_test(power, alpha)
    share, r = checked_completion(completion), checked_correlation(correlation)
    needed = _needed(effect, power, alpha)
    if needed is None:
        raise EvalcoreError(too_small("people"))
    per_group = max(rounded_up(needed * (1 - r**2)), _LEAST)
    each = recruited(per_group, share)
    return PlannedGroups(
        difference=float(difference),
        sd=float(sd),
        correlation=r,
        completion=share,
        power=power,
        alpha=alpha,
        unadjusted=rounded_up(needed),
        per_group=per_group,
        recruit_per_group=each,
        recruit=None if each is None else 2 * each,
        notes=() if share is not None else (NO_COMPLETION,),
    )


NO_COMPLETION = "How many to recruit is not given: the share who will complete is not known."


def too_small(what: str) -> str:
    """What is said where a difference is too small to be planned for."""
    return f"The difference is too small to plan for: more than {MOST:,} {what} would be needed. Choose a larger one."


def checked_effect(difference: object, sd: object) -> float:
    """The difference in SDs; EvalcoreError where it is 0 or either is no number.

    Examples
    --------
    >>> checked_effect(-2, 4)
    0.5
    """
    size, spread = checked_size(difference, "The smallest difference"), checked_number(sd, "The SD of the scores")
    if spread <= 0:
        raise EvalcoreError("The SD of the scores must be above 0.")
    return size / spread


def checked_correlation(correlation: object) -> float:
    """The correlation; EvalcoreError unless it lies between -1 and 1, both left out.

    Examples
    --------
    >>> checked_correlation(0.6)
    0.6
    """
    r = checked_number(correlation, "The correlation of before with after")
    if not -1 < r < 1:
        raise EvalcoreError("The correlation of before with after must lie between -1 and 1.")
    return r


def correlation_interval(correlation: float, n: int, *, confidence: float = 0.95) -> tuple[float, float] | None:
    """Interval of Pearson's correlation by Fisher's z, as R's `cor.test`; None below 4 pairs or at -1 and 1.

    Parameters
    ----------
    correlation : float
    n : int
        Pairs that it rests on.
    confidence : float
        Of the interval.

    Raises
    ------
    EvalcoreError
        If `confidence` does not lie between 0 and 1.

    Examples
    --------
    >>> low, high = correlation_interval(0.6, 20)
    >>> round(low, 2), round(high, 2)
    (0.21, 0.82)
    """
    z = normal_quantile(confidence)
    if n < _LEAST_FOR_AN_INTERVAL or not -1 < correlation < 1:
        return None
    middle, half = math.atanh(correlation), z / math.sqrt(n - 3)
    return math.tanh(middle - half), math.tanh(middle + half)


def _needed(effect: float, power: float, alpha: float) -> float | None:
    from scipy.special import ndtri

    reach = float(ndtri(power) - ndtri(alpha / 2))
    guess = 2 * (reach / effect) ** 2 if effect > reach / math.sqrt(MOST) else MOST
    return fewest_exactly(lambda n: float(two_group_power(n, effect, alpha=alpha)), power, least=_LEAST, guess=guess)
