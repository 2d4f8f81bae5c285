"""What may leave the screen: the small-number policy."""

import streamlit as st

from pages._shared import leaving
from pages._shared.downloads import INTERNAL
from pages.methods.parts import bullets


def draw() -> None:
    """Show every line of the policy, and whose it is."""
    st.header("Disclosure policy", anchor=False, divider="gray")
    st.markdown(
        "These rules decide what every download to share may hold. They are this dashboard's defaults, not a ministry's"
        " rule. The page What leaves changes them, with the reason; they are printed with each file. On this screen"
        " nothing is hidden."
    )
    bullets(leaving.policy().lines())
    st.markdown(
        f"A working copy has nothing hidden. It is made on purpose, recorded, and its name begins with `{INTERNAL}`."
    )
