"""Documents to look at, and what a test reads of them; their pictures are stand-ins, for drawing takes seconds."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache
from typing import Any
from unittest.mock import patch

import docx
from docx.document import Document
from lxml import etree

from evalcore.reporting.document import report_docx
from evalcore.reporting.document.markup import NAMESPACES
from evalcore.reporting.model import Block, Report, Section, Stamp
from tests.reporting.studies import full_report, sample_report

W = f"{{{NAMESPACES['w']}}}"
AT = "2026-05-04T09:00:00+00:00"


def png(width: int = 1260, height: int = 500) -> bytes:
    """A white picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xff" * -(-width // 8)) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def rendered(report: Report, template: bytes | None = None, height: int = 500) -> bytes:
    with patch("evalcore.figures.picture.draw_png", lambda *_, **__: png(height=height)):
        return report_docx(report, template=template)


@cache
def full_docx() -> bytes:
    return rendered(full_report())


@cache
def sample_docx() -> bytes:
    return rendered(sample_report())


def small_report(*blocks: Block, heading: str = "Summary", **changes: Any) -> Report:
    stamp = Stamp("Study", "0123456789abcdef" * 4, "version 4", "Software 1", AT, ("A rule.",), 0, "No plan.")
    held = {"title": "A report", "subtitle": "", "authors": "", "organisation": "", "stamp": stamp}
    return Report(**{**held, "sections": (Section("summary", heading, blocks),), **changes})


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def part(data: bytes, name: str) -> Any:
    return etree.fromstring(parts(data)[name])


def body(data: bytes) -> Any:
    return part(data, "word/document.xml").find(f"{W}body")


def words(element: Any) -> str:
    """The text of a paragraph or a cell as a reader sees it."""
    marks = {f"{W}br": "\n", f"{W}tab": "\t"}
    return "".join(one.text or "" if one.tag == f"{W}t" else marks.get(one.tag, "") for one in element.iter())


def style_of(paragraph: Any) -> str:
    return paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val")


def paragraphs(data: bytes, style: str = "") -> list[str]:
    """The paragraphs of the body outside of tables and contents, or those in one style."""
    return [words(one) for one in body(data).findall(f"{W}p") if not style or style_of(one) == style]


def tables(data: bytes) -> list[list[list[str]]]:
    return [[[words(cell) for cell in row.iter(f"{W}tc")] for row in one.iter(f"{W}tr")] for one in each_table(data)]


def each_table(data: bytes) -> list[Any]:
    return body(data).findall(f"{W}tbl")


def page_of_each_block(data: bytes) -> Iterator[tuple[Any, Any]]:
    """Every block of the body with the settings of the pages that it stands on."""
    waiting: list[Any] = []
    for block in body(data):
        own = block if block.tag == f"{W}sectPr" else block.find(f"{W}pPr/{W}sectPr")
        if block.tag != f"{W}sectPr":
            waiting.append(block)
        if own is not None:
            yield from ((one, own) for one in waiting)
            waiting = []


def room_of(page: Any) -> int:
    """Twips across for text."""
    margins = page.find(f"{W}pgMar")
    gone = sum(int(margins.get(f"{W}{side}")) for side in ("left", "right", "gutter"))
    return int(page.find(f"{W}pgSz").get(f"{W}w")) - gone
