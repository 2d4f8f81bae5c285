"""Counts of people at a site: beside each other they do not tell where a few of the others are."""

from __future__ import annotations

import dataclasses
from itertools import permutations

import pytest

from evalcore.disclosure import HIDDEN, DisclosurePolicy, apply_disclosure
from evalcore.findings import Finding
from tests.disclosure.counts import CONTEXT, Tally, counts_finding, groups_of, one_after_another

POLICY = DisclosurePolicy()
PLACES = ("East", "West")
LEFT_OUT = 7


def at_east(tally: Tally, everyone: Tally) -> Finding:
    """How many people of a tally are in East, beside how many of them there are; it knows who else is there."""
    made = counts_finding(tally, ("East",), context=PLACES)
    known = {
        "everyone": dataclasses.replace(groups_of(everyone, ("East",), (), by_site=True)["known"], key="everyone"),
        f"{CONTEXT}everyone": dataclasses.replace(groups_of(everyone, PLACES, ())["known"], key="everyone"),
    }
    return dataclasses.replace(made, id=f"{made.id}-{len(tally)}", groups={**made.groups, **known})


def counted(finding: Finding) -> object:
    return finding.table["n"].iloc[0]


def pair_of(*, left_out_at: str, elsewhere: int) -> tuple[Finding, Finding]:
    """11 people in East and so many in West; seven are left out of a figure, and all of those are at one place."""
    here = {("East", "stays"): 11 - (LEFT_OUT if left_out_at == "East" else 0)}
    there = {("West", "stays"): elsewhere - (LEFT_OUT if left_out_at == "West" else 0)} if elsewhere else {}
    lost = {(left_out_at, "lost"): LEFT_OUT}
    everyone = {**here, **there, **lost}
    return at_east(everyone, everyone), at_east(lost, everyone)


def both_ways(one: Finding, other: Finding) -> list[list[Finding]]:
    """Released together, and one after the other in both orders, the first of `one` and `other` first."""
    ways = [list(apply_disclosure([one, other], POLICY).findings)]
    for order in permutations((one, other)):
        released = {after.id: after for after in one_after_another(order, POLICY)}
        ways.append([released[one.id], released[other.id]])
    return ways


@pytest.mark.parametrize(("place", "elsewhere"), [("East", 10), ("West", 10)])
def test_the_whole_at_one_place_and_a_larger_count_do_not_tell_where_the_few_others_are(place, elsewhere):
    """11 of 21 are in East, and all 7 left out too, so that 4 of the other 14 are; likewise of 3 others in West."""
    shown: list[object] = []
    for all_of_them, left_out in both_ways(*pair_of(left_out_at=place, elsewhere=elsewhere)):
        assert HIDDEN in (counted(all_of_them), counted(left_out))
        shown += [one for one in (counted(all_of_them), counted(left_out)) if one != HIDDEN]
    assert len(shown) == 2, "whichever leaves first is shown"


def test_the_whole_at_one_place_is_shown_where_many_others_are_left():
    all_of_them, left_out = pair_of(left_out_at="West", elsewhere=20)
    for seen in both_ways(all_of_them, left_out):
        assert [counted(one) for one in seen] == [11, 0]


def test_in_a_study_of_one_place_nothing_is_hidden_for_where_people_are():
    for seen in both_ways(*pair_of(left_out_at="East", elsewhere=0)):
        assert [counted(one) for one in seen] == [11, LEFT_OUT]
