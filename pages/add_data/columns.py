"""The columns of one file: what each was taken for, why, and how to change it."""

from functools import partial

import pandas as pd
import streamlit as st

from evalcore.instruments import list_instruments, load_instrument
from evalcore.intake.headings.headers import KEEP, LEFT_OUT, RECORD_STATUS, assign_in_order
from evalcore.intake.native import RESPONSES
from pages._shared import listings, state
from pages._shared.components import plain
from pages._shared.uploads import Entry
from pages.add_data import reading, words

_WAVE = "Wave, where one row holds both"
_MANY = (LEFT_OUT, KEEP, RECORD_STATUS)


def draw(entry: Entry) -> None:
    """Show the mapping; offer to change one column, and to say that some columns are the items in order."""
    st.subheader("Columns", anchor=False)
    name = entry.intake.name
    listings.columns(entry.intake, words.taken, words.WAVES, alt=f"How the columns of {name} were read")
    names = listings.column_names(entry.intake)
    change_one(entry, names)
    if entry.intake.kind == RESPONSES:
        in_order(entry, names)


def change_one(entry: Entry, names: dict[int, str]) -> None:
    """Let a person say what one column is."""
    st.markdown("**Change a column**")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        position = pick("Column", names, f"column {entry.key}")
        if position is None:
            return
        taken, wave = what_it_is(entry, position)
        asked = partial(use, entry, position, taken, wave)
        st.button("Use this", key=f"use {entry.key}", on_click=state.ask_for, args=(asked,))


def pick(label: str, names: dict[int, str], key: str) -> int | None:
    """Let a person choose a column; None until they do."""
    return st.selectbox(label, list(names), index=None, format_func=names.__getitem__, placeholder="Choose", key=key)


def what_it_is(entry: Entry, position: int) -> tuple[str, str]:
    """Let a person choose what one column is, and its wave."""
    intake = entry.intake
    row = intake.mapping[intake.mapping["position"] == position].iloc[0]
    held = f"{position} {row['taken_for']} {row['wave']} {entry.key}"
    offered = words.all_of(intake.kind)
    now = offered.index(row["taken_for"])
    taken = st.selectbox("What it is", offered, index=now, format_func=words.taken, key=f"taken {held}")
    if intake.kind != RESPONSES:
        return taken, ""
    waves = list(words.WAVES)
    now = waves.index(row["wave"])
    wave = st.selectbox(_WAVE, waves, index=now, format_func=words.WAVES.__getitem__, key=f"wave {held}")
    return taken, wave


def use(entry: Entry, position: int, taken: str, wave: str) -> None:
    """Read the file again with one column taken for something else; the column that was that before is left out."""
    mapping = entry.intake.mapping.copy()
    same = (mapping["taken_for"] == taken) & (mapping["wave"] == wave) & (mapping["position"] != position)
    if taken not in _MANY:
        mapping.loc[same, ["taken_for", "wave"]] = ""
        for old in mapping.loc[same, "header"]:
            state.say(f"{old} is left out now: another column is taken for the same.")
    mapping.loc[mapping["position"] == position, ["taken_for", "wave"]] = [taken, wave if taken else ""]
    reading.correct(entry, mapping)


def in_order(entry: Entry, names: dict[int, str]) -> None:
    """Let a person say that columns side by side are the items of a questionnaire in their order."""
    st.markdown("**Columns that are the items in order**")
    st.caption("For a questionnaire whose headings do not say which item is which. Nothing is taken by position alone.")
    short = {one: load_instrument(one).short_name for one in list_instruments()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        first = pick("First column", names, f"first {entry.key}")
        if first is None:
            return
        name = st.selectbox("Questionnaire", list(short), format_func=short.__getitem__, key=f"items {entry.key}")
        key = f"items wave {entry.key}"
        wave = st.selectbox(_WAVE, list(words.WAVES), format_func=words.WAVES.__getitem__, key=key)
    items = len(load_instrument(name).items)
    positions = list(names)[list(names).index(first) :][:items]
    if len(positions) < items:
        st.caption(f"{short[name]} has {items} items: too few columns stand from there on.")
        return
    st.caption(f"{plain(names[positions[0]])} would be item 1, {plain(names[positions[-1]])} item {len(positions)}.")
    asked = partial(use_in_order, entry, positions, name, wave)
    st.button("Use these columns", key=f"use items {entry.key}", on_click=state.ask_for, args=(asked,))


def use_in_order(entry: Entry, positions: list[int], instrument: str, wave: str) -> None:
    """Read the file again with these columns as the items of a questionnaire."""
    mapping: pd.DataFrame = assign_in_order(entry.intake.mapping, positions, instrument, wave)
    reading.correct(entry, mapping)
