"""Overview shows the published figures and the trail of numbers for each measure and role."""

from __future__ import annotations

import json

import pytest

from evalcore.columns import STEPS
from evalcore.sample import known_answers
from tests.pages import frame

ROWS = {
    "all pre": "All, before",
    "all post": "All, after",
    "matched pre": "Matched, before",
    "matched post": "Matched, after",
}
ORDER = [("gse", "service user"), ("gse", "staff"), ("swemwbs", "service user"), ("uwes9", "staff")]
PUBLISHED = known_answers()["published_table"]


@pytest.mark.parametrize("line", PUBLISHED, ids=lambda line: f"{line['instrument']} {line['role']} {line['group']}")
def test_a_card_shows_the_published_line(line: dict[str, object]) -> None:
    at = frame.dashboard()
    cards = [table for table in frame.tables(at) if {"Who", "Mean"} <= set(table.columns)]
    card = cards[ORDER.index((str(line["instrument"]), str(line["role"])))].set_index("Who")
    row = card.loc[ROWS[str(line["group"])]]
    assert f"{row['Mean']} ({row['SD']})" == line["here"]
    assert row["People"] == str(line["n"])


def test_the_trail_stands_beside_each_card() -> None:
    at = frame.dashboard()
    trails = [table["People"].tolist() for table in frame.tables(at) if "Step" in table.columns]
    known = known_answers()["trail"]
    of_service_users, of_staff = known["swemwbs, gse: service user"], known["gse, uwes9: staff"]
    expected = [of_service_users, of_staff, of_service_users, of_staff]
    assert trails == [[str(known_steps[step]) for step in STEPS] for known_steps in expected]


def test_each_measure_has_its_heading_and_a_flow_chart() -> None:
    at = frame.dashboard()
    headings = ["What the study holds", "GSE, service users", "GSE, staff", "SWEMWBS, service users", "UWES-9, staff"]
    assert [header.value for header in at.main.header] == headings
    charts = [json.loads(chart.proto.spec) for chart in at.main.get("plotly_chart")]
    flow = [chart for chart in charts if chart["layout"].get("shapes")]
    assert len(flow) == 4
    assert any("27" in note["text"] for note in flow[0]["layout"]["annotations"])


def test_each_chart_has_its_sentence_as_alternative_text() -> None:
    at = frame.dashboard()
    sentences = {text.value for text in at.main.text}
    alternatives = [chart.proto.alt for chart in at.main.get("plotly_chart")]
    assert alternatives
    assert set(alternatives) <= sentences


def test_no_p_value_stands_on_a_card_of_few_pairs() -> None:
    assert "p =" not in frame.words(frame.dashboard())
    assert not any("p" in table.columns for table in frame.tables(frame.dashboard()))


def test_a_group_and_a_site_leave_only_their_people() -> None:
    at = frame.dashboard(group="service-users", site="2")
    assert [header.value for header in at.main.header][1:] == ["GSE, service users", "SWEMWBS, service users"]
    assert "at Site 2" in frame.words(at)


def test_an_empty_study_says_so_and_what_to_do() -> None:
    at = frame.empty("overview")
    assert at.main.info[0].value == "This study holds no data yet."
    assert "Add a questionnaire file" in [link.proto.label for link in at.main.get("page_link")]
    assert not at.main.get("plotly_chart")


def test_a_study_without_answers_shows_what_it_holds_and_what_to_do() -> None:
    at = frame.with_files(("roster.csv", b"respondent_id,consent\nQ1,given\n"))
    assert frame.table_with(at, "Rows")["Rows"].tolist()[1] == "1"
    assert "no answered questionnaire" in at.main.info[0].value


def test_choices_that_leave_nobody_say_so_and_offer_the_way_out() -> None:
    more = b"respondent_id,role,site,consent\nQ1,service user,North,given\nQ9,service user,South,given\n"
    at = frame.with_files(frame.TWO_PEOPLE, ("roster.csv", more))
    at.sidebar.selectbox(key="select_site").select("2").run()
    assert "Nobody among the people" in at.main.info[0].value
    next(button for button in at.main.button if button.label == "Show everyone at all sites").click().run()
    assert frame.address(at) == {}
    assert "GSE, service users" in frame.words(at)


def test_without_a_roster_nobody_is_said_to_be_missing() -> None:
    at = frame.with_files(frame.TWO_PEOPLE)
    trail = dict(zip(STEPS, frame.table_with(at, "Step")["People"], strict=True))
    assert (trail["asked"], trail["matched"]) == ("–", "2")
