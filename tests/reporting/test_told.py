"""What a report and a workshop show is released together, the same in both, and never staff by site."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from evalcore.disclosure import DisclosurePolicy, apply_disclosure
from evalcore.findings import findings_for
from evalcore.findings.recipes import Recipe
from evalcore.leaving import Export
from evalcore.reporting.contents import usual_report
from evalcore.reporting.told import Told, in_own_words, tell
from evalcore.sample import sample_study
from evalcore.study import Study
from evalcore.telling import Screen, Telling
from tests.claims.studies import study_of_pairs
from tests.reporting.studies import told_sample

HIDDEN = "[c]"


@cache
def twelve() -> Told:
    """What may be told of twelve pairs of each role, with eight more before."""
    return tell(study_of_pairs(12, left=8))


def with_order(study: Study, *screens: Screen) -> Study:
    return study.beside(telling=Telling(screens))


def screen(study: Study, finding_id: str, **chosen) -> Screen:
    found = next(one for one in findings_for(study, **chosen, resamples=0) if one.id == finding_id)
    return Screen(found.id, found.made_from)


def test_the_usual_order_begins_with_who_took_part_and_shows_no_staff() -> None:
    told = told_sample()
    assert told.order[0].finding == "trail.gse.total.service-users"
    assert not [one.finding for one in told.order if "staff" in one.finding]
    assert all(told.exhibits[one.finding].chart is not None for one in told.order)


@pytest.mark.parametrize("site", ["Site 1", "Site 2", "Site 3"])
def test_the_order_of_a_site_speaks_of_that_site_alone(site) -> None:
    number = site.removeprefix("Site ")
    told = tell(sample_study(), site=site)
    assert told.order
    for one in told.order:
        assert one.finding.endswith(f".site-{number}")
        assert "staff" not in one.finding


def test_every_screen_is_in_the_report() -> None:
    told = told_sample()
    reported = {one for section in told.sections.values() for one in section}
    assert {one.finding for one in told.order} <= reported
    assert reported <= set(told.exhibits)


def test_telling_twice_shows_nothing_that_was_hidden() -> None:
    study, told = sample_study(), told_sample()
    left = Export("report", "share", told.groups_of(told.exhibits), "2026-05-04T09:00:00+00:00")
    again = tell(study.record(left))
    assert set(again.exhibits) <= set(told.exhibits)
    changed = {name for name, one in again.exhibits.items() if one.digest != told.exhibits[name].digest}
    # Recorded groups are put into pairs by their order: a count of all of a group, whose "none" nobody is in, is held
    # against the next group, and hidden the second time. That hides too much, and tells nothing.
    assert changed <= {"start-rates.people"}
    for name in changed:
        before, after = told.exhibits[name].table, again.exhibits[name].table
        assert before is not None
        assert after is not None
        for one, other in zip(before.rows, after.rows, strict=True):
            assert all(new in (old, HIDDEN) for old, new in zip(one, other, strict=True))


def test_what_left_before_counts() -> None:
    """A figure of ten of the twelve matched people left earlier: the twelve would give away the other two."""
    study, told = study_of_pairs(12, left=8), twelve()
    matched = "change.swemwbs.total.service-users"
    measure, people = next(one for one in told.groups[matched] if len(one[1]) == 12)
    assert HIDDEN not in str(told.exhibits[matched].title)
    fewer = Export("earlier", "share", ((measure, frozenset(sorted(people)[:10])),))
    assert matched not in tell(study.record(fewer)).exhibits


def test_the_usual_order_shows_no_staff_where_their_results_may_leave() -> None:
    told = twelve()
    assert "change.gse.total.staff-and-volunteers" in told.exhibits
    assert not [one.finding for one in told.order if "staff" in one.finding]


def test_the_same_numbers_as_the_policy_lets_out() -> None:
    """The oracle is the policy itself, over findings that were built in another way."""
    study, told = sample_study(), told_sample()
    wanted = {recipe.kind for _, recipe in usual_report(study, _scores(study))}
    found = [one for one in findings_for(study) if one.id in told.exhibits and one.made_from]
    assert {one.id.partition(".")[0].replace("-", "_") for one in found} <= wanted | {"outcomes"}
    for one in apply_disclosure(found, DisclosurePolicy()).findings:
        table = told.exhibits[one.id].table
        assert table is not None
        for column, place in zip(table.columns, range(99), strict=False):
            hidden = [value == HIDDEN for value in one.table[column.name].tolist()]
            assert [row[place] == HIDDEN for row in table.rows] == hidden


def _scores(study: Study):
    from evalcore.findings.scores import Scores

    return Scores(study)


def test_no_number_is_finer_than_it_is_written() -> None:
    for exhibit in (*told_sample().exhibits.values(), *twelve().exhibits.values()):
        for table in (exhibit.table, exhibit.trail):
            for row in () if table is None else table.rows:
                for value, column in zip(row, table.columns, strict=True):
                    if isinstance(value, float) and column.decimals is not None:
                        assert value == pytest.approx(round(value, column.decimals), abs=1e-12)


def test_a_screen_of_ones_own_is_shown_in_its_place() -> None:
    study = sample_study()
    mine = screen(study, "needs.people"), screen(study, "scores.swemwbs.total.service-users")
    told = tell(with_order(study, *mine))
    assert [one.finding for one in told.order] == [one.finding for one in mine]


def test_an_order_that_somebody_emptied_stays_empty() -> None:
    assert tell(with_order(sample_study())).order == ()


def test_a_screen_that_can_not_be_made_again_is_named_as_lost() -> None:
    gone = Screen("change.wemwbs.total.people", Recipe("change", "wemwbs.total.people").text)
    told = tell(with_order(sample_study(), gone, screen(sample_study(), "needs.people")))
    assert told.lost == ("change.wemwbs.total.people",)
    assert [one.finding for one in told.order] == ["needs.people"]


def test_staff_at_one_site_are_not_shown_even_where_a_file_asks_for_it() -> None:
    study = sample_study()
    staff = screen(study, "scores.gse.total.staff.site-1", role="staff", site="Site 1")
    told = tell(with_order(study, staff))
    assert told.order == ()
    assert told.lost == ()
    assert staff.finding not in told.exhibits


def test_a_presenters_words_stand_beside_the_finding_and_change_nothing_of_it() -> None:
    study = sample_study()
    mine = replace(screen(study, "needs.people"), message="Ours", question="So?", notes="Wait.")
    told = tell(with_order(study, mine))
    spoken = in_own_words(told, Telling((mine,)))["needs.people"]
    assert (spoken.message, spoken.question, spoken.notes) == ("Ours", "So?", "Wait.")
    assert spoken.digest == told.exhibits["needs.people"].digest
    assert spoken.title == told.exhibits["needs.people"].title


@pytest.mark.parametrize("pairs", [0, 1, 2, 3, 12])
def test_few_people(pairs) -> None:
    told = tell(study_of_pairs(pairs) if pairs else Study.empty())
    assert set(told.groups) >= set(told.exhibits)
    assert all(one.finding in told.exhibits for one in told.order)
    if pairs < 5:
        assert not [name for name in told.exhibits if name.startswith("change.")]
