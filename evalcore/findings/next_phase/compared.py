"""What a trial of clusters compares: a mean, planned from the pilot's spread, or a share that is typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from evalcore.findings.basis import Basis
from evalcore.findings.next_phase.choices import ClustersChoice, GroupsChoice, SharesChoice
from evalcore.findings.next_phase.curves import Values
from evalcore.findings.next_phase.pilot import Completion, completion_of, correlation_of, spread_before
from evalcore.findings.next_phase.words import correlation_words, shares_words, size_words
from evalcore.outcomes.planning import (
    PlannedClusters,
    clusters_for_difference,
    clusters_for_shares,
    clusters_power,
    shares_clusters_power,
)
from evalcore.wording import count


@dataclass(frozen=True, eq=False)
class Compared:
    """What is compared between two arms of clusters.

    Attributes
    ----------
    told : str
        What the trial is to do: "tell 40 % from 30 %".
    with_what : str
        What of the pilot it is planned with, as a clause; empty where nothing is.
    plan : function
        From an intra-class correlation to its plan.
    power : function
        From a plan to its power for any number of clusters.
    completion : Completion
    """

    told: str
    with_what: str
    plan: Callable[[float], PlannedClusters]
    power: Callable[[PlannedClusters], Callable[[Values], Values]]
    completion: Completion


def compared_of(basis: Basis | None, choice: ClustersChoice, *, outside: bool) -> Compared | None:
    """What a choice compares; None where the pilot has no spread to plan a mean with."""
    if isinstance(choice.of, SharesChoice):
        return _of_shares(choice, choice.of)
    return None if basis is None else _of_mean(basis, choice, choice.of, outside=outside)


def _of_shares(choice: ClustersChoice, of: SharesChoice) -> Compared:
    completion = completion_of(None, of.completion_percent)
    p1, p2, alpha = of.from_percent / 100, of.to_percent / 100, of.test.alpha

    def plan(icc: float) -> PlannedClusters:
        return clusters_for_shares(
            p1,
            p2,
            icc=icc,
            cluster_size=choice.cluster_size,
            size_variation=choice.size_variation,
            completion=completion.share,
            power=of.test.power,
            alpha=alpha,
        )

    def power(plan: PlannedClusters) -> Callable[[Values], Values]:
        size, effect = plan.cluster_size, plan.design_effect
        return partial(shares_clusters_power, p1=p1, p2=p2, cluster_size=size, design_effect=effect, alpha=alpha)

    return Compared(f"tell {shares_words(of)}", "", plan, power, completion)


def _of_mean(basis: Basis, choice: ClustersChoice, of: GroupsChoice, *, outside: bool) -> Compared | None:
    spread = spread_before(basis, outside=outside)
    sd = spread.limits.upper80
    if sd is None:
        return None
    correlation = correlation_of(basis, of.correlation, outside=outside)
    completion = completion_of(basis, of.completion_percent)

    def plan(icc: float) -> PlannedClusters:
        return clusters_for_difference(
            of.difference,
            sd=sd,
            icc=icc,
            cluster_size=choice.cluster_size,
            size_variation=choice.size_variation,
            correlation=correlation.value,
            completion=completion.share,
            power=of.test.power,
            alpha=of.test.alpha,
        )

    def power(plan: PlannedClusters) -> Callable[[Values], Values]:
        return partial(
            clusters_power,
            effect_d=of.difference / sd,
            cluster_size=plan.cluster_size,
            design_effect=plan.design_effect,
            correlation=correlation.value,
            alpha=of.test.alpha,
        )

    told = f"find a difference of {size_words(basis, of.difference)} in {basis.measure.short_name}"
    behind = count(spread.n, "person", "people")
    limit = f"an SD of {spread.words(sd)} {basis.measure.unit} (upper 80 % limit of the pilot's, {behind} before)"
    with_what = f", {limit}, {correlation_words(correlation)}"
    return Compared(told, with_what, plan, power, completion)
