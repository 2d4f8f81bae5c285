"""The plan of a drawn picture: how large it and its text are, where each panel stands, and every word with its place.

A plan is made with measured words before anything is drawn, so that nothing is cut off. Where the words do not fit, a
picture that may grow becomes taller, and one of a given height gets smaller text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from evalcore.figures.chart import Chart, Panel
from evalcore.figures.picture_axes import (
    GAP,
    Spot,
    crowded,
    foot_names,
    foot_room,
    framed,
    side_names,
    side_room,
    title,
    torn,
)
from evalcore.figures.picture_legend import Entry, legend, legend_height
from evalcore.figures.picture_places import bar_is_full, box_is_full, meetings, overhang, strip, words_in
from evalcore.figures.picture_words import Area, Words, broken, high, widest
from evalcore.figures.plotly_axes import Frame
from evalcore.figures.rows import aligned, levelled

TALL = 0.17
"""The height of a picture that may choose it: sizes of the text for each hundredth of `Chart.height`."""

GROWTH = (1.0, 1.15, 1.35, 1.6, 2.0)
"""How much taller a picture may become for its words."""

TALLEST = 1.35
"""The most that a picture may be tall, in widths: a page with room for a caption."""

LEAST_TEXT = 12 / 19
"""How far text may shrink where the height is given."""

LEAST_ROWS, LEAST_SCALE = 3.5, 6.5
"""The least height of a panel with named rows, and of one with numbers at its side, in sizes of the text."""

ROUNDS = 6
"""How often the panels are placed anew, at most, with the room that their words took."""

EDGE = 0.4
"""Free room around the picture, in sizes of the text."""

BETWEEN = 1.8
"""Between two panels, in sizes of the text."""


@dataclass(frozen=True)
class Plan:
    """A picture before it is drawn, in points; `flaws` counts words that meet, leave the picture or do not fit."""

    width: float
    height: float
    text: float
    spots: tuple[Spot, ...]
    words: tuple[Words, ...]
    legend: tuple[Entry, ...]
    flaws: int


def plan(chart: Chart, width: float, text: float, height: float | None) -> Plan:
    """Return the plan of `chart`, `width` points wide, with words of `text` points.

    Parameters
    ----------
    chart : Chart
        What will be drawn.
    width, text : float
        Points.
    height : float, optional
        Points; without it the picture is as tall as the chart asks and its words need.
    """
    chart = replace(chart, panels=aligned(levelled(chart.panels)))
    best: Plan | None = None
    for tall, size in _tries(chart, width, text, height):
        made = _made(chart, width, tall, size)
        if best is None or made.flaws < best.flaws:
            best = made
        if not made.flaws:
            break
    return best or _made(chart, width, height or width, text)


def _tries(chart: Chart, width: float, text: float, height: float | None) -> Iterator[tuple[float, float]]:
    """Heights and sizes of text to try, the best first."""
    if height is None:
        wished = max(chart.height, 40) * TALL * text + legend_height(legend(chart, width - 2 * EDGE * text, text))
        yield from ((min(wished * more, max(TALLEST * width, wished)), text) for more in GROWTH)
        return
    size = text
    while size >= text * LEAST_TEXT - 1e-9:
        yield height, size
        size -= text / 38


def _made(chart: Chart, width: float, height: float, size: float) -> Plan:
    """The plan with words of one size."""
    edge = EDGE * size
    page = Area(edge / 2, edge / 2, width - edge / 2, height - edge / 2)
    entries = legend(chart, width - 2 * edge, size)
    spots, words = _placed(chart, width, height - (legend_height(entries) + edge if entries else 0), size)
    drop = height - edge - legend_height(entries)
    entries = [replace(entry, words=_shifted(entry.words, edge, drop)) for entry in entries]
    spoken = [*words, *(entry.words for entry in entries)]
    flaws = meetings(each.area for each in spoken) + sum(not each.area.within(page) for each in spoken)
    flaws += sum(_strained(spot, size) for spot in spots)
    # what can not fit meets other words rather than the edge
    placed = tuple(replace(each, area=each.area.kept(page)) for each in words)
    return Plan(width, height, size, tuple(spots), placed, tuple(entries), flaws)


def _strained(spot: Spot, size: float) -> int:
    """How many rules about room a panel breaks: low panels, rows whose names meet, boxes lower than their lines."""
    panel, here = spot.panel, spot.frame
    few = here.height < (LEAST_ROWS if panel.y.ticks else LEAST_SCALE) * size
    names = torn(spot.ticks_x, panel.x) + crowded(spot.ticks_y, here.y, here.height, size)
    return few + names + box_is_full(spot, size) + bar_is_full(spot, size)


def _shifted(words: Words, right: float, down: float) -> Words:
    """The same words elsewhere."""
    area = words.area
    moved = Area(area.left + right, area.top + down, area.right + right, area.bottom + down)
    return replace(words, area=moved)


def _placed(chart: Chart, width: float, height: float, size: float) -> tuple[list[Spot], list[Words]]:
    """The panels side by side, and every word but the legend's."""
    edge = EDGE * size
    first = broken(chart.n, width - 2 * edge, size)
    top = edge + high(first, size) + (0.5 * size if first else 0)
    spots = _spots(chart.panels, width, top, height - edge, size)
    words = [Words(first, Area(edge, edge, edge + widest(first, size), edge + high(first, size)), size, muted=True)]
    page = Area(edge, edge, width - edge, height)
    for spot, room in zip(spots, _title_rooms(spots, width - edge), strict=True):
        words += _panel_words(spot, room, top, size, page)
    return spots, [each for each in words if each.lines]


