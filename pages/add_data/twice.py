"""People with different answers for the same wave: their rows side by side, and which of them is used."""

from functools import partial

import streamlit as st

from evalcore import Study
from evalcore.bench import Repeat
from evalcore.decisions import FIRST_COMPLETE, LAST_COMPLETE, NEITHER, KeepAnswer
from pages._shared import listings, state
from pages._shared.components import plain
from pages.add_data import words

_OPEN = ""
_KEEP = {FIRST_COMPLETE: "The first complete one", LAST_COMPLETE: "The last complete one", NEITHER: "None of them"}


def draw(study: Study, again: tuple[Repeat, ...]) -> None:
    """Offer one choice for everyone, and one for each person, with their answers side by side."""
    if not again:
        return
    st.subheader("Different answers for the same wave", anchor=False)
    st.markdown("Answers are never averaged. None of them is used until you choose.")
    made = {one: one for one in study.decisions if isinstance(one, KeepAnswer)}
    for_all = next((one for one in made if one.respondent_id is None), None)
    choose("For everyone of whom nothing else is chosen, use", "Not decided", for_all, KeepAnswer(NEITHER))
    shown = {(one.respondent_id, one.role, one.wave): one for one in sorted(again, key=lambda one: bool(one.decided))}
    picked = st.selectbox("Person", list(shown), format_func=lambda key: name(shown[key]), key="answered_twice")
    one = shown.get(picked)
    if one is None:
        return
    listings.repeat(one, words.taken)
    mine = [held for held in made if (held.respondent_id, held.role, held.wave) == picked]
    choose(f"For {plain(person(one))}, use", "As for everyone", mine[0] if mine else None, one.decision(NEITHER))


def person(one: Repeat) -> str:
    """Whose answers, and when."""
    return f"{one.respondent_id}, {words.WAVES[one.wave].lower()}"


def name(one: Repeat) -> str:
    """Whose answers, when, and what was decided."""
    return f"{person(one)}: {_KEEP[one.decided].lower() if one.decided else 'not decided'}"


def choose(label: str, nothing: str, held: KeepAnswer | None, subject: KeepAnswer) -> None:
    """Let a person choose which answers are used; `subject` says for whom."""
    options = {_OPEN: nothing, **_KEEP}
    now = held.keep if held else _OPEN
    key = f"keep {subject.respondent_id} {subject.role} {subject.wave} {now}"
    st.selectbox(
        label,
        list(options),
        index=list(options).index(now),
        format_func=options.__getitem__,
        key=key,
        on_change=state.ask_for,
        args=(partial(use, key, held, subject),),
    )


def use(key: str, held: KeepAnswer | None, subject: KeepAnswer) -> None:
    """Decide what the select box says, or take the decision back."""
    keep = str(state.held(key) or _OPEN)
    if keep:
        state.decide(KeepAnswer(keep, subject.respondent_id, subject.role, subject.wave))
    elif held is not None:
        state.undo(held)
