"""How the kinds of marks look in the charts of office programs: the theme's symbols, dashes and hatchings there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evalcore.figures import theme
from evalcore.figures.native_series import BARS, EDGES, INTERVALS, KEY, LINES, POINTS, ROWS, Series
from evalcore.figures.native_text import Type

Parts = dict[str, Any]

SURFACE = theme.LIGHT

_SYMBOLS: Mapping[str, str] = {
    "circle": "circle",
    "circle-open": "circle",
    "diamond": "diamond",
    "square": "square",
    "square-open": "square",
    "x": "x",
    "line-ew-open": "long_dash",
    "triangle-up": "triangle",
    "triangle-down": "triangle",
    "triangle-left": "triangle",
    "triangle-left-open": "triangle",
    "triangle-right": "triangle",
    "triangle-right-open": "triangle",
}
_DASHES: Mapping[str, str] = {"solid": "solid", "dash": "dash", "dot": "round_dot"}
_HATCHINGS: Mapping[str, str] = {
    "/": "wide_upward_diagonal",
    "\\": "wide_downward_diagonal",
    "x": "outlined_diamond",
    "-": "narrow_horizontal",
    "|": "narrow_vertical",
    "+": "small_grid",
}
_WIDEST = 1584.0
"""Points: the widest line that there is."""

NOTHING: Parts = {"none": True}


def marker(kind: str, type_: Type) -> Parts:
    """The symbol of one kind.

    >>> marker("pre", Type(14))["type"], marker("post", Type(14))["type"]
    ('circle', 'diamond')
    """
    look = theme.look(kind)
    size = round(look.size * 0.75 * type_.scale + 1)
    return {
        "type": _SYMBOLS.get(look.symbol, "circle"),
        "size": max(size, 3),
        # filled also where the screen's is hollow: LibreOffice draws no edge, and a hollow symbol would vanish
        "fill": {"color": look.colour},
        "border": {"color": look.colour, "width": 2.0 if look.symbol == "x" else 1.25},
    }


def square(kind: str, type_: Type) -> Parts:
    """The symbol of a kind of bars in a legend."""
    return {
        "type": "square",
        "size": round(10 * type_.scale),
        "fill": {"color": theme.look(kind).colour},
        "border": {"color": edge(kind), "width": 1},
    }


def edge(kind: str) -> str:
    """The colour of a bar's edge: the quieter text's where the fill would fade into the page."""
    look = theme.look(kind)
    return SURFACE.muted if look.outlined else look.colour


def line(kind: str, *, thin: bool = False) -> Parts:
    """A line of one kind; a thin dotted one for the edges of a band."""
    look = theme.look(kind)
    if thin:
        return {"color": look.colour, "width": 1.0, "dash_type": "round_dot"}
    return {"color": look.colour, "width": look.width, "dash_type": _DASHES[look.dash]}


def filling(kind: str) -> Parts:
    """How a bar of one kind is filled: kinds differ by hatching as well as by colour.

    >>> filling("pre")["fill"], filling("post")["pattern"]["pattern"]
    ({'color': '#2b7bc0'}, 'wide_upward_diagonal')
    """
    look = theme.look(kind)
    parts: Parts = {"border": {"color": edge(kind), "width": 0.75}}
    if not look.pattern:
        return {**parts, "fill": {"color": look.colour}}
    hatching = {"fg_color": theme.hatching(look.colour), "bg_color": look.colour}
    return {**parts, "pattern": {"pattern": _HATCHINGS[look.pattern], **hatching}}


def series_look(one: Series, type_: Type, unit: float) -> Parts:
    """Symbol and line of a series; `unit` is the points in one unit of the axis on which a bar has its width."""
    lines = {
        POINTS: NOTHING,
        LINES: line(one.kind),
        EDGES: line(one.kind, thin=one.shared),
        INTERVALS: {**line(one.kind), "dash_type": "solid"},
        BARS: {"color": theme.look(one.kind).colour, "width": min(max(one.width * unit, 1.0), _WIDEST)},
        ROWS: {"color": SURFACE.grid, "width": 1.0},
    }
    if one.form == KEY:
        return _entry_look(one, type_)
    symbol = marker(one.kind, type_) if one.form == POINTS else {"type": "none"}
    return {"marker": symbol, "line": lines.get(one.form, NOTHING)}


def _entry_look(one: Series, type_: Type) -> Parts:
    """An entry of a legend: a square for bars, else the symbol of its dots and the line of its lines."""
    if BARS in one.of and not one.of & {POINTS, LINES}:
        return {"marker": square(one.kind, type_), "line": NOTHING}
    symbol = marker(one.kind, type_) if POINTS in one.of else {"type": "none"}
    return {"marker": symbol, "line": line(one.kind) if one.of & {LINES, INTERVALS} else NOTHING}
