"""The OGRS part of People: which score is used, what is computed and checked, and a calculator that keeps nothing."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from evalcore.profile.ogrs_scored import compute_scores
from evalcore.rules.risk_scales import load_ogrs3, load_ogrs4
from evalcore.wording import MISSING
from tests.findings.risk_studies import with_inputs, with_outcomes
from tests.outcomes.oracle import read
from tests.pages import frame

PUBLISHED = read("ogrs_published.json")["ogrs3"]
WHOLE = [case for case in PUBLISHED if {"one_year", "two_year"} <= set(case) and "sanction" not in case]
FIELDS = ("age_at_conviction", "age_at_followup", "age_at_first_sanction", "previous_sanctions")


def people(n: int = 12) -> pd.DataFrame:
    table = pd.DataFrame({"respondent_id": [f"A{k:02d}" for k in range(n)], "sex": ["male", "female"] * (n // 2)})
    table = with_inputs(table)
    return table.rename(columns={"ogrs_offence": "offence"})


def page(table: pd.DataFrame, **address: str) -> AppTest:
    at = frame.with_files(("cases.csv", table.to_csv(index=False).encode()), slug="people")
    for name, value in {"about": "risk", **address}.items():
        at.query_params[name] = value
    at.run()
    assert frame.calm(at)
    return at


def charts(at: AppTest) -> dict[str, str]:
    """What each chart of the page says in words, by its key."""
    return {one.proto.id.rpartition("-")[2]: one.proto.alt for one in at.get("plotly_chart")}


def chooser(at: AppTest):
    return at.selectbox(key="select_score")


def test_without_scores_in_the_file_ogrs4_is_computed_and_others_can_be_chosen() -> None:
    at = page(people())
    assert chooser(at).options == [
        "OGRS4/G, two years, computed",
        "OGRS3, two years (legacy), computed",
        "OGRS3, one year (legacy), computed",
    ]
    assert "OGRS4/G (2 years), computed: a mean of" in frame.words(at)
    chooser(at).set_value("ogrs3_1").run()
    assert frame.address(at)["score"] == "ogrs3_1"
    mean = 100 * compute_scores(people(), "ogrs3_1").p.mean()
    assert f"OGRS3 (1 year), computed: a mean of {mean:.1f}" in frame.words(at)
    assert "bands are those of scores for two years" in frame.words(at)


def test_the_scores_of_the_file_come_first_and_are_checked() -> None:
    scored = people().assign(
        ogrs=compute_scores(people(), "ogrs3_2").shown, ogrs_version="OGRS3", ogrs_horizon="2 years"
    )
    scored.loc[0, "ogrs"] = (scored.loc[0, "ogrs"] + 20) % 90
    at = page(scored)
    assert chooser(at).options[0] == "As in the file"
    words = frame.words(at)
    assert "OGRS3 (2 years): a mean of" in words
    assert "11 of 12 scores in the pilot agree with the computed ones within 1 point" in words
    at = frame.open_part(at, "Which people (only on this screen)", "ogrs-checked.people")
    assert frame.table_with(at, "Person", "Difference")["Person"].tolist() == ["A00"]
    (button,) = (one for one in at.get("download_button") if "scores that differ" in one.proto.label)
    assert "INTERNAL_ogrs-checked_people_differences.csv" in button.proto.id


def test_a_link_to_a_score_that_is_not_there_says_so() -> None:
    at = page(people(), score="ogrs4_v")
    assert any("names a score" in warning.value for warning in at.main.warning)
    assert "OGRS4/G (2 years), computed" in frame.words(at)


def test_mixed_versions_are_refused_until_a_computed_score_is_chosen() -> None:
    mixed = people().assign(ogrs=50, ogrs_version=["OGRS3", "OGRS4/G"] * 6, ogrs_horizon="2 years")
    at = page(mixed)
    assert "more than one version (OGRS3 and OGRS4/G)" in frame.words(at)
    assert "choose a score that is computed" in frame.words(at)
    chooser(at).set_value("ogrs3_2").run()
    assert "OGRS3 (2 years), computed: a mean of" in frame.words(at)


def test_reoffending_stands_beside_what_was_expected_where_it_is_known() -> None:
    table = with_outcomes(people(), 0)
    at = page(table)
    assert f"Not an effect: {table['reoffended'].sum()} of 12 people" in frame.words(at)
    without = frame.words(frame.dashboard("people", about="risk"))
    assert "Not an effect" not in without
    assert "With the columns reoffended and followup_complete" in without


def test_the_sample_has_no_choice_and_says_what_would_give_more() -> None:
    at = frame.dashboard("people", about="risk")
    assert not [box for box in at.main.selectbox if box.key == "select_score"]
    assert "bands are those of scores for two years" in frame.words(at)
    assert "the scores in the case file are checked" in frame.words(at)


@pytest.mark.parametrize("case", WHOLE, ids=lambda case: case["offence"])
def test_the_calculator_gives_published_scores_and_keeps_nothing(case) -> None:
    at = frame.dashboard("people", about="risk")
    assert "What is entered here is not kept" not in frame.words(at)
    at.session_state["calculator"] = True
    at.run()
    before = frame.address(at)
    for name in FIELDS:
        at.number_input(key=f"calculator {name}").set_value(case[name])
    at.selectbox(key="calculator sex").set_value(case["sex"])
    at.selectbox(key="calculator ogrs_offence").set_value(case["offence"])
    at.run()
    assert frame.calm(at)
    words = frame.words(at)
    assert f"OGRS3, one year (legacy): {case['one_year']} %." in words
    assert f"OGRS3, two years (legacy): {case['two_year']} %, band" in words
    assert frame.address(at) == before
    table = frame.table_with(at, "What", "OGRS3, two years (legacy)").set_index("What")
    added = [float(cell.replace("−", "-")) for cell in table["OGRS3, two years (legacy)"].iloc[:-2] if cell != MISSING]
    assert sum(added) == pytest.approx(float(table.iloc[-2, 1].replace("−", "-")), abs=0.003)
    assert 100 / (1 + math.exp(-sum(added))) == pytest.approx(case["two_year"], abs=0.6)
    assert "a start value of" in charts(at)["calculator waterfall"]
    options = at.selectbox(key="calculator chart").options
    at.selectbox(key="calculator chart").set_value("OGRS3, two years (legacy)").run()
    assert frame.address(at) == before
    assert charts(at)["calculator waterfall"].endswith(f"is {case['two_year']} %.")
    assert "OGRS3, one year (legacy)" in options


def test_the_calculator_says_what_is_not_known_yet() -> None:
    at = frame.dashboard("people", about="risk")
    at.session_state["calculator"] = True
    at.run()
    said = frame.words(at)
    assert "Still to fill in: sex, age at the first sanction of all, age at the current conviction," in said
    assert "not computed." not in said
    assert not [table for table in frame.tables(at) if "What" in table.columns]


def test_the_chart_of_the_calculator_goes_on_where_the_score_that_was_chosen_can_not_be_computed_any_more() -> None:
    at = frame.dashboard("people", about="risk")
    at.session_state["calculator"] = True
    at.run()
    for name in FIELDS:
        at.number_input(key=f"calculator {name}").set_value(0 if name == "previous_sanctions" else 20)
    at.selectbox(key="calculator sex").set_value("male")
    at.selectbox(key="calculator ogrs_offence").set_value("fraud_forgery").run()
    at.selectbox(key="calculator chart").set_value("OGRS4/G, two years").run()
    assert charts(at)["calculator waterfall"].startswith("OGRS4/G, two years: a start value")
    only_three = sorted(load_ogrs3().offences.keys() - load_ogrs4().offences.keys())
    at.selectbox(key="calculator ogrs_offence").set_value(only_three[0]).run()
    assert frame.calm(at)
    assert charts(at)["calculator waterfall"].startswith("OGRS3, two years (legacy): a start value")
