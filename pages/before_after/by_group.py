"""The same change group by group."""

import streamlit as st

from evalcore import Study
from evalcore.findings import Measure
from evalcore.findings.before_after.by_group.group_columns import candidates
from pages._shared import cache, components, controls, state


def check_link() -> None:
    """Forget a column that a link names and this study has not, so that the page can say so."""
    known = {column: found.label for column, found in candidates(state.shown()).items()}
    state.valid_choice(state.BY, known, "column to group people by")


def draw(study: Study, measure: Measure, site: str | None) -> None:
    """Show the change by site, role, sex or a column kept from the file, and whether groups differ."""
    st.header("By group", anchor=False, divider="gray")
    offered = cache.group_columns(study, measure, site)
    if not offered:
        components.empty(cache.finding(study, "by_group", measure, site).sentence, "Add a file that says it")
        return
    chosen = controls.select(
        state.BY,
        "Group people by",
        offered,
        help_text="Columns with 2 to 12 different values among these people. A column is kept when its file is added.",
    )
    if state.choice(state.BY) not in ("", chosen):
        st.caption("The column chosen before does not split these people into 2 to 12 groups.")
    components.show(cache.finding(study, "by_group", measure, site, chosen))
    components.show(cache.finding(study, "group_difference", measure, site, chosen))
