"""How OGRS is computed and treated: the scales, what each input adds, their bands, rulings and sources."""

import streamlit as st

from evalcore.methods import list_statistics
from evalcore.methods import ogrs as words
from evalcore.rules.risk_scales import load_ogrs3
from pages._shared import listings
from pages._shared.components import plain
from pages.methods.parts import bullets, defined, entries, folded

_GROUP = "ogrs_group"


def draw() -> None:
    """Show what holds for OGRS; what each input adds, and the sources, where they are opened."""
    st.subheader("OGRS", anchor=False)
    for one in list_statistics():
        if one.name == _GROUP:
            defined(one)
    entries(words.ogrs_notes())
    st.markdown("**Bands, for scores for two years only.** A score on a border belongs to the higher band.")
    listings.words(words.risk_band_table())
    st.markdown("**Where published programs disagree, this is what is used:**")
    bullets(load_ogrs3().rulings)
    with folded("OGRS: what each input adds to the logit") as part:
        if part.open:
            st.markdown(plain("The formula of each scale stands among the statistics below, under People."))
            for table in (words.offence_table(), words.age_table(), words.history_table()):
                listings.words(table)
    with folded("OGRS: sources") as part:
        if part.open:
            entries(words.ogrs_sources())
