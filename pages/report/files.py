"""Build every file of the report, and take them."""

from __future__ import annotations

import streamlit as st

from evalcore.reporting.files import Templates
from evalcore.wording import count
from pages._shared import downloads, reports, telling


def draw() -> None:
    """Offer to build the files; once they are there, each as a download."""
    told = telling.told()
    if not told.exhibits:
        st.info("There is nothing to report yet: the study holds no finding that may leave.")
        st.page_link("pages/add_data/page.py", label="Add data")
        return
    figures = count(len(told.exhibits), "finding", "findings")
    st.markdown(f"**{figures}** may leave now. Small numbers are hidden; each file says which, and under which rules.")
    templates = _templates()
    built = reports.built()
    if st.button("Build the report", type="primary"):
        bar = st.progress(0.0, "Building …")
        built = reports.build(templates, lambda share, what: bar.progress(share, f"{what} …"))
        bar.empty()
    if built is None:
        st.caption("Nothing is built yet, or something was changed since: build it, then take the files.")
    else:
        downloads.offer_report(built.files, built.findings)
    downloads.offer_reproduction()


def _templates() -> Templates:
    """An organisation's own template for the document and the slides; kept for this session only."""
    with st.expander("Your organisation's templates (optional)", key="templates of the report"):
        document = st.file_uploader("Word template", type=["docx", "dotx"], key="word template")
        slides = st.file_uploader("PowerPoint template", type=["pptx", "potx"], key="slides template")
    return Templates(None if document is None else document.getvalue(), None if slides is None else slides.getvalue())
