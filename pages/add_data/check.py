"""How one file was read: every column, every answer, and a way to correct both. Built only while it is open."""

from functools import partial

import streamlit as st

from pages._shared import listings, state, uploads
from pages._shared.components import plain
from pages._shared.uploads import Entry
from pages.add_data import codes, columns, personal, reading


def draw(entry: Entry) -> None:
    """Show what each column and each answer of a file was taken for, with everything that can be changed."""
    if entry.intake.raw is None:
        return
    key = f"check {entry.key}"
    with st.expander(f"Check how it was read: {plain(entry.intake.name)}", key=key, on_change="rerun") as part:
        if part.open:
            way_back(entry)
            what_it_holds(entry)
            columns.draw(entry)
            codes.draw(entry)
            personal.draw(entry)


def way_back(entry: Entry) -> None:
    """Offer to forget what a person chose for this file."""
    other = uploads.remark(entry.intake).like
    if entry.intake.choices.for_another_file():
        st.caption(f"Read like {plain(other)}." if other else "You have changed how this file is read.")
        asked = partial(reading.as_at_first, entry)
        label = "Back to how it was read at first"
        st.button(label, key=f"at first {entry.key}", on_click=state.ask_for, args=(asked,))


def what_it_holds(entry: Entry) -> None:
    """Let a person say which table a file is, where its columns mislead."""
    key = f"kind {entry.intake.kind} {entry.key}"
    kinds = list(listings.KINDS)
    st.selectbox(
        "What this file holds",
        kinds,
        index=kinds.index(entry.intake.kind),
        format_func=listings.KINDS.__getitem__,
        key=key,
        on_change=state.ask_for,
        args=(partial(use_kind, entry, key),),
        help="What you chose for its columns and answers is forgotten by this.",
    )


def use_kind(entry: Entry, key: str) -> None:
    """Read the file again as the table that the select box says."""
    kind = state.held(key)
    if isinstance(kind, str) and kind != entry.intake.kind:
        reading.as_at_first(entry, kind)
