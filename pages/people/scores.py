"""Their OGRS scores: which score is used, the profile, the bands, observed against expected, and the check."""

import streamlit as st

from evalcore import Study
from evalcore.findings import Finding
from evalcore.profile.ogrs_choice import FILE
from pages._shared import cache, components, downloads
from pages.people import score

_OUTCOMES = "With the columns reoffended and followup_complete, reoffending stands beside the number expected."
_CHECK = "With sex, the three ages, previous sanctions and the offence, the scores in the case file are checked."


def draw(study: Study, site: str | None) -> None:
    """Show OGRS of the pilot against the caseload, by the score that is chosen."""
    st.header("OGRS", anchor=False, divider="gray")
    options, choice = score.options(), score.choose()
    components.show(cache.finding(study, "ogrs", site=site, choice=choice), mark_hidden=True)
    components.show(cache.finding(study, "ogrs_bands", site=site, choice=choice), open_table=True, mark_hidden=True)
    if "reoffended" in study.cases:
        found = cache.finding(study, "ogrs_expected", site=site, choice=choice)
        components.show(found, open_table=True, mark_hidden=True)
    else:
        st.caption(_OUTCOMES)
    if FILE in options and len(options) > 1:
        _checked(cache.finding(study, "ogrs_checked", site=site))
    elif FILE in options:
        st.caption(_CHECK)


def _checked(found: Finding) -> None:
    """Show the check, and let the evaluator take who differs as a working copy."""
    components.show(found, open_table=True, mark_hidden=True)
    if found.people is not None:
        name = f"{downloads.file_name(found)}_differences"
        downloads.offer_internal_table(found.people, name, "Working copy of the scores that differ (CSV)")
