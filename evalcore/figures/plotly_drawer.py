"""Draws a Chart with plotly, for the screen and for the self-contained page that may leave.

Figures are built as plain dictionaries and not validated by plotly, which is what takes its time. Every text is
escaped: a label that comes from a file is never read as HTML.
"""

from __future__ import annotations

import html
import math
from collections.abc import Iterable, Iterator
from typing import Any

from evalcore.figures import theme
from evalcore.figures.chart import Axis, Band, Bar, Box, Chart, Interval, Line, Panel, Point
from evalcore.figures.plotly_marks import BESIDE, beside, labels, shapes
from evalcore.figures.plotly_traces import Parts, legend_entries, traces
from evalcore.figures.words import CHARACTER, NARROW, fitted, wrapped

CONFIG: dict[str, Any] = {"displayModeBar": False, "displaylogo": False, "responsive": True, "scrollZoom": False}
"""How plotly behaves: no toolbar, and so no button that would export a picture past the disclosure policy."""

AXIS_ROOM = 52
"""Pixels that the numbers and the title of an upright axis take, about."""

HEIGHT = 2.75
"""Pixels for each hundredth of a `Chart.height`."""

GAP = 0.13
"""Room between two panels, as a share of the width."""


def draw(chart: Chart, *, dark: bool = False) -> Any:
    """Return `chart` as a plotly figure.

    Parameters
    ----------
    chart : Chart
        What to draw. Marks whose numbers are missing are left out.
    dark : bool
        Whether it will stand on the dark page. The background stays transparent.

    Returns
    -------
    plotly.graph_objects.Figure
        Not validated; hand it to `st.plotly_chart(..., theme=None, config=CONFIG)` or to `self_contained`.

    >>> line = Interval(at=0, low=1, high=3, kind="change")
    >>> panel = Panel(Axis(""), Axis("Change (points)"), (line, Point(0, 2, "change", text="2.0")))
    >>> draw(Chart((panel,), n="n = 4 pairs", how_to_read="")).layout.title.text
    'n = 4 pairs'
    """
    from plotly.graph_objects import Figure

    surface = theme.surface(dark)
    figure: Parts = {"data": [], "layout": _layout(chart, surface)}
    for number, (panel, domain) in enumerate(zip(chart.panels, _domains(chart.panels), strict=True), start=1):
        _draw_panel(figure, panel, "" if number == 1 else str(number), domain, surface)
    figure["data"].extend(legend_entries(chart))
    return Figure(figure, _validate=False)


def self_contained(chart: Chart, *, title: str, lines: Iterable[str]) -> str:
    """Return a whole HTML page with the chart, drawn without anything from the network.

    Parameters
    ----------
    chart : Chart
        The outside form: what it shows leaves.
    title : str
        The page's heading.
    lines : iterable of str
        Sentences that stand under the chart: what it shows in words, caution, source, definition, what was hidden.
    """
    drawn = draw(chart).to_html(full_html=False, include_plotlyjs=True, config=CONFIG)
    words = "\n".join(f"<p>{html.escape(line)}</p>" for line in lines if line)
    heading = html.escape(title)
    text = f"font-family: {theme.FONT}; color: {theme.LIGHT.text}"
    style = f"{text}; max-width: 60rem; margin: 1rem auto; padding: 0 1rem"
    return (
        f'<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{heading}</title></head>\n'
        f'<body style="{style}"><h1>{heading}</h1>\n<div role="img" aria-label="{heading}">{drawn}</div>\n{words}\n'
        "</body></html>\n"
    )


def _layout(chart: Chart, surface: theme.Surface) -> Parts:
    """What belongs to the whole picture: its height, its font, and the line with n above it."""
    text = {"family": theme.FONT, "size": theme.TEXT_SIZE, "color": surface.text}
    return {
        "template": {"layout": {}},
        "font": text,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "height": round(chart.height * HEIGHT) + (34 if chart.legend else 0),
        "margin": {"l": 8, "r": 16, "t": 34 + 22 * max(_title_lines(chart.panels)), "b": 8, "pad": 0},
        "title": {
            "text": fitted(chart.n, NARROW),
            "x": 0,
            "xanchor": "left",
            "xref": "container",
            "y": 1,
            "yanchor": "top",
            "yref": "container",
            "pad": {"t": 6, "l": 4},
            "font": {**text, "color": surface.muted},
        },
        "showlegend": bool(chart.legend),
        "legend": {"orientation": "h", "yref": "container", "y": 0, "yanchor": "bottom", "x": 0, "font": text},
        "hoverlabel": {"font": {"size": theme.SMALL_SIZE, "family": theme.FONT}},
        "hovermode": "closest",
        "dragmode": False,
        "annotations": [],
        "shapes": [],
        "bargap": 0.35,
        "barmode": "overlay",
    }


def _domains(panels: tuple[Panel, ...]) -> list[tuple[float, float]]:
    """Where each panel stands along the width, by its share."""
    room = 1 - GAP * (len(panels) - 1)
    total = sum(panel.share for panel in panels) or 1.0
    domains, left = [], 0.0
    for panel in panels:
        right = left + room * panel.share / total
        domains.append((left, min(right, 1.0)))
        left = right + GAP
    return domains


