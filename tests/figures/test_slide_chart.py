"""Native charts on a slide: the numbers of the chart, words for those who do not see it, and a file that opens."""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest

from evalcore import sample_study
from evalcore.disclosure import DisclosurePolicy, apply_disclosure
from evalcore.figures.chart import Arrow, Axis, Band, Bar, Box, Chart, Line, Panel, Point
from evalcore.figures.slide_chart import draw_on_slide
from evalcore.findings import findings_for
from tests.figures.examples import EXAMPLES
from tests.figures.native_marks import expected, lengths
from tests.figures.native_xml import A, C, at_range, cells, label_words, out_of_order, ranges, series, tidy

WORDS = "What the chart shows, in a sentence."
PLACE = {"left": 400_000, "top": 1_200_000, "width": 11_300_000, "height": 4_800_000}


def slide() -> Any:
    from pptx import Presentation

    show = Presentation()
    return show.slides.add_slide(show.slide_layouts[6])


def drawn(chart: Chart, **more: Any) -> Any:
    made = slide()
    draw_on_slide(made, chart, **{**PLACE, "words": WORDS, **more})
    return made


def frames(made: Any) -> list[Any]:
    return [shape for shape in made.shapes if shape.has_chart]


def xml(frame: Any) -> bytes:
    return bytes(frame.chart.part.blob)


def one_panel(*marks: Any, x: Axis | None = None, y: Axis | None = None, **more: Any) -> Chart:
    rows = Axis("", ticks=((0.0, "a row"), (1.0, "another")))
    return Chart((Panel(x or Axis("Mean (points)"), y or rows, marks),), more.pop("n", "n = 9"), "", **more)


@pytest.fixture(scope="module")
def released() -> list[Chart]:
    findings = apply_disclosure(findings_for(sample_study(), resamples=0), DisclosurePolicy()).findings
    return [finding.chart for finding in findings if finding.chart is not None]


@pytest.fixture(scope="module")
def charts(released: list[Chart]) -> list[Chart]:
    every = [*released, *(make() for make in EXAMPLES.values())]
    return [chart for chart in every if not any(isinstance(m, Box) for p in chart.panels for m in p.marks)]


@dataclass(frozen=True)
class Drawn:
    """A panel with the frame that it was drawn in, and that chart's XML."""

    chart: Chart
    panel: Panel
    frame: Any
    xml: bytes

    @property
    def bars(self) -> bool:
        return b"<c:barChart>" in self.xml


@pytest.fixture(scope="module")
def panels(charts: list[Chart]) -> list[Drawn]:
    found = []
    for chart in charts:
        made = frames(drawn(chart))
        found += [Drawn(chart, panel, one, xml(one)) for panel, one in zip(chart.panels, made, strict=True)]
    return found


def test_the_numbers_are_those_of_the_marks(panels: list[Drawn]) -> None:
    for one in panels:
        found: dict[str, Counter[tuple[float, float]]] = {}
        for name, positions in series(one.xml):
            found.setdefault(re.sub(r" \((left|right) of zero\)$", "", name), Counter()).update(positions)
        if one.bars:
            for name, values in lengths(one.chart, one.panel).items():
                assert sorted(abs(value) for _, value in found[name].elements()) == pytest.approx(values)
        else:
            for name, positions in expected(one.chart, one.panel).items():
                assert found[name] == positions | _bars_of_the_name(one, name)


def _bars_of_the_name(one: Drawn, name: str) -> Counter[tuple[float, float]]:
    """Bars among other marks are lines from their start to their end."""
    words = dict(one.chart.legend)
    bars = [m for m in one.panel.marks if isinstance(m, Bar) and (words.get(m.kind) or m.kind) == name]
    ends = [(at, bar.at) if bar.along == "x" else (bar.at, at) for bar in bars for at in (bar.start, bar.end)]
    return Counter((tidy(x), tidy(y)) for x, y in ends)


def test_python_pptx_reads_the_same_numbers(panels: list[Drawn]) -> None:
    for one in panels[::5]:
        read = [value for plot in one.frame.chart.plots for s in plot.series for value in s.values if value is not None]
        assert [tidy(value) for value in read] == [value for _, found in series(one.xml) for _, value in found]


