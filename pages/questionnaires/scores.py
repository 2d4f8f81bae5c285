"""The scores before and after, and how they are spread over the scale."""

import streamlit as st

from evalcore import Study
from evalcore.findings import Measure
from pages._shared import cache, components


def draw(study: Study, measure: Measure, site: str | None) -> None:
    """Show each wave's scores, with floor and ceiling."""
    st.header("Scores", anchor=False, divider="gray")
    components.show(cache.finding(study, "scores", measure, site), open_table=True)
