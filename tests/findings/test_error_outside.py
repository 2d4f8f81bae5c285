"""More than error: what may leave, alone, together, and one after another."""

from __future__ import annotations

import re

import pytest

from evalcore.disclosure import HIDDEN, DisclosurePolicy, apply_disclosure
from evalcore.figures.chart import Bar
from evalcore.findings import Finding
from evalcore.findings.before_after.error.reliable import ReliableChoice
from evalcore.findings.finding import HAVING
from evalcore.sample import sample_study
from evalcore.study import Study
from tests.disclosure.attack import breaches, everything_said, exported_one_by_one
from tests.findings.error_studies import KINDS, Both, built, counts, everything, raised, study_of

POLICY = DisclosurePolicy()
LARGE = raised((20, -9), (20, 0), (20, 9))
FEW_FELL = raised((3, -9), (20, 0), (37, 9))


def outside(finding: Finding) -> Finding:
    return apply_disclosure([finding], POLICY).findings[0]


def points(threshold: float) -> ReliableChoice:
    return ReliableChoice("points", threshold=threshold)


def told_of_few(pairs) -> list[str]:
    """Shown groups of people by what became of their score that differ by 1 to 4 people from another one."""
    shown = {
        (group.measure, group.people)
        for before, after in pairs
        for column in after.columns
        for value, keys in zip(after.table[column.name], column.holders, strict=False)
        if not isinstance(value, str)
        for group in map(before.groups.get, keys)
        if group.measure.startswith(HAVING)
    }
    return [
        measure
        for measure, inner in shown
        for other, outer in shown
        if measure == other and inner < outer and len(outer) - len(inner) < POLICY.min_count
    ]


def test_large_counts_leave_in_words_in_the_table_and_as_bars() -> None:
    finding = built("reliable", study_of(LARGE))
    after = outside(finding)
    assert counts(after) == [20, 20, 20]
    assert after.table["share"].tolist() == [33.0, 33.0, 33.0]
    assert after.title == finding.title
    assert [type(mark) for mark in after.chart.panels[0].marks] == [Bar] * 3  # type: ignore[union-attr]


def test_small_counts_stay_and_the_words_do_without_them() -> None:
    after = outside(built("reliable", study_of(FEW_FELL)))
    assert counts(after)[2] == HIDDEN
    assert counts(after).count(HIDDEN) >= 2
    assert "stands in the table" in after.sentence
    assert "37" not in after.title + after.sentence
    drawn = [mark.row for mark in after.chart.panels[0].marks] if after.chart else []
    assert all(counts(after)[row] != HIDDEN for row in drawn)


@pytest.mark.parametrize("n", [7, 9])
def test_of_a_few_people_no_count_leaves(n: int) -> None:
    after = outside(built("reliable", study_of(raised((n, 9)))))
    assert counts(after) == [HIDDEN] * 3
    assert after.chart is None


def test_nobodys_mark_ever_leaves() -> None:
    for study in (sample_study(), study_of(LARGE, "gse"), study_of(LARGE, "swemwbs")):
        for finding in everything(study):
            after = outside(finding)
            marks = after.chart.panels[0].marks if after.chart else ()
            assert not any(mark.individual for mark in marks)
            assert not re.search(r"\d before, \d", everything_said(after))
            assert after.people is None


@pytest.mark.parametrize("large", [False, True])
def test_the_samples_own_sd_and_alpha_do_not_leave(large: bool) -> None:
    """Whether the counts are small or large enough to stand in words."""
    change = (0, 20, -20) if large else (3, 5, 2)
    study = study_of([(20 + i % 9, 20 + i % 9 + change[i % 3]) for i in range(60)], "uwes9")
    finding = built("reliable", study)
    after = outside(finding)
    assert (min(counts(finding)) >= 5) == large  # type: ignore[type-var]
    assert "both of this sample" in finding.sentence
    assert "the SD and alpha of this sample" in after.sentence
    words = (word.strip("(),.") for word in finding.sentence.split())
    figures = [word for word in words if word[:1].isdigit() and "." in word]
    assert len(figures) == 3
    assert not [figure for figure in figures if figure in everything_said(after)]


def test_two_thresholds_do_not_tell_of_the_few_between() -> None:
    study = study_of(raised((20, 0), (3, 2), (20, 9), (10, -9)))
    both = [built("reliable", study, points(size)) for size in (1, 5)]
    for order in (both, both[::-1]):
        found = exported_one_by_one(study, order, POLICY)
        assert not told_of_few(found)
        assert HIDDEN not in counts(found[0][1])
        assert HIDDEN in counts(found[1][1])


def test_the_published_thresholds_do_not_tell_of_the_few_between() -> None:
    """Of 60 people 3 rose by more than one threshold and not by more than the other."""
    people: list[Both] = [*[(21, 21)] * 20, *[(21, 24)] * 3, *[(21, 33)] * 27, *[(33, 21)] * 10]
    study = study_of(people, "swemwbs")
    finding = built("thresholds", study)
    assert finding.table["rose"].tolist() == [30, 27]
    after = outside(finding)
    assert after.table["rose"].tolist().count(HIDDEN) == 1
    for order in (("thresholds", "reliable"), ("reliable", "thresholds")):
        assert not told_of_few(exported_one_by_one(study, [built(kind, study) for kind in order], POLICY))


def sites(n: int = 48) -> tuple[Study, list[Finding]]:
    people: list[Both] = [(20 + i % 5, 20 + (i * 7) % 16) for i in range(n)]
    study = study_of(people, "swemwbs", sites="XXXYYZ")
    return study, [built(kind, study, site=site) for site in (None, "X", "Y", "Z") for kind in KINDS]


@pytest.mark.parametrize("n", [20, 48, 120])
@pytest.mark.parametrize("reverse", [False, True])
def test_sites_and_the_whole_leave_in_any_order(n: int, reverse: bool) -> None:
    study, findings = sites(n)
    order = findings[::-1] if reverse else findings
    found = exported_one_by_one(study, order, POLICY)
    together = list(zip(order, apply_disclosure(order, POLICY).findings, strict=True))
    for leaving in (found, together):
        assert not told_of_few(leaving)
        assert n > 20 or not breaches(leaving)  # it looks at every four of all people


def test_a_site_stands_beside_the_whole_group_by_the_same_error() -> None:
    study, _ = sites()
    whole, site = (built("reliable", study, ReliableChoice("sample"), site=one) for one in (None, "X"))
    assert site.sentence.split("Held against")[1] == whole.sentence.split("Held against")[1]
    for key in ("rose", "neither rose nor fell", "fell"):
        assert site.groups[f"whole group: {key}"].people == whole.groups[key].people
        assert site.groups[key].people <= whole.groups[key].people


def test_movement_leaves_as_a_table_whose_words_count_nobody() -> None:
    people: list[Both] = [*[(20, 26)] * 3, *[(20, 20)] * 15, *[(26, 26)] * 20, *[(26, 33)] * 8]
    after = outside(built("movement", study_of(people, "swemwbs")))
    cells = after.table.iloc[:, 1:].to_numpy().ravel().tolist()
    assert cells[1] == HIDDEN
    assert cells.count(HIDDEN) >= 2
    assert 20 in cells
    assert not [n for n in (3, 15, 20, 8, 46) if f" {n} " in f"{after.title} {after.sentence}"]


def test_results_of_staff_do_not_leave_by_site() -> None:
    study = study_of(LARGE, sites="XY", role="staff")
    for kind in KINDS:
        after = outside(built(kind, study, site="X"))
        assert after.chart is None
        assert "20" not in after.title + after.sentence
