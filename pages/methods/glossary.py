"""The words of the field."""

import streamlit as st

from evalcore.methods import Term, cited, list_terms
from pages.methods.parts import entries


def draw() -> None:
    """Show every term with its meaning."""
    st.header("Glossary", anchor=False, divider="gray")
    entries((term.term, _meaning(term)) for term in list_terms())


def _meaning(term: Term) -> str:
    return term.meaning if term.source is None else f"{term.meaning} Source: {cited(term.source)}."
