"""What the room expects, taken before the result."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from evalcore.reporting.room import asked_of
from evalcore.telling import Expectation
from evalcore.telling.expecting import LARGEST, UNSURE
from pages._shared import state
from pages.workshop import presenting

_MATTERS = "what would matter to the room"


def draw(finding: str) -> None:
    """Offer the answers as buttons (1 to 4), and a line for the difference that would matter."""
    asked = asked_of(finding)
    if asked is None:
        return
    expected = presenting.expectation(finding)
    with st.container(key="room_panel"):
        with st.container(horizontal=True):
            for place, (word, label) in enumerate(asked.answers.items(), start=1):
                chosen = expected is not None and expected.direction == word
                st.button(
                    f"{place} {label}",
                    key=f"room_pick_{place}",
                    type="primary" if chosen else "secondary",
                    on_click=state.ask_for,
                    args=(partial(_pick, finding, word),),
                )
        st.number_input(
            f"A difference that would matter ({asked.unit}); may stay empty",
            min_value=0.0,
            max_value=LARGEST,
            value=None if expected is None else expected.matters,
            step=0.5,
            key=f"{_MATTERS} {finding}",
            on_change=_typed,
            args=(finding,),
        )


def _pick(finding: str, word: str) -> None:
    held = presenting.expectation(finding)
    presenting.expect(finding, Expectation(word) if held is None else replace(held, direction=word))


def _typed(finding: str) -> None:
    value = state.held(f"{_MATTERS} {finding}")
    held = presenting.expectation(finding) or Expectation(UNSURE)
    presenting.expect(finding, replace(held, matters=value or None))
