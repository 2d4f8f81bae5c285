"""Draws a Chart on a slide of PowerPoint: native charts that stay editable, or shapes where boxes and arrows stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evalcore.figures import theme
from evalcore.figures.chart import Band, Chart
from evalcore.figures.native_layout import Place
from evalcore.figures.native_panels import Piece, is_flow, panel_words, pieces
from evalcore.figures.native_text import Type, broken, plain
from evalcore.figures.slide_flow import draw_flow
from evalcore.figures.slide_part import chart_data
from evalcore.figures.slide_shapes import decorative, say

POINT = 12_700
"""English Metric Units in a point."""

_GAP = 4.0

_LEAST = 40.0
"""Points that a chart is high, however little room there is."""


def draw_on_slide(
    slide: Any, chart: Chart, *, left: int, top: int, width: int, height: int, words: str, text: float = 14
) -> None:
    """Draw `chart` on `slide`: the line with n, and below it one native chart a panel, side by side.

    Parameters
    ----------
    slide : pptx.slide.Slide
        Where to draw. Nothing that stands on it is changed.
    chart : Chart
        What to draw: the form that leaves. Marks whose numbers are missing are left out.
    left, top, width, height : int
        The place on the slide, in English Metric Units.
    words : str
        The alternative text of the whole. The first chart holds it; the others name their panel.
    text : float
        Points of the titles of axes; everything else is one point smaller, and never smaller than 12.

    Notes
    -----
    The numbers stand in a workbook behind each chart ("Edit data" in PowerPoint), with headings and nothing else.
    A band is two dotted lines in the chart and a light rectangle behind it, a shape that must be moved with the chart.

    >>> from pptx import Presentation
    >>> from evalcore.figures.chart import Axis, Panel, Point
    >>> show = Presentation()
    >>> slide = show.slides.add_slide(show.slide_layouts[6])
    >>> panel = Panel(Axis("Mean score (points)"), Axis("", ticks=((0.0, "Before"),)), (Point(21.5, 0, "pre"),))
    >>> draw_on_slide(slide, Chart((panel,), "n = 7 people", ""), left=0, top=0, width=8_000_000, height=3_000_000,
    ...               words="The mean before is 21.5.")
    >>> [shape.has_chart for shape in slide.shapes]
    [False, True]
    """
    type_ = Type(text)
    across, down = max(width / POINT, _LEAST), height / POINT
    above = _write_n(slide, chart.n, left, top, width, type_)
    if is_flow(chart):
        draw_flow(slide, chart, (left, top + above, width, height - above), words, type_)
        return
    room = max(down - above / POINT, _LEAST)
    for number, piece in enumerate(pieces(chart, across, room, type_)):
        at = (left + round(piece.left * POINT), top + above)
        for one in _bands(piece):
            _draw_band(slide, at, one)
        frame = _add_chart(slide, chart, piece, at)
        frame.name = f"Chart {number + 1}"
        say(frame, plain(words) if number == 0 else panel_words(piece, number, len(chart.panels)))


def _write_n(slide: Any, n: str, left: int, top: int, width: int, type_: Type) -> int:
    """Write the line with n; return how high it is."""
    if not n:
        return 0
    from pptx.util import Pt

    lines = broken(n, width / POINT, type_)
    high = round((len(lines) * type_.line + _GAP) * POINT)
    box = slide.shapes.add_textbox(left, top, width, high)
    box.name = "n"
    frame = box.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.text = plain(n)
    frame.paragraphs[0].font.size = Pt(type_.small)
    return high


def _add_chart(slide: Any, chart: Chart, piece: Piece, at: tuple[int, int]) -> Any:
    from pptx.enum.chart import XL_CHART_TYPE

    size = (round(piece.place.width * POINT), round(piece.place.height * POINT))
    return slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, *at, *size, chart_data(chart, piece))


def _bands(piece: Piece) -> Iterator[tuple[float, float, float, float, str]]:
    """The light rectangles of a panel's bands: left, top, width and height in points, and the colour."""
    place = piece.place
    for mark in piece.panel.marks:
        if isinstance(mark, Band) and mark.low < mark.high:
            low, high = _on_axis(mark, place)
            if low < high:
                yield (*_rectangle(mark.along, low, high, place), theme.look(mark.kind).colour)


def _on_axis(mark: Band, place: Place) -> tuple[float, float]:
    """The part of a band that lies on the axis, in its unit."""
    axis = place.x if mark.along == "x" else place.y
    return max(mark.low, axis.low), min(mark.high, axis.high)


def _rectangle(along: str, low: float, high: float, place: Place) -> tuple[float, float, float, float]:
    wide, tall = place.inner
    axis = place.x if along == "x" else place.y
    start, end = ((at - axis.low) / (axis.high - axis.low) for at in (low, high))
    if along == "x":
        above = (place.y.high - place.top_of_bands) / (place.y.high - place.y.low) * tall
        return place.left + start * wide, place.top + above, (end - start) * wide, tall - above
    return place.left, place.top + (1 - end) * tall, wide, (end - start) * tall


def _draw_band(slide: Any, at: tuple[int, int], one: tuple[float, float, float, float, str]) -> None:
    from pptx.enum.shapes import MSO_SHAPE

    left, top, wide, high, colour = one
    place = (at[0] + round(left * POINT), at[1] + round(top * POINT), round(wide * POINT), round(high * POINT))
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *place)
    shape.name = "Band"
    decorative(shape, colour)