def test_words_beside_the_marks_stand_in_the_chart(panels: list[Drawn]) -> None:
    for one in panels:
        said = set(label_words(one.xml))
        texts = {m.text for m in one.panel.marks if isinstance(m, Point) and math.isfinite(m.x + m.y) and m.text}
        assert texts <= said
        if one.panel.y.visible and not one.bars:
            assert {name for _, name in one.panel.y.ticks} <= said


def test_the_order_of_elements_is_that_of_the_schema(panels: list[Drawn]) -> None:
    for one in panels:
        assert out_of_order(one.xml) == []


def test_every_chart_has_its_words_and_no_title_but_its_panels(panels: list[Drawn]) -> None:
    for one in panels:
        words = one.frame._element.nvGraphicFramePr.cNvPr.get("descr")
        number = one.chart.panels.index(one.panel) + 1
        assert words == WORDS if number == 1 else words.startswith(f"Panel {number} of {len(one.chart.panels)}: ")
        titled = bool(one.panel.title or (one.panel.y.title and one.panel.y.visible))
        assert one.frame.chart.has_title == titled
        deleted = one.frame.chart._chartSpace.find(f"{C}chart/{C}autoTitleDeleted")
        assert deleted.get("val") == ("0" if titled else "1")


def test_the_axes_have_ends_of_their_own_and_hold_every_mark(panels: list[Drawn]) -> None:
    for one in panels:
        chart = one.frame.chart
        axes = [chart.value_axis] if one.bars else [chart.category_axis, chart.value_axis]
        assert all(axis.minimum_scale < axis.maximum_scale for axis in axes)
        dots = [m for m in one.panel.marks if isinstance(m, Point) and math.isfinite(m.x + m.y)]
        for mark in dots:
            for axis, at in zip(axes, (mark.x, mark.y), strict=True):
                assert axis.minimum_scale <= at <= axis.maximum_scale


def test_no_type_is_smaller_than_twelve_points(panels: list[Drawn]) -> None:
    for one in panels:
        assert min(map(int, re.findall(r'sz="(\d+)"', one.xml.decode()))) >= 1200


def test_a_chart_says_all_that_programs_differ_on(panels: list[Drawn]) -> None:
    for one in panels:
        text = one.xml.decode()
        assert '<c:dispBlanksAs val="gap"/>' in text
        assert len(re.findall("<c:(?:valAx|catAx)>", text)) == len(re.findall('<c:delete val="[01]"/><c:axPos', text))
        assert "printSettings" not in text
        assert text.count("<c:yVal>") == text.count('<c:smooth val="0"/>')
        assert text.count("<c:cat>") == text.count('<c:invertIfNegative val="0"/>')
        labels = re.findall("<c:dLbl>.*?</c:dLbl>", text)
        assert all('<c:delete val="1"/>' in label or '<c:showSerName val="0"/>' in label for label in labels)
        assert all('wrap="none"' in label for label in labels if "<a:bodyPr" in label)
        assert text.count("<a:ln") == text.count('cap="flat"')


def test_the_workbook_behind_a_chart_holds_its_numbers_and_nothing_else(panels: list[Drawn]) -> None:
    for one in panels:
        book = zipfile.ZipFile(io.BytesIO(one.frame.chart.part.chart_workbook.xlsx_part.blob))
        sheets = [name for name in book.namelist() if "worksheets/" in name or "chart" in name]
        assert sheets == ["xl/worksheets/sheet1.xml"]
        assert b"hidden" not in book.read("xl/workbook.xml") + book.read(sheets[0])
        held = cells(book.read(sheets[0]), book.read("xl/sharedStrings.xml"))
        for formula, numbers in ranges(one.xml):
            assert numbers == at_range(formula, held)
        assert sum(isinstance(value, float) for value in held.values()) == sum(len(n) for _, n in ranges(one.xml))
        assert all(isinstance(held[f"{column}1"], str) for column in "AB")


