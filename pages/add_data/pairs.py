"""Identifiers that nearly match: one pair at a time, decided by a person; what was decided, and undoing it."""

from functools import partial

import streamlit as st

from evalcore.bench import NearMiss
from evalcore.decisions import SamePerson
from evalcore.wording import count
from pages._shared import listings, state
from pages._shared.components import plain
from pages.add_data import later

_AGAINST = ("sex", "roster")


def draw(misses: tuple[NearMiss, ...]) -> None:
    """Ask about the first pair that was not left for later; what much speaks against waits until it is asked for."""
    waiting = [miss for miss in misses if not later.are_put_off(pair(miss), unlikely(miss))]
    if waiting:
        ask(waiting[0])
    elif misses:
        left = count(len(misses), "pair is left", "pairs are left")
        st.markdown(f"{left}, put off by you or unlikely. Until you decide they are different people.")
        asked = partial(later.take_up, [pair(miss) for miss in misses])
        st.button("Look at what is left", on_click=state.ask_for, args=(asked,))


def unlikely(miss: NearMiss) -> bool:
    """Whether something that does not change speaks against one person: sex, or both being on the roster."""
    return any(name in miss.differs for name in _AGAINST)


def pair(miss: NearMiss) -> later.Pair:
    """What a pair is known by."""
    return miss.found, miss.respondent_id, miss.role


def ask(miss: NearMiss) -> None:
    """Show one pair with what speaks for and against it, and three answers."""
    st.subheader(f"Is {plain(miss.found)} the same person as {plain(miss.respondent_id)}?", anchor=False)
    st.markdown(plain(miss.slip_label))
    listings.near_miss(miss)
    actions = {
        "Same person": partial(state.decide, miss.decision(same=True)),
        "Two people": partial(state.decide, miss.decision(same=False)),
        "Later": partial(later.put_off, pair(miss)),
    }
    with st.container(horizontal=True):
        for label, action in actions.items():
            st.button(label, key=f"{label} {pair(miss)}", on_click=state.ask_for, args=(action,))


def draw_decided(decided: list[SamePerson]) -> None:
    """List what was decided about pairs, each with a way back."""
    if not decided:
        return
    label = f"{count(len(decided), 'pair that was decided', 'pairs that were decided')}"
    with st.expander(label, key="decided", on_change="rerun") as part:
        if part.open:
            for one in decided:
                said = "the same person as" if one.same else "another person than"
                st.button(
                    f"Undo: {plain(one.found)} is {said} {plain(one.respondent_id)}",
                    key=f"undo {one.found} {one.respondent_id} {one.role}",
                    on_click=state.ask_for,
                    args=(partial(state.undo, one),),
                )