def _title_lines(panels: tuple[Panel, ...]) -> list[int]:
    """How many lines each panel's title takes on the narrowest screen."""
    widths = [(right - left) * NARROW for left, right in _domains(panels)]
    return [len(wrapped(p.title, width)) if p.title else 0 for p, width in zip(panels, widths, strict=True)] or [0]


def _draw_panel(figure: Parts, panel: Panel, number: str, domain: tuple[float, float], surface: theme.Surface) -> None:
    """Add one panel: its axes, its title and its marks."""
    width = (domain[1] - domain[0]) * NARROW
    layout = figure["layout"]
    layout[f"xaxis{number}"] = {
        **_axis(panel.x, _limits(panel, "x", width), width, surface),
        "domain": list(domain),
        "anchor": f"y{number}",
        "showgrid": False,
    }
    layout[f"yaxis{number}"] = {
        **_axis(panel.y, _limits(panel, "y", width), 300.0, surface),
        "anchor": f"x{number}",
        "side": "left",
        "showline": False,
    }
    if panel.title:
        layout["annotations"].append(
            {
                "text": fitted(panel.title, width),
                "xref": "paper",
                "yref": "paper",
                "x": domain[0],
                "y": 1,
                "xanchor": "left",
                "yanchor": "bottom",
                "align": "left",
                "showarrow": False,
                "font": {"size": theme.TEXT_SIZE, "color": surface.text, "weight": 600},
            }
        )
    axes = {"xaxis": f"x{number}", "yaxis": f"y{number}"}
    figure["data"].extend({**trace, **axes} for trace in traces(panel))
    refs = {"xref": axes["xaxis"], "yref": axes["yaxis"]}
    layout["shapes"].extend(shapes(panel, axes, surface))
    layout["annotations"].extend(labels(panel, refs, surface))


def _axis(axis: Axis, limits: tuple[float, float], room: float, surface: theme.Surface) -> Parts:
    """One axis; named positions are broken to the room that each of them has."""
    parts: Parts = {
        "range": list(limits),
        "fixedrange": True,
        "zeroline": False,
        "gridcolor": surface.grid,
        "linecolor": surface.muted,
        "tickfont": {"size": theme.SMALL_SIZE, "color": surface.text},
        "automargin": True,
        "visible": axis.visible,
    }
    if axis.title:
        parts["title"] = {
            "text": fitted(axis.title, room),
            "standoff": 8,
            "font": {"size": theme.TEXT_SIZE, "color": surface.text},
        }
    if axis.ticks:
        parts["tickvals"] = [at for at, _ in axis.ticks]
        parts["ticktext"] = [fitted(name, max(room / len(axis.ticks), 90)) for _, name in axis.ticks]
        parts["ticklen"] = 0
    else:
        parts["nticks"] = 6
        parts["tickformat"] = "~g"
    return parts


def _limits(panel: Panel, along: str, width: float) -> tuple[float, float]:
    """The axis' limits: as given, else around the marks with room for symbols and words."""
    axis = panel.x if along == "x" else panel.y
    found = [v for mark in panel.marks for v in _extent(mark, along) if math.isfinite(v)]
    found += [at for at, _ in axis.ticks]
    low = min(found, default=0.0) if axis.low is None else axis.low
    high = max(found, default=1.0) if axis.high is None else axis.high
    room = _room_beside(panel, width) if along == "x" and axis.ticks else 0.07 if not axis.ticks else 0.0
    room = room * ((high - low) or 1.0) if not axis.ticks or along == "x" else 0.6
    if high == low and not axis.ticks:
        room = 1.0  # one unit on each side: a magnified axis would make much of nothing
    return (low - room if axis.low is None else low, high + room if axis.high is None else high)


def _room_beside(panel: Panel, width: float) -> float:
    """Room left and right of named positions, as a share of their span: words stand there, on the narrowest screen."""
    if len(panel.x.ticks) < 2:
        return 1.0
    lines = [line for mark in panel.marks if isinstance(mark, Point) for line in beside(mark)]
    words = max((len(line) for line in lines), default=0) * CHARACTER + BESIDE
    free = max(width - AXIS_ROOM, 2.2 * words)
    return max(words / (free - 2 * words), 0.35)


def _extent(mark: object, along: str) -> Iterator[float]:
    """The positions that a mark takes along one axis."""
    match mark:
        case Point():
            yield mark.x if along == "x" else mark.y
        case Line():
            yield from (x if along == "x" else y for x, y in mark.points)
        case Interval():
            yield from (mark.low, mark.high) if mark.along == along else (mark.at,)
        case Bar():
            yield from (mark.start, mark.end) if mark.along == along else (mark.at - 0.5, mark.at + 0.5)
        case Band() if mark.along == along:
            yield from (mark.low, mark.high)
        case Box():
            at, size = (mark.x, mark.width) if along == "x" else (mark.y, mark.height)
            yield from (at - size / 2, at + size / 2)
        case _:
            return
