"""Pairs for the smallest standardised change that matters: no pilot is needed, and none is used."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from evalcore.findings.finding import Column, Finding
from evalcore.findings.next_phase.choices import EffectChoice, percent
from evalcore.findings.next_phase.curves import Curve, power_chart
from evalcore.findings.next_phase.form import Form, finding_of
from evalcore.findings.next_phase.pilot import completion_of
from evalcore.findings.next_phase.words import (
    NOT_THE_SMALLEST,
    because,
    power_words,
    powers_beside,
    recruit_paragraph,
    recruit_words,
    typed,
)
from evalcore.outcomes.planning import paired_power, pairs_needed
from evalcore.outcomes.planning.checks import checked_completion, recruited
from evalcore.wording import count

_DEFINITIONS = ("pairs_needed", "cohens_dz", "to_recruit")
_CAUTION = (
    f"{NOT_THE_SMALLEST} A d_z depends on how closely the scores before and after go together, so one from another"
    " study does not fit, and one from this pilot is its own observed change."
)


def effect_finding(choice: EffectChoice) -> Finding:
    """How many matched pairs a chosen standardised change needs, at the chosen power and beside it at others."""
    form = _form(choice)
    columns = (
        Column("power", "Power", "label"),
        Column("pairs", "Pairs", "test", 0),
        Column("recruit", "People to recruit", "test", 0),
    )
    topic = "Pairs for the next phase"
    return finding_of("effect", None, form, form, columns=columns, topic=topic, definitions=_DEFINITIONS)


def _form(choice: EffectChoice) -> Form:
    effect, test = choice.effect_dz, choice.test
    completion = completion_of(None, choice.completion_percent)
    share = checked_completion(completion.share)
    needed = pairs_needed(effect, power=test.power, alpha=test.alpha)
    pairs, size = count(needed, "pair", "pairs"), typed(abs(effect))
    recruit = recruited(needed, share)
    chart = power_chart(
        [Curve("change", f"d_z {size}", partial(paired_power, effect_dz=effect, alpha=test.alpha), needed)],
        advice=needed,
        power=test.power,
        counted="Matched pairs",
        n=f"d_z = {size}; nobody's scores are used",
        how_to_read=(
            f"The line is how often a study with so many pairs would find a standardised change of {size} if it is"
            f" really there. The dot marks {percent(test.power)}, with its number below."
        ),
    )
    return Form(
        title=f"Plan {pairs} for a standardised change (d_z) of {size}",
        sentence=(
            f"For a mean change of {size} SDs of the changes (d_z), at {power_words(test)}, plan {pairs}."
            f" {recruit_words(recruit, completion)}"
        ),
        paragraph=(
            f"The smallest mean change that matters was set at a d_z of {size}, that is {size} SDs of the changes"
            f"{because(choice.reason)}. A paired t test with {power_words(test)} then needs {pairs}."
            f"{recruit_paragraph(recruit, completion)}"
        ),
        caution=_CAUTION,
        chart=chart,
        table=_table(choice, share),
    )


def _table(choice: EffectChoice, share: float | None) -> pd.DataFrame:
    powers = powers_beside(choice.test)
    needed = [pairs_needed(choice.effect_dz, power=power, alpha=choice.test.alpha) for power in powers]
    return pd.DataFrame(
        {
            "power": [percent(power) for power in powers],
            "pairs": np.array(needed, dtype=float),
            "recruit": np.array([recruited(n, share) for n in needed], dtype=float),
        }
    )
