"""Questionnaire findings as they leave: nothing small, nobody single, no words that hold what is hidden."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from evalcore.disclosure import HIDDEN, DisclosurePolicy, apply_disclosure
from evalcore.figures.chart import Bar
from evalcore.findings.questionnaires import (
    answers_finding,
    consistency_finding,
    missing_finding,
    norms_finding,
    scores_finding,
)
from tests.findings.questionnaire_studies import (
    STUDIES,
    answers,
    bases,
    basis_of,
    both_waves,
    findings_of,
    names,
    study_of,
    texts,
)

POLICY = DisclosurePolicy()


def released(*findings, policy=POLICY):
    return apply_disclosure(findings, policy).findings


def left(finding, policy=POLICY):
    return released(finding, policy=policy)[0]


def counts(finding):
    """Every count of people with a characteristic that stands in a table."""
    named = {column.name: column.kind for column in finding.columns}
    return [value for name, kind in named.items() if kind == "characteristic" for value in finding.table[name].tolist()]


@pytest.fixture(params=STUDIES, scope="module")
def pairs(request):
    """Every finding of one study beside its released form."""
    study = STUDIES[request.param]()
    everything = [finding for basis in bases(study) for finding in findings_of(basis)]
    return list(zip(everything, released(*everything), strict=True))


def test_no_small_count_leaves_and_no_single_person(pairs):
    for _, out in pairs:
        assert not [value for value in counts(out) if value != HIDDEN and 0 < value < POLICY.min_count]
        assert out.people is None or out.people.empty
        for mark in out.chart.panels[0].marks if out.chart else ():
            assert not mark.individual
            assert not (isinstance(mark, Bar) and 0 < mark.end - mark.start < POLICY.min_count)


def test_an_item_with_a_hidden_count_is_not_drawn(pairs):
    for _, out in pairs:
        hidden = {row for row in range(len(out.table)) if HIDDEN in out.table.iloc[row].tolist()}
        drawn = {mark.row for mark in out.chart.panels[0].marks if isinstance(mark, Bar)} if out.chart else set()
        assert not drawn & hidden


def test_words_that_leave_hold_no_small_number_of_people(pairs):
    for _, out in pairs:
        for text in (out.title, out.sentence):
            small = [int(n) for n in re.findall(r"(?:n = |of |, )(\d+)(?= of | \(n|\)|$)", text)]
            assert not [n for n in small if 0 < n < POLICY.min_count]
            assert not re.search(r"left at least one item out|same answer to every item|Not compared", text)


def test_means_leave_from_five_people_on(pairs):
    for _, out in pairs:
        for column in out.columns:
            if column.kind in ("mean", "sd", "interval", "test"):
                for value, keys in zip(out.table[column.name], column.groups, strict=True):
                    if value != HIDDEN and pd.notna(value):
                        assert all(out.groups[key].n >= POLICY.min_mean_n for key in keys)


def test_what_stays_is_enough_to_be_of_use():
    out = left(answers_finding(basis_of(STUDIES["many"](), "swemwbs"), "pre"))
    assert out.chart is not None
    assert sum(value != HIDDEN for value in counts(out)) > len(counts(out)) / 2
    assert "merged into three" in out.sentence


def test_answers_leave_merged_without_a_single_code():
    out = left(answers_finding(basis_of(STUDIES["sample"](), "swemwbs"), "pre"))
    assert [column.name for column in out.columns] == ["item", "keyword", "lower", "middle", "upper", "left_out"]
    assert {mark.kind for mark in out.chart.panels[0].marks} <= {
        "answer_low_2",
        "answer_middle",
        "answer_high_2",
        "reference",
    }
    assert not [words for _, words in out.chart.panels[0].y.ticks if "n" in re.findall(r"[a-z]+|=", words)]


def test_one_who_left_an_item_out_is_not_given_back_by_the_others():
    table = answers(names(20), "pre", instrument="swemwbs", role="service user")
    table["swemwbs_1"] = [1.0] * 7 + [3.0] * 6 + [5.0] * 6 + [None]
    finding = answers_finding(basis_of(study_of(table), "swemwbs"), "pre")
    assert finding.outside.table.loc[0, ["lower", "middle", "upper", "left_out"]].tolist() == [7, 6, 6, 1]
    row = left(finding).table.loc[0, ["lower", "middle", "upper", "left_out"]].tolist()
    assert row.count(HIDDEN) >= 2
    gaps = left(missing_finding(basis_of(study_of(table), "swemwbs"), "pre"))
    assert gaps.table.loc[0, ["answered", "left_out"]].tolist() == [HIDDEN, HIDDEN]


def test_a_site_and_the_whole_do_not_give_the_others_back():
    study = STUDIES["two sites"]()  # 30 at one site, 3 at the other
    finding = answers_finding(basis_of(study, "swemwbs", "Large"), "pre")
    whole = answers_finding(basis_of(study, "swemwbs"), "pre")
    site, everyone = released(finding, whole)
    for row in range(len(site.table)):
        for name in ("lower", "middle", "upper"):
            here, there = site.table.loc[row, name], everyone.table.loc[row, name]
            if HIDDEN not in (here, there):
                assert there - here == 0 or there - here >= POLICY.min_count
    alone = left(finding)
    assert alone.table.equals(site.table)


def test_a_mean_of_men_does_not_leave_where_few_are_women():
    study = both_waves(14, 12, role="service user")
    cases = pd.DataFrame({"respondent_id": names(14), "sex": ["male"] * 11 + ["female"] * 3})
    out = left(norms_finding(basis_of(study_of(study.responses, cases=cases), "gse"), "men"))
    assert out.table["n"].tolist()[:2] == [HIDDEN, HIDDEN]
    assert out.table["mean"].tolist()[:2] == [HIDDEN, HIDDEN]
    assert out.chart is None
    assert "not shown outside" in out.title


def test_that_nobody_is_a_man_leaves_only_of_ten_or_more():
    for people, hidden in ((9, True), (12, False)):
        study = both_waves(people, role="service user")
        cases = pd.DataFrame({"respondent_id": names(people), "sex": ["female"] * people})
        out = left(norms_finding(basis_of(study_of(study.responses, cases=cases), "gse"), "men"))
        assert ("not shown outside" in out.title) == hidden


def test_that_nobody_left_an_item_out_leaves_only_of_ten_or_more():
    for people, hidden in ((9, True), (12, False)):
        out = left(missing_finding(basis_of(both_waves(people, role="service user"), "gse"), "pre"))
        assert ("nobody left an item out" in out.title) != hidden


def test_alpha_leaves_from_five_complete_rows_on():
    for people, told in ((4, False), (5, True)):
        out = left(consistency_finding(basis_of(both_waves(people, role="service user"), "gse"), "pre"))
        assert ("alpha is" in out.sentence) == told
        assert "published alpha" in out.title
        assert (out.chart is not None) == told
        assert (HIDDEN in out.table["item_rest"].tolist()) != told


def test_alpha_of_nearly_everyone_with_a_score_does_not_leave():
    study = both_waves(16, role="service user")
    study.responses.loc[[1, 2], "gse_5"] = None  # prorated: a score, but no complete row
    out = left(consistency_finding(basis_of(study, "gse"), "pre"))
    assert out.chart is None
    assert "alpha is" not in out.sentence


def test_a_mean_of_one_wave_leaves_without_the_small_other():
    out = left(scores_finding(basis_of(both_waves(12, 3, role="service user"), "gse")))
    assert "before (n = 12)" in out.title
    assert "after" not in out.title
    assert {mark.group for mark in out.chart.panels[0].marks} == {"all pre"}


def test_results_of_staff_do_not_leave_by_site():
    table = answers(names(20), "pre", instrument="uwes9", role="staff", site=["North"] * 10 + ["South"] * 10)
    for finding in findings_of(basis_of(study_of(table), "uwes9.total", "North")):
        out = left(finding)
        assert out.chart is None
        assert "not shown outside" in out.title


def test_no_text_of_a_released_chart_names_a_hidden_group(pairs):
    for before, out in pairs:
        if out.chart is None or before.id.split(".")[0] != "answers" or before.by_site:
            continue
        words = " ".join(texts(replace(out, outside=replace(out.outside, chart=None))))
        assert not re.search(r": [1-4] (person|people)", words)
