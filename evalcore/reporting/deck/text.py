"""Words on a slide: text boxes and placeholders, their language, and what a screen reader is told of a shape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evalcore.reporting.deck.measuring import LINE, height_of, plain, width_of
from evalcore.reporting.deck.rooms import Room

LANGUAGE = "en-GB"
_DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"
_DECORATIVE_EXTENSION = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"


@dataclass(frozen=True)
class Words:
    """One paragraph: `lead`, if any, stands before the text in bold."""

    text: str
    lead: str = ""
    italic: bool = False

    @property
    def whole(self) -> str:
        """Everything that is written.

        >>> Words("few people", "Take care:").whole
        'Take care: few people'
        """
        return f"{self.lead} {self.text}".strip()


def lead_width(words: Words, size: float) -> float:
    """Points that bold type makes a paragraph wider.

    >>> lead_width(Words("few people"), 14), lead_width(Words("few people", "Take care:"), 14) > 5
    (0.0, True)
    """
    return width_of(words.lead, size, bold=True) - width_of(words.lead, size)


def words_height(words: Words, width: float, size: float) -> float:
    """Points that a paragraph takes, its bold lead allowed for."""
    return height_of([words.whole], width - lead_width(words, size), size)


def write(frame: Any, paragraphs: Sequence[Words], *, size: float | None = None, gap: float = 0) -> None:
    """Write paragraphs into a text frame that is empty; without `size` the size of its style is kept."""
    from pptx.util import Pt

    for place, words in enumerate(paragraphs or (Words(""),)):
        paragraph = frame.paragraphs[0] if not place else frame.add_paragraph()
        if size is not None:
            paragraph.line_spacing = Pt(size * LINE)  # as measured, whatever the typeface asks for
        if gap and place:
            paragraph.space_before = Pt(gap)
        for text, bold in ((words.lead, True), (words.text, False)):
            if plain(text):
                run = paragraph.add_run()
                run.text = plain(text) + (" " if bold and plain(words.text) else "")
                if bold:
                    run.font.bold = True
                if words.italic:
                    run.font.italic = True
                if size is not None:
                    run.font.size = Pt(size)


def add_box(
    slide: Any, room: Room, name: str, paragraphs: Sequence[Words], *, size: float, gap: float = 0, low: bool = False
) -> None:
    """Add a text box without margins, so that `room` is the room of its words; `low` where they stand at its foot."""
    from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE

    shape = slide.shapes.add_textbox(room.left, room.top, room.width, room.height)
    shape.name = name
    frame = shape.text_frame
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE  # it was measured
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.BOTTOM if low else MSO_ANCHOR.TOP
    write(frame, paragraphs, size=size, gap=gap)


def place(shape: Any, room: Room) -> None:
    """Put a shape where `room` is."""
    shape.left, shape.top, shape.width, shape.height = room.left, room.top, room.width, room.height


def level(shape: Any) -> None:
    """Write from left to right in a placeholder whose layout writes from top to foot."""
    shape.text_frame._txBody.bodyPr.set("vert", "horz")


def describe(shape: Any, words: str) -> None:
    """Give a picture, a table or a chart the words that stand in for it."""
    shape._element._nvXxPr.cNvPr.set("descr", plain(words))


def decorative(properties: Any) -> None:
    """Mark a shape, by its `cNvPr`, as one that a screen reader passes over."""
    from pptx.oxml import parse_xml

    properties.append(
        parse_xml(
            '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
            f'<a:ext uri="{_DECORATIVE_EXTENSION}"><adec:decorative xmlns:adec="{_DECORATIVE}" val="1"/></a:ext>'
            "</a:extLst>"
        )
    )


def speak_english(element: Any) -> None:
    """Say of every run, field and paragraph's end below an element that it is British English."""
    from pptx.oxml.ns import qn

    for tag in ("a:r", "a:fld", "a:br"):
        for run in element.iter(qn(tag)):
            properties = run.find(qn("a:rPr"))
            if properties is None:
                properties = run.makeelement(qn("a:rPr"), {})
                run.insert(0, properties)
            properties.set("lang", LANGUAGE)
    for tag in ("a:endParaRPr", "a:defRPr"):
        for end in element.iter(qn(tag)):
            if end.get("lang") is not None:
                end.set("lang", LANGUAGE)
