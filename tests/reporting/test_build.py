"""A report: whole, numbered, in its findings' own words, with where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from evalcore.claims import rule_table
from evalcore.claims.own_words import stronger_words
from evalcore.instruments import load_instrument
from evalcore.methods import list_statistics
from evalcore.reporting.build import build_report
from evalcore.reporting.model import Bullets, Exhibit, Paragraph, Report, Subheading, Table
from evalcore.reporting.told import tell
from evalcore.sample import sample_study
from evalcore.study import Study
from evalcore.telling import SECTIONS, ReportText, Telling
from evalcore.telling.report_text import ALWAYS
from tests.claims.studies import MAIN, planned, study_of_pairs
from tests.reporting.studies import AT, full_report, full_study, sample_report, told_sample

FORBIDDEN = re.compile("|".join(rf"\b{stem}" for stem in rule_table().forbidden), re.IGNORECASE)
STUDIES = {
    "sample": sample_study,
    "empty": Study.empty,
    "two people": lambda: study_of_pairs(2),
    "40 pairs, planned": lambda: planned(study_of_pairs(40, left=3), MAIN),
}


def report_of(study: Study) -> Report:
    return build_report(study, tell(study), made_at=AT)


def texts(report: Report) -> Iterator[str]:
    """Everything that a report says in its own words; tables apart."""
    yield from (report.title, report.subtitle, *(value for _, value in report.stamp.rows), *report.stamp.policy)
    for section in report.sections:
        yield section.heading
        for block in section.blocks:
            match block:
                case Paragraph() | Subheading():
                    yield block.text
                case Bullets():
                    yield from block.items
                case Table():
                    yield block.caption
                case Exhibit():
                    yield from (block.title, block.sentence, block.caution, block.caption, block.question, block.hidden)


def test_figures_and_tables_are_numbered_through() -> None:
    report = full_report()
    figures = [one.figure for one in report.exhibits if one.chart is not None]
    assert figures == list(range(1, len(figures) + 1))
    assert [table.number for table in report.tables] == list(range(1, len(report.tables) + 1))
    assert all(one.figure == 0 for one in report.exhibits if one.chart is None)


@pytest.mark.parametrize("name", STUDIES)
def test_no_report_claims_more_than_it_can(name) -> None:
    # A statistic may be cited whose title holds such a word; it is explained, not claimed.
    cited = {one.source.citation for one in list_statistics()}
    for text in texts(report_of(STUDIES[name]())):
        if not any(one in text for one in cited):
            assert not FORBIDDEN.search(text), text
        assert not re.search(r"\{\w*\}|\bnan\b|\bNone\b(?! of)", text), text


@pytest.mark.parametrize("name", STUDIES)
def test_the_sections_that_no_report_goes_without(name) -> None:
    study = STUDIES[name]().beside(telling=Telling(report=ReportText(left_out=tuple(set(SECTIONS) - set(ALWAYS)))))
    report = report_of(study)
    assert [section.name for section in report.sections] == list(ALWAYS)


def test_a_section_that_is_switched_off_is_nowhere() -> None:
    study = sample_study().beside(telling=Telling(report=ReportText(left_out=("people", "questionnaires"))))
    report = report_of(study)
    assert not {"people", "questionnaires"} & {section.name for section in report.sections}
    assert not [one.finding for one in report.exhibits if one.finding.startswith(("needs", "scores"))]
    summary = report.section("summary")
    assert summary is not None
    assert "OASys" not in str(summary.blocks)


def test_the_summary_says_what_the_findings_say() -> None:
    report = sample_report()
    titles = {one.title for one in report.exhibits}
    summary = report.section("summary")
    assert summary is not None
    listed = next(block for block in summary.blocks if isinstance(block, Bullets))
    assert listed.items
    assert {item.partition(". ")[0].rstrip(".") for item in listed.items} <= {title.rstrip(".") for title in titles}


def test_no_p_value_stands_in_the_summary() -> None:
    summary = sample_report().section("summary")
    assert not re.search(r"\bp [=<]", str(summary))


def test_own_text_comes_first_and_is_marked() -> None:
    summary = full_report().section("summary")
    assert summary is not None
    assert summary.blocks[:2] == (Paragraph("First line.", own=True), Paragraph("Second line.", own=True))


def test_methods_tell_what_was_done() -> None:
    methods = str(sample_report().section("methods"))
    assert load_instrument("gse").licence in methods
    assert "(WEMWBS)" not in methods
    study = sample_study()
    assert f"{len(study.caseload):,} people" in methods
    assert f"{int((study.responses['wave'] == 'pre').sum())} filled in before" in methods
    assert "9,999" not in methods  # nothing was drawn with 7 pairs
    assert "9,999" not in str(report_of(study_of_pairs(2)).section("methods"))


def test_only_statistics_that_stand_in_the_report_are_explained_and_cited() -> None:
    report = report_of(study_of_pairs(2))
    said = " ".join(one.definition for one in report.exhibits)
    listed = {one.text for one in list_statistics() if one.text in str(report.section("methods"))}
    assert listed == {one.text for one in list_statistics() if one.text in said}
    references = str(report.section("references"))
    for one in list_statistics():
        if one.text in said:
            assert one.source.citation in references


def test_where_it_comes_from_is_printed() -> None:
    report, study = full_report(), full_study()
    rules = str(report.section("rules"))
    for text in (study.fingerprint, *report.stamp.policy, "not kept", AT, "No analysis plan was fixed"):
        assert text in rules


def test_planned_and_added_are_told_apart() -> None:
    report = report_of(planned(study_of_pairs(40, left=8), MAIN))
    said = {one.finding: one.planned for one in report.exhibits if one.finding.startswith("change.")}
    assert said[f"change.{MAIN}"].startswith("Planned on 3 May 2026")
    assert all(one.startswith("Added after") for name, one in said.items() if name != f"change.{MAIN}")
    assert "Planned on 3 May 2026" in str(report.section("summary"))


def test_what_can_not_be_shown_is_named() -> None:
    told = told_sample()
    assert told.empty
    for label in told.empty:
        assert label in str(sample_report().section("rules"))


def test_problems_are_counted_and_never_quoted() -> None:
    from evalcore.intake import read_questionnaires

    file = b"respondent_id,wave,gse_1,gse_2\nQ1,pre,secret,3\nQ2,pre,9,3\n"
    report = report_of(Study.empty("Pilot").add(read_questionnaires(file, name="maria.csv")))
    said = "".join(texts(report)) + str(report.tables)
    assert "secret" not in said
    assert "maria" not in said
    assert "Q1" not in said
    table = next(one for one in report.tables if one.caption.startswith("Problems found"))
    assert sum(row[-1] for row in table.rows) == len(report_problems(file))


def report_problems(file: bytes):
    from evalcore.intake import read_questionnaires

    return Study.empty("Pilot").add(read_questionnaires(file, name="maria.csv")).problems


def test_nobody_is_named_anywhere_in_a_report() -> None:
    study = full_study()
    people = {*study.responses["respondent_id"], *study.roster["respondent_id"], *study.cases["respondent_id"]}
    said = repr(full_report())
    assert not [one for one in people if re.search(rf"\b{re.escape(one)}\b", said)]


def test_the_same_study_gives_the_same_report() -> None:
    assert repr(report_of(full_study())) == repr(full_report())
    assert replace(full_report(), title="x") != full_report()


def test_a_strong_word_of_a_persons_own_is_noticed() -> None:
    assert stronger_words("This IMPROVED lives and was effective.") == ("IMPROVED", "effective")
    assert stronger_words("") == ()
