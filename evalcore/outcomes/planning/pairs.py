"""How many pairs a smallest change that matters needs, from a pilot's own spread and its uncertainty."""

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
)
from evalcore.outcomes.planning.power import paired_power
from evalcore.outcomes.planning.searching import fewest

ADVICE = 0.80
"""One-sided confidence of the limit of the SD that is advised for planning."""
RANGE = 0.95
"""Two-sided confidence of the limits beside it."""


@dataclass(frozen=True, kw_only=True)
class SdLimits:
    """A pilot's SD and its limits from the chi-square distribution; None where there is no SD to go by."""

    pilot: float | None = None
    upper80: float | None = None
    lower95: float | None = None
    upper95: float | None = None


@dataclass(frozen=True, kw_only=True)
class PlannedPairs:
    """Pairs for a smallest change. None is what can not be computed; `notes` say why.

    Attributes
    ----------
    change : float
        The smallest mean change that matters, in the unit of the scores.
    sd_change, sd_upper80, sd_lower95, sd_upper95 : float or None
        SD of the pilot's changes, its upper limit (80 %, one-sided) and its limits (95 %, two-sided).
    at_pilot_sd, at_upper80, at_lower95, at_upper95 : int or None
        Pairs needed if each of these were the SD; `at_upper80` is the advice.
    recruit : int or None
        People to recruit so that `at_upper80` of them complete.
    pilot_pairs, completion, power, alpha
        As asked for.
    notes : tuple of str
        One sentence for each thing that was not computed.
    """

    change: float
    sd_change: float | None
    pilot_pairs: int
    completion: float | None
    power: float
    alpha: float
    sd_upper80: float | None = None
    sd_lower95: float | None = None
    sd_upper95: float | None = None
    at_pilot_sd: int | None = None
    at_upper80: int | None = None
    at_lower95: int | None = None
    at_upper95: int | None = None
    recruit: int | None = None
    notes: tuple[str, ...] = ()


def pairs_needed(effect_dz: float, *, power: float = 0.8, alpha: float = 0.05) -> int:
    """Pairs with which a two-sided paired t test reaches a power.

    Parameters
    ----------
    effect_dz : float
        Smallest mean change that matters / SD of the changes; its sign does not matter.
    power, alpha : float
        Between 0 and 1, power above alpha.

    Returns
    -------
    int
        The fewest pairs, at least 2. Both tails are counted, from the noncentral t distribution: as `pwr.t.test(type =
        "paired")` and R's `power.t.test(strict = TRUE)`, rounded up, with which it was compared.

    Raises
    ------
    EvalcoreError
        If the effect is 0, no number, or so small that more than a million million pairs would be needed; if power or
        alpha do not lie between 0 and 1, or power is not larger than alpha.

    Examples
    --------
    >>> pairs_needed(0.5), pairs_needed(-0.2), pairs_needed(0.5, power=0.9)
    (34, 199, 44)
    """
    effect = checked_size(effect_dz, "The effect d_z")
    found = _needed(effect, *check_test(power, alpha))
    if found is None:
        raise EvalcoreError(_TOO_SMALL)
    return found


_TOO_SMALL = f"The effect is too small to plan for: more than {MOST:,} pairs would be needed. Choose a larger one."


def sd_limits(sd: float | None, n: int) -> SdLimits:
    """Limits of the SD of `n` values: √((n - 1) sd² / χ²) at the quantiles 0.2, 0.975 and 0.025 of n - 1 degrees.

    Examples
    --------
    >>> limits = sd_limits(3.0, 7)
    >>> [round(value, 2) for value in (limits.upper80, limits.lower95, limits.upper95)]
    [4.19, 1.93, 6.61]
    """
    from scipy.special import chdtri

    if sd is None or not sd > 0 or n < 2:
        return SdLimits()
    tail = (1 - RANGE) / 2
    # chdtri takes the probability above, so that of the upper limit of the SD is the larger one
    upper80, lower, upper = (math.sqrt((n - 1) / float(chdtri(n - 1, above))) for above in (ADVICE, tail, 1 - tail))
    return SdLimits(pilot=sd, upper80=sd * upper80, lower95=sd * lower, upper95=sd * upper)


