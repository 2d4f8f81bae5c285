"""Feasibility, and what a pilot is judged by: typed on the plan's page, kept, and held against the data."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from evalcore.plan import STARTS
from evalcore.sample import known_answers
from tests.pages import frame
from tests.plan.made import GSE

TRAIL = known_answers()["trail"]["swemwbs, gse: service user"]
PILOT = known_answers()["pilot"]


def press(at: AppTest, label: str) -> AppTest:
    return next(button for button in at.main.button if button.label == label).click().run()


def typed(at: AppTest, what: str, go: float, stop: float, why: str) -> AppTest:
    """Choose one criterion and write its lines and its reason."""
    names = at.main.multiselect(key="draft plan criteria")
    names.set_value([*names.value, what]).run()
    at.main.number_input(key=f"draft plan go {what}").set_value(go).run()
    at.main.number_input(key=f"draft plan stop {what}").set_value(stop).run()
    return at.main.text_input(key=f"draft plan why {what}").set_value(why).run()


@pytest.fixture
def judged() -> AppTest:
    """The sample study with a plan that says what the pilot is judged by."""
    at = frame.dashboard("plan")
    at.main.multiselect(key="draft plan main").set_value([GSE]).run()
    at.main.number_input(key="draft plan target 0").set_value(30).run()
    at.main.number_input(key="draft plan target 1").set_value(12).run()
    typed(at, STARTS, 30, 20, "Places paid for.")
    typed(at, "consent", 80.0, 50.0, "Agreed with the funder.")
    return press(at, "Fix this plan")


def test_what_is_typed_is_fixed_with_the_plan(judged: AppTest) -> None:
    assert frame.calm(judged)
    words = frame.words(judged)
    assert "Target. In all: 30 starts." in words
    assert "Target. Site 1: 12 starts." in words
    assert "People who started: go from 30, stop below 20, amend between the two. Why: Places paid for." in words
    assert "Consented, of those asked: go from 80 %, stop below 50 %" in words
    assert "not beforehand" in words


def test_the_form_opens_with_what_the_plan_says_and_fixes_nothing_new() -> None:
    at = frame.dashboard("plan")
    at.main.multiselect(key="draft plan main").set_value([GSE]).run()
    at.main.number_input(key="draft plan target 0").set_value(30).run()
    typed(at, "consent", 55.0, 50.0, "Agreed.")
    at = press(press(at, "Fix this plan"), "Amend the plan")
    assert at.main.number_input(key="draft plan target 0").value == 30
    assert at.main.number_input(key="draft plan go consent").value == 55.0
    assert at.main.text_input(key="draft plan why consent").value == "Agreed."
    assert "Version 2" not in frame.words(press(at, "Fix this plan"))


def test_a_criterion_without_lines_or_reason_is_not_fixed() -> None:
    at = frame.dashboard("plan")
    at.main.multiselect(key="draft plan main").set_value([GSE]).run()
    at.main.multiselect(key="draft plan criteria").set_value(["both"]).run()
    at = press(at, "Fix this plan")
    said = " ".join(one.value for one in at.main.error).replace("\\", "")
    assert "be from 0 to 100 per cent" in said
    assert "Say why the lines of" in said


def test_without_a_plan_the_page_says_where_to_write_it() -> None:
    at = frame.dashboard("feasibility")
    assert frame.calm(at)
    assert "Nothing is written down yet" in at.main.info[0].value
    table = frame.table_with(at, "Part", "By the estimate").set_index("What")
    assert (table.loc["Consented, of those asked", "People"], table.loc["Consented, of those asked", "Of"]) == (
        str(TRAIL["consented"]),
        str(TRAIL["asked"]),
    )
    assert set(table["By the estimate"]) == {""}


def test_the_page_holds_the_data_against_what_was_written(judged: AppTest) -> None:
    at = frame.go(judged, "feasibility")
    assert frame.calm(at)
    table = frame.table_with(at, "Part", "By the estimate").set_index("What")
    assert table.loc["Started", ["People", "By the estimate"]].tolist() == [str(PILOT["n"]), "amend"]
    consent = table.loc["Consented, of those asked"]
    assert consent["By the estimate"] == "go"
    assert consent["The interval"] == "the interval reaches below the go line"
    words = frame.words(at)
    assert "of a target of 30" in words
    assert "were not written down beforehand" in words


def test_an_empty_study_says_what_to_add() -> None:
    at = frame.empty("feasibility")
    assert frame.calm(at)
    assert "no case file and no list" in at.main.info[0].value


def test_reach_shows_starts_at_each_site() -> None:
    at = frame.dashboard("people", about="reach")
    assert frame.calm(at)
    assert [header.value for header in at.main.header] == ["Reach"]
    table = frame.table_with(at, "Where", "Start rate (%)").set_index("Where")
    assert {site: int(table.loc[site, "Started"]) for site in PILOT["by_site"]} == PILOT["by_site"]
    words = frame.words(at)
    assert "There is no curve: no day is known" in words
    assert "No target of starts is written down." in words


def test_reach_at_a_site_and_against_its_target(judged: AppTest) -> None:
    at = frame.go(judged, "people")
    at.query_params["about"], at.query_params["site"] = "reach", "1"
    at = at.run()
    assert frame.calm(at)
    assert "a target of 12 starts: 9 is 75 %" in frame.words(at)
