"""Offence, sentence, status and any other category of the case files, one at a time."""

import streamlit as st

from evalcore import Study
from evalcore.findings.people import People
from evalcore.findings.people.categories_by_column import category_columns
from pages._shared import cache, components, controls, state


def draw(study: Study, site: str | None) -> None:
    """Let a person choose a category, and show who is in it."""
    st.header("Other categories", anchor=False, divider="gray")
    offered = state.once("category columns", lambda found: category_columns(People(found)))
    if not offered:
        components.empty("The case file holds no other category, such as the offence.", "Add a case file")
        return
    column = controls.select(
        state.BY,
        "Category",
        offered,
        help_text="Ethnicity and disability are shown only when chosen here. A column is kept when its file is added.",
    )
    components.show(cache.finding(study, "categories", site=site, choice=column), open_table=True, mark_hidden=True)
