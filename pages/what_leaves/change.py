"""Changing one threshold, or going back to its default: with a reason, a name, and a tick where more would be shown."""

from dataclasses import replace
from functools import partial

import streamlit as st

from evalcore import Study
from evalcore.disclosure.changed import Standing, change_problems, change_threshold, thresholds_of
from evalcore.leaving import ThresholdChange
from evalcore.wording import upper_first
from pages._shared import controls, state
from pages._shared.components import plain

TRAINED = "I am trained in statistical disclosure control or have asked somebody who is"
_REASON, _AUTHOR, _TICK = "why a rule is changed", "who changes a rule", "trained"


def draw(study: Study) -> None:
    """Show the form for one rule."""
    standings = thresholds_of(study)
    name = st.selectbox("Rule", list(standings), format_func=lambda one: standings[one].rule.label, key="rule")
    one = standings[name]
    st.markdown(plain(f"{one.rule.does} {one.rule.why}"))
    st.caption(plain(f"Default: {one.rule.words(one.default)}. Now: {one.rule.words(one.value)}."))
    value = _value(one)
    reason = controls.text(_REASON, "Why it is changed", help_text="Kept with the study; it is in no file to share.")
    author = controls.text(_AUTHOR, "Who decides it", placeholder="A role or initials")
    trained = True
    if one.laxer(value):
        st.warning(plain("This value shows more than the default does. People could become recognisable."))
        trained = st.checkbox(TRAINED, key=_TICK)
    record = ThresholdChange(name, value, reason, author, state.now())
    with st.container(horizontal=True):
        if st.button("Change this rule", type="primary"):
            _change(study, record, trained=trained)
        if one.value != one.default and st.button("Back to the default"):
            _change(study, replace(record, value=one.default), trained=True)


def _value(one: Standing) -> int | bool | None:
    """The new value: a number of people, or one of a few in words."""
    rule, key = one.rule, f"new value of {one.rule.name}, now {one.value}"
    if rule.options is None:
        label = f"New value, from {rule.lowest} to {rule.highest} people"
        return int(st.number_input(label, rule.lowest, rule.highest, value=one.value, step=1, key=key))
    values = list(rule.options)
    return st.selectbox("New value", values, index=values.index(one.value), format_func=rule.words, key=key)


def _change(study: Study, record: ThresholdChange, *, trained: bool) -> None:
    problems = list(change_problems(study, record))
    if not trained:
        problems.append(f'tick "{TRAINED}", or choose a stricter value')
    for problem in problems:
        st.error(plain(f"{upper_first(problem)}."))
    if not problems:
        state.ask_for(partial(_make, record))
        st.rerun()


def _make(record: ThresholdChange) -> None:
    """Record the change, and empty the form."""
    state.replace(change_threshold(state.study(), record))
    for name in (_REASON, _AUTHOR):
        state.note_typed(name, "")
    state.hold(_TICK, False)
    state.say("The rule is changed. It holds for everything that leaves from now on.")
