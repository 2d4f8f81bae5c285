"""Pieces of WordprocessingML as text: every word of a report goes through `text`, so that none is read as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

EMU_PER_TWIP = 635
"""English metric units, in which pictures are measured, in a twentieth of a point, in which pages are."""

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")


def cleaned(words: str) -> str:
    """Return `words` without the signs that no XML can hold, and with one kind of line break.

    >>> cleaned("Leeds\\x00\\r\\nand York\\ud800")
    'Leeds\\nand York'
    """
    return _NOT_IN_XML.sub("", _BREAKS.sub("\n", words))


def attribute(words: str) -> str:
    """Return `words` for the value of an attribute, on one line.

    >>> attribute('the "first"\\nand <last>')
    'the &quot;first&quot; and &lt;last&gt;'
    """
    return escape(" ".join(cleaned(words).split()), {'"': "&quot;"})


def root(tag: str, content: str, *names: str) -> str:
    """Return a part of a document: one element that declares the namespaces `names`."""
    declared = "".join(f' xmlns:{name}="{NAMESPACES[name]}"' for name in names)
    return f"{DECLARATION}<{tag}{declared}>{content}</{tag}>"


def text(words: str, style: str = "") -> str:
    """Return a run of text; line breaks and tabs are kept as such.

    >>> text("a < b")
    '<w:r><w:t xml:space="preserve">a &lt; b</w:t></w:r>'
    """
    pieces = re.split("([\n\t])", cleaned(words))
    marks = {"\n": "<w:br/>", "\t": "<w:tab/>"}
    inside = "".join(marks.get(piece, f'<w:t xml:space="preserve">{escape(piece)}</w:t>') for piece in pieces if piece)
    looks = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f"<w:r>{looks}{inside}</w:r>" if inside else ""


def field(instruction: str, shown: str) -> str:
    """Return a field with what it shows until Word computes it anew; `shown` is text of ours, never of a file.

    >>> field("PAGE", "1").count("<w:fldChar ")
    3
    """
    return f"{field_start(instruction)}<w:r><w:t>{escape(shown)}</w:t></w:r>{FIELD_END}"


def field_start(instruction: str) -> str:
    """Return the beginning of a field whose result follows, up to `FIELD_END`."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def paragraph(style: str, content: str, *, keep: bool = False, new_page: bool = False, ends: str = "") -> str:
    """Return a paragraph in a style.

    Parameters
    ----------
    style : str
        Its identifier in the document.
    content : str
        Runs, as `text` and `field` give them.
    keep, new_page : bool
        Stays on the page of what follows; begins a page.
    ends : str
        The settings of the section that ends with this paragraph, as `pages` writes them.

    >>> paragraph("BodyText", text("Ours."))
    '<w:p><w:pPr><w:pStyle w:val="BodyText"/></w:pPr><w:r><w:t xml:space="preserve">Ours.</w:t></w:r></w:p>'
    """
    kept = "<w:keepNext/>" if keep else ""
    broken = "<w:pageBreakBefore/>" if new_page else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{kept}{broken}{ends}</w:pPr>{content}</w:p>'


def bookmarked(name: str, number: int, content: str) -> str:
    """Return `content` as the place that `name` points to."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'


def linked(name: str, content: str) -> str:
    """Return `content` as a link to a place in the same document."""
    return f'<w:hyperlink w:anchor="{name}" w:history="1">{content}</w:hyperlink>'


def picture(relationship: str, number: int, size: tuple[int, int], words: str) -> str:
    """Return a picture in the line, `size` in twips, with `words` for those who do not see it.

    >>> 'descr="A &amp; B"' in picture("rId1", 1, (100, 50), "A & B")
    True
    """
    wide, tall = (side * EMU_PER_TWIP for side in size)
    extent = f'cx="{wide}" cy="{tall}"'
    named = f'id="{number}" name="Picture {number}" descr="{attribute(words)}"'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/><wp:docPr {named}/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic><a:graphicData uri="{NAMESPACES["pic"]}"><pic:pic>'
        f"<pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{relationship}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def sentences(parts: Iterable[str]) -> str:
    """Return what is not empty of several sentences, one after the other.

    >>> sentences(["One.", "", "Two."])
    'One. Two.'
    """
    return " ".join(part for part in parts if part)
