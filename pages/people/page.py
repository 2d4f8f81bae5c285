"""People: who was reached, their OGRS scores and their needs, beside the caseload."""

import streamlit as st

from pages._shared import components, state
from pages.people import needs, scores, who


def main() -> None:
    """Draw the page."""
    components.page_title(
        "People", "The service users of the pilot beside the caseload: who they are, their OGRS scores, their needs."
    )
    study = state.shown()
    if study.cases.empty:
        components.empty("This study has no case file yet.", "Add a case file")
        return
    components.only_service_users("Case files are about service users")
    site = components.chosen_site()
    with st.spinner("Comparing with the caseload"):
        for section in (who, scores, needs):
            section.draw(study, site)


main()
