"""When a section of the assessment is a need, and how OGRS is treated."""

import streamlit as st

from evalcore.methods import definition, list_statistics
from evalcore.methods import needs as words
from evalcore.rules.needs import DEFAULT_FORM, NeedForm, list_need_forms, load_need_form
from pages._shared import listings
from pages._shared.components import plain
from pages.methods.parts import defined, entries, folded

_NEED = ("need_threshold", "need_unknown", "needs_per_person")
_OGRS = "ogrs_group"


def draw() -> None:
    """Show the thresholds of each form, and what holds for OGRS."""
    st.header("Needs and OGRS", anchor=False, divider="gray")
    st.subheader("When a section is a need", anchor=False)
    st.markdown(plain(definition(*_NEED)))
    for name in sorted(list_need_forms(), key=lambda one: one != DEFAULT_FORM):
        _form(load_need_form(name))
    st.subheader("OGRS", anchor=False)
    for one in list_statistics():
        if one.name == _OGRS:
            defined(one)


def _form(form: NeedForm) -> None:
    """The thresholds of one form, and what they can not be compared with."""
    st.markdown(f"**{plain(form.label)}.** {plain(form.note)}")
    listings.words(words.need_table(form))
    with folded(f"{form.label}: sources") as part:
        if part.open:
            st.markdown(plain(" ".join(words.need_reasons(form))))
            entries(words.need_sources(form))
