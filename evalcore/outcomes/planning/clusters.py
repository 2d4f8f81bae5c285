"""How many clusters a trial needs in which whole offices, sites or groups are drawn into one of two arms."""

from __future__ import annotations

from dataclasses import dataclass

from evalcore.errors import EvalcoreError
from evalcore.outcomes.planning.checks import check_test, checked_completion, checked_number, rounded_up
from evalcore.outcomes.planning.groups import NO_COMPLETION, checked_correlation, checked_effect, too_small
from evalcore.outcomes.planning.power import clusters_power
from evalcore.outcomes.planning.searching import fewest
from evalcore.outcomes.planning.shares import exact_group_size

LEAST_TO_ANALYSE = 4
"""Fewest clusters a side that can give a two-sided p below 0.05 by their ranks: 2 of 70, while 3 give 2 of 20."""
_LEAST = 2


@dataclass(frozen=True, kw_only=True)
class PlannedClusters:
    """Clusters for a difference between two arms.

    Attributes
    ----------
    icc, cluster_size, size_variation, completion, power, alpha
        As asked for; `cluster_size` counts people whose outcome is known.
    design_effect : float
        How many times as many people it takes as without clusters.
    by_formula : int
        Clusters in each arm with which the power is reached.
    per_arm : int
        Clusters to plan in each arm: `by_formula`, and at least 4.
    people_per_arm : int
        People in each arm whose outcome is known.
    recruit_per_cluster, recruit : int or None
        People to recruit in each cluster and altogether; None where the share who complete is not known.
    notes : tuple of str
        What speaks against the plan, and what is not given.
    """

    icc: float
    cluster_size: float
    size_variation: float
    completion: float | None
    power: float
    alpha: float
    design_effect: float
    by_formula: int
    per_arm: int
    people_per_arm: int
    recruit_per_cluster: int | None
    recruit: int | None
    notes: tuple[str, ...] = ()


def design_effect(icc: float, cluster_size: float, size_variation: float = 0.0) -> float:
    """How many times as many people it takes where clusters are drawn: 1 + ((1 + cv²) m - 1) icc.

    Parameters
    ----------
    icc : float
        Intra-class correlation, from 0 to below 1.
    cluster_size : float
        m, people in a cluster on average, at least 1.
    size_variation : float
        cv, SD of the clusters' sizes / their mean; 0 where all are equal. It is a conservative allowance (Eldridge,
        Ashby & Kerry 2006), and with equal clusters 1 + (m - 1) icc.

    Raises
    ------
    EvalcoreError
        If a value is no number or out of its range.

    Examples
    --------
    >>> round(design_effect(0.05, 20), 2), round(design_effect(0.05, 20, 0.5), 2)
    (1.95, 2.2)
    """
    correlation, size = checked_number(icc, "The intra-class correlation"), checked_number(cluster_size, "The size")
    variation = checked_number(size_variation, "The variation of the clusters' sizes")
    if not 0 <= correlation < 1:
        raise EvalcoreError("The intra-class correlation must lie between 0 and 1, such as 0.05.")
    if size < 1:
        raise EvalcoreError("A cluster needs at least one person.")
    if variation < 0:
        raise EvalcoreError("The variation of the clusters' sizes can not be negative.")
    return 1 + ((1 + variation**2) * size - 1) * correlation


