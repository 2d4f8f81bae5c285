"""Counts of people with a characteristic, case by case: complements, sites, categories, earlier exports, overrides."""

import dataclasses

import pytest

from evalcore.disclosure import HIDDEN, DisclosurePolicy, Override, apply_disclosure, shown_groups
from evalcore.findings import Column, Group
from evalcore.findings.finding import HAVING
from evalcore.leaving import Export
from tests.disclosure.counts import CONTEXT, counts_finding, one_after_another, shown_counts, small_counts_told

POLICY = DisclosurePolicy()


def tally_of(**sites):
    """`North=(14, 13)`: people with and without, by site."""
    return {(site, what): n for site, counts in sites.items() for what, n in zip("abcd", counts, strict=False)}


def shown(*findings, policy=POLICY, released=()):
    return [shown_counts(one) for one in apply_disclosure(findings, policy, released=released).findings]


def recorded(finding, form="share"):
    return Export(finding.id, form, shown_groups(apply_disclosure([finding], POLICY).findings[0]))


@pytest.mark.parametrize(
    ("counts", "rows", "expected"),
    [
        ((14, 13), "ab", {"a": 14, "b": 13}),
        ((3, 24), "ab", {}),
        ((24, 3), "a", {}),
        ((3, 24), "b", {}),
        ((20, 7), "a", {"a": 20}),
        ((27, 0), "a", {"a": 27}),
        ((0, 27), "ab", {"a": 0, "b": 27}),
        ((0, 9), "ab", {}),
        ((9, 0), "a", {}),
        ((3, 9, 15), "abc", {"c": 15}),
        ((3, 9, 15), "bc", {"c": 15}),
        ((3, 2, 22), "abc", {"c": 22}),
        ((6, 9, 12), "abc", {"a": 6, "b": 9, "c": 12}),
    ],
)
def test_counts_of_one_whole(counts, rows, expected):
    assert shown(counts_finding(tally_of(North=counts), ("North", "South"), rows=rows)) == [expected]


def with_people(finding, **people):
    """The finding with other people in some of its groups."""
    groups = {key: dataclasses.replace(finding.groups[key], people=frozenset(some)) for key, some in people.items()}
    return dataclasses.replace(finding, groups={**finding.groups, **groups})


def test_several_answers_of_one_person_do_not_hide_each_other():
    """Everyone of a is among b, and nobody could know it: the three people between them do not follow."""
    made = counts_finding(tally_of(North=(9, 18)), ("North", "South"))
    a, rest = (sorted(made.groups[key].people) for key in ("a", "not a"))
    made = with_people(made, **{"b": {*a, *rest[:3]}, "not b": rest[3:]})
    table = made.table.assign(people=[9, 12], share=[9 / 27, 12 / 27])
    assert shown(dataclasses.replace(made, table=table)) == [{"a": 9, "b": 12}]


@pytest.mark.parametrize(("without", "expected"), [(3, {}), (5, {"a": 20})])
def test_a_count_is_held_against_those_who_are_known(without, expected):
    """Of 27 people 20 have it; of how many it is known is another thing."""
    made = counts_finding(tally_of(North=(20, 7)), ("North", "South"), rows="a")
    made = with_people(made, **{"not a": sorted(made.groups["not a"].people)[:without]})
    assert shown(made) == [expected]
    rules = apply_disclosure([made], POLICY).hidden["rule"].tolist()
    assert set(rules) == (set() if expected else {"(b) small counts"})


def test_a_count_of_which_only_those_who_have_it_are_named():
    made = counts_finding(tally_of(North=(24, 3)), ("North", "South"), rows="a")
    columns = tuple(dataclasses.replace(one, holders=(("a",),) if one.holders else ()) for one in made.columns)
    assert shown(dataclasses.replace(made, columns=columns)) == [{}]


@pytest.mark.parametrize(("n", "expected"), [(9, {}), (10, {"a": 10})])
def test_everybody_of_the_few_who_are_known(n, expected):
    made = counts_finding(tally_of(North=(n, 17)), ("North", "South"), rows="a")
    assert shown(with_people(made, **{"not a": ()})) == [expected]


