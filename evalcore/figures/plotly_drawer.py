"""Draws a Chart with plotly, for the screen and for the self-contained page that may leave.

Figures are built as plain dictionaries and not validated by plotly, which is what takes its time. Every text is
escaped: a label that comes from a file is never read as HTML.
"""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from evalcore.figures import theme
from evalcore.figures.chart import Chart, Panel
from evalcore.figures.plotly_axes import Frame, axes, frame, names_width
from evalcore.figures.plotly_legend import legend, legend_entries, legend_height
from evalcore.figures.plotly_marks import labels, shapes, strip_height
from evalcore.figures.plotly_traces import Parts, traces
from evalcore.figures.rows import aligned, levelled
from evalcore.figures.words import CAPITALS, LINE, NARROW, fitted, wrapped

CONFIG: dict[str, Any] = {"displayModeBar": False, "displaylogo": False, "responsive": True, "scrollZoom": False}
"""How plotly behaves: no toolbar, and so no button that would export a picture past the disclosure policy."""

HEIGHT = 2.75
"""Pixels for each hundredth of a `Chart.height`."""

SIDES = 24
"""Pixels that stay free to the left and the right of the panels, together."""

TOP = 34
"""Pixels above the panels, where the line with n stands."""

BOTTOM = 8
"""Pixels below the panels and what stands at their axes."""

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

    >>> from evalcore.figures.chart import Axis, Interval, Point
    >>> line = Interval(at=0, low=1, high=3, kind="change")
    >>> panel = Panel(Axis(""), Axis("Change (points)"), (line, Point(0, 2, "change", text="2.0")))
    >>> draw(Chart((panel,), n="n = 4 pairs", how_to_read="")).layout.title.text
    'n = 4 pairs'
    """
    from plotly.graph_objects import Figure

    surface = theme.surface(dark)
    chart = replace(chart, panels=aligned(levelled(chart.panels)))
    domains = _domains(chart.panels)
    placed = list(zip(chart.panels, domains, strict=True))
    top = (
        TOP
        + LINE * (len(wrapped(chart.n, NARROW)) - 1)
        + max((_head(panel, domain) for panel, domain in placed), default=0)
    )
    figure: Parts = {"data": [], "layout": _layout(chart, top, surface)}
    height = chart.height * HEIGHT - top - BOTTOM
    for number, (panel, domain) in enumerate(placed, start=1):
        _draw_panel(figure, panel, "" if number == 1 else str(number), domain, height, surface)
    figure["data"].extend(legend_entries(chart, surface))
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


def _layout(chart: Chart, top: int, surface: theme.Surface) -> Parts:
    """What belongs to the whole picture: its height, its font, and the line with n above it."""
    text = {"family": theme.FONT, "size": theme.TEXT_SIZE, "color": surface.text}
    return {
        "template": {"layout": {}},
        "font": text,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "height": round(chart.height * HEIGHT) + legend_height(chart, _beside_names(chart)),
        "margin": {"l": 8, "r": SIDES - 8, "t": top, "b": BOTTOM, "pad": 0},
        "title": {
            "text": fitted(chart.n, NARROW),
            "x": 0,
            "xanchor": "left",
            "xref": "container",
            "y": 1,
            "yanchor": "top",
            "yref": "container",
            # plotly lowers a title of one line by its capitals, but not one of several.
            "pad": {"t": 6 if len(wrapped(chart.n, NARROW)) == 1 else 6 + CAPITALS, "l": 4},
            "font": {**text, "color": surface.muted},
        },
        "showlegend": bool(chart.legend),
        "legend": legend(surface),
        "hoverlabel": {"font": {"size": theme.SMALL_SIZE, "family": theme.FONT}},
        "hovermode": "closest",
        "dragmode": False,
        "annotations": [],
        "shapes": [],
        "barmode": "overlay",
        # words in or above a bar are left out where they do not fit, and never made smaller
        "uniformtext": {"mode": "hide", "minsize": theme.SMALL_SIZE},
    }


def _beside_names(chart: Chart) -> float:
    """Pixels from the first panel's left edge to the right end of the picture, on the narrowest screen."""
    whole = float(NARROW - SIDES)
    return whole - names_width(chart.panels[0].y) if chart.panels else whole


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


def _width(domain: tuple[float, float]) -> float:
    """Pixels that a panel has on the narrowest screen, with what stands at its axes."""
    return (domain[1] - domain[0]) * (NARROW - SIDES)


def _head(panel: Panel, domain: tuple[float, float]) -> int:
    """Pixels above a panel for its title and for the labels of its upright bands."""
    width = _width(domain)
    titles = len(wrapped(panel.title, width)) if panel.title else 0
    return 22 * titles + strip_height(panel, frame(panel, width, 100.0))


def _draw_panel(
    figure: Parts, panel: Panel, number: str, domain: tuple[float, float], height: float, surface: theme.Surface
) -> None:
    """Add one panel: its axes, its title and its marks."""
    width = _width(domain)
    here = frame(panel, width, height)
    layout = figure["layout"]
    across, up = axes(panel, here, surface)
    layout[f"xaxis{number}"] = {**across, "domain": list(domain), "anchor": f"y{number}"}
    layout[f"yaxis{number}"] = {**up, "anchor": f"x{number}"}
    if panel.title:
        layout["annotations"].append(_title(panel, here, domain[0], width, surface))
    names = {"xaxis": f"x{number}", "yaxis": f"y{number}"}
    figure["data"].extend({**trace, **names} for trace in traces(panel, surface))
    layout["shapes"].extend(shapes(panel, names, here, surface))
    layout["annotations"].extend(labels(panel, {"xref": names["xaxis"], "yref": names["yaxis"]}, here, surface))


def _title(panel: Panel, here: Frame, left: float, width: float, surface: theme.Surface) -> Parts:
    """The panel's title, above the labels of its upright bands."""
    return {
        "text": fitted(panel.title, width),
        "xref": "paper",
        "yref": "paper",
        "x": left,
        "y": 1,
        "yshift": strip_height(panel, here),
        "xanchor": "left",
        "yanchor": "bottom",
        "align": "left",
        "showarrow": False,
        "font": {"size": theme.TEXT_SIZE, "color": surface.text, "weight": 600},
    }