def _title_rooms(spots: list[Spot], end: float) -> list[float]:
    """How wide each panel's title may be: up to the next panel's, or to the right edge."""
    starts = [spot.left for spot in spots]
    return [after - start for start, after in zip(starts, [*starts[1:], end], strict=False)]


def _spots(panels: tuple[Panel, ...], width: float, top: float, bottom: float, size: float) -> list[Spot]:
    """The panels' places, in rounds: the room for names rests on the limits, and these on the room."""
    total = sum(max(panel.share, 0.0) for panel in panels) or 1.0
    shares = [max(panel.share, 0.0) / total for panel in panels]
    tall = 0.7 * (bottom - top)
    # the panels with names share the width: often only the first of several has any
    room = width / max(sum(panel.y.visible and bool(panel.y.ticks) for panel in panels), 1)
    spots = [
        _spot(panel, 0.0, top, framed(panel, 0.7 * width * share, tall, size), room, size)
        for panel, share in zip(panels, shares, strict=True)
    ]
    for _ in range(ROUNDS):
        before, spots = spots, _spread(spots, shares, (width, room), (top, bottom), size)
        if spots == before:
            break
    return spots


def _spot(panel: Panel, left: float, top: float, here: Frame, room: float, size: float) -> Spot:
    """A panel's place with the names at its axes; those of rows share `room` with the marks."""
    rows = side_names(panel, here.y, here.height, room, size)
    return Spot(panel, left, top, here, foot_names(panel, here.x, here.width, size), rows)


def _spread(
    spots: list[Spot], shares: list[float], across: tuple[float, float], down: tuple[float, float], size: float
) -> list[Spot]:
    """The panels again, with the room that the words around them leave: `across` the width and the room for names."""
    (width, room), (top, bottom), edge = across, down, EDGE * size
    lefts = [max(side_room(spot, size), _spill_left(spot, size)) for spot in spots]
    spill = [max(_spill(spot, size), 0.3 * size) for spot in spots]
    between = BETWEEN * size * (len(spots) - 1)
    inner = max(width - 2 * edge - sum(lefts) - sum(spill) - between, 4 * size)
    head = max((_head(spot, size) for spot in spots), default=0.0)
    foot = max((foot_room(spot, size) for spot in spots), default=0.0)
    tall = max(bottom - top - head - foot, 2 * size)
    done, at = [], edge
    for spot, share, left, over in zip(spots, shares, lefts, spill, strict=True):
        at += left
        done.append(_spot(spot.panel, at, top + head, framed(spot.panel, inner * share, tall, size), room, size))
        at += inner * share + over + BETWEEN * size
    return done


def _spill(spot: Spot, size: float) -> float:
    """Points by which words stand out beyond the right end of a panel."""
    named = (spot.x(at) + widest(lines, size) / 2 - spot.right for at, lines in spot.ticks_x)
    return max([overhang(spot, size), *named])


def _spill_left(spot: Spot, size: float) -> float:
    """Points by which the name at the left end of the lying axis stands out before it."""
    return max((spot.left - spot.x(at) + widest(lines, size) / 2 for at, lines in spot.ticks_x), default=0.0)


def _head(spot: Spot, size: float) -> float:
    """Points above a panel for its title and the labels of its upright bands."""
    titled = high(broken(spot.panel.title, spot.frame.width, size, bold=True), size)
    labels = sum(high(words.lines, size) for words in strip(spot, size))
    # the name of the uppermost row stands out above a panel whose limit it is
    rows = (high(lines, size) / 2 - (spot.y(at) - spot.top) for at, lines in spot.ticks_y)
    return titled + labels + max([0.5 * size if titled or labels else 0, *rows])


def _panel_words(spot: Spot, room: float, top: float, size: float, page: Area) -> Iterator[Words]:
    """Everything that is written in and around a panel."""
    labels = strip(spot, size)
    lines = broken(spot.panel.title, min(room, spot.frame.width + 4 * size), size, bold=True)
    tall, wide = high(lines, size), widest(lines, size, bold=True)
    yield Words(lines, Area(spot.left, top, spot.left + wide, top + tall), size, bold=True)
    around = [*labels, *_row_names(spot, size), *_foot(spot, size)]
    yield from around
    yield from words_in(spot, size, page, around)


def _row_names(spot: Spot, size: float) -> Iterator[Words]:
    """The names at the upright axis."""
    end = spot.left - GAP * size
    for at, lines in spot.ticks_y:
        y, tall = spot.y(at), high(lines, size)
        area = Area(end - widest(lines, size), y - tall / 2, end, y + tall / 2)
        yield Words(lines, area, size, "right")


def _foot(spot: Spot, size: float) -> Iterator[Words]:
    """The names and the title at the lying axis."""
    top, rows = spot.bottom + GAP * size, 0.0
    for at, lines in spot.ticks_x:
        x, wide = spot.x(at), widest(lines, size)
        rows = max(rows, high(lines, size))
        said = tuple(line for line in lines if line)
        start = top + high(lines, size) - high(said, size)
        yield Words(said, Area(x - wide / 2, start, x + wide / 2, start + high(said, size)), size, "center")
    lines = title(spot.panel.x, spot.frame.width + 2 * size, size)
    start = top + rows if rows else spot.bottom
    yield Words(lines, _under(lines, spot, start + 0.25 * size, size), size, "center")


def _under(lines: tuple[str, ...], spot: Spot, top: float, size: float) -> Area:
    """Room for lines in the middle under a panel."""
    middle, wide = spot.left + spot.frame.width / 2, widest(lines, size)
    return Area(middle - wide / 2, top, middle + wide / 2, top + high(lines, size))
