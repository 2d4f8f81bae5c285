"""Criteria of go, amend and stop, and targets: kept with the plan, and told whether they were there beforehand."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.errors import DefinitionError, EvalcoreError
from evalcore.plan import (
    MEASURES,
    STARTS,
    Criterion,
    Outcome,
    Plan,
    Target,
    criterion_standing,
    draft_problems,
    fixed,
    plan_json,
    plan_text,
    read_plan,
    target_standing,
)
from evalcore.plan.standing import beforehand
from evalcore.study import Study
from tests.plan.made import GSE, criteria, moment, plans
from tests.storage.made import there_and_back

CONSENT = Criterion("consent", 0.7, 0.5, "Agreed with the funder.")
RECRUITED = Criterion(STARTS, 30, 20, "The places that were paid for.")
TARGETS = (Target(30), Target(12, "North"))
OLD = (
    '{\n "plan": [\n  {\n   "format": "analysis plan, 1",\n   "outcomes": [\n    {\n'
    '     "measure": "gse.total.service-users",\n     "direction": "higher",\n     "smallest_change": 2.0,\n'
    '     "threshold_reason": "Agreed.",\n     "main": true\n'
    '    }\n   ],\n   "exclusions": "",\n   "family": "each alone",\n   "author": "",\n'
    '   "written_at": "2026-05-03T09:00:00+00:00",\n   "after_answers": 0,\n'
    '   "digest": "DIGEST"\n  }\n ]\n}\n'
)
"""A plan's file as it was written before there were criteria."""
OLD_DIGEST = "cbd12e7c671920013db06f3206abd0fe4335c36e1572bf6808b7d0950440087c"


def made(*rules: Criterion, after: int = 0, day: int = 0, earlier: Plan | None = None, aims=()) -> Plan:
    return fixed(
        earlier, [Outcome(GSE)], "", "each alone", "", at=moment(day), after_answers=after, criteria=rules, targets=aims
    )


def test_a_plan_from_before_there_were_criteria_is_read_and_keeps_its_code() -> None:
    plan = read_plan(OLD.replace("DIGEST", OLD_DIGEST))
    assert (plan.criteria, plan.targets, plan.digest) == ((), (), OLD_DIGEST)
    assert plan_json(plan) == OLD.replace("DIGEST", OLD_DIGEST)


def test_the_new_format_is_written_only_where_there_is_something_new() -> None:
    formats = [
        json.loads(plan_json(plan))["plan"][0]["format"] for plan in (made(), made(CONSENT), made(aims=(Target(30),)))
    ]
    assert formats == ["analysis plan, 1", "analysis plan, 2", "analysis plan, 2"]


def test_an_amended_plan_keeps_each_version_in_its_own_format() -> None:
    plan = made(CONSENT, RECRUITED, earlier=made(), after=12, day=9, aims=TARGETS)
    back = read_plan(plan_json(plan))
    assert back == plan
    assert [one["format"][-1] for one in json.loads(plan_json(plan))["plan"]] == ["2", "1"]
    assert [one.what for one in back.criteria] == [STARTS, "consent"]
    assert [one.site for one in back.targets] == ["", "North"]


@pytest.mark.parametrize(
    "change",
    [
        lambda said: said["criteria"][0].update(go_from=0.9),
        lambda said: said["criteria"][0].update(go_from=1),
        lambda said: said["criteria"][0].update(stop_below=float("nan")),
        lambda said: said["criteria"][0].update(reason="Another."),
        lambda said: said["criteria"][0].update(more=1),
        lambda said: said["criteria"].append(None),
        lambda said: said.update(criteria={}),
        lambda said: said.pop("criteria"),
        lambda said: said["targets"][0].update(starts=True),
        lambda said: said["targets"][0].update(starts=31),
        lambda said: said["targets"][0].update(site="South"),
        lambda said: said.update(format="analysis plan, 1"),
    ],
)
def test_a_changed_criterion_is_found(change) -> None:
    said = json.loads(plan_json(made(CONSENT, aims=TARGETS)))
    change(said["plan"][0])
    with pytest.raises(EvalcoreError, match=r"changed after it was fixed"):
        read_plan(json.dumps(said, indent=1) + "\n")


