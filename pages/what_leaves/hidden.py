"""What would be hidden if everything left now: how much, why, and the list."""

import streamlit as st

from evalcore.disclosure.hiding import COLUMN, FIGURE, REASON, ROW, Hiding, first_lines
from pages._shared import downloads, listings
from pages._shared.components import plain
from pages.what_leaves import looked_up

_MOST = 100
_SORTS = (REASON, FIGURE, ROW, COLUMN)
_PART = "List what would be hidden"


def draw() -> None:
    """Say what the list is, and build it when it is asked for."""
    st.header("What would be hidden now", anchor=False)
    st.markdown(
        "Nothing is hidden on this screen. In a file to share, figures of a few people are hidden, and so are figures"
        " that would give them away by subtraction."
    )
    with st.expander(_PART, key=_PART, on_change="rerun") as part:
        if part.open:
            _list(looked_up.now())


def _list(found: Hiding) -> None:
    st.markdown(f"**{plain(found.sentence)}**")
    st.caption(
        plain(
            f"Of {looked_up.whom()}, as chosen in the sidebar; every figure of every page in the form in which it first"
            " stands there; after what has left already."
        )
    )
    if found.table.empty:
        return
    listings.words(found.counts)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        reason = st.selectbox("Reason", ["", *found.reasons], format_func=lambda one: one or "All reasons")
        by = st.selectbox("Sort by", _SORTS, key="sort what is hidden")
    rows = found.listed(reason, by)
    listings.words(first_lines(rows, _MOST))
    if len(rows) > _MOST:
        st.caption(f"The first {_MOST} of {len(rows):,} lines. The download has all of them.")
    downloads.offer_internal_table(found.table, "what_is_hidden", "Working copy of the list (CSV)")
    st.caption("The list tells which counts are small: for your own use, not to be shared.")
