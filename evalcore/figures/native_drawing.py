"""What a panel becomes: the series of a scatter chart, or a bar chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evalcore.figures.chart import Bar, Chart
from evalcore.figures.native_bars import Bars, bars_of
from evalcore.figures.native_labels import names, worded
from evalcore.figures.native_panels import Piece
from evalcore.figures.native_series import KEY, LINES, POINTS, Series, band_series, series_of


@dataclass(frozen=True)
class Drawing:
    """A panel ready to be drawn: `bars`, or else the `series` of a scatter chart, and the legend's kinds and words."""

    piece: Piece
    legend: tuple[tuple[str, str], ...]
    series: tuple[Series, ...] = ()
    bars: Bars | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """The kinds in the legend."""
        return tuple(kind for kind, _ in self.legend)

    @property
    def lying(self) -> bool:
        """Whether it has bars that run along x."""
        if self.bars:
            return self.bars.lying
        return any(isinstance(mark, Bar) and mark.along == "x" for mark in self.piece.panel.marks)

    @property
    def keyed(self) -> bool:
        """Whether the legend needs entries of its own: its order is not that of the bars."""
        return bool(self.bars and self.bars.piled and self.legend) and self.keys != tuple(
            one.kind for one in (self.bars.series if self.bars else ())
        )


def drawing(chart: Chart, piece: Piece) -> Drawing:
    """Return what a panel of `chart` becomes.

    >>> from evalcore.figures.chart import Axis, Panel, Point
    >>> from evalcore.figures.native_panels import pieces
    >>> from evalcore.figures.native_text import Type
    >>> chart = Chart((Panel(Axis("Mean"), Axis("Change"), (Point(1, 2, "change"),)),), "", "")
    >>> [one.form for piece in pieces(chart, 400, 200, Type(14)) for one in drawing(chart, piece).series]
    ['points']
    """
    words = dict(chart.legend)
    legend = tuple((kind, words[kind]) for kind in piece.keys)
    bars = bars_of(piece.panel, words)
    if bars:
        return Drawing(piece, legend, bars=bars)
    return Drawing(piece, legend, _series(piece, words))


def _series(piece: Piece, words: dict[str, str]) -> tuple[Series, ...]:
    """Everything that a panel of positions draws, the lowest first."""
    panel, place, keys = piece.panel, piece.place, piece.keys
    read = tuple(sorted(series_of(panel, words), key=lambda one: _turn(one, keys)))
    bands = band_series(panel, (place.x.low, place.x.high), (place.y.low, place.top_of_bands))
    keyed = tuple(_entry(kind, words[kind], read) for kind in keys) if _needs_entries(read, keys) else ()
    return _longest_first((*names(panel, place), *bands, *worded(panel, read, place), *keyed))


def _needs_entries(read: tuple[Series, ...], keys: Sequence[str]) -> bool:
    """Whether the dots are not enough of a legend: a kind has none, or a line besides."""
    dots = {one.kind for one in read if one.form == POINTS}
    return not dots.issuperset(keys) or any(one.form == LINES and one.kind in keys for one in read)


def _entry(kind: str, words: str, read: tuple[Series, ...]) -> Series:
    """An entry of the legend without a position, looking as the marks of its kind do."""
    forms = frozenset(one.form for one in read if one.kind == kind) or frozenset(one.form for one in read)
    return Series(words, kind, KEY, (None,), (None,), of=forms)


def _turn(one: Series, keys: Sequence[str]) -> int:
    """Dots come last, and in the order of the legend."""
    if one.form != POINTS:
        return -1
    return keys.index(one.kind) if one.kind in keys else len(keys)


def _longest_first(series: tuple[Series, ...]) -> tuple[Series, ...]:
    """The longest series comes first, the others as they are: LibreOffice loses a first series shorter than another."""
    first = max(series, key=lambda one: len(one.xs), default=None)
    if first is None:
        # a program takes a chart without a series for a damaged one
        return (Series("Nothing to draw", "reference", KEY, (None,), (None,)),)
    return (first, *(one for one in series if one is not first))
