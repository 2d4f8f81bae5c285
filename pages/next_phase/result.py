"""The plan, and the paragraph that is ready for a protocol."""

import streamlit as st

from evalcore import Study
from evalcore.findings import Measure
from evalcore.findings.next_phase import Choice, protocol_paragraph
from pages._shared import cache, components, downloads, state


def draw(study: Study, measure: Measure | None, choice: Choice) -> None:
    """Show the plan, and as a text to copy the paragraph in the form that may leave."""
    st.header("How many people", anchor=False, divider="gray")
    finding = cache.finding(study, "next_phase", measure, None, choice)
    components.show(finding, open_table=True)
    if not protocol_paragraph(finding):
        return
    st.header("A paragraph for a protocol", anchor=False, divider="gray")
    leaving = state.releases(finding, downloads.POLICY).findings[0]
    paragraph = protocol_paragraph(leaving)
    if paragraph:
        st.code(paragraph, language=None, wrap_lines=True)
        st.caption(
            "Written to be copied, so it is reckoned from the pilot's figures as they may leave: a number can differ a"
            " little from the one above. What fits your protocol better, change there."
        )
    else:
        st.info("It can not be offered to copy. " + components.plain(leaving.sentence))
