"""A plan: its code depends on every word of it and of the versions before, and what results may say of themselves."""

from __future__ import annotations

import dataclasses
import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.claims import rule_table
from evalcore.plan import (
    FAMILIES,
    Criterion,
    Outcome,
    Plan,
    Target,
    added_later,
    after_words,
    day,
    fixed,
    planned_words,
    standing,
    usual_rivals,
)
from tests.plan.made import GSE, SLUGS, SWEMWBS, UWES, moment, plan, plans


def test_the_code_is_the_hash_of_what_the_plan_says() -> None:
    made = plan(Outcome(SWEMWBS, "higher", 1.5, "Agreed.", True), after=3)
    said = {
        "format": "analysis plan, 1",
        "outcomes": [
            {
                "measure": SWEMWBS,
                "direction": "higher",
                "smallest_change": 1.5,
                "threshold_reason": "Agreed.",
                "main": True,
            }
        ],
        "exclusions": "",
        "family": FAMILIES[0],
        "author": "",
        "written_at": moment(0),
        "after_answers": 3,
        "replaces": None,
    }
    canonical = json.dumps(said, sort_keys=True, separators=(",", ":"))
    assert made.digest == hashlib.sha256(canonical.encode()).hexdigest()
    assert made.digest.startswith(made.code)
    said["replaces"], said["written_at"] = made.digest, moment(1)
    said["exclusions"] = "x"
    later = fixed(made, made.outcomes, "x", FAMILIES[0], "", at=moment(1), after_answers=3)
    assert later.digest == hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


@given(plans(), st.data())
def test_any_change_gives_another_code(made: Plan, data: st.DataObject) -> None:
    field = data.draw(st.sampled_from([one.name for one in dataclasses.fields(Plan)]))
    others = {
        "outcomes": (*made.outcomes, Outcome("another")),
        "after_answers": made.after_answers + 1,
        "replaces": plan(SWEMWBS, day=300),
        "criteria": (*made.criteria, Criterion("another", 1.0, 0.0)),
        "targets": (*made.targets, Target(7, "Another")),
    }
    changed = dataclasses.replace(made, **{field: others.get(field, f"{getattr(made, field)} ")})
    assert changed.digest != made.digest


@given(plans(most_versions=1), st.data())
def test_any_change_of_an_outcome_gives_another_code(made: Plan, data: st.DataObject) -> None:
    first = made.outcomes[0]
    field = data.draw(st.sampled_from([one.name for one in dataclasses.fields(Outcome)]))
    others = {"main": not first.main, "smallest_change": (first.smallest_change or 0) + 1}
    changed = dataclasses.replace(first, **{field: others.get(field, f"{getattr(first, field)}.")})
    assert dataclasses.replace(made, outcomes=(changed, *made.outcomes[1:])).digest != made.digest


def test_a_whole_number_and_the_same_with_a_point_are_one_plan() -> None:
    assert plan(Outcome(GSE, "higher", 2, "x")).digest == plan(Outcome(GSE, "higher", 2.0, "x")).digest


def test_the_order_of_naming_changes_nothing() -> None:
    named = [Outcome(UWES), Outcome(GSE, main=False), Outcome(SWEMWBS)]
    assert plan(*named) == plan(*named[::-1])
    assert [one.main for one in plan(*named).outcomes] == [True, True, False]


def test_the_time_is_kept_in_utc_to_the_second() -> None:
    made = fixed(None, [Outcome(GSE)], "", "x", "", at="2026-06-30T23:30:00.25-01:00", after_answers=0)
    assert made.written_at == "2026-07-01T00:30:00+00:00"
    assert day(made.written_at) == "1 July 2026"


