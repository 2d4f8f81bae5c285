"""Who was reached, who started, how far they took part, and when they left."""

import streamlit as st

from evalcore import Study
from pages._shared import cache, components


def draw(study: Study, site: str | None) -> None:
    """Show starts by site; with a case file also starts and contacts by risk, and the time to disengagement."""
    st.header("Reach", anchor=False, divider="gray")
    components.show(cache.finding(study, "reach", site=site), open_table=True, mark_hidden=True)
    if not study.cases.empty:
        components.show(cache.finding(study, "start_rates", site=site), mark_hidden=True)
        components.show(cache.finding(study, "contacts", site=site), mark_hidden=True)
        components.show(cache.finding(study, "disengagement", site=site), open_table=True)
    if study.plan is None or not study.plan.targets:
        components.empty("No target of starts is written down.", "Write one down", "pages/plan/page.py")
