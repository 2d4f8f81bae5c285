"""What stands before the sections of a document: its title page and its contents."""

from __future__ import annotations

from evalcore.plan.words import day
from evalcore.reporting.document import markup
from evalcore.reporting.document.writing import Heading, Writer
from evalcore.reporting.model import Report

SHORT = 12
"""Signs of a fingerprint that tell one study from another at a glance."""

_LOGO = (3400, 1700)
"""The most that a logo may take, in twips: 6 by 3 cm."""

_CONTENTS = "Contents"
_HIDDEN = "Small numbers are hidden by a policy."
_RULES = "rules"


def write_title_page(writer: Writer, report: Report) -> None:
    """Write the title page: what the report is about, whose it is, of when, and that small numbers are hidden."""
    stamp = report.stamp
    if report.logo:
        named = f"Logo of {report.organisation}" if report.organisation else "Logo of the organisation"
        writer.picture("ReportLogo", report.logo, named, _LOGO)
    writer.say("Title", report.title)
    writer.say("Subtitle", report.subtitle)
    writer.say("ReportDetails", report.authors)
    writer.say("ReportDetails", report.organisation)
    writer.say("ReportDetails", day(stamp.made_at))
    writer.say("ReportDetails", f"{stamp.study} ({stamp.version})", "Study:")
    writer.say("ReportDetails", stamp.fingerprint[:SHORT], "Data fingerprint:")
    rules = report.section(_RULES)
    where = "" if rules is None else f"The rules stand in “{rules.heading}”."
    writer.say("ReportDetails", markup.sentences((_HIDDEN, where)))


def contents(writer: Writer, headings: list[Heading]) -> str:
    """Return the contents: a list that Word can make anew, filled in already, each line a link to its heading.

    It has no page numbers before Word makes it anew: only a program that lays out pages knows them, and a wrong number
    is worse than none.
    """
    title = markup.paragraph(writer.styles["TOCHeading"], markup.text(_CONTENTS), new_page=True)
    lines = []
    for place, heading in enumerate(headings):
        begin = "" if place else markup.field_start('TOC \\o "1-2" \\h \\z \\u')
        end = markup.FIELD_END if place == len(headings) - 1 else ""
        line = begin + markup.linked(heading.place, markup.text(heading.words)) + end
        lines.append(markup.paragraph(writer.styles[f"TOC{heading.level}"], line))
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
        f"</w:sdtPr><w:sdtContent>{title}{''.join(lines)}</w:sdtContent></w:sdt>"
    )
