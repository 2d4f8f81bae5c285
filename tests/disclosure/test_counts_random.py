"""Counts of people with a characteristic over random sites: nothing small follows, whatever leaves first."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalcore.disclosure import DisclosurePolicy, apply_disclosure
from tests.disclosure.counts import (
    counts_finding,
    one_after_another,
    shown_counts,
    small_counts_told,
    told,
)

POLICY = DisclosurePolicy()
SITES = ("North", "South", "East")
NO_SITE = "no site"
CATEGORIES = ("active", "completed", "disengaged")
few_or_many = st.one_of(st.just(0), st.integers(0, 6), st.integers(0, 25))


@st.composite
def tallies(draw):
    """People by site and category: two or three categories, at three sites and perhaps at none."""
    categories = CATEGORIES[: draw(st.integers(2, 3))]
    places = (*SITES, NO_SITE) if draw(st.booleans()) else SITES
    return {(site, category): draw(few_or_many) for site in places for category in categories}


def places_of(tally):
    return tuple(dict.fromkeys(site for site, _ in tally))


def findings_of(tally, *, beside):
    """The whole and each site by itself; `beside`: each site names the whole that it is part of."""
    every = places_of(tally)
    context = every if beside else None
    return [counts_finding(tally, every), *(counts_finding(tally, (site,), context=context) for site in SITES)]


def shown_of(tally, findings, released):
    sites = {finding.id: (site,) for finding, site in zip(findings[1:], SITES, strict=True)}
    return [(sites.get(one.id, places_of(tally)), shown_counts(one)) for one in released]


@settings(max_examples=60)
@given(tallies(), st.booleans())
def test_nothing_small_follows_from_what_leaves_together(tally, beside):
    findings = findings_of(tally, beside=beside)
    released = apply_disclosure(findings, POLICY).findings
    assert small_counts_told(tally, shown_of(tally, findings, released)) == {}


@settings(max_examples=60)
@given(tallies(), st.booleans(), st.randoms(use_true_random=False))
def test_nothing_small_follows_from_what_leaves_one_after_another(tally, beside, random):
    findings = findings_of(tally, beside=beside)
    shuffled = random.sample(findings, k=len(findings))
    released = one_after_another(shuffled, POLICY)
    assert small_counts_told(tally, shown_of(tally, findings, released)) == {}


@settings(max_examples=40)
@given(tallies(), st.randoms(use_true_random=False))
def test_the_whole_is_shown_the_same_whether_it_leaves_first_or_last(tally, random):
    whole, *sites = findings_of(tally, beside=True)
    first = one_after_another([whole], POLICY)[0]
    last = one_after_another([*random.sample(sites, k=len(sites)), whole], POLICY)[-1]
    assert shown_counts(last) == shown_counts(first)


@settings(max_examples=40)
@given(tallies(), st.sampled_from(SITES))
def test_a_site_beside_its_whole_is_shown_the_same_before_and_after_it(tally, site):
    whole = counts_finding(tally, places_of(tally))
    part = counts_finding(tally, (site,), context=places_of(tally))
    before = one_after_another([part, whole], POLICY)[0]
    after = one_after_another([whole, part], POLICY)[1]
    assert shown_counts(before) == shown_counts(after)


@settings(max_examples=40)
@given(tallies(), st.randoms(use_true_random=False))
def test_the_order_of_what_leaves_together_does_not_matter(tally, random):
    findings = findings_of(tally, beside=True)
    shuffled = random.sample(findings, k=len(findings))
    one, other = (apply_disclosure(some, POLICY).findings for some in (findings, shuffled))
    assert {f.id: shown_counts(f) for f in one} == {f.id: shown_counts(f) for f in other}


@pytest.mark.parametrize("weaker", [{"min_count": 1}, {"min_count": 2, "all_or_none_below": 1}])
def test_a_weaker_policy_is_found_out(weaker):
    tally = {(site, "active"): n for site, n in zip(SITES, (9, 12, 3), strict=True)}
    tally |= {(site, "completed"): 11 for site in SITES}
    findings = findings_of(tally, beside=True)
    weak = apply_disclosure(findings, DisclosurePolicy(**weaker)).findings
    assert small_counts_told(tally, shown_of(tally, findings, weak))


def test_counts_that_follow_from_each_other_are_found():
    tally = {("North", "active"): 9, ("South", "active"): 12, ("North", "left"): 8, ("South", "left"): 7}
    found = told(tally, [(("North", "South"), {"active": 21}), (("North",), {"left": 8})])
    assert found[("South",), "active"] == (12, 19)
    assert (("North",), "left") in found
    assert (("South",), "left") in found
    assert (("South",), "left") not in told(tally, [(("North",), {"left": 8})])
