"""What regression to the mean alone could give."""

import streamlit as st

from evalcore import Study
from evalcore.columns import MATCHED_PRE
from evalcore.findings import Measure
from evalcore.findings.before_after.limits.regression import RegressionChoice, regression_norms
from evalcore.findings.questionnaires import norms_of
from pages._shared import cache, components, controls, state

HIGHEST = 0.99
"""Largest correlation that can be typed: at 1 nothing regresses."""

_WHERE = "cited correlation"


def check_link() -> None:
    """Forget a norm that the measure does not have and a correlation that can not be, and note it."""
    chosen = state.choice(state.MEASURE)
    offered = [measure for measure in components.chosen_measures() if not chosen or measure.slug == chosen]
    names = {norm.name: norm.label for norm in norms_of(offered[0])} if offered else {}
    state.valid_choice(state.NORM, names, "published norm")
    controls.valid_number(state.CORRELATION, 0, HIGHEST, "correlation")


def draw(study: Study, measure: Measure, site: str | None) -> None:
    """Show the rise that could come without any effect, behind the change that was seen."""
    st.header("Regression to the mean", anchor=False, divider="gray")
    default = cache.finding(study, "regression", measure, site)
    if default.groups[MATCHED_PRE].n:
        components.show(cache.finding(study, "regression", measure, site, _choose(measure)))
    else:
        components.empty(default.sentence, "Add the missing questionnaires")


def _choose(measure: Measure) -> RegressionChoice:
    """Let a person choose a norm of both sexes, and a correlation over the same gap with its source."""
    norms = regression_norms(measure)
    if not norms:
        return RegressionChoice()
    norm = controls.select(
        state.NORM,
        "Published norm",
        {norm.name: norm.label for norm in norms},
        help_text="Norms of men or of women alone are not offered: the matched people are taken together.",
    )
    correlation = controls.number(
        state.CORRELATION,
        "Correlation between the two times",
        low=0,
        high=HIGHEST,
        step=0.01,
        help_text="A published one over the same gap. Left empty, the range 0.5 to 0.9 is used.",
    )
    cited = "" if correlation is None else controls.text(_WHERE, "Where it is published")
    state.write_address()
    return RegressionChoice(norm, correlation, cited)
