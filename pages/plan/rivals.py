"""The register of rival explanations: what else could explain a change, printed beside every claim of one."""

from functools import partial

import streamlit as st

from evalcore import Study
from evalcore.plan import LONGEST_RIVAL, Rival, cleaned_rival, rival_problems, rival_words, usual_rivals
from evalcore.wording import upper_first
from pages._shared import components, state
from pages.plan import draft

_FIELDS = ("what", "when", "where", "why")
_OWN = "own"


def draw(study: Study) -> None:
    """Show what is registered, and let one be added or taken out."""
    st.header("What else could explain a change", anchor=False)
    st.markdown(
        "Without people to compare with, something other than the programme may have moved the answers. What you note"
        " here is printed beside every change: a roll-out in the whole service, an office move, the season, who filled"
        " the questionnaire in, a change of staff, other help."
    )
    if not study.rivals:
        st.info("Nothing is noted yet. Begin with one of the usual explanations below, or write your own.")
    for place, (rival, words) in enumerate(zip(study.rivals, rival_words(study.rivals), strict=True), start=1):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(f"{place}. {words}")
            drop = partial(state.drop_rival, rival)
            st.button(f"Take out number {place}", key=f"drop rival {place}", on_click=state.ask_for, args=(drop,))
    add()


def add() -> None:
    """Let one more explanation be written, by oneself or from a usual one."""
    usual = {one.name: one for one in usual_rivals()}
    labels = {_OWN: "In my own words", **{name: one.label for name, one in usual.items()}}
    st.selectbox("Begin with", list(labels), format_func=lambda one: labels[one], key="usual rival", on_change=_begin)
    st.caption(f"The usual ones follow {usual_rivals()[0].source.title} ({usual_rivals()[0].source.year}).")
    what = draft.line("rival what", "What could explain a change", LONGEST_RIVAL["what"])
    left, right = st.columns(2)
    with left:
        when = draft.line("rival when", "When (optional)", LONGEST_RIVAL["when"], placeholder="From June 2026")
    with right:
        where = draft.line("rival where", "Where (optional)", LONGEST_RIVAL["where"], placeholder="All sites")
    why = draft.line("rival why", "Why it could explain a change (optional)", LONGEST_RIVAL["why"])
    st.caption("No names of people: what is noted is printed with the results.")
    if st.button("Note this explanation"):
        _note(cleaned_rival(Rival(what, when, where, why)))


def _begin() -> None:
    """Write a usual explanation into the fields, to be made one's own."""
    chosen = next((one for one in usual_rivals() if one.name == state.held("usual rival")), None)
    draft.put("rival what", None if chosen is None else chosen.what)
    draft.put("rival why", None if chosen is None else chosen.why)


def _note(rival: Rival) -> None:
    problems = rival_problems(rival)
    for problem in problems:
        st.error(components.plain(f"{upper_first(problem)}."))
    if not problems:
        state.ask_for(partial(state.note_rival, rival))
        state.ask_for(_clear)
        st.rerun()


def _clear() -> None:
    for name in _FIELDS:
        draft.put(f"rival {name}", None)
    state.hold("usual rival", _OWN)
