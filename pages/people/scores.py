"""Their OGRS scores: which score is used, the profile, the bands, observed against expected, and the check."""

import streamlit as st

from evalcore import Study
from evalcore.profile.ogrs_choice import FILE, score_choices
from pages._shared import cache, components, controls, state

_OUTCOMES = "With the columns reoffended and followup_complete, reoffending stands beside the number expected."
_CHECK = "With sex, the three ages, previous sanctions and the offence, the scores in the case file are checked."


def draw(study: Study, site: str | None) -> None:
    """Show OGRS of the pilot against the caseload, by the score that is chosen."""
    st.header("OGRS", anchor=False, divider="gray")
    options = state.once("scores", lambda found: score_choices(found.cases))
    choice = _chosen(options)
    components.show(cache.finding(study, "ogrs", site=site, choice=choice), mark_hidden=True)
    components.show(cache.finding(study, "ogrs_bands", site=site, choice=choice), open_table=True, mark_hidden=True)
    if "reoffended" in study.cases:
        found = cache.finding(study, "ogrs_expected", site=site, choice=choice)
        components.show(found, open_table=True, mark_hidden=True)
    else:
        st.caption(_OUTCOMES)
    if FILE in options and len(options) > 1:
        components.show(cache.finding(study, "ogrs_checked", site=site), open_table=True, mark_hidden=True)
    elif FILE in options:
        st.caption(_CHECK)


def _chosen(options: dict[str, str]) -> str | None:
    """The score to show; None where there is no choice."""
    if state.choice(state.SCORE) not in ("", *options):
        st.warning("The link names a score that this case file does not have, so it was left out.")
        state.choose(state.SCORE, "")
    if len(options) < 2:
        return next(iter(options), None)
    picked = controls.select(
        state.SCORE,
        "Score",
        options,
        help_text="A computed score is made from sex, ages, sanctions and offence, for pilot and caseload alike.",
    )
    state.write_address()
    return picked
