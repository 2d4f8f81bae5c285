"""Templates, good and bad, as an organisation might choose them."""

from __future__ import annotations

import io
from typing import Any

from pptx import Presentation

from tests.reporting.deck.reading import P, again, parts

OLD = "An old slide"
PRESENTATION, TYPES = "ppt/presentation.xml", "[Content_Types].xml"
_KIND = b"presentationml.presentation.main+xml"


def saved(deck: Any) -> bytes:
    held = io.BytesIO()
    deck.save(held)
    return held.getvalue()


def four_by_three() -> bytes:
    """A template of 4:3 with two slides and their notes."""
    deck = Presentation()
    for _ in range(2):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = OLD
        slide.notes_slide.notes_text_frame.text = OLD
    deck.core_properties.author = deck.core_properties.comments = OLD
    return saved(deck)


def with_references() -> bytes:
    """A template whose slides stand in a section and in a show, and whose layout leads to one of them."""
    deck = Presentation(io.BytesIO(four_by_three()))
    listed = deck.slides._sldIdLst[0]
    layout = deck.slide_layouts[5]
    link = layout.part.relate_to(deck.slides[0].part, deck.part.rels[listed.rId].reltype)
    properties = layout._element.find(f".//{P}cNvPr")
    properties.append(
        properties.makeelement(
            "{http://schemas.openxmlformats.org/drawingml/2006/main}hlinkClick",
            {"{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id": link},
        )
    )
    changed = parts(saved(deck))
    show = (
        f'<p:custShowLst><p:custShow name="Board" id="0"><p:sldLst><p:sld r:id="{listed.rId}"/></p:sldLst></p:custShow>'
        "</p:custShowLst>"
    )
    section = (
        '<p:extLst><p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"><p14:sectionLst'
        ' xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main"><p14:section name="One"'
        f' id="{{6D3F1D4C-8D2C-4A7B-9A52-0B1F4E3C2D10}}"><p14:sldIdLst><p14:sldId id="{listed.id}"/></p14:sldIdLst>'
        "</p14:section></p14:sectionLst></p:ext></p:extLst>"
    )
    whole = changed[PRESENTATION].decode()
    at = whole.index("<p:notesSz")
    end = whole.index("/>", at) + 2
    changed[PRESENTATION] = (
        (whole[:end] + show + whole[end:]).replace("</p:presentation>", f"{section}</p:presentation>").encode()
    )
    return again(changed)


def as_potx() -> bytes:
    """The same as a template that was saved as one."""
    changed = parts(four_by_three())
    changed[TYPES] = changed[TYPES].replace(_KIND, b"presentationml.template.main+xml")
    return again(changed)


def with_macros() -> bytes:
    changed = parts(four_by_three())
    changed[TYPES] = changed[TYPES].replace(
        b"application/vnd.openxmlformats-officedocument." + _KIND,
        b"application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml",
    )
    return again(changed)


def with_hidden_macros() -> bytes:
    return again({**parts(four_by_three()), "ppt/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


def _related(kind: str) -> bytes:
    changed = parts(four_by_three())
    name = "ppt/slideMasters/_rels/slideMaster1.xml.rels"
    relation = (
        '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        f'{kind}" Target="https://example.org/logo.png" TargetMode="External"/>'
    )
    changed[name] = changed[name].replace(b"</Relationships>", relation.encode() + b"</Relationships>")
    return again(changed)


def with_a_picture_from_outside() -> bytes:
    return _related("image")


def with_a_link() -> bytes:
    return _related("hyperlink")


def a_document() -> bytes:
    changed = parts(four_by_three())
    changed[TYPES] = (
        changed[TYPES].replace(_KIND, b"wordprocessingml.document.main+xml").replace(b"presentationml.", b"x.")
    )
    return again(changed)


def damaged() -> bytes:
    return again({**parts(four_by_three()), PRESENTATION: b"<p:presentation"})


def without_master() -> bytes:
    changed = parts(four_by_three())
    del changed["ppt/slideMasters/slideMaster1.xml"]
    return again(changed)


def without_titles() -> bytes:
    deck = Presentation()
    for layout in deck.slide_layouts:
        for one in list(layout.placeholders):
            one._element.getparent().remove(one._element)
    return saved(deck)


def large_inside() -> bytes:
    return again({**parts(four_by_three()), "ppt/media/zeros.bin": bytes(201_000_000)})


def with_one_odd_layout() -> bytes:
    """Only a layout with a title at the foot, in capitals, text beside it, and no footers."""
    deck = Presentation()
    for layout in list(deck.slide_layouts)[:-1]:
        deck.slide_layouts.remove(layout)
    layout = deck.slide_layouts[0]
    layout._element.attrib.pop("type", None)
    for one in list(layout.placeholders):
        if one.element.ph.get("type") in ("ftr", "sldNum", "dt"):
            one._element.getparent().remove(one._element)
    return saved(deck)


def with_a_decoy() -> bytes:
    """A layout of no known type that holds a title and nothing else stands before the one that is made for it."""
    deck = Presentation()
    layout = deck.slide_layouts[2]
    layout._element.attrib.pop("type")
    for one in list(layout.placeholders)[1:]:
        one._element.getparent().remove(one._element)
    return saved(deck)
