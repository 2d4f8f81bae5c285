"""Two groups compared on a mean after, adjusted for the score before: from the pilot's spread and its uncertainty."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from evalcore.columns import ALL_PRE
from evalcore.figures.chart import Chart
from evalcore.findings.basis import Basis
from evalcore.findings.finding import Column, Finding
from evalcore.findings.next_phase.choices import GroupsChoice, percent
from evalcore.findings.next_phase.curves import ADVISED, ASIDE, Curve, Range, power_chart
from evalcore.findings.next_phase.form import Form, finding_of
from evalcore.findings.next_phase.pilot import (
    SD_ROWS,
    Completion,
    Correlation,
    Spread,
    completion_of,
    correlation_of,
    rests_on_of,
    spread_before,
)
from evalcore.findings.next_phase.words import (
    NO_SPREAD_BEFORE,
    NOT_THE_OBSERVED,
    NOT_THE_SMALLEST,
    because,
    correlation_words,
    power_words,
    recruit_paragraph,
    recruit_words,
    size_words,
)
from evalcore.outcomes.planning import PlannedGroups, groups_for_difference, two_group_power
from evalcore.wording import count, interval

_DEFINITIONS = ("groups_on_a_mean", "baseline_adjustment", "pilot_sd_limits", "not_the_observed_change", "to_recruit")
Plans = tuple[PlannedGroups, ...]


def groups_finding(basis: Basis, choice: GroupsChoice) -> Finding:
    """How many people each of two groups needs for a chosen smallest difference after."""
    completion = completion_of(basis, choice.completion_percent)
    inside, outside = (_form(basis, choice, completion, outside=outside) for outside in (False, True))
    correlation = correlation_of(basis, choice.correlation, outside=False)
    return finding_of(
        "groups",
        basis,
        inside,
        outside,
        columns=_columns(basis, rests_on_of(correlation)),
        topic="Two groups in the next phase",
        definitions=_DEFINITIONS,
        rests_on=tuple(key for key in rests_on_of(correlation) if basis.groups[key].n),
    )


def planned(choice: GroupsChoice, sd: float, correlation: float, completion: Completion) -> PlannedGroups:
    """The plan for one SD."""
    return groups_for_difference(
        choice.difference,
        sd=sd,
        correlation=correlation,
        completion=completion.share,
        power=choice.test.power,
        alpha=choice.test.alpha,
    )


def _form(basis: Basis, choice: GroupsChoice, completion: Completion, *, outside: bool) -> Form:
    spread = spread_before(basis, outside=outside)
    correlation = correlation_of(basis, choice.correlation, outside=outside)
    plans = tuple(planned(choice, sd, correlation.value, completion) for sd in spread.values if sd is not None)
    table = _table(spread, plans)
    if not plans:
        title = f"{basis.topic}: no group size can be planned from this pilot"
        return Form(title, NO_SPREAD_BEFORE, "", NOT_THE_SMALLEST, None, table)
    advised = count(plans[1].per_group, "person", "people")
    return Form(
        title=f"{basis.topic}: plan {advised} in each of two groups for a difference of "
        + size_words(basis, choice.difference),
        sentence=_sentence(basis, choice, spread, correlation, plans, completion),
        paragraph=_paragraph(basis, choice, spread, correlation, plans, completion),
        caution=_caution(choice, plans[1], correlation, completion),
        chart=_chart(basis, choice, spread, correlation, plans),
        table=table,
    )


def _sentence(
    basis: Basis,
    choice: GroupsChoice,
    spread: Spread,
    correlation: Correlation,
    plans: Plans,
    completion: Completion,
) -> str:
    at_pilot, advised, lower, upper = plans
    unit = basis.measure.unit
    return (
        f"For a difference of {size_words(basis, choice.difference)} between two groups after, at"
        f" {power_words(choice.test)}, plan {count(advised.per_group, 'person', 'people')} with both scores in each"
        f" group, the score before adjusted for with {correlation_words(correlation)}. That is at the upper 80 % limit"
        f" of the pilot's SD, {spread.words(spread.limits.upper80)} {unit}; the SD itself is {spread.words(spread.sd)}"
        f" {unit} (n = {count(spread.n, 'person', 'people')} before) and would ask for {at_pilot.per_group:,}, its 95 %"
        f" limits for {lower.per_group:,} and {upper.per_group:,}. Without the scores before it takes"
        f" {advised.unadjusted:,} in each group. {recruit_words(advised.recruit, completion, ' for both groups')}"
    )


def _caution(choice: GroupsChoice, advised: PlannedGroups, correlation: Correlation, completion: Completion) -> str:
    words = [NOT_THE_OBSERVED, NOT_THE_SMALLEST]
    if correlation.interval is not None:
        low, high = correlation.interval
        at_worst = planned(choice, advised.sd, max(low, 0.0), completion)
        words.append(
            f"The correlation rests on {count(correlation.n, 'pair', 'pairs')}: its 95 % interval is"
            f" {interval(low, high)}, and at its lower end {at_worst.per_group:,} in each group would be needed."
        )
    return " ".join(words)


def _paragraph(
    basis: Basis,
    choice: GroupsChoice,
    spread: Spread,
    correlation: Correlation,
    plans: Plans,
    completion: Completion,
) -> str:
    at_pilot, advised, lower, upper = plans
    unit = basis.measure.unit
    return (
        f"The outcome is {basis.measure.short_name} after, compared between two groups of equal size and adjusted for"
        f" the score before. The smallest difference that matters was set at {size_words(basis, choice.difference)}"
        f"{because(choice.reason)}. In the pilot the scores before had an SD of {spread.words(spread.sd)} {unit}"
        f" ({count(spread.n, 'person', 'people')}). To allow for how uncertain that is, the upper limit of its"
        f" one-sided 80 % interval was taken, {spread.words(spread.limits.upper80)} {unit}. With"
        f" {correlation_words(correlation)}, {power_words(choice.test)}, {advised.per_group:,} people with both scores"
        f" are needed in each group ({at_pilot.per_group:,} at the pilot's SD, {lower.per_group:,} to"
        f" {upper.per_group:,} over the 95 % interval of the SD; {advised.unadjusted:,} without the scores before)."
        f"{recruit_paragraph(advised.recruit, completion)} The change that the pilot saw was not used."
    )


def _table(spread: Spread, plans: Plans) -> pd.DataFrame:
    def cells(name: str) -> list[float | None]:
        return [getattr(plan, name) for plan in plans] or [None] * len(SD_ROWS)

    numbers = {name: np.array(cells(name), dtype=float) for name in ("unadjusted", "per_group", "recruit")}
    return pd.DataFrame({"at": list(SD_ROWS), "sd": np.array(spread.values, dtype=float), **numbers})


def _columns(basis: Basis, keys: tuple[str, ...]) -> tuple[Column, ...]:
    before, both = ((ALL_PRE,),) * len(SD_ROWS), (keys,) * len(SD_ROWS)
    return (
        Column("at", "Planned with", "label"),
        Column("sd", f"SD of the scores ({basis.measure.unit})", "sd", basis.measure.decimals, before),
        Column("unadjusted", "People in each group, scores before not used", "test", 0, before),
        Column("per_group", "People in each group, adjusted", "test", 0, both),
        Column("recruit", "People to recruit, both groups", "test", 0, both),
    )


def _chart(basis: Basis, choice: GroupsChoice, spread: Spread, correlation: Correlation, plans: Plans) -> Chart:
    curves = [
        Curve(
            kind,
            label,
            partial(
                two_group_power,
                effect_d=choice.difference / plan.sd,
                correlation=correlation.value,
                alpha=choice.test.alpha,
            ),
            plan.per_group,
            ALL_PRE,
            row,
        )
        for row, (kind, label, plan) in enumerate(zip((ASIDE, ADVISED), SD_ROWS, plans, strict=False))
    ]
    low, high = plans[2].per_group, plans[3].per_group
    return power_chart(
        curves,
        advice=plans[1].per_group,
        power=choice.test.power,
        counted="People with both scores in each group",
        n=f"{basis.topic}: SD from {count(spread.n, 'person', 'people')} of the pilot",
        how_to_read=(
            f"Each line is how often a trial with so many people in each group would find a difference of"
            f" {size_words(basis, choice.difference)} if it is really there. The dots mark"
            f" {percent(choice.test.power)}, with their numbers below. The bar through them reaches over the 95 %"
            " interval of the pilot's SD, where it has room."
        ),
        spread=Range(low, high, f"{low:,} to {high:,} over the 95 % interval of the SD", ALL_PRE, 3),
    )
