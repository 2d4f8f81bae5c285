"""Reactions of the room, counted by hand and typed by the presenter."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from evalcore.plan.typed import cleaned
from evalcore.reporting.model import Exhibit
from evalcore.telling import ANSWERS, MOST_COMMENT, STAKEHOLDERS, Comment, Reactions, Tally, Workshop
from evalcore.telling.reactions import MOST_IN_A_ROOM
from pages._shared import state, telling
from pages.workshop import presenting

_COLUMNS = [2, 1, 1, 1, 1]


def draw(workshop: Workshop | None, exhibit: Exhibit) -> None:
    """Show a line for each group, and one for a comment."""
    with st.container(key="room_panel"):
        if workshop is None:
            st.info(presenting.REHEARSAL)
            return
        said = workshop.of(exhibit.finding)
        typed = Reactions() if said is None else said.typed
        with st.form(f"reactions {exhibit.finding}", border=False):
            st.markdown("**How many of each group?** Nobody's name.")
            _heads()
            for group, name in STAKEHOLDERS.items():
                _line(exhibit.finding, group, name, typed.of(group))
            left, right = st.columns([1, 3])
            with left:
                st.selectbox("Comment by", list(STAKEHOLDERS), format_func=STAKEHOLDERS.__getitem__, key="comment by")
            with right:
                st.text_input("Comment (optional)", max_chars=MOST_COMMENT, key="comment typed")
            st.form_submit_button(
                "Keep", type="primary", on_click=state.ask_for, args=(partial(_keep, exhibit.finding),)
            )
        _comments(typed)


def _heads() -> None:
    """What each column counts; a field says it as well, to who does not see the columns."""
    columns = st.columns(_COLUMNS)
    for column, label in zip(columns, ("", *ANSWERS.values()), strict=True):
        column.markdown(f"**{label}**" if label else "")


def _line(finding: str, group: str, name: str, tally: Tally) -> None:
    first, *rest = st.columns(_COLUMNS, vertical_alignment="center")
    first.text(name)
    for column, (answer, label) in zip(rest, ANSWERS.items(), strict=True):
        with column:
            st.number_input(
                f"{name}: {label.lower()}",
                min_value=0,
                max_value=MOST_IN_A_ROOM,
                value=int(getattr(tally, answer)),
                step=1,
                key=_key(finding, group, answer),
                label_visibility="collapsed",
            )


def _key(finding: str, group: str, answer: str) -> str:
    return f"reactions {finding} {group} {answer}"


def _keep(finding: str) -> None:
    """Put what was typed in the place of what was typed before, with one more comment."""
    workshop = telling.held().now_on
    said = None if workshop is None else workshop.of(finding)
    if workshop is None or said is None:
        return
    typed = said.typed
    for group in STAKEHOLDERS:
        counts = {answer: int(state.held(_key(finding, group, answer), 0)) for answer in ANSWERS}
        typed = typed.with_tally(Tally(group, **counts))
    comment = cleaned(str(state.held("comment typed", "")))
    if comment:
        typed = replace(typed, comments=(*typed.comments, Comment(str(state.held("comment by")), comment)))
    telling.record(workshop.with_shown(replace(said, typed=typed)))
    state.hold("comment typed", "")
    presenting.turn(presenting.TALLY)


def _comments(typed: Reactions) -> None:
    if typed.comments:
        st.caption(f"{len(typed.comments)} kept so far; they are read and changed on the page, after the workshop.")
