"""Their needs as OASys records them."""

import streamlit as st

from evalcore import Study
from evalcore.findings.people.need_by import BY
from evalcore.wording import upper_first
from pages._shared import cache, components, controls, state


def draw(study: Study, site: str | None) -> None:
    """Show each need, how severe it is, how many a person has, which meet, and the needs of groups."""
    st.header("Needs", anchor=False, divider="gray")
    components.show(cache.finding(study, "needs", site=site), open_table=True, mark_hidden=True)
    for kind in ("needs_severity", "needs_number", "needs_together"):
        components.show(cache.finding(study, kind, site=site), mark_hidden=True)
    by = controls.segments(state.BY, "Show needs by", {name: upper_first(label) for name, label in BY.items()})
    components.show(cache.finding(study, "needs_by", site=site, choice=by), mark_hidden=True)
