"""How a figure looks outside: the form that leaves, and beside it the one on this screen."""

import streamlit as st

from pages._shared import components, leaving, outside
from pages.what_leaves import looked_up

_PART = "Look at a figure as it leaves"


def draw() -> None:
    """Let a figure be chosen and show its outside form; under it, where asked for, the same on this screen."""
    st.header("How a figure looks outside", anchor=False)
    st.markdown("Each figure has a form in which it may leave. This is what a reader of a file to share sees.")
    finding = None
    with st.expander(_PART, key=_PART, on_change="rerun") as part:
        if part.open:
            found = {one.id: one for one in looked_up.figures()}
            names = {one.id: one.topic or one.id for one in found.values()}
            chosen = st.selectbox("Figure", list(names), format_func=names.__getitem__, key="figure as it leaves")
            finding = found[chosen]
            release = leaving.releases(finding)
            outside.show(release.findings[0], release)
            beside = st.toggle("Show the same figure as it is on this screen", key="figure on this screen")
    if finding is not None and beside:
        st.markdown("**On this screen, with nothing hidden:**")
        components.show(finding, open_table=True)
