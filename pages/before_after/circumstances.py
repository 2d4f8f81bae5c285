"""How the questionnaires were filled in."""

import streamlit as st

from evalcore import Study
from evalcore.findings import Measure
from pages._shared import cache, components


def draw(study: Study, measure: Measure, site: str | None) -> None:
    """Show the scores by how the questionnaire was filled in, or which column would tell."""
    st.header("How it was filled in", anchor=False, divider="gray")
    finding = cache.finding(study, "circumstances", measure, site)
    if finding.chart is None:
        components.empty(finding.sentence, "Add a file that says it")
    else:
        components.show(finding)
