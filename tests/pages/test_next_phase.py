"""Next phase asks for the smallest change that matters and shows how many people it needs, and the paragraph."""

from __future__ import annotations

import itertools
import math

import pytest
from streamlit.testing.v1 import AppTest

from tests.outcomes.oracle import read
from tests.pages import frame

SWEMWBS = "swemwbs.total.service-users"
FORBIDDEN = ("caused", "improve", "effective", "worked", "significan", "impact")
ANSWERED = {
    "": {"change": "2.87", "measure": SWEMWBS},
    "effect": {"change": "0.5"},
    "groups": {"change": "2", "measure": SWEMWBS},
    "proportions": {"from": "40", "to": "30"},
    "clusters": {"change": "2", "cluster": "15", "icc": "0.05", "measure": SWEMWBS},
    "clusters-shares": {"from": "40", "to": "30", "cluster": "40", "icc": "0.02"},
}


def page(design: str = "", **address: str) -> AppTest:
    more = {"design": design} if design else {}
    return frame.dashboard("next_phase", **more, **address)


def paragraphs(at: AppTest) -> list[str]:
    """What stands right above the download of the paragraph."""
    elements = [element for element in at.main if element.type in ("text", "download_button")]
    pairs = itertools.pairwise(elements)
    return [text.value for text, button in pairs if getattr(button, "label", "").startswith("Paragraph to share")]


def numbers(at: AppTest) -> dict[str, float | None]:
    return {box.label: box.value for box in at.main.number_input}


# --- the published pilot ----------------------------------------------------------------------------------------------


def test_the_pairs_of_the_published_pilot() -> None:
    """SD 3.06 from 7 pairs, 2.87 points, 80 % power: 12, 20 (the advice), 6 to 46; 7 of 27 completing."""
    at = page(change="2.87", measure=SWEMWBS)
    assert frame.calm(at)
    table = frame.table_with(at, "Planned with", "Pairs").set_index("Planned with")
    assert table["Pairs"].tolist() == ["12", "20", "6", "46"]
    assert table["SD of the changes (points)"].iloc[0] == "3.06"
    assert table["People to recruit"].iloc[1] == f"{math.ceil(20 * 27 / 7)}"
    assert "plan 20 pairs for a mean change of 2.87 points" in frame.words(at)
    assert "At 7 of 27 completing, as in the pilot" in frame.words(at)
    assert "The change that the pilot saw is not used" in frame.words(at)


@pytest.mark.parametrize("design", ANSWERED)
def test_every_design_gives_its_plan_its_curve_and_its_paragraph(design: str) -> None:
    at = page(design, **ANSWERED[design])
    assert frame.calm(at)
    assert len(at.main.get("plotly_chart")) == 1
    (paragraph,) = paragraphs(at)
    assert "80 % power and a two-sided alpha of 0.05" in paragraph
    said = f"{frame.words(at)} {paragraph}".lower()
    assert [word for word in FORBIDDEN if word in said] == []
    assert at.sidebar.selectbox  # the frame is there


@pytest.mark.parametrize("design", ANSWERED)
def test_nothing_is_planned_before_the_smallest_difference_is_named(design: str) -> None:
    at = page(design, **({"measure": SWEMWBS} if "measure" in ANSWERED[design] else {}))
    assert frame.calm(at)
    assert not at.main.get("plotly_chart")
    assert "nothing can be planned" in frame.words(at)
    assert not paragraphs(at)


def test_two_shares_are_as_in_r() -> None:
    expected = next(one for one in read("planning.json")["shares"] if (one["p1"], one["p2"]) == (0.5, 0.4))
    at = page("proportions", **{"from": "50", "to": "40"})
    table = frame.table_with(at, "Power", "People in each group").set_index("Power")
    assert table.loc["80 %", "People in each group"] == str(expected["needed"])


def test_equal_shares_are_said_to_be_none() -> None:
    at = page("proportions", **{"from": "40", "to": "40"})
    assert frame.calm(at)
    assert "there is no difference to plan for" in frame.words(at)
    assert not at.main.get("plotly_chart")


# --- choices ----------------------------------------------------------------------------------------------------------


def test_choices_live_in_the_address_and_the_reason_does_not() -> None:
    at = page(measure=SWEMWBS)
    at.main.number_input(key="number_change").set_value(3.0).run()
    at.main.selectbox(key="select_power").select("90").run()
    at.main.number_input(key="number_completion").set_value(50.0).run()
    at.main.text_input[0].set_value("agreed with the service").run()
    address = frame.address(at)
    assert (address["change"], address["power"], address["completion"]) == ("3", "90", "50")
    assert not [value for value in address.values() if "agreed" in value]
    assert "(agreed with the service)" in paragraphs(at)[0]
    assert "90 % power" in paragraphs(at)[0]
    assert "At 50 % completing" in frame.words(at)


