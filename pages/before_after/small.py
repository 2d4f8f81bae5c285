"""Whether the change is too small to matter."""

import streamlit as st

from evalcore import Study
from evalcore.columns import MATCHED_PRE
from evalcore.findings import Measure
from evalcore.findings.before_after.limits.bound import LEAST_BOUND, Bound, largest_bound, planned_bound
from pages._shared import cache, components, controls, state


def check_link() -> None:
    """Forget a bound that can not be, and note it."""
    chosen = state.choice(state.MEASURE)
    offered = [measure for measure in components.chosen_measures() if not chosen or measure.slug == chosen]
    controls.valid_number(state.BOUND, LEAST_BOUND, largest_bound(offered[0]) if offered else 0, "bound")


def draw(study: Study, measure: Measure, site: str | None) -> None:
    """Let a person set a bound with a reason, and hold the 90 % interval against it."""
    st.header("Too small to matter?", anchor=False, divider="gray")
    if not cache.finding(study, "trail", measure, site).groups[MATCHED_PRE].n:
        components.empty(
            "A change needs answers of the same people before and after.", "Add the missing questionnaires"
        )
        return
    bound = _choose(measure, planned_bound(study, measure))
    if bound is None:
        st.info("Nothing is judged without a bound: enter the smallest change that would matter, and why.")
    else:
        components.show(cache.finding(study, "equivalence", measure, site, bound))


def _choose(measure: Measure, planned: Bound | None) -> Bound | None:
    """Let a person set the bound and say why; None until both are there. What was planned stands for what is left."""
    points = controls.number(
        state.BOUND,
        f"Smallest mean change that would matter ({measure.unit})",
        low=LEAST_BOUND,
        high=largest_bound(measure),
        step=LEAST_BOUND,
        default=planned.points if planned else None,
        help_text="Up or down. A published threshold for one person's change says nothing about a mean.",
    )
    reason = controls.text(
        f"bound reason {measure.slug}",
        "Why this bound",
        help_text="It stands beside the result, also in a file that leaves: write nothing about a person.",
    ).strip()
    state.write_address()
    if planned and not reason and points == planned.points:
        st.caption(f"The bound of the plan, with its reason: {components.plain(planned.reason)}")
        reason = planned.reason
    return Bound(points, reason) if points is not None and reason else None
