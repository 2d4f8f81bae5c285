"""The plan as it was fixed: what it says, its stamp and code, its files, and the way to amend it."""

from functools import partial

import streamlit as st

from evalcore.plan import (
    Plan,
    after_words,
    criterion_standing,
    criterion_words,
    day,
    plan_json,
    plan_text,
    target_standing,
    target_words,
)
from pages._shared import cache, components, downloads, state
from pages.plan import form


def draw(plan: Plan) -> None:
    """Show the plan that is in force."""
    version = f"Version {plan.version} of the plan was" if plan.version > 1 else "The plan was"
    said = f"{version} fixed on {day(plan.written_at)}, {after_words(plan)}."
    if plan.before_the_data:
        st.success(said)
    else:
        st.warning(said)
    components.show(cache.finding(state.shown(), "plan"), open_table=True)
    feasibility(plan)
    with st.expander("Read the whole plan", key="plan text", on_change="rerun") as whole:
        if whole.open:
            st.text(plan_text(plan))
    st.markdown(
        "Take the plan along: closing this page loses it. Register it, or send the text to somebody, on the day that it"
        " was fixed; the code in it then shows that nothing was changed since."
    )
    with st.container(horizontal=True):
        downloads.offer_plan(plan_text(plan), plan_json(plan))
        if not form.is_open():
            st.button("Amend the plan", on_click=state.ask_for, args=(partial(form.amend, plan),))


def feasibility(plan: Plan) -> None:
    """Show the targets and the lines of go and stop, each with when it was written down."""
    if not (plan.targets or plan.criteria):
        return
    st.subheader("What the pilot is judged by", anchor=False)
    for target in plan.targets:
        st.text(f"Target. {target_words(target)}. {target_standing(plan, target)}.")
    for criterion in plan.criteria:
        st.text(f"{criterion_words(criterion)} {criterion_standing(plan, criterion)}.")
    st.caption("The page Feasibility holds the data against them.")
