"""Pieces that the sections of this page share."""

from collections.abc import Iterable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from evalcore.methods import Statistic, cited
from pages._shared.components import plain


def folded(label: str) -> DeltaGenerator:
    """A part that is built only while it is open."""
    return st.expander(label, key=f"methods {label}", on_change="rerun")


def bullets(sentences: Iterable[str]) -> None:
    """Sentences as a list."""
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in sentences))


def entries(named: Iterable[tuple[str, str]], otherwise: str = "") -> None:
    """Names, each with what is to be said of it, as a list; where there is none, the sentence that says so."""
    lines = [f"- **{plain(name)}.** {plain(words)}" for name, words in named]
    st.markdown("\n".join(lines) if lines else plain(otherwise))


def defined(one: Statistic) -> None:
    """One statistic: its definition as it stands beside its numbers, what else to know, and its source."""
    st.markdown(f"**{plain(one.label)}.** {plain(one.text)}")
    st.markdown(plain(f"{one.more} Source: {cited(one.source)}."))
