"""No finding says a word that praises a result or names a cause, whoever it is about and however few they are."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator
from functools import cache

import pytest

from evalcore.claims import rule_table
from evalcore.columns import SERVICE_USER, STAFF
from evalcore.disclosure import DisclosurePolicy, apply_disclosure
from evalcore.figures.chart import Chart
from evalcore.findings import Finding, build, findings_for, measures
from evalcore.findings.before_after.limits.bound import Bound
from evalcore.findings.building import CHOSEN_KINDS, PLAN
from evalcore.methods import list_statistics
from evalcore.sample import sample_study
from evalcore.study import Study
from tests.claims.studies import MAIN, planned, study_of_pairs

WHOLE = ("everyone", "one site")
STUDIES = {
    "sample": sample_study,
    "two people": lambda: study_of_pairs(2),
    "12 pairs": lambda: study_of_pairs(12, left=8, refused=3),
    "40 pairs, planned": lambda: planned(study_of_pairs(40, left=3), MAIN),
}
PEOPLE = {
    "everyone": {},
    "service users": {"role": SERVICE_USER},
    "staff": {"role": STAFF},
    "one site": {"site": "Site 1"},
}
CASES = [(study, people) for study in STUDIES for people in PEOPLE if study == "sample" or people in WHOLE]
CHOSEN = {"window": (12, 20), "equivalence": Bound(1.5, "Agreed with the service.")}
FORBIDDEN = re.compile("|".join(rf"\b{stem}" for stem in rule_table().forbidden), re.IGNORECASE)
BLANK = re.compile(r"\{\w*\}|\bnan\b|\bNone\b(?! of)|  ")


@cache
def findings(study: str, people: str) -> tuple[Finding, ...]:
    made = STUDIES[study]()
    found = findings_for(made, **PEOPLE[people], resamples=0)
    if people == "everyone":
        found += (build(PLAN, made), *_chosen(made))
    return found + apply_disclosure(found, DisclosurePolicy()).findings


def _chosen(study: Study) -> Iterator[Finding]:
    for measure in measures(study):
        yield from (build(kind, study, measure, choice=choice) for kind, choice in CHOSEN.items())


def words_of(finding: Finding) -> Iterator[str]:
    """Everything that a finding says: on the screen, outside, in its chart and in its table."""
    outside = finding.outside
    for said in (finding, outside):
        yield from (said.title, said.sentence, said.caution, *said.reasons)
        yield from _of_chart(said.chart)
    yield from (*finding.notes, finding.definition, finding.topic, finding.planned)
    for table, columns in ((finding.table, finding.columns), (outside.table, outside.columns)):
        yield from (column.label for column in columns)
        if table is not None:
            yield from (cell for name in table for cell in table[name] if isinstance(cell, str))


def _of_chart(chart: Chart | None) -> Iterator[str]:
    if chart is not None:
        yield from (chart.how_to_read, chart.n)
        yield json.dumps(dataclasses.asdict(chart), ensure_ascii=False)


@cache
def source_titles() -> tuple[str, ...]:
    """Titles of what is cited: their words are not ours."""
    return tuple(dict.fromkeys(statistic.source.title for statistic in list_statistics()))


def ours(text: str) -> str:
    for title in source_titles():
        text = text.replace(title, "")
    return text


@pytest.mark.parametrize(("study", "people"), CASES)
def test_no_forbidden_word(study: str, people: str) -> None:
    found = {
        (finding.id, match[0], text[:200])
        for finding in findings(study, people)
        for text in words_of(finding)
        for match in FORBIDDEN.finditer(ours(text))
    }
    assert not found


@pytest.mark.parametrize(("study", "people"), CASES)
def test_nothing_that_is_read_is_empty_or_unfilled(study: str, people: str) -> None:
    for finding in findings(study, people):
        for said in (finding, finding.outside):
            assert said.title.strip()
            assert said.sentence.strip()
            for text in (said.title, said.sentence, said.caution, *said.reasons):
                assert not BLANK.search(text), (finding.id, text)
            assert all(reason.endswith(".") for reason in said.reasons)


@pytest.mark.parametrize("study", STUDIES)
def test_every_claim_of_a_change_says_why_nothing_stronger(study: str) -> None:
    for finding in findings(study, "everyone"):
        if finding.id.split(".")[0] in ("change", "summary"):
            assert finding.reasons or "not shown outside" in finding.title


def test_every_kind_that_is_chosen_is_read_here() -> None:
    assert set(CHOSEN) == set(CHOSEN_KINDS)


@pytest.mark.parametrize("statistic", list_statistics(), ids=lambda one: one.name)
def test_no_definition_holds_a_forbidden_word(statistic: object) -> None:
    said = f"{statistic.label} {statistic.text} {statistic.more}"  # type: ignore[attr-defined]
    assert not FORBIDDEN.search(said)
