"""Those who did not come back."""

import streamlit as st

from evalcore import Study
from evalcore.findings import Measure
from pages._shared import cache, components


def draw(study: Study, measure: Measure, site: str | None) -> None:
    """Show how those who left scored before, and the reasons that were given."""
    st.header("Who did not come back", anchor=False, divider="gray")
    components.show(cache.finding(study, "leavers", measure, site))
    components.show(cache.finding(study, "reasons", measure, site))
