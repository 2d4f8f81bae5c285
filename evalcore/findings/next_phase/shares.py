"""Two groups compared on a share, such as reconviction: the shares are typed, no data of the pilot are used."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from evalcore.findings.finding import Column, Finding
from evalcore.findings.next_phase.choices import SharesChoice, percent
from evalcore.findings.next_phase.curves import Curve, power_chart
from evalcore.findings.next_phase.form import Form, finding_of
from evalcore.findings.next_phase.pilot import Completion, completion_of
from evalcore.findings.next_phase.words import (
    NOT_THE_SMALLEST,
    because,
    power_words,
    powers_beside,
    recruit_paragraph,
    recruit_words,
    shares_words,
)
from evalcore.outcomes.planning import PlannedShares, groups_for_shares, shares_power
from evalcore.wording import count

_DEFINITIONS = ("groups_on_a_share", "to_recruit")
_CAUTION = (
    f"{NOT_THE_SMALLEST} The share to start from has to come from the people who will be in the trial: an official rate"
    " for everybody sentenced is another one, and so is a rate over another length of time."
)


def shares_finding(choice: SharesChoice) -> Finding:
    """How many people each of two groups needs to tell one share from another, at the chosen power and at others."""
    form = _form(choice)
    columns = (
        Column("power", "Power", "label"),
        Column("per_group", "People in each group", "test", 0),
        Column("recruit", "People to recruit, both groups", "test", 0),
    )
    topic = "Shares in the next phase"
    return finding_of("proportions", None, form, form, columns=columns, topic=topic, definitions=_DEFINITIONS)


def planned(choice: SharesChoice, completion: Completion, power: float) -> PlannedShares:
    """The plan at one power."""
    return groups_for_shares(
        choice.from_percent / 100,
        choice.to_percent / 100,
        completion=completion.share,
        power=power,
        alpha=choice.test.alpha,
    )


def _form(choice: SharesChoice) -> Form:
    completion = completion_of(None, choice.completion_percent)
    plan = planned(choice, completion, choice.test.power)
    people, told = count(plan.per_group, "person", "people"), shares_words(choice)
    chart = power_chart(
        [Curve("change", told, partial(shares_power, p1=plan.p1, p2=plan.p2, alpha=plan.alpha), plan.per_group)],
        advice=plan.per_group,
        power=plan.power,
        counted="People in each group",
        n=f"{told}; nobody's data are used",
        how_to_read=(
            f"The line is how often a trial with so many people in each group would tell {told} if that is the truth."
            f" The dot marks {percent(plan.power)}, with its number below."
        ),
    )
    return Form(
        title=f"Plan {people} in each of two groups to tell {told}",
        sentence=(
            f"To tell {told} at {power_words(choice.test)}, plan {people} in each of two groups whose outcome is known."
            f" {recruit_words(plan.recruit, completion, ' for both groups')}"
        ),
        paragraph=(
            f"The outcome is a share, compared between two groups of equal size. The smallest difference that matters"
            f" was set at {told}{because(choice.reason)}. A comparison of two shares (normal approximation, no"
            f" continuity correction) with {power_words(choice.test)} needs {people} in each group whose outcome is"
            f" known.{recruit_paragraph(plan.recruit, completion)}"
        ),
        caution=_CAUTION,
        chart=chart,
        table=_table(choice, completion),
    )


def _table(choice: SharesChoice, completion: Completion) -> pd.DataFrame:
    powers = powers_beside(choice.test)
    plans = [planned(choice, completion, power) for power in powers]
    return pd.DataFrame(
        {
            "power": [percent(power) for power in powers],
            "per_group": np.array([plan.per_group for plan in plans], dtype=float),
            "recruit": np.array([plan.recruit for plan in plans], dtype=float),
        }
    )
