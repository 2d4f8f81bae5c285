"""Before and after shows the groups, the change, those who left and the trail, and says no more than the data allow."""

from __future__ import annotations

import json

import pytest

from evalcore.sample import known_answers
from tests.pages import frame

SWEMWBS = "swemwbs.total.service-users"
SECTIONS = ["Who answered when", "Change", "Who did not come back", "Who took part"]
FORBIDDEN = ("caused", "improved", "effective", "worked", "significant")


def expanders(at: object) -> list[str]:
    return [part.label for part in at.main.get("expander")]  # type: ignore[attr-defined]


def test_the_sections_stand_in_order() -> None:
    assert [header.value for header in frame.dashboard("before_after").main.header] == SECTIONS


@pytest.mark.parametrize(
    "line", [line for line in known_answers()["published_table"] if line["instrument"] == "swemwbs"]
)
def test_the_groups_show_the_published_lines(line: dict[str, object]) -> None:
    at = frame.dashboard("before_after", measure=SWEMWBS)
    rows = {"all pre": "All, before", "all post": "All, after", "matched pre": "Matched, before"}
    row = frame.table_with(at, "Who", "Median").set_index("Who").loc[rows.get(str(line["group"]), "Matched, after")]
    assert (f"{row['Mean']} ({row['SD']})", row["People"]) == (line["here"], str(line["n"]))


def test_a_scale_of_a_questionnaire_can_be_chosen() -> None:
    at = frame.dashboard("before_after")
    at.main.selectbox(key="select_measure").select("uwes9.vigor.staff-and-volunteers").run()
    assert frame.address(at)["measure"] == "uwes9.vigor.staff-and-volunteers"
    assert "UWES-9 vigor" in frame.words(at)


def test_only_measures_of_the_chosen_people_are_offered() -> None:
    at = frame.dashboard("before_after", group="service-users")
    assert at.main.selectbox(key="select_measure").options == ["GSE, service users", "SWEMWBS, service users"]


def test_the_change_is_an_estimation_plot_with_a_line_for_each_person() -> None:
    at = frame.dashboard("before_after", measure=SWEMWBS)
    spec = json.loads(at.main.get("plotly_chart")[1].proto.spec)
    people = next(trace for trace in spec["data"] if trace["mode"] == "lines" and trace["y"].count(None) > 1)
    assert people["y"].count(None) == known_answers()["trail"]["swemwbs, gse: service user"]["matched"]
    assert "yaxis2" in spec["layout"]
    assert any(trace.get("error_y") for trace in spec["data"])


def test_below_ten_pairs_tests_are_one_click_away() -> None:
    at = frame.dashboard("before_after", measure=SWEMWBS)
    assert "Tests and effect sizes" in expanders(at)
    assert "p" not in {heading for table in frame.tables(at) for heading in table.columns}
    frame.open_part(at, "Tests and effect sizes", f"change.{SWEMWBS}")
    tests = next(part for part in at.main.get("expander") if part.label == "Tests and effect sizes")
    assert "d_z" in tests.table[0].value["What"].str.replace("\\", "").tolist()


@pytest.mark.parametrize(("pairs", "open_table"), [(29, False), (30, True)])
def test_from_thirty_pairs_on_tests_stand_in_the_open(pairs: int, open_table: bool) -> None:
    people = [(f"Q{i}", wave, 1 + (i + shift) % 4) for i in range(pairs) for shift, wave in enumerate(("pre", "post"))]
    at = frame.with_files(("many.csv", frame.answers(people)), slug="before_after")
    assert frame.calm(at)
    assert ("Tests and effect sizes" not in expanders(at)) == open_table
    if not open_table:
        frame.open_part(at, "Tests and effect sizes", "change.gse.total.service-users")
    assert frame.table_with(at, "p")["p"].iloc[2] != "–"


@pytest.mark.parametrize("slug", ["overview", "before_after"])
def test_no_sentence_claims_more_than_the_data_allow(slug: str) -> None:
    said = frame.words(frame.dashboard(slug)).lower()
    assert [word for word in FORBIDDEN if word in said] == []


def test_two_people_give_a_description_and_no_claim() -> None:
    at = frame.with_files(frame.TWO_PEOPLE, slug="before_after")
    assert frame.calm(at)
    row = frame.table_with(at, "Who", "Median").set_index("Who").loc["Matched, before"]
    assert row["People"] == "2"
    frame.open_part(at, "Tests and effect sizes", "change.gse.total.service-users")
    assert frame.table_with(at, "p")["p"].iloc[3] == "–"


def test_only_before_says_that_nobody_can_be_compared() -> None:
    at = frame.with_files(frame.ONLY_BEFORE, slug="before_after")
    assert frame.calm(at)
    row = frame.table_with(at, "Who", "Median").set_index("Who").loc["Matched, before"]
    assert (row["People"], row["Mean"]) == ("0", "–")
    links = [link.proto.label for link in at.main.get("page_link")]
    assert links == ["Add the missing questionnaires", "Add a roster"]


def test_an_empty_study_offers_to_add_a_file() -> None:
    at = frame.empty("before_after")
    assert "no answered questionnaire" in at.main.info[0].value
    assert not at.main.header
