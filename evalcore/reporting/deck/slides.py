"""The deck that is being made: new slides with title, footers and notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evalcore.reporting.deck.layouts import Layouts, layouts_of, title_style
from evalcore.reporting.deck.measuring import POINT, cut, height_of, plain, size_for
from evalcore.reporting.deck.rooms import (
    FOOTERS,
    INSET,
    TITLES,
    Frame,
    Room,
    frame_of,
    kind_of,
    room_of,
    text_of,
)
from evalcore.reporting.deck.text import Words, add_box, level, place, speak_english, words_height, write

TEXT, SMALL = 14, 10.5
"""Points: the least size of what a room reads, and the size of what stands at the foot of a slide."""

_LEAST_TITLE, _MESSAGE = 20, 16
_FOOTER_SIZE = 12
_LARGEST_TEXT, _BULLET = 20, 40.0
OWN_WORDS = "In the evaluator's words:"


@dataclass(frozen=True)
class Made:
    """A slide with its title, and the room that is free on it."""

    slide: Any
    room: Room


class Deck:
    """A deck in the making; `running` stands at the foot of every slide but the first."""

    def __init__(self, file: Any, running: str) -> None:
        self.file = file
        self.layouts: Layouts = layouts_of(file)
        self.running = running
        self.width, self.height = int(file.slide_width or 0), int(file.slide_height or 0)

    def frame(self, layout: Any) -> Frame:
        """Return the rooms of a layout."""
        return frame_of(layout, self.width, self.height)

    def add(self, layout: Any, title: str, message: str = "") -> Made:
        """Add a slide with its title, and a person's own message above it."""
        slide = self.file.slides.add_slide(layout)
        for one in list(slide.placeholders):
            if kind_of(one) not in TITLES:
                one._element.getparent().remove(one._element)
        frame = self.frame(layout)
        above = _message_height(message, frame.title)
        room, used = _title_room(layout, title, frame.title.without_top(above))
        head = slide.shapes.title
        tree = head._element.getparent()
        tree.remove(head._element)
        tree.insert(2, head._element)  # read first; before it stand the two that every tree begins with
        if frame.moved or room != frame.title:
            place(head, room)
        if frame.moved:
            level(head)
        _write_title(head.text_frame, layout, title, room)
        if above:
            own = frame.title.from_top(above)
            inside = Room(own.left + INSET, own.top + INSET // 2, own.width - 2 * INSET, own.height - INSET // 2)
            add_box(slide, inside, "Message", [Words(message, OWN_WORDS, italic=True)], size=_MESSAGE)
        return Made(slide, frame.content.without_top(used))

    def finish(self, slide: Any, notes: Sequence[Words], *, footers: bool = True) -> None:
        """Add footers and notes, and say in which language everything is."""
        for one in slide.slide_layout.placeholders:
            if footers and kind_of(one) in ("ftr", "sldNum"):
                if kind_of(one) == "ftr" and not one.text_frame.text.strip():
                    # As PowerPoint does; else LibreOffice draws the footer in a style of its own.
                    write(one.text_frame, [Words(self.running)])
                self._add_footer(slide, one)
        frame = slide.notes_slide.notes_text_frame
        if frame is None:
            frame = _add_notes(slide)
        write(frame, notes)
        speak_english(slide._element)
        speak_english(slide.notes_slide._element)

    def _add_footer(self, slide: Any, held: Any) -> None:
        """Add what a layout has at its foot; python-pptx leaves that out."""
        from pptx.oxml import parse_xml
        from pptx.oxml.ns import nsdecls, qn

        tree = slide.shapes._spTree
        number = max(int(one.get("id")) for one in tree.iter(qn("p:cNvPr"))) + 1
        shape = parse_xml(
            f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{number}" name=""/>'
            '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph/></p:nvPr></p:nvSpPr><p:spPr/>'
            "<p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>"
        )
        mark = shape.find(f".//{qn('p:ph')}")
        for name, value in held.element.ph.attrib.items():
            mark.set(name, value)
        paragraph = shape.find(f".//{qn('a:p')}")
        if kind_of(held) == "ftr":
            room = room_of(held)
            width = self.width / 3 / POINT if room is None else room.inside().points[0]
            shape.nvSpPr.cNvPr.set("name", "Footer")
            paragraph.add_r(cut(self.running, width, _FOOTER_SIZE, 1))
        else:
            shape.nvSpPr.cNvPr.set("name", "Slide number")
            place_ = len(self.file.slides)
            paragraph.append(
                parse_xml(
                    f'<a:fld {nsdecls("a")} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">'
                    f"<a:rPr/><a:t>{place_}</a:t></a:fld>"
                )
            )
        tree.append(shape)


def _message_height(message: str, title: Room) -> int:
    """EMU that a person's message takes above a title."""
    if not plain(message):
        return 0
    width = title.inside().points[0]
    return round(words_height(Words(message, OWN_WORDS), width, _MESSAGE) * POINT) + INSET // 2


def _title_room(layout: Any, title: str, room: Room) -> tuple[Room, int]:
    """Where a title stands, and how far it reaches into the room below it."""
    width, height = room.inside().points
    needed = height_of([_as_written(layout, title)], width, _LEAST_TITLE, bold=True)
    more = max(round((needed - height) * POINT), 0)
    return Room(room.left, room.top, room.width, room.height + more), more


def _as_written(layout: Any, title: str) -> str:
    return plain(title).upper() if title_style(layout).capitals else plain(title)


def _write_title(frame: Any, layout: Any, title: str, room: Room) -> None:
    style = title_style(layout)
    width, height = room.inside().points
    words = _as_written(layout, title)
    size = size_for([words], width, height, style.size, min(_LEAST_TITLE, style.size), bold=True)
    write(frame, [Words(title)], size=size)


def text_room(room: Room) -> tuple[float, float]:
    """Points that a list has for its words on a slide of text, what its bullets take set aside."""
    width, height = room.points
    return width - _BULLET, height - 2 * INSET / POINT


def fill(made: Made, layout: Any, paragraphs: Sequence[Words], *, gap: float) -> None:
    """Write paragraphs as a layout's own text, and in a text box where it has none, in type as large as they fit."""
    width, height = text_room(made.room)
    size = size_for([one.whole for one in paragraphs], width, height, _LARGEST_TEXT, TEXT, gap=gap)
    held = text_of(layout)
    if held is None:
        add_box(made.slide, made.room, "Text", paragraphs, size=size, gap=gap)
        return
    made.slide.shapes.clone_placeholder(held)
    body = next(one for one in made.slide.placeholders if kind_of(one) not in (*TITLES, *FOOTERS))
    place(body, Room(made.room.left - INSET, made.room.top, made.room.width + 2 * INSET, made.room.height))
    level(body)
    write(body.text_frame, paragraphs, size=size, gap=gap)


def _add_notes(slide: Any) -> Any:
    """Give notes a place for text where the template's own notes have none."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    page = slide.notes_slide
    page.shapes._spTree.append(
        parse_xml(
            f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="90" name="Notes"/>'
            '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="body" idx="1"/></p:nvPr></p:nvSpPr>'
            "<p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>"
        )
    )
    return page.notes_text_frame
