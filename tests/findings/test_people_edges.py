"""The findings about people where something is missing, mixed or very small."""

import math
import re
from dataclasses import replace

import pandas as pd
import pytest

from evalcore.claims import rule_table
from evalcore.findings.building import REACH_KINDS
from evalcore.findings.people import BUILDERS
from evalcore.sample import sample_study
from tests.findings.people_studies import (
    LAST_SITE,
    PUBLISHED,
    STUDIES,
    build_all,
    findings_of,
    some,
    study_named,
    with_cases,
    with_site_of,
    without_caseload,
)

MEASURED = ("mean", "sd", "interval", "quartile", "extreme", "rate", "test")


@pytest.fixture(params=STUDIES)
def findings(request):
    sites = (None, LAST_SITE) if request.param != "empty" else (None,)
    return [finding for site in sites for finding in findings_of(request.param, site).values()]


def test_columns_describe_the_table_and_its_groups(findings):
    for finding in findings:
        for table, columns in ((finding.table, finding.columns), (finding.outside.table, finding.outside.columns)):
            if table is None:
                continue
            assert [column.name for column in columns] == list(table.columns)
            for column in columns:
                assert len(column.groups) in (0, len(table))
                assert len(column.holders) in (0, len(table))
                named = {key for keys in (*column.groups, *column.holders) for key in keys}
                assert named <= set(finding.groups)
                assert not column.follows or column.follows in table.columns
                assert column.kind not in MEASURED or len(column.groups) == len(table)


def test_shares_intervals_and_tests_follow_the_count_that_they_would_give_back(findings):
    for finding in findings:
        columns = {column.name: column for column in finding.outside.columns or finding.columns}
        if finding.id.startswith(("age", "ogrs", "contacts")):
            continue
        for column in columns.values():
            last = column
            while last.follows:
                last = columns[last.follows]
            assert column.kind not in MEASURED or last.kind == "characteristic"


def test_the_table_outside_has_the_rows_and_columns_of_the_one_inside_where_it_is_marked(findings):
    for finding in findings:
        if finding.id.startswith("needs.people") and finding.outside.table is not None:
            labels = ["need", "n", "k"]
            pd.testing.assert_frame_equal(finding.table[labels], finding.outside.table[labels])
            assert list(finding.table) == list(finding.outside.table)


def test_people_in_a_table_are_the_people_of_its_groups(findings):
    for finding in findings:
        for column in finding.columns:
            if column.kind == "fieldwork":
                for value, keys in zip(finding.table[column.name], column.groups, strict=True):
                    assert not keys or value == finding.groups[keys[0]].n
            for value, keys in zip(finding.table[column.name], column.holders, strict=False):
                if keys and pd.notna(value):
                    assert value == finding.groups[keys[0]].n


def test_marks_stand_on_rows_and_groups_that_there_are(findings):
    for finding in findings:
        for chart, table in ((finding.chart, finding.table), (finding.outside.chart, finding.outside.table)):
            rows = len(finding.table if table is None else table)
            for panel in chart.panels if chart else ():
                for mark in panel.marks:
                    assert mark.group in {"", *finding.groups}
                    assert mark.row is None or mark.row < rows
                    assert chart is finding.chart or not mark.individual
        assert all(row < len(finding.table) for row in finding.outside.rests_on_rows)
        assert set(finding.outside.rests_on) <= set(finding.groups)


def test_no_word_claims_more_than_the_data(findings):
    for finding in findings:
        outside = finding.outside
        charts = [chart for chart in (finding.chart, outside.chart) if chart]
        texts = [finding.title, finding.sentence, outside.title, outside.sentence, finding.definition, finding.topic]
        texts += [finding.source, *(words for chart in charts for words in (chart.how_to_read, chart.n))]
        for text in texts:
            assert text.strip()
        for text in (*texts, finding.caution, outside.caution, *finding.notes):
            assert not [word for word in rule_table().forbidden if re.search(rf"\b{word}", text.lower())]
            assert not re.search(r"\bnan\b|\bNone\b(?! of)|  |\.\.|–", text)


def test_a_chart_has_words_and_people_or_there_is_none(findings):
    for finding in findings:
        if finding.chart is None:
            assert finding.caution == ""
        else:
            assert finding.caution


@pytest.mark.parametrize("kind", BUILDERS)
def test_without_a_case_file_one_sentence_says_what_to_do(kind):
    finding = findings_of("empty")[kind]
    assert finding.chart is None
    assert finding.table.empty
    assert "Add a case file" in finding.sentence