def test_a_site_is_hidden_where_it_would_tell_of_a_few_at_the_others():
    tally = tally_of(North=(12, 10), South=(3, 12))
    whole, north = counts_finding(tally, ("North", "South")), counts_finding(tally, ("North",))
    assert shown(whole, north) == [{"a": 15, "b": 22}, {}]
    assert shown(north) == [{"a": 12, "b": 10}]


def test_none_of_a_few_people_follows_from_two_equal_counts():
    tally = tally_of(North=(14, 6), South=(0, 7))
    whole, north = counts_finding(tally, ("North", "South")), counts_finding(tally, ("North",))
    assert shown(whole, north) == [{"a": 14, "b": 13}, {}]
    longer = tally_of(North=(14, 6), South=(0, 10))
    sites = [counts_finding(longer, where) for where in (("North", "South"), ("North",))]
    assert shown(*sites) == [{"a": 14, "b": 16}, {"a": 14, "b": 6}]


def test_a_second_category_is_not_given_back_through_another_site():
    """North hides a second count to protect its 3; the whole and South must not give that one back."""
    tally = tally_of(North=(3, 6, 11), South=(9, 9, 9))
    whole, south, north = (counts_finding(tally, where) for where in (("North", "South"), ("South",), ("North",)))
    for findings in ([whole, south, north], [north, south, whole], [south, whole, north]):
        for after in (apply_disclosure(findings, POLICY).findings, one_after_another(findings, POLICY)):
            seen = {one.id: shown_counts(one) for one in after}
            assert "a" not in seen[north.id]
            assert not {"b"} <= set(seen[whole.id]) & set(seen[south.id]) or "c" not in seen[north.id]


def test_what_left_before_is_held_against():
    tally = tally_of(North=(12, 10), South=(3, 12))
    whole, north = counts_finding(tally, ("North", "South")), counts_finding(tally, ("North",))
    assert shown(whole, released=[recorded(north)]) == [{}]
    assert shown(north, released=[recorded(whole)]) == [{}]
    assert shown(whole, released=[recorded(north, "internal")]) == [{"a": 15, "b": 22}]


def test_a_site_where_nobody_has_it_is_held_against_too():
    """Of the 12 in the South 3 have it not, which the whole would tell."""
    tally = tally_of(North=(0, 12), South=(9, 3))
    whole, north = (counts_finding(tally, where, rows="a") for where in (("North", "South"), ("North",)))
    assert shown(north) == [{"a": 0}]
    assert shown(whole, released=[recorded(north)]) == [{}]


def test_what_earlier_exports_gave_away_hides_what_nests_with_it():
    tally = tally_of(North=(12, 10), South=(3, 8), East=(10, 9))
    north, both, east, other = (
        counts_finding(tally, where, rows="a")
        for where in (("North",), ("North", "South"), ("East",), ("South", "East"))
    )
    assert shown(east, other, released=[recorded(north), recorded(both)]) == [{}, {"a": 13}]


def test_a_site_knows_its_whole_before_that_has_left():
    tally = tally_of(North=(12, 10), South=(3, 12))
    sites = ("North", "South")
    whole, north = counts_finding(tally, sites), counts_finding(tally, ("North",), context=sites)
    assert shown(north) == [{}]
    for findings in ([whole, north], [north, whole]):
        after = {one.id: shown_counts(one) for one in one_after_another(findings, POLICY)}
        assert after == {whole.id: {"a": 15, "b": 22}, north.id: {}}


@pytest.mark.parametrize("beside", [True, False])
def test_a_category_that_a_site_does_not_list_counts_by_its_whole(beside):
    """Of the 5 people in the South none is b: the whole has 23 and all of them are in the East."""
    tally = tally_of(North=(8, 0, 10), South=(5, 0, 0), East=(0, 23, 0))
    sites = ("North", "South", "East")
    whole = counts_finding(tally, sites)
    north, east = (
        counts_finding(tally, (site,), rows=rows, context=sites if beside else None)
        for site, rows in (("North", "ac"), ("East", "b"))
    )
    assert shown(east) == [{"b": 23}]
    after = [shown_counts(one) for one in one_after_another([whole, north, east], POLICY)]
    assert after == [{"a": 13, "b": 23, "c": 10}, {"a": 8, "c": 10}, {}]
    after = [shown_counts(one) for one in one_after_another([north, east, whole], POLICY)]
    assert (after[2] == {"a": 13, "b": 23, "c": 10}) is beside


