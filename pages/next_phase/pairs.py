"""Matched pairs for a smallest change in points."""

import streamlit as st

from evalcore import Study
from evalcore.findings import Measure
from evalcore.findings.before_after.limits.bound import planned_bound
from evalcore.findings.next_phase import PairsChoice
from pages._shared import components
from pages.next_phase import asking


def choose(study: Study, measure: Measure) -> PairsChoice | None:
    """Ask for the smallest change with its reason; what the analysis plan names is offered."""
    planned = planned_bound(study, measure)
    change = asking.points(measure, "Smallest mean change that matters", planned)
    reason = asking.reason(measure.slug)
    if planned and not reason and change == planned.points:
        st.caption(f"The smallest change of the analysis plan, with its reason: {components.plain(planned.reason)}")
        reason = planned.reason
    test, completion = asking.power(), asking.completion(as_in_the_pilot=True)
    if change is None:
        return None
    return PairsChoice(change=change, reason=reason, test=test, completion_percent=completion)
