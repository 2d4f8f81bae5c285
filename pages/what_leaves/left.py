"""What has left: the record of every file that was taken."""

import pandas as pd
import streamlit as st

from evalcore import Study
from evalcore.disclosure.record import record_sentence, record_table
from evalcore.methods import WordTable
from pages._shared import downloads, listings

_MOST = 100


def draw(study: Study) -> None:
    """Show the record, the newest first."""
    st.header("What has left", anchor=False)
    st.markdown(f"**{record_sentence(study.exports)}**")
    if not study.exports:
        st.caption("Every file that you download is noted here, with its form and the rules at that time.")
        return
    st.markdown(
        "What was shared can not be called back. It is counted as known: a later file hides what would, together with"
        " it, tell about a few people. Nothing is ever taken out of this record, and changing a rule does not change"
        " what left before."
    )
    table = record_table(study.exports)
    listings.words(WordTable(table.title, table.headings, table.rows[:_MOST]))
    if len(table.rows) > _MOST:
        st.caption(f"The newest {_MOST} of {len(table.rows):,}. The download has all of them.")
    rows = pd.DataFrame(table.rows, columns=list(table.headings))
    downloads.offer_internal_table(rows, "what_has_left", "Working copy of the record (CSV)")
