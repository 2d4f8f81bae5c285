"""The answers of one file: each text that was found, how often, what it was read as, and how to change that."""

from functools import partial

import pandas as pd
import streamlit as st

from evalcore.intake import Choices
from evalcore.wording import count
from pages._shared import listings, state
from pages._shared.components import plain
from pages._shared.uploads import Entry
from pages.add_data import reading, words

_AT_ONCE = 10


def draw(entry: Entry) -> None:
    """Show what each answer was read as, and offer to change one."""
    found = entry.intake.codes
    if found.empty:
        return
    st.subheader("Answers", anchor=False)
    listings.codes(found, words.field, words.read_as, alt=f"How the answers of {entry.intake.name} were read")
    change(entry, found)


def ask(entry: Entry) -> None:
    """Ask what the texts stand for that are not known as answers; they are missing until then."""
    found = entry.intake.codes
    found = found[found["reason"].isin(words.OPEN)]
    if found.empty:
        return
    one, many = "answer is not known. Choose what it stands for.", "answers are not known. Choose what they stand for."
    label = f"{plain(entry.intake.name)}: {count(len(found), one, many)}"
    with st.expander(label, key=f"unknown {entry.key}", on_change="rerun") as part:
        if not part.open:
            return
        for line in found.head(_AT_ONCE).itertuples(index=False):
            label = f"{words.field(line.field)}: {line.found} ({count(line.n, 'time', 'times')})"
            choose(entry, line.field, line.found, label)
        if len(found) > _AT_ONCE:
            st.caption(f"The first {_AT_ONCE} of {len(found):,}; the others come up as these are answered.")


def choose(entry: Entry, field: str, text: str, label: str) -> None:
    """Let a person choose what one text stands for; the file is read again at once."""
    options = {words.CHOOSE: "Choose", **words.answers(field)}
    key = f"code {field} {text} {entry.key}"
    st.selectbox(
        plain(label),
        list(options),
        format_func=options.__getitem__,
        key=key,
        on_change=state.ask_for,
        args=(partial(use, entry, field, text, key),),
    )


def use(entry: Entry, field: str, text: str, key: str) -> None:
    """Read the file again with one text taken for what the select box says."""
    code = state.held(key)
    if isinstance(code, str) and code != words.CHOOSE:
        codes = pd.DataFrame({"field": [field], "found": [text], "code": [code]}, dtype="str")
        reading.answer(entry, Choices(codes=codes))


def change(entry: Entry, found: pd.DataFrame) -> None:
    """Let a person change what any one text was read as."""
    st.markdown("**Change an answer**")
    texts = list(zip(found["field"], found["found"], strict=True))
    picked = st.selectbox(
        "Answer",
        range(len(texts)),
        format_func=lambda at: f"{words.field(texts[at][0])}: {texts[at][1]}",
        index=None,
        placeholder="Choose",
        key=f"answer {entry.key}",
    )
    if picked is not None:
        choose(entry, *texts[picked], "It stands for")
