"""Every questionnaire: what it measures, how it is scored, what is known of it, and who may use it."""

import streamlit as st

from evalcore import Study
from evalcore.instruments import Instrument, list_instruments, load_instrument
from evalcore.methods import cited
from evalcore.methods import questionnaires as words
from pages._shared import cache, listings
from pages._shared.components import plain
from pages.methods.parts import bullets, entries, folded


def draw(study: Study) -> None:
    """Show all questionnaires in one table, their copyright lines, and each in full where it is opened."""
    st.header("Questionnaires", anchor=False, divider="gray")
    answered = {measure.instrument for measure in cache.find_measures(study)}
    listings.words(words.overview_table(answered))
    instruments = [load_instrument(name) for name in list_instruments()]
    for instrument in sorted(instruments, key=lambda one: one.id not in answered):
        here = " – in this study" if instrument.id in answered else ""
        with folded(f"{instrument.name}{here}") as part:
            if part.open:
                _scoring(instrument)
                _bands(instrument)
                _published(instrument)
    st.markdown("Copyright lines, to be shown wherever results are:")
    entries((one.short_name, one.licence) for one in instruments)


def _scoring(instrument: Instrument) -> None:
    """What it is, who may use it, and how answers become a score."""
    name = instrument.short_name
    st.markdown(plain(" ".join((words.about(instrument), *instrument.notes))))
    st.subheader(f"{name}: copyright and licence", anchor=False)
    st.markdown(plain(f"{instrument.licence.rstrip('.')}. {instrument.licence_terms}"))
    st.subheader(f"{name}: items and answers", anchor=False)
    st.markdown("Items are named by keywords; their wording stands in the questionnaire itself.")
    listings.words(words.item_table(instrument))
    listings.words(words.answer_table(instrument))
    st.subheader(f"{name}: scores", anchor=False)
    bullets(words.score_rules(instrument))
    for table in words.conversion_tables(instrument):
        listings.words(table)
    st.subheader(f"{name}: items left out", anchor=False)
    entries(words.missing_rules(instrument))


def _bands(instrument: Instrument) -> None:
    """The named ranges of its scores, each scheme with its caution and its source."""
    st.subheader(f"{instrument.short_name}: bands", anchor=False)
    schemes = words.band_schemes(instrument)
    if not schemes:
        st.markdown("There are no bands for this questionnaire.")
    for scheme in schemes:
        default = "Used unless another scheme is chosen." if scheme.id == instrument.default_band_scheme else ""
        entries([(scheme.label, f"{scheme.caution} {default} Source: {cited(scheme.source)}.")])
        listings.words(words.band_table(instrument, scheme))


def _published(instrument: Instrument) -> None:
    """What is known from publications: norms, reliability, sizes of change, and all other sources."""
    name = instrument.short_name
    st.subheader(f"{name}: norms", anchor=False)
    if instrument.norms_caution:
        st.markdown(f"**Take care.** {plain(instrument.norms_caution)}")
    listings.words(words.norm_table(instrument))
    entries(words.norm_notes(instrument), "No published norm with a source is known here.")
    st.subheader(f"{name}: reliability", anchor=False)
    entries(words.reliabilities(instrument), "No published reliability with a source is known here.")
    st.subheader(f"{name}: size of change", anchor=False)
    entries(words.thresholds(instrument), "No published size of change with a source is known here.")
    st.subheader(f"{name}: sources", anchor=False)
    entries(words.sources(instrument))
