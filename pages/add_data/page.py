"""Add data: upload files, see what was recognised and every doubt, download templates, go back to the sample."""

import streamlit as st

from pages._shared import components, state
from pages.add_data import files, problems, templates, upload


def main() -> None:
    """Draw the page."""
    components.page_title(
        "Add data", "Files are read on this computer and sent nowhere. Each row is counted, and each doubt is listed."
    )
    notice = state.take_notice()
    upload.draw()
    if notice:
        st.info(notice)
    study = state.study()
    files.draw(study)
    problems.draw(study)
    templates.draw()


main()
