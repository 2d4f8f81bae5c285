"""Marks of a chart as matplotlib's artists: one a kind where that can be, with the looks that the screen gives them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from evalcore.figures import theme
from evalcore.figures.chart import Arrow, Axis, Band, Bar, Box, Interval, Line, Mark, Point, Ribbon
from evalcore.figures.picture_axes import Spot, lying
from evalcore.figures.picture_places import bars, boxes
from evalcore.figures.placing import is_whole

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PIXEL = 1 / 13.5
"""A pixel of the screen's looks, in sizes of the text."""

SYMBOLS = {
    "circle": "o",
    "diamond": "D",
    "square": "s",
    "x": "X",
    "line-ew": "_",
    "triangle-down": "v",
    "triangle-up": "^",
    "triangle-left": "<",
    "triangle-right": ">",
}

DASHES: dict[str, Any] = {"solid": "-", "dash": (0, (4.5, 2.6)), "dot": (0, (1.2, 1.6))}

PALE = 0.18
"""How strong bands and ribbons are, as on the screen."""

SMALLEST, THIN = 0.62, 0.8
"""How far dots and lines may shrink beside their words."""

UNDER, FLOOR, ABOVE = 1.0, 2.0, 3.0
"""Layers: the grid and bands, bars and ribbons, then lines, intervals and dots."""


def draw_marks(axes: Axes, spot: Spot, text: float, share: float, surface: theme.Surface) -> None:
    """Draw all marks of a panel but its words, `share` as large as beside them; what is missing is left out."""
    size, stroke = text * share, text * max(share, THIN)
    gathered: dict[tuple[type, str], list[Mark]] = defaultdict(list)
    for mark in spot.panel.marks:
        gathered[type(mark), mark.kind].append(mark)
    for (_, kind), marks in gathered.items():
        look = theme.look(kind)
        _lines(axes, [m for m in marks if isinstance(m, Line)], look, stroke)
        _intervals(axes, [m for m in marks if isinstance(m, Interval)], look, stroke)
        _points(axes, [m for m in marks if isinstance(m, Point)], look, size, surface)
        for mark in marks:
            match mark:
                case Band() if is_whole(mark):
                    _band(axes, mark, look, size)
                case Ribbon():
                    _ribbon(axes, mark, look)
                case Arrow() if all(map(math.isfinite, (*mark.start, *mark.end))):
                    _arrow(axes, mark, size, surface)
    for bar in bars(spot.panel):
        _bar(axes, bar, size, surface)
    for box in boxes(spot.panel):
        _box(axes, box, theme.look(box.kind), size, surface)


def scale(spots: Iterable[Spot], text: float) -> float:
    """How large marks are beside their words: smaller where dots above one another would hide each other."""
    return min((_scale(spot, text) for spot in spots), default=1.0)


def _scale(spot: Spot, text: float) -> float:
    """How large the marks of one panel may be."""
    dots = [mark for mark in spot.panel.marks if isinstance(mark, Point)] if spot.panel.y.ticks else []
    places = sorted((spot.x(m.x), spot.y(m.y), theme.look(m.kind).size * PIXEL * text) for m in dots if _is_placed(m))
    found = 1.0
    for number, (x, y, wide) in enumerate(places):
        for other_x, other_y, other_wide in places[number + 1 :]:
            room = (wide + other_wide) / 2
            if other_x - x >= room:
                break
            # dots at nearly the same place hide each other at any size
            if abs(other_y - y) > 0.2 * room:
                found = min(found, abs(other_y - y) / room)
    return max(found, SMALLEST)


def _is_placed(mark: Point) -> bool:
    """Whether a dot has a place."""
    return math.isfinite(mark.x) and math.isfinite(mark.y)


def thick(look: theme.Look, size: float) -> float:
    """Points that a line of one kind is thick."""
    return look.width * PIXEL * size