@given(criteria(), st.floats(0, 1), st.integers(0, 500))
def test_the_verdict_follows_the_two_lines(rules, share: float, people: int) -> None:
    for rule in rules:
        estimate = share if rule.is_share else people
        verdict = rule.verdict(estimate)
        assert (verdict == "go") == (estimate >= rule.go_from)
        assert (verdict == "stop") == (estimate < rule.stop_below)


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        (Criterion("another", 0.7, 0.5, "x"), "known here"),
        (Criterion("consent", 0.5, 0.7, "x"), "not lie above"),
        (Criterion("consent", 70, 50, "x"), "0 to 100 per cent"),
        (Criterion("consent", float("nan"), 0.5, "x"), "0 to 100 per cent"),
        (Criterion(STARTS, 30, -1, "x"), "1,000,000 people"),
        (Criterion("consent", 0.7, 0.5), "say why"),
        (Criterion("consent", 0.7, 0.5, "x" * 301), "shorten the reason"),
    ],
)
def test_what_can_not_be_a_criterion_is_said(rule: Criterion, problem: str) -> None:
    found = draft_problems([Outcome(GSE)], "", "each alone", "", [rule])
    assert any(problem in one for one in found)
    with pytest.raises(DefinitionError, match="The plan can not be used"):
        made(rule)


@pytest.mark.parametrize(
    ("aims", "problem"),
    [
        ([Target(0)], "from 1 to"),
        ([Target(30), Target(20)], "one target for each site"),
        ([Target(3, "x" * 81)], "shorten the site"),
        ([Target(at + 1, f"Site {at}") for at in range(61)], "no more than 60"),
    ],
)
def test_what_can_not_be_a_target_is_said(aims: list[Target], problem: str) -> None:
    assert any(problem in one for one in draft_problems([Outcome(GSE)], "", "each alone", "", (), aims))


def test_a_criterion_stands_once() -> None:
    twice = [CONSENT, replace(CONSENT, go_from=0.8)]
    assert any("stands 2 times" in one for one in draft_problems([Outcome(GSE)], "", "each alone", "", twice))


def test_criteria_alone_are_a_plan_and_nothing_is_not() -> None:
    assert draft_problems([], "", "each alone", "", [CONSENT]) == ()
    assert draft_problems([], "", "each alone", "", (), [Target(30)]) == ("name at least one main outcome",)


def test_what_was_written_after_the_data_says_so() -> None:
    early = made(CONSENT, aims=(Target(30),))
    late = made(replace(CONSENT, reason="Said better."), RECRUITED, earlier=early, after=12, day=9, aims=(Target(27),))
    consent, recruited = late.criterion("consent"), late.criterion(STARTS)
    assert beforehand(late, consent)
    assert not beforehand(late, recruited)
    assert criterion_standing(late, consent).endswith("before any answer after was loaded")
    assert criterion_standing(late, recruited).endswith("12 questionnaires after were loaded: not beforehand")
    assert target_standing(late, late.target()).endswith("not beforehand")
    assert target_standing(early, early.target()).startswith("Written down on 1 January 2026, before")


def test_lines_that_were_moved_after_the_data_are_not_beforehand() -> None:
    moved = made(replace(CONSENT, go_from=0.6), earlier=made(CONSENT), after=12, day=9)
    assert not beforehand(moved, moved.criterion("consent"))
    back = made(CONSENT, earlier=moved, after=12, day=10)
    assert not beforehand(back, back.criterion("consent"))


def test_amending_without_naming_criteria_keeps_them() -> None:
    study = Study.empty().with_plan(made(CONSENT, aims=TARGETS))
    amended = study.fix_plan([Outcome(GSE, "higher")], family="each alone", at=moment(5)).plan
    assert (amended.criteria, amended.targets, amended.version) == ((CONSENT,), TARGETS, 2)
    without = made(earlier=amended, day=6)
    assert (without.criteria, without.targets) == ((), ())


def test_criteria_and_targets_are_kept_with_the_study() -> None:
    study = Study.empty().with_plan(made(CONSENT, RECRUITED, earlier=made(), after=12, day=9, aims=TARGETS))
    again = there_and_back(study)
    assert again.plan == study.plan
    assert again.fingerprint == study.fingerprint


def test_the_text_holds_the_lines_and_the_targets() -> None:
    text = plan_text(made(CONSENT, RECRUITED, aims=TARGETS, after=3))
    for line in ("In all: 30 starts", "North: 12 starts", "1. People who started: go from 30, stop below 20"):
        assert line in text
    assert "2. Consented, of those asked: go from 70 %, stop below 50 %" in text
    assert text.count("after 3 questionnaires after were loaded: not beforehand") == 4


@given(plans(most_versions=2))
def test_every_criterion_is_in_the_text(plan: Plan) -> None:
    text = plan_text(plan)
    assert all(MEASURES[one.what] in text.lower() for one in plan.criteria)
