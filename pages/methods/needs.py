"""When a section of the assessment is a need; how OGRS is computed and treated."""

import streamlit as st

from evalcore.methods import definition
from evalcore.methods import needs as words
from evalcore.rules.needs import DEFAULT_FORM, NeedForm, list_need_forms, load_need_form
from pages._shared import listings
from pages._shared.components import plain
from pages.methods import ogrs
from pages.methods.parts import entries, folded

_NEED = ("need_threshold", "need_unknown", "needs_per_person")


def draw() -> None:
    """Show the thresholds of each form, and what holds for OGRS."""
    st.header("Needs and OGRS", anchor=False, divider="gray")
    st.subheader("When a section is a need", anchor=False)
    st.markdown(plain(definition(*_NEED)))
    for name in sorted(list_need_forms(), key=lambda one: one != DEFAULT_FORM):
        _form(load_need_form(name))
    ogrs.draw()


def _form(form: NeedForm) -> None:
    """The thresholds of one form, and what they can not be compared with."""
    st.markdown(f"**{plain(form.label)}.** {plain(form.note)}")
    listings.words(words.need_table(form))
    with folded(f"{form.label}: sources") as part:
        if part.open:
            st.markdown(plain(" ".join(words.need_reasons(form))))
            entries(words.need_sources(form))