def symbol(look: theme.Look, size: float, surface: theme.Surface) -> dict[str, Any]:
    """How a dot of one kind is drawn."""
    opened = look.symbol.endswith("-open")
    fill = "none" if opened else surface.background if look.backed else look.colour
    return {
        "marker": SYMBOLS[look.symbol.removesuffix("-open")],
        "markersize": look.size * PIXEL * size,
        "markerfacecolor": fill,
        "markeredgecolor": look.colour,
        "markeredgewidth": (2.0 if look.backed else 1.5) * PIXEL * size,
    }


def filling(look: theme.Look, size: float, surface: theme.Surface) -> dict[str, Any]:
    """How a bar of one kind is filled: kinds differ by hatching as well as by colour."""
    edge = surface.muted if look.outlined else "none"
    pattern = look.pattern * max(round(36 / size), 1)
    hatched = {"hatch": pattern, "hatchcolor": theme.hatching(look.colour), "hatch_linewidth": 1.4 * PIXEL * size}
    return {"facecolor": look.colour, "edgecolor": edge, "linewidth": PIXEL * size, **(hatched if pattern else {})}


def _points(axes: Axes, marks: list[Point], look: theme.Look, size: float, surface: theme.Surface) -> None:
    """Dots of one kind."""
    kept = [mark for mark in marks if _is_placed(mark)]
    if kept:
        xs, ys = [mark.x for mark in kept], [mark.y for mark in kept]
        axes.plot(xs, ys, linestyle="none", clip_on=False, zorder=ABOVE + 0.8, **symbol(look, size, surface))


def _lines(axes: Axes, marks: list[Line], look: theme.Look, size: float) -> None:
    """Lines of one kind, with a gap where a position is missing and between two lines."""
    found: list[tuple[float, float]] = []
    for mark in marks:
        found += [*((x, y) if math.isfinite(x) and math.isfinite(y) else (math.nan, math.nan) for x, y in mark.points)]
        found.append((math.nan, math.nan))
    if found:
        xs, ys = zip(*found, strict=True)
        axes.plot(
            xs,
            ys,
            color=look.colour,
            linewidth=thick(look, size),
            linestyle=DASHES[look.dash],
            clip_on=False,
            zorder=ABOVE,
        )


def _intervals(axes: Axes, marks: list[Interval], look: theme.Look, size: float) -> None:
    """Intervals of one kind, with caps; an end that is missing leaves the interval out."""
    from matplotlib.collections import LineCollection

    for along in ("x", "y"):
        kept = [m for m in marks if m.along == along and math.isfinite(m.low) and math.isfinite(m.high)]
        if not kept:
            continue
        ends = [((m.low, m.at), (m.high, m.at)) if along == "x" else ((m.at, m.low), (m.at, m.high)) for m in kept]
        looks: dict[str, Any] = {"colors": [look.colour], "linewidths": thick(look, size), "capstyle": "butt"}
        axes.add_collection(LineCollection(ends, clip_on=False, zorder=ABOVE + 0.4, **looks), autolim=False)
        xs, ys = zip(*(end for pair in ends for end in pair), strict=True)
        axes.plot(
            xs,
            ys,
            linestyle="none",
            marker="|" if along == "x" else "_",
            markersize=11 * PIXEL * size,
            markeredgewidth=thick(look, size),
            color=look.colour,
            clip_on=False,
            zorder=ABOVE + 0.4,
        )


def _bar(axes: Axes, mark: Bar, size: float, surface: theme.Surface) -> None:
    """One bar."""
    from matplotlib.patches import Rectangle

    low = mark.at - mark.width / 2
    corner, shape = (mark.start, low), (mark.end - mark.start, mark.width)
    if mark.along == "y":
        corner, shape = (low, mark.start), (mark.width, mark.end - mark.start)
    looks = filling(theme.look(mark.kind), size, surface)
    axes.add_patch(Rectangle(corner, *shape, clip_on=False, zorder=FLOOR, **looks))


