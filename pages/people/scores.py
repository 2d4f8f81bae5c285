"""Their OGRS scores."""

import streamlit as st

from evalcore import Study
from pages._shared import cache, components


def draw(study: Study, site: str | None) -> None:
    """Show OGRS of the pilot against the caseload."""
    st.header("OGRS", anchor=False, divider="gray")
    components.show(cache.finding(study, "ogrs", site=site), mark_hidden=True)
