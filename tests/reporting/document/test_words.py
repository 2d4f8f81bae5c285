"""The words of a document: all of the model's, none but the model's, and all of them as data."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest

from evalcore.reporting.model import Bullets, Exhibit, Paragraph, Report, Subheading, Table
from evalcore.wording import joined
from tests.reporting.document.documents import (
    W,
    body,
    full_docx,
    opened,
    paragraphs,
    part,
    parts,
    rendered,
    small_report,
    style_of,
    words,
)
from tests.reporting.studies import full_report

NASTY = '<w:p>{ TOC \\o "1-3" }</w:p> & "quoted" =1+1 \x00\x0b\ud800]]>'
SHOWN = '<w:p>{ TOC \\o "1-3" }</w:p> & "quoted" =1+1 \n]]>'


def test_every_word_of_the_model_stands_in_the_document_in_its_order() -> None:
    found = iter(paragraphs(full_docx()))
    for expected in _expected(full_report()):
        assert expected in found, expected


def test_no_sentence_stands_in_the_document_that_is_not_in_the_model() -> None:
    expected = {*_expected(full_report()), *_title_page(full_report())}
    assert [found for found in paragraphs(full_docx()) if found and found not in expected] == []


def test_no_empty_paragraph_stands_for_a_space() -> None:
    for one in body(full_docx()).findall(f"{W}p"):
        assert words(one).strip() or one.find(f".//{W}drawing") is not None or one.find(f".//{W}sectPr") is not None


def test_the_title_page_names_what_the_report_is_about() -> None:
    report = full_report()
    found = paragraphs(full_docx())[: len(_title_page(report))]
    assert found == _title_page(report)
    assert paragraphs(full_docx(), "Title") == ["A pilot, looked at"]
    assert "4 May 2026" in found


def test_the_title_page_does_not_point_to_rules_that_are_left_out() -> None:
    assert paragraphs(rendered(small_report()), "ReportDetails")[-1] == "Small numbers are hidden by a policy."


def test_the_text_of_a_person_can_be_told_by_its_style() -> None:
    assert paragraphs(full_docx(), "EvaluatorsText") == ["First line.", "Second line.", "Our own limits."]
    assert opened(full_docx()).styles["Evaluator's text"].name == "Evaluator's text"


@pytest.mark.parametrize(
    "block",
    [Paragraph(NASTY), Paragraph(NASTY, own=True), Bullets((NASTY,)), Subheading(NASTY)],
    ids=["paragraph", "own", "bullet", "heading"],
)
def test_text_is_shown_letter_for_letter(block: Paragraph | Bullets | Subheading) -> None:
    made = rendered(small_report(block))
    assert paragraphs(made)[-1] == SHOWN
    fields = [one.text for one in body(made).iter(f"{W}instrText")]
    assert fields == [' TOC \\o "1-2" \\h \\z \\u ']


def test_hostile_text_on_the_title_page_in_the_letterhead_and_the_properties_is_data() -> None:
    report = small_report(title=NASTY, subtitle=NASTY, authors=NASTY, organisation=NASTY)
    made = rendered(report)
    assert paragraphs(made, "Title") == [SHOWN]
    assert words(part(made, "word/header.xml")) == SHOWN
    assert opened(made).core_properties.title == SHOWN


def test_the_letterhead_names_report_study_and_fingerprint_and_counts_pages() -> None:
    made, stamp = full_docx(), full_report().stamp
    footer = part(made, "word/footer.xml")
    assert words(part(made, "word/header.xml")) == full_report().title
    assert words(footer) == f"Page 1 of 1  ·  {stamp.study}  ·  Data fingerprint {stamp.fingerprint[:12]}"
    assert [one.text.strip() for one in footer.iter(f"{W}instrText")] == ["PAGE", "NUMPAGES"]


def test_the_title_page_has_no_letterhead_and_the_next_page_has() -> None:
    first, second, *later = body(full_docx()).iter(f"{W}sectPr")
    assert first.find(f"{W}headerReference") is None
    assert first.find(f"{W}footerReference") is None
    assert second.find(f"{W}headerReference") is not None
    assert second.find(f"{W}footerReference") is not None
    assert all(one.find(f"{W}footerReference") is None for one in later), "later pages take it from these"


def test_headings_have_no_gap_and_every_section_begins_with_one() -> None:
    made = body(full_docx()).findall(f"{W}p")
    levels = [(int(style_of(one)[-1]), words(one)) for one in made if style_of(one).startswith("Heading")]
    assert levels[0][0] == 1
    assert all(later <= earlier + 1 for (earlier, _), (later, _) in pairwise(levels))
    assert [text for level, text in levels if level == 1] == [one.heading for one in full_report().sections]


def test_the_contents_are_filled_in_and_every_line_leads_to_its_heading() -> None:
    made = body(full_docx())
    headings = {}
    for one in made.findall(f"{W}p"):
        if style_of(one).startswith("Heading"):
            headings[one.find(f"{W}bookmarkStart").get(f"{W}name")] = (style_of(one)[-1], words(one))
    lines = [one for one in made.find(f"{W}sdt").iter(f"{W}p") if style_of(one) != "TOCHeading"]
    listed = {one.find(f"{W}hyperlink").get(f"{W}anchor"): (style_of(one)[-1], words(one)) for one in lines}
    assert listed == headings
    assert list(listed) == list(headings)
    kinds = [one.get(f"{W}fldCharType") for one in made.find(f"{W}sdt").iter(f"{W}fldChar")]
    assert kinds == ["begin", "separate", "end"]


def test_word_asks_nothing_when_it_opens_the_document() -> None:
    for name, content in parts(full_docx()).items():
        assert b"updateFields" not in content, name
        assert b"w:dirty" not in content, name


def _title_page(report: Report) -> list[str]:
    stamp, rules = report.stamp, report.section("rules")
    assert rules is not None
    return [
        *(report.title, report.subtitle, report.authors, report.organisation, "4 May 2026"),
        f"Study: {stamp.study} ({stamp.version})",
        f"Data fingerprint: {stamp.fingerprint[:12]}",
        f"Small numbers are hidden by a policy. The rules stand in “{rules.heading}”.",
    ]


def _expected(report: Report) -> Iterator[str]:
    """Every paragraph that a report asks for, in order."""
    for section in report.sections:
        yield section.heading
        for block in section.blocks:
            if isinstance(block, Paragraph | Subheading):
                yield block.text
            elif isinstance(block, Bullets):
                yield from block.items
            elif isinstance(block, Table):
                yield from (block.label, *block.notes)
            else:
                yield from _exhibit(block)


def _exhibit(one: Exhibit) -> Iterator[str]:
    yield one.title
    yield one.sentence
    if one.chart is not None:
        yield one.caption
        yield f"How to read it: {one.chart.how_to_read}"
    yield f"Take care. {one.caution}"
    if one.reasons:
        yield f"Why nothing stronger is said. {' '.join(one.reasons)}"
    if one.rivals:
        yield f"Other explanations. {joined(one.rivals)}."
    if one.planned:
        yield one.planned
    if one.table is not None:
        yield from (one.table.label, *one.table.notes)
    if one.hidden:
        yield one.hidden
    yield f"Source: {one.source}"
    yield f"Definition: {one.definition}"
