"""What only a person can say about a file: one select box a question, read again as soon as it is answered."""

from functools import partial

import streamlit as st

from evalcore.intake import Question
from pages._shared import state
from pages._shared.components import plain
from pages._shared.uploads import Entry
from pages.add_data import reading


def draw(entry: Entry) -> None:
    """Ask everything that is open about one file."""
    for question in {question.text: question for question in entry.intake.questions}.values():
        key = f"question {question.text} {entry.key}"
        named = entry.intake.name in question.text
        text = question.text if named else f"{entry.intake.name}: {question.text}"
        labels = ["Choose", *(option.label for option in question.options)]
        st.selectbox(
            plain(text),
            range(len(labels)),
            format_func=labels.__getitem__,
            key=key,
            on_change=state.ask_for,
            args=(partial(take_answer, entry, question, key),),
        )
        st.caption(plain(question.why))


def take_answer(entry: Entry, question: Question, key: str) -> None:
    """Read the file again with the answer that stands in the select box."""
    chosen = state.held(key)
    if isinstance(chosen, int) and chosen:
        reading.answer(entry, question.options[chosen - 1].choices)
