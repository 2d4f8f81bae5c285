"""The versions of the study that is open: what changed in each, going back to one, and comparing two."""

from __future__ import annotations

from functools import partial

import streamlit as st

from evalcore.wording import count
from pages._shared import state, versions
from pages.studies import asking, compare
from pages.studies.shelf import Shelf

SHOWN = 20
"""Versions that are listed before a person asks for all of them."""


def draw(shelf: Shelf) -> None:
    """Show the versions, newest first, and what can be done with them."""
    st.header("Versions", anchor=False)
    if shelf.entry is None:
        said = "can not be read now" if state.kept() is not None else "are written once the study is kept"
        st.info(f"Versions of the study that is open {said}.")
        return
    held = shelf.versions
    every = len(held) <= SHOWN or st.checkbox(f"List all {len(held)} versions", key="every version")
    versions.history(held if every else held[:SHOWN], state.now())
    if not every:
        st.caption(f"The latest {SHOWN} of {len(held):,} versions.")
    if len(held) == 1:
        st.caption("With the next change there is a version to go back to and to compare with.")
        return
    _go_back(shelf)
    compare.draw(shelf)


def _go_back(shelf: Shelf) -> None:
    st.subheader("Go back to a version", anchor=False)
    newest, *older = [one.number for one in shelf.versions]
    picked = st.selectbox("Version to go back to", older, key=f"go back {shelf.open_id} {newest}")
    st.markdown(
        "Going back writes a new version with the files, decisions, other explanations and notes of the old one. The"
        f" {count(len(older) + 1, 'version', 'versions')} above stay. Not undone: what has left, a plan that was fixed,"
        " changes in the rules of what may leave, people who withdrew, and that files had been seen."
    )
    may = asking.may_close("Go back", "go back")
    if st.button(f"Go back to version {picked}", key=f"go back to {shelf.open_id} {newest} {picked}", disabled=not may):
        asking.do(f"The study is as it was in version {picked}.", partial(state.go_back, picked))