@pytest.mark.parametrize("kind", [kind for kind in BUILDERS if kind not in REACH_KINDS])
def test_a_site_of_nobody_says_so(kind):
    finding = build_all(with_site_of(0), LAST_SITE)[kind]
    assert finding.chart is None
    assert finding.sentence == f"Nobody with a case file is at {LAST_SITE}. Choose another site."


@pytest.mark.parametrize(("people", "given"), [(2, False), (3, True)])
def test_means_and_differences_have_an_interval_from_three_people_on(people, given):
    found = build_all(with_site_of(people), LAST_SITE)
    for kind in ("age", "ogrs"):
        table = found[kind].table.set_index("who")
        assert table.loc["Pilot", ["ci_low", "ci_high"]].notna().all() == given
        assert table.loc["Difference (pilot minus caseload)", ["ci_low", "ci_high"]].notna().all() == given
    assert ("interval" in found["needs_number"].sentence) == given


def test_below_ten_people_there_is_no_p_and_no_count_of_needs_that_are_higher():
    found = findings_of("sample", LAST_SITE)
    for kind, names in (("age", ["p_welch", "p_mann_whitney"]), ("needs", ["p_value", "p_holm"])):
        assert found[kind].table[names].isna().all(axis=None)
        assert "p <" not in found[kind].sentence
        assert "p =" not in found[kind].sentence
        assert "ewer than 10 people" in found[kind].sentence
    assert "higher" not in found["needs"].sentence
    assert "No p value is given below 10 people." in found["age"].notes


def test_holm_counts_the_needs_that_ten_people_are_assessed_on():
    few = with_cases(drugs_score=some(sample_study().cases["drugs_score"], 1))
    nine = sample_study().cases["alcohol_score"].where(range(27) < pd.Series([9] * 27).to_numpy())
    table = build_all(with_cases(drugs_score=few.cases["drugs_score"], alcohol_score=nine))["needs"].table
    table = table.set_index("need")
    assert table.loc["Alcohol misuse", "n"] == 9
    assert pd.isna(table.loc["Alcohol misuse", ["p_value", "p_holm"]]).all()
    tested = table["p_value"].dropna()
    assert len(tested) == 8
    assert table.loc[tested.idxmin(), "p_holm"] == pytest.approx(8 * tested.min())


def test_who_is_not_assessed_is_not_known_and_not_without_a_need():
    whole, part = findings_of("sample"), findings_of("drugs of some")
    line = part["needs"].table.set_index("need").loc["Drug misuse"]
    n = int(study_named("drugs of some").cases["drugs_score"].notna().sum())
    assert line["n"] == n < whole["needs"].table["n"].max()
    assert f"0 to {27 - n} of 27 people are not assessed" in part["needs"].caution
    assert f"{27 - n} people are not assessed on all eight" in part["needs_number"].caution
    assert part["needs_number"].table["people"].sum() == n


def test_a_need_without_a_caseload_comes_last_by_its_share():
    finding = build_all(without_caseload(PUBLISHED))["needs"]
    places = {name: at for at, name in finding.chart.panels[0].y.ticks}
    order = sorted(places, key=lambda name: -places[name])
    assert set(order[:2]) == {"Alcohol misuse", "Drug misuse"}
    shares = finding.table.set_index("need")["share"][order[2:]]
    assert shares.tolist() == sorted(shares, reverse=True)


def test_a_published_caseload_gives_what_it_can():
    found = build_all(without_caseload(PUBLISHED))
    men = found["characteristics"].table.iloc[0]
    assert (men["caseload_people"], men["caseload_share"]) == (8_640, pytest.approx(86.4))
    caseload = found["ogrs"].table.set_index("who").loc["Caseload"]
    assert (caseload["mean"], caseload["sd"], caseload["n"]) == (48.0, 20.0, 10_000)
    assert caseload[["median", "q1", "q3", "min", "max"]].isna().all()
    difference = found["ogrs"].table.set_index("who").loc["Difference (pilot minus caseload)"]
    assert pd.notna(difference["p_welch"])
    assert pd.isna(difference["p_mann_whitney"])
    needs = found["needs"].table.set_index("need")
    assert needs.loc["Drug misuse", "caseload_share"] == pytest.approx(45)
    assert pd.isna(needs.loc["Drug misuse", "difference_ci_low"])
    assert any("A report" in note for note in found["characteristics"].notes)


