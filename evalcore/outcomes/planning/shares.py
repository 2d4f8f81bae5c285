"""How many people a trial of two groups needs for a difference of shares, such as reconviction."""

from __future__ import annotations

from dataclasses import dataclass

from evalcore.errors import EvalcoreError
from evalcore.outcomes.planning.checks import (
    MOST,
    check_test,
    checked_completion,
    checked_share,
    recruited,
    rounded_up,
)
from evalcore.outcomes.planning.groups import NO_COMPLETION, too_small
from evalcore.outcomes.planning.power import share_spreads

_LEAST = 2


@dataclass(frozen=True, kw_only=True)
class PlannedShares:
    """People for a difference of shares between two equal groups.

    Attributes
    ----------
    p1, p2, completion, power, alpha
        As asked for.
    per_group : int
        People in each group whose outcome is known.
    recruit_per_group, recruit : int or None
        People to recruit in each group and in both; None where the share who complete is not known.
    notes : tuple of str
    """

    p1: float
    p2: float
    completion: float | None
    power: float
    alpha: float
    per_group: int
    recruit_per_group: int | None
    recruit: int | None
    notes: tuple[str, ...] = ()


def group_size_needed(p1: float, p2: float, *, power: float = 0.8, alpha: float = 0.05) -> int:
    """People in each of two equal groups for a difference of shares.

    Parameters
    ----------
    p1, p2 : float
        The two shares, 0 to 1, not equal.
    power, alpha : float
        Of the two-sided test.

    Returns
    -------
    int
        As R's `power.prop.test`, rounded up: the normal approximation with the pooled share in the test, one tail
        counted, without a continuity correction; at least 2.

    Raises
    ------
    EvalcoreError
        If a share does not lie between 0 and 1, both are equal or nearly so, or power and alpha are not as
        `pairs_needed` takes them.

    Examples
    --------
    >>> group_size_needed(0.5, 0.4), group_size_needed(0.02, 0.10, power=0.9)
    (388, 184)
    """
    return max(rounded_up(exact_group_size(p1, p2, power=power, alpha=alpha)), _LEAST)


def exact_group_size(p1: float, p2: float, *, power: float, alpha: float) -> float:
    """The same before rounding.

    Examples
    --------
    >>> round(exact_group_size(0.5, 0.4, power=0.8, alpha=0.05), 2)
    387.34
    """
    from scipy.special import ndtri

    first, second = (checked_share(share, "Each share") for share in (p1, p2))
    power, alpha = check_test(power, alpha)
    if first == second:
        raise EvalcoreError("The two shares must not be equal: no number of people tells nothing from nothing.")
    apart, together, margin = share_spreads(first, second, alpha)
    reach = margin * together + float(ndtri(power)) * apart
    # a power of less than a half may be reached by anybody: its square would then grow again
    found = (max(reach, 0.0) / (first - second)) ** 2
    if found > MOST:
        raise EvalcoreError(too_small("people"))
    return found


def groups_for_shares(
    p1: float, p2: float, *, completion: float | None = None, power: float = 0.8, alpha: float = 0.05
) -> PlannedShares:
    """People in each of two equal groups for a difference of shares, and how many to recruit.

    Parameters and errors as `group_size_needed`; `completion` is the share of those recruited whose outcome will be
    known, above 0 and at most 1.

    Examples
    --------
    >>> plan = groups_for_shares(0.5, 0.4, completion=0.8)
    >>> plan.per_group, plan.recruit_per_group, plan.recruit
    (388, 485, 970)
    """
    per_group = group_size_needed(p1, p2, power=power, alpha=alpha)
    share = checked_completion(completion)
    each = recruited(per_group, share)
    return PlannedShares(
        p1=float(p1),
        p2=float(p2),
        completion=share,
        power=float(power),
        alpha=float(alpha),
        per_group=per_group,
        recruit_per_group=each,
        recruit=None if each is None else 2 * each,
        notes=() if share is not None else (NO_COMPLETION,),
    )
