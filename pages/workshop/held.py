"""Workshops that were held: what was shown, expected and said, and what the evaluator will do about it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from evalcore.disclosure.record import when
from evalcore.reporting.log import comparison_table, log_table
from evalcore.telling import STAKEHOLDERS, Comment, Shown, Workshop
from evalcore.telling.workshops import LONGEST
from evalcore.wording import count
from pages._shared import downloads, state, telling
from pages._shared.components import plain, report_table

_PICKED = "workshop to look at"


def draw() -> None:
    """Show the log of one workshop, the newest unless another is chosen, and how the last two compare."""
    workshops = telling.held().workshops
    st.header("Workshops held", anchor=False)
    if not workshops:
        st.info("No workshop was held yet. What a room sees and says is kept here, and goes into the report.")
        return
    names = {one.began_at: f"{one.name}, {when(one.began_at)}" for one in reversed(workshops)}
    began = st.selectbox("Workshop", list(names), format_func=names.__getitem__, key=_PICKED)
    workshop = next(one for one in workshops if one.began_at == began)
    _log(workshop)
    if len(workshops) > 1:
        two = comparison_table(workshops[-2], workshops[-1])
        if two.rows:
            st.subheader("The last two workshops", anchor=False)
            report_table(two)


def _log(workshop: Workshop) -> None:
    if not workshop.shown:
        st.text("Nothing was shown in it.")
        return
    table = log_table(workshop)
    report_table(table)
    downloads.offer_log(table)
    for shown in workshop.shown:
        with st.expander(plain(shown.title), key=f"log {workshop.began_at} {shown.finding}", on_change="rerun") as part:
            if part.open:
                _one(workshop, shown)


def _one(workshop: Workshop, shown: Shown) -> None:
    """Comments, each to be taken out, and what follows."""
    st.text(f"{count(len(shown.reactions.comments), 'comment', 'comments')}.")
    for kind, held in (("typed", shown.typed), ("sent", shown.sent)):
        for place, comment in enumerate(held.comments):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(f"{STAKEHOLDERS[comment.group]}: {comment.text}")
                st.button(
                    "Take out this comment",
                    key=f"drop {kind} {place} {workshop.began_at} {shown.finding}",
                    on_click=state.ask_for,
                    args=(partial(_drop, workshop.began_at, shown.finding, kind, comment),),
                )
    key = f"follow up {workshop.began_at} {shown.finding}"
    st.text_area(
        "What the evaluator will do about it",
        value=shown.follow_up,
        max_chars=LONGEST["follow_up"],
        key=key,
        on_change=state.ask_for,
        args=(partial(_follow_up, workshop.began_at, shown.finding, key),),
    )
    st.caption("Comments stand in the report and in the log. Take out what names or describes a person.")


def _changed(began_at: str, finding: str) -> tuple[Workshop, Shown] | None:
    workshop = next((one for one in telling.held().workshops if one.began_at == began_at), None)
    shown = None if workshop is None else workshop.of(finding)
    return None if workshop is None or shown is None else (workshop, shown)


def _drop(began_at: str, finding: str, kind: str, comment: Comment) -> None:
    found = _changed(began_at, finding)
    if found is not None:
        workshop, shown = found
        held = getattr(shown, kind)
        left = replace(held, comments=tuple(one for one in held.comments if one is not comment and one != comment))
        telling.record(workshop.with_shown(replace(shown, **{kind: left})))


def _follow_up(began_at: str, finding: str, key: str) -> None:
    found = _changed(began_at, finding)
    if found is not None:
        workshop, shown = found
        telling.record(workshop.with_shown(replace(shown, follow_up=telling.typed_text(key))))
