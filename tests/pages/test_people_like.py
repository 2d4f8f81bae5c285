"""The parts of the page People on needs like for like, on needs by group, and on other categories."""

from __future__ import annotations

import pytest

from evalcore.rules.needs import load_need_rules
from tests.outcomes.oracle import read
from tests.pages import frame

PROFILES = {"+".join(one["hold"]): one for one in read("like_for_like.json")["profiles"]}
NEEDS = read("people_needs.json")
LABEL = {need: rule.label for need, rule in load_need_rules().items()}
CASES = b"respondent_id,sex,age,drugs_score,alcohol_score\nA1,male,30,1,2\nA2,female,31,,5\nA3,,,4,\n"
PEOPLE = b"".join(b"C%d,%s,%d,1,5\n" % (at, sex, 30) for at in range(40) for sex in (b"male",))
CASELOAD = b"respondent_id,sex,age,drugs_score,alcohol_score\n" + PEOPLE


def like(**address: str):
    return frame.dashboard("people", about="like", **address)


def ticked(at) -> list[str]:
    return [box.label for box in at.main.checkbox if box.value]


@pytest.mark.parametrize(
    ("hold", "profile"), [("", "sex+age_band"), ("sex", "sex"), ("nothing", "")], ids=["usual", "sex", "nothing"]
)
def test_the_table_is_that_of_r(hold: str, profile: str) -> None:
    at = like(hold=hold)
    table = frame.table_with(at, "Need", "Expected").set_index("Need")
    for line in PROFILES[profile]["needs"]:
        row = table.loc[LABEL[line["need"]]]
        assert row["Matched (people like them)"].split()[0] == str(line["n_like"])
        assert row["Expected"].split()[0] == f"{line['expected']:.1f}"
        assert row["Matched: with the need"].split()[0] == str(line["observed_like"])
    assert frame.calm(at)


def test_what_is_ticked_stands_in_the_address() -> None:
    at = like()
    assert ticked(at) == ["Sex", "Age"]
    next(box for box in at.main.checkbox if box.label == "Company").check().run()
    assert at.query_params["hold"] == "sex,age_band,company"
    assert "alike in sex, age and company" in frame.words(at)
    for label in ("Sex", "Age", "Company"):
        next(box for box in at.main.checkbox if box.label == label).uncheck().run()
    assert at.query_params["hold"] == "nothing"
    assert ticked(at) == []
    assert frame.calm(at)


def test_the_least_number_is_printed_and_stands_in_the_address() -> None:
    at = like()
    assert "must be assessed among those alike: 20." in frame.words(at)
    at.main.number_input(key="number_least").set_value(35).run()
    assert at.query_params["least"] == "35"
    assert "must be assessed among those alike: 35." in frame.words(at)


def test_the_next_coarser_choice_is_a_button() -> None:
    at = like(hold="sex,age_band,ogrs_band,company,offence")
    assert "of 27 people who are assessed the caseload has fewer than 20 people like them" in frame.words(at)
    button = next(button for button in at.main.button if button.label == "Hold offence alike no longer")
    button.click().run()
    assert at.query_params["hold"] == "sex,age_band,ogrs_band,company"
    assert "Offence" not in ticked(at)
    assert not any("alike no longer" in button.label for button in like(hold="sex").main.button)


def test_a_link_to_what_can_not_be_held_alike_is_left_out_and_said() -> None:
    at = like(hold="sex,height")
    assert "names something to hold alike that there is not" in at.warning[0].value
    assert ticked(at) == ["Sex", "Age"]
    assert frame.calm(at)


def test_without_a_caseload_the_page_says_what_to_add() -> None:
    at = frame.with_files(("cases.csv", CASES), slug="people")
    at.query_params["about"] = "like"
    at.run()
    assert "There is no caseload to look for people like these in." in frame.words(at)
    assert "needs a caseload of people, not published figures" in frame.words(at)
    assert frame.calm(at)


def test_what_is_not_known_can_not_be_ticked_and_a_handful_is_described() -> None:
    at = frame.with_files(("cases.csv", CASES), ("caseload.csv", CASELOAD), slug="people")
    at.query_params["about"] = "like"
    at.run()
    disabled = [box.label for box in at.main.checkbox if box.disabled]
    assert disabled == ["OGRS", "Company", "Offence"]
    assert "Not held alike, company: it is not known in the pilot and caseload." in frame.words(at)
    assert "too few to compare" in frame.words(at)
    assert frame.calm(at)


@pytest.mark.parametrize("by", ["sex", "site"])
def test_needs_by_group_are_those_of_r(by: str) -> None:
    at = frame.dashboard("people", about="needs", by=by)
    labels = {"male": "Men", "female": "Women"}
    lines = NEEDS[f"by_{by}"]
    names = list(dict.fromkeys(labels.get(line["group"], line["group"]) for line in lines))
    assert f"OASys needs by {by} in the pilot" in frame.words(at)
    assert all(name in frame.words(at) for name in names)
    assert frame.calm(at)


def test_the_offences_are_those_of_r() -> None:
    table = frame.table_with(frame.dashboard("people"), "Category", "People").set_index("Category")
    for line in NEEDS["offences"]:
        row = table.loc[line["offence"].capitalize()]
        assert row["People"].split()[0] == str(line["pilot"])
        assert row["Caseload: people"].replace(",", "") == str(line["caseload"])


def test_another_category_is_chosen_in_the_address() -> None:
    at = frame.dashboard("people", by="sentence")
    assert "Sentence in the pilot" in frame.words(at)
    at.main.selectbox(key="select_by").set_value("status").run()
    assert at.query_params["by"] == "status"
    assert "Status in the pilot" in frame.words(at)
    assert frame.calm(at)
