"""Matched pairs for a smallest standardised change, without a pilot."""

from evalcore import Study
from evalcore.findings import Measure
from evalcore.findings.before_after.limits.bound import LEAST_BOUND
from evalcore.findings.next_phase import EffectChoice
from pages._shared import controls, state
from pages.next_phase import asking


def choose(study: Study, measure: Measure | None) -> EffectChoice | None:
    """Ask for the smallest standardised change with its reason."""
    effect = controls.number(
        state.CHANGE,
        "Smallest standardised change that matters (d_z)",
        low=LEAST_BOUND,
        high=asking.LARGEST_EFFECT,
        step=LEAST_BOUND,
        help_text="Mean change / SD of the changes. Not the pilot's own: that is what it happened to see.",
    )
    reason = asking.reason("d_z")
    test, completion = asking.power(), asking.completion(as_in_the_pilot=False)
    if effect is None:
        return None
    return EffectChoice(effect_dz=effect, reason=reason, test=test, completion_percent=completion)
