"""Columns that look as if they named people: which they are, and keeping one on purpose."""

from functools import partial

import streamlit as st

from evalcore.intake.headings.headers import KEEP
from pages._shared import listings, state
from pages._shared.components import plain
from pages._shared.uploads import Entry
from pages.add_data import columns


def draw(entry: Entry) -> None:
    """Name the columns that were left out to protect people, with a deliberate way to keep one."""
    names = listings.column_names(entry.intake)
    left_out = listings.left_out_for_people(entry.intake)
    if not left_out:
        return
    st.subheader("Left out to protect people", anchor=False)
    for position, looks_like in left_out.items():
        st.markdown(f"- {plain(names[position])}: {plain(looks_like)}")
    offered = {position: names[position] for position in left_out}
    position = columns.pick("Keep one on purpose", offered, f"keep {entry.key}")
    if position is not None:
        st.warning("It will stand in the study under its own heading. Keep it only if the evaluation needs it.")
        asked = partial(columns.use, entry, position, KEEP, "")
        st.button("Keep this column", key=f"keep it {entry.key}", on_click=state.ask_for, args=(asked,))
