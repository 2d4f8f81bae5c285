"""Which OGRS score is used: as in the case file, or one that is computed."""

from collections.abc import Mapping

import streamlit as st

from evalcore.profile.ogrs_choice import score_choices
from pages._shared import controls, state


def options() -> Mapping[str, str]:
    """Return the scores that there are for this study, with their names."""
    return state.once("scores", lambda found: score_choices(found.cases))


def choose() -> str | None:
    """Let a person choose among them; None where there is none."""
    offered = options()
    if state.choice(state.SCORE) not in ("", *offered):
        st.warning("The link names a score that this case file does not have, so it was left out.")
        state.choose(state.SCORE, "")
    if len(offered) < 2:
        return next(iter(offered), None)
    picked = controls.select(
        state.SCORE,
        "OGRS score",
        offered,
        help_text="A computed score is made from sex, ages, sanctions and offence, for pilot and caseload alike.",
    )
    state.write_address()
    return picked
