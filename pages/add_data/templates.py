"""Empty native tables to fill in."""

import streamlit as st

from evalcore.intake import template
from pages._shared import downloads

_TEMPLATES = {
    "responses": "Questionnaires",
    "roster": "Roster of people asked",
    "cases": "Case files",
    "caseload": "Caseload",
    "published": "Published figures",
}


def draw() -> None:
    """Offer a template for each table."""
    st.header("Templates", anchor=False)
    st.markdown("Empty files with the right headings. Only questionnaires are needed; a roster tells who is missing.")
    with st.container(horizontal=True):
        for kind, label in _TEMPLATES.items():
            downloads.offer_template(template(kind), f"template_{kind}", f"{label} (CSV)")
