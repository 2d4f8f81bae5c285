"""What may leave of the findings about people."""

import re
from functools import cache

import pandas as pd
import pytest

from evalcore.disclosure import DisclosurePolicy, apply_disclosure
from evalcore.disclosure.policy import HIDDEN
from evalcore.figures.chart import Line
from evalcore.findings.people import BUILDERS
from evalcore.sample import sample_study
from tests.findings.people_studies import LAST_SITE, STUDIES, findings_of

POLICY = DisclosurePolicy()
CASES = [(name, site) for name in STUDIES for site in (None, "Site 1", LAST_SITE) if name != "empty" or not site]


@cache
def released(name, site=None):
    found = findings_of(name, site)
    release = apply_disclosure(tuple(found.values()), POLICY)
    return dict(zip(found, release.findings, strict=True))


@pytest.fixture(params=CASES, ids=lambda case: f"{case[0]}, {case[1] or 'all sites'}")
def leaving(request):
    return released(*request.param)


@pytest.fixture
def findings():
    return findings_of("sample")


def counts(finding):
    for column in finding.outside.columns or finding.columns:
        if column.kind == "characteristic":
            for place, value in enumerate(finding.table[column.name]):
                if value != HIDDEN and pd.notna(value):
                    keys = column.groups[place] if column.groups else ()
                    yield int(value), keys


def test_no_small_count_leaves(leaving):
    for finding in leaving.values():
        for value, _ in counts(finding):
            assert value == 0 or value >= POLICY.min_count


def test_no_share_leaves_without_its_count(leaving):
    for finding in leaving.values():
        for column in finding.outside.columns or finding.columns:
            if column.follows:
                for led, leader in zip(finding.table[column.name], finding.table[column.follows], strict=True):
                    assert leader != HIDDEN or led == HIDDEN or pd.isna(led)


def test_no_rate_of_fewer_than_ten_and_no_extreme_leaves(leaving):
    for kind, finding in leaving.items():
        if kind in ("age", "ogrs"):
            extremes = finding.table[["min", "max"]].to_numpy().ravel()
            assert all(value == HIDDEN or pd.isna(value) for value in extremes)
        if kind in ("characteristics", "needs"):
            known = "known" if kind == "characteristics" else "n"
            for n, share in zip(finding.table[known], finding.table["share"], strict=True):
                if n not in (HIDDEN,) and n < POLICY.min_rate_n:
                    assert share == HIDDEN or pd.isna(share)


def test_no_person_and_no_curve_of_the_pilot_leaves(leaving):
    for finding in leaving.values():
        for panel in finding.chart.panels if finding.chart else ():
            assert not any(mark.individual for mark in panel.marks)
            assert not any(isinstance(mark, Line) and mark.kind == "pilot" for mark in panel.marks)
        assert finding.files == ()
        assert finding.notes == ()


def test_no_hidden_count_stands_in_the_words(leaving):
    for kind, finding in leaving.items():
        if kind not in ("characteristics", "needs"):
            continue
        text = f"{finding.title} {finding.sentence}"
        assert not re.search(r"(?<![\d.,])[1-4] of \d+(?! OASys needs)", text.replace("of the ", ""))


def test_the_mean_number_of_needs_stays(leaving):
    finding = leaving["needs_number"]
    assert "mean" not in finding.table
    assert "on average" not in finding.sentence
    assert " needs a person in" not in finding.title


def test_no_test_of_the_needs_leaves(leaving):
    tests = leaving["needs"].table[["p_value", "p_holm"]]
    assert (tests.isna() | (tests == HIDDEN)).all(axis=None)
    assert "Holm" not in leaving["needs"].sentence


def test_needs_leave_in_the_order_of_oasys(leaving):
    finding = leaving["needs"]
    if finding.chart is not None:
        order = list(finding.table["need"])
        names = [name.split(" (n")[0] for _, name in sorted(finding.chart.panels[0].y.ticks, reverse=True)]
        assert names == [name for name in order if name in names]


def test_the_sample_study_leaves_its_published_figures():
    found = released("sample")
    assert found["characteristics"].title == findings_of("sample")["characteristics"].title
    assert found["ogrs"].title == findings_of("sample")["ogrs"].title
    assert "[c]" not in found["characteristics"].table.astype(str).to_numpy()
    hidden = found["needs"].table.set_index("need")["k"] == HIDDEN
    assert hidden[hidden].index.tolist() == ["Lifestyle and associates"]
    assert "that are shown" in found["needs"].title
    assert "lifestyle" not in found["needs"].sentence.lower()


