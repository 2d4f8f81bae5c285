"""An exception holds for the very people whose figure is published, and for nobody else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evalcore.disclosure import HIDDEN, DisclosurePolicy, Override, apply_disclosure
from evalcore.disclosure.bound import bound, digest_of, holds, outdated
from evalcore.disclosure.changed import override, override_problems, policy_of, records_problems
from evalcore.disclosure.record import NO_LONGER, overrides_table
from evalcore.errors import DefinitionError
from evalcore.findings import Finding, build, measures
from evalcore.findings.finding import Group
from evalcore.leaving import NOBODY
from evalcore.sample import sample_study
from evalcore.storage.changes import outline
from evalcore.study import Study
from tests.disclosure.counts import counts_finding, shown_counts

AT = "2026-05-04T09:00:00+00:00"
KEY = "matched pre"


@pytest.fixture(scope="module")
def groups() -> Finding:
    """When staff answered: all six before, and those five who came back, whose mean would give the sixth away."""
    study = sample_study()
    return build("groups", study, measures(study, ("staff", "volunteer"))[0])


def exception(finding: Finding, key: str = KEY, **other: str) -> Override:
    return bound(Override(finding.id, key, "Annual report 2019", "AB", AT, **other), finding)


def with_people(finding: Finding, key: str, *names: str) -> Finding:
    group = replace(finding.groups[key], people=frozenset(names))
    return replace(finding, groups={**finding.groups, key: group})


def mean(finding: Finding, policy: DisclosurePolicy) -> object:
    return apply_disclosure([finding], policy).findings[0].table.set_index("group").loc["Matched, before", "mean"]


def test_a_group_with_other_people_is_not_released(groups) -> None:
    policy = policy_of(override(Study.empty(), exception(groups)))
    people = sorted(groups.groups[KEY].people)
    assert mean(groups, policy) == 32.4
    for now in (people[:-1], [*people, "staff|new"], [*people[:-1], "staff|new"], []):
        changed = with_people(groups, KEY, *now)
        assert not policy.overridden(changed, KEY)
    assert mean(with_people(groups, KEY, *people[:-1]), policy) == HIDDEN
    gone = replace(groups, groups={key: group for key, group in groups.groups.items() if key != KEY})
    assert not policy.overridden(gone, KEY)


def test_a_count_of_other_people_is_not_released() -> None:
    tally = {("South", "a"): 3, ("South", "b"): 12}
    finding = counts_finding(tally, ("South", "North"), rows="a")
    policy = DisclosurePolicy(overrides=(exception(finding, "a"),))
    assert shown_counts(apply_disclosure([finding], policy).findings[0]) == {"a": 3}
    swapped = with_people(finding, "a", *sorted(finding.groups["a"].people)[:-1], "staff|new")
    assert shown_counts(apply_disclosure([swapped], policy).findings[0]) == {}


def test_the_digest_is_of_the_people_and_what_was_measured() -> None:
    one = Group("few", "The few", "age", frozenset({"staff|A1", "staff|A2"}))
    same = Group("key", "Label", "age", frozenset({"staff|A2", "staff|A1"}), alike=True)
    assert digest_of(one) == digest_of(same)
    others = (
        replace(one, measure="ogrs"),
        replace(one, people=one.people | {"staff|A3"}),
        replace(one, people=frozenset({"staff|A1,staff|A2"})),
        replace(one, people=frozenset({"volunteer|A1", "staff|A2"})),
        replace(one, people=frozenset(), size=800),
        replace(one, people=frozenset(), size=801),
    )
    assert len({digest_of(group) for group in (one, *others)}) == 7
    assert NOBODY not in map(digest_of, others)


def test_an_exception_made_in_code_holds_for_the_group_by_its_name(groups) -> None:
    policy = DisclosurePolicy(overrides=(Override(groups.id, KEY, "printed"),))
    assert policy.overridden(with_people(groups, KEY, "staff|new"), KEY)


def test_an_exception_that_is_recorded_is_bound_to_people(groups) -> None:
    record = exception(groups)
    for people in ("", "yes", record.people.upper(), f"{record.people}a"):
        with pytest.raises(DefinitionError, match="whose figure is published"):
            override(Study.empty(), replace(record, people=people))
    by_hand = Study.empty().beside(overrides=(replace(record, people=""),))
    assert policy_of(by_hand) == DisclosurePolicy()
    assert records_problems((), by_hand.overrides) == ("A recorded exception could not have been made here.",)


@pytest.mark.parametrize("change", [{"finding": "change.gse.total.staff"}, {"group": "nobody"}])
def test_an_exception_is_bound_to_a_group_of_its_own_figure(groups, change) -> None:
    with pytest.raises(DefinitionError, match="choose a figure and one of its groups"):
        bound(replace(exception(groups), **change), groups)


def test_once_the_people_changed_the_exception_can_be_recorded_anew(groups) -> None:
    study = override(Study.empty(), exception(groups))
    assert override_problems(study, exception(groups)) == ("this exception is in force already",)
    changed = with_people(groups, KEY, *groups.groups[KEY].people, "staff|new")
    later = override(study, exception(changed))
    policy = policy_of(later)
    assert (policy.overridden(changed, KEY), policy.overridden(groups, KEY)) == (True, False)
    assert policy.under() == ("overrides=1",)
    ended = override(later, Override(groups.id, KEY, "Withdrawn", "AB", AT, ended=True))
    assert policy_of(ended) == DisclosurePolicy()
    assert records_problems((), ended.overrides) == ()


def test_exceptions_that_are_bound_to_nobody_any_more_are_no_fault_of_a_file(groups) -> None:
    record = replace(exception(groups), people=NOBODY)
    assert not holds(record, groups)
    assert records_problems((), (record, record)) == ()


def test_the_list_says_which_exception_holds_no_longer(groups) -> None:
    record = exception(groups)
    changed = with_people(groups, KEY, "staff|new")
    assert outdated([record], [groups]) == outdated([record], []) == ()
    assert outdated([record], [changed]) == (record,)
    ended = replace(record, ended=True, reason="Withdrawn")
    assert [row[3] for row in overrides_table([record], [record]).rows] == [NO_LONGER]
    assert [row[3] for row in overrides_table([record, ended], [record]).rows] == ["Taken back", NO_LONGER]


def test_the_digest_is_shown_to_nobody(groups) -> None:
    record = exception(groups)
    study = override(Study.empty(), record)
    policy = policy_of(study)
    said = [repr(record), repr(policy), *policy.lines(), *policy.under(), str(outline(study))]
    said += [cell for row in overrides_table([record], [record]).rows for cell in row]
    release = apply_disclosure([groups], policy)
    said += [*release.policy, release.hidden.to_csv(), release.findings[0].table.to_csv()]
    assert record.people[:12] not in "\n".join(said)
