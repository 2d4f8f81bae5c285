"""How a study goes through the dashboard, in one paragraph."""

import streamlit as st

_PARAGRAPH = (
    "Each row of each file is used, or set aside with its reason. Answers become scores by the rules of the"
    " questionnaire. Scores before and after are joined by a person's identifier, never by the order of rows, and the"
    " trail counts who was asked, who answered and who is missing. From the scores come descriptions, changes and"
    " comparisons, each with its number of people and its interval. The words beside a figure follow from that number"
    " and that interval by fixed rules. What leaves the screen first goes through the disclosure policy."
)


def draw() -> None:
    """Say what happens between a file and a figure."""
    st.header("From a file to a figure", anchor=False)
    st.markdown(_PARAGRAPH)
