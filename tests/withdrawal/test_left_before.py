"""What left before a withdrawal still counts the person: no later figure gives away theirs by subtraction."""

from __future__ import annotations

import pytest

from evalcore import DisclosurePolicy, apply_disclosure, match_scores, score
from evalcore.columns import SERVICE_USER, STAFF, VOLUNTEER
from evalcore.disclosure import shown_groups
from evalcore.findings import Finding, build, measures
from evalcore.leaving import Export
from evalcore.sample import sample_study
from evalcore.study import Study
from evalcore.withdrawal import Person, people_in, where_words, withdraw
from tests.assembly_studies import answers, roster, study_of
from tests.withdrawal.traces import traces

HIDDEN = "[c]"


def left_with(*names: str, measure: str = "gse", form: str = "share") -> Export:
    return Export("a finding", form, ((measure, frozenset(names)),))


def who_left(study: Study) -> list[set[str]]:
    return [set(people) for export in study.exports for _, people in export.groups]


def released(study: Study) -> Finding:
    """The summary of the service users' self-efficacy, as it may leave beside what left before."""
    measure = next(one for one in measures(study) if one.slug == "gse.total.service-users")
    found = build("summary", study, measure, resamples=0)
    return apply_disclosure([found], DisclosurePolicy(), released=study.exports).findings[0]


def means(study: Study) -> list[bool]:
    """Which means may leave: everybody's before and after, the matched people's before and after."""
    table = released(study).table
    return [mean != HIDDEN for mean in table["mean"][:4]]


@pytest.fixture(scope="module")
def shared() -> Study:
    """The sample study after the summary was shared."""
    study = sample_study()
    finding = released(study)
    return study.record(Export(finding.id, "share", shown_groups(finding)))


def matched(study: Study) -> Person:
    measure = match_scores(score(study.responses, "gse"), instrument="gse", role=SERVICE_USER)
    return Person(SERVICE_USER, measure.matched.index[0])


def test_a_mean_that_would_give_away_who_withdrew_is_hidden(shared: Study) -> None:
    assert means(shared) == [True] * 4
    left = withdraw(shared, matched(shared))
    assert means(left) == [False] * 4
    assert any(means(left.beside(exports=()))), "it is hidden because of what left before"
    forgotten = [Export(one.finding, one.form, _without_tokens(one.groups)) for one in left.exports]
    assert any(means(left.beside(exports=tuple(forgotten)))), "the token stands for the person"


def _without_tokens(groups):
    return tuple((measure, frozenset(one for one in people if "|" in one)) for measure, people in groups)


def test_nobody_is_named_in_the_record_any_more_and_its_groups_are_as_large(shared: Study) -> None:
    person = matched(shared)
    left = withdraw(shared, person)
    assert traces(shared, person.respondent_id) != set()
    assert traces(left, person.respondent_id) == set()
    assert [len(people) for people in who_left(left)] == [len(people) for people in who_left(shared)]
    assert {name for people in who_left(left) for name in people if "|" not in name} == {"withdrawn 1"}


def test_the_same_person_has_one_token_in_every_export_and_the_next_another() -> None:
    study = study_of(roster("A1,staff,,", "A2,staff,,", "A3,staff,,")).beside(
        exports=(
            left_with("staff|A1", "staff|A2", "staff|A3"),
            left_with("staff|a-1", "staff|A3", "withdrawn 4", form="internal"),
            left_with("staff|A3"),
        )
    )
    first = withdraw(study, Person(STAFF, "A1"))
    assert who_left(first) == [
        {"withdrawn 5", "staff|A2", "staff|A3"},
        {"withdrawn 5", "staff|A3", "withdrawn 4"},
        {"staff|A3"},
    ]
    second = withdraw(first, Person(STAFF, "A3"))
    assert who_left(second) == [
        {"withdrawn 5", "staff|A2", "withdrawn 6"},
        {"withdrawn 5", "withdrawn 6", "withdrawn 4"},
        {"withdrawn 6"},
    ]
    assert second.exports[2].finding == "a finding"


def test_an_identifier_that_looks_like_a_token_is_a_person() -> None:
    study = study_of(roster("withdrawn 1,staff,,", "A2,staff,,")).beside(
        exports=(left_with("staff|withdrawn 1", "withdrawn 1", "staff|A2"),)
    )
    left = withdraw(study, Person(STAFF, "withdrawn 1"))
    assert who_left(left) == [{"withdrawn 2", "withdrawn 1", "staff|A2"}]
    assert withdraw(left, Person(None, "withdrawn 1")) is left


def test_the_other_person_of_an_identifier_keeps_the_name() -> None:
    study = study_of(roster("A1,staff,,", "A1,service user,,", "A2,staff,,")).beside(
        exports=(left_with("staff|A1", "service user|A1", "staff|A2", "staff|A1 (service user)", "staff|A1 (staff)"),)
    )
    left = withdraw(study, Person(STAFF, "A1"))
    assert who_left(left) == [{"withdrawn 1", "service user|A1", "staff|A1 (service user)", "staff|A2"}]
    both = withdraw(study, Person(None, "A1"))
    assert who_left(both) == [{"withdrawn 1", "withdrawn 2", "staff|A2"}]


def test_a_volunteer_who_never_answered_stands_among_the_staff() -> None:
    study = study_of(roster("V1,volunteer,,", "A1,staff,,")).beside(exports=(left_with("staff|V1", "staff|A1"),))
    assert who_left(withdraw(study, Person(VOLUNTEER, "V1"))) == [{"withdrawn 1", "staff|A1"}]
    two = study_of(roster("V1,volunteer,,", "V1,staff,,")).beside(exports=(left_with("staff|V1"),))
    assert who_left(withdraw(two, Person(VOLUNTEER, "V1"))) == [{"staff|V1"}]


def test_who_stands_in_the_record_alone_is_taken_out_of_it_and_counted() -> None:
    study = study_of(answers("a.csv", "A2 pre 3")).beside(exports=(left_with("|A1", "|A2"),))
    assert where_words(study, Person(None, "A1")).startswith("Stands in no file")
    left = withdraw(study, Person(None, "a-1"))
    assert (who_left(left), left.withdrawn) == ([{"withdrawn 1", "|A2"}], (("", 1),))
    assert left.intakes == study.intakes
    assert withdraw(left, Person(None, "A1")) is left


def test_everybody_of_the_sample_study_is_still_counted_in_what_left(shared: Study) -> None:
    left = shared
    for person in people_in(shared):
        left = withdraw(left, person)
    names = {name for people in who_left(left) for name in people}
    assert not any("|" in name for name in names)
    assert len(names) == len({name for people in who_left(shared) for name in people})
