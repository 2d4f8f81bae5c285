"""How a table of a report stands on a page: as it is, turned on its side, or on a page that lies wide."""

from __future__ import annotations

from dataclasses import dataclass, replace

from evalcore.reporting.document.widths import least, most_lines, shared_out, wanted, whole
from evalcore.reporting.model import Table

MANY_COLUMNS = 7
"""More columns than these are hard to read across a page that stands upright."""

_FEW_ROWS = 5
"""So many rows may become columns."""

_SHORT_LABEL = 45
"""Signs of what names a row that may become a column."""

_SHORT_WORDS = 24
"""Signs of words that stand among the figures of a turned table as figures do."""

_FEW_LINES = 3
"""A text that takes more lines than these asks for a wider page."""

_AIR = 1.2
"""How much more than it needs a column gets where there is room: a template's letters may be wider than ours."""

_IN_WORDS = ("label", "text")


@dataclass(frozen=True)
class Grid:
    """A table as it will stand: the first of `lines` holds the headings.

    Attributes
    ----------
    lines : tuple of tuple of str
    numbers : tuple of tuple of bool
        For each cell whether it stands to the right, as figures do.
    room : int
        Twips across.
    wide : bool
        Whether it stands on a page that lies wide.
    """

    lines: tuple[tuple[str, ...], ...]
    numbers: tuple[tuple[bool, ...], ...]
    room: int
    wide: bool = False

    @property
    def columns(self) -> tuple[tuple[tuple[str, ...], bool], ...]:
        """The cells of each column, its heading first, and whether it holds nothing but figures."""
        aligned = (all(line) for line in zip(*self.numbers, strict=True))
        return tuple(zip(zip(*self.lines, strict=True), aligned, strict=True))

    @property
    def widths(self) -> tuple[int, ...]:
        """The twips of each column."""
        low = [least(cells, number=number) for cells, number in self.columns]
        high = [round(_AIR * wanted(cells, number=number)) for cells, number in self.columns]
        return shared_out([low, high, [whole(cells) for cells, _ in self.columns]], self.room)

    @property
    def fits(self) -> bool:
        """Whether no word is torn apart."""
        return sum(least(cells, number=number) for cells, number in self.columns) <= self.room

    @property
    def reads_well(self) -> bool:
        """Whether it fits, and no text takes many lines."""
        lines = (most_lines(column[0], width) for column, width in zip(self.columns, self.widths, strict=True))
        return self.fits and max(lines) <= _FEW_LINES


def grid_of(table: Table, upright: int, lying: int, *, lies: bool = False) -> Grid:
    """Return how a table stands where a page has `upright` twips for text, or `lying` twips when it lies wide.

    A table of many columns and few rows is turned: its columns become rows. Another one of many columns stays upright
    where it reads well, and lies wide otherwise; turned, if only so no word of it is torn apart. `lies`: the page lies
    wide already.

    >>> from evalcore.findings.finding import Column
    >>> one = Table("Scores", (Column("a", "When", "label"), *(Column("n", "People", "fieldwork"),) * 8), ((1,) * 9,))
    >>> grid_of(one, 9000, 14000).lines[:2]
    (('When', '1'), ('People', '1'))
    """
    figures = tuple(column.kind not in _IN_WORDS for column in table.columns)
    lines = (table.headings, *table.written)
    as_is = Grid(lines, (figures,) * len(lines), upright)
    if len(table.columns) <= MANY_COLUMNS:
        return replace(as_is, room=lying, wide=True) if lies else as_is
    on_its_side = tuple(zip(*lines, strict=True))
    aligned = tuple(
        (False, *(figure or max(map(len, line[1:]), default=0) <= _SHORT_WORDS,) * len(table.rows))
        for figure, line in zip(figures, on_its_side, strict=True)
    )
    turned = Grid(on_its_side, aligned, upright)
    if len(table.rows) <= _FEW_ROWS and max(map(len, turned.lines[0])) <= _SHORT_LABEL and turned.fits and not lies:
        return turned
    if as_is.reads_well and not lies:
        return as_is
    wide = replace(as_is, room=lying, wide=True)
    turned = replace(turned, room=lying, wide=True)
    return turned if turned.fits and not wide.fits else wide
