"""Every part of Before and after, with every kind of study: its findings are there, and no link makes it stumble."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from evalcore.findings import build, measures
from evalcore.findings.before_after.limits.bound import Bound
from evalcore.findings.before_after.limits.regression import RegressionChoice
from evalcore.plan import Outcome
from evalcore.sample import known_answers, sample_study
from evalcore.wording import number
from tests.pages import frame

SWEMWBS, UWES = "swemwbs.total.service-users", "uwes9.total.staff-and-volunteers"
# Each part with its first heading and the finding that leads it; nothing leads where a person has to choose first.
PARTS = {
    "": ("Answer", "change"),
    "matched": ("Matched people", "change"),
    "everyone": ("Everyone's answers", "everyone"),
    "missing": ("Who is missing", "trail"),
    "error": ("More than error?", "reliable"),
    "regression": ("Regression to the mean", "regression"),
    "small": ("Too small to matter?", ""),
    "groups": ("By group", "by_group"),
    "time": ("When they answered", "timing"),
    "outcomes": ("All outcomes", "outcomes"),
}
CHOICES = {
    "missing": ("assumed",),
    "error": ("reliability", "method", "threshold", "sd"),
    "regression": ("norm", "correlation"),
    "small": ("bound",),
    "groups": ("by",),
    "time": ("window",),
    "outcomes": ("family",),
}
PUBLISHED = {line["group"]: line for line in known_answers()["published_table"] if line["instrument"] == "swemwbs"}


def stands(at: AppTest, part: str) -> None:
    """Nothing went wrong, the sidebar is there, and so is the part's first heading."""
    assert frame.calm(at), part
    assert at.sidebar.selectbox(key="select_group").label == "People", part
    assert at.main.header[0].value == PARTS[part][0], part


def leads(at: AppTest, part: str, measure: str, site: str | None = None) -> bool:
    """Whether the part's first finding stands on the page: its title or, where it can show nothing, its sentence."""
    study = at.session_state["study"]
    found = next(one for one in measures(study) if one.slug == measure)
    kind = PARTS[part][1]
    finding = build(kind, study, None if kind == "outcomes" else found, site, resamples=0)
    shown = [info.value.replace("\\", "") for info in at.main.info]
    return finding.title in frame.words(at) or finding.sentence in shown


# --- every part of every kind of study ---------------------------------------------------------------------------


def test_the_parts_are_those_of_the_page() -> None:
    at = frame.dashboard("before_after")
    offered = at.main.segmented_control(key="select_part").options
    assert len(offered) == len(PARTS)
    for part in PARTS:
        assert frame.part(at, part).main.header[0].value == PARTS[part][0]


@pytest.mark.parametrize("measure", [SWEMWBS, UWES])
@pytest.mark.parametrize("site", ["", "2"])
def test_every_part_of_the_sample_study(measure: str, site: str) -> None:
    at = frame.dashboard("before_after", measure=measure, **({"site": site} if site else {}))
    for part in PARTS:
        stands(frame.part(at, part), part)
        assert frame.address(at).get("part", "") == part
        if PARTS[part][1]:
            assert leads(at, part, measure, "Site 2" if site else None), part


@pytest.mark.parametrize("file", [frame.TWO_PEOPLE, frame.ONLY_BEFORE], ids=["two people", "only before"])
def test_every_part_of_a_study_of_two_people_and_of_one_without_answers_after(file: tuple[str, bytes]) -> None:
    at = frame.with_files(file, slug="before_after")
    for part in PARTS:
        stands(frame.part(at, part), part)
        if PARTS[part][1]:
            assert leads(at, part, "gse.total.service-users"), part
        else:
            assert at.main.info[0].value, part


def test_an_empty_study_is_said_to_be_empty_in_every_part() -> None:
    at = frame.empty("before_after")
    for part in PARTS:
        assert frame.calm(frame.part(at, part)), part
        assert "no answered questionnaire" in at.main.info[0].value, part


@pytest.mark.parametrize("part", ["", "matched", "regression"])
def test_the_means_of_the_matched_are_those_published(part: str) -> None:
    said = frame.words(frame.part(frame.dashboard("before_after", measure=SWEMWBS), part))
    assert number(PUBLISHED["matched pre"]["mean"], 1) in said
    if part != "regression":
        assert number(PUBLISHED["matched post"]["mean"], 1) in said


def test_everyone_stands_in_the_table_as_published() -> None:
    table = frame.table_with(frame.dashboard("before_after", part="everyone", measure=SWEMWBS), "Who", "Median")
    rows = table.set_index("Who")
    for label, group in (("All, before", "all pre"), ("All, after", "all post"), ("Matched, before", "matched pre")):
        line = PUBLISHED[group]
        row = rows.loc[label]
        assert (f"{row['Mean']} ({row['SD']})", row["People"]) == (line["here"], str(line["n"]))


def test_the_people_asked_and_matched_are_those_published() -> None:
    at = frame.dashboard("before_after", part="missing", measure=SWEMWBS)
    known = known_answers()["trail"]["swemwbs, gse: service user"]
    counts = {value for table in frame.tables(at) for value in table.astype(str).to_numpy().ravel()}
    assert {str(known["asked"]), str(known["scored pre"]), str(known["matched"])} <= counts


