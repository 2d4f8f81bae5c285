"""One wave's answers, item by item: what was said, what was left out, and how far the items agree."""

import streamlit as st

from evalcore import Study
from evalcore.columns import POST, PRE
from evalcore.findings import Measure
from pages._shared import cache, components, controls, state

_WAVES = {"before": PRE, "after": POST}
_ANSWERED = {"before": "answered pre", "after": "answered post"}


def draw(study: Study, measure: Measure, site: str | None) -> None:
    """Show the answers of the wave that a person chooses."""
    groups = cache.finding(study, "scores", measure, site).groups
    waves = {name: words for name, words in components.WAVE_NAMES.items() if groups[_ANSWERED[name]].n}
    st.header("Answers to each item", anchor=False, divider="gray")
    wave = _WAVES[controls.select(state.WAVE, "Answered", waves)]
    state.write_address()
    components.show(cache.finding(study, "answers", measure, site, wave), mark_hidden=True)
    st.header("Left out, or all the same", anchor=False, divider="gray")
    components.show(cache.finding(study, "missing", measure, site, wave))
    st.header("How far the items agree", anchor=False, divider="gray")
    components.show(cache.finding(study, "consistency", measure, site, wave))
