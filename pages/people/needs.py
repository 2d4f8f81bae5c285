"""Their needs as OASys records them."""

import streamlit as st

from evalcore import Study
from pages._shared import cache, components


def draw(study: Study, site: str | None) -> None:
    """Show each need, and how many needs a person has."""
    st.header("Needs", anchor=False, divider="gray")
    components.show(cache.finding(study, "needs", site=site), open_table=True, mark_hidden=True)
    components.show(cache.finding(study, "needs_number", site=site), mark_hidden=True)
