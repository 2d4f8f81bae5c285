"""A policy that is weakened on purpose is found out: by the attacker, or by the reader of what can be seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pandas as pd
import pytest

from evalcore.disclosure import HIDDEN, DisclosurePolicy, apply_disclosure
from evalcore.findings import Column, Finding, Group, build, findings_for, measures, sites
from evalcore.sample import sample_study
from evalcore.study import Study
from tests.disclosure.attack import visible_groups
from tests.disclosure.attacking import Pairs, counts_told, scores_told
from tests.disclosure.random_studies import all_at_once, one_after_another
from tests.disclosure.said import Truth, truth_of
from tests.disclosure.test_random import study_of

DEFAULT = DisclosurePolicy()


def staff(both: int, before: int) -> tuple[Truth, list[Finding]]:
    """So many staff who answered twice and so many who answered before only."""
    study = study_of([("staff", "North", "both")] * both + [("staff", "North", "pre")] * before, 3)
    return truth_of(study), list(findings_for(study, resamples=0))


@cache
def sample_people() -> tuple[Truth, list[Finding]]:
    """Who the people of the sample study are, in all and at each site."""
    study = sample_study()
    kinds = (("characteristics", None), ("categories", "company"), ("needs", None))
    found = [build(kind, study, None, at, choice=choice) for kind, choice in kinds for at in (None, *sites(study))]
    return truth_of(study), found


def followed(truth: Truth, released: Pairs, policy: DisclosurePolicy = DEFAULT) -> set[str]:
    """Whether scores follow, and counts."""
    pairs = list(released)
    found = {"scores"} if scores_told(truth, pairs, policy) else set()
    return found | ({"counts"} if counts_told(truth, pairs) else set())


@pytest.mark.parametrize(
    ("of", "lower", "what"),
    [
        ((8, 3), {"min_gap": 3}, "scores"),
        ((4, 0), {"min_mean_n": 3}, "scores"),
        (None, {"min_count": 3}, "counts"),
        (None, {"all_or_none_below": 5}, "counts"),
    ],
    ids=str,
)
def test_the_lowest_threshold_that_a_page_allows_tells(
    of: tuple[int, int] | None, lower: dict[str, int], what: str
) -> None:
    truth, findings = sample_people() if of is None else staff(*of)
    weak = replace(DEFAULT, **lower)
    assert followed(truth, all_at_once(findings, DEFAULT)) == set()
    assert what in followed(truth, all_at_once(findings, weak), weak)


# secondary hiding


def test_groups_that_nest_must_be_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    truth, findings = staff(8, 3)
    monkeypatch.setattr("evalcore.disclosure.standing.to_hide", lambda *_, **__: frozenset())
    assert "scores" in followed(truth, all_at_once(findings, DEFAULT))


def two_sites(known: int = 22) -> Study:
    """22 people: 6 men and 6 women at Site 1, 4 and 6 at Site 2; all of them answered, each question with 1.

    Only of the first so many it is known whether they are men or women.
    """
    places = [("Site 1", "male")] * 6 + [("Site 1", "female")] * 6 + [("Site 2", "male")] * 4
    places += [("Site 2", "female")] * 6
    people = [
        {"respondent_id": f"P{number:02}", "role": "service user", "site": site}
        for number, (site, _) in enumerate(places)
    ]
    cases = [
        {**who, "sex": sex if at < known else None}
        for at, (who, (_, sex)) in enumerate(zip(people, places, strict=True))
    ]
    answers = {f"gse_{item}": 1 for item in range(1, 11)}
    return replace(
        Study.empty(),
        responses=pd.DataFrame([{**who, "wave": "pre", **answers} for who in people[:7]]),
        roster=pd.DataFrame(
            [{**who, "consent": "given", "reason_no_pre": None, "reason_no_post": None} for who in people]
        ),
        cases=pd.DataFrame(cases).drop(columns="role"),
    )


def counts_of(study: Study) -> list[Finding]:
    return [build("characteristics", study, None, site) for site in (None, *sites(study))]


def test_counts_that_give_a_hidden_one_back_must_be_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    study = two_sites()
    truth, findings = truth_of(study), counts_of(study)
    assert followed(truth, all_at_once(findings, DEFAULT)) == set()
    monkeypatch.setattr("evalcore.disclosure.having._to_hide", lambda *_: ())
    assert followed(truth, all_at_once(findings, DEFAULT)) == {"counts"}


def test_of_how_many_at_a_site_something_is_known_must_be_held_against_the_whole() -> None:
    """All 12 at Site 1 and 4 at Site 2: that of all 12 it is known would give the 4 back."""
    study = two_sites(known=16)
    findings = counts_of(study)
    for released in (all_at_once(findings, DEFAULT), one_after_another(findings[::-1], DEFAULT)):
        assert followed(truth_of(study), released) == set()
        known = [after.table.set_index("what").loc["Sex", "known"].iloc[0] for _, after in released]
        assert sorted(known, key=str) == [16, HIDDEN, HIDDEN]


def test_a_group_in_which_all_are_alike_must_be_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    study = two_sites()
    findings = findings_for(study, resamples=0)
    assert followed(truth_of(study), all_at_once(list(findings), DEFAULT)) == set()
    monkeypatch.setattr("evalcore.disclosure.standing._everyone_alike", lambda *_: ())
    assert "scores" in followed(truth_of(study), all_at_once(list(findings), DEFAULT))


def test_a_share_must_be_hidden_with_its_count(monkeypatch: pytest.MonkeyPatch) -> None:
    needs = build("needs", sample_study())

    def shown_without_its_count() -> list[object]:
        table = apply_disclosure([needs], DEFAULT).findings[0].table
        return table.loc[(table["k"] == HIDDEN) & (table["share"] != HIDDEN), "share"].tolist()

    assert shown_without_its_count() == []
    monkeypatch.setattr("evalcore.disclosure.table.hide_what_gives_back", lambda _: None)
    assert len(shown_without_its_count()) == 1


def a_day_apart() -> Study:
    """14 people who answered again after 12 weeks, the second a day after the first, and so on."""
    rows, first = [], pd.Timestamp("2026-01-05")
    people = [{"respondent_id": f"P{number:02}", "role": "service user", "site": "Site 1"} for number in range(14)]
    for number, who in enumerate(people):
        for wave, days in (("pre", 0), ("post", 84 + number)):
            done = (first + pd.Timedelta(days=days)).date().isoformat()
            answers = {f"gse_{item}": 1 + (number * item + days) % 4 for item in range(1, 11)}
            rows.append({**who, "wave": wave, "completed_on": done, **answers})
    roster = [{**who, "consent": "given", "reason_no_pre": None, "reason_no_post": None} for who in people]
    return replace(Study.empty(), responses=pd.DataFrame(rows), roster=pd.DataFrame(roster))


def test_what_left_before_must_be_held_against() -> None:
    """Two windows of weeks that differ by two people."""
    study = a_day_apart()
    measure, truth = measures(study)[0], truth_of(study)
    findings = [build("window", study, measure, choice=(0.0, last), resamples=0) for last in (12.9, 13.2)]
    assert followed(truth, one_after_another(findings, DEFAULT)) == set()
    forgotten = [(finding, apply_disclosure([finding], DEFAULT).findings[0]) for finding in findings]
    assert "scores" in followed(truth, forgotten)


# what the attacker does not look at


@cache
def of_the_sample() -> tuple[Finding, ...]:
    study = sample_study()
    few = [one for one in measures(study) if one.key in ("gse.total", "uwes9.total")]
    return tuple(build(kind, study, one, resamples=0) for one in few for kind in ("groups", "summary", "change"))


def seen(kind: str, findings: tuple[Finding, ...], policy: DisclosurePolicy) -> Iterator[tuple[float, int]]:
    """The numbers of one kind that can be seen, and of how few people each is."""
    for finding in apply_disclosure(findings, policy).findings:
        for column in finding.columns if finding.groups else ():
            for value, keys in zip(finding.table[column.name], column.groups, strict=False):
                sizes = [finding.groups[key].n for key in keys if key in finding.groups]
                if column.kind == kind and sizes and not isinstance(value, str) and not pd.isna(value):
                    yield value, min(sizes)


def test_a_lower_threshold_for_medians_shows_those_of_a_few() -> None:
    lower = replace(DEFAULT, min_quartile_n=5)
    assert min(n for _, n in seen("quartile", of_the_sample(), DEFAULT)) >= 10
    assert min(n for _, n in seen("quartile", of_the_sample(), lower)) < 10


def share_of_nine() -> Finding:
    """A share of five of nine people whose count is not given."""
    like = build("needs", sample_study())
    nine = Group("nine", "nine people", "made up", frozenset(f"service user|P{number}" for number in range(9)))
    columns = (Column("need", "Need", "label"), Column("share", "Share", "rate", 3, (("nine",),)))
    outside = replace(like.outside, table=None, columns=(), chart=None, rests_on=(), rests_on_rows=())
    table = pd.DataFrame({"need": ["a"], "share": [5 / 9]})
    return replace(like, table=table, columns=columns, groups={"nine": nine}, outside=outside)


def test_a_lower_threshold_for_rates_shows_those_of_a_few() -> None:
    few = (share_of_nine(),)
    assert list(seen("rate", few, DEFAULT)) == []
    assert [n for _, n in seen("rate", few, replace(DEFAULT, min_rate_n=5))] == [9]


def test_a_lower_threshold_for_decimals_shows_more_of_the_sum_of_a_few() -> None:
    def finer(policy: DisclosurePolicy) -> bool:
        return any(n < 10 and mean != round(mean, 1) for mean, n in seen("mean", of_the_sample(), policy))

    assert not finer(DEFAULT)
    assert finer(replace(DEFAULT, one_decimal_below=5))


def test_staff_by_site_can_be_seen_where_the_policy_lets_them() -> None:
    study = staff_at_one_site()
    findings = findings_for(study, role="staff", site="Site 1", resamples=0)

    def visible(policy: DisclosurePolicy) -> bool:
        return any(visible_groups(*pair) for pair in all_at_once(list(findings), policy))

    assert not visible(DEFAULT)
    assert visible(replace(DEFAULT, staff_by_site=True))


def staff_at_one_site() -> Study:
    """Eight staff at one site who answered before."""
    people = [{"respondent_id": f"S{number}", "role": "staff", "site": "Site 1"} for number in range(8)]
    answers = [{f"gse_{item}": 1 + (number + item) % 4 for item in range(1, 11)} for number in range(8)]
    rows = [{**who, "wave": "pre", **given} for who, given in zip(people, answers, strict=True)]
    roster = [{**who, "consent": "given", "reason_no_pre": None, "reason_no_post": None} for who in people]
    return replace(Study.empty(), responses=pd.DataFrame(rows), roster=pd.DataFrame(roster))
