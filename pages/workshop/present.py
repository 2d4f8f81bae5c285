"""One screen in front of the room: the finding, what was expected, the tally, and controls for the keyboard."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from evalcore.figures.expected import with_expectation
from evalcore.figures.picture import ROOM
from evalcore.reporting.model import Exhibit
from evalcore.reporting.room import Stage, stage_html
from evalcore.reporting.told import in_own_words
from evalcore.telling import Expectation, Shown, Workshop
from pages._shared import cache, state, telling
from pages.workshop import expecting, keys, phone_panel, phones, presenting, reacting

_LIVE = 2.0  # seconds
_TALL = 7.2  # inches, of a picture for a screen of 4 to 3


def draw() -> None:
    """Draw the screen that the address names, and nothing else of the dashboard."""
    told = telling.told()
    state.write_address()
    if not told.order:
        presenting.leave()
        st.rerun()
    total = len(told.order)
    number = presenting.number(total)
    finding = told.order[number - 1].finding
    exhibit = in_own_words(told, telling.held())[finding]
    workshop = telling.held().now_on
    seen = workshop is not None and workshop.of(finding) is not None  # also before a refresh
    revealed = seen or presenting.is_revealed(finding)
    if workshop is not None and revealed and workshop.of(finding) is None:
        workshop = _noted(workshop, exhibit)
    phones.ask(exhibit, number, open_now=revealed and workshop is not None)
    keys.hand_over(total)
    if phones.is_open() and presenting.panel() == presenting.TALLY:
        _live(exhibit, number, total)
    else:
        st.html(stage_html(_stage(exhibit, number, total, revealed)))
    _controls(number, total, finding, revealed)
    if not revealed:
        expecting.draw(finding)
    elif presenting.panel() == presenting.REACT:
        reacting.draw(workshop, exhibit)
    elif presenting.panel() == presenting.PHONES:
        phone_panel.draw(workshop)


def _noted(workshop: Workshop, exhibit: Exhibit) -> Workshop:
    """The workshop with one more finding that the room has seen."""
    expected = presenting.expectation(exhibit.finding)
    shown = Shown(exhibit.finding, exhibit.title, exhibit.sentence, exhibit.digest, expected)
    now = workshop.with_shown(shown)
    telling.record(now)
    return now


@st.fragment(run_every=_LIVE)
def _live(exhibit: Exhibit, number: int, total: int) -> None:
    """The screen with the tally as it comes in."""
    phones.watch()
    st.html(stage_html(_stage(exhibit, number, total, revealed=True)))


def _stage(exhibit: Exhibit, number: int, total: int, revealed: bool) -> Stage:
    workshop = telling.held().now_on
    said = None if workshop is None else workshop.of(exhibit.finding)
    expected = presenting.expectation(exhibit.finding) if said is None else said.expectation
    live = phones.is_open()
    reactions = None
    if said is not None and presenting.panel() == presenting.TALLY:
        reactions = said.typed.and_also(phones.sent_now(exhibit.finding) if live else said.sent)
    return Stage(
        exhibit,
        number,
        total,
        revealed=revealed,
        pictures=_pictures(exhibit, expected) if revealed else (),
        expectation=expected,
        reactions=reactions,
        live=live,
        dark=presenting.dark(),
        rehearsal=workshop is None,
    )


def _pictures(exhibit: Exhibit, expected: Expectation | None) -> tuple[str, ...]:
    """The chart for a wide screen and for a nearly square one, with what the room expected."""
    if exhibit.chart is None:
        return ()
    chart = with_expectation(exhibit.chart, expected)
    forms = (replace(form, dark=presenting.dark()) for form in (ROOM, replace(ROOM, height=_TALL)))
    return tuple(cache.picture(chart, exhibit.sentence, form) for form in forms)


def _controls(number: int, total: int, finding: str, revealed: bool) -> None:
    """Buttons that the keys press; they are seen when they have the focus, or the mouse is at the lower edge."""
    with st.container(key="room_controls", horizontal=True):
        _button("back", "Back", partial(presenting.go, max(number - 1, 1)))
        if revealed:
            _button("next", "Next", partial(presenting.go, min(number + 1, total)))
        else:
            _button("next", "Show the result", partial(presenting.reveal, finding))
        _button("react", "Write down reactions", partial(presenting.turn, presenting.REACT))
        _button("tally", "Tally", partial(presenting.turn, presenting.TALLY))
        _button("phones", "Phones", partial(presenting.turn, presenting.PHONES))
        _button("end", "End the presentation", presenting.leave)
    with st.container(key="room_jumps", horizontal=True):
        for screen in range(1, total + 1):
            _button(f"jump_{screen}", f"Screen {screen}", partial(presenting.go, screen))


def _button(name: str, label: str, action: partial[None] | object) -> None:
    st.button(label, key=f"room_{name}", on_click=state.ask_for, args=(action,))
