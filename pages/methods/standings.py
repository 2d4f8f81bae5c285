"""What the word beside a source means."""

import streamlit as st

from evalcore.methods import MEANINGS
from pages.methods.parts import entries


def draw() -> None:
    """Show each standing with its meaning."""
    st.header("What a standing means", anchor=False, divider="gray")
    st.markdown("Beside each source stands one of four words, and in brackets what it rests on.")
    entries(MEANINGS.items())
