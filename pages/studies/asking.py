"""What is asked before something is lost, and the names that a person gives."""

from __future__ import annotations

import streamlit as st

from pages._shared import components, state

LONGEST_NAME, LONGEST_NOTE = 80, 300


def may_close(asked: str, done: str) -> bool:
    """Ask before a study is closed of which something is kept nowhere; whether it may be closed.

    `asked` is the question ("Open the file"), `done` the name of the control.
    """
    if not state.is_at_risk():
        return True
    lost = "is not kept" if state.kept() is None else "has a last change that is not saved"
    st.warning(f"The study that is open {lost}. {asked} all the same?")
    return st.checkbox(f"{asked} all the same. What is not kept is lost.", key=f"all the same {done}")


def name_field(label: str, value: str, key: str) -> str:
    """Show a field for the name of a study."""
    return tidied(st.text_input(label, value=value, max_chars=LONGEST_NAME, key=key, autocomplete="off"))


def is_named(name: str) -> bool:
    """Whether a name was typed; it is asked for where it was not."""
    if not name:
        st.error("Give the study a name.")
    return bool(name)


def tidied(text: str | None) -> str:
    """Return a line that was typed without blanks around it and with one between words."""
    return " ".join((text or "").split())


def do(said: str, *actions) -> None:
    """Have something done at the start of the next run, and said afterwards: only where nothing failed."""
    for action in actions:
        state.ask_for(action)
    state.ask_for(lambda: state.say(said))
    st.rerun()


def quoted(name: str) -> str:
    """Write a name inside a sentence."""
    return f"“{name}”"


def marked(name: str) -> str:
    """Write a name inside a sentence that is read as Markdown."""
    return quoted(components.plain(name))
