"""What the study holds."""

import streamlit as st

from evalcore import Study
from pages._shared import cache, components


def draw(study: Study) -> None:
    """Show the study's name, its tables and files."""
    st.header("What the study holds", anchor=False, divider="gray")
    components.show(cache.finding(study, "holds"), open_table=True)
    for note in study.notes:
        st.caption(components.plain(note))
