"""What a room expected before a result, drawn on the result."""

from __future__ import annotations

from dataclasses import replace

from evalcore.figures.chart import Axis, Band, Chart, Interval, Mark, Panel, Point
from evalcore.telling.expecting import HIGHER, LOWER, Expectation
from evalcore.wording import number

KIND = "expected"
_EXPECTED = "The room expected this side"
_ROOM = 0.06
"""Room beyond the outermost line, as a share of the axis."""


def with_expectation(chart: Chart, expectation: Expectation | None) -> Chart:
    """Return the chart with what the room expected drawn on it.

    On an axis of differences the side that was expected is shaded, and a line stands where a difference begins to
    matter to the room. Beside a caseload a mark on each row shows where the pilot's figure would differ by so much.
    Where a chart has neither, it is returned as it is; the words stand beside it in any case.

    >>> point = Point(1.0, 0, "caseload")
    >>> chart = Chart((Panel(Axis("Share (%)"), Axis(""), (point,)),), n="", how_to_read="")
    >>> with_expectation(chart, Expectation("higher", 2.0)).panels[0].marks[-1].x
    3.0
    """
    if expectation is None:
        return chart
    return replace(chart, panels=tuple(_panel(panel, expectation) for panel in chart.panels))


def _panel(panel: Panel, expectation: Expectation) -> Panel:
    zero = next((one for one in panel.marks if isinstance(one, Band) and one.low == one.high == 0), None)
    if zero is not None:
        return _on_differences(panel, zero.along, expectation)
    marks = tuple(mark for one in panel.marks for mark in _beside(one, expectation))
    return replace(panel, marks=(*panel.marks, *marks)) if marks else panel


def _sizes(expectation: Expectation) -> tuple[float, ...]:
    """Where a difference begins to matter, on the side that was expected; on both where none was."""
    if expectation.matters is None:
        return ()
    if expectation.direction == HIGHER:
        return (expectation.matters,)
    return (-expectation.matters,) if expectation.direction == LOWER else (-expectation.matters, expectation.matters)


def _beside(mark: Mark, expectation: Expectation) -> tuple[Mark, ...]:
    if not isinstance(mark, Point) or mark.kind != "caseload":
        return ()
    return tuple(Point(mark.x + size, mark.y, KIND, label="Would matter to the room") for size in _sizes(expectation))


def _on_differences(panel: Panel, along: str, expectation: Expectation) -> Panel:
    axis = panel.y if along == "y" else panel.x
    low, high = _limits(panel, axis, along, _sizes(expectation))
    marks: list[Mark] = []
    if expectation.direction in (HIGHER, LOWER):
        side = (0.0, high) if expectation.direction == HIGHER else (low, 0.0)
        marks.append(Band(*side, along=along, kind=KIND, label=_EXPECTED))
    marks += [Band(size, size, along=along, kind=KIND, label=_matters(size)) for size in _sizes(expectation)]
    wider = replace(axis, low=low, high=high)
    axes = {"y": wider} if along == "y" else {"x": wider}
    return replace(panel, marks=(*marks, *panel.marks), **axes)  # type: ignore[arg-type]


def _matters(size: float) -> str:
    return f"Would matter: {number(size, 2, signed=True).rstrip('0').rstrip('.')}"


def _limits(panel: Panel, axis: Axis, along: str, sizes: tuple[float, ...]) -> tuple[float, float]:
    """Limits of the axis that hold its marks, zero and every line of the room's."""
    held = [0.0, *sizes]
    for mark in panel.marks:
        if isinstance(mark, Interval) and mark.along == along:
            held += [mark.low, mark.high]
        elif isinstance(mark, Point):
            held.append(mark.y if along == "y" else mark.x)
    held = [one for one in held if one == one]
    low = min(held) if axis.low is None else min(axis.low, *sizes, 0.0)
    high = max(held) if axis.high is None else max(axis.high, *sizes, 0.0)
    room = _ROOM * (high - low or 1.0)
    beyond = max(sizes, default=0.0), min(sizes, default=0.0)
    return (
        low - room if axis.low is None or beyond[1] < axis.low else low,
        high + room if axis.high is None or beyond[0] > axis.high else high,
    )