def test_no_series_is_longer_than_the_first(panels: list[Drawn]) -> None:
    """LibreOffice loses a first series that is shorter than another."""
    for one in (found for found in panels if not found.bars):
        first, *others = (int(size) for size in re.findall('<c:xVal>.*?<c:ptCount val="([0-9]+)"/>', one.xml.decode()))
        assert first >= max(others, default=0)


def test_nothing_outside_is_referred_to(panels: list[Drawn]) -> None:
    for one in panels:
        assert [rel.is_external for rel in one.frame.chart.part.rels.values()] == [False]


def test_the_same_chart_makes_the_same_file(charts: list[Chart]) -> None:
    for chart in charts[-len(EXAMPLES) :]:
        once, again = (
            [(xml(frame), frame.chart.part.chart_workbook.xlsx_part.blob) for frame in frames(drawn(chart))]
            for _ in range(2)
        )
        assert once == again
        for _, blob in once:
            assert b"2000-01-01T00:00:00Z" in zipfile.ZipFile(io.BytesIO(blob)).read("docProps/core.xml")


def test_the_first_row_stands_on_top_and_people_below_zero_have_no_sign() -> None:
    (frame,) = frames(drawn(EXAMPLES["answers-4"]()))
    assert next(iter(frame.chart.plots[0].categories)) == "optimistic"
    assert frame.chart.category_axis.reverse_order
    assert frame.chart.value_axis.tick_labels.number_format == "#,##0;#,##0"
    entries = [name for name, _ in series(xml(frame))]
    hidden = [int(found.get("val")) for found in frame.chart._chartSpace.iter(f"{C}idx") if _deleted(found)]
    shown = [name for at, name in enumerate(entries) if at not in hidden]
    assert shown == ["Not at all true", "Hardly true", "Moderately true", "Exactly true"]
    assert sorted(hidden) == sorted(len(entries) - 1 - at for at in hidden)


@pytest.mark.parametrize(
    "rows",
    [
        (Bar(0, -3, -1, "answer_low_2"), Bar(0, -1, 0, "answer_low_1"), Bar(0, 0, 4, "answer_high_1")),
        (Bar(0, -1, 1, "answer_low_1"), Bar(0, 1, 4, "answer_high_1")),
    ],
)
def test_entries_of_a_legend_stand_in_the_middle_of_the_series(rows: tuple[Bar, ...]) -> None:
    """Programs count the entries of lying bars from the first series or from the last; both find the same ones."""
    legend = (("answer_low_2", "Never"), ("answer_low_1", "Rarely"), ("answer_high_1", "Often"))
    (frame,) = frames(drawn(one_panel(*rows, legend=legend)))
    names = [name for name, _ in series(xml(frame))]
    hidden = [int(found.get("val")) for found in frame.chart._chartSpace.iter(f"{C}idx") if _deleted(found)]
    assert [name for at, name in enumerate(names) if at not in hidden] == ["Never", "Rarely", "Often"]
    assert hidden == [len(names) - 1 - at for at in reversed(hidden)]


def _deleted(index: Any) -> bool:
    return bool(index.getparent().tag == f"{C}legendEntry")


def test_a_band_is_two_edges_and_a_light_ground_that_is_marked_as_decoration() -> None:
    made = drawn(one_panel(Band(1, 3, "x", label="± 1 SD"), Point(2, 0, "pre")))
    ground, frame = list(made.shapes)[1:]
    assert ground.name == "Band"
    assert 'decorative" val="1"' in ground._element.xml
    unit = frame.chart.category_axis.maximum_scale - frame.chart.category_axis.minimum_scale
    layout = frame.chart._chartSpace.find(f"{C}chart/{C}plotArea/{C}layout/{C}manualLayout/{C}w")
    assert ground.width == pytest.approx(2 / unit * float(layout.get("val")) * frame.width, rel=0.002)
    edges = [positions for name, positions in series(xml(frame)) if name == "± 1 SD"]
    assert [x for (x, _), _ in edges] == [1, 3]
    axis, high = frame.chart.value_axis, layout.getparent().find(f"{C}h")
    share = (edges[0][1][1] - edges[0][0][1]) / (axis.maximum_scale - axis.minimum_scale)
    assert ground.height == pytest.approx(share * float(high.get("val")) * frame.height, rel=0.002)


