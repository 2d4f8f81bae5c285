"""An exception for a published figure holds no longer once somebody withdrew."""

from __future__ import annotations

import pytest

from evalcore import DisclosurePolicy, apply_disclosure
from evalcore.disclosure.bound import bound, digest_of
from evalcore.disclosure.changed import override, policy_of, records_problems
from evalcore.findings import Finding, build, measures
from evalcore.leaving import Override
from evalcore.sample import sample_study
from evalcore.study import Study
from evalcore.withdrawal import Person, people_in, withdraw
from tests.withdrawal.traces import traces

AT, KEY = "2026-05-04T09:00:00+00:00", "matched pre"


def when_staff_answered(study: Study) -> Finding:
    return build("groups", study, measures(study, ("staff", "volunteer"))[0])


@pytest.fixture(scope="module")
def study() -> Study:
    """The sample study with an exception for the mean of the five who came back."""
    found = when_staff_answered(sample_study())
    record = bound(Override(found.id, KEY, "Annual report 2019", "AB", AT), found)
    return override(sample_study(), record)


def matched_mean(study: Study) -> object:
    found = when_staff_answered(study)
    table = apply_disclosure([found], policy_of(study)).findings[0].table
    return table.set_index("group").loc["Matched, before", "mean"]


def test_an_exception_whose_group_held_the_person_holds_no_longer(study: Study) -> None:
    assert matched_mean(study) == 32.4
    group = when_staff_answered(study).groups[KEY]
    role, _, who = min(group.people).partition("|")
    left = withdraw(study, Person(role, who))
    assert matched_mean(left) == "[c]"
    assert traces(study, digest_of(group))
    assert not traces(left, digest_of(group)), "whoever knows the others could find out by trying who withdrew"


def test_no_exception_holds_once_anybody_withdrew(study: Study) -> None:
    """Whose group held them is not known where they are taken out."""
    service_user = next(one for one in people_in(study) if one.role == "service user")
    left = withdraw(study, service_user)
    found = when_staff_answered(left)
    assert found.groups[KEY].people == when_staff_answered(study).groups[KEY].people
    assert not policy_of(left).overridden(found, KEY)
    assert records_problems((), left.overrides) == ()
    again = override(left, bound(Override(found.id, KEY, "Annual report 2019", "AB", AT), found))
    assert policy_of(again).overridden(found, KEY)
    assert policy_of(again).under() == ("overrides=1",)


def test_without_digests_the_old_exception_would_not_match_either(study: Study) -> None:
    group = when_staff_answered(study).groups[KEY]
    for name in group.people:
        role, _, who = name.partition("|")
        later = when_staff_answered(withdraw(sample_study(), Person(role, who)))
        assert not DisclosurePolicy(overrides=study.overrides).overridden(later, KEY)
