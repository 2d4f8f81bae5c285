"""The study that is open: its name, whether it is kept, a note on its newest version, and when it deletes itself."""

from __future__ import annotations

from functools import partial

import streamlit as st

from evalcore.storage.folder import default_folder
from pages._shared import components, state, versions
from pages.studies import age, asking
from pages.studies.shelf import Shelf


def draw(shelf: Shelf) -> None:
    """Show what is open, and what can be said of its keeping."""
    st.header("The study that is open", anchor=False)
    _name()
    if state.kept() is None:
        _not_kept(shelf)
    else:
        _kept(shelf)


def _name() -> None:
    name = state.study().name
    # The key holds the name that is in force: a new name from elsewhere is shown, and not what the field held before.
    typed = asking.name_field("Name of the study that is open", name, f"name of what is open: {name}")
    if st.button("Give it this name") and typed != name and asking.is_named(typed):
        asking.do("The study has its new name.", partial(rename, typed))


def rename(name: str) -> None:
    """Give the study that is open another name, here and where it is kept."""
    kept = state.kept()
    if kept is not None:
        state.store().rename(kept.study_id, name)
    state.replace(state.study().renamed(name))


def _not_kept(shelf: Shelf) -> None:
    st.markdown("**Not kept.** " + ("Everyone in the sample study is invented." if state.is_sample() else ""))
    if shelf.trouble:
        st.error(f"Nothing can be kept now. {components.plain(shelf.trouble)} You can still take the study along.")
        return
    st.markdown(
        "Keeping writes this study into a folder of this user's account, with every answer in it, and saves each change"
        " as a version. The program does not encrypt it: whoever can log in as this user can read it. So use a computer"
        " with an encrypted disk. Nothing is sent anywhere."
    )
    st.text(f"The folder: {default_folder()}")
    st.button("Keep this study on this machine", type="primary", on_click=state.ask_for, args=(state.keep,))


def _kept(shelf: Shelf) -> None:
    kept, entry = state.kept(), shelf.entry
    if entry is None:
        st.markdown(f"**Kept on this machine**, version {kept.version}.")
        st.error(components.plain(shelf.trouble or "It can not be found there now. Take it along as a file."))
        return
    saved = versions.moment(entry.saved_at, state.now())
    st.markdown(f"**Kept on this machine.** Last saved {saved}, version {entry.version}.")
    st.text(f"The folder: {default_folder()}")
    _note(shelf)
    age.draw(entry)


def _note(shelf: Shelf) -> None:
    newest = shelf.versions[0]
    place = f"{shelf.open_id} {newest.number} {newest.note}"
    typed = st.text_input(
        f"Note on version {newest.number} (optional)",
        value=newest.note,
        max_chars=asking.LONGEST_NOTE,
        key=f"note {place}",
        autocomplete="off",
        help="What this version is for: “As shown to the steering group.” No names of people.",
    )
    if st.button("Keep this note", key=f"keep note {shelf.open_id} {newest.number}"):
        note = partial(annotate, shelf.open_id, newest.number, asking.tidied(typed))
        asking.do(f"The note on version {newest.number} is kept.", note)


def annotate(study_id: str, version: int, note: str) -> None:
    """Keep a note with a version."""
    state.store().annotate(study_id, version, note)
