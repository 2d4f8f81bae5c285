"""Before and after shows the groups, the change, those who left and the trail, and says no more than the data allow."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from evalcore.decisions import SamePerson
from evalcore.sample import known_answers
from tests.pages import frame

SWEMWBS = "swemwbs.total.service-users"
SECTIONS = {
    "": ["Answer"],
    "matched": ["Matched people"],
    "everyone": ["Everyone's answers"],
    "missing": ["Who is missing", "How those who left began", "What if they had answered?", "Why they left"],
    "error": ["More than error?"],
    "regression": ["Regression to the mean"],
    "small": ["Too small to matter?"],
    "groups": ["By group"],
    "time": ["When they answered", "How it was filled in"],
    "outcomes": ["All outcomes"],
}
FORBIDDEN = ("caused", "improved", "effective", "worked", "significant")


def expanders(at: object) -> list[str]:
    return [part.label for part in at.main.get("expander")]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("part", "headers"), SECTIONS.items())
def test_each_part_is_drawn_alone(part: str, headers: list[str]) -> None:
    at = frame.dashboard("before_after", part=part) if part else frame.dashboard("before_after")
    assert frame.calm(at)
    assert [header.value for header in at.main.header] == headers


def test_a_part_is_chosen_by_a_button_and_lives_in_the_address() -> None:
    at = frame.dashboard("before_after")
    at.main.segmented_control(key="select_part").set_value("everyone").run()
    assert frame.address(at)["part"] == "everyone"
    assert [header.value for header in at.main.header] == SECTIONS["everyone"]


def test_a_link_to_a_part_that_is_not_there_says_so() -> None:
    at = frame.dashboard("before_after", part="everything")
    assert "The link names a part of this page" in frame.words(at)
    assert [header.value for header in at.main.header] == SECTIONS[""]


@pytest.mark.parametrize(
    "line", [line for line in known_answers()["published_table"] if line["instrument"] == "swemwbs"]
)
def test_the_groups_show_the_published_lines(line: dict[str, object]) -> None:
    at = frame.dashboard("before_after", part="everyone", measure=SWEMWBS)
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
    spec = json.loads(at.main.get("plotly_chart")[0].proto.spec)
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
    assert frame.calm(frame.part(at, "everyone"))
    row = frame.table_with(at, "Who", "Median").set_index("Who").loc["Matched, before"]
    assert row["People"] == "2"
    frame.part(at, "matched")
    frame.open_part(at, "Tests and effect sizes", "change.gse.total.service-users")
    assert frame.table_with(at, "p")["p"].iloc[3] == "–"


def test_only_before_says_that_nobody_can_be_compared() -> None:
    at = frame.with_files(frame.ONLY_BEFORE, slug="before_after")
    assert links(at) == ["Add the missing questionnaires"]
    assert frame.calm(frame.part(at, "everyone"))
    row = frame.table_with(at, "Who", "Median").set_index("Who").loc["Matched, before"]
    assert (row["People"], row["Mean"]) == ("0", "–")
    assert links(frame.part(at, "time")) == ["Add a file with dates", "Add a file that says it"]
    assert "Add a roster" in links(frame.part(at, "missing"))


def links(at: AppTest) -> list[str]:
    return [link.proto.label for link in at.main.get("page_link")]


# --- when they answered ------------------------------------------------------------------------------------------


def weeks_of(at: AppTest) -> list[int | None]:
    return [box.value for box in at.main.number_input]


def test_the_weeks_between_are_shown_and_no_window_is_chosen() -> None:
    at = frame.dashboard("before_after", part="time", measure=SWEMWBS)
    assert frame.calm(at)
    assert "SWEMWBS, service users: a median of 17.0 weeks between before and after" in frame.words(at)
    assert weeks_of(at) == [None, None]
    assert "window" not in frame.address(at)


def test_a_window_is_chosen_in_two_boxes_and_lives_in_the_address() -> None:
    at = frame.dashboard("before_after", part="time", measure=SWEMWBS)
    at.main.number_input[0].set_value(12).run()
    assert "window" not in frame.address(at)
    at.main.number_input[1].set_value(16).run()
    assert frame.address(at)["window"] == "12-16"
    table = frame.table_with(at, "Which pairs", "Mean change").set_index("Which pairs")
    assert table["Pairs"].to_dict() == {"All pairs": "7", "12 to 16 weeks": "3", "Outside": "4"}
    assert "4 of these 7 lie outside 12 to 16 weeks." in frame.words(at)
    at.main.number_input[0].set_value(None).run()
    assert "window" not in frame.address(at)
    assert "Outside" not in "".join(heading for table in frame.tables(at) for heading in table.iloc[:, 0])


def test_a_link_brings_the_window() -> None:
    at = frame.dashboard("before_after", part="time", measure=SWEMWBS, window="12-16")
    assert weeks_of(at) == [12, 16]
    assert frame.table_with(at, "Which pairs")["Pairs"].tolist() == ["7", "3", "4"]


@pytest.mark.parametrize("window", ["20-12", "soon", "0-999"])
def test_a_link_that_names_no_window_says_so(window: str) -> None:
    at = frame.dashboard("before_after", part="time", measure=SWEMWBS, window=window)
    assert weeks_of(at) == [None, None]
    assert "The link names a window of weeks" in frame.words(at)


def test_a_window_the_wrong_way_round_is_said_and_not_used() -> None:
    at = frame.dashboard("before_after", part="time", measure=SWEMWBS, window="12-16")
    at.main.number_input[0].set_value(30).run()
    assert "A window runs from fewer to more weeks" in frame.words(at)
    assert "window" not in frame.address(at)
    assert weeks_of(at) == [30, 16]


def test_pairs_outside_the_window_are_named_on_the_screen_alone() -> None:
    at = frame.dashboard("before_after", part="time", measure=SWEMWBS, window="12-16")
    frame.open_part(at, "Which people (only on this screen)", f"timing.{SWEMWBS}")
    assert frame.table_with(at, "Person", "Why")["Person"].tolist() == ["SU02", "SU03", "SU04", "SU06"]


# --- how it was filled in, near misses, and every row ------------------------------------------------------------


def test_the_ways_of_filling_in_stand_beside_each_other() -> None:
    at = frame.dashboard("before_after", part="time", measure=SWEMWBS)
    assert "where it says “paper with help” (n = 5)" in frame.words(at)
    frame.open_part(at, "Table", f"circumstances.{SWEMWBS}")
    assert frame.table_with(at, "How it was filled in")["People"].tolist()[:2] == ["13", "5"]


def test_without_dates_and_circumstances_the_page_says_which_columns_would_tell() -> None:
    at = frame.part(frame.with_files(frame.TWO_PEOPLE, slug="before_after"), "time")
    assert "Of 2 pairs none has usable dates" in frame.words(at)
    assert "how_completed" in frame.words(at)
    assert not at.main.number_input


def test_every_row_of_the_files_is_counted_one_click_away() -> None:
    at = frame.dashboard("before_after", part="missing", measure=SWEMWBS)
    frame.open_part(at, "rows", f"trail.{SWEMWBS}")
    rows = frame.table_with(at, "Step", "How many").set_index("Step")["How many"]
    assert rows["Rows read in the questionnaire files"] == "43"
    assert (rows["Valid before"], rows["Valid after"], rows["Matched: a score both times"]) == ("18", "12", "7")


def test_pairs_by_a_confirmed_near_miss_are_shown_with_and_without() -> None:
    people = [(f"Q{i}", wave, 1 + i % 3) for i in range(1, 5) for wave in ("pre", "post")]
    slips = [("Q900", "pre", 2), ("Q9OO", "post", 3)]
    at = frame.part(frame.with_files(("slips.csv", frame.answers([*people, *slips])), slug="before_after"), "time")
    assert "Confirmed near misses" not in [header.value for header in at.main.header]
    study = at.session_state["study"]
    at.session_state["study"] = study.decide(SamePerson("Q9OO", "Q900", "service user", same=True))
    at.run()
    assert frame.calm(at)
    assert "1 of 5 pairs rests on a confirmed near miss" in frame.words(at)
    table = frame.table_with(at, "Which pairs").set_index("Which pairs")
    assert table["Pairs"].to_dict() == {"With confirmed near misses": "5", "Without them": "4"}


@pytest.mark.parametrize("slug", ["overview", "before_after"])
def test_every_result_can_be_shown_without_confirmed_near_misses(slug: str) -> None:
    people = [(f"Q{i}", wave, 1 + i % 3) for i in range(1, 5) for wave in ("pre", "post")]
    slips = [("Q900", "pre", 2), ("Q9OO", "post", 3)]
    at = frame.with_files(("slips.csv", frame.answers([*people, *slips])), slug=slug)
    assert "Confirmed near misses" not in [box.label for box in at.sidebar.selectbox]
    study = at.session_state["study"]
    at.session_state["study"] = study.decide(SamePerson("Q9OO", "Q900", "service user", same=True))
    at.run()
    counted = frame.words(at)
    at.sidebar.selectbox(key="select_matches").select("exact").run()
    assert frame.calm(at)
    assert frame.address(at)["matches"] == "exact"
    assert "without confirmed near misses" in at.sidebar.markdown[0].value
    assert frame.words(at) != counted
    assert "Confirmed near misses" not in [header.value for header in at.main.header]
    at.session_state["study"] = study
    assert "choice about near misses that is not in this study" in frame.words(at.run())


def test_an_empty_study_offers_to_add_a_file() -> None:
    at = frame.empty("before_after")
    assert "no answered questionnaire" in at.main.info[0].value
    assert not at.main.header
