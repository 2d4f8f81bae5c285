"""Pairs for the smallest mean change that matters, from the spread of the pilot's changes and its uncertainty."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from evalcore.columns import MATCHED_PRE
from evalcore.figures.chart import Chart
from evalcore.findings.basis import Basis
from evalcore.findings.finding import Column, Finding
from evalcore.findings.next_phase.choices import PairsChoice, percent
from evalcore.findings.next_phase.curves import ADVISED, ASIDE, Curve, Range, power_chart
from evalcore.findings.next_phase.form import Form, finding_of
from evalcore.findings.next_phase.pilot import SD_ROWS, Completion, Spread, completion_of, spread_of_changes
from evalcore.findings.next_phase.words import (
    NOT_THE_OBSERVED,
    NOT_THE_SMALLEST,
    because,
    power_words,
    recruit_paragraph,
    recruit_words,
    size_words,
)
from evalcore.outcomes.planning import PlannedPairs, paired_power, pairs_for_change
from evalcore.outcomes.planning.checks import recruited
from evalcore.wording import count

_DEFINITIONS = ("pairs_needed", "pilot_sd_limits", "not_the_observed_change", "to_recruit", "sd")
_CAUTION = (
    f"{NOT_THE_OBSERVED} {NOT_THE_SMALLEST} Without a comparison group more pairs make a mean change more certain, and"
    " say no more about what brought it about."
)


def pairs_finding(basis: Basis, choice: PairsChoice) -> Finding:
    """How many matched pairs a chosen smallest change needs, and how many people to recruit for them."""
    completion = completion_of(basis, choice.completion_percent)
    inside, outside = (_form(basis, choice, completion, outside=outside) for outside in (False, True))
    return finding_of(
        "pairs",
        basis,
        inside,
        outside,
        columns=_columns(basis),
        topic="Pairs for the next phase",
        definitions=_DEFINITIONS,
        rests_on=(MATCHED_PRE,) if basis.change.n_pairs else (),
    )


def _form(basis: Basis, choice: PairsChoice, completion: Completion, *, outside: bool) -> Form:
    spread = spread_of_changes(basis, outside=outside)
    plan = pairs_for_change(
        choice.change,
        sd_change=spread.sd,
        pilot_pairs=spread.n,
        completion=completion.share,
        power=choice.test.power,
        alpha=choice.test.alpha,
    )
    table = _table(choice, spread, plan)
    if plan.at_upper80 is None:
        title = f"{basis.topic}: no number of pairs can be planned from this pilot"
        return Form(title, plan.notes[0], "", NOT_THE_SMALLEST, None, table)
    advised = count(plan.at_upper80, "pair", "pairs")
    return Form(
        title=f"{basis.topic}: plan {advised} for a mean change of {size_words(basis, choice.change)}",
        sentence=_sentence(basis, choice, spread, plan, completion),
        paragraph=_paragraph(basis, choice, spread, plan, completion),
        caution=_CAUTION,
        chart=_chart(basis, choice, spread, plan),
        table=table,
    )


def _sentence(basis: Basis, choice: PairsChoice, spread: Spread, plan: PlannedPairs, completion: Completion) -> str:
    unit = basis.measure.unit
    behind = count(spread.n, "pair", "pairs")
    return (
        f"For a mean change of {size_words(basis, choice.change)} at {power_words(choice.test)}, plan"
        f" {count(plan.at_upper80 or 0, 'pair', 'pairs')}: as many are needed where changes spread as widely as the"
        f" upper 80 % limit of the pilot's SD, {spread.words(plan.sd_upper80)} {unit}. The pilot's SD itself is"
        f" {spread.words(spread.sd)} {unit} (n = {behind}) and would ask for {_n(plan.at_pilot_sd)}; its 95 % limits"
        f" ask for {_n(plan.at_lower95)} and {_n(plan.at_upper95)}. {recruit_words(plan.recruit, completion)}"
    )


def _paragraph(basis: Basis, choice: PairsChoice, spread: Spread, plan: PlannedPairs, completion: Completion) -> str:
    unit = basis.measure.unit
    return (
        f"The outcome is the mean change in {basis.measure.short_name}, after minus before, of {basis.who} with a score"
        f" both times. The smallest mean change that matters was set at {size_words(basis, choice.change)}"
        f"{because(choice.reason)}. In the pilot the changes had an SD of {spread.words(spread.sd)} {unit}"
        f" ({count(spread.n, 'pair', 'pairs')}). To allow for how uncertain that is, the upper limit of its one-sided"
        f" 80 % interval was taken, {spread.words(plan.sd_upper80)} {unit}. A paired t test with"
        f" {power_words(choice.test)} then needs {count(plan.at_upper80 or 0, 'pair', 'pairs')}"
        f" ({_n(plan.at_pilot_sd)} at the pilot's SD, {_n(plan.at_lower95)} to {_n(plan.at_upper95)} over the 95 %"
        f" interval of the SD).{recruit_paragraph(plan.recruit, completion)} The change that the pilot saw was not"
        " used."
    )


def _n(pairs: int | None) -> str:
    return "more than can be counted" if pairs is None else f"{pairs:,}"


def _needed(plan: PlannedPairs) -> tuple[int | None, ...]:
    return (plan.at_pilot_sd, plan.at_upper80, plan.at_lower95, plan.at_upper95)


def _table(choice: PairsChoice, spread: Spread, plan: PlannedPairs) -> pd.DataFrame:
    needed = _needed(plan)
    sds = np.array(spread.values, dtype=float)  # None becomes NaN
    return pd.DataFrame(
        {
            "at": list(SD_ROWS),
            "sd": sds,
            "effect": abs(choice.change) / sds,
            "pairs": np.array(needed, dtype=float),
            "recruit": np.array([recruited(n, plan.completion) for n in needed], dtype=float),
        }
    )


def _columns(basis: Basis) -> tuple[Column, ...]:
    groups = ((MATCHED_PRE,),) * len(SD_ROWS)
    return (
        Column("at", "Planned with", "label"),
        Column("sd", f"SD of the changes ({basis.measure.unit})", "sd", basis.measure.decimals, groups),
        Column("effect", "Change in SDs (d_z)", "test", 2, groups),
        Column("pairs", "Pairs", "test", 0, groups),
        Column("recruit", "People to recruit", "test", 0, groups),
    )


def _chart(basis: Basis, choice: PairsChoice, spread: Spread, plan: PlannedPairs) -> Chart | None:
    kinds = (ASIDE, ADVISED)
    curves = [
        Curve(
            kind,
            label,
            partial(paired_power, effect_dz=choice.change / sd, alpha=choice.test.alpha),
            at,
            MATCHED_PRE,
            row,
        )
        for row, (kind, label, sd, at) in enumerate(zip(kinds, SD_ROWS, spread.values, _needed(plan), strict=False))
        if sd is not None and at is not None
    ]
    low, high = plan.at_lower95, plan.at_upper95
    words = f"{_n(low)} to {_n(high)} pairs over the 95 % interval of the SD"
    return power_chart(
        curves,
        advice=plan.at_upper80 or 0,
        power=choice.test.power,
        counted="Matched pairs",
        n=f"{basis.topic}: SD from {count(spread.n, 'pair', 'pairs')} of the pilot",
        how_to_read=(
            f"Each line is how often a study with so many pairs would find a mean change of"
            f" {size_words(basis, choice.change)} if it is really there. The dots mark"
            f" {percent(choice.test.power)}, with their numbers below. The bar through them reaches over the 95 %"
            " interval of the pilot's SD, where it has room: the wider, the less a plan can rest on the pilot."
        ),
        spread=None if low is None or high is None else Range(low, high, words, MATCHED_PRE, 3),
    )
