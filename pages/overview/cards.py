"""For each measure: one card with what changed, and beside it the trail of numbers."""

import streamlit as st

from evalcore import Study
from evalcore.columns import TOTAL
from pages._shared import cache, components


def draw(study: Study) -> None:
    """Show a card and a trail for each questionnaire's total, for the people chosen in the sidebar."""
    chosen = [measure for measure in components.chosen_measures() if measure.scale == TOTAL]
    if not chosen:
        components.nobody_chosen()
        return
    site = components.chosen_site()
    for measure in chosen:
        st.header(components.plain(measure.label), anchor=False, divider="gray")
        card, trail = st.columns(2, gap="large")
        with card:
            components.show(cache.finding(study, "summary", measure, site), open_table=True)
        with trail:
            components.show(cache.finding(study, "trail", measure, site), open_table=True)
