"""Begin a workshop, rehearse it, or go on with the one that was begun."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from evalcore.plan.words import day
from evalcore.telling import Workshop
from evalcore.telling.workshops import LONGEST
from evalcore.wording import count
from pages._shared import state, telling
from pages._shared.components import plain
from pages.workshop import phone_panel, phones, presenting

_NAME = "name of the workshop"
_KEYS = (
    ("Next, or show the result", "→, Page down, space or Enter"),
    ("Back", "←, Page up or Backspace"),
    ("Jump", "the number of the screen, then Enter"),
    ("Blank the screen", "B or full stop"),
    ("What the room expects", "1 to 4, before a result is shown"),
    ("Write down reactions", "A"),
    ("Show or hide the tally", "T"),
    ("Link and code for phones", "Q"),
    ("Full screen", "F"),
    ("These keys", "?"),
    ("End the presentation", "Esc"),
)


def draw() -> None:
    """Show what can be begun, and the keys."""
    order = telling.told().order
    now_on = telling.held().now_on
    if not order:
        st.info("There is nothing to show yet: the study holds no finding that may be shown to a room.")
        st.page_link("pages/add_data/page.py", label="Add data")
        return
    whose = "the usual order" if telling.held().order is None else "your own order"
    st.markdown(f"**{count(len(order), 'screen', 'screens')}**, {whose}.")
    if now_on is None:
        _begin()
    else:
        _go_on(now_on)
    st.toggle(
        "Ask the room what it expects before a result is shown",
        key=presenting.ASKS,
        value=presenting.asks(),
        on_change=presenting.keep_asks,
    )
    st.toggle("Dark screens", key=presenting.DARK_SWITCH, value=presenting.dark(), on_change=presenting.keep_dark)
    with st.expander("The keys", key="keys of the workshop"):
        st.markdown("\n".join(f"- **{what}**: {plain(keys)}" for what, keys in _KEYS))
        st.caption("A presenter's remote control works as well: it sends Page down, Page up and full stop.")


def _begin() -> None:
    st.text_input(
        "Name of the workshop: a place or a date, nobody's name",
        key=_NAME,
        value=f"Workshop of {day(state.now())}",
        max_chars=LONGEST["name"],
    )
    with st.container(horizontal=True):
        st.button("Begin the workshop", type="primary", on_click=state.ask_for, args=(begin,))
        st.button("Rehearse", on_click=state.ask_for, args=(partial(presenting.go, 1),))
    st.caption(
        "A workshop shows the findings to others: that is recorded as having left, and what may leave later is held"
        " against it. A rehearsal records nothing."
    )


def begin() -> None:
    """Record that the findings of the running order are shown, and go to the first screen."""
    told = telling.told()
    name = telling.typed_text(_NAME) or f"Workshop of {day(state.now())}"
    telling.record_left("workshop", [screen.finding for screen in told.order], told)
    telling.record(Workshop(name, state.now(), state.shown().fingerprint))
    presenting.forget()
    presenting.go(1)


def _go_on(workshop: Workshop) -> None:
    st.markdown(
        f"**{plain(workshop.name)}** goes on: {count(len(workshop.shown), 'finding', 'findings')} shown so far."
    )
    with st.container(horizontal=True):
        st.button("Go on with it", type="primary", on_click=state.ask_for, args=(partial(presenting.go, 1),))
        st.button("End the workshop", on_click=state.ask_for, args=(end,))
    phone_panel.switch()


def end() -> None:
    """Close the workshop: nothing more is taken from the room."""
    phones.close()
    workshop = telling.held().now_on
    if workshop is not None:
        telling.record(replace(workshop, ended_at=state.now()))
        state.say("The workshop is ended. What the room said stands below, and in the report.")
