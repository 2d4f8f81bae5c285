"""Reports to render: of the sample study with a workshop and own words, and one with every text hostile."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from lxml import html as lxml_html

from evalcore.figures.chart import Axis, Band, Bar, Box, Chart, Interval, Line, Panel, Point
from evalcore.findings.finding import Column
from evalcore.reporting.build import build_report
from evalcore.reporting.model import Block, Bullets, Exhibit, Paragraph, Report, Section, Stamp, Subheading, Table
from evalcore.reporting.told import Told, tell
from evalcore.reporting.web import report_html
from evalcore.sample import sample_study
from evalcore.study import Study
from evalcore.telling import Comment, Expectation, Reactions, ReportText, Screen, Shown, Tally, Telling, Workshop

MADE_AT = "2026-05-04T09:00:00+00:00"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
NASTY = "</script><script>window.hurt=1</script><img src=x onerror=hurt=1>\"'&amp;<!--\u2028\u2029]]>\\u003c\x00\ud800"
SHOWN = NASTY.replace("\x00", "\ufffd").replace("\ud800", "\ufffd")
"""The hostile text as a reader sees it."""


@cache
def told() -> tuple[Study, Told]:
    study = sample_study()
    return study, tell(study)


@cache
def sample_report() -> Report:
    """The sample study's report, with a logo, own words, a screen's own heading and two workshops."""
    study, found = told()
    screen = found.order[1]
    shown = found.exhibits[screen.finding]
    reactions = Reactions(
        (Tally("practitioners", agree=6, partly=2), Tally("managers", disagree=5)),
        (Comment("practitioners", "Two had <moved> & left."),),
    )
    record = Shown(shown.finding, shown.title, shown.sentence, shown.digest, Expectation("higher", 2.5), reactions)
    telling = Telling().with_report(
        ReportText("A pilot & its year", "A. Evaluator", "North", PNG, own=(("summary", "We thank all.\nRead on."),))
    )
    for month in ("05", "06"):
        telling = telling.with_workshop(Workshop(f"In month {month}", f"2026-{month}-01T09:00:00+00:00", "", (record,)))
    telling = telling.with_order([Screen(screen.finding, screen.made_from, message="A small rise", notes="Say hello")])
    own = study.beside(telling=telling)
    return _planned(build_report(own, tell(own), made_at=MADE_AT))


def _planned(report: Report) -> Report:
    """The report as if its changes had been planned and had other explanations."""

    def said(block: Block) -> Block:
        if not isinstance(block, Exhibit) or not block.reasons:
            return block
        return replace(block, planned="Planned beforehand.", rivals=("New housing.", "A warm summer."))

    sections = (replace(one, blocks=tuple(map(said, one.blocks))) for one in report.sections)
    return replace(report, sections=tuple(sections))


@cache
def sample_page() -> str:
    return report_html(sample_report())


@cache
def read_page() -> Any:
    """The sample study's page, parsed; not to be changed."""
    return lxml_html.document_fromstring(sample_page())


def chart(words: str) -> Chart:
    """A chart with `words` wherever a chart can hold some."""
    marks = (
        Point(0, 1.25, "pre", words, words),
        Line(((0, 1.25), (1, 2.5)), "person", words),
        Interval(1, 2, 3, "post", label=words),
        Bar(2, 0, 4, "pilot", "y", words, words),
        Band(1, 1.5, label=words),
        Box(1, 3, 1, 1, (words,)),
    )
    axis = Axis(words, 0, 5, ((0, words), (1, "one")))
    return Chart((Panel(axis, Axis(words), marks, words),), words, words, (("pre", words),))


def table(words: str, number: int = 0) -> Table:
    columns = (Column("a", words, "label"), Column("b", words, "text"), Column("c", words, "mean", 1))
    return Table(words, columns, ((words, words, 1.0), (words, "[c]", "[c]"), ("", words, None)), number, (words,))


def made_up(words: str) -> Report:
    """A report with `words` as each of its texts."""
    exhibit = Exhibit(
        *(words, words, words, words, words, chart(words), 1, table(words, 2), table(words), words, words, words),
        reasons=(words,),
        rivals=(words,),
        planned=words,
        message=words,
    )
    blocks = (Paragraph(words), Paragraph(words, own=True), Bullets((words,)), Subheading(words), table(words, 1))
    stamp = Stamp(words, words, words, words, MADE_AT, (words,), 0, words)
    sections = (Section("summary", words, (*blocks, exhibit)),)
    return Report(words, words, words, words, stamp, sections, logo=PNG)
