"""What may leave the screen: the small-number policy."""

import streamlit as st

from pages._shared.downloads import INTERNAL, POLICY
from pages.methods.parts import bullets


def draw() -> None:
    """Show every line of the policy, and whose it is."""
    st.header("Disclosure policy", anchor=False, divider="gray")
    st.markdown(
        "These rules decide what every download to share may hold. They are this dashboard's defaults, not a ministry's"
        " rule, and every threshold can be changed; they are printed with each file. On this screen nothing is hidden."
    )
    bullets(POLICY.lines())
    st.markdown(
        f"A working copy has nothing hidden. It is made on purpose, recorded, and its name begins with `{INTERNAL}`."
    )
