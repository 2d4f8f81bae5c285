"""The trail of numbers behind this measure."""

import streamlit as st

from evalcore import Study
from evalcore.findings import Measure
from pages._shared import cache, components


def draw(study: Study, measure: Measure, site: str | None) -> None:
    """Show who was asked and how far they came."""
    st.header("Who took part", anchor=False, divider="gray")
    components.show(cache.finding(study, "trail", measure, site), open_table=True)
    if study.roster.empty:
        components.empty("Only a list of everyone who was asked can tell who is missing.", "Add a roster")
