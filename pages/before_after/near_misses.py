"""Pairs that rest on a confirmed near miss, with and without them."""

import streamlit as st

from evalcore import Study
from evalcore.findings import Measure
from evalcore.findings.before_after.when.near_misses import has_near_misses
from pages._shared import cache, components


def draw(study: Study, measure: Measure, site: str | None) -> None:
    """Show how many pairs rest on a confirmed near miss, where any was confirmed."""
    if has_near_misses(study):
        st.header("Confirmed near misses", anchor=False, divider="gray")
        components.show(cache.finding(study, "near_misses", measure, site), open_table=True)
