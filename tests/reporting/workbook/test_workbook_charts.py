"""Charts are native, say in words what they show, and are drawn from cells that a reader can see."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from evalcore.figures.chart import Bar, Point
from evalcore.figures.native_panels import is_flow
from evalcore.figures.native_text import plain
from evalcore.reporting.model import Exhibit
from evalcore.reporting.workbook.sheets import NUMBERS, plan_sheets
from tests.reporting.studies import full_report
from tests.reporting.workbook.workbooks import MAIN, C, full


def figures() -> list[Exhibit]:
    return [one for one in full_report().exhibits if one.chart is not None]


def drawn() -> list[Exhibit]:
    return [one for one in figures() if not is_flow(one.chart)]


def sheet_of(exhibit: Exhibit) -> str:
    return next(sheet.name for sheet in plan_sheets(full_report()).sheets if sheet.content == exhibit)


def numbers_of(chart: ET.Element, *tags: str) -> list[list[object]]:
    """The cells behind each series, by the tag that refers to them."""
    found = []
    for one in chart.iter(f"{C}ser"):
        references = [one.find(f"{C}{tag}/*/{C}f") for tag in tags]
        if all(reference is not None for reference in references):
            found.append([full().at(str(reference.text)) for reference in references if reference is not None])
    return found


def test_there_are_figures_to_look_at() -> None:
    assert 10 < len(drawn()) < len(figures())


def test_a_figure_says_in_words_what_it_shows() -> None:
    for exhibit in drawn():
        said = [words for words, _ in full().charts(sheet_of(exhibit))]
        assert len(said) == len(exhibit.chart.panels)
        assert said[0] == plain(exhibit.sentence)
        assert all(said)


def test_caption_reading_and_n_stand_above_the_figure() -> None:
    for exhibit in figures():
        words = full().text(sheet_of(exhibit))
        assert exhibit.caption in words
        assert exhibit.chart.n in words
        assert exhibit.caption in full().text(NUMBERS)


def test_the_marks_stand_in_the_cells_that_the_chart_refers_to() -> None:
    for exhibit in drawn():
        charts = [chart for _, chart in full().charts(sheet_of(exhibit))]
        for panel, chart in zip(exhibit.chart.panels, charts, strict=True):
            pairs = {
                (round(float(x), 9), round(float(y), 9))
                for xs, ys in numbers_of(chart, "xVal", "yVal")
                for x, y in zip(xs, ys, strict=True)
                if x != "" and y != ""
            }
            values = [abs(float(value)) for series in numbers_of(chart, "val") for value in series[0] if value != ""]
            points = {(round(one.x, 9), round(one.y, 9)) for one in panel.marks if isinstance(one, Point)}
            bars = [one for one in panel.marks if isinstance(one, Bar)]
            assert pairs or values
            if pairs:
                assert points <= pairs
            for bar in bars if values else []:
                assert any(value == pytest.approx(abs(bar.end - bar.start)) for value in values)


def test_every_reference_of_every_chart_leads_to_the_sheet_of_numbers() -> None:
    references = [
        str(one.text)
        for exhibit in drawn()
        for _, chart in full().charts(sheet_of(exhibit))
        for one in chart.iter(f"{C}f")
    ]
    assert len(references) > 50
    assert {reference.partition("!")[0] for reference in references} == {f"'{NUMBERS}'"}
    assert all(full().at(reference) for reference in references)


def test_a_figure_of_boxes_is_told_in_cells() -> None:
    flow = next(one for one in figures() if one not in drawn())
    assert full().charts(sheet_of(flow)) == []
    assert any("no chart of boxes" in line for line in full().text(sheet_of(flow)))
    boxes = [box for panel in flow.chart.panels for box in panel.marks if hasattr(box, "lines")]
    cells = {str(cell) for row in full().cells[NUMBERS] for cell in row}
    assert boxes
    assert {line for box in boxes for line in box.lines} <= cells


def test_a_page_ends_above_a_drawn_figure_only() -> None:
    for exhibit in figures():
        breaks = list(full().xml(full().sheets[sheet_of(exhibit)]).iter(f"{MAIN}brk"))
        caption = next(at for at, row in enumerate(full().cells[sheet_of(exhibit)]) if row[0] == exhibit.caption)
        assert [int(one.attrib["id"]) for one in breaks] == ([caption] if exhibit in drawn() else [])
