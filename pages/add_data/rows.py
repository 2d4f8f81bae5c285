"""What became of the rows of the questionnaire files, from rows read to questionnaires used."""

import streamlit as st

from evalcore import Study
from evalcore.intake.native import RESPONSES
from evalcore.trail import rows_trail
from pages._shared import downloads, listings, state


def draw(study: Study) -> None:
    """Show the trail of the rows, and offer the account of each row: built when it is asked for, as it can be long."""
    if study.rows.empty:
        return
    st.header("What became of the rows", anchor=False)
    if any(intake.kind == RESPONSES for intake in study.intakes):
        listings.steps(state.once("rows", rows_trail), alt="From the rows read to the questionnaires used")
    with st.expander("Take along what became of each row", key="rows", on_change="rerun") as part:
        if part.open:
            downloads.offer_internal_table(study.rows, "rows", "Working copy of what became of each row (CSV)")
            st.caption("The list holds identifiers from your files: for your own use, not to be shared.")
