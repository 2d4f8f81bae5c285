"""Everyone's answers beside those of the matched people."""

import streamlit as st

from evalcore import Study
from evalcore.columns import MATCHED_PRE
from evalcore.findings import Measure
from pages._shared import cache, components
from pages.before_after.answer import LEAST_PAIRS_FOR_OPEN_TESTS


def draw(study: Study, measure: Measure, site: str | None) -> None:
    """Show three estimates of the change with what each assumes, and the six groups that they are made from."""
    st.header("Everyone's answers", anchor=False, divider="gray")
    everyone = cache.finding(study, "everyone", measure, site)
    open_table = everyone.groups[MATCHED_PRE].n >= LEAST_PAIRS_FOR_OPEN_TESTS
    components.show(everyone, open_table=open_table, table_label="Estimates, tests and what each assumes")
    components.show(cache.finding(study, "groups", measure, site), open_table=True)
