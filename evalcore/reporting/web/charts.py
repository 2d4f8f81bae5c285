"""A chart on a page: its numbers for the script that draws it, and a still picture for paper and without the script."""

from __future__ import annotations

import json
from urllib.parse import quote

from evalcore.figures.chart import Chart
from evalcore.figures.picture import draw_svg
from evalcore.figures.plotly_drawer import draw
from evalcore.reporting.web.markup import Markup, data_block, tag

_PLAIN = " '=:/;,.()-"
"""What an address may hold as it is, so that a picture in one stays short."""


def chart_html(chart: Chart, identifier: str, words: str) -> Markup:
    """Return a chart with everything that draws it, and the words that stand in for it.

    Parameters
    ----------
    chart : Chart
    identifier : str
        Of the element with its numbers; no other chart of the page has it.
    words : str
        The finding's sentence.

    >>> held = chart_html(Chart((), n="n = 4 pairs", how_to_read=""), "c1", "The mean rose.")
    >>> held[:55]
    '<div class="chart" role="img" aria-label="The mean rose'
    """
    still = tag("img", class_="still", src=_address(chart), alt="")
    place = tag("div", class_="plot", data_numbers=identifier)
    box = tag("div", still, place, class_="chart", role="img", aria_label=words)
    return Markup(box + data_block(_numbers(chart), identifier))


def _numbers(chart: Chart) -> dict[str, object]:
    """The chart as plotly takes it, for the light and for the dark page."""
    return {name: json.loads(draw(chart, dark=name == "dark").to_json()) for name in ("light", "dark")}


def _address(chart: Chart) -> str:
    """The chart as a picture that stands inside the page."""
    svg = " ".join(draw_svg(chart).split())
    return f"data:image/svg+xml,{quote(svg, safe=_PLAIN)}"
