"""Native charts on a sheet: they refer to cells that a reader can see, and both hold the numbers of the chart."""

from __future__ import annotations

import io
import math
import re
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest
import xlsxwriter

from evalcore import sample_study
from evalcore.disclosure import DisclosurePolicy, apply_disclosure
from evalcore.figures.chart import Axis, Bar, Box, Chart, Panel, Point
from evalcore.figures.sheet_chart import OnSheet, draw_on_sheet
from evalcore.findings import findings_for
from tests.figures.examples import EXAMPLES
from tests.figures.native_marks import expected, lengths
from tests.figures.native_xml import at_range, cells, label_words, out_of_order, ranges, series

WORDS = "What the chart shows, in a sentence."
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"


@dataclass(frozen=True)
class Book:
    """A workbook as it was written, and what each chart took of it."""

    parts: dict[str, bytes]
    taken: list[OnSheet]

    @property
    def charts(self) -> list[bytes]:
        names = (f"xl/charts/chart{at}.xml" for at in range(1, len(self.parts)))
        return [self.parts[name] for name in names if name in self.parts]

    def cells(self, sheet: int) -> dict[str, float | str]:
        return cells(self.parts[f"xl/worksheets/sheet{sheet}.xml"], self.parts["xl/sharedStrings.xml"])


def written(charts: list[Chart], **more: Any) -> Book:
    stream, taken, row, data_row = io.BytesIO(), [], 0, 2
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet, numbers = book.add_worksheet("Charts"), book.add_worksheet("The chart's numbers")
        bold = book.add_format({"bold": True})
        for chart in charts:
            place = {"row": row, "column": 1, "words": WORDS, "data_sheet": numbers, "data_row": data_row}
            found = draw_on_sheet(book, sheet, chart, **{**place, "heading": bold, **more})
            taken.append(found)
            row, data_row = found.row, found.data_row
    packed = zipfile.ZipFile(io.BytesIO(stream.getvalue()))
    return Book({name: packed.read(name) for name in packed.namelist()}, taken)


@pytest.fixture(scope="module")
def charts() -> list[Chart]:
    findings = apply_disclosure(findings_for(sample_study(), resamples=0), DisclosurePolicy()).findings
    every = [finding.chart for finding in findings if finding.chart is not None]
    return [*every, *(make() for make in EXAMPLES.values())]


@pytest.fixture(scope="module")
def book(charts: list[Chart]) -> Book:
    return written(charts)


def is_flow(chart: Chart) -> bool:
    return any(isinstance(mark, Box) for panel in chart.panels for mark in panel.marks)


def panels(charts: list[Chart]) -> list[tuple[Chart, Panel]]:
    return [(chart, panel) for chart in charts if not is_flow(chart) for panel in chart.panels]


def test_each_panel_has_a_chart_with_the_numbers_of_its_marks(charts: list[Chart], book: Book) -> None:
    for (chart, panel), xml in zip(panels(charts), book.charts, strict=True):
        found: dict[str, Counter[tuple[float, float]]] = {}
        for name, positions in series(xml):
            found.setdefault(re.sub(r" \((left|right) of zero\)$", "", name), Counter()).update(positions)
        if b"<c:barChart>" in xml:
            for name, values in lengths(chart, panel).items():
                assert sorted(abs(value) for _, value in found[name].elements()) == pytest.approx(values)
        elif not any(isinstance(mark, Bar) for mark in panel.marks):
            for name, positions in expected(chart, panel).items():
                assert found[name] == positions


def test_the_cells_that_a_chart_refers_to_hold_what_it_shows(book: Book) -> None:
    held = book.cells(2)
    for xml in book.charts:
        for formula, numbers in ranges(xml):
            assert formula.startswith("'The chart''s numbers'!")
            assert numbers == at_range(formula, held)
    numbers = sum(isinstance(value, float) for value in held.values())
    assert numbers == sum(len(found) for xml in book.charts for _, found in ranges(xml))
    assert b"hidden" not in book.parts["xl/workbook.xml"] + book.parts["xl/worksheets/sheet2.xml"]


def test_every_table_of_numbers_is_headed_and_none_stands_in_another(charts: list[Chart], book: Book) -> None:
    held = book.cells(2)
    begin = 2
    for chart, found in zip(charts, book.taken, strict=True):
        assert held[f"A{begin + 1}"]
        assert isinstance(held[f"B{begin + 1}"], str)
        assert f"A{found.data_row}" not in held
        assert found.charted != is_flow(chart)
        begin = found.data_row


