"""Whether single changes are larger than the questionnaire's own error."""

import streamlit as st

from evalcore import Study
from evalcore.findings import Measure
from evalcore.findings.before_after.error.reliable import ReliableChoice, read_sd_and_reliability
from evalcore.findings.before_after.error.sources import POINTS, SAMPLE, TYPED, default_source, published_sources
from evalcore.outcomes.reliable_methods import METHODS
from pages._shared import cache, components, controls, state

_METHODS = dict(zip(METHODS, ("Jacobson and Truax", "Edwards and Nunnally", "Hageman and Arrindell"), strict=True))
_OWN = {
    SAMPLE: "From this sample: its SD and alpha",
    TYPED: "An SD and a reliability that you type",
    POINTS: "A change in points that you type",
}
_STEP, _LARGEST_SD, _LARGEST_RELIABILITY = 0.01, 999.99, 0.99


def check_link() -> None:
    """Forget an error, a method or numbers that a link writes wrongly, so that the page can say so."""
    chosen = state.choice(state.MEASURE)
    measures = [measure for measure in components.chosen_measures() if not chosen or measure.slug == chosen][:1]
    offered = {name: label for measure in measures for name, label in _sources(measure).items()}
    state.valid_choice(state.RELIABILITY, offered, "reliability")
    state.valid_choice(state.METHOD, _METHODS, "method")
    controls.valid_number(
        state.THRESHOLD, _STEP, max((_width(measure) for measure in measures), default=0), "threshold"
    )
    typed = state.choice(state.SD)
    state.valid_choice(state.SD, {typed: typed} if read_sd_and_reliability(typed) else {}, "SD and reliability")


def draw(study: Study, measure: Measure, site: str | None) -> None:
    """Show reliable change, movement between bands and the published thresholds."""
    st.header("More than error?", anchor=False, divider="gray")
    chosen = {"reliable": _choose(measure), "movement": None, "thresholds": None}
    for kind, choice in chosen.items():
        finding = cache.finding(study, kind, measure, site, choice)
        components.show(finding, open_table=not finding.table.empty)


def _width(measure: Measure) -> float:
    return measure.high - measure.low


def _sources(measure: Measure) -> dict[str, str]:
    """What changes may be held against: what is used unasked first."""
    default = default_source(measure)
    unasked = {} if default is not None else {"": "Nothing published: this sample from 30 people on"}
    return unasked | {source.name: source.label for source in published_sources(measure)} | _OWN


def _choose(measure: Measure) -> ReliableChoice:
    """Let a person choose what changes are held against, and by which method."""
    source = controls.select(
        state.RELIABILITY,
        "Held against",
        _sources(measure),
        help_text="Alpha and test-retest reliability give thresholds that differ by up to half.",
    )
    sd, reliability = _typed_error(measure) if source == TYPED else (None, None)
    threshold = None
    if source == POINTS:
        threshold = controls.number(
            state.THRESHOLD,
            f"Change of one person ({measure.unit})",
            low=_STEP,
            high=_width(measure),
            step=_STEP,
            help_text="A change of exactly this size counts. It is for single people, and never judges a mean.",
        )
    with st.expander("For the analyst: method", key="method of reliable change"):
        method = controls.select(
            state.METHOD,
            "Method",
            _METHODS,
            help_text="Edwards and Nunnally suits people who were chosen because they were low. It needs an SD and a"
            " reliability; a threshold in points has no method.",
        )
    state.write_address()
    return ReliableChoice(source, method, sd, reliability, threshold)


def _typed_error(measure: Measure) -> tuple[float | None, float | None]:
    """Let a person type an SD and a reliability; they stand in the address together, once both are there."""
    keys = (f"typed sd {measure.slug}", f"typed reliability {measure.slug}")
    held = read_sd_and_reliability(state.choice(state.SD))
    for key, value in zip(keys, held or (), strict=False):
        state.hold(key, value)
    fields = ((f"SD ({measure.unit})", _STEP, _LARGEST_SD), ("Reliability", 0.0, _LARGEST_RELIABILITY))
    with st.container(horizontal=True):
        for key, (label, low, high) in zip(keys, fields, strict=True):
            st.number_input(
                label, min_value=low, max_value=high, value=None, step=_STEP, key=key, on_change=_keep, args=(keys,)
            )
    return held or (None, None)


def _keep(keys: tuple[str, str]) -> None:
    sd, reliability = (state.held(key) for key in keys)
    both = "" if sd is None or reliability is None else f"{sd:g}-{reliability:g}"
    state.picked(state.SD, both if read_sd_and_reliability(both) else "")
