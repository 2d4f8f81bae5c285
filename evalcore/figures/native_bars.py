"""Bars on named rows or columns as the series of a bar chart: side by side, or on top of each other from zero."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evalcore.figures import theme
from evalcore.figures.chart import Band, Bar, Panel
from evalcore.figures.native_series import Label, kind_name
from evalcore.figures.native_text import plain

_DUST = 1e-9


@dataclass(frozen=True)
class BarSeries:
    """The bars of one kind, one a category; None where there is none. `side` of zero: -1 or 1; 0 where both may be."""

    name: str
    kind: str
    values: tuple[float | None, ...]
    labels: tuple[Label | None, ...]
    side: int = 0


@dataclass(frozen=True)
class Bars:
    """A bar chart: `lying` or upright, `piled` or side by side, with the room between two categories in per cent."""

    categories: tuple[str, ...]
    series: tuple[BarSeries, ...]
    lying: bool
    piled: bool
    gap: int


def bars_of(panel: Panel, names: Mapping[str, str]) -> Bars | None:
    """Return a panel's bars as a bar chart; None where no bar chart can draw them, or other marks stand among them.

    Parameters
    ----------
    panel : Panel
        What to read.
    names : mapping of str to str
        The words for a kind, from the chart's legend.

    >>> from evalcore.figures.chart import Axis
    >>> rows = Axis("", ticks=((0.0, "Two"), (1.0, "One")))
    >>> found = bars_of(Panel(Axis("People"), rows, (Bar(0, 0, 3, "pre"), Bar(1, 0, 4, "pre"))), {})
    >>> found.categories, found.series[0].values
    (('One', 'Two'), (4, 3))
    """
    every = [m for m in panel.marks if isinstance(m, Bar)]
    bars = [m for m in every if all(map(math.isfinite, (m.at, m.start, m.end)))]
    others = [m for m in panel.marks if not isinstance(m, Bar)]
    along = {bar.along for bar in every}
    if not bars or len(along) != 1 or not all(isinstance(m, Band) and m.low == m.high == 0 for m in others):
        return None
    lying = along == {"x"}
    ticks = dict(panel.y.ticks if lying else panel.x.ticks)
    places = _places(list(ticks))
    rows = _by_row(bars, sorted(places, reverse=lying))
    if rows is None:
        return None
    categories = tuple(plain(ticks.get(at, "")) for at in sorted(places, reverse=lying))
    return _side_by_side(categories, rows, names, lying) or _piled(categories, rows, names, lying)


def _places(named: list[float]) -> list[float]:
    """The named positions and those between them, one unit apart: what is hidden leaves a row without a name."""
    if not named or any(abs(at - min(named) - round(at - min(named))) > _DUST for at in named):
        return []
    return sorted({*named, *(min(named) + step for step in range(round(max(named) - min(named)) + 1))})


def _by_row(bars: Sequence[Bar], places: list[float]) -> list[list[Bar]] | None:
    """The bars of each row; None where a bar belongs to none."""
    rows: list[list[Bar]] = [[] for _ in places]
    for bar in bars:
        found = [row for row, at in enumerate(places) if abs(bar.at - at) < 0.5]
        if not found:
            return None
        rows[found[0]].append(bar)
    return rows


def _side_by_side(
    categories: tuple[str, ...], rows: list[list[Bar]], names: Mapping[str, str], lying: bool
) -> Bars | None:
    """Bars that all begin at zero, at most one of a kind in each row and none over another."""
    every = [bar for row in rows for bar in row]
    alone = all(len({bar.kind for bar in row}) == len({bar.at for bar in row}) == len(row) for row in rows)
    if any(bar.start != 0 for bar in every) or not alone:
        return None
    offsets = {bar.kind: bar.at - round(bar.at) for bar in every}
    sorted_kinds = sorted(offsets, key=lambda kind: -offsets[kind] if lying else offsets[kind])
    series = []
    for kind in sorted_kinds:
        mine = [next((bar for bar in row if bar.kind == kind), None) for row in rows]
        values = tuple(bar.end if bar else None for bar in mine)
        labels = tuple(_beyond(bar) if bar else None for bar in mine)
        series.append(BarSeries(kind_name(kind, names), kind, values, labels))
    width = every[0].width
    gap = round(100 * max(1 - len(series) * width, 0.0) / width)
    return Bars(categories, tuple(series), lying, False, min(gap, 500))


def _beyond(bar: Bar) -> Label | None:
    """The words beyond a bar's end, else those in its middle."""
    if bar.inside:
        return Label(plain(bar.inside), "center", theme.words_on(theme.look(bar.kind).colour))
    return Label(plain(bar.text), "outside_end") if bar.text else None


def _piled(categories: tuple[str, ...], rows: list[list[Bar]], names: Mapping[str, str], lying: bool) -> Bars | None:
    """Bars on top of each other, outwards from zero on both sides; one across zero is two parts."""
    every = [bar for row in rows for bar in row]
    if any(bar.text or bar.end < bar.start for bar in every):
        return None
    kinds = list(dict.fromkeys([*names, *(bar.kind for bar in every)]))
    parts = [(kind, -1) for kind in reversed(kinds)] + [(kind, 1) for kind in kinds]
    parts = [part for part in parts if any(_reach(bar, part) for bar in every)]
    if not all(_fills(row, parts, side) for row in rows for side in (-1, 1)):
        return None
    series = tuple(_part(rows, kind, side, names) for kind, side in parts)
    gap = round(100 * max(1 - every[0].width, 0.0) / every[0].width)
    return Bars(categories, series, lying, True, min(gap, 500))


def _reach(bar: Bar, part: tuple[str, int]) -> float:
    """How much of a bar of a kind lies on one side of zero, with that side's sign."""
    kind, side = part
    if bar.kind != kind:
        return 0.0
    low, high = (min(bar.start, 0.0), min(bar.end, 0.0)) if side < 0 else (max(bar.start, 0.0), max(bar.end, 0.0))
    return side * (high - low)


def _fills(row: list[Bar], parts: list[tuple[str, int]], side: int) -> bool:
    """Whether the parts of a row, one after the other from zero, stand where the bars do."""
    reached = 0.0
    for part in (part for part in parts if part[1] == side):
        mine = [bar for bar in row if _reach(bar, part)]
        if len(mine) > 1:
            return False
        for bar in mine:
            inner = max(bar.start, 0.0) if side > 0 else min(bar.end, 0.0)
            if abs(inner - reached) > _DUST:
                return False
            reached += _reach(bar, part)
    return True


def _part(rows: list[list[Bar]], kind: str, side: int, names: Mapping[str, str]) -> BarSeries:
    mine = [next((bar for bar in row if _reach(bar, (kind, side))), None) for row in rows]
    across = any(bar and bar.start < 0 < bar.end for bar in mine)
    name = kind_name(kind, names)
    words = f"{name} ({'left' if side < 0 else 'right'} of zero)" if across else name
    values = tuple(_reach(bar, (kind, side)) if bar else None for bar in mine)
    return BarSeries(words, kind, values, tuple(_within(bar, side) if bar else None for bar in mine), side)


def _within(bar: Bar, side: int) -> Label | None:
    """The words in a bar's middle; those of one across zero stand in its larger half."""
    if not bar.inside or (bar.start < 0 < bar.end and (side < 0) != (-bar.start > bar.end)):
        return None
    place = "inside_base" if bar.start < 0 < bar.end else "center"
    return Label(plain(bar.inside), place, theme.words_on(theme.look(bar.kind).colour))
