"""The running order: what is shown, in which order, and what the presenter adds."""

from __future__ import annotations

from functools import partial

import streamlit as st

from evalcore.claims.own_words import stronger_words
from evalcore.reporting.model import Exhibit
from evalcore.telling import Screen
from evalcore.telling.screens import LONGEST
from pages._shared import cache, state, telling
from pages._shared.components import plain

_SITE, _MORE = "order of one site", "one more screen"


def draw() -> None:
    """List the screens, each with its place and its words; then what else can be shown."""
    told = telling.told()
    st.header("Running order", anchor=False)
    st.markdown(
        "“Add to workshop” stands under every figure of every page. A workshop with staff in the room shows no results"
        " of staff unless you add them, and never by site."
    )
    for place, screen in enumerate(told.order):
        _screen(place, screen, told.exhibits[screen.finding], last=screen is told.order[-1])
    if told.lost:
        st.warning("Some screens can not be made any more, because the study has changed. They are left out.")
    hidden = telling.hidden_screens(told)
    if hidden:
        st.caption(plain(f"Not shown, because few people are behind it: {', '.join(hidden)}."))
    _more()


def _screen(place: int, screen: Screen, exhibit: Exhibit, *, last: bool) -> None:
    with st.container(border=True):
        st.markdown(f"**{place + 1}. {plain(exhibit.title)}**")
        st.caption(plain(f"{exhibit.label}. {'' if exhibit.chart is None else exhibit.chart.n}"))
        with st.container(horizontal=True):
            at = place + 1
            _button(f"Move screen {at} up", partial(telling.move, screen.finding, -1), disabled=not place)
            _button(f"Move screen {at} down", partial(telling.move, screen.finding, 1), disabled=last)
            _button(f"Take out screen {at}", partial(telling.take_out, screen.finding))
        with st.expander(
            f"Message, question and notes of screen {at}", key=f"words {screen.finding}", on_change="rerun"
        ) as own:
            if own.open:
                _words(screen, exhibit)


def _button(label: str, action: partial[None], *, disabled: bool = False) -> None:
    st.button(label, disabled=disabled, on_click=state.ask_for, args=(action,))


def _words(screen: Screen, exhibit: Exhibit) -> None:
    """The presenter's own words; the finding's title is shown in any case."""
    st.caption(f"Usual question: {plain(exhibit.question)}")
    labels = {
        "message": "Your own short heading (the finding's title stays)",
        "question": "Question for the room",
        "notes": "Speaker's notes (never on the screen; in the notes of the slides)",
    }
    for name, label in labels.items():
        key = f"{name} of {screen.finding}"
        area = st.text_area if name == "notes" else st.text_input
        area(
            label,
            value=getattr(screen, name),
            max_chars=LONGEST[name],
            key=key,
            on_change=state.ask_for,
            args=(partial(_keep, screen.finding, name, key),),
        )
    strong = stronger_words(screen.message)
    if strong:
        st.warning(
            plain(
                f"Your heading says “{strong[0]}”. The figure does not show that. It will be marked as the evaluator's"
                " own words."
            )
        )


def _keep(finding: str, name: str, key: str) -> None:
    telling.rewrite(finding, **{name: telling.typed_text(key)})


def _more() -> None:
    """What else can be added from here, and the ways back to the usual order."""
    rest = telling.not_in_order()
    if rest:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.selectbox("One more screen", list(rest), format_func=rest.__getitem__, key=_MORE)
            st.button("Add it", on_click=state.ask_for, args=(_add,))
    sites = cache.find_sites(state.shown())
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if len(sites) > 1:
            st.selectbox("Site", range(len(sites)), format_func=lambda at: sites[at], key=_SITE)
            st.button("Take the usual order of this site", on_click=state.ask_for, args=(_of_site,))
        if telling.held().order is not None:
            st.button("Back to the usual order", on_click=state.ask_for, args=(partial(telling.set_order, None),))


def _add() -> None:
    chosen = state.held(_MORE)
    if chosen:
        telling.add_again(str(chosen))


def _of_site() -> None:
    site = cache.find_sites(state.shown())[int(state.held(_SITE, 0))]
    telling.set_order(telling.usual_of_site(site))
    state.say("The running order is now the usual one of that site. Few people at a site means that much is hidden.")
