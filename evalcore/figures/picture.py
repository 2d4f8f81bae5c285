"""Draws a Chart with matplotlib: for documents, downloads, and the screen in front of a room.

Nothing global is changed: no pyplot, settings only for the moment of drawing and under a lock. The same chart gives the
same bytes. Every text is data: it is never read as mathematics or markup.
"""

from __future__ import annotations

import hashlib
import io
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from evalcore.figures import theme
from evalcore.figures.chart import Chart
from evalcore.figures.picture_legend import Entry
from evalcore.figures.picture_marks import DASHES, draw_axes, draw_marks, filling, scale, symbol, thick
from evalcore.figures.picture_plan import Plan, plan
from evalcore.figures.picture_words import FAMILY, Words, clean, feet

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INCH = 72.0
"""Points in an inch."""

_QUOTE = {'"': "&quot;"}

_NOTHING = dict.fromkeys(("Creator", "Date", "Format", "Type"))
"""What matplotlib would write into a file about itself, the day and the machine."""

_DRAWING = threading.RLock()
"""Sessions are threads, and matplotlib's settings and fonts are shared by all."""


@dataclass(frozen=True)
class Format:
    """Where a picture will stand: its width in inches, and its text in points.

    `height` in inches; without it, a picture is as tall as its chart asks. In a given height that is too low for the
    words they become smaller, down to 12/19 of `text`. `dark` is the dark page.
    """

    width: float
    text: float
    height: float | None = None
    dark: bool = False


DOCUMENT = Format(width=6.3, text=9)
"""A page of A4 with margins."""

ROOM = Format(width=13.0, text=19, height=5.4)
"""The screen in front of a room: to be read from the back."""

ROOM_DARK = Format(width=13.0, text=19, height=5.4, dark=True)


def draw_svg(chart: Chart, format: Format = DOCUMENT, *, words: str = "") -> str:
    """Return `chart` as SVG that needs no font and nothing from the network.

    Parameters
    ----------
    chart : Chart
        What to draw. Marks whose numbers are missing are left out.
    format : Format
        Where it will stand.
    words : str
        What stands in for the picture where it is not seen: the finding's sentence.

    Returns
    -------
    str
        One `<svg>` element that may stand in a page beside others: its names are its own.

    >>> from evalcore.figures.chart import Axis, Panel, Point
    >>> panel = Panel(Axis(""), Axis("Change (points)"), (Point(0, 2, "change", text="2.0"),))
    >>> drawn = draw_svg(Chart((panel,), n="n = 4 pairs", how_to_read=""), words="The mean rose by 2.0.")
    >>> drawn[:4], "<title>The mean rose by 2.0.</title>" in drawn
    ('<svg', True)
    """
    with _settings():
        out = io.BytesIO()
        draw(chart, format).savefig(out, format="svg", metadata=_NOTHING)
    return _named(out.getvalue().decode("utf-8"), clean(words))


def draw_png(chart: Chart, format: Format = DOCUMENT, *, dpi: int = 200) -> bytes:
    """Return `chart` as PNG with `dpi` pixels to an inch.

    Parameters
    ----------
    chart : Chart
        What to draw. Marks whose numbers are missing are left out.
    format : Format
        Where it will stand.
    dpi : int
        Pixels to an inch: 200 for a page, 96 for a screen.

    >>> draw_png(Chart((), n="n = 4 pairs", how_to_read=""), dpi=50)[1:4]
    b'PNG'
    """
    with _settings():
        out = io.BytesIO()
        draw(chart, format).savefig(out, format="png", dpi=dpi, metadata={"Software": None})
    return out.getvalue()


