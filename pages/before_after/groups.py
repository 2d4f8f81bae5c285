"""Everyone, the matched, and those who answered once, side by side."""

import streamlit as st

from evalcore import Study
from evalcore.findings import Measure
from pages._shared import cache, components


def draw(study: Study, measure: Measure, site: str | None) -> None:
    """Show the six groups with n, mean, SD and interval."""
    st.header("Who answered when", anchor=False, divider="gray")
    components.show(cache.finding(study, "groups", measure, site), open_table=True)
