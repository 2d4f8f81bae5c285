"""A person withdraws: how much there is of them, what removing them does and does not reach, and the button."""

from __future__ import annotations

from functools import partial

import streamlit as st

from evalcore import Study
from evalcore.columns import ROLES
from evalcore.withdrawal import Person, roles_in, where_words, withdrawn_words
from evalcore.wording import upper_first
from pages._shared import components, state

_NAME, _ROLE, _SURE = "withdrawal identifier", "withdrawal role", "withdrawal understood"
_LONGEST = 200
_ANY = "any role: everyone of this identifier"
_REACH = (
    "It removes the person's rows from every file of this study, from every version and copy kept on this machine, and"
    " from the decisions that name them. In the record of what left a number takes their place, so that what you share"
    " later is still held against it. Of the person only a count is left."
)
_NOT_REACHED = (
    "It does not reach files that were taken along or sent, nor the survey files on your own disk, nor free text in the"
    " plan, in the notes or in what other people wrote. A file that is uploaded again brings the person back."
)


def draw() -> None:
    """Let a person who withdrew be found by identifier, and removed."""
    st.header("A person withdraws", anchor=False)
    study = state.study()
    if state.is_sample():
        st.info("The people of the sample study are invented: none of them can withdraw. Add your own files first.")
        return
    if not (study.intakes or study.waiting or study.exports or state.kept()):
        st.info("This study has no files yet, so nobody is in it.")
        return
    if told := withdrawn_words(study):
        st.markdown(told)
    st.markdown(_REACH)
    st.markdown(_NOT_REACHED)
    person = _ask_who()
    if person is not None:
        _ask_whether(study, person)


def _ask_who() -> Person | None:
    """Ask for a role, where there may be several, and an identifier; neither ever stands in the address."""
    roles = roles_in(state.study()) if state.kept() is None else ROLES
    role = None
    if len(roles) > 1:
        picked = st.selectbox("Role", (*roles, _ANY), format_func=upper_first, key=_ROLE)
        role = None if picked == _ANY else picked
    typed = st.text_input(
        "Identifier of the person who withdraws",
        key=_NAME,
        max_chars=_LONGEST,
        autocomplete="off",
        help="As it stands in a file. Capital letters, and a blank or a hyphen before a number, do not count.",
    )
    name = (typed or "").strip()
    return Person(role, name) if name else None


def _ask_whether(study: Study, person: Person) -> None:
    """Say where the person stands, and remove them once it was said that this can not be undone."""
    found = where_words(study, person)
    if found:
        st.markdown(components.plain(found))
    elif state.kept() is None:
        st.info("Nobody of this identifier and role is here.")
        return
    else:
        st.info(
            "Nobody of this identifier and role is in the study as it is now. An earlier version or a copy may still"
            " hold them: they can be removed from there, too."
        )
    sure = st.checkbox("I understand that this can not be undone", key=_SURE)
    st.button(
        "Remove this person from every version",
        disabled=not sure,
        on_click=state.ask_for,
        args=(partial(_remove, person),),
    )


def _remove(person: Person) -> None:
    state.withdraw(person)
    for key, value in ((_NAME, ""), (_SURE, False)):
        state.hold(key, value)
    state.say(withdrawn_words(state.study()) or "Nobody of this identifier and role is left in any version.")
