"""What is already published may be released: a recorded exception for one group of one figure; taken back likewise."""

from functools import partial

import streamlit as st

from evalcore import Study
from evalcore.disclosure.bound import bound, outdated
from evalcore.disclosure.changed import override, override_problems
from evalcore.disclosure.hiding import effect_of, hidden_groups
from evalcore.disclosure.policy import in_force
from evalcore.disclosure.record import label_of_finding, overrides_table
from evalcore.leaving import Override
from evalcore.wording import upper_first
from pages._shared import controls, leaving, listings, state
from pages._shared.components import plain
from pages.what_leaves import looked_up

PUBLISHED = "It is published there, in these figures, for these very people"
_ADD, _END = "Release a figure that is already published", "Take an exception back"
_WHERE, _WHO, _WHY, _WHO_ENDS, _TICK = "where it is published", "who releases", "why it ends", "who ends", "published"


def draw(study: Study) -> None:
    """Show the exceptions, and let one be recorded or taken back."""
    st.subheader("Already published", anchor=False)
    st.markdown(
        "A figure that anybody can read already need not be hidden. Where it is published is printed with every file to"
        " share: name nobody. An exception holds for the very people whom the group has when it is recorded. When"
        " people join or leave the group, the figure is another one: the exception no longer holds, and the figure is"
        " hidden again. The same is so when anybody withdraws from the study. Record a new exception only when the new"
        " figure is published, too."
    )
    held = in_force(study.overrides)
    if study.overrides:
        listings.words(overrides_table(study.overrides, outdated(held, looked_up.figures()) if held else ()))
    if held:
        whose = f"in the figures of {looked_up.whom()}, as chosen in the sidebar"
        st.caption(plain(f"Whether an exception still holds is looked up {whose}."))
    with st.expander(_ADD, key=_ADD, on_change="rerun") as part:
        if part.open:
            _add(study)
    if held:
        with st.expander(_END, key=_END, on_change="rerun") as part:
            if part.open:
                _end(study, held)


def _add(study: Study) -> None:
    found = looked_up.now()
    if not found.hidden_in:
        st.info("Nothing is hidden that could be released.")
        return
    names = found.hidden_in
    chosen = st.selectbox("Figure", list(names), format_func=names.__getitem__, key="figure to release")
    finding = found.findings[chosen]
    groups = hidden_groups(finding, leaving.releases(finding).findings[0])
    if not groups:
        st.info("No group of this figure can be released: what is hidden in it is hidden for the sake of others.")
        return
    group = st.selectbox("Group", list(groups), format_func=groups.__getitem__, key=f"group of {chosen}")
    said, useful = effect_of(finding, group, leaving.policy(), study.exports)
    st.caption(plain(said))
    where = controls.text(_WHERE, "Where it is published", help_text="Printed with every file to share: name nobody.")
    author = controls.text(_WHO, "Who decides it", placeholder="A role or initials")
    ticked = st.checkbox(PUBLISHED, key=_TICK)
    if st.button("Release these figures", type="primary", disabled=not useful):
        record = bound(Override(chosen, group, where, author, state.now()), finding)
        _record(study, record, [] if ticked else [f'tick "{PUBLISHED}", or leave it hidden'])


def _end(study: Study, held: tuple[Override, ...]) -> None:
    names = [f"{label_of_finding(one.finding)}: {one.group}" for one in held]
    chosen = st.selectbox("Exception", range(len(held)), format_func=names.__getitem__, key="exception to end")
    why = controls.text(_WHY, "Why it is taken back")
    author = controls.text(_WHO_ENDS, "Who takes it back", placeholder="A role or initials")
    if st.button("Take this exception back", type="primary"):
        one = held[chosen]
        _record(study, Override(one.finding, one.group, why, author, state.now(), ended=True), [])


def _record(study: Study, record: Override, problems: list[str]) -> None:
    problems = [*override_problems(study, record), *problems]
    for problem in problems:
        st.error(plain(f"{upper_first(problem)}."))
    if not problems:
        state.ask_for(partial(_make, record))
        st.rerun()


def _make(record: Override) -> None:
    """Record it, and empty the form."""
    state.replace(override(state.study(), record))
    for name in (_WHERE, _WHO, _WHY, _WHO_ENDS):
        state.note_typed(name, "")
    state.hold(_TICK, False)
    state.say("The exception is taken back." if record.ended else "The exception is recorded.")
