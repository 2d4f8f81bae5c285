"""The scores beside published ones."""

import streamlit as st

from evalcore import Study
from evalcore.findings import Measure
from evalcore.findings.questionnaires import norms_of
from pages._shared import cache, components, controls, state


def check_link() -> None:
    """Forget a norm that a link names and that the chosen measure does not have, and note it."""
    chosen = state.choice(state.MEASURE)
    offered = [measure for measure in components.chosen_measures() if not chosen or measure.slug == chosen]
    names = {norm.name: norm.label for norm in norms_of(offered[0])} if offered else {}
    state.valid_choice(state.NORM, names, "published norm")


def draw(study: Study, measure: Measure, site: str | None) -> None:
    """Show the scores against the norm that a person chooses by source, year and sex."""
    st.header("Beside published scores", anchor=False, divider="gray")
    names = {norm.name: norm.label for norm in norms_of(measure)}
    picked = controls.select(state.NORM, "Published norm", names) if names else None
    state.write_address()
    components.show(cache.finding(study, "norms", measure, site, picked))
