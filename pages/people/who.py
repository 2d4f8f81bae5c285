"""Who the people are."""

import streamlit as st

from evalcore import Study
from pages._shared import cache, components


def draw(study: Study, site: str | None) -> None:
    """Show sex, site, status and age."""
    st.header("Who they are", anchor=False, divider="gray")
    components.show(cache.finding(study, "characteristics", site=site), open_table=True, mark_hidden=True)
    components.show(cache.finding(study, "age", site=site), mark_hidden=True)
    if study.caseload.empty and study.counted.empty and study.published.empty:
        components.empty("A caseload shows whom these people stand for.", "Add a caseload")
