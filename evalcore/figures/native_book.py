"""A panel as a native chart of a workbook that refers to cells. A slide's chart is made the same way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from evalcore.figures import native_looks as looks
from evalcore.figures.native_bars import Bars, BarSeries
from evalcore.figures.native_cells import FOR_THE_LEGEND, Cells
from evalcore.figures.native_drawing import Drawing
from evalcore.figures.native_frame import bar_axes, frame, scatter_axes, set_legend
from evalcore.figures.native_layout import Place
from evalcore.figures.native_series import KEY, POINTS, Label, Series
from evalcore.figures.native_text import unread, width_of
from evalcore.figures.native_writing import keep_lines

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart as NativeChart
    from xlsxwriter.workbook import Workbook

Parts = dict[str, Any]


def native_chart(workbook: Workbook, cells: Cells, drawn: Drawing) -> NativeChart:
    """Return the chart of what `write_cells` has written; it still has to be put on a sheet.

    Parameters
    ----------
    workbook : xlsxwriter Workbook
        Where the chart will stand.
    cells : Cells
        Where its numbers stand.
    drawn : Drawing
        The panel.
    """
    native = _bar_chart(workbook, cells, drawn, drawn.bars) if drawn.bars else _scatter(workbook, cells, drawn)
    frame(native, drawn.piece.panel, drawn.piece.place)
    keep_lines(native)
    return native


def _scatter(workbook: Workbook, cells: Cells, drawn: Drawing) -> NativeChart:
    native = workbook.add_chart({"type": "scatter", "subtype": "straight_with_markers"})
    row = 1
    for one in drawn.series:
        native.add_series(_scatter_options(cells, row, one, drawn.piece.place))
        row += len(one.xs)
    entries = KEY if any(one.form == KEY for one in drawn.series) else POINTS
    shown = [one.form == entries and one.kind in drawn.keys for one in drawn.series]
    set_legend(native, drawn.piece.place, shown)
    scatter_axes(native, drawn)
    return native


def _scatter_options(cells: Cells, row: int, one: Series, place: Place) -> Parts:
    """A series as xlsxwriter asks for it."""
    last = row + max(len(one.xs), 1) - 1
    axis, room = (place.x, place.inner[0]) if one.along == "y" else (place.y, place.inner[1])
    options: Parts = {
        "name": cells.cell(row, 0),
        "categories": cells.area(row, last, 1),
        "values": cells.area(row, last, 2),
        **looks.series_look(one, place.type, room / (axis.high - axis.low)),
    }
    if any(one.labels):
        options["data_labels"] = _labels(one.labels, place)
    return options


def _labels(labels: Iterable[Label | None], place: Place) -> Parts:
    """The words of points, each at its place; points without words have none."""
    custom: list[Parts] = []
    for label in labels:
        if label is None:
            custom.append({"delete": True})
            continue
        font = {"size": place.type.small, "color": label.colour or looks.SURFACE.text, "bold": False}
        custom.append({"value": unread(label.words), "position": label.place, "font": font})
    return {"value": True, "custom": custom, "font": {"size": place.type.small, "color": looks.SURFACE.text}}


def _bar_chart(workbook: Workbook, cells: Cells, drawn: Drawing, bars: Bars) -> NativeChart:
    """Bars side by side, or on top of each other with a legend in its own order."""
    kind = {"type": "bar" if bars.lying else "column", **({"subtype": "stacked"} if bars.piled else {})}
    native, place, last = workbook.add_chart(kind), drawn.piece.place, len(bars.categories)
    same: Parts = {"categories": cells.area(1, last, 0), "gap": bars.gap, "overlap": 100 if bars.piled else 0}
    series = [
        {
            **same,
            **_words_in(one, bars, place),
            **looks.filling(one.kind),
            "name": cells.cell(0, column),
            "values": cells.area(1, last, column),
        }
        for column, one in enumerate(bars.series, start=1)
    ]
    shown = [one.kind in drawn.keys for one in bars.series]
    if drawn.keyed:
        empty = {**same, "values": cells.area(1, last, len(bars.series) + 1)}
        entries = [{**empty, "name": unread(words), **looks.filling(of)} for of, words in drawn.legend]
        series, shown = _around_entries(bars, series, entries, {**empty, "name": FOR_THE_LEGEND})
    for options in series:
        native.add_series(options)
    set_legend(native, place, shown)
    bar_axes(native, drawn, bars)
    return native


def _around_entries(
    bars: Bars, series: list[Parts], entries: list[Parts], empty: Parts
) -> tuple[list[Parts], list[bool]]:
    """Entries of the legend in their own order between as many series below zero as above it.

    Programs disagree on whether the entries of lying bars are counted from the first series or from the last.
    """
    below = [options for one, options in zip(bars.series, series, strict=True) if one.side < 0]
    above = [options for one, options in zip(bars.series, series, strict=True) if one.side > 0]
    below = [empty] * (len(above) - len(below)) + below
    above = above + [empty] * (len(below) - len(above))
    return [*below, *entries, *above], [False] * len(below) + [True] * len(entries) + [False] * len(above)


def _words_in(one: BarSeries, bars: Bars, place: Place) -> Parts:
    return {"data_labels": _labels(_that_fit(one, bars, place), place)} if any(one.labels) else {}


def _that_fit(one: BarSeries, bars: Bars, place: Place) -> Iterator[Label | None]:
    """Words in a bar are left out where the bar is too short for them, and never made smaller."""
    axis, room = (place.x, place.inner[0]) if bars.lying else (place.y, place.inner[1])
    for value, label in zip(one.values, one.labels, strict=True):
        if label is None or value is None or label.place == "outside_end":
            yield label
            continue
        free = abs(value) / (axis.high - axis.low) * room
        needed = width_of([label.words], place.type) + 2 if bars.lying else place.type.line
        yield label if free >= needed else None