def _band(axes: Axes, mark: Band, look: theme.Look, size: float) -> None:
    """A shaded band across the panel with its two edges, or a line where it has no width."""
    single = mark.low == mark.high
    fill, line = (axes.axhspan, axes.axhline) if mark.along == "y" else (axes.axvspan, axes.axvline)
    if not single:
        fill(mark.low, mark.high, facecolor=(look.colour, PALE), edgecolor="none", zorder=UNDER + 0.2)
    width = thick(look, size) if single else PIXEL * size
    for at in dict.fromkeys((mark.low, mark.high)):
        dash = DASHES[look.dash if single else "dot"]
        line(at, color=look.colour, linewidth=width, linestyle=dash, zorder=UNDER + 0.4)


def _ribbon(axes: Axes, mark: Ribbon, look: theme.Look) -> None:
    """A shaded area with a gap where an end is missing."""
    for piece in _pieces(mark):
        xs, lows, highs = zip(*piece, strict=True)
        pale = (look.colour, PALE)
        axes.fill_between(xs, lows, highs, facecolor=pale, edgecolor="none", linewidth=0, clip_on=False, zorder=FLOOR)


def _pieces(mark: Ribbon) -> Iterator[list[tuple[float, float, float]]]:
    """Runs of points of which both ends are known."""
    for known, run in groupby(mark.points, key=lambda point: all(map(math.isfinite, point))):
        if known:
            yield list(run)


def _box(axes: Axes, mark: Box, look: theme.Look, size: float, surface: theme.Surface) -> None:
    """A box of a flow chart."""
    from matplotlib.patches import Rectangle

    corner = (mark.x - mark.width / 2, mark.y - mark.height / 2)
    looks: dict[str, Any] = {"facecolor": surface.panel, "edgecolor": look.colour, "linestyle": DASHES[look.dash]}
    width = thick(look, size)
    axes.add_patch(Rectangle(corner, mark.width, mark.height, linewidth=width, clip_on=False, zorder=FLOOR, **looks))


def _arrow(axes: Axes, mark: Arrow, size: float, surface: theme.Surface) -> None:
    """An arrow of a flow chart."""
    from matplotlib.patches import FancyArrowPatch

    looks: dict[str, Any] = {"arrowstyle": "-|>", "mutation_scale": 0.9 * size, "linewidth": 1.5 * PIXEL * size}
    axes.add_patch(
        FancyArrowPatch(
            mark.start, mark.end, shrinkA=0, shrinkB=0, color=surface.muted, clip_on=False, zorder=ABOVE, **looks
        )
    )


def draw_axes(axes: Axes, spot: Spot, size: float, surface: theme.Surface) -> None:
    """Draw the axes of a panel without their words: a light grid one way, and a line under the marks."""
    axes.set_xlim(*spot.frame.x)
    axes.set_ylim(*spot.frame.y)
    axes.set_facecolor("none")
    axes.set_xticks([at for at, _ in spot.ticks_x], labels=[])
    axes.set_yticks([at for at, _ in spot.ticks_y or spot.panel.y.ticks], labels=[])
    axes.tick_params(length=0)
    for name, spine in axes.spines.items():
        spine.set_visible(name == "bottom" and spot.panel.x.visible)
        spine.set(color=surface.muted, linewidth=0.8 * PIXEL * size)
    across = lying(spot.panel)
    # no lines between columns that are names, not numbers
    shown = spot.panel.x.visible and _counted(spot.panel.x) if across else bool(spot.ticks_y or spot.panel.y.ticks)
    axes.set_axisbelow(True)
    if shown:
        looks: dict[str, Any] = {"color": surface.grid, "linewidth": PIXEL * size, "zorder": UNDER}
        axes.grid(True, axis="x" if across else "y", **looks)
    if across and shown and spot.frame.x[0] < 0 < spot.frame.x[1]:
        axes.axvline(0, color=surface.muted, linewidth=PIXEL * size, zorder=UNDER + 0.1)


def _counted(axis: Axis) -> bool:
    """Whether the positions on an axis are numbers, named or not."""
    return all(any(sign.isdigit() for sign in name) and not any(map(str.isalpha, name)) for _, name in axis.ticks)
