"""What stands on the slides of a deck: the report's own words and numbers, in order."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest

from evalcore.figures.chart import Box, Interval, Line, Point
from evalcore.reporting.deck import report_pptx
from evalcore.reporting.deck.finding import ELSEWHERE
from evalcore.reporting.deck.table import MOST_COLUMNS, MOST_ROWS, grid_of
from tests.reporting.deck.decks import MESSAGE, Told
from tests.reporting.deck.reading import named, notes_of, numbers_in, title_of, words_on

BEFORE, AFTER = 2, 2
"""Slides before the findings, and after them where no workshop was held."""


def findings_of(told: Told) -> list[tuple[Any, Any]]:
    """Each finding with its slide."""
    held = {one.finding: one for one in told.report.exhibits}
    slides = list(told.open().slides)[BEFORE:]
    return [(held[finding], slide) for finding, slide in zip(told.order, slides, strict=False)]


def test_one_slide_a_finding_in_the_order_of_the_report(everything: Told) -> None:
    titles = [title_of(slide) for slide in everything.open().slides]
    assert titles[BEFORE:-AFTER] == [one.title for one in everything.report.exhibits]
    assert len(titles) == BEFORE + len(everything.report.exhibits) + AFTER


def test_a_running_order_is_kept_and_nothing_else_is_shown(workshop: Told) -> None:
    titles = [title_of(slide) for slide in workshop.open().slides]
    held = {one.finding: one.title for one in workshop.report.exhibits}
    assert titles[BEFORE : -AFTER - 1] == [held[finding] for finding in workshop.order]
    backwards = report_pptx(workshop.report, order=workshop.order[::-1])
    turned = [title_of(slide) for slide in Told(workshop.report, (), backwards).open().slides]
    assert turned[BEFORE : -AFTER - 1] == titles[BEFORE : -AFTER - 1][::-1]


def test_a_finding_that_was_left_out_of_the_report_is_counted(everything: Told) -> None:
    order = [everything.order[0], "change.gone", everything.order[0], "needs.gone"]
    deck = Told(everything.report, (), report_pptx(everything.report, order=order)).open()
    assert len(deck.slides) == BEFORE + 1 + AFTER
    assert "2 findings of the running order are not shown here" in words_on(deck.slides[1])


def test_the_first_slide_names_the_report(workshop: Told) -> None:
    first = workshop.open().slides[0]
    assert title_of(first) == workshop.report.title
    assert "University of Somewhere" in words_on(first)
    assert "4 May 2026" in words_on(first)
    assert named(first, "Logo")._element._nvXxPr.cNvPr.get("descr") == "Logo of University of Somewhere"


def test_the_second_slide_says_what_can_not_be_said(workshop: Told) -> None:
    second = workshop.open().slides[1]
    assert title_of(second) == "What this can and can not say"
    assert "There is no comparison group" in words_on(second)
    assert "7 of 27 service users gave a GSE score" in words_on(second)
    assert "staff" not in words_on(second), "no finding about staff is shown"
    assert "Mean GSE" not in words_on(second), "how many people, and no result"
    assert "In the evaluator's words: Our own words." in words_on(second).replace(": \n", ": ")


def test_own_words_stand_above_a_title_that_stays(workshop: Told) -> None:
    slides = workshop.open().slides
    message = named(slides[BEFORE + 1], "Message")
    title = slides[BEFORE + 1].shapes.title
    assert message.text_frame.text == f"In the evaluator's words: {MESSAGE}"
    assert message.top + message.height <= title.top + title.height - 12_700 * 20
    assert [named(slide, "Message") for slide in slides].count(None) == len(slides) - 1


def test_a_chart_holds_the_numbers_of_its_marks(everything: Told) -> None:
    seen = 0
    for exhibit, slide in findings_of(everything):
        if exhibit.chart is None:
            continue
        marks = [mark for panel in exhibit.chart.panels for mark in panel.marks]
        drawn = numbers_in(slide)
        for value in wanted(marks):
            seen += 1
            assert any(math.isclose(value, one, abs_tol=1e-6) for one in drawn), (exhibit.finding, value)
        for line in (line for mark in marks if isinstance(mark, Box) for line in mark.lines):
            seen += 1
            assert line in words_on(slide)
        assert exhibit.chart.n.split(" = ")[-1].split()[0] in words_on(slide)
    assert seen > 100


def wanted(marks: list[Any]) -> list[float]:
    """The numbers that points and lines stand for."""
    points = [(mark.x, mark.y) for mark in marks if isinstance(mark, Point)]
    lines = [point for mark in marks if isinstance(mark, Line) for point in mark.points]
    along = [mark.at for mark in marks if isinstance(mark, Interval)]
    pairs = [value for point in (*points, *lines) if all(map(math.isfinite, point)) for value in point]
    return pairs + [value for value in along if math.isfinite(value)]


def test_a_finding_without_a_chart_is_a_native_table(everything: Told) -> None:
    shown = [(one, slide) for one, slide in findings_of(everything) if one.chart is None]
    assert len(shown) > 3
    for exhibit, slide in shown:
        table = named(slide, "Table").table
        cells = [tuple(cell.text_frame.text for cell in row.cells) for row in table.rows]
        grid = grid_of(exhibit.table)
        expected = [row[:MOST_COLUMNS] for row in (grid.headings, *grid.rows)][: len(cells)]
        assert cells == expected
        assert len(cells) <= MOST_ROWS + 1
        cut = len(cells) - 1 < len(grid.rows) or len(grid.headings) > MOST_COLUMNS
        assert (ELSEWHERE in words_on(slide)) == cut


def test_a_hidden_value_stays_hidden_and_an_interval_whole(everything: Told) -> None:
    exhibit, slide = next(pair for pair in findings_of(everything) if pair[0].finding == "start-rates.people")
    cells = [[cell.text_frame.text for cell in row.cells] for row in named(slide, "Table").table.rows]
    of = {name: [row[at] for row in cells[1:]] for at, name in enumerate(cells[0])}
    assert of["Started"].count("[c]") == [row[2] for row in exhibit.table.rows].count("[c]") > 0
    assert "74.1 to 100.0" in of["95 % interval (%)"]
    assert "few people are behind it" in named(slide, "Source").text_frame.text


@pytest.mark.parametrize("part", ["question", "sentence", "caution", "source", "definition", "hidden"])
def test_the_notes_hold_everything(everything: Told, part: str) -> None:
    for exhibit, slide in findings_of(everything):
        expected = getattr(exhibit, part).replace("policy below", "policy at the end")
        assert " ".join(expected.split()) in notes_of(slide), exhibit.finding
        for more in (*exhibit.reasons, *([exhibit.chart.how_to_read] if exhibit.chart else [])):
            assert " ".join(more.split()) in notes_of(slide)


def test_the_notes_begin_with_the_presenters_own(workshop: Told) -> None:
    notes = notes_of(workshop.open().slides[BEFORE + 1])
    assert notes.startswith("My notes: Ask first.\nThen wait.\nQuestion for the room: What did you see?")


def test_planned_and_other_explanations_stand_in_the_notes(everything: Told) -> None:
    first = everything.report.exhibits[0]
    said = replace(first, planned="Added later.", rivals=("a new manager", "the summer"))
    section = next(one for one in everything.report.sections if first in one.blocks)
    report = replace(everything.report, sections=(replace(section, blocks=(said,)),))
    notes = notes_of(Told(report, (), report_pptx(report)).open().slides[BEFORE])
    assert "Planned or added: Added later." in notes
    assert "Other explanations that are registered: a new manager. the summer." in notes


def test_caution_and_source_stand_on_the_slide(everything: Told) -> None:
    for exhibit, slide in findings_of(everything):
        assert named(slide, "Caution").text_frame.text.startswith(f"Take care: {exhibit.caution[:80]}")
        assert named(slide, "Source").text_frame.text.startswith(f"Source: {' '.join(exhibit.source.split())[:60]}")
        assert bool(exhibit.hidden) == ("at the end" in named(slide, "Source").text_frame.text)


def test_a_workshop_has_a_slide_with_its_log_in_short(workshop: Told) -> None:
    slide = workshop.open().slides[BEFORE + len(workshop.order)]
    assert title_of(slide) == "Workshop: Spring, 4 May 2026, 09:00 UTC"
    cells = [[cell.text_frame.text for cell in row.cells] for row in named(slide, "Table").table.rows]
    assert cells[0] == ["Finding", "Group", "Agree", "Partly", "Disagree", "Cannot say"]
    assert cells[1] == ["Who took part: GSE, service users", "Practitioners", "6", "1", "0", "1"]
    assert cells[2][1:] == ["Practitioners", "6", "1", "0", "1"]
    assert cells[3] == ["", "Managers", "5", "0", "2", "0"]
    assert len(cells) == 8, "four findings with all of their groups, and no finding with one of two"
    assert "5 findings were shown" in words_on(slide)
    assert "What the evaluator will do: Ask." in notes_of(slide)
    assert "“So <b>.” (Managers)" in notes_of(slide)


def test_the_last_slides_say_where_it_comes_from(workshop: Told) -> None:
    *_, policy, last = workshop.open().slides
    for name, value in workshop.report.stamp.rows:
        assert name in words_on(last)
        assert value in words_on(last)
    for line in workshop.report.stamp.policy:
        assert line in words_on(policy)
        assert line in notes_of(last)


def test_a_study_with_nothing_in_it(nothing: Told) -> None:
    slides = list(nothing.open().slides)
    assert len(slides) == BEFORE + AFTER
    assert "The study holds nothing that can be shown." in words_on(slides[1])


def test_a_finding_with_neither_chart_nor_table_is_a_sentence(everything: Told) -> None:
    first = replace(everything.report.exhibits[0], chart=None, table=None, caution="", source="", hidden="")
    report = replace(everything.report, sections=(replace(everything.report.sections[0], blocks=(first,)),))
    slide = Told(report, (), report_pptx(report)).open().slides[BEFORE]
    assert named(slide, "Sentence").text_frame.text == first.sentence
    assert named(slide, "Caution") is None