def test_nobody_of_a_few_people_follows_from_the_other_categories():
    tally = tally_of(North=(8, 4, 0), South=(4, 4, 8), East=(5, 1, 0))
    places = [("North",), ("East",), ("South",), ("North", "South", "East")]
    after = one_after_another([counts_finding(tally, where) for where in places], POLICY)
    seen = [shown_counts(one) for one in after]
    assert seen[:3] == [{"c": 0}, {}, {"c": 8}]
    assert small_counts_told(tally, zip(places, seen, strict=True)) == {}


def test_only_counts_that_are_seen_are_recorded_as_having_left():
    tally = tally_of(North=(3, 9, 15))
    made = counts_finding(tally, ("North", "South"), context=("North",))
    left = apply_disclosure([made], POLICY).findings[0]
    measures = {measure for measure, _ in shown_groups(left) if measure.startswith(HAVING)}
    assert measures == {f"{HAVING}status, c", f"{HAVING}status, not c"}
    assert not any(key.startswith(CONTEXT) and left.groups[key].measure.startswith(HAVING) for key in left.groups)


@pytest.mark.parametrize("named", ["known", "a", "not a"])
def test_an_override_releases_a_count_and_the_rest_hides_around_it(named):
    tally = tally_of(North=(12, 10), South=(3, 12))
    whole, north = counts_finding(tally, ("North", "South"), rows="a"), counts_finding(tally, ("North",), rows="a")
    policy = DisclosurePolicy(overrides=(Override(north.id, named, "printed in the report of 2019"),))
    assert shown(whole, north) == [{"a": 15}, {}]
    assert shown(whole, north, policy=policy) == [{}, {"a": 12}]


def test_an_override_releases_a_small_count():
    south = counts_finding(tally_of(South=(3, 12)), ("South", "North"), rows="a")
    policy = DisclosurePolicy(overrides=(Override(south.id, "a", "printed in the report of 2019"),))
    assert shown(south) == [{}]
    assert shown(south, policy=policy) == [{"a": 3}]


def test_people_with_a_characteristic_are_no_measured_group():
    """Nor does another measure of the same people decide about them."""
    tally = tally_of(North=(8, 12))
    made = counts_finding(tally, ("North", "South"))
    mean = Column("mean", "Mean", "mean", 1, (("scored",),) * 2)
    scored = Group("scored", "", "gse.total", frozenset(sorted(made.groups["known"].people)[:-3]))
    table = made.table.assign(mean=3.25)
    made = dataclasses.replace(
        made, table=table, columns=(*made.columns, mean), groups={**made.groups, "scored": scored}
    )
    after = apply_disclosure([made], DisclosurePolicy(one_decimal_below=13)).findings[0]
    assert shown_counts(after) == {"a": 8, "b": 12}
    assert HIDDEN not in after.table["mean"].tolist()
    assert after.title == "A title"


def test_a_count_of_people_who_are_not_described_is_hidden():
    made = counts_finding(tally_of(North=(14, 13)), ("North", "South"))
    groups = {key: group for key, group in made.groups.items() if key != "not a"}
    assert shown(dataclasses.replace(made, groups=groups)) == [{"b": 13}]


def test_the_reason_is_the_second_count():
    tally = tally_of(North=(12, 10), South=(3, 12))
    release = apply_disclosure([counts_finding(tally, ("North",), context=("North", "South"))], POLICY)
    people = release.hidden[release.hidden["column"] == "People"]
    assert set(people["rule"]) == {"(b) secondary"}
    assert set(people["reason"]) == {"together with another count it would give a small one back"}
    assert set(release.findings[0].table["share"]) == {HIDDEN}
