"""Boxes and arrows of a flow chart as shapes of a slide, each with its own words."""

from __future__ import annotations

from typing import Any

from evalcore.figures import theme
from evalcore.figures.chart import Arrow, Box, Chart, Panel
from evalcore.figures.native_text import Type, plain
from evalcore.figures.slide_shapes import rgb, say, unstyled

_PT = 12_700

Place = tuple[int, int, int, int]
"""Left, top, width and height in English Metric Units."""


def draw_flow(slide: Any, chart: Chart, place: Place, words: str, type_: Type) -> None:
    """Draw the boxes and arrows of a chart as one group; `words` are its alternative text."""
    group = slide.shapes.add_group_shape()
    group.name = "Flow chart"
    say(group, plain(words))
    for panel in chart.panels:
        for mark in panel.marks:
            if isinstance(mark, Box):
                _draw_box(group, mark, _rectangle(mark, panel, place), type_)
        for mark in panel.marks:
            if isinstance(mark, Arrow):
                _draw_arrow(group, _at(mark.start, panel, place), _at(mark.end, panel, place))


def _at(point: tuple[float, float], panel: Panel, place: Place) -> tuple[int, int]:
    """A position of the panel on the slide."""
    x, y = point
    low, high = panel.x.low or 0.0, 1.0 if panel.x.high is None else panel.x.high
    bottom, top = panel.y.low or 0.0, 1.0 if panel.y.high is None else panel.y.high
    across, down = (x - low) / ((high - low) or 1.0), (top - y) / ((top - bottom) or 1.0)
    return place[0] + round(across * place[2]), place[1] + round(down * place[3])


def _rectangle(mark: Box, panel: Panel, place: Place) -> Place:
    left, top = _at((mark.x - mark.width / 2, mark.y + mark.height / 2), panel, place)
    right, bottom = _at((mark.x + mark.width / 2, mark.y - mark.height / 2), panel, place)
    return left, top, right - left, bottom - top


def _draw_box(group: Any, mark: Box, place: Place, type_: Type) -> None:
    from pptx.enum.dml import MSO_LINE, MSO_THEME_COLOR
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Pt

    look = theme.look(mark.kind)
    shape = group.shapes.add_shape(MSO_SHAPE.RECTANGLE, *place)
    shape.name = plain(mark.lines[0]) if mark.lines else "Box"
    unstyled(shape)
    shape.fill.background()
    shape.line.color.rgb = rgb(look.colour)
    shape.line.width = Pt(look.width)
    if look.dash != "solid":
        shape.line.dash_style = MSO_LINE.ROUND_DOT if look.dash == "dot" else MSO_LINE.DASH
    frame = shape.text_frame
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    frame.margin_left = frame.margin_right = 3 * _PT
    frame.margin_top = frame.margin_bottom = 0
    for number, line in enumerate(mark.lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.text = plain(line)
        paragraph.alignment = PP_ALIGN.CENTER
        paragraph.font.size = Pt(type_.small)
        paragraph.font.color.theme_color = MSO_THEME_COLOR.TEXT_1


def _draw_arrow(group: Any, start: tuple[int, int], end: tuple[int, int]) -> None:
    from pptx.enum.shapes import MSO_CONNECTOR
    from pptx.util import Pt

    line = group.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *start, *end)
    line.name = "Arrow"
    unstyled(line)
    line.line.color.rgb = rgb(theme.LIGHT.muted)
    line.line.width = Pt(1.5)
    stroke = line.line._get_or_add_ln()
    head = "{http://schemas.openxmlformats.org/drawingml/2006/main}tailEnd"
    stroke.append(stroke.makeelement(head, {"type": "triangle"}))
