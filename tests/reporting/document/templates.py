"""Templates of an organisation, made by python-docx, and what may be wrong with one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import docx
from docx.document import Document
from docx.shared import Cm, Pt, RGBColor

from evalcore.reporting.document.markup import NAMESPACES
from tests.reporting.document.documents import parts, png

MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
AS_TEMPLATE = MAIN.replace(b"document.main", b"template.main")
WITH_MACROS = b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml"
OUTSIDE = b"""<?xml version="1.0"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
 Target="https://example.invalid/x.dotm" TargetMode="External"/></Relationships>"""


def saved(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def university() -> bytes:
    """A template with its own heading, margins, letterhead and logo, with text to go, and without some styles."""
    made = docx.Document()
    for name in ("Caption", "List Bullet", "Body Text", "Subtitle"):
        made.styles[name].element.getparent().remove(made.styles[name].element)
    heading = made.styles["Heading 1"]
    heading.font.size, heading.font.color.rgb = Pt(23), RGBColor(0x80, 0, 0x40)
    pages = made.sections[0]
    pages.page_width, pages.page_height, pages.left_margin = Cm(21), Cm(29.7), Cm(4)
    pages.different_first_page_header_footer = True
    pages.first_page_header.paragraphs[0].add_run().add_picture(io.BytesIO(png(200, 100)), width=Cm(3))
    pages.header.paragraphs[0].text = "University letterhead"
    made.add_heading("Instructions that go", 1)
    made.add_paragraph("Write here.")
    made.add_picture(io.BytesIO(png(300, 100)))
    made.core_properties.author = made.core_properties.comments = "someone at a machine"
    return saved(made)


def with_footer_field(*instructions: str) -> bytes:
    """A template whose footer holds one field, its instruction written in pieces."""
    made = docx.Document()
    paragraph = made.sections[0].footer.paragraphs[0]
    w = NAMESPACES["w"]
    marks = [f'<w:r xmlns:w="{w}"><w:fldChar w:fldCharType="begin"/></w:r>']
    marks += [f'<w:r xmlns:w="{w}"><w:instrText xml:space="preserve">{one}</w:instrText></w:r>' for one in instructions]
    marks += [f'<w:r xmlns:w="{w}"><w:fldChar w:fldCharType="end"/></w:r>']
    for mark in marks:
        paragraph._p.append(docx.oxml.parse_xml(mark))
    return saved(made)


def changed(template: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """A template with some bytes of one part replaced."""
    held = parts(template)
    assert old in held[part]
    return packed({**held, part: held[part].replace(old, new)})


def with_part(template: bytes, part: str, content: bytes) -> bytes:
    """A template with one more part."""
    return packed({**parts(template), part: content})


def packed(held: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    return out.getvalue()


def of_kind(template: bytes, kind: bytes) -> bytes:
    return changed(template, "[Content_Types].xml", MAIN, kind)
