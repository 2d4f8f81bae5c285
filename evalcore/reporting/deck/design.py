"""How a deck looks where no organisation's template is given: wide, white and calm, with one accent colour."""

from __future__ import annotations

from typing import Any

from evalcore.figures import theme
from evalcore.reporting.deck.measuring import INCH
from evalcore.reporting.deck.rooms import Room, kind_of, title_of
from evalcore.reporting.deck.template import emptied
from evalcore.reporting.deck.text import decorative, place, speak_english

FONT = "Arial"
"""On every machine that has a program for slides; what is drawn instead elsewhere is as wide."""

_KEPT = ("title", "obj", "titleOnly")
_SIZES = {"titleStyle": (2800,), "bodyStyle": (2000, 1800, 1600, 1600, 1600)}
_COLOURS = {
    "dk1": theme.LIGHT.text,
    "lt1": theme.LIGHT.background,
    "dk2": theme.LIGHT.muted,
    "lt2": theme.LIGHT.panel,
    "accent1": theme.LOOKS["pilot"].colour,
    "accent2": theme.LOOKS["post"].colour,
    "accent3": theme.LOOKS["pre"].colour,
    "accent4": theme.LOOKS["change"].colour,
    "accent5": theme.LOOKS["left"].colour,
    "accent6": theme.LOOKS["aside"].colour,
    "hlink": theme.LOOKS["pre"].colour,
    "folHlink": theme.LOOKS["change"].colour,
}


def _inches(left: float, top: float, width: float, height: float) -> Room:
    return Room(*(round(side * INCH) for side in (left, top, width, height)))


_SLIDE = _inches(0, 0, 13 + 1 / 3, 7.5)
_TITLE, _BODY = _inches(0.6, 0.25, 12.13, 1.1), _inches(0.6, 1.5, 12.13, 5.45)
_FOOTER, _NUMBER = _inches(0.6, 7.03, 9.5, 0.3), _inches(11.23, 7.03, 1.5, 0.3)
_EDGE, _SIDE = _inches(0, 0, 0.12, 7.5), _inches(0, 0, 0.3, 7.5)
_OPENING, _BENEATH = _inches(0.9, 1.5, 11.4, 2.4), _inches(0.9, 4.05, 11.4, 2.05)


def plain_deck() -> Any:
    """Return an empty deck of our own design: 16:9, with the layouts that a deck needs and no other."""
    from pptx import Presentation

    deck: Any = Presentation()
    emptied(deck)
    deck.slide_width, deck.slide_height = _SLIDE.width, _SLIDE.height
    deck.part._element.sldSz.attrib.pop("type", None)
    master = deck.slide_master
    for layout in list(deck.slide_layouts):
        if layout._element.get("type") not in _KEPT:
            deck.slide_layouts.remove(layout)
    _paint(master)
    _lay_out_master(master)
    for layout in deck.slide_layouts:
        _lay_out(layout)
        speak_english(layout._element)
    for element in (master._element, deck.part._element):
        speak_english(element)
    return deck


def _paint(master: Any) -> None:
    """Give the theme our colours and typeface."""
    from pptx.opc.constants import RELATIONSHIP_TYPE
    from pptx.opc.oxml import serialize_part_xml
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import qn

    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    element = parse_xml(part.blob)
    element.set("name", "Evaluation")
    scheme = element.find(f".//{qn('a:clrScheme')}")
    scheme.set("name", "Evaluation")
    for name, colour in _COLOURS.items():
        slot = scheme.find(qn(f"a:{name}"))
        slot.clear()
        slot.append(slot.makeelement(qn("a:srgbClr"), {"val": colour[1:].upper()}))
    for latin in element.find(f".//{qn('a:fontScheme')}").iter(qn("a:latin")):
        latin.set("typeface", FONT)
    for effects in element.iter(qn("a:effectStyle")):
        effects.clear()  # no shadow under a shape that is drawn later
        effects.append(effects.makeelement(qn("a:effectLst"), {}))
    part._blob = serialize_part_xml(element)


