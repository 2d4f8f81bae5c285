"""People of one category are counted by two pages, which write it in two ways: their counts are held together."""

from __future__ import annotations

from itertools import permutations

import pytest

from evalcore.disclosure import HIDDEN, DisclosurePolicy
from evalcore.findings import Finding, build, measures
from evalcore.findings.before_after.by_group.group_columns import candidates, category_measure
from evalcore.findings.finding import HAVING
from evalcore.study import Study
from tests.disclosure.random_studies import all_at_once, one_after_another
from tests.findings.group_studies import Person, study_of

POLICY = DisclosurePolicy()
N, FIRST, ALONE = 27, 16, 3
"""So many people have a case file, so many are of the first category, and so many of these did not answer after."""

BANDS = {"fund_band": ("2", "3")}
KEPT = [{"Lives alone": ("true", "false")}, {"Wing": ("2", "3")}, {"Wing": ("West wing", "east  Wing")}]


def made(column: dict[str, tuple[str, str]]) -> Study:
    """16 people of the first category, 13 of them with a score after, and 11 of the second, all with one."""
    ((heading, (first, second)),) = column.items()
    people = [
        Person(20 + at % 9, None if at < ALONE else 21 + at % 7, case={heading: first if at < FIRST else second})
        for at in range(N)
    ]
    return study_of(people)


def both(study: Study, heading: str) -> list[Finding]:
    key = next(key for key, one in candidates(study).items() if heading in (key, one.label))
    measure = measures(study)[0]
    return [build("categories", study, choice=key), build("by_group", study, measure, choice=key)]


def counted_as(finding: Finding) -> set[str]:
    return {group.measure for group in finding.groups.values() if group.measure.startswith(HAVING)} - {
        group.measure for group in finding.groups.values() if group.measure.endswith("all others")
    }


def shown(finding: Finding) -> set[int]:
    columns = [column.name for column in finding.columns if column.kind == "characteristic"]
    return {int(n) for name in columns for n in finding.table[name] if n != HIDDEN and n == n}


@pytest.mark.parametrize("column", [BANDS, *KEPT], ids=lambda column: " ".join(*column.values()))
def test_a_category_has_one_measure_however_it_is_written(column):
    people, pairs = both(made(column), *column)
    assert counted_as(people) == counted_as(pairs)


@pytest.mark.parametrize("column", [BANDS, *KEPT], ids=lambda column: " ".join(*column.values()))
def test_what_two_pages_count_does_not_tell_of_the_few_between_them(column):
    findings = both(made(column), *column)
    of_each = {FIRST, FIRST - ALONE, N - FIRST}
    ways = [all_at_once(findings, POLICY), *(one_after_another(list(way), POLICY) for way in permutations(findings))]
    for released in ways:
        assert [bool(shown(after) & of_each) for _, after in released].count(True) == 1


def test_a_column_that_was_kept_goes_by_its_heading_whatever_else_is_kept():
    alone, beside = (made({"Wing": ("2", "3")}), study_of([Person(case={"Age of entry": "2", "Wing": "3"})] * 3))
    assert category_measure(alone, "column-1", "Wing 2") == category_measure(beside, "column-2", "2")
