"""Nothing on a slide runs out of its place: measured in a typeface that is wider than most."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from pptx import Presentation

from evalcore.findings.finding import Column
from evalcore.reporting.deck import report_pptx
from evalcore.reporting.deck.measuring import POINT, cut, height_of, lines_of, size_for, width_of
from evalcore.reporting.deck.table import fitted
from evalcore.reporting.model import Report, Table
from tests.reporting.deck.decks import Told
from tests.reporting.deck.reading import A, named
from tests.reporting.deck.templates import four_by_three

LONG = (
    "The mean of everybody who gave a score both before and after was higher than it had been before, though few people"
)
TITLE = f"{LONG} are behind it and the interval is wide enough (n = 27)"


def long_report(report: Report) -> Report:
    """A report whose every text is as long as it may be."""
    sections = tuple(
        replace(
            section,
            blocks=tuple(
                replace(
                    one,
                    title=TITLE,
                    message=(LONG * 2)[:200],
                    caution=LONG * 3,
                    source=LONG * 4,
                    hidden=f"[c] {LONG * 4}",
                )
                for one in section.exhibits[:2]
            ),
        )
        for section in report.sections
    )
    return replace(report, title=(LONG * 2)[:160], organisation=LONG[:120], authors=(LONG * 2)[:200], sections=sections)


def boxes(slide: Any) -> list[Any]:
    """Everything on a slide that has a place of its own."""
    return [shape for shape in slide.shapes if shape.width is not None]


def sizes_of(shape: Any) -> set[int]:
    return {int(run.get("sz")) // 100 for run in shape._element.iter(f"{A}rPr") if run.get("sz")}


def check(data: bytes) -> None:
    deck = Presentation(io.BytesIO(data))
    for slide in deck.slides:
        for shape in boxes(slide):
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height, shape.name
        for shape in slide.shapes:
            if (
                shape.has_text_frame and shape.name in ("Message", "Caution", "Source", "Sentence", "Policy")
            ) or shape.is_placeholder:
                assert needed(shape) <= shape.height / POINT + 0.5, (shape.name, shape.text_frame.text[:40])


def needed(shape: Any) -> float:
    """Points that the words of a shape take."""
    frame = shape.text_frame
    sides = [side / POINT for side in (frame.margin_left + frame.margin_right, frame.margin_top + frame.margin_bottom)]
    size = max(sizes_of(shape), default=10)
    width = shape.width / POINT - sides[0] - (36 if shape.name.startswith("Content") else 0)
    bold = shape.name.startswith("Title")
    return height_of([one.text for one in frame.paragraphs], width, size, bold=bold) + sides[1]


@pytest.mark.parametrize("name", ["everything", "workshop", "nothing"])
def test_everything_stands_on_the_slide(name: str, request: pytest.FixtureRequest) -> None:
    check(request.getfixturevalue(name).data)


def test_the_longest_texts_fit(everything: Told) -> None:
    report = long_report(everything.report)
    check(report_pptx(report))
    check(report_pptx(report, template=four_by_three()))


def test_titles_are_read_from_the_back_of_a_room(everything: Told) -> None:
    for data in (everything.data, report_pptx(long_report(everything.report))):
        for slide in list(Presentation(io.BytesIO(data)).slides)[1:]:
            assert sizes_of(slide.shapes.title) <= set(range(20, 31))


def test_what_a_room_reads_is_14_points_or_more(everything: Told) -> None:
    for slide in everything.open().slides:
        for name in ("Caution", "Table", "Where the full table stands"):
            shape = named(slide, name)
            assert shape is None or min(sizes_of(shape)) >= 14
        source = named(slide, "Source")
        assert source is None or sizes_of(source) <= {10, 11}


def test_nothing_lies_on_something_else(everything: Told, workshop: Told) -> None:
    long = report_pptx(long_report(everything.report))
    for data in (everything.data, workshop.data, long):
        for slide in list(Presentation(io.BytesIO(data)).slides)[1:]:
            order = [
                named(slide, name) for name in ("Message", "Table", "Where the full table stands", "Caution", "Source")
            ]
            rows = [one for one in order if one is not None]
            for above, below in pairwise(rows):
                assert above.top + above.height <= below.top + POINT, (above.name, below.name)
            charts = [one for one in slide.shapes if one.has_chart]
            caution = named(slide, "Caution")
            assert all(one.top + one.height <= caution.top for one in charts)


def test_lines_are_broken_where_a_slide_breaks_them() -> None:
    assert lines_of("one two", width_of("one two", 14), 14) == ["one two"]
    assert lines_of("one two", width_of("one two", 14) - 1, 14) == ["one", "two"]
    assert "".join(lines_of("a" * 200, 100, 14)) == "a" * 200
    assert lines_of("", 100, 14) == [""]
    assert all(width_of(line, 14) <= 100 for line in lines_of("a" * 200, 100, 14))
    assert "n = 7" in lines_of("the pairs n = 7", width_of("the pairs n =", 14), 14)


def test_wide_characters_are_given_a_square() -> None:
    assert width_of("漢字", 10) >= 20


@pytest.mark.parametrize("text", ["word " * 300, "w" * 3_000, "漢" * 900])
def test_a_cut_text_fits(text: str) -> None:
    short = cut(text, 300, 14, 2, ending="… (more)")
    assert short.endswith("… (more)")
    assert len(lines_of(short, 300, 14)) <= 2


def test_type_is_as_large_as_fits() -> None:
    size = size_for(["word " * 40], 300, 120, 30, 14)
    assert height_of(["word " * 40], 300, size) <= 120 < height_of(["word " * 40], 300, size + 1)


def test_a_table_is_cut_to_whole_rows() -> None:
    table = Table(
        "Long", (Column("a", "What", "text"), Column("n", "n", "fieldwork")), tuple((LONG, n) for n in range(20))
    )
    part = fitted(table, 500, 200)
    assert not part.whole
    assert sum(part.heights) <= 200
    assert sum(part.widths) <= 500.01
    assert part.grid.rows == tuple((LONG, str(n)) for n in range(len(part.grid.rows)))