@pytest.mark.parametrize(("standing", "checked"), [("single source", True), ("unverified", False), (None, False)])
def test_published_figures_are_named_as_such_wherever_something_is_compared(standing, checked):
    found = build_all(without_caseload([row | {"standing": standing} for row in PUBLISHED]))
    for kind in ("age", "ogrs", "needs"):
        for caution in (found[kind].caution, found[kind].outside.caution):
            assert "published figures only" in caution
            assert ("Not all of them were checked" in caution) is not checked
    assert "published" not in findings_of("sample")["ogrs"].caution


def test_the_title_says_when_not_every_need_is_compared():
    assert " of 2 OASys needs compared are" in build_all(without_caseload(PUBLISHED))["needs"].title
    assert " of 10 OASys needs are" in findings_of("sample")["needs"].title


@pytest.mark.parametrize(("site", "missing"), [(None, 3), ("Site 1", 1)])
def test_people_asked_without_a_case_file_are_counted(site, missing):
    study = sample_study()
    cases = study.cases.drop(study.cases.index[study.cases["site"] == "Site 1"][:1])
    cases = cases.drop(cases.index[cases["site"] == "Site 2"][:2])
    notes = build_all(replace(study, cases=cases), site)["characteristics"].notes
    asked = (study.roster["role"] == "service user") & (study.roster["site"].eq(site) if site else True)
    assert notes[0].startswith(f"{missing} of {asked.sum()} service users who were asked")
    assert "no case file" not in " ".join(findings_of("sample")["characteristics"].notes)


def test_two_published_figures_for_one_sex_are_not_chosen_between():
    found = build_all(without_caseload([*PUBLISHED[:1], PUBLISHED[0] | {"count": 9_000, "date": "2017"}]))
    assert found["characteristics"].table["caseload_share"].isna().all()
    assert any("Several published figures" in note for note in found["characteristics"].notes)


@pytest.mark.parametrize(("printed", "share"), [(86.4, 86.4), (0.864, 86.4), (1.0, 100.0)])
def test_a_published_share_is_a_share_or_a_percentage(printed, share):
    published = [{"measure": "sex", "category": "men", "mean": printed}]
    men = build_all(without_caseload(published))["characteristics"].table.iloc[0]
    assert men["caseload_share"] == pytest.approx(share)
    assert pd.isna(men["caseload_people"])


def test_ogrs_of_two_horizons_is_refused_in_words():
    finding = findings_of("OGRS for two horizons")["ogrs"]
    assert finding.chart is None
    assert "more than one horizon" in finding.sentence
    assert finding.title == "OGRS: no mean can be given for the pilot"
    assert finding.table.iloc[0]["n"] == 27
    assert math.isnan(finding.table.iloc[0]["mean"])


def test_ogrs_of_another_horizon_stands_alone():
    finding = findings_of("OGRS for another horizon")["ogrs"]
    assert finding.table["who"].tolist() == ["Pilot"]
    assert {mark.kind for mark in finding.chart.panels[0].marks} == {"pilot"}
    assert "Only the comparison is refused" in finding.sentence
    assert "caseload" not in finding.title


def test_ogrs_of_nobody():
    finding = findings_of("no OGRS")["ogrs"]
    assert finding.chart is None
    assert "No OGRS score is recorded in the pilot" in finding.sentence
    assert finding.table.iloc[0][["n", "not_known"]].tolist() == [0, 27]


def test_ages_of_some_are_counted_and_the_others_said():
    line = findings_of("age of some")["age"].table.iloc[0]
    known = int(study_named("age of some").cases["age"].notna().sum())
    assert (line["n"], line["not_known"]) == (known, 27 - known)


def test_sex_of_some():
    cases = study_named("sex of some").cases
    known = int(cases["sex"].notna().sum())
    finding = findings_of("sex of some")["characteristics"]
    men = int((cases["sex"] == "male").sum())
    assert finding.title.startswith(f"{men} of {known} people in the pilot whose sex is recorded are men")
    assert f"Sex is not recorded for {27 - known} of 27." in finding.notes


def test_sex_of_nobody_has_no_row():
    finding = findings_of("sex of nobody")["characteristics"]
    assert "Sex" not in set(finding.table["what"])
    assert finding.title == "27 people in the pilot"


def test_a_large_study_gives_its_test_in_words():
    study = sample_study()
    many = pd.concat([study.cases, study.cases.assign(respondent_id=study.cases["respondent_id"] + "x")])
    found = build_all(replace(study, cases=many.reset_index(drop=True)))
    assert "Welch" in found["ogrs"].sentence
    assert "Welch" not in build_all(study)["ogrs"].sentence
