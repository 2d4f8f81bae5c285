"""Where the words of a native chart stand: at the points themselves, or at points without a symbol.

The places are those of the screen's drawer (`placing`), worked out for the size that the chart has here.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from evalcore.figures import theme
from evalcore.figures.chart import Band, Bar, Panel, Point
from evalcore.figures.native_layout import Place, column, labelled
from evalcore.figures.native_series import NAMES, POINTS, ROWS, WORDS, Label, Series, gapped
from evalcore.figures.native_text import broken, from_html, plain, width_of
from evalcore.figures.placing import Parts, beside_columns, beside_rows, on_bands
from evalcore.figures.words import CHARACTER

Spoken = tuple[str, float, float, str]
Worded = tuple[float, float, Label]


def worded(panel: Panel, series: tuple[Series, ...], place: Place) -> tuple[Series, ...]:
    """Return `series` with the places of their words, and the series of words that stand elsewhere.

    Parameters
    ----------
    panel : Panel
        What the series were read from.
    series : tuple of Series
        Its series; the labels of points have no places yet.
    place : Place
        Where the panel stands.
    """
    at_points, elsewhere = _of_points(panel, place)
    told = tuple(_told(one, at_points) if one.form == POINTS else one for one in series)
    others = [*elsewhere, *_of_bars(panel), *_of_bands(panel, place), *_strip(panel, place)]
    more = [_helper(WORDS, "Words", others)] if others else []
    return (*told, *more)


def names(panel: Panel, place: Place) -> Iterator[Series]:
    """The names of rows and columns at the edges of a panel; those of rows carry a light line across it.

    >>> from evalcore.figures.chart import Axis
    >>> from evalcore.figures.native_layout import Around, place as placed
    >>> from evalcore.figures.native_text import Type
    >>> rows = Panel(Axis("Mean"), Axis("", ticks=((0.0, "After"), (1.0, "Before"))), (Point(1, 0, "pre"),))
    >>> [label.words for label in list(names(rows, placed(rows, 400, 200, Around(10, 0), Type(14))))[1].labels]
    ['After', 'Before']
    """
    if panel.y.ticks and place.y.unit is None:
        if not any(isinstance(mark, Bar) and mark.along == "x" for mark in panel.marks):
            across = (((place.x.low, at), (place.x.high, at)) for at, _ in panel.y.ticks)
            yield gapped("Lines of rows", "reference", ROWS, across)
        rows = [(place.x.low, at, Label("\n".join(lines), "left")) for at, lines in place.names]
        if rows:
            yield _helper(NAMES, "Names of rows", rows)
    if panel.x.ticks and place.x.unit is None and panel.x.visible:
        wide = column(panel.x, place.inner[0])
        columns = [
            (at, place.y.low, Label("\n".join(broken(name, wide, place.type)), "below")) for at, name in panel.x.ticks
        ]
        yield _helper(NAMES, "Names of columns", columns)


def _helper(form: str, name: str, worded_: list[Worded]) -> Series:
    xs, ys = tuple(x for x, _, _ in worded_), tuple(y for _, y, _ in worded_)
    return Series(name, "reference", form, xs, ys, labels=tuple(label for _, _, label in worded_))


def _told(one: Series, at_points: dict[Spoken, Label]) -> Series:
    keys = zip(one.xs, one.ys, one.labels, strict=True)
    found = (at_points.get((one.kind, x, y, label.words)) if label else None for x, y, label in keys)  # type: ignore[arg-type]
    return replace(one, labels=tuple(found))


def _of_points(panel: Panel, place: Place) -> tuple[dict[Spoken, Label], list[Worded]]:
    """The words at points, and those that the screen would put elsewhere."""
    here = place.here
    spoken = [m for m in panel.marks if isinstance(m, Point) and m.text and math.isfinite(m.x) and math.isfinite(m.y)]
    places = beside_rows(panel, here) if panel.y.ticks else beside_columns(panel)
    at_points: dict[Spoken, Label] = {}
    elsewhere: list[Worded] = []
    for mark, found in zip(spoken, places, strict=True):
        words = plain(from_html(found["text"]))
        side = _side(found)
        if side:
            at_points[mark.kind, mark.x, mark.y, mark.text] = Label(words, side)
        else:
            elsewhere.append(_apart(found, words, place))
    return at_points, elsewhere


def _side(found: Parts) -> str:
    """The side of a point on which its words stand; none where they do not stand at the point."""
    if "yanchor" not in found:
        return {"left": "right", "right": "left"}[found["xanchor"]]
    if found["xanchor"] == "center":
        return {"bottom": "above", "top": "below"}[found["yanchor"]]
    return ""


def _apart(found: Parts, words: str, place: Place) -> Worded:
    """Words beyond an interval, or moved inwards from an edge of the panel."""
    here = place.here
    if found["yanchor"] == "middle":
        return _data_x(here.across(found["x"]) + found["xshift"], place), found["y"], Label(words, "right")
    half = len(words) * CHARACTER / 2
    edge = here.across(found["x"]) + found["xshift"]
    middle = edge + half if found["xanchor"] == "left" else edge - half
    return _data_x(middle, place), found["y"], Label(words, "above" if found["yanchor"] == "bottom" else "below")


def _data_x(pixels: float, place: Place) -> float:
    """The position at some pixels from the left edge, on the axis in any case."""
    here = place.here
    share = min(max(pixels / (here.width or 1.0), 0.0), 1.0)
    return float(f"{here.x[0] + share * (here.x[1] - here.x[0]):.6g}")


def _of_bars(panel: Panel) -> Iterator[Worded]:
    """The words in bars and beyond their ends."""
    for mark in panel.marks:
        if not (isinstance(mark, Bar) and all(map(math.isfinite, (mark.at, mark.start, mark.end)))):
            continue
        lying, middle = mark.along == "x", (mark.start + mark.end) / 2
        if mark.inside:
            colour = theme.words_on(theme.look(mark.kind).colour)
            yield (*_at(lying, middle, mark.at), Label(plain(mark.inside), "center", colour))
        if mark.text:
            upwards = mark.end >= mark.start
            side = ("right" if upwards else "left") if lying else ("above" if upwards else "below")
            yield (*_at(lying, mark.end, mark.at), Label(plain(mark.text), side))


def _at(lying: bool, value: float, at: float) -> tuple[float, float]:
    return (value, at) if lying else (at, value)


def _of_bands(panel: Panel, place: Place) -> Iterator[Worded]:
    """The labels of lying bands at their right end."""
    here = place.here
    for found in on_bands(panel, here):
        if not place.y.holds(found["y"]):
            continue
        words = plain(from_html(found["text"]))
        half = max(map(len, words.split("\n"))) * CHARACTER / 2
        side = "above" if found["yanchor"] == "bottom" else "below"
        yield _data_x(here.width - half, place), found["y"], Label(words, side)


def _strip(panel: Panel, place: Place) -> Iterator[Worded]:
    """The labels of upright bands above them: one over the other where they have a strip, else one after the other."""
    shown = [mark for mark in reversed(labelled(panel)) if mark.high >= place.x.low and mark.low <= place.x.high]
    if not shown:
        return
    if place.ceiling is None:
        words = "; ".join(mark.label for mark in shown)
        yield _above(shown[0], broken(words, place.inner[0], place.type), place.y.high, place)
        return
    unit = (place.y.high - place.y.low) / place.inner[1] * place.type.line
    height = place.ceiling
    for mark in shown:
        lines = broken(mark.label, place.inner[0], place.type)
        yield _above(mark, lines, height, place)
        height += unit * len(lines)


def _above(mark: Band, lines: list[str], height: float, place: Place) -> Worded:
    """The words of one band above its middle, or as near to it as the edges of the chart allow."""
    ends = max(mark.low, place.x.low), min(mark.high, place.x.high)
    middle = place.here.across(sum(ends) / 2) * place.type.scale
    half = width_of(lines, place.type) / 2
    inside = min(max(middle, half - place.left + 4), place.inner[0] + place.right - half - 4)
    return _data_x(inside / place.type.scale, place), float(f"{height:.6g}"), Label("\n".join(lines), "above")
