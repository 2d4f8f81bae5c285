"""Whole clusters drawn into one of two arms: how many, by how alike the people of a cluster are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from evalcore.errors import EvalcoreError
from evalcore.figures.chart import Chart
from evalcore.findings.basis import Basis
from evalcore.findings.finding import Column, Finding
from evalcore.findings.next_phase.choices import ClustersChoice, GroupsChoice, percent
from evalcore.findings.next_phase.compared import Compared, compared_of
from evalcore.findings.next_phase.curves import ADVISED, ASIDE, Curve, power_chart
from evalcore.findings.next_phase.form import Form, finding_of
from evalcore.findings.next_phase.pilot import correlation_of, rests_on_of
from evalcore.findings.next_phase.words import (
    NO_SPREAD_BEFORE,
    NOT_THE_OBSERVED,
    NOT_THE_SMALLEST,
    because,
    power_words,
    recruit_paragraph,
    recruit_words,
    typed,
)
from evalcore.outcomes.planning import (
    PlannedClusters,
)
from evalcore.outcomes.planning.clusters import LEAST_TO_ANALYSE
from evalcore.wording import count, joined, upper_first

_KINDS = (ASIDE, "step", "expected")
_CAUTION = (
    "How alike the people of a cluster are is the weak point of such a plan: a pilot in a few offices can not tell, so"
    " take a value from comparable studies, and look at the neighbouring lines. Who is drawn is the cluster: with few"
    " of them chance alone makes the arms unlike."
)


def clusters_finding(basis: Basis | None, choice: ClustersChoice) -> Finding:
    """How many clusters each of two arms needs, for the chosen intra-class correlation and the usual ones beside it."""
    of_mean = isinstance(choice.of, GroupsChoice)
    if of_mean and basis is None:
        raise EvalcoreError("Choose a measure: a difference of means is planned from the spread of its scores.")
    held = basis if of_mean else None
    inside, outside = (_form(held, choice, outside=outside) for outside in (False, True))
    keys: tuple[str, ...] = ()
    if held is not None and isinstance(choice.of, GroupsChoice):
        keys = rests_on_of(correlation_of(held, choice.of.correlation, outside=False))
    compared = ("clusters_on_a_mean", "pilot_sd_limits") if of_mean else ("clusters_on_a_share",)
    return finding_of(
        "clusters" if of_mean else "clusters_proportions",
        held,
        inside,
        outside,
        columns=_columns(len(choice.iccs), keys),
        topic="Clusters in the next phase",
        definitions=("design_effect", *compared, "few_clusters", "to_recruit"),
        rests_on=tuple(key for key in keys if held is not None and held.groups[key].n),
    )


def _form(basis: Basis | None, choice: ClustersChoice, *, outside: bool) -> Form:
    compared = compared_of(basis, choice, outside=outside)
    if compared is None or (basis is None and isinstance(choice.of, GroupsChoice)):
        topic = "" if basis is None else f"{basis.topic}: "
        title = f"{topic}no number of clusters can be planned from this pilot"
        return Form(upper_first(title), NO_SPREAD_BEFORE, "", NOT_THE_SMALLEST, None, _table(choice, ()))
    plans = tuple(compared.plan(icc) for icc in choice.iccs)
    topic = "" if basis is None else f"{basis.topic}: "
    return Form(
        title=upper_first(f"{topic}plan {_advised(choice, plans)} in each of two arms to {compared.told}"),
        sentence=_sentence(choice, compared, plans),
        paragraph=_paragraph(choice, compared, plans),
        caution=_CAUTION if basis is None else f"{_CAUTION} {NOT_THE_OBSERVED}",
        chart=_chart(choice, compared, plans),
        table=_table(choice, plans),
        notes=_notes(choice, plans),
    )


def _advised(choice: ClustersChoice, plans: Sequence[PlannedClusters]) -> str:
    """The clusters of the chosen correlation, or the range over the usual ones."""
    if choice.icc is not None:
        return count(plans[choice.iccs.index(choice.icc)].per_arm, "cluster", "clusters")
    low, high = plans[0].per_arm, plans[-1].per_arm
    return count(low, "cluster", "clusters") if low == high else f"{low:,} to {high:,} clusters"


def _sentence(choice: ClustersChoice, compared: Compared, plans: Sequence[PlannedClusters]) -> str:
    start = (
        f"To {compared.told} at {power_words(choice.test)}, with {typed(choice.cluster_size)} people in a cluster"
        f" whose outcome is known{compared.with_what}, plan {_advised(choice, plans)} in each arm"
    )
    if choice.icc is None:
        low, high = (typed(plan.icc) for plan in (plans[0], plans[-1]))
        return (
            f"{start}: the more, the more alike the people of a cluster are (intra-class correlation {low} to {high})."
        )
    plan = plans[choice.iccs.index(choice.icc)]
    return (
        f"{start}, {plan.people_per_arm:,} people, if the intra-class correlation is {typed(choice.icc)} (it takes"
        f" {plan.design_effect:.1f} times as many people as without clusters)."
        f" {recruit_words(plan.recruit, compared.completion, ' for both arms')}"
    )


def _paragraph(choice: ClustersChoice, compared: Compared, plans: Sequence[PlannedClusters]) -> str:
    """Nothing without a chosen correlation: a protocol has to name one, with its source."""
    if choice.icc is None:
        return ""
    plan = plans[choice.iccs.index(choice.icc)]
    others = [f"{one.per_arm:,} at {typed(one.icc)}" for one in plans if one is not plan]
    return (
        "Whole clusters are drawn into one of two arms of equal size. The trial is to"
        f" {compared.told}{because(choice.of.reason)}. With {power_words(choice.test)},"
        f" {typed(choice.cluster_size)} people in a cluster whose outcome is known{compared.with_what} and an"
        f" intra-class correlation of {typed(choice.icc)} (design effect {plan.design_effect:.2f}) it takes"
        f" {count(plan.per_arm, 'cluster', 'clusters')} in each arm, that is {plan.people_per_arm:,} people"
        f" (by intra-class correlation: {', '.join(others)}).{recruit_paragraph(plan.recruit, compared.completion)}"
    )


def _notes(choice: ClustersChoice, plans: Sequence[PlannedClusters]) -> tuple[str, ...]:
    """For which correlations the clusters would be too few, and what is supposed of their sizes."""
    few = [typed(plan.icc) for plan in plans if plan.by_formula < plan.per_arm]
    found = []
    if few:
        found.append(
            f"At an intra-class correlation of {joined(few)} fewer than {LEAST_TO_ANALYSE} clusters a side would do by"
            f" the formula, but so few can not be analysed: {LEAST_TO_ANALYSE} are planned."
        )
    if choice.size_variation == 0:
        found.append("Clusters are taken to be of equal size; unequal ones need more of them.")
    return tuple(found)


def _table(choice: ClustersChoice, plans: Sequence[PlannedClusters]) -> pd.DataFrame:
    labels = [f"{typed(icc)} (chosen)" if icc == choice.icc else typed(icc) for icc in choice.iccs]
    names = ("design_effect", "per_arm", "people_per_arm", "recruit")
    numbers = {
        name: np.array([getattr(plan, name) for plan in plans] or [None] * len(labels), dtype=float) for name in names
    }
    return pd.DataFrame({"icc": labels, **numbers})


def _columns(rows: int, keys: tuple[str, ...]) -> tuple[Column, ...]:
    groups = (keys,) * rows
    return (
        Column("icc", "Intra-class correlation", "label"),
        Column("design_effect", "Design effect", "test", 2),
        Column("per_arm", "Clusters in each arm", "test", 0, groups),
        Column("people_per_arm", "People in each arm", "test", 0, groups),
        Column("recruit", "People to recruit, both arms", "test", 0, groups),
    )


def _chart(choice: ClustersChoice, compared: Compared, plans: Sequence[PlannedClusters]) -> Chart:
    others = iter(_KINDS)
    curves = [
        Curve(
            ADVISED if plan.icc == choice.icc else next(others),
            f"Intra-class correlation {typed(plan.icc)}",
            compared.power(plan),
            plan.by_formula,
            row=row,
        )
        for row, plan in enumerate(plans)
    ]
    return power_chart(
        curves,
        advice=max(plan.by_formula for plan in plans),
        power=choice.test.power,
        counted="Clusters in each arm",
        n=f"{typed(choice.cluster_size)} people in a cluster whose outcome is known",
        how_to_read=(
            f"Each line is how often a trial with so many clusters in each arm would {compared.told}, if that is"
            f" the truth. The dots mark {percent(choice.test.power)}, with their numbers below. The more alike the"
            " people of a cluster are, the further right the line."
        ),
    )
