"""The trail of numbers behind this measure."""

import streamlit as st

from evalcore import Study
from evalcore.findings import Measure
from evalcore.findings.trail import rows_columns, rows_table
from pages._shared import cache, components


def draw(study: Study, measure: Measure, site: str | None) -> None:
    """Show who was asked and how far they came, and what became of every row of the files."""
    st.header("Who took part", anchor=False, divider="gray")
    finding = cache.finding(study, "trail", measure, site)
    components.show(finding, open_table=True)
    with st.expander("Every row of the questionnaire files", key=f"rows {finding.id}", on_change="rerun") as rows:
        if rows.open:
            alt = "From the rows read in the questionnaire files to the pairs"
            components.result_table(rows_table(finding.trail.rows), rows_columns(), alt=alt)
    if study.roster.empty:
        components.empty("Only a list of everyone who was asked can tell who is missing.", "Add a roster")