def test_the_line_with_n_stands_above_and_no_chart_reaches_the_next(charts: list[Chart], book: Book) -> None:
    held = book.cells(1)
    assert [held[f"B{row + 1}"] for row in (0, *(found.row for found in book.taken[:-1]))] == [c.n for c in charts]
    anchors = list(ET.fromstring(book.parts["xl/drawings/drawing1.xml"]))
    drawn = iter(anchors)
    row = 0
    for chart, found in zip(charts, book.taken, strict=True):
        for _ in () if is_flow(chart) else chart.panels:
            anchor = next(drawn)
            assert int(anchor.findtext(f"{DRAWING}from/{DRAWING}row") or "") == row + 1
            assert int(anchor.findtext(f"{DRAWING}to/{DRAWING}row") or "") < found.row
        row = found.row


def test_every_chart_has_alternative_text(charts: list[Chart], book: Book) -> None:
    found = [
        one.get("descr") or "" for one in ET.fromstring(book.parts["xl/drawings/drawing1.xml"]).iter(f"{DRAWING}cNvPr")
    ]
    assert len(found) == len(panels(charts))
    for (chart, panel), words in zip(panels(charts), found, strict=True):
        number = chart.panels.index(panel) + 1
        assert words == WORDS if number == 1 else words.startswith(f"Panel {number} of {len(chart.panels)}: ")


def test_the_order_is_that_of_the_schema_and_axes_have_ends_of_their_own(book: Book) -> None:
    for xml in book.charts:
        assert out_of_order(xml) == []
        text = xml.decode()
        ends = text.count("<c:min val=") + text.count("<c:max val=")
        assert ends == (2 if "<c:barChart>" in text else 4)
        assert min(map(int, re.findall(r'sz="(\d+)"', text))) >= 1200
        labels = re.findall("<c:dLbl>.*?</c:dLbl>", text)
        assert all('wrap="none"' in label for label in labels if "<a:bodyPr" in label)
        assert text.count("<a:ln") == text.count('cap="flat"')


def test_boxes_stand_in_cells_from_the_top(charts: list[Chart]) -> None:
    chart = next(one for one in charts if is_flow(one))
    book = written([chart])
    assert book.charts == []
    held = book.cells(2)
    boxes = [mark for mark in chart.panels[0].marks if isinstance(mark, Box)]
    said = [tuple(held.get(f"{column}{row}") for column in "AB") for row in range(4, 4 + len(boxes))]
    assert Counter(said) == Counter(box.lines[:2] for box in boxes)
    assert said[0] == max(boxes, key=lambda box: box.y).lines[:2]


HOSTILE = ("=cmd|' /C calc'!A0", "=Sheet1!$A$1", "+1", "-2", "@x", "{=1}", "<b>&amp;\x00\x0b", "a\ud800", "Leeds!A1")


@pytest.mark.parametrize("bars", [False, True])
def test_hostile_words_stay_words(bars: bool) -> None:
    rows = tuple((float(at), words) for at, words in enumerate(HOSTILE))
    marks = tuple(Bar(at, 0, 1, "pre", text=words) if bars else Point(1.0, at, "pre", text=words) for at, words in rows)
    panel = Panel(Axis("=Sheet1!A1"), Axis("=1+1", ticks=rows), marks, title="=Sheet1!A1")
    book = written([Chart((panel,), "=n!A1\x07", "", (("pre", "=Sheet1!A1"),))], words="=w\x00")
    (xml,) = book.charts
    assert book.cells(1)["B1"] == "=n!A1"
    cleaned = [words.replace("\x00\x0b", "").replace("\ud800", "") for words in HOSTILE]
    assert set(cleaned) <= set(book.cells(2).values())
    assert set(cleaned) <= {words.replace("\u2060", "") for words in label_words(xml)}
    assert b"strRef" not in b"".join(re.findall(b"<c:dLbl>.*?</c:dLbl>|<c:title>.*?</c:title>", xml))
    formulas = re.findall("<c:f>(.*?)</c:f>", xml.decode())
    assert all(formula.startswith("'The chart''s numbers'!") for formula in formulas)


@pytest.mark.parametrize(
    "chart",
    [
        Chart((), "nothing", ""),
        Chart((Panel(Axis("x"), Axis("y"), ()),), "nothing", ""),
        Chart((Panel(Axis("x"), Axis("", ticks=((0.0, "a row"),)), (Point(math.nan, 0, "pre"),)),), "nothing", ""),
    ],
)
def test_an_empty_chart_is_drawn_empty(chart: Chart) -> None:
    book = written([chart, EXAMPLES["counts"]()])
    assert len(book.charts) == len(chart.panels) + 1
    assert book.taken[0].charted == bool(chart.panels)
    assert all(out_of_order(xml) == [] and b">nan<" not in xml.lower() for xml in book.charts)


def test_the_same_charts_make_the_same_xml() -> None:
    once, again = (written([make() for make in EXAMPLES.values()]).charts for _ in range(2))
    assert once == again
