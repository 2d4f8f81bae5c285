"""Properties of the small-number policy over random small studies, with an attack that knows nothing of its code."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalcore.disclosure import HIDDEN, DisclosurePolicy, apply_disclosure
from evalcore.disclosure.nesting import exposed, to_hide
from evalcore.findings import findings_for, sites
from evalcore.study import Study
from tests.disclosure.attack import breaches, exported_one_by_one, visible_groups, worked_out

ROLES = ("service user", "staff", "volunteer")
people = st.lists(
    st.tuples(
        st.sampled_from(ROLES), st.sampled_from(("North", "South", "East")), st.sampled_from(("pre", "post", "both"))
    ),
    min_size=1,
    max_size=22,
)
some_people = st.frozensets(st.sampled_from("abcdefghijklmn"), min_size=1)


def study_of(persons, seed):
    """A study of one questionnaire: role, site and waves of each person as drawn, answers made up from `seed`."""
    rows, roster = [], []
    for number, (role, site, waves) in enumerate(persons):
        who = {"respondent_id": f"P{number:02}", "role": role, "site": site}
        roster.append({**who, "consent": "given", "reason_no_pre": None, "reason_no_post": None})
        for wave in ("pre", "post") if waves == "both" else (waves,):
            answers = {
                f"gse_{item}": 1 + (seed + number * 7 + item * (3 if wave == "pre" else 5)) % 4 for item in range(1, 11)
            }
            rows.append({**who, "wave": wave, **answers})
    return replace(Study.empty(), responses=pd.DataFrame(rows), roster=pd.DataFrame(roster))


def all_findings(study):
    found = list(findings_for(study, resamples=0))
    for site in sites(study):
        found += findings_for(study, role="service user", site=site, resamples=0)
    return found


@settings(max_examples=12)
@given(people, st.integers(0, 9))
def test_no_small_group_is_shown_or_can_be_worked_out(persons, seed):
    findings = all_findings(study_of(persons, seed))
    released = apply_disclosure(findings, DisclosurePolicy()).findings
    pairs = list(zip(findings, released, strict=True))
    shown = set().union(*(visible_groups(before, after) for before, after in pairs))
    assert all(len(people) >= 5 for _, people in shown)
    for measure, one in shown:
        nested = [other for m, other in shown if m == measure and other < one]
        assert all(len(one) - len(other) >= 5 for other in nested)
    assert not breaches(pairs)


@settings(max_examples=6)
@given(people, st.randoms(use_true_random=False))
def test_nothing_can_be_worked_out_from_exports_one_after_another(persons, random):
    study = study_of(persons, 1)
    findings = [one for one in all_findings(study) if not one.id.startswith(("trail", "reasons", "holds"))]
    random.shuffle(findings)
    assert not breaches(exported_one_by_one(study, findings[:8], DisclosurePolicy()))


@settings(max_examples=12)
@given(people, st.integers(0, 9))
def test_a_site_never_shows_a_small_count(persons, seed):
    findings = [one for one in all_findings(study_of(persons, seed)) if one.by_site]
    for after in apply_disclosure(findings, DisclosurePolicy()).findings:
        for column in after.columns:
            if column.kind == "fieldwork":
                shown = [n for n in after.table[column.name] if n != HIDDEN and not pd.isna(n)]
                assert all(n == 0 or n >= 5 for n in shown)
        if after.trail is not None:
            assert after.trail.people.empty


@pytest.mark.parametrize(
    "weaker", [{"min_gap": 1}, {"min_mean_n": 1}, {"min_gap": 3, "min_mean_n": 2}], ids=["gap", "mean", "both"]
)
def test_a_weaker_policy_is_found_out(weaker):
    persons = [("staff", "North", "both")] * 5 + [("staff", "North", "pre")] + [("service user", "South", "both")] * 3
    findings = all_findings(study_of(persons, 3))
    weak = apply_disclosure(findings, DisclosurePolicy(**weaker)).findings
    strong = apply_disclosure(findings, DisclosurePolicy()).findings
    assert breaches(zip(findings, weak, strict=True))
    assert not breaches(zip(findings, strong, strict=True))


@given(st.lists(some_people, min_size=1, max_size=5))
def test_what_is_exposed_agrees_with_ranks_person_by_person(groups):
    assert exposed(groups, 4) == worked_out(set(groups))


@given(st.lists(some_people, min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_groups_does_not_matter(groups, random):
    shuffled = random.sample(groups, k=len(groups))
    assert to_hide(groups, shown=(), gap=5) == to_hide(shuffled, shown=(), gap=5)


@given(st.lists(some_people, min_size=1, max_size=4), st.lists(some_people, max_size=2))
def test_what_left_is_never_hidden_and_nothing_new_is_given_away(groups, left):
    hidden = to_hide(groups, shown=left, gap=5)
    shown = (set(groups) - hidden) | set(left)
    assert not hidden & set(left)
    assert worked_out(shown) - worked_out(set(left)) <= shown


def test_a_whole_and_all_its_parts_but_one():
    parts = [frozenset(f"{site}{i}" for i in range(n)) for site, n in (("a", 6), ("b", 7), ("c", 3))]
    whole = frozenset().union(*parts)
    assert to_hide([whole, *parts[:2]], shown=(), gap=5) == {parts[0]}