def draw(chart: Chart, format: Format = DOCUMENT) -> Figure:
    """Return `chart` as a matplotlib figure with a canvas of its own, one Axes a panel.

    >>> from evalcore.figures.chart import Axis, Panel
    >>> panel = Panel(Axis("Weeks"), Axis("Score (points)"), ())
    >>> len(draw(Chart((panel, panel), n="nobody", how_to_read="")).axes)
    2
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    surface = theme.surface(format.dark)
    with _settings():
        height = None if format.height is None else format.height * INCH
        made = plan(chart, format.width * INCH, format.text, height)
        figure = Figure(figsize=(made.width / INCH, made.height / INCH), facecolor=surface.background)
        FigureCanvasAgg(figure)
        share = scale(made.spots, made.text)
        for spot in made.spots:
            place = spot.left / made.width, 1 - spot.bottom / made.height
            axes = figure.add_axes((*place, spot.frame.width / made.width, spot.frame.height / made.height))
            draw_axes(axes, spot, made.text, surface)
            draw_marks(axes, spot, made.text, share, surface)
        for words in made.words:
            _write(figure, words, made, surface)
        for entry in made.legend:
            _write(figure, entry.words, made, surface)
            _swatch(figure, entry, made, share, surface)
    return figure


@contextmanager
def _settings() -> Iterator[None]:
    """Matplotlib's own settings, whatever this machine prefers, for the moment of drawing."""
    import matplotlib

    own: dict[Any, Any] = {
        name: value for name, value in matplotlib.rcParamsDefault.items() if not name.startswith("backend")
    }
    ours: dict[Any, Any] = {
        "font.family": [FAMILY],
        "text.parse_math": False,
        "text.hinting": "no_hinting",
        "svg.fonttype": "path",
        "svg.hashsalt": "evalcore",
    }
    with _DRAWING, matplotlib.rc_context({**own, **ours}):
        yield


def _write(figure: Figure, words: Words, made: Plan, surface: theme.Surface) -> None:
    """Lines of words in their place."""
    area = words.area
    across = {"left": area.left, "right": area.right, "center": (area.left + area.right) / 2}[words.align]
    looks: dict[str, Any] = {
        "fontsize": words.size,
        "fontweight": "bold" if words.bold else "normal",
        "color": words.colour or (surface.muted if words.muted else surface.text),
        "horizontalalignment": words.align,
        "verticalalignment": "baseline",
        "zorder": 6,
    }
    if words.backed:
        looks["bbox"] = {"facecolor": (surface.background, 0.7), "edgecolor": "none", "pad": 0.0}
    for line, foot in feet(words):
        figure.text(across / made.width, 1 - foot / made.height, line, **looks)


def _swatch(figure: Figure, entry: Entry, made: Plan, share: float, surface: theme.Surface) -> None:
    """The symbol of an entry of the legend."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Rectangle

    look, area, size = theme.look(entry.kind), entry.swatch, made.text
    middle = 1 - (area.top + area.bottom) / 2 / made.height
    if entry.filled:
        wide, tall = 1.3 * size / made.width, 0.85 * size / made.height
        corner = (area.right - 0.2 * size) / made.width - wide, middle - tall / 2
        figure.add_artist(Rectangle(corner, wide, tall, transform=figure.transFigure, **filling(look, size, surface)))
        return
    ends = [area.left / made.width, area.right / made.width]
    if entry.line:
        looks: dict[str, Any] = {"color": look.colour, "linewidth": thick(look, size), "linestyle": DASHES[look.dash]}
        figure.add_artist(Line2D(ends, [middle, middle], **looks))
    if entry.symbol:
        figure.add_artist(Line2D([sum(ends) / 2], [middle], linestyle="none", **symbol(look, share * size, surface)))


def _named(svg: str, words: str) -> str:
    """The svg element alone, with words for who does not see it, and names that no other picture on a page has."""
    svg = svg[svg.index("<svg") :]
    own = "p" + hashlib.sha256(svg.encode()).hexdigest()[:10]
    svg = re.sub(r'(\sid="|href="#|url\(#)', rf"\g<1>{own}-", svg)
    root, rest = svg[: svg.index(">")].removeprefix("<svg"), svg[svg.index(">") + 1 :]
    said = f' aria-label="{escape(words, _QUOTE)}"' if words else ""
    title = f"<title>{escape(words)}</title>" if words else ""
    # a rule for "*" would hold for the whole page that the picture stands in
    style = re.search(r"<defs>\s*<style[^>]*>\*\{([^}]*)\}</style>\s*</defs>", rest)
    if style:
        root, rest = f'{root} style="{style[1]}"', rest.replace(style[0], "", 1)
    return f'<svg role="img"{said}{root}>{title}{rest}'