def _lay_out_master(master: Any) -> None:
    from pptx.enum.text import MSO_ANCHOR
    from pptx.oxml.ns import qn

    rooms = {"title": _TITLE, "body": _BODY, "ftr": _FOOTER, "sldNum": _NUMBER}
    for one in list(master.placeholders):
        if kind_of(one) in rooms:
            place(one, rooms[kind_of(one)])
        else:
            one._element.getparent().remove(one._element)
    for one in master.placeholders:
        if kind_of(one) == "title":
            one.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        if kind_of(one) in ("ftr", "sldNum"):
            style = one._element.find(f".//{qn('a:lvl1pPr')}")
            style.set("algn", "l" if kind_of(one) == "ftr" else "r")
            _quiet(style.find(qn("a:defRPr")), 1000)
    styles = master._element.find(qn("p:txStyles"))
    for name, sizes in _SIZES.items():
        for level, size in enumerate(sizes, start=1):
            found = styles.find(f"{qn(f'p:{name}')}/{qn(f'a:lvl{level}pPr')}")
            found.set("algn", "l")
            found.find(qn("a:defRPr")).set("sz", str(size))
    styles.find(f"{qn('p:titleStyle')}/{qn('a:lvl1pPr')}/{qn('a:defRPr')}").set("b", "1")
    _add_bar(master, _EDGE, "Edge")


def _quiet(properties: Any, size: int) -> None:
    """Small type in the theme's quieter colour."""
    from pptx.oxml.ns import qn

    properties.set("sz", str(size))
    colour = properties.find(f".//{qn('a:schemeClr')}")
    colour.set("val", "tx2")
    for tint in list(colour):
        colour.remove(tint)


def _lay_out(layout: Any) -> None:
    for one in list(layout.placeholders):
        unused = ("dt", "ftr", "sldNum") if layout._element.get("type") == "title" else ("dt",)
        if kind_of(one) in unused:
            one._element.getparent().remove(one._element)
    if layout._element.get("type") == "title":
        _lay_out_opening(layout)


def _lay_out_opening(layout: Any) -> None:
    """The first slide: its title stands lower, and the band at the left is broader."""
    from pptx.enum.text import MSO_ANCHOR
    from pptx.oxml.ns import qn

    layout._element.set("showMasterSp", "0")
    title = title_of(layout)
    beneath = next(one for one in layout.placeholders if kind_of(one) == "subTitle")
    for shape, room, size in ((title, _OPENING, 4000), (beneath, _BENEATH, 2000)):
        place(shape, room)
        frame = shape.text_frame  # type: ignore[union-attr]
        frame.vertical_anchor = MSO_ANCHOR.BOTTOM if shape is title else MSO_ANCHOR.TOP
        styles = frame._txBody.find(qn("a:lstStyle"))
        for level in list(styles):
            styles.remove(level)
        first = styles.makeelement(qn("a:lvl1pPr"), {"marL": "0", "indent": "0", "algn": "l"})
        styles.append(first)
        first.append(first.makeelement(qn("a:buNone"), {}))
        first.append(first.makeelement(qn("a:defRPr"), {"sz": str(size)}))
    _add_bar(layout, _SIDE, "Band")


def _add_bar(owner: Any, room: Room, name: str) -> None:
    """Draw a bar in the accent colour behind everything else, for the eye only."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls, qn

    tree = owner._element.cSld.spTree
    number = max(int(one.get("id")) for one in tree.iter(qn("p:cNvPr"))) + 1
    bar = parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr/>'
        '<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm>'
        f'<a:off x="{room.left}" y="{room.top}"/><a:ext cx="{room.width}" cy="{room.height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="accent1"/></a:solidFill>'
        "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )
    decorative(bar.nvSpPr.cNvPr)
    tree.insert(2, bar)  # after the two that every tree begins with