def test_another_design_is_chosen_on_the_page() -> None:
    at = page(measure=SWEMWBS)
    at.main.selectbox(key="select_design").select("proportions").run()
    assert frame.address(at)["design"] == "proportions"
    assert "select_measure" not in [box.key for box in at.main.selectbox]
    assert frame.calm(at)


def test_without_an_intra_class_correlation_the_usual_ones_stand_side_by_side() -> None:
    at = page("clusters", change="2", cluster="15", measure=SWEMWBS)
    table = frame.table_with(at, "Intra-class correlation", "Clusters in each arm")
    assert table["Intra-class correlation"].tolist() == ["0.01", "0.05", "0.1"]
    assert not paragraphs(at)
    at.main.number_input(key="number_icc").set_value(0.02).run()
    table = frame.table_with(at, "Intra-class correlation", "Clusters in each arm")
    assert table["Intra-class correlation"].tolist() == ["0.01", "0.02 (chosen)", "0.05", "0.1"]
    assert len(paragraphs(at)) == 1


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ({"design": "crossover"}, "design"),
        ({"change": "0"}, "smallest change"),
        ({"change": "much"}, "smallest change"),
        ({"power": "100"}, "power"),
        ({"completion": "0"}, "share who complete"),
        ({"completion": "200"}, "share who complete"),
        ({"correlation": "1"}, "correlation"),
        ({"from": "-1"}, "share"),
        ({"icc": "1"}, "intra-class correlation"),
        ({"cluster": "0"}, "number of people in a cluster"),
    ],
)
def test_a_link_that_can_not_be_is_said(address: dict[str, str], what: str) -> None:
    at = frame.dashboard("next_phase", **address)
    assert frame.calm(at)
    assert f"The link names a {what} that is not in this study" in frame.words(at)


def test_the_plan_offers_its_smallest_change() -> None:
    from evalcore.plan import Outcome

    at = page(measure=SWEMWBS)
    study = at.session_state["study"]
    outcome = Outcome(SWEMWBS, "higher", 1.5, "agreed beforehand")
    at.session_state["study"] = study.fix_plan([outcome], "", "", "", at="2026-05-03T09:00:00+00:00")
    at.run()
    assert frame.calm(at)
    assert numbers(at)["Smallest mean change that matters (points)"] == 1.5
    assert "for a mean change of 1.5 points" in frame.words(at)
    assert "(agreed beforehand)" in paragraphs(at)[0]


# --- who is behind it -------------------------------------------------------------------------------------------------


def test_a_paragraph_that_may_not_leave_is_not_offered_to_copy() -> None:
    at = page(change="2", measure="gse.total.staff-and-volunteers")
    assert frame.calm(at)
    assert not paragraphs(at)
    assert "It can not leave" in frame.words(at)


def test_a_site_changes_nothing_and_it_says_so() -> None:
    at = page(change="2.87", measure=SWEMWBS, site="1")
    assert frame.calm(at)
    assert "A plan is made for all sites together" in frame.words(at)
    assert frame.table_with(at, "Planned with", "Pairs")["Pairs"].tolist() == ["12", "20", "6", "46"]


# --- little or nothing ------------------------------------------------------------------------------------------------


def test_an_empty_study_can_plan_for_a_share_and_offers_to_add_a_file() -> None:
    at = frame.empty("next_phase")
    assert frame.calm(at)
    assert "no answered questionnaire yet" in frame.words(at)
    assert [link.proto.label for link in at.main.get("page_link")] == ["Add a questionnaire file"]
    at.main.selectbox(key="select_design").select("proportions").run()
    at.main.number_input(key="number_from").set_value(40.0).run()
    at.main.number_input(key="number_to").set_value(30.0).run()
    assert frame.calm(at)
    assert len(paragraphs(at)) == 1


@pytest.mark.parametrize("file", [frame.TWO_PEOPLE, frame.ONLY_BEFORE])
@pytest.mark.parametrize("design", ["", "groups", "clusters"])
def test_two_people_or_none_give_a_plan_or_the_reason_why_not(file: tuple[str, bytes], design: str) -> None:
    at = frame.with_files(file, slug="next_phase")
    if design:
        at.main.selectbox(key="select_design").select(design).run()
    at.main.number_input(key="number_change").set_value(5.0).run()
    if design == "clusters":
        at.main.number_input(key="number_cluster").set_value(15.0).run()
    assert frame.calm(at)
    if file is frame.ONLY_BEFORE and not design:
        assert "an SD of changes needs at least two pairs in the pilot" in frame.words(at)
        assert not at.main.get("plotly_chart")