def test_a_hidden_need_takes_its_marks_with_it():
    found = released("sample")["needs"]
    names = [name for _, name in found.chart.panels[0].y.ticks]
    rows = {mark.row for mark in found.chart.panels[0].marks}
    lifestyle = found.table["need"].tolist().index("Lifestyle and associates")
    assert lifestyle not in rows
    assert len(rows) == len(found.table) - 1
    assert "Lifestyle and associates" not in names


def test_the_words_go_where_a_count_in_them_is_hidden():
    found = released("sample", LAST_SITE)
    assert "not shown outside" in found["characteristics"].title
    assert found["needs"].sentence == "The shares stand in the table as far as they may be shown."


@pytest.mark.parametrize("people", [1, 2, 3])
def test_nothing_is_said_of_the_mean_of_a_few(people):
    found = released(f"{people} at the last site", LAST_SITE)
    for kind in ("age", "ogrs"):
        assert found[kind].title.endswith("not shown outside")
        assert found[kind].table.set_index("who").loc["Pilot", "mean"] == HIDDEN


def test_the_outside_form_itself_has_no_curve_of_the_pilot_and_no_share_of_men(findings):
    for kind, finding in findings.items():
        marks = [mark for panel in getattr(finding.outside.chart, "panels", ()) for mark in panel.marks]
        assert not [mark for mark in marks if isinstance(mark, Line) and mark.kind == "pilot"]
        assert kind == "characteristics" or "%" not in finding.outside.caution


def test_the_number_of_needs_leaves_in_three_steps(findings):
    inside, outside = findings["needs_number"].table, findings["needs_number"].outside.table
    assert outside["number"].tolist() == ["0 to 2 needs", "3 to 5 needs", "6 to 8 needs"]
    for name in ("people", "caseload_people"):
        counts = inside[name].tolist()
        assert outside[name].tolist() == [sum(counts[low : low + 3]) for low in (0, 3, 6)]


def test_the_caseloads_curve_outside_goes_through_its_twentieths():
    line = next(mark for mark in released("sample")["ogrs"].chart.panels[0].marks if isinstance(mark, Line))
    values = sample_study().caseload["ogrs"].dropna()
    assert [y for _, y in line.points] == [5.0 * step for step in range(1, 20)]
    assert [x for x, _ in line.points] == [round(values.quantile(step / 20), 1) for step in range(1, 20)]


@pytest.mark.parametrize("name", ["caseload of three", "caseload of sixty"])
def test_a_small_caseload_has_no_curve_outside(name):
    for kind in ("age", "ogrs"):
        chart = released(name)[kind].chart
        assert not any(isinstance(mark, Line) for mark in chart.panels[0].marks)


def test_a_caseload_of_three_stays():
    found = released("caseload of three")
    for kind in ("age", "ogrs"):
        assert "a mean of" in found[kind].title
        assert "caseload" not in found[kind].title
        assert found[kind].table.set_index("who").loc["Caseload", "mean"] == HIDDEN
        assert {mark.kind for mark in found[kind].chart.panels[0].marks} == {"pilot"}
    assert "caseload" not in found["needs_number"].sentence


def test_marks_are_no_more_exact_than_the_words():
    for site in (None, LAST_SITE):
        for kind in ("age", "ogrs"):
            finding = released("sample", site)[kind]
            for mark in finding.chart.panels[0].marks:
                if mark.kind == "pilot":
                    decimals = 1 if finding.groups[kind].n < 10 or kind == "age" else 2
                    for value in (getattr(mark, name, 0.0) for name in ("x", "low", "high")):
                        assert round(value, decimals) == value


def test_everything_at_once_leaves_as_little():
    """All sites and the whole together: nobody's need, sex or status follows from what is left."""
    sites = (None, "Site 1", "Site 2", LAST_SITE)
    together = [finding for site in sites for finding in findings_of("sample", site).values()]
    release = apply_disclosure(together, POLICY)
    for place, finding in enumerate(release.findings):
        if list(BUILDERS)[place % len(BUILDERS)] not in ("needs", "characteristics"):
            continue
        for value, keys in counts(finding):
            n = together[place].groups[keys[0]].n if keys else 0
            assert not 0 < value < POLICY.min_count
            assert not (keys and 0 < n - value < POLICY.min_count and not keys[0].startswith("caseload"))
