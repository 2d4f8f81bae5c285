"""OGRS of one person: a calculator in which nothing is kept, and from which nothing leaves."""

from collections.abc import Mapping

import streamlit as st

from evalcore import Study
from evalcore.columns import FEMALE, MALE
from evalcore.findings.people.ogrs_calculator import calculate, offence_choices
from evalcore.findings.people.ogrs_waterfall import Waterfall
from evalcore.profile.ogrs3 import SANCTIONS
from evalcore.wording import joined, lower_first, upper_first
from pages._shared import listings, pictures
from pages._shared.components import plain

_AGES = {
    "age_at_first_sanction": "Age at the first sanction of all",
    "age_at_conviction": "Age at the current conviction",
    "age_at_followup": "Age at the start of follow-up (sentence in the community, or release)",
}
_SEX, _SANCTIONS, _OFFENCE = "Sex", "Sanctions before the current one (convictions and cautions)", "Current offence"
_NEEDED = {"sex": _SEX, **_AGES, "previous_sanctions": _SANCTIONS, "ogrs_offence": _OFFENCE}
_YOUNGEST, _OLDEST, _MOST = 10, 110, 500


def draw(study: Study, site: str | None) -> None:
    """Show the calculator, folded."""
    with st.expander("Calculator for one person", key="calculator", on_change="rerun") as part:
        if not part.open:
            return
        st.markdown(
            "What is entered here is not kept, does not stand in the address and is in no download. OGRS speaks of"
            " people with the same record, not of one person for certain."
        )
        inputs = _inputs()
        blank = [label for name, label in _NEEDED.items() if inputs[name] is None]
        if blank:
            st.text(f"Still to fill in: {joined([lower_first(label) for label in blank])}.")
            return
        found = calculate(inputs)
        for sentence in found.sentences:
            st.text(sentence)
        if found.charts:
            st.markdown(
                "**What each input adds to the logit.** A number above 0 makes the score higher, below 0 lower."
            )
            _chart(found.charts)
            listings.words(found.terms)


def _chart(charts: Mapping[str, Waterfall]) -> None:
    """One score as a chart, the newest unless another is chosen."""
    names = list(charts)
    chosen = st.selectbox("Score in the chart", names, key="calculator chart") if len(names) > 1 else names[0]
    found = charts[chosen]
    pictures.show(found.chart, found.words, key="calculator waterfall")


def _inputs() -> dict[str, object]:
    """The fields, two beside each other where there is room."""
    left, right = st.columns(2)
    with left:
        inputs: dict[str, object] = {"sex": _chosen("sex", _SEX, {MALE: "Male", FEMALE: "Female"})}
        inputs |= {name: _whole(name, label, _YOUNGEST, _OLDEST) for name, label in _AGES.items()}
    with right:
        inputs["previous_sanctions"] = _whole("previous_sanctions", _SANCTIONS, 0, _MOST)
        inputs["ogrs_offence"] = _chosen("ogrs_offence", _OFFENCE, offence_choices())
        disposals = {name: upper_first(name.replace("_", " ")) for name in SANCTIONS}
        inputs["sanction"] = st.selectbox(
            "Present disposal (OGRS3 only)", list(disposals), format_func=disposals.get, key="calculator sanction"
        )
        inputs["offence_free_months"] = st.number_input(
            "Months in the community without an offence (OGRS4 only)", 0, _MOST, 0, key="calculator months"
        )
    return inputs


def _whole(name: str, label: str, low: int, high: int) -> int | None:
    found: int | None = st.number_input(plain(label), low, high, None, step=1, key=f"calculator {name}")
    return found


def _chosen(name: str, label: str, options: dict[str, str]) -> str | None:
    found: str | None = st.selectbox(
        label, list(options), index=None, format_func=options.get, placeholder="Choose", key=f"calculator {name}"
    )
    return found
