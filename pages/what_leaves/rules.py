"""The rules: every threshold with its default and its present value, and what was changed."""

import streamlit as st

from evalcore import Study
from evalcore.disclosure.record import history_table, rules_table
from pages._shared import listings, state
from pages.what_leaves import change, exceptions

_CHANGE, _HISTORY = "Change a rule", "Every change of a rule"


def draw(study: Study) -> None:
    """Show the thresholds, let one be changed, and show the history and the exceptions."""
    st.header("Rules", anchor=False)
    st.markdown(
        "These rules decide what every file to share may hold. The defaults are this dashboard's own, not a ministry's"
        " rule: keep to the rules of whoever gave you the data. A change holds from now on. What left before stays as"
        " it left, and still counts as left. Every file to share says which rules were changed and how; why, and by"
        " whom, stays with the study."
    )
    if state.is_sample():
        st.caption("The sample study is open: what you change here belongs to it and goes when it is closed.")
    listings.words(rules_table(study))
    with st.expander(_CHANGE, key=_CHANGE, on_change="rerun") as part:
        if part.open:
            change.draw(study)
    if study.thresholds:
        with st.expander(_HISTORY, key=_HISTORY, on_change="rerun") as part:
            if part.open:
                listings.words(history_table(study.thresholds))
    exceptions.draw(study)