def pairs_for_change(
    change: float,
    *,
    sd_change: float | None,
    pilot_pairs: int,
    completion: float | None = None,
    power: float = 0.8,
    alpha: float = 0.05,
) -> PlannedPairs:
    """Pairs for a smallest change, from the SD of a pilot's changes and how uncertain that SD is.

    The pilot's own observed change is never used: with few pairs it is too uncertain to plan on.

    Parameters
    ----------
    change : float
        The smallest mean change that matters, in the unit of the scores; its sign does not matter.
    sd_change : float or None
        SD of the pilot's changes (n - 1). None, NaN or 0, as a pilot without spread gives it: nothing is planned.
    pilot_pairs : int
        Pairs that the SD rests on.
    completion : float, optional
        Share of those recruited who will complete, above 0 and at most 1.
    power, alpha : float
        Of the two-sided paired t test.

    Returns
    -------
    PlannedPairs
        Limits of the SD from the chi-square distribution (changes taken as normally distributed). Compared with R's
        `qchisq` and `power.t.test(strict = TRUE)`.

    Raises
    ------
    EvalcoreError
        If the change is 0 or no number, the SD negative or infinite, `pilot_pairs` no whole number, `completion`
        outside (0, 1], or power or alpha not as `pairs_needed` takes them.

    Examples
    --------
    >>> plan = pairs_for_change(3.0, sd_change=4.0, pilot_pairs=10, completion=0.5)
    >>> plan.at_pilot_sd, plan.at_upper80, plan.at_lower95, plan.at_upper95, plan.recruit
    (16, 26, 9, 49, 52)
    """
    size = checked_size(change, "The smallest change")
    power, alpha = check_test(power, alpha)
    share = checked_completion(completion)
    pairs, sd = _checked_pairs(pilot_pairs), _checked_sd(sd_change)
    limits = sd_limits(sd, pairs)
    notes = [] if limits.pilot is not None else [_without_spread(pairs, sd)]
    needed = [
        None if limit is None else _needed(size / limit, power, alpha)
        for limit in (limits.pilot, limits.upper80, limits.lower95, limits.upper95)
    ]
    if limits.pilot is not None and None in needed:
        notes.append(f"The change is so small beside the SD that more than {MOST:,} pairs would be needed.")
    if share is None:
        notes.append("How many to recruit is not given: the share who will complete is not known.")
    return PlannedPairs(
        change=float(change),
        sd_change=sd,
        pilot_pairs=pairs,
        completion=share,
        power=power,
        alpha=alpha,
        sd_upper80=limits.upper80,
        sd_lower95=limits.lower95,
        sd_upper95=limits.upper95,
        at_pilot_sd=needed[0],
        at_upper80=needed[1],
        at_lower95=needed[2],
        at_upper95=needed[3],
        recruit=recruited(needed[1], share),
        notes=tuple(notes),
    )


def _needed(effect: float, power: float, alpha: float) -> int | None:
    from scipy.special import ndtri

    reach = float(ndtri(power) - ndtri(alpha / 2))
    guess = (reach / effect) ** 2 if effect > reach / math.sqrt(MOST) else MOST
    return fewest(lambda n: float(paired_power(n, effect, alpha=alpha)), power, least=2, guess=guess)


def _checked_pairs(pilot_pairs: object) -> int:
    pairs = checked_number(pilot_pairs, "The number of the pilot's pairs")
    if pairs < 0 or pairs != int(pairs):
        raise EvalcoreError("The number of the pilot's pairs must be a whole number.")
    return int(pairs)


def _checked_sd(sd_change: object) -> float | None:
    """The SD; None where a pilot could not give one."""
    if sd_change is None or (isinstance(sd_change, float) and math.isnan(sd_change)):
        return None
    sd = checked_number(sd_change, "The SD of the changes")
    if sd < 0:
        raise EvalcoreError("The SD of the changes can not be negative.")
    return sd


def _without_spread(pairs: int, sd: float | None) -> str:
    if pairs < 2:
        return "No number of pairs: an SD of changes needs at least two pairs in the pilot."
    if sd == 0:
        return "No number of pairs: all changes of the pilot are equal, so it says nothing about their spread."
    return "No number of pairs: the SD of the pilot's changes is not known."
