"""The whole report as one HTML file."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from itertools import groupby

from evalcore.disclosure.record import when
from evalcore.figures.plotly_drawer import CONFIG
from evalcore.findings.finding import Column
from evalcore.reporting.model import Bullets, Exhibit, Report, Section, Stamp, Subheading, Table
from evalcore.reporting.web import parts
from evalcore.reporting.web.blocks import blocks_html
from evalcore.reporting.web.exhibits import exhibit_html
from evalcore.reporting.web.markup import Markup, data_block, lines, tag

_PNG = b"\x89PNG"
_FINGERPRINT = 12
"""Characters of the fingerprint where it stands short."""

_STAMP_COLUMNS = (Column("name", "What", "label"), Column("value", "", "text"))


def report_html(report: Report) -> str:
    """Return a report as one HTML file that needs nothing else: no network, no program but a browser.

    Charts answer to the pointer and follow the light or dark of the screen. Without the script, and on paper, each
    stands as a still picture. The same report gives the same text.

    Parameters
    ----------
    report : Report

    Returns
    -------
    str
        The file's text, to be written as UTF-8.

    >>> from evalcore.reporting.model import Paragraph
    >>> stamp = Stamp("Leeds", "ab" * 32, "version 1", "Ours 1.0", "2026-05-04T09:00:00+00:00", (), 0, "No plan.")
    >>> said = Section("summary", "Summary", (Paragraph("Nobody answered."),))
    >>> page = report_html(Report("Leeds: report", "Before and after", "", "", stamp, (said,)))
    >>> page[:15], "<h1>Leeds: report</h1>" in page, "<p>Nobody answered.</p>" in page
    ('<!doctype html>', True, True)
    """
    names = {exhibit.finding: f"finding-{place}" for place, exhibit in enumerate(report.exhibits, start=1)}
    body = lines(
        tag("a", "Skip to the report", href="#report", class_="skip"),
        _masthead(report),
        _contents(report, names),
        tag("main", _tools(), *_sections(report, names), id="report", tabindex=-1),
        tag("footer", tag("p", _short(report.stamp))),
    )
    scripts = [parts.library(), parts.script()] if any(one.chart for one in report.exhibits) else [parts.script()]
    settings = data_block(CONFIG, "chart-settings")
    run = (tag("script", Markup(one)) for one in scripts)
    whole = tag("body", lines(body, settings, *run))
    return f'<!doctype html>\n<html lang="en-GB">\n{_head(report, scripts)}\n{whole}\n</html>\n'


def _head(report: Report, scripts: list[str]) -> Markup:
    looks, plots = parts.looks(_short(report.stamp)), parts.plot_looks()
    return tag(
        "head",
        lines(
            tag("meta", charset="utf-8"),
            tag("meta", http_equiv="Content-Security-Policy", content=parts.policy(scripts, [looks, plots])),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("meta", name="color-scheme", content="light dark"),
            tag("meta", name="referrer", content="no-referrer"),
            tag("title", report.title),
            tag("style", Markup(looks)),
            # Under these names plotly looks for rules of its own before it would add them, which the policy forbids.
            tag("style", Markup(plots), id="plotly.js-style-global", class_="no-inline-styles"),
            *(tag("template", id=name) for name in parts.taken_names()),
        ),
    )


def _masthead(report: Report) -> Markup:
    """The title page."""
    by = [one for one in (report.authors, report.organisation) if one]
    return tag(
        "header",
        lines(
            _logo(report),
            tag("h1", report.title),
            tag("p", report.subtitle, class_="subtitle") if report.subtitle else "",
            *(tag("p", one, class_="by") for one in by),
            tag("p", f"Made {when(report.stamp.made_at)}", class_="by"),
        ),
    )


def _logo(report: Report) -> Markup:
    if not report.logo:
        return Markup()
    kind = "png" if report.logo.startswith(_PNG) else "jpeg"
    source = f"data:image/{kind};base64,{b64encode(report.logo).decode('ascii')}"
    return tag("img", class_="logo", src=source, alt=report.organisation or "Logo")


def _contents(report: Report, names: Mapping[str, str]) -> Markup:
    """The table of contents: sections, and the findings in each."""
    entries = [
        tag("li", _link(f"section-{one.name}", one.heading), _findings(one, names)) for one in _all_sections(report)
    ]
    heading = tag("h2", "Contents", id="contents")
    return tag("nav", heading, tag("ol", *entries), aria_labelledby="contents")


def _findings(section: Section, names: Mapping[str, str]) -> Markup:
    found = [tag("li", _link(names[one.finding], one.label)) for one in section.exhibits]
    return tag("ol", *found) if found else Markup()


def _link(identifier: str, words: str) -> Markup:
    return tag("a", words, href=f"#{identifier}")


def _tools() -> Markup:
    """What only the script can do; it shows them."""
    tables = tag("button", "Show all tables", type="button", id="all-tables")
    return tag("div", tables, tag("button", "Print", type="button", id="print"), class_="tools", hidden=True)


def _all_sections(report: Report) -> tuple[Section, ...]:
    """The sections; where the one that says where the report comes from is left out, that stands at the end."""
    if report.section("rules") is not None:
        return report.sections
    stamp = report.stamp
    about = Table("Where this report comes from", _STAMP_COLUMNS, stamp.rows)
    return (
        *report.sections,
        Section("about", "About this report", (about, Subheading("The rules"), Bullets(stamp.policy))),
    )


def _sections(report: Report, names: Mapping[str, str]) -> Iterator[Markup]:
    for section in _all_sections(report):
        heading = tag("h2", section.heading)
        blocks = lines(*_blocks(section, names))
        yield tag("section", Markup(f"\n{heading}\n{blocks}\n"), id=f"section-{section.name}")


def _blocks(section: Section, names: Mapping[str, str]) -> Iterator[Markup]:
    for shown, together in groupby(section.blocks, key=lambda block: isinstance(block, Exhibit)):
        if shown:
            yield from (exhibit_html(one, names[one.finding]) for one in together if isinstance(one, Exhibit))
        else:
            yield from blocks_html(tuple(together))


def _short(stamp: Stamp) -> str:
    """Where the report comes from, in a line."""
    made = f"{stamp.study}, {stamp.version}. Made {when(stamp.made_at)}, with {stamp.software}."
    return f"{made} Data fingerprint {stamp.fingerprint[:_FINGERPRINT]}."
