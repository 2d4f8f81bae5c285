"""The plan beside the study: what was planned, what was added later, what has data; and nothing about a person."""

from __future__ import annotations

import dataclasses

import pytest

from evalcore.claims import rule_table
from evalcore.disclosure import DisclosurePolicy, apply_disclosure
from evalcore.findings import Scores, build, measures
from evalcore.findings.families import FAMILIES as SHOWN
from evalcore.findings.plan import plan_finding
from evalcore.plan import FAMILIES, Outcome
from evalcore.sample import known_answers, sample_study
from evalcore.study import Study
from tests.plan.made import GSE, SWEMWBS, UWES, moment

STAFF = "gse.total.staff-and-volunteers"


def planned(*outcomes: Outcome, study: Study | None = None, **words: str) -> Study:
    """The sample study with a plan that was fixed before any of it was loaded."""
    plan = Study.empty().fix_plan(outcomes, **words, at=moment(0)).plan
    if plan is None:
        raise AssertionError("a plan was fixed")
    return (study or sample_study()).with_plan(plan)


AMENDED = planned(Outcome(SWEMWBS, "higher", 1.5, "Agreed."), Outcome(GSE)).fix_plan(
    [Outcome(SWEMWBS, "higher", 2.0, "Agreed."), Outcome(UWES)], at=moment(40)
)
STUDIES = {
    "sample": sample_study(),
    "empty": Study.empty(),
    "planned, no data": Study.empty().fix_plan([Outcome(SWEMWBS)], at=moment(0)),
    "planned": planned(Outcome(SWEMWBS, "higher", 1.5, "Agreed."), Outcome(GSE, main=False), exclusions="Nobody."),
    "planned late": sample_study().fix_plan([Outcome(SWEMWBS)], at=moment(0)),
    "amended": AMENDED,
}


def status(study: Study) -> dict[str, str]:
    table = plan_finding(Scores(study)).table
    return dict(zip(table["outcome"], table["status"], strict=True))


def test_every_measure_of_the_study_has_one_line_and_the_plan_comes_first() -> None:
    table = plan_finding(Scores(STUDIES["planned"])).table
    labels = [measure.label for measure in measures(sample_study())]
    assert sorted(table["outcome"]) == sorted(labels)
    assert table["outcome"].tolist()[:2] == ["SWEMWBS, service users", "GSE, service users"]
    assert table["status"].tolist() == ["planned", "planned", *["added later"] * 5]
    assert table["rank"].tolist()[:3] == ["main", "secondary", ""]
    assert table["direction"].tolist()[:3] == ["higher after than before", "different, in either direction", ""]
    assert table["smallest"].tolist()[:3] == ["1.5 points", "none named", ""]


def test_pairs_are_counted_and_no_result_is_shown() -> None:
    found = plan_finding(Scores(STUDIES["planned"]))
    pairs = dict(zip(found.table["outcome"], found.table["pairs"], strict=True))
    assert pairs["SWEMWBS, service users"] == known_answers()["trail"]["swemwbs, gse: service user"]["matched"]
    assert {column.kind for column in found.columns} == {"label", "text", "fieldwork"}
    assert [column.name for column in found.columns] == list(found.table.columns)


def test_without_a_plan_nothing_is_called_planned() -> None:
    found = plan_finding(Scores(sample_study()))
    assert found.title == "No analysis plan is fixed"
    assert "nothing in this study (7 outcomes) can be called planned" in found.sentence
    assert set(found.table["status"]) == {"no plan"}


def test_a_plan_without_data_waits() -> None:
    found = plan_finding(Scores(STUDIES["planned, no data"]))
    assert found.table["status"].tolist() == ["planned, no answers yet"]
    assert found.table["pairs"].isna().all()
    assert "none of them has been answered yet" in found.sentence


def test_an_answered_outcome_without_a_pair_waits_too() -> None:
    sample = sample_study()
    before = sample.responses[sample.responses["wave"] == "pre"].reset_index(drop=True)
    study = planned(Outcome(SWEMWBS), study=dataclasses.replace(sample, responses=before))
    assert status(study)["SWEMWBS, service users"] == "planned, no matched pair yet"


def test_a_plan_after_the_data_says_how_many_there_were() -> None:
    study = STUDIES["planned late"]
    after = study.after_answers
    assert after > 0
    assert status(study)["SWEMWBS, service users"] == (
        f"chosen on 1 January 2026, after {after} questionnaires after were loaded"
    )
    found = plan_finding(Scores(study))
    assert found.title == "No outcome was planned in advance"
    assert f"after {after} questionnaires after were loaded" in found.sentence


def test_an_amended_plan_shows_what_was_changed_added_and_taken_out() -> None:
    found = status(AMENDED)
    assert found["SWEMWBS, service users"] == "planned, changed on 10 February 2026"
    assert found["GSE, service users"] == "planned, taken out on 10 February 2026"
    assert found["UWES-9, staff"].startswith("chosen on 10 February 2026, after")
    assert found["GSE, staff"] == "added later"
    said = plan_finding(Scores(AMENDED))
    assert said.title == "2 outcomes were planned in advance, 5 were not"
    assert "2 of those planned in advance were changed or taken out" in said.sentence
    assert (
        "It is version 2; the first was fixed on 1 January 2026, before any answer after was loaded." in said.sentence
    )


def test_an_outcome_that_was_taken_out_is_listed_though_nobody_answered_it() -> None:
    study = STUDIES["planned, no data"].fix_plan([Outcome(GSE)], at=moment(1))
    assert status(study) == {
        "GSE, service users": "planned, no answers yet",
        "SWEMWBS, service users": "taken out on 2 January 2026, before any answer after was loaded",
    }


@pytest.mark.parametrize("study", STUDIES.values(), ids=list(STUDIES))
def test_what_leaves_is_what_is_shown_and_claims_nothing(study: Study) -> None:
    found = plan_finding(Scores(study))
    left = apply_disclosure((found,), DisclosurePolicy()).findings[0]
    assert left.table.fillna(-1).equals(found.table.fillna(-1))
    assert (left.title, left.sentence) == (found.title, found.sentence)
    words = " ".join((found.title, found.sentence, found.caution, *found.notes)).lower()
    assert not [stem for stem in rule_table().forbidden if stem in words]
    assert (found.id, found.groups, found.people, found.chart) == ("plan.study", {}, None, None)


def test_the_finding_carries_the_whole_code_and_what_was_typed() -> None:
    study = planned(Outcome(SWEMWBS), exclusions="Nobody who moved away.", family="Both totals")
    found = build("plan", study)
    assert study.plan is not None
    assert study.plan.digest in found.source
    assert found.notes[0] == "Left out, by the plan: Nobody who moved away."
    assert found.notes[1] == "Tests corrected together, by the plan: Both totals."
    assert STAFF not in found.sentence


def test_the_families_that_can_be_planned_are_those_that_results_are_shown_in() -> None:
    assert sorted(FAMILIES) == sorted(SHOWN.values())
