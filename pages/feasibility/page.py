"""Feasibility: whether a larger study could be carried out, which is what a pilot is for."""

import streamlit as st

from evalcore import Study
from evalcore.plan import criterion_words, target_words
from pages._shared import cache, components, state

_PLAN = "pages/plan/page.py"


def main() -> None:
    """Draw the page."""
    components.page_title(
        "Feasibility",
        "What a pilot is for: recruitment, consent, retention, questionnaires and contacts of service users.",
    )
    study = state.shown()
    if study.cases.empty and study.roster.empty:
        components.empty("This study has no case file and no list of those asked yet.", "Add a file")
        return
    components.only_service_users("Feasibility is about service users")
    if components.chosen_site() is not None:
        st.info("The site chosen in the sidebar does not change this page: a pilot is judged as a whole.")
    lines(study)
    with st.spinner("Counting"):
        components.show(cache.finding(study, "feasibility"), open_table=True, mark_hidden=True)
    st.caption("Laid out after the CONSORT extension for pilot and feasibility trials (Eldridge and others, 2016).")


def lines(study: Study) -> None:
    """Show what was written down to judge the pilot by, or where to do so."""
    plan = study.plan
    if plan is None or not (plan.criteria or plan.targets):
        st.header("What was found", anchor=False, divider="gray")
        components.empty(
            "Nothing is written down yet by which this pilot could be judged: no target, no lines of go and stop.",
            "Write it down",
            _PLAN,
        )
        return
    st.header("What was written down", anchor=False, divider="gray")
    for target in plan.targets:
        st.text(f"Target. {target_words(target)}")
    for criterion in plan.criteria:
        st.text(criterion_words(criterion))
    st.header("What was found", anchor=False, divider="gray")


main()
