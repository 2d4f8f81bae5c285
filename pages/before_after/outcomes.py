"""All outcomes side by side."""

import streamlit as st

from evalcore import Study
from evalcore.findings import Measure
from evalcore.findings.families import STUDY, families_for
from evalcore.wording import upper_first
from pages._shared import cache, components, controls, state


def check_link() -> None:
    """Forget a family that a link names and this study has not, so that the page can say so."""
    state.valid_choice(state.FAMILY, families_for(state.shown()), "family of comparisons")


def draw(study: Study, measure: Measure, site: str | None) -> None:
    """Show every change in one picture and one table, and let a person name the family that p is adjusted for."""
    st.header("All outcomes", anchor=False, divider="gray")
    known = families_for(study)
    family = controls.select(
        state.FAMILY,
        "Adjust p for",
        {name: upper_first(known[name]) for name in sorted(known, key=lambda name: name != STUDY)},
        help_text="The tests that are counted together. Best decided in the plan, before the data.",
    )
    components.show(cache.finding(study, "outcomes", None, site, (components.chosen_roles(), family)))
