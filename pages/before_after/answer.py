"""The answer first: what may be said of the change, and how sure it is."""

import streamlit as st

from evalcore import Study
from evalcore.columns import MATCHED_PRE
from evalcore.findings import Measure
from pages._shared import cache, components

LEAST_PAIRS_FOR_OPEN_TESTS = 30
"""Below this many pairs tests and effect sizes are one click away: the estimate and its interval come first."""


def draw(study: Study, measure: Measure, site: str | None) -> None:
    """Show the estimation plot; the tests and effect sizes are its table, one click away while few are matched."""
    st.header("Answer", anchor=False, divider="gray")
    finding = cache.finding(study, "change", measure, site)
    if not finding.groups[MATCHED_PRE].n:
        components.empty(
            "A change needs answers of the same people before and after.", "Add the missing questionnaires"
        )
    open_table = finding.groups[MATCHED_PRE].n >= LEAST_PAIRS_FOR_OPEN_TESTS
    components.show(finding, open_table=open_table, table_label="Tests and effect sizes")
