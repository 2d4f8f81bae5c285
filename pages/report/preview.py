"""How the report reads: one section at a time, as every file of it has it."""

from __future__ import annotations

import streamlit as st

from evalcore.reporting.model import Block, Bullets, Exhibit, Paragraph, Subheading, Table
from pages._shared import pictures, reports
from pages._shared.components import plain, report_table


def draw() -> None:
    """Show the section that is chosen."""
    report = reports.now()
    st.header("How it reads", anchor=False)
    names = {section.name: section.heading for section in report.sections}
    chosen = st.selectbox("Section", list(names), format_func=names.__getitem__, key="section to read")
    section = report.section(chosen)
    if section is None:
        return
    for block in section.blocks:
        _block(block)


def _block(block: Block) -> None:
    match block:
        case Paragraph():
            st.text(block.text)
            if block.own:
                st.caption("Your own text.")
        case Bullets():
            st.markdown("\n".join(f"- {plain(item)}" for item in block.items))
        case Subheading():
            st.subheader(plain(block.text), anchor=False)
        case Table():
            st.markdown(f"**{plain(block.label)}**")
            report_table(block)
        case Exhibit():
            _exhibit(block)


def _exhibit(exhibit: Exhibit) -> None:
    st.subheader(plain(exhibit.title), anchor=False)
    if exhibit.message:
        st.markdown(f"*In the evaluator's words:* {plain(exhibit.message)}")
    st.text(exhibit.sentence)
    if exhibit.chart is not None:
        pictures.show(exhibit.chart, exhibit.sentence, key=f"report {exhibit.finding}")
        st.caption(plain(exhibit.caption))
    if exhibit.caution:
        st.markdown(f"**Take care.** {plain(exhibit.caution)}")
    if exhibit.table is not None:
        with st.expander(plain(exhibit.table.label), key=f"report table {exhibit.finding}", on_change="rerun") as part:
            if part.open:
                report_table(exhibit.table)
