"""Shapes of a slide: what they say to those who do not see them, and how they are filled."""

from __future__ import annotations

from typing import Any

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"
_EXTENSION = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
_FAINT = "18000"
"""How strong the fill of a band is, in thousandths of a per cent."""


def say(shape: Any, words: str) -> None:
    """Give a shape, a picture or a chart its alternative text."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", words)


def unstyled(shape: Any) -> None:
    """Take the template's style from a shape: its shadow among them."""
    for style in shape._element.xpath("./p:style"):
        shape._element.remove(style)


def decorative(shape: Any, colour: str) -> None:
    """Fill a shape faintly, without an edge, and mark it as one that tells nothing."""
    from pptx.oxml import parse_xml

    fill_plain(shape, colour, _FAINT)
    named = shape._element.xpath(".//p:cNvPr")[0]
    named.set("descr", "")
    said = f'<adec:decorative xmlns:adec="{_DECORATIVE}" val="1"/>'
    extension = f'<a:extLst xmlns:a="{_A}"><a:ext uri="{_EXTENSION}">{said}</a:ext></a:extLst>'
    named.append(parse_xml(extension))


def fill_plain(shape: Any, colour: str, strength: str = "") -> None:
    """Fill a shape with one colour, without an edge, a shadow or an effect of the template."""
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(colour)
    if strength:
        solid = shape._element.spPr.find(f"{{{_A}}}solidFill")[0]
        solid.append(solid.makeelement(f"{{{_A}}}alpha", {"val": strength}))
    shape.line.fill.background()
    unstyled(shape)


def rgb(colour: str) -> Any:
    """Return a colour of the theme as python-pptx takes it."""
    from pptx.dml import color

    kind: Any = color.RGBColor
    return kind(*bytes.fromhex(colour.lstrip("#")))
