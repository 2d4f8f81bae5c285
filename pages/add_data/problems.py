"""Everything that was found wrong or doubtful, and the list to take away."""

import pandas as pd
import streamlit as st

from evalcore import Study
from evalcore.intake import grouping
from pages._shared import downloads, listings, state
from pages._shared.components import plain

_LONG = 2_000
_SORTS = {"severity": "How serious it is", "file": "File", "column": "Column", "action": "What was done"}


def draw(study: Study) -> None:
    """Count the problems of all files and list them, those that say the same as one line."""
    st.header("Problems", anchor=listings.PROBLEMS)
    found = study.problems
    if not len(found):
        st.markdown("No problem was found in these files." if study.intakes else "There is no file to check yet.")
        return
    st.markdown(f"**{plain(grouping.summary_sentence(found))}**")
    st.caption("Error: something is not used. Warning: please check. Note: good to know.")
    names = list(dict.fromkeys(found["file"]))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        file = st.selectbox("File", ["", *names], format_func=lambda one: one or "All files") if names[1:] else ""
        by = st.selectbox("Sort by", list(_SORTS), format_func=_SORTS.__getitem__)
        single = st.checkbox("Each one by itself")
    shown = found if single else state.once("grouped problems", lambda one: grouping.grouped(one.problems))
    if file:
        shown = shown[shown["file"] == file]
    by = "columns" if by == "column" and not single else str(by)
    listings.problems(listings.sorted_problems(shown, by), alt="Problems in all files")
    offer(found)


def offer(found: pd.DataFrame) -> None:
    """Offer the whole list; a very long one is written only when it is asked for."""
    label = "Working copy of the problem list"
    with st.expander(label, key="problem_list", on_change="rerun") if len(found) > _LONG else st.container() as part:
        if len(found) <= _LONG or part.open:
            downloads.offer_internal_table(found, "problems", f"{label} (CSV)")
            st.caption("The list quotes cells and identifiers from your files: for your own use, not to be shared.")
