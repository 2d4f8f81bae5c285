"""The questions that several designs share."""

import streamlit as st

from evalcore.findings import Measure
from evalcore.findings.before_after.limits.bound import LEAST_BOUND, Bound, largest_bound
from evalcore.findings.next_phase import TESTS, PowerChoice
from pages._shared import components, controls, state

LARGEST_EFFECT = 5.0
"""Largest d_z that can be typed."""

HIGHEST_CORRELATION, HIGHEST_ICC = 0.99, 0.9
MOST_IN_A_CLUSTER = 1000


def check_link(*, effect: bool) -> None:
    """Forget every choice that a link writes wrongly, and note it."""
    chosen = state.choice(state.MEASURE)
    offered = [measure for measure in components.chosen_measures() if not chosen or measure.slug == chosen]
    widest = LARGEST_EFFECT if effect else largest_bound(offered[0]) if offered else 0
    state.valid_choice(state.POWER, {key: test.label for key, test in TESTS.items()}, "power")
    controls.valid_number(state.CHANGE, LEAST_BOUND, widest, "smallest change")
    controls.valid_number(state.COMPLETION, 1, 100, "share who complete")
    controls.valid_number(state.CORRELATION, 0, HIGHEST_CORRELATION, "correlation")
    controls.valid_number(state.GROUP_A, 0, 100, "share")
    controls.valid_number(state.GROUP_B, 0, 100, "share")
    controls.valid_number(state.ICC, 0, HIGHEST_ICC, "intra-class correlation")
    controls.valid_number(state.CLUSTER, 1, MOST_IN_A_CLUSTER, "number of people in a cluster")


def points(measure: Measure, label: str, planned: Bound | None = None) -> float | None:
    """Ask for the smallest change or difference that matters, in points."""
    return controls.number(
        state.CHANGE,
        f"{label} ({measure.unit})",
        low=LEAST_BOUND,
        high=largest_bound(measure),
        step=LEAST_BOUND,
        default=planned.points if planned else None,
        help_text="A published threshold for one person's change says nothing about a mean, so none is offered.",
    )


def reason(where: str) -> str:
    """Ask why no smaller change would matter; it stands in the paragraph for a protocol."""
    return controls.text(
        f"next phase reason {where}",
        "Why this is the smallest that matters",
        help_text="It stands in the paragraph for a protocol, also outside: write nothing about a person.",
    ).strip()


def power() -> PowerChoice:
    """Ask how sure the study is to find it."""
    label = "Power, and how often chance alone may look like a change"
    return TESTS[controls.select(state.POWER, label, {key: test.label for key, test in TESTS.items()})]


def completion(*, as_in_the_pilot: bool) -> float | None:
    """Ask for the share who will complete, in per cent; None where it is left empty."""
    empty = "Left empty: as in the pilot, matched people of those asked." if as_in_the_pilot else "May be left empty."
    return controls.number(
        state.COMPLETION,
        "Of those recruited, how many complete (%)",
        low=1,
        high=100,
        step=1,
        help_text=f"Who completes gives every answer that the plan counts on. {empty}",
    )


def correlation() -> float | None:
    """Ask for the correlation of before with after; None takes the pilot's own."""
    return controls.number(
        state.CORRELATION,
        "Correlation between before and after",
        low=0,
        high=HIGHEST_CORRELATION,
        step=0.01,
        help_text="A published one over the same gap. Left empty: the pilot's own, which few pairs tell badly.",
    )


def shares() -> tuple[float, float] | None:
    """Ask for the two shares, in per cent; None until both are there and differ."""
    with st.container(horizontal=True):
        first = controls.number(state.GROUP_A, "Share in one group (%)", low=0, high=100, step=1)
        second = controls.number(state.GROUP_B, "Share in the other group (%)", low=0, high=100, step=1)
    if first is not None and first == second:
        st.warning("The two shares are equal, so there is no difference to plan for.")
    return None if first is None or second is None or first == second else (first, second)
