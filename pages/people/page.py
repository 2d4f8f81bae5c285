"""People: who was reached, their OGRS scores and their needs, beside the caseload. One part at a time."""

import streamlit as st

from pages._shared import components, controls, state
from pages.people import reach
from pages.people.parts import PARTS


def main() -> None:
    """Draw the page: only the part that is chosen is computed."""
    state.valid_choice(state.ABOUT, {part: label for part, (label, _) in PARTS.items()}, "part of this page")
    components.page_title(
        "People", "The service users of the pilot beside the caseload: who they are, their OGRS scores, their needs."
    )
    study = state.shown()
    if study.cases.empty and study.roster.empty:
        components.empty("This study has no case file and no list of those asked yet.", "Add a file")
        return
    components.only_service_users("Case files are about service users")
    site = components.chosen_site()
    if study.cases.empty:
        components.empty("Without a case file only eligibility and starts can be shown.", "Add a case file")
        reach.draw(study, site)
        return
    part = controls.segments(state.ABOUT, "Part", {part: label for part, (label, _) in PARTS.items()})
    state.write_address()
    with st.spinner("Comparing with the caseload"):
        for section in PARTS[part][1]:
            section.draw(study, site)


main()
