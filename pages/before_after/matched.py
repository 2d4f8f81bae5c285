"""The matched people in every statistic, and whether their changes are shaped as the tests suppose."""

import streamlit as st

from evalcore import Study
from evalcore.columns import MATCHED_PRE
from evalcore.findings import Measure
from pages._shared import cache, components
from pages.before_after.answer import LEAST_PAIRS_FOR_OPEN_TESTS


def draw(study: Study, measure: Measure, site: str | None) -> None:
    """Show tests and effect sizes (one click away while few are matched), the changes' shape, the Bayes factor."""
    st.header("Matched people", anchor=False, divider="gray")
    change = cache.finding(study, "change", measure, site)
    pairs = change.groups[MATCHED_PRE].n
    few = pairs < LEAST_PAIRS_FOR_OPEN_TESTS
    components.show(change, open_table=not few, table_label="Tests and effect sizes", chart=False)
    if not pairs:
        components.empty(
            "A change needs answers of the same people before and after.", "Add the missing questionnaires"
        )
        return
    components.show(cache.finding(study, "normality", measure, site))
    bayes = cache.finding(study, "bayes", measure, site)
    components.show(bayes, open_table=not few, table_label="Under three priors")