# What each version names, and how many questionnaires after there were; then how each measure stands at the end.
HISTORIES = [
    ([((GSE,), 0)], GSE, "planned", False),
    ([((GSE,), 0)], SWEMWBS, "added later", True),
    ([((GSE,), 9)], GSE, "chosen later", True),
    ([((GSE,), 0), ((GSE, SWEMWBS), 0)], SWEMWBS, "planned", False),
    ([((GSE,), 0), ((GSE, SWEMWBS), 9)], SWEMWBS, "chosen later", True),
    ([((GSE,), 0), ((GSE, SWEMWBS), 9)], GSE, "planned", False),
    ([((GSE,), 0), ((SWEMWBS,), 0)], GSE, "withdrawn", True),
    ([((GSE,), 0), ((SWEMWBS,), 9)], GSE, "taken out later", True),
    ([((GSE,), 0), ((SWEMWBS,), 0), ((GSE,), 9)], GSE, "chosen later", True),
    ([((GSE,), 0), ((SWEMWBS,), 9), ((GSE,), 12)], GSE, "planned", False),
    ([((GSE,), 9), ((SWEMWBS,), 9)], GSE, "added later", True),
]


@pytest.mark.parametrize(("versions", "slug", "status", "added"), HISTORIES)
def test_how_a_measure_stands_to_a_plan(
    versions: list[tuple[tuple[str, ...], int]], slug: str, status: str, added: bool
) -> None:
    found = None
    for place, (slugs, after) in enumerate(versions):
        found = plan(*slugs, after=after, earlier=found, day=place)
    assert found is not None
    assert standing(found, slug).status == status
    assert added_later(found, slug) is added
    assert planned_words(found, slug).startswith("Planned on") == (status in ("planned", "taken out later"))


@pytest.mark.parametrize(
    ("then", "status"),
    [
        (Outcome(GSE, "higher", 2.0, "Agreed."), "planned"),
        (Outcome(GSE, "higher", 2.0, "Agreed with the service."), "planned"),
        (Outcome(GSE, "higher", 1.0, "Agreed."), "changed later"),
        (Outcome(GSE, "either", 2.0, "Agreed."), "changed later"),
        (Outcome(GSE, "higher"), "changed later"),
    ],
)
def test_what_was_changed_once_the_data_were_there_is_said(then: Outcome, status: str) -> None:
    first = plan(Outcome(GSE, "higher", 2.0, "Agreed."))
    later = plan(then, UWES, earlier=first, after=9, day=40)
    assert standing(later, GSE).status == status
    said = "what it says of this measure was changed on 10 February 2026, after 9 questionnaires after were loaded"
    assert (said in planned_words(later, GSE)) == (status == "changed later")
    assert standing(plan(then, UWES, earlier=first, day=40), GSE).status == "planned"


def test_words_give_the_day_the_order_and_the_code() -> None:
    first = plan(GSE, day=1)
    assert planned_words(first, GSE) == (
        f"Planned on 2 January 2026, before any answer after was loaded (plan {first.code})."
    )
    late = plan(GSE, day=1, after=1)
    assert planned_words(late, GSE) == (
        f"Chosen on 2 January 2026, after 1 questionnaire after was loaded: not planned in advance (plan {late.code})."
    )
    assert planned_words(None, GSE) == ""
    assert added_later(None, GSE) is None
    assert after_words(plan(GSE, after=1200)) == "after 1,200 questionnaires after were loaded"


@given(plans(), st.sampled_from(SLUGS))
def test_a_plan_after_the_data_is_never_called_planned(made: Plan, slug: str) -> None:
    said = planned_words(made, slug)
    assert said.endswith(f"(plan {made.code}).")
    assert not [stem for stem in rule_table().forbidden if stem in said.lower()]
    if not any(version.before_the_data for version in made.versions()):
        assert standing(made, slug).added
        assert not said.startswith("Planned")


def test_a_representation_holds_nothing_that_was_typed() -> None:
    made = fixed(
        None, [Outcome(GSE, "higher", 2.0, "SECRET")], "SECRET", "SECRET", "SECRET", at=moment(0), after_answers=0
    )
    assert "SECRET" not in repr(made) + repr(made.outcomes)


def test_usual_rivals_are_the_seven_kinds_with_a_source() -> None:
    kinds = ["history", "maturation", "testing", "instrumentation", "regression", "selection", "attrition"]
    assert [one.name for one in usual_rivals()] == kinds
    for one in usual_rivals():
        assert one.why.endswith(".")
        assert "2002" in one.source.citation
        assert one.called in one.label
