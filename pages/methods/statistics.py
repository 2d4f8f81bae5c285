"""Every statistic by topic: its definition, what a careful reader should know, and its source."""

import streamlit as st

from evalcore.methods import Statistic, list_statistics
from evalcore.wording import count
from pages._shared.components import plain
from pages.methods.parts import defined, folded


def draw() -> None:
    """Show the statistics of each topic by name, and their definitions where they are opened."""
    st.header("Statistics", anchor=False, divider="gray")
    statistics = list_statistics()
    for topic in dict.fromkeys(one.topic for one in statistics):
        _topic(topic, [one for one in statistics if one.topic == topic])


def _topic(topic: str, members: list[Statistic]) -> None:
    st.subheader(plain(topic), anchor=False)
    st.markdown(plain("; ".join(one.label for one in members) + "."))
    size = count(len(members), "definition", "definitions")
    with folded(f"{topic}: {size} with sources") as part:
        if part.open:
            for one in members:
                defined(one)
