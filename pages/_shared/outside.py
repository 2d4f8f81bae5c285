"""A figure as it looks outside: what a file to share shows of it, drawn on the screen and without any file."""

from __future__ import annotations

import streamlit as st

from evalcore.disclosure import Release
from evalcore.disclosure.hiding import hidden_sentences
from evalcore.figures.plotly_drawer import CONFIG, draw
from evalcore.findings import Finding
from pages._shared import downloads
from pages._shared.components import plain, result_table


def show(shared: Finding, release: Release) -> None:
    """Show one finding of a release: its words, chart and table as they leave, what stands under them, and why."""
    st.subheader(plain(shared.title), anchor=False)
    st.text(shared.sentence)
    if shared.chart is not None:
        figure = draw(shared.chart, dark=st.context.theme.type == "dark")
        st.plotly_chart(figure, theme=None, config=CONFIG, key=f"outside chart {shared.id}", alt=shared.sentence)
        st.caption(f"How to read it: {plain(shared.chart.how_to_read)}")
    result_table(shared.table, shared.columns, alt=f"Table as it leaves: {shared.title}")
    under = [line for line in downloads.outside_lines(shared, release) if line not in (shared.title, shared.sentence)]
    st.markdown("**Printed under it in every file to share:**")
    _bullets(under)
    why = hidden_sentences(release)
    st.markdown("**What was hidden or changed in it, and why** (only on this screen: it tells which counts are small):")
    _bullets(why or ["Nothing has to be hidden."])


def _bullets(sentences: list[str] | tuple[str, ...]) -> None:
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in sentences))
