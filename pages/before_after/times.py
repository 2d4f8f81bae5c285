"""When people answered: the time between before and after, and the change inside a chosen window of weeks."""

import streamlit as st

from evalcore import Study
from evalcore.findings import Measure
from evalcore.outcomes.timing import MOST_WEEKS, read_window
from pages._shared import cache, components, state


def check_link() -> None:
    """Forget a window that a link writes wrongly, so that the page can say so."""
    chosen = state.choice(state.WINDOW)
    state.valid_choice(state.WINDOW, {chosen: chosen} if read_window(chosen) else {}, "window of weeks")


def draw(study: Study, measure: Measure, site: str | None) -> None:
    """Show the weeks between, and the change with and without the pairs outside the window."""
    st.header("When they answered", anchor=False, divider="gray")
    if cache.finding(study, "timing", measure, site).chart is None:
        components.empty(cache.finding(study, "timing", measure, site).sentence, "Add a file with dates")
        return
    window = _choose_window()
    components.show(cache.finding(study, "timing", measure, site, window))
    if window is None:
        st.text("With weeks from and weeks to, the change is shown with all pairs and with those inside.")
    else:
        components.show(cache.finding(study, "window", measure, site, window), open_table=True)


def _choose_window() -> tuple[int, int] | None:
    """Let a person choose how many weeks may lie between; None for all pairs."""
    low, high = read_window(state.choice(state.WINDOW)) or (None, None)
    with st.container(horizontal=True):
        low = _weeks("Weeks from", low)
        high = _weeks("Weeks to", high)
    window = None if low is None or high is None else read_window(f"{low}-{high}")
    if window is None and low is not None and high is not None:
        st.warning("A window runs from fewer to more weeks. All pairs are shown.")
    state.choose(state.WINDOW, "" if window is None else f"{low}-{high}")
    state.write_address()
    return window


def _weeks(label: str, value: int | None) -> int | None:
    return st.number_input(
        label, min_value=0, max_value=MOST_WEEKS, value=value, step=1, placeholder="all pairs", key=f"window {label}"
    )
