"""More than error: what single changes are held against is chosen on the page and lives in the address."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages import frame

SWEMWBS = "swemwbs.total.service-users"
GSE = "gse.total.service-users"
UWES9 = "uwes9.total.staff-and-volunteers"


def error(measure: str = SWEMWBS, **address: str) -> AppTest:
    return frame.dashboard("before_after", part="error", measure=measure, **address)


def held_against(at: AppTest) -> AppTest:
    return at.main.selectbox(key="select_reliability")


def test_the_published_threshold_is_used_unasked_and_unverified_ones_say_so() -> None:
    at = error()
    assert frame.calm(at)
    assert held_against(at).options[0].startswith("Published: more than 2.87 points")
    assert all(option.endswith(": unverified") for option in held_against(at).options if "0.84" in option)
    assert "1 of 7 rose by more than error and 1 fell by more than error" in frame.words(at)
    assert "Individual-level and lenient" in frame.words(at)
    assert frame.address(at) == {"part": "error", "measure": SWEMWBS}


def test_the_counts_the_movement_and_the_thresholds_stand_in_the_open() -> None:
    at = error()
    assert frame.table_with(at, "After beside before")["People"].tolist() == ["1", "5", "1"]
    assert frame.table_with(at, "Before", "After: low")["After: medium"].tolist() == ["1", "3", "0"]
    assert frame.table_with(at, "Threshold", "Level")["Level"].unique().tolist() == ["individual"]


def test_another_source_and_method_live_in_the_address_and_go_with_the_measure() -> None:
    at = error(GSE)
    held_against(at).select("great_britain_test_retest").run()
    at.main.selectbox(key="select_method").select("edwards_nunnally").run()
    assert frame.calm(at)
    assert frame.address(at) == {
        "part": "error",
        "measure": GSE,
        "reliability": "great_britain_test_retest",
        "method": "edwards_nunnally",
    }
    assert "than expected by more than error" in frame.words(at)
    assert "test-retest reliability 0.71" in frame.words(at)
    at.main.selectbox(key="select_measure").select(SWEMWBS).run()
    assert frame.address(at) == {"part": "error", "measure": SWEMWBS}


def test_an_sd_and_a_reliability_are_typed_and_brought_by_a_link() -> None:
    at = error(GSE)
    held_against(at).select("typed").run()
    assert "Type both an SD and a reliability." in frame.words(at)
    at.main.number_input[0].set_value(5.0).run()
    assert "sd" not in frame.address(at)
    at.main.number_input[1].set_value(0.7).run()
    assert frame.address(at)["sd"] == "5-0.7"
    assert "SD 5.00 and reliability 0.70, as typed" in frame.words(at)
    at.main.number_input[0].set_value(6.5).run()
    assert frame.address(at)["sd"] == "6.5-0.7"
    linked = error(GSE, reliability="typed", sd="6.5-0.7")
    assert [box.value for box in linked.main.number_input] == [6.5, 0.7]
    assert frame.words(linked) == frame.words(at)


def test_a_change_in_points_is_typed() -> None:
    at = error(reliability="points")
    assert "Type a threshold in points." in frame.words(at)
    at.main.number_input(key="number_threshold").set_value(1.5).run()
    assert frame.address(at)["threshold"] == "1.5"
    assert "1.5 points or more, as typed on this page" in frame.words(at)


def test_without_a_published_reliability_the_page_says_what_is_missing() -> None:
    at = error(UWES9)
    assert frame.calm(at)
    assert not at.main.get("plotly_chart")
    assert "too few to take it from this sample unasked" in frame.words(at)
    held_against(at).select("sample").run()
    assert len(at.main.get("plotly_chart")) == 1
    assert "very uncertain" in frame.words(at)


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ({"reliability": "somewhere"}, "reliability"),
        ({"method": "crawford"}, "method"),
        ({"sd": "4"}, "SD and reliability"),
        ({"sd": "4-1"}, "SD and reliability"),
        ({"threshold": "99"}, "threshold"),
        ({"threshold": "much"}, "threshold"),
    ],
)
def test_a_link_that_names_nothing_says_so(address: dict[str, str], what: str) -> None:
    at = error(**address)
    assert frame.calm(at)
    assert f"The link names a {what} that is not in this study" in frame.words(at)
    assert frame.address(at) == {"part": "error", "measure": SWEMWBS}


@pytest.mark.parametrize("file", [frame.TWO_PEOPLE, frame.ONLY_BEFORE])
def test_a_few_people_or_one_time_only_break_nothing(file: tuple[str, bytes]) -> None:
    at = frame.with_files(file, slug="before_after")
    at.main.get("button_group")[0].set_value("error").run()
    assert frame.calm(at)
    assert "More than error?" in [header.value for header in at.main.header]