def clusters_for_difference(
    difference: float,
    *,
    sd: float,
    icc: float,
    cluster_size: float,
    size_variation: float = 0.0,
    correlation: float = 0.0,
    completion: float | None = None,
    power: float = 0.8,
    alpha: float = 0.05,
) -> PlannedClusters:
    """Clusters in each of two arms for a difference of their means after, adjusted for the score before.

    Parameters
    ----------
    difference, sd, correlation, completion, power, alpha
        As `groups_for_difference` takes them.
    icc, cluster_size, size_variation : float
        As `design_effect` takes them; `cluster_size` counts people whose outcome is known.

    Returns
    -------
    PlannedClusters
        The fewest clusters by `clusters_power`. Fewer than 4 in an arm can not be analysed: then 4 are planned, and a
        note says so.

    Raises
    ------
    EvalcoreError
        As `groups_for_difference` and `design_effect`.

    Examples
    --------
    >>> plan = clusters_for_difference(2.0, sd=4.0, icc=0.05, cluster_size=20, completion=0.5)
    >>> round(plan.design_effect, 2), plan.per_arm, plan.people_per_arm, plan.recruit_per_cluster, plan.recruit
    (1.95, 8, 160, 40, 640)
    """
    effect, r = checked_effect(difference, sd), checked_correlation(correlation)
    power, alpha = check_test(power, alpha)
    inflation = design_effect(icc, cluster_size, size_variation)

    def power_of(clusters: float) -> float:
        found = clusters_power(
            clusters, effect, cluster_size=cluster_size, design_effect=inflation, correlation=r, alpha=alpha
        )
        return float(found)

    by_formula = fewest(power_of, power, least=_LEAST, guess=_LEAST)
    if by_formula is None:
        raise EvalcoreError(too_small("clusters"))
    return _planned(by_formula, inflation, icc, cluster_size, size_variation, completion, power, alpha)


def clusters_for_shares(
    p1: float,
    p2: float,
    *,
    icc: float,
    cluster_size: float,
    size_variation: float = 0.0,
    completion: float | None = None,
    power: float = 0.8,
    alpha: float = 0.05,
) -> PlannedClusters:
    """Clusters in each of two arms for a difference of shares.

    Parameters
    ----------
    p1, p2, power, alpha : float
        As `group_size_needed` takes them.
    icc, cluster_size, size_variation, completion : float
        As `clusters_for_difference` takes them.

    Returns
    -------
    PlannedClusters
        n of `power.prop.test` times the design effect / people in a cluster, rounded up, and one cluster more in each
        arm, as Hayes & Bennett (1999) add it for the small number of clusters.

    Raises
    ------
    EvalcoreError
        As `group_size_needed` and `design_effect`.

    Examples
    --------
    >>> plan = clusters_for_shares(0.5, 0.4, icc=0.01, cluster_size=50)
    >>> round(plan.design_effect, 2), plan.per_arm, plan.people_per_arm, plan.recruit
    (1.49, 13, 650, None)
    """
    needed = exact_group_size(p1, p2, power=power, alpha=alpha)
    inflation = design_effect(icc, cluster_size, size_variation)
    by_formula = max(rounded_up(needed * inflation / cluster_size) + 1, _LEAST)
    return _planned(by_formula, inflation, icc, cluster_size, size_variation, completion, power, alpha)


def _planned(
    by_formula: int,
    inflation: float,
    icc: float,
    cluster_size: float,
    size_variation: float,
    completion: float | None,
    power: float,
    alpha: float,
) -> PlannedClusters:
    share = checked_completion(completion)
    in_cluster = None if share is None else rounded_up(cluster_size / share)
    per_arm = max(by_formula, LEAST_TO_ANALYSE)
    few = (
        f"{by_formula} clusters a side would do by the formula, but fewer than {LEAST_TO_ANALYSE} can not be analysed."
    )
    notes = [few] if by_formula < per_arm else []
    if share is None:
        notes.append(NO_COMPLETION)
    return PlannedClusters(
        icc=float(icc),
        cluster_size=float(cluster_size),
        size_variation=float(size_variation),
        completion=share,
        power=float(power),
        alpha=float(alpha),
        design_effect=inflation,
        by_formula=by_formula,
        per_arm=per_arm,
        people_per_arm=rounded_up(per_arm * cluster_size),
        recruit_per_cluster=in_cluster,
        recruit=None if in_cluster is None else 2 * per_arm * in_cluster,
        notes=tuple(notes),
    )
