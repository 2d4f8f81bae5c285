"""Questionnaires shows the published scores, the chosen norm and wave, and who left something out."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from evalcore import load_instrument, sample_study
from evalcore.sample import known_answers
from tests.pages import frame

SWEMWBS = "swemwbs.total.service-users"
SECTIONS = [
    "Scores",
    "Beside published scores",
    "Answers to each item",
    "Left out, or all the same",
    "How far the items agree",
]
GROUPS = {"service user": "service-users", "staff": "staff-and-volunteers"}
WAVES = {"all pre": "Before", "all post": "After"}
OF_EVERYONE = [line for line in known_answers()["published_table"] if line["group"] in WAVES]


def test_the_sections_stand_in_order() -> None:
    assert [header.value for header in frame.dashboard("questionnaires").main.header] == SECTIONS


@pytest.mark.parametrize("line", OF_EVERYONE, ids=lambda line: f"{line['instrument']} {line['role']} {line['group']}")
def test_the_scores_are_the_published_ones(line: dict[str, object]) -> None:
    at = frame.dashboard("questionnaires", measure=f"{line['instrument']}.total.{GROUPS[str(line['role'])]}")
    row = frame.table_with(at, "When", "Median").set_index("When").loc[WAVES[str(line["group"])]]
    assert (f"{row['Mean']} ({row['SD']})", row["People"]) == (line["here"], str(line["n"]))


def test_the_scores_lie_beside_the_norm_that_is_chosen() -> None:
    at = frame.dashboard("questionnaires", measure=SWEMWBS)
    for norm in load_instrument("swemwbs").norms[:2]:
        at.main.selectbox(key="select_norm").select(norm.name).run()
        assert frame.address(at)["norm"] == norm.name
        assert f"published mean {norm.mean:.1f} ({norm.label})" in frame.words(at)
    assert frame.calm(at)


def test_a_norm_for_men_is_held_against_men_only() -> None:
    study = sample_study()
    answered = study.responses[(study.responses["wave"] == "pre") & study.responses["swemwbs_1"].notna()]
    men = set(study.cases.loc[study.cases["sex"] == "male", "respondent_id"])
    at = frame.dashboard("questionnaires", measure=SWEMWBS, norm="england_2010_2013_men")
    assert at.main.selectbox(key="select_norm").value == "england_2010_2013_men"
    assert f"n = {answered['respondent_id'].isin(men).sum()})" in frame.words(at)


def test_another_measure_forgets_the_norm() -> None:
    at = frame.dashboard("questionnaires", measure=SWEMWBS, norm="england_2011")
    at.main.selectbox(key="select_measure").select("gse.total.service-users").run()
    assert "norm" not in frame.address(at)
    assert not at.warning


def test_a_link_to_a_norm_that_is_not_there_says_so() -> None:
    at = frame.dashboard("questionnaires", measure=SWEMWBS, norm="mars_2020")
    assert "published norm" in at.warning[0].value
    assert "norm" not in frame.address(at)


def answered(at: AppTest) -> int:
    """The n of the item answers, as the page says it."""
    (sentence,) = [text.value for text in at.main.get("text") if "upper answers" in text.value]
    return int(sentence.split("(n = ")[1].split(")")[0])


def test_the_answers_are_those_of_the_chosen_wave() -> None:
    at = frame.dashboard("questionnaires", measure=SWEMWBS)
    trail = known_answers()["trail"]["swemwbs, gse: service user"]
    assert answered(at) == trail["answered pre"]
    at.main.selectbox(key="select_wave").select("after").run()
    assert frame.address(at)["wave"] == "after"
    assert answered(at) == trail["answered post"]


def test_only_waves_that_somebody_answered_are_offered() -> None:
    at = frame.with_files(frame.ONLY_BEFORE, slug="questionnaires")
    assert at.main.selectbox(key="select_wave").options == ["Before"]


def test_each_item_is_named_by_its_keyword() -> None:
    at = frame.open_part(frame.dashboard("questionnaires", measure=SWEMWBS), "Table", f"answers.{SWEMWBS}.before")
    table = frame.table_with(at, "None of the time", "All of the time")
    keywords = [item.keyword for item in load_instrument("swemwbs").items]
    assert table["Keyword"].tolist() == keywords


GAPS = b"""respondent_id,wave,role,gse_1,gse_2,gse_3,gse_4,gse_5,gse_6,gse_7,gse_8,gse_9,gse_10
Q1,pre,service user,3,3,3,3,3,3,3,3,3,3
Q2,pre,service user,1,2,3,4,1,2,,4,1,2
Q3,pre,service user,1,2,,,,,3,4,1,2
"""


def test_who_left_something_out_or_answered_all_the_same_is_named_on_this_screen_only() -> None:
    at = frame.with_files(("gaps.csv", GAPS), slug="questionnaires")
    assert "2 of 3" in frame.words(at)
    (part,) = [one for one in at.main.get("expander") if one.label.startswith("Which people")]
    assert not part.table
    frame.open_part(at, "Which people (only on this screen)", "missing.gse.total.service-users.before")
    (part,) = [one for one in at.main.get("expander") if one.label.startswith("Which people")]
    assert set(part.table[0].value.iloc[:, 0]) == {"Q1", "Q2", "Q3"}


def test_a_group_without_a_measure_says_so_and_leads_on() -> None:
    at = frame.with_files(
        frame.TWO_PEOPLE, ("r.csv", b"respondent_id,site,consent\nQ9,North,given\n"), slug="questionnaires"
    )
    at.sidebar.selectbox(key="select_site").select("1").run()
    assert "Nobody among the people and the site" in frame.words(at)
