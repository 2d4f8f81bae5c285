"""Add data: upload files, answer what they leave open, see what was recognised and every doubt, download templates."""

import streamlit as st

from pages._shared import components, state
from pages.add_data import files, people, problems, rows, templates, upload


def main() -> None:
    """Draw the page."""
    components.page_title(
        "Add data", "Files are read on this computer and sent nowhere. Each row is counted, and each doubt is listed."
    )
    notices = state.take_notices()
    upload.draw()
    for notice in notices:
        st.info(components.plain(notice))
    study = state.study()
    files.draw(study)
    people.draw(study)
    rows.draw(study)
    problems.draw(study)
    templates.draw()


main()
