"""A chart that is no finding: it is about nobody of the study, is kept nowhere, and nothing of it can be taken away."""

from __future__ import annotations

import streamlit as st

from evalcore.figures.chart import Chart
from evalcore.figures.plotly_drawer import CONFIG, draw
from pages._shared.components import plain


def show(chart: Chart, words: str, *, key: str) -> None:
    """Show a chart with how to read it; `words` say the same to who does not see it."""
    figure = draw(chart, dark=st.context.theme.type == "dark")
    st.plotly_chart(figure, theme=None, config=CONFIG, key=key, alt=words)
    st.caption(f"How to read it: {plain(chart.how_to_read)}")
