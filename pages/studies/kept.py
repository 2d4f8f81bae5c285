"""The studies that are kept on this machine: open, rename, copy and delete them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from evalcore.wording import count
from pages._shared import components, state, versions
from pages.studies import asking
from pages.studies.age import GONE
from pages.studies.shelf import Shelf

if TYPE_CHECKING:
    from evalcore.storage.store import Entry

_PICKED = "kept study"


def draw(shelf: Shelf) -> None:
    """Show the studies that are kept, and what can be done with one of them."""
    st.header("Studies kept on this machine", anchor=False)
    if shelf.trouble:
        st.error(components.plain(shelf.trouble))
        return
    if not shelf.entries:
        st.info("No study is kept on this machine yet.")
        return
    versions.studies(shelf.entries, shelf.open_id, state.now())
    entry = _pick(shelf.entries)
    is_open = entry.study_id == shelf.open_id
    if is_open:
        st.caption("This study is open: its name is changed at the top of the page.")
    else:
        _open(entry)
        _rename(entry)
    _copy(entry)
    _delete(entry, is_open)


def _pick(entries: Sequence[Entry]) -> Entry:
    """Let one of the studies be chosen; say so where the one that was chosen went meanwhile."""
    called = versions.names(entries, state.now())
    before = state.held(_PICKED)
    if before is not None and before not in called:
        st.warning("The study that was chosen here is not kept any more: it was deleted, perhaps in another window.")
    label = "Study to open, name, copy or delete"
    picked = st.selectbox(label, list(called), format_func=lambda one: called.get(one, ""), key=_PICKED)
    return next((one for one in entries if one.study_id == picked), entries[0])


def _open(entry: Entry) -> None:
    may = asking.may_close("Open the other study", f"kept {entry.study_id}")
    if st.button("Open this study", key=f"open {entry.study_id}", type="primary", disabled=not may):
        asking.do(f"{asking.quoted(entry.name)} is open.", partial(state.open_kept, entry.study_id))


def _rename(entry: Entry) -> None:
    typed = asking.name_field("New name", entry.name, f"new name {entry.study_id} {entry.name}")
    asked = st.button("Rename this study", key=f"rename {entry.study_id}")
    if asked and typed != entry.name and asking.is_named(typed):
        asking.do("The study has its new name.", partial(_give_name, entry.study_id, typed))


def _give_name(study_id: str, name: str) -> None:
    state.store().rename(study_id, name)


def _copy(entry: Entry) -> None:
    typed = asking.name_field("Name of a copy", f"{entry.name} (copy)", f"name of a copy {entry.study_id} {entry.name}")
    if st.button("Copy this study", key=f"copy {entry.study_id}") and asking.is_named(typed):
        asking.do(f"{asking.quoted(typed)} is kept as a copy.", partial(_keep_copy, entry.study_id, typed))
    st.caption(
        "A copy shares with its original the record of what has left, and a person who withdraws is taken out of both."
    )


def _keep_copy(study_id: str, name: str) -> None:
    state.store().copy(study_id, name, at=state.now())


def _delete(entry: Entry, is_open: bool) -> None:
    with st.expander("Delete this study", key="delete a study", on_change="rerun") as part:
        if not part.open:
            return
        st.markdown(
            f"{asking.marked(entry.name)} goes with {count(entry.version, 'version', 'versions')}. The database is"
            " cleaned and what stood in it overwritten. That does not reach backups, snapshots, copies or files that"
            " were taken along, and a solid-state disk may keep what no program can reach."
        )
        sure = st.checkbox(GONE, key=f"gone {entry.study_id}")
        if st.button("Delete it for good", key=f"delete {entry.study_id}", disabled=not sure):
            after = " The sample study is open." if is_open else ""
            gone = partial(_delete_for_good, entry.study_id, is_open)
            asking.do(f"{asking.quoted(entry.name)} is deleted.{after}", gone)


def _delete_for_good(study_id: str, is_open: bool) -> None:
    """Delete a study; where only the overwriting fails it is gone all the same, and so is what is open of it."""
    try:
        state.store().delete(study_id)
    finally:
        left = [entry.study_id for entry in state.store().entries()]
        if study_id not in left:
            state.hold(_PICKED, left[0] if left else None)
            if is_open:
                state.open_sample()
