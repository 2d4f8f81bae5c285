"""The bound below which a mean change is too small to matter: who sets it, why, and within which limits."""

from __future__ import annotations

from dataclasses import dataclass

from evalcore.findings.measures import Measure
from evalcore.study import Study

LEAST_PAIRS_FOR_A_VERDICT = 10
"""Below this many pairs nothing is judged by a bound."""

LEAST_BOUND = 0.05
"""Smallest bound that can be set on a page, and the step from one to the next."""


@dataclass(frozen=True)
class Bound:
    """A bound in points, up or down, and why it is set there, in the evaluator's own words.

    Without a reason it judges nothing.
    """

    points: float
    reason: str = ""


def planned_bound(study: Study, measure: Measure) -> Bound | None:
    """The smallest change that the plan names for a measure, with its reason; None where there is none."""
    outcome = None if study.plan is None else study.plan.outcome(measure.slug)
    if outcome is None or outcome.smallest_change is None:
        return None
    return Bound(outcome.smallest_change, outcome.threshold_reason)


def largest_bound(measure: Measure) -> float:
    """The width of the scale: no change can be larger."""
    return measure.high - measure.low
