"""Everything that was found wrong or doubtful, and the list to take away."""

import streamlit as st

from evalcore import Study
from pages._shared import downloads, listings


def draw(study: Study) -> None:
    """Show the list of problems of all files."""
    st.header("Problems", anchor=False)
    if not len(study.problems):
        st.markdown("No problem was found in these files." if study.intakes else "There is no file to check yet.")
        return
    listings.problems(study.problems, alt="Problems in all files")
    downloads.offer_internal_table(study.problems, "problems", "Download the problem list (CSV)")
    downloads.offer_internal_table(study.rows, "rows", "Download what became of each row (CSV)")
    st.caption("Both lists quote cells and identifiers from your files: for your own use, not to be shared.")
