"""Every file of a report, from one report: which formats there are, and each as bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evalcore.errors import UnknownNameError
from evalcore.reporting.archive import zipped
from evalcore.reporting.model import Report


@dataclass(frozen=True)
class FileKind:
    """One kind of file: what it is called, its ending, and its type for a browser."""

    label: str
    ending: str
    mime: str


_OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS: Mapping[str, FileKind] = {
    "document": FileKind("Word document", "docx", f"{_OFFICE}.wordprocessingml.document"),
    "slides": FileKind("Slides", "pptx", f"{_OFFICE}.presentationml.presentation"),
    "workbook": FileKind("Workbook", "xlsx", f"{_OFFICE}.spreadsheetml.sheet"),
    "web": FileKind("Web page", "html", "text/html"),
    "figures": FileKind("Figures", "zip", "application/zip"),
}
"""The formats of a report, in the order in which they are offered."""


@dataclass(frozen=True)
class Templates:
    """An organisation's own templates, as bytes; None for none."""

    document: bytes | None = None
    slides: bytes | None = None


def render(report: Report, kind: str, *, order: Sequence[str] = (), templates: Templates | None = None) -> bytes:
    """Render a report in one format.

    Parameters
    ----------
    report : Report
    kind : str
        One of `KINDS`.
    order : sequence of str
        Identifiers of the findings on the slides, in order; empty for the report's own order.
    templates : Templates, optional
        An organisation's own.

    Raises
    ------
    UnknownNameError
        If there is no such format.
    UnreadableFileError
        If a template can not be used; the sentence says why.
    """
    given = templates or Templates()
    if kind == "document":
        from evalcore.reporting.document import report_docx

        return report_docx(report, template=given.document)
    if kind == "slides":
        from evalcore.reporting.deck import report_pptx

        return report_pptx(report, order=order or None, template=given.slides)
    if kind == "workbook":
        from evalcore.reporting.workbook import report_xlsx

        return report_xlsx(report)
    if kind == "web":
        from evalcore.reporting.web import report_html

        return report_html(report).encode()
    if kind == "figures":
        return figures_zip(report)
    raise UnknownNameError(f"There is no format {kind!r}. There are: {', '.join(KINDS)}.")


def figures_zip(report: Report) -> bytes:
    """Return every figure of a report as SVG and PNG, with a text that says what each shows."""
    from evalcore.figures.picture import DOCUMENT, draw_png, draw_svg

    files: dict[str, bytes] = {}
    lines = []
    for exhibit in report.exhibits:
        if exhibit.chart is None:
            continue
        name = f"figure_{exhibit.figure:02d}_{exhibit.finding.replace('.', '_')}"
        files[f"{name}.svg"] = draw_svg(exhibit.chart, DOCUMENT, words=exhibit.sentence).encode()
        files[f"{name}.png"] = draw_png(exhibit.chart, DOCUMENT)
        lines += [f"{name}", exhibit.title, exhibit.sentence, exhibit.caution, f"Source: {exhibit.source}", ""]
    stamp = [f"{name}: {value}" for name, value in report.stamp.rows]
    files["figures.txt"] = "\r\n".join([*lines, *stamp, *report.stamp.policy]).encode("utf-8-sig")
    return zipped(files)
