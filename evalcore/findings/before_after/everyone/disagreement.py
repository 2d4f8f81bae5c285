"""When several estimates of one change disagree, and what that means."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from evalcore.outcomes.mixed import MixedChange
from evalcore.outcomes.overlap import OverlapChange
from evalcore.outcomes.paired import PairedChange

LEAST_PAIRS_TO_COMPARE = 10
"""Below this many pairs estimates are described and not held against each other."""

SIGNS, CLEAR, APART, NONE = "signs", "clear", "apart", "none"


@dataclass(frozen=True)
class Disagreement:
    """The rule that holds (`signs`, `clear`, `apart` or `none`), and what it means in words."""

    rule: str
    sentence: str


_MEANING = {
    SIGNS: (
        "They differ in sign: whether scores are higher or lower after depends on what is assumed about the missing"
        " answers, so neither can be said."
    ),
    CLEAR: (
        "One interval lies clear of zero and another does not: whether there is a clear difference depends on what is"
        " assumed about the missing answers, so all of them belong in a report."
    ),
    APART: (
        "They differ by more than the standard error of the matched change: those who answered once scored differently"
        " from those who answered twice, and the size of the change depends on what is assumed about them."
    ),
    NONE: (
        "They do not disagree: what is assumed about the missing answers makes little difference among these estimates."
        " That does not show that the missing are like the others."
    ),
}


def disagreement(matched: PairedChange, others: Sequence[OverlapChange | MixedChange]) -> Disagreement:
    """Hold estimates from everyone's answers against the matched change; the first rule that holds decides.

    Parameters
    ----------
    matched : PairedChange
    others : sequence of OverlapChange or MixedChange
        Those that could be computed.

    Returns
    -------
    Disagreement
        `signs`: two estimates differ in sign. `clear`: one interval lies clear of zero and another does not. `apart`:
        one differs from the matched change by more than the standard error of the matched change. Else `none`.

    Examples
    --------
    >>> figures = {"mean_change": 1.0, "ci_low": -0.1, "ci_high": 2.1}
    >>> matched = PairedChange(n_pairs=16, sd_change=2.0, resamples=0, seed=0, **figures)
    >>> disagreement(matched, [MixedChange(n_people=20, n_scores=36, **figures)]).rule
    'none'
    >>> other = MixedChange(n_people=20, n_scores=36, mean_change=1.2, ci_low=0.2, ci_high=2.2)
    >>> disagreement(matched, [other]).rule
    'clear'
    """
    every: tuple[PairedChange | OverlapChange | MixedChange, ...] = (matched, *others)
    means = [one.mean_change for one in every if one.mean_change is not None]
    clear = {not one.ci_low <= 0 <= one.ci_high for one in every if one.ci_low is not None and one.ci_high is not None}
    if min(means) < 0 < max(means):
        rule = SIGNS
    elif len(clear) > 1:
        rule = CLEAR
    elif matched.sd_change is not None and _reach(means) > matched.sd_change / math.sqrt(matched.n_pairs):
        rule = APART
    else:
        rule = NONE
    return Disagreement(rule, _MEANING[rule])


def _reach(means: Sequence[float]) -> float:
    """How far the estimate farthest from the first lies from it."""
    return max(abs(mean - means[0]) for mean in means)
