"""Who is missing, how they differed at the start, and how wrong that could make the answer."""

import streamlit as st

from evalcore import Study
from evalcore.findings import Measure
from evalcore.findings.before_after.missing.tipping import slider_range
from evalcore.findings.trail import rows_columns, rows_table
from pages._shared import cache, components, controls, state


def check_link() -> None:
    """Forget an assumed change that no slider of the measure has, so that the page can say so."""
    chosen = state.choice(state.MEASURE)
    offered = [measure for measure in components.chosen_measures() if not chosen or measure.slug == chosen]
    if offered:
        limits = slider_range(offered[0])
        controls.valid_number(state.ASSUMED, limits.low, limits.high, "assumed change")


def draw(study: Study, measure: Measure, site: str | None) -> None:
    """Show who was asked and how far they came, how those who left began, and where their answers would turn it."""
    st.header("Who is missing", anchor=False, divider="gray")
    finding = cache.finding(study, "trail", measure, site)
    components.show(finding, open_table=True)
    with st.expander("Every row of the questionnaire files", key=f"rows {finding.id}", on_change="rerun") as rows:
        if rows.open:
            alt = "From the rows read in the questionnaire files to the pairs"
            components.result_table(rows_table(finding.trail.rows), rows_columns(), alt=alt)
    if study.roster.empty:
        components.empty("Only a list of everyone who was asked can tell who is missing.", "Add a roster")
    st.header("How those who left began", anchor=False, divider="gray")
    for kind in ("leavers", "start"):
        components.show(cache.finding(study, kind, measure, site))
    st.header("What if they had answered?", anchor=False, divider="gray")
    _tipping(study, measure, site)
    st.header("Why they left", anchor=False, divider="gray")
    components.show(cache.finding(study, "reasons", measure, site))


def _tipping(study: Study, measure: Measure, site: str | None) -> None:
    """Let a person assume how those who left changed; without anybody to assume it of, say so."""
    unasked = cache.finding(study, "tipping", measure, site)
    if unasked.chart is None:
        components.show(unasked)
        return
    limits = slider_range(measure)
    assumed = controls.number(
        state.ASSUMED,
        f"Assume that those who left changed by ({measure.unit}, on average)",
        low=limits.low,
        high=limits.high,
        step=limits.step,
        default=0.0,
        slider=True,
        help_text="After minus before, one mean for all of them. 0: they stayed as they were.",
    )
    state.write_address()
    components.show(cache.finding(study, "tipping", measure, site, assumed), open_table=True)
