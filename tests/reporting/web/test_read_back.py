"""The page, read back, holds what the report holds: nothing more, nothing less, nothing twice."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from lxml.html import document_fromstring

from evalcore.figures.chart import Bar, Chart, Interval, Line, Mark, Point
from evalcore.reporting.build import build_report
from evalcore.reporting.model import Exhibit, Table
from evalcore.reporting.told import tell
from evalcore.reporting.web import report_html
from evalcore.study import Study
from tests.reporting.web.reports import MADE_AT, made_up, read_page, sample_page, sample_report


def said(element: Any) -> str:
    """The words of an element, as a reader sees them."""
    return str(element.text_content())


def cells(table: Any) -> list[list[str]]:
    return [[said(cell) for cell in row] for row in table.findall("tbody/tr")]


def articles() -> list[tuple[Any, Exhibit]]:
    found = read_page().findall(".//article")
    return list(zip(found, sample_report().exhibits, strict=True))


def test_every_numbered_table_is_there_once_and_equal() -> None:
    found = {said(one.find("caption")): one for one in read_page().iter("table")}
    wanted = {one.label: one for one in sample_report().tables}
    assert [said(one.find("caption")) for one in read_page().iter("table") if said(one.find("caption")) in wanted] == (
        list(wanted)
    )
    for label, table in wanted.items():
        equal(found[label], table)


def equal(found: Any, table: Table) -> None:
    assert tuple(said(cell) for cell in found.find("thead/tr")) == table.headings
    assert cells(found) == [list(row) for row in table.written]


def test_who_is_behind_it_is_there_without_a_number() -> None:
    for article, exhibit in articles():
        found = article.xpath(".//table[contains(@id, '-behind')]")
        assert len(found) == (exhibit.trail is not None)
        if exhibit.trail is not None:
            assert said(found[0].find("caption")) == exhibit.trail.caption
            equal(found[0], exhibit.trail)


def test_each_finding_says_everything_once() -> None:
    assert any(one.planned and one.rivals and one.reasons for _, one in articles())
    for article, one in articles():
        words = [" ".join(text.split()) for text in article.itertext()]
        wanted = [one.title, one.sentence, one.caution, one.planned, one.source, one.definition, one.hidden]
        wanted += [one.message, *one.reasons, *one.rivals]
        wanted += [one.caption, one.chart.how_to_read] if one.chart is not None else []
        counted = Counter(word.strip() for word in words if word)
        assert {text: counted[text] for text in wanted if text} == {text: 1 for text in wanted if text}
        assert not [text for text in (one.notes, one.question) if text and text in said(article)]


def test_words_of_the_evaluator_are_marked() -> None:
    assert any(one.message for one in sample_report().exhibits)
    own = [said(paragraph) for paragraph in read_page().xpath("//div[@class='own']/p[not(@class)]")]
    assert own == ["We thank all.", "Read on."]


def test_the_rest_of_the_report_is_there_in_its_order() -> None:
    said_here = said(read_page().find(".//main"))
    at = 0
    for section in sample_report().sections:
        for block in section.blocks:
            for text in getattr(block, "items", ()) or [getattr(block, "text", "")]:
                at = said_here.find(text, at)
                assert at >= 0, text


def test_headings_have_no_gap() -> None:
    levels = [int(one.tag[1]) for one in read_page().iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert max(levels) <= 3
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_identifiers_are_unique_and_every_link_leads_somewhere() -> None:
    page = read_page()
    held = page.xpath("//@id")
    assert [name for name, n in Counter(held).items() if n > 1] == []
    pointed = [one.removeprefix("#") for one in page.xpath("//@href")]
    pointed += [*page.xpath("//@aria-labelledby"), *page.xpath("//@data-numbers")]
    assert set(pointed) <= set(held)
    assert len(page.xpath("//nav//a")) == len(sample_report().sections) + len(sample_report().exhibits)


def test_figures_have_their_words_and_tables_their_headings() -> None:
    charts = [one for one in sample_report().exhibits if one.chart is not None]
    boxes = read_page().xpath("//figure/div[@role='img']")
    assert [box.get("aria-label") for box in boxes] == [one.sentence for one in charts]
    assert [said(one) for one in read_page().xpath("//figure/figcaption/p[1]")] == [one.caption for one in charts]
    assert [img.get("alt") for img in read_page().xpath("//figure//img")] == [""] * len(charts)
    for table in read_page().iter("table"):
        assert {cell.get("scope") for cell in table.findall("thead/tr/th")} == {"col"}
        assert all(said(cell) for cell in table.iter("th"))
        frame = table.getparent()
        assert (frame.get("role"), frame.get("tabindex")) == ("region", "0")
        assert frame.get("aria-labelledby") == table.find("caption").get("id")


def test_a_hidden_value_stays_hidden_and_is_explained() -> None:
    page = read_page()
    hidden = sum(
        cell == "[c]" for _, one in articles() for table in (one.table, one.trail) if table for cell in flat(table)
    )
    assert hidden > 10
    assert [said(one) for one in page.iter("abbr")] == ["[c]"] * hidden
    assert all("few people" in one.get("title") for one in page.iter("abbr"))


def flat(table: Table) -> Iterator[str]:
    return (cell for row in table.written for cell in row)


def test_numbers_stand_to_the_right_and_words_to_the_left() -> None:
    article, exhibit = next((article, one) for article, one in articles() if one.table is not None)
    assert exhibit.table is not None
    classes = [[cell.get("class") for cell in row] for row in article.findall(".//table/tbody/tr")]
    wanted = [None if column.kind in ("label", "text") else "number" for column in exhibit.table.columns]
    assert classes == [wanted] * len(exhibit.table.rows)


def numbers_of(page: Any, place: Any) -> dict[str, Any]:
    return dict(json.loads(page.get_element_by_id(place.get("data-numbers")).text))


def test_each_figure_draws_the_marks_of_its_chart_and_no_other() -> None:
    charts = [one.chart for one in sample_report().exhibits if one.chart is not None]
    places = read_page().xpath("//div[@class='plot']")
    for chart, place in zip(charts, places, strict=True):
        both = numbers_of(read_page(), place)
        assert set(both) == {"light", "dark"}
        for figure in both.values():
            assert drawn(figure) == wanted(chart)


def wanted(chart: Chart) -> Counter[tuple[float, ...]]:
    return Counter(pair for panel in chart.panels for mark in panel.marks for pair in marks_numbers(mark))


def marks_numbers(mark: Mark) -> Iterator[tuple[float, ...]]:
    match mark:
        case Point():
            yield rounded(mark.x, mark.y)
        case Line():
            yield from (rounded(*pair) for pair in mark.points)
        case Interval() | Bar():
            low, high = (mark.low, mark.high) if isinstance(mark, Interval) else (mark.start, mark.end)
            yield rounded(mark.at, *sorted((low, high)))


def rounded(*values: float) -> tuple[float, ...]:
    return tuple(round(value, 6) for value in values)


def drawn(figure: dict[str, Any]) -> Counter[tuple[float, ...]]:
    return Counter(pair for trace in figure["data"] for pair in trace_numbers(trace))


def trace_numbers(trace: dict[str, Any]) -> Iterator[tuple[float, ...]]:
    """Positions of points and lines, and position with both ends of intervals and bars, as a reader sees them."""
    pairs = list(zip(trace.get("x", ()), trace.get("y", ()), strict=True))
    if pairs == [(None, None)]:  # an entry of the legend
        return
    if trace["type"] == "bar":
        along_x = trace.get("orientation") == "h"
        for number, (x, y) in enumerate(pairs):
            at, length, base = (y, x, trace["base"]) if along_x else (x, y, trace["base"])
            start = base[number] if isinstance(base, list) else base
            yield rounded(at, *sorted((start, start + length)))
        return
    for name, across in (("error_y", False), ("error_x", True)):
        if name in trace:
            error = trace[name]
            for number, (x, y) in enumerate(pairs):
                at, middle = (y, x) if across else (x, y)
                below = error.get("arrayminus", error["array"])[number]
                yield rounded(at, middle - below, middle + error["array"][number])
            return
    yield from (rounded(x, y) for x, y in pairs if x is not None and y is not None)


def test_paper_and_a_reader_without_script_have_a_picture_of_each_chart() -> None:
    stills = read_page().xpath("//img[@class='still']/@src")
    assert len(stills) == sum(one.chart is not None for one in sample_report().exhibits)
    assert all(one.startswith("data:image/svg+xml,%3Csvg ") for one in stills)
    assert len(set(stills)) == len(stills)


def test_where_it_comes_from_stands_at_the_end_whatever_is_left_out() -> None:
    report = sample_report()
    stamp = report.stamp
    short = replace(report, sections=tuple(one for one in report.sections if one.name != "rules"))
    for page in (read_page(), document_fromstring(report_html(short))):
        end = page.findall(".//section")[-1]
        assert cells(end.find(".//table")) == [list(row) for row in stamp.rows]
        assert [said(one) for one in end.findall("ul")[-1]] == list(stamp.policy)
    assert stamp.study in said(read_page().find(".//footer"))
    assert stamp.fingerprint[:12] in said(read_page().find(".//footer"))


def test_title_page_language_and_title() -> None:
    page = read_page()
    assert page.get("lang") == "en-GB"
    assert page.findtext("head/title") == sample_report().title
    assert said(page.find(".//h1")) == sample_report().title
    assert page.find(".//header/img").get("alt") == "North"
    assert [said(one) for one in page.xpath("//header/p[@class='by']")] == [
        *("A. Evaluator", "North", "Made 4 May 2026, 09:00 UTC")
    ]


def test_a_finding_without_a_chart_shows_its_table_at_once() -> None:
    held = [(article, one) for article, one in articles() if one.table]
    opened = [article.find("details[@class='table']").get("open") is not None for article, _ in held]
    assert opened == [one.chart is None for _, one in held]
    assert True in opened


def test_the_same_report_gives_the_same_text() -> None:
    assert report_html(made_up("Leeds")) == report_html(made_up("Leeds"))


def test_the_page_stays_small() -> None:
    assert len(sample_page().encode()) < 7_000_000
    assert sample_page().count("* plotly.js v") == 1


@pytest.mark.parametrize("left_out", [(), ("rules", "problems", "references", "more")])
def test_a_study_without_anybody_has_a_report(left_out: tuple[str, ...]) -> None:
    study = Study.empty()
    study = study.beside(telling=study.telling.with_report(replace(study.telling.report, left_out=left_out)))
    page = report_html(build_report(study, tell(study), made_at=MADE_AT))
    assert "plotly.js v" not in page
    assert "<h2>Summary</h2>" in page