def test_boxes_and_arrows_are_shapes_in_one_group(released: list[Chart]) -> None:
    chart = next(c for c in released if any(isinstance(m, Box) for p in c.panels for m in p.marks))
    made = drawn(chart)
    _, group = made.shapes
    assert group._element.xpath("./p:nvGrpSpPr/p:cNvPr")[0].get("descr") == WORDS
    marks = chart.panels[0].marks
    said = [shape.text_frame.text for shape in group.shapes if shape.has_text_frame]
    assert said == ["\n".join(mark.lines) for mark in marks if isinstance(mark, Box)]
    arrows = [shape for shape in group.shapes if shape.name == "Arrow"]
    assert len(arrows) == sum(isinstance(mark, Arrow) for mark in marks)
    sizes = [run.size.pt for s in group.shapes if s.has_text_frame for run in (s.text_frame.paragraphs[0].font,)]
    assert min(sizes) >= 12
    edges = [(s.left, s.top, s.left + s.width, s.top + s.height) for s in group.shapes]
    assert min(left for left, *_ in edges) >= PLACE["left"]
    assert max(right for _, _, right, _ in edges) <= PLACE["left"] + PLACE["width"]


HOSTILE = ("=cmd|' /C calc'!A0", "=Sheet1!$A$1", "+1", "-2", "@x", "<b>&amp;\x00\x0b", "a\ud800", "Leeds!A1")


def test_hostile_words_stay_words() -> None:
    rows = tuple((float(at), words) for at, words in enumerate(HOSTILE))
    dots = tuple(Point(1.0, at, "pre", text=words) for at, words in rows)
    legend = (("pre", "=Sheet1!A1"),)
    made = drawn(
        one_panel(*dots, x=Axis("=Sheet1!A1"), y=Axis("", ticks=rows), legend=legend, n="=n!A1\x07"), words="w\x00"
    )
    (frame,) = frames(made)
    said = label_words(xml(frame))
    for words in HOSTILE:
        assert said.count(words.replace("\x00\x0b", "").replace("\ud800", "")) == 2
    assert b"strRef" not in b"".join(re.findall(b"<c:dLbl>.*?</c:dLbl>|<c:title>.*?</c:title>", xml(frame)))
    assert made.shapes[0].text_frame.text == "=n!A1"
    assert "".join(text.text for text in frame.chart._chartSpace.iter(f"{A}t") if "Sheet1!A1" in text.text)
    bars = tuple(Bar(at, 0, 1, "pre", text=words) for at, words in rows)
    (frame,) = frames(drawn(one_panel(*bars, y=Axis("", ticks=rows))))
    assert list(frame.chart.plots[0].categories)[::-1][1] == "=Sheet1!$A$1"


@pytest.mark.parametrize(
    "chart",
    [
        Chart((), "nothing", ""),
        one_panel(),
        one_panel(x=Axis("x"), y=Axis("y")),
        one_panel(Point(math.nan, 0, "pre"), Bar(0, math.nan, 1, "pre"), Line((), "pre"), Band(math.nan, 1)),
        one_panel(Point(3, 0, "pre", text="3"), Point(3, math.nan, "pre", text="gone"), x=Axis("x", 3, 3)),
    ],
)
def test_an_empty_chart_is_drawn_empty(chart: Chart) -> None:
    found = frames(drawn(chart))
    assert len(found) == len(chart.panels)
    for frame in found:
        assert out_of_order(xml(frame)) == []
        assert len(list(frame.chart.plots[0].series)) >= 1
        assert ">nan<" not in xml(frame).decode().lower()


def test_a_place_that_is_too_small_is_no_fault() -> None:
    (frame,) = frames(drawn(EXAMPLES["needs"](), width=900_000, height=500_000, text=20))
    assert out_of_order(xml(frame)) == []
