"""The plan, and the paragraph that is ready for a protocol."""

import streamlit as st

from evalcore import Study
from evalcore.findings import Measure
from evalcore.findings.next_phase import Choice, protocol_paragraph
from pages._shared import cache, components, downloads, leaving


def draw(study: Study, measure: Measure | None, choice: Choice) -> None:
    """Show the plan, and as a text to copy the paragraph in the form that may leave."""
    st.header("How many people", anchor=False, divider="gray")
    finding = cache.finding(study, "next_phase", measure, None, choice)
    components.show(finding, open_table=True)
    if not protocol_paragraph(finding):
        return
    st.header("A paragraph for a protocol", anchor=False, divider="gray")
    release = leaving.releases(finding)
    outside = release.findings[0]
    paragraph = protocol_paragraph(outside)
    if paragraph:
        st.text(paragraph)
        downloads.offer_paragraph(release, paragraph)
        st.caption(
            "Written to leave, so it is reckoned from the pilot's figures as they may leave: a number can differ a"
            " little from the one above. What fits your protocol better, change there."
        )
    else:
        st.info("It can not leave. " + components.plain(outside.sentence))
