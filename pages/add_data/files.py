"""The files of the study: what each was recognised as, how it was read, and a way to take it out."""

from collections.abc import Callable

import streamlit as st

from evalcore import Study
from pages._shared import components, listings, state
from pages._shared.uploads import Entry
from pages.add_data import check


def draw(study: Study) -> None:
    """Show each file and what it holds; offer to remove it, and to go back to the sample study."""
    st.header("Files in this study", anchor=False)
    if study.intakes:
        listings.files(study)
    else:
        st.info("No file yet. Upload one above, or go back to the sample study.")
    for note in study.notes:
        st.caption(components.plain(note))
    for intake in study.intakes:
        check.draw(Entry(intake))
    with st.container(horizontal=True):
        if study.intakes:
            remove(study)
        if state.is_sample():
            close("Start an empty study", state.open_empty)
        else:
            close("Back to the sample study", state.open_sample)


def close(label: str, action: Callable[[], None]) -> None:
    """Offer to close what is open; where it would be lost, a second click is asked for."""
    if not state.is_at_risk():
        st.button(label, on_click=state.ask_for, args=(action,))
        return
    with st.popover("Close this study"):
        st.markdown("It is not kept, or its last change is not saved: closing it loses that for good.")
        st.button(label, on_click=state.ask_for, args=(action,))


def remove(study: Study) -> None:
    """Take one file out of the study."""
    names = ["", *(intake.name for intake in study.intakes)]
    with st.popover("Remove a file"):
        name = st.selectbox("File", names, format_func=lambda one: one or "Choose", key="file_to_remove")
        if st.button("Remove", disabled=not name):
            state.remove(name)
            st.rerun()
