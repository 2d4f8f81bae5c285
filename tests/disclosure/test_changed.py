"""Thresholds changed by a person, exceptions for what is published, and what a stricter policy may never show."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.disclosure import HIDDEN, DisclosurePolicy, apply_disclosure
from evalcore.disclosure.bound import bound
from evalcore.disclosure.changed import (
    LONGEST,
    MOST,
    change_problems,
    change_threshold,
    override,
    override_problems,
    policy_of,
    records_problems,
    thresholds_of,
)
from evalcore.disclosure.nesting import exposed, to_hide
from evalcore.disclosure.policy import default_values
from evalcore.disclosure.thresholds import AT_LEAST, HIGHEST, THRESHOLDS
from evalcore.errors import DefinitionError
from evalcore.findings import findings_for
from evalcore.leaving import Override, ThresholdChange
from evalcore.sample import sample_study
from evalcore.study import Study
from tests.disclosure.attack import breaches

AT = "2026-05-04T09:00:00+00:00"
SIX = "6a" * 32  # stands for the digest of a group
NUMBERS = [name for name, rule in THRESHOLDS.items() if rule.options is None]
# These decide each cell by itself; the others decide groups together, of which the larger go first.
ONE_BY_ONE = [("min_quartile_n", 5, 10), ("min_quartile_n", 10, 20), ("min_rate_n", 10, 50), ("rounding", None, 5)]
ONE_BY_ONE += [("staff_by_site", True, False)]


def changed(*moves, study=None):
    """A study whose thresholds were changed one after another."""
    study = Study.empty() if study is None else study
    for name, value in moves:
        study = change_threshold(study, ThresholdChange(name, value, "Agreed with the board", "AB", AT))
    return study


def exception(finding="groups.gse.total.staff-and-volunteers", group="matched pre", **other):
    return Override(
        finding, group, **{"reason": "Annual report 2019", "author": "AB", "at": AT, "people": SIX, **other}
    )


def lines_of(study):
    return policy_of(study).lines()


@pytest.fixture(scope="module")
def findings():
    study = sample_study()
    found = [*findings_for(study, resamples=0), *findings_for(study, site="Site 1", resamples=0)]
    return [one for one in found if ".gse." in one.id or one.id.count(".") == 1]


def test_every_threshold_of_the_policy_is_described_and_can_be_moved():
    ours = {name for name in vars(DisclosurePolicy()) if name not in ("overrides", "changes")}
    assert set(THRESHOLDS) == ours
    for rule in THRESHOLDS.values():
        assert rule.label
        assert rule.does.endswith(".")
        assert rule.why.endswith(".")
        assert rule.allows(default_values()[rule.name])


def test_a_study_without_changes_is_under_the_defaults():
    assert policy_of(Study.empty()) == DisclosurePolicy()
    assert not policy_of(Study.empty()).not_default()
    assert not policy_of(Study.empty()).under()
    assert not any("Changed" in line for line in lines_of(Study.empty()))


def test_a_change_is_recorded_with_its_reason_author_and_time():
    study = changed(("min_mean_n", 3))
    (record,) = study.thresholds
    assert record == ThresholdChange("min_mean_n", 3, "Agreed with the board", "AB", AT)
    assert policy_of(study).min_mean_n == 3
    assert study.fingerprint == Study.empty().fingerprint


def test_going_back_is_a_further_record():
    study = changed(("min_gap", 8), ("min_gap", 5))
    assert [one.value for one in study.thresholds] == [8, 5]
    assert policy_of(study).values() == default_values()
    assert lines_of(study) == DisclosurePolicy().lines()


def test_the_last_change_counts_and_others_stay():
    study = changed(("min_gap", 8), ("rounding", 5), ("min_gap", 12))
    assert policy_of(study).not_default() == {"min_gap": 12, "rounding": 5}
    assert policy_of(study).under() == ("min_gap=12", "rounding=5")
    assert [one.change.value for one in thresholds_of(study).values() if one.change is not None] == [12, 5]


@pytest.mark.parametrize(
    ("name", "value", "compared"),
    [
        ("min_count", 3, "laxer"),
        ("min_count", 10, "stricter"),
        ("rounding", 5, "stricter"),
        ("staff_by_site", True, "laxer"),
    ],
)
def test_whoever_reads_a_file_sees_what_was_changed(name, value, compared):
    (line,) = [one for one in lines_of(changed((name, value))) if "Changed" in one]
    rule = THRESHOLDS[name]
    assert rule.label in line
    assert rule.words(value) in line
    assert rule.words(default_values()[name]) in line
    assert "since 4 May 2026" in line
    assert f"({compared} than the default" in line


def test_reason_and_author_of_a_change_are_in_no_file_to_share():
    said = " ".join(lines_of(changed(("min_gap", 8))))
    assert "Agreed with the board" not in said
    assert "AB" not in said


def test_a_policy_without_records_says_its_changes_too():
    (line,) = [one for one in DisclosurePolicy(min_rate_n=20).lines() if "Changed" in one]
    assert "20 people" in line
    assert "since" not in line


@pytest.mark.parametrize("name", NUMBERS)
def test_nobody_may_go_below_the_floor_or_above_the_roof(name):
    rule = THRESHOLDS[name]
    for value in (rule.lowest - 1, 1, 0, -5, HIGHEST + 1, True, None, 6.0, "6"):
        (problem,) = change_problems(Study.empty(), ThresholdChange(name, value, "x", "AB", AT))
        assert rule.label in problem
        assert f"from {rule.lowest} to {HIGHEST}" in problem
        with pytest.raises(DefinitionError):
            changed((name, value))


def test_no_floor_lets_two_people_or_one_be_seen():
    assert all(THRESHOLDS[name].lowest >= 3 for name in NUMBERS)


@pytest.mark.parametrize(("name", "value"), [("rounding", 3), ("rounding", 0), ("rounding", False), ("rounding", 10)])
def test_counts_are_rounded_to_five_or_not_at_all(name, value):
    assert change_problems(Study.empty(), ThresholdChange(name, value, "x", "AB", AT))


@pytest.mark.parametrize("value", [0, 1, None, "yes"])
def test_staff_by_site_is_yes_or_no(value):
    assert change_problems(Study.empty(), ThresholdChange("staff_by_site", value, "x", "AB", AT))


@pytest.mark.parametrize(("larger", "smaller", "why"), AT_LEAST)
def test_thresholds_that_belong_together_move_together(larger, smaller, why):
    base = default_values()
    high = base[larger] + 1
    (problem,) = change_problems(Study.empty(), ThresholdChange(smaller, high, "x", "AB", AT))
    assert THRESHOLDS[larger].label in problem
    assert why in problem
    study = changed((larger, high), (smaller, high))
    assert policy_of(study).not_default() == {larger: high, smaller: high}
    assert change_problems(study, ThresholdChange(larger, base[larger], "x", "AB", AT))
    assert policy_of(changed((smaller, base[smaller]), (larger, base[larger]), study=study)) != policy_of(study)


moves = st.lists(
    st.tuples(st.sampled_from([*THRESHOLDS, "colour"]), st.one_of(st.integers(-1, 55), st.none(), st.booleans())),
    max_size=12,
)


@given(moves)
def test_whatever_is_tried_the_policy_stays_one_that_makes_sense(tried):
    study, wild = Study.empty(), Study.empty()
    for name, value in tried:
        change = ThresholdChange(name, value, "x", "AB", AT)
        if not change_problems(study, change):
            study = change_threshold(study, change)
        wild = wild.beside(thresholds=(*wild.thresholds, change))
    for found in (policy_of(study), policy_of(wild)):
        assert all(rule.allows(found.values()[name]) for name, rule in THRESHOLDS.items())
        assert found.min_gap >= found.min_mean_n
        assert found.all_or_none_below >= found.min_count
    assert not records_problems(study.thresholds, ())
    # A record that could not have been made is passed over, and changes nothing that comes after it.
    assert policy_of(wild).values() == policy_of(study).values()


@pytest.mark.parametrize(
    ("other", "asked"),
    [
        ({"reason": " \n "}, "say why it is changed"),
        ({"author": ""}, "say who decides it"),
        ({"reason": "x" * (LONGEST["reason"] + 1)}, "the reason can have"),
        ({"author": "x" * (LONGEST["author"] + 1)}, "the name can have"),
        ({"at": "yesterday"}, "the time must be written"),
        ({"at": "2026-05-04T09:00:00"}, "the time must be written"),
        ({"value": 5}, "it has this value already"),
        ({"name": "colour"}, "choose one of the thresholds"),
    ],
)
def test_what_a_change_needs_is_said(other, asked):
    change = ThresholdChange(**{"name": "min_gap", "value": 8, "reason": "x", "author": "AB", "at": AT, **other})
    with pytest.raises(DefinitionError) as raised:
        change_threshold(Study.empty(), change)
    assert [asked in one for one in raised.value.problems] == [True]


def test_all_that_is_missing_is_said_at_once():
    assert len(change_problems(Study.empty(), ThresholdChange("min_gap", 2, "", ""))) == 4


def test_what_was_typed_is_cleaned_and_the_time_is_kept_in_utc():
    change = ThresholdChange("min_gap", 8, " two\nlines\u202e ", " AB\t", "2026-05-04T10:00:00+01:00")
    (kept,) = change_threshold(Study.empty(), change).thresholds
    assert (kept.reason, kept.author, kept.at) == ("two lines", "AB", AT)


def test_there_is_an_end_to_records():
    study = Study.empty().beside(thresholds=(ThresholdChange("min_gap", 8, "x", "AB", AT),) * MOST)
    assert "new study" in change_problems(study, ThresholdChange("min_gap", 9, "x", "AB", AT))[0]
    many = Study.empty().beside(overrides=tuple(exception(group=str(n)) for n in range(MOST)))
    assert "new study" in override_problems(many, exception())[0]


def test_an_exception_releases_and_taken_back_hides_again(findings):
    groups = next(one for one in findings if one.id == exception().finding)
    published = bound(exception(), groups)
    study = override(Study.empty(), published)
    shown = apply_disclosure([groups], policy_of(study)).findings[0].table.set_index("group")
    assert shown.loc["Matched, before", "mean"] == 32.4
    assert any("Annual report 2019" in line for line in lines_of(study))
    assert policy_of(study).under() == ("overrides=1",)
    study = override(study, exception(reason="Withdrawn by the publisher", ended=True))
    hidden = apply_disclosure([groups], policy_of(study)).findings[0].table.set_index("group")
    assert hidden.loc["Matched, before", "mean"] == HIDDEN
    assert [one.ended for one in study.overrides] == [False, True]
    assert lines_of(study) == DisclosurePolicy().lines()
    assert not policy_of(study).under()
    again = override(study, published)
    assert policy_of(again).overridden(groups, "matched pre")


def test_who_released_is_in_no_file_to_share():
    study = override(Study.empty(), exception(author="Petra Pan"))
    assert "Petra Pan" not in " ".join(lines_of(study))


@pytest.mark.parametrize(
    ("record", "asked"),
    [
        (exception(finding=""), "choose a figure"),
        (exception(group=""), "choose a figure"),
        (exception(reason=""), "say where it is published"),
        (exception(author=" "), "say who decides it"),
        (exception(at=""), "the time must be written"),
        (exception(ended=True), "no such exception is in force"),
    ],
)
def test_what_an_exception_needs_is_said(record, asked):
    with pytest.raises(DefinitionError) as raised:
        override(Study.empty(), record)
    assert [asked in one for one in raised.value.problems] == [True]


def test_an_exception_in_force_is_not_recorded_twice():
    study = override(Study.empty(), exception())
    assert override_problems(study, exception()) == ("this exception is in force already",)
    assert "say why" in override_problems(study, exception(reason="", ended=True))


def test_the_records_of_a_file_are_checked_one_after_another():
    good = changed(("min_gap", 8), ("min_mean_n", 8)).thresholds
    assert records_problems(good, (exception(), exception(ended=True))) == ()
    assert records_problems(good[::-1], ()) != ()
    assert records_problems((replace(good[0], value=0),), (exception(ended=True),)) == (
        "A change of a threshold could not have been made here.",
        "A recorded exception could not have been made here.",
    )


def hidden_cells(finding, policy):
    table = apply_disclosure([finding], policy).findings[0].table
    return {(row, name) for name in table for row, value in enumerate(table[name]) if value == HIDDEN}


@pytest.mark.parametrize(("name", "lax", "strict"), ONE_BY_ONE, ids=str)
def test_a_stricter_threshold_shows_no_cell_that_a_laxer_one_hides(findings, name, lax, strict):
    more = 0
    for finding in findings:
        one, other = (hidden_cells(finding, DisclosurePolicy(**{name: value})) for value in (lax, strict))
        assert one <= other, finding.id
        more += len(other - one)
    assert more


some_people = st.frozensets(st.sampled_from("abcdefghijklmn"), min_size=1)


@given(st.lists(some_people, min_size=1, max_size=5), st.integers(3, 5), st.integers(0, 4))
def test_what_a_larger_gap_shows_gives_nothing_away_that_a_smaller_one_protects(groups, lax, more):
    """Which of two groups is hidden can move when the gap grows; that no few people can be worked out does not."""
    shown = set(groups) - to_hide(groups, shown=(), gap=lax + more)
    assert exposed(shown, lax - 1) <= shown


def test_a_larger_gap_can_show_a_group_that_a_smaller_one_hides():
    whole = frozenset("abcdefghijklmnopqrst")
    inner, innermost = frozenset(sorted(whole)[:17]), frozenset(sorted(whole)[:15])
    assert to_hide([whole, inner, innermost], shown=(), gap=3) == {innermost}
    assert to_hide([whole, inner, innermost], shown=(), gap=5) == {inner}


@pytest.mark.parametrize("stricter", [{"min_gap": 8}, {"min_gap": 8, "min_mean_n": 8}, {"min_count": 8}], ids=str)
def test_a_stricter_policy_gives_nobody_away(findings, stricter):
    released = apply_disclosure(findings, DisclosurePolicy(**stricter)).findings
    assert not breaches(zip(findings, released, strict=True))


@pytest.mark.parametrize("name", ["min_mean_n", "min_gap"])
def test_the_lowest_values_still_show_nothing_of_two_people(findings, name):
    lowest = {"min_mean_n": 3, "min_gap": 3} if name == "min_gap" else {"min_mean_n": 3}
    released = apply_disclosure(findings, DisclosurePolicy(**lowest)).findings
    found = breaches(zip(findings, released, strict=True))
    assert all(len(people) >= 3 for _, people in found)
