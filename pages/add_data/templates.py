"""Empty tables to fill in."""

import streamlit as st

from evalcore.instruments import list_instruments, load_instrument
from evalcore.intake import template
from evalcore.intake.templates import study_template, workbook_template
from pages._shared import downloads

_TABLES = {
    "responses": "Questionnaires",
    "roster": "Roster of people asked",
    "cases": "Case files",
    "caseload": "Caseload",
    "published": "Published figures",
}


def draw() -> None:
    """Offer templates: for the whole study, for each questionnaire, and for each table."""
    st.header("Templates", anchor=False)
    st.markdown("Empty files with the right headings. Only questionnaires are needed; a roster tells who is missing.")
    with st.expander("Download an empty file", key="templates", on_change="rerun") as part:
        if part.open:
            offer()


def offer() -> None:
    """Offer every template; workbooks explain their codes on a second sheet."""
    st.markdown("Excel workbooks, with the codes explained on a second sheet:")
    with st.container(horizontal=True):
        downloads.offer_template(study_template(), "study.xlsx", "Whole study (Excel)")
        for name in list_instruments():
            label = f"{load_instrument(name).short_name} (Excel)"
            downloads.offer_template(workbook_template(name), f"{name}.xlsx", label)
    st.markdown("Plain tables, heading line only:")
    with st.container(horizontal=True):
        for kind, label in _TABLES.items():
            downloads.offer_template(template(kind), f"template_{kind}", f"{label} (CSV)")
