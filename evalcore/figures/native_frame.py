"""What stands around the marks of a native chart: axes, legend, ground, plot area and the title of its panel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from evalcore.figures import native_looks as looks
from evalcore.figures.chart import Axis, Panel
from evalcore.figures.native_axes import Scale
from evalcore.figures.native_bars import Bars
from evalcore.figures.native_drawing import Drawing
from evalcore.figures.native_layout import Place
from evalcore.figures.native_text import unread, width_of

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart as NativeChart

Parts = dict[str, Any]

PIXELS = 4 / 3
"""Pixels in a point, as a workbook counts them."""


def scatter_axes(native: NativeChart, drawn: Drawing) -> None:
    """Set the axes of positions. The grid runs across lying bars, or else along rows, which are lines of their own."""
    panel, place = drawn.piece.panel, drawn.piece.place
    upright = not drawn.lying and not panel.y.ticks
    native.set_x_axis({**_axis(panel.x, place.x, place, across=True, grid=drawn.lying), "crossing": "min"})
    native.set_y_axis({**_axis(panel.y, place.y, place, across=False, grid=upright), "crossing": "min"})


def bar_axes(native: NativeChart, drawn: Drawing, bars: Bars) -> None:
    """Set the axes of a bar chart: xlsxwriter's y axis is the upright one, whichever has the categories."""
    panel, place = drawn.piece.panel, drawn.piece.place
    named, counted, scale = (panel.y, panel.x, place.x) if bars.lying else (panel.x, panel.y, place.y)
    categories = {
        **_named(named, place, across=not bars.lying),
        "label_position": "low",
        "major_tick_mark": "none",
        "major_gridlines": {"visible": False},
        "line": {"color": looks.SURFACE.muted, "width": 1},
        "interval_unit": 1,
    }
    numbers = _axis(counted, scale, place, across=bars.lying, grid=True)
    numbers.pop("label_position")
    if bars.lying:
        # the first row on top, and the numbers below all the same
        native.set_y_axis({**categories, "reverse": True, "crossing": "max"})
        native.set_x_axis(numbers)
    else:
        native.set_x_axis(categories)
        native.set_y_axis(numbers)


def _named(axis: Axis, place: Place, *, across: bool) -> Parts:
    """The title and the type of an axis."""
    font = {"size": place.type.small, "color": looks.SURFACE.text}
    parts: Parts = {"num_font": font, "visible": axis.visible}
    if axis.title and axis.visible:
        parts["name"] = unread(axis.title)
        parts["name_font"] = {"size": place.type.text, "color": looks.SURFACE.text, "bold": False}
        if axis.ticks:
            parts["name_layout"] = _title_place(axis.title, place, across=across)
    return parts


def _title_place(title: str, place: Place, *, across: bool) -> Parts:
    """Where the title of an axis with named positions stands, as shares of the chart: its upper left corner."""
    wide, high = place.inner
    long = width_of([title], replace(place.type, text=place.type.text + 1))
    if across:
        x, y = place.left + (wide - long) / 2, place.height - place.legend - place.type.line - 4
        return _share(x, y, place)
    return _share(2.0, place.top + (high - long) / 2, place)


def _share(x: float, y: float, place: Place) -> Parts:
    """A position in points as shares of the chart, and inside it in any case."""
    return {"x": min(max(x, 2.0) / place.width, 1.0), "y": min(max(y, 2.0) / place.height, 1.0)}


def _axis(axis: Axis, scale: Scale, place: Place, *, across: bool, grid: bool) -> Parts:
    """An axis of numbers; its names, where it has any, are the words of a series."""
    parts: Parts = {
        **_named(axis, place, across=across),
        "min": scale.low,
        "max": scale.high,
        "major_gridlines": {"visible": grid, "line": {"color": looks.SURFACE.grid, "width": 1}},
        "major_tick_mark": "none" if scale.unit is None else "outside",
        "minor_tick_mark": "none",
        "line": {"color": looks.SURFACE.muted, "width": 1} if across else looks.NOTHING,
        "num_format": scale.number_format,
        "label_position": "none" if scale.unit is None else "low",
    }
    return parts if scale.unit is None else {**parts, "major_unit": scale.unit}


def set_legend(native: NativeChart, place: Place, shown: Sequence[bool]) -> None:
    """Set the legend below, with an entry for each series that has `shown`."""
    if not any(shown):
        native.set_legend({"none": True})
        return
    hidden = [at for at, entry in enumerate(shown) if not entry]
    font = {"size": place.type.small, "color": looks.SURFACE.text}
    native.set_legend({"position": "bottom", "font": font, "delete_series": hidden})


def frame(native: NativeChart, panel: Panel, place: Place) -> None:
    """Set what is the same for every chart."""
    native.set_size({"width": round(place.width * PIXELS), "height": round(place.height * PIXELS)})
    native.set_chartarea({"border": looks.NOTHING, "fill": looks.NOTHING})
    native.set_plotarea({"layout": place.share(), "border": looks.NOTHING, "fill": looks.NOTHING})
    native.show_blanks_as("gap")
    if not panel.title:
        native.set_title({"none": True})
        return
    font = {"size": place.type.text, "color": looks.SURFACE.text, "bold": True}
    layout = _share(4.0, 2.0, place)
    native.set_title({"name": unread(panel.title), "name_font": font, "overlay": True, "layout": layout})