# --- links -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["nonsense", "1e9", "nan"])
@pytest.mark.parametrize("part", CHOICES)
def test_a_wrong_value_in_a_link_is_said_and_forgotten(part: str, value: str) -> None:
    wrong = dict.fromkeys(CHOICES[part], value)
    at = frame.dashboard("before_after", measure=SWEMWBS, part=part, **wrong)
    stands(at, part)
    assert len(at.main.warning) == len(wrong)
    assert all("The link names" in warning.value for warning in at.main.warning)
    assert not set(wrong) & set(frame.address(at))


def test_wrong_values_of_parts_that_are_not_open_do_no_harm() -> None:
    wrong = {name: "nonsense" for names in CHOICES.values() for name in names}
    at = frame.dashboard("before_after", measure=SWEMWBS, **wrong)
    for part in PARTS:
        stands(frame.part(at, part), part)


# --- regression to the mean --------------------------------------------------------------------------------------


def of_swemwbs(kind: str, choice: object) -> str:
    """The sentence of a finding of the sample study."""
    study = sample_study()
    measure = next(one for one in measures(study) if one.slug == SWEMWBS)
    return build(kind, study, measure, choice=choice).sentence  # type: ignore[arg-type]


def test_a_norm_and_a_correlation_are_chosen_and_live_in_the_address() -> None:
    at = frame.dashboard("before_after", part="regression", measure=SWEMWBS)
    assert of_swemwbs("regression", None) in frame.words(at)
    assert not at.main.text_input
    at.main.selectbox(key="select_norm").select("england_2011").run()
    at.main.number_input(key="number_correlation").set_value(0.6).run()
    assert of_swemwbs("regression", RegressionChoice("england_2011", 0.6)) in frame.words(at)
    at.main.text_input[0].set_value("Smith 2020").run()
    assert frame.calm(at)
    assert of_swemwbs("regression", RegressionChoice("england_2011", 0.6, "Smith 2020")) in frame.words(at)
    address = frame.address(at)
    assert (address["norm"], address["correlation"]) == ("england_2011", "0.6")
    assert "Smith" not in str(address)


def test_norms_of_one_sex_are_not_offered_beside_everyone() -> None:
    at = frame.dashboard("before_after", part="regression", measure=SWEMWBS, norm="england_2010_2013_men")
    assert not [name for name in at.main.selectbox(key="select_norm").options if "men" in name]
    assert frame.calm(at)
    assert of_swemwbs("regression", None) in frame.words(at)


# --- too small to matter -----------------------------------------------------------------------------------------


def test_nothing_is_judged_until_there_are_a_bound_and_a_reason() -> None:
    at = frame.dashboard("before_after", part="small", measure=SWEMWBS)
    assert "Nothing is judged without a bound" in at.main.info[0].value
    at.main.number_input(key="number_bound").set_value(1.5).run()
    assert "Nothing is judged without a bound" in at.main.info[0].value
    at.main.text_input[0].set_value("Agreed with *the service* in March").run()
    assert frame.calm(at)
    assert not at.main.info
    expected = of_swemwbs("equivalence", Bound(1.5, "Agreed with *the service* in March"))
    assert expected in [text.value for text in at.main.text]
    assert frame.address(at)["bound"] == "1.5"
    assert "service in" not in str(frame.address(at))


def test_a_reason_stays_with_the_measure_that_it_was_given_for() -> None:
    at = frame.dashboard("before_after", part="small", measure=SWEMWBS, bound="1.5")
    at.main.text_input[0].set_value("Agreed").run()
    at.main.selectbox(key="select_measure").select(UWES).run()
    assert "bound" not in frame.address(at)
    assert at.main.text_input[0].value == ""
    at.main.selectbox(key="select_measure").select(SWEMWBS).run()
    assert at.main.text_input[0].value == "Agreed"


def test_the_bound_of_the_plan_stands_there_with_its_reason() -> None:
    at = frame.dashboard("before_after", measure=SWEMWBS)
    outcome = Outcome(SWEMWBS, "higher", 2.5, "Agreed with the service.")
    study = at.session_state["study"].fix_plan([outcome], at="2026-05-03T09:00:00+00:00")
    at.session_state["study"] = study
    frame.part(at, "small")
    assert frame.calm(at)
    assert at.main.number_input(key="number_bound").value == 2.5
    assert "The bound of the plan, with its reason: Agreed with the service." in frame.words(at)
    assert "the bound is ±2.5 points. Why this bound: “Agreed with the service.”" in frame.words(at)
    at.main.number_input(key="number_bound").set_value(1.0).run()
    assert "Nothing is judged without a bound" in at.main.info[0].value


@pytest.mark.parametrize("part", ["regression", "small"])
def test_without_answers_after_there_is_one_thing_to_do_and_nothing_to_choose(part: str) -> None:
    at = frame.part(frame.with_files(frame.ONLY_BEFORE, slug="before_after"), part)
    assert [link.proto.label for link in at.main.get("page_link")] == ["Add the missing questionnaires"]
    assert not at.main.number_input
