"""A sheet that is written from its first cell down: title, paragraphs, headings, lists and links, one a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from evalcore.reporting.model import Block, Bullets, Paragraph, Subheading, Table
from evalcore.reporting.workbook.looks import Looks
from evalcore.reporting.workbook.measuring import lines_of
from evalcore.reporting.workbook.names import in_pieces, one_line, safe

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

FIRST = 54
"""Digits that fit on a line of the first column, where the words of a sheet stand: some 70 letters."""

_ROUND = 2
"""Digits that stay free in a column, on both sides together."""

_MOST = 800
_HIGHEST = 409.0
"""Characters in one cell of text, and the points that a row can not be higher than."""

_LINE, _AIR = 16.0, 10.0
"""Points of a line of text, and above a heading: a sheet has no empty rows to keep things apart."""

_WIDER = {"title": 1.45, "heading": 1.2, "caption": 1.1}
"""How much more room a character takes than one of plain text."""

_OWN, _NOT_OWN = "In the evaluator’s own words", "Written from the data"


@dataclass
class Page:
    """A worksheet, and the row on which it goes on."""

    sheet: Worksheet
    looks: Looks
    first: int = FIRST
    row: int = 0

    def __post_init__(self) -> None:
        """Lay the sheet out: A4 across, one page wide."""
        self.widths({0: self.first})
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(0.5, 0.5, 0.6, 0.6)

    def widths(self, characters: Mapping[int, float]) -> None:
        """Set how many digits fit on a line of each column."""
        for column, many in characters.items():
            self.sheet.set_column(column, column, many + _ROUND, self.looks.text)

    def title(self, text: str) -> None:
        """Write the title of the sheet into its first cell; its name where there is none."""
        self._line(one_line(text) or str(self.sheet.get_name()), self.looks.title, _WIDER["title"])

    def head(self, text: str) -> None:
        """Write a heading."""
        self._line(one_line(text), self.looks.heading, _WIDER["heading"], _AIR)

    def caption(self, text: str) -> None:
        """Write the caption of a table or a figure."""
        self._line(one_line(text), self.looks.caption, _WIDER["caption"], _AIR)

    def say(self, text: str) -> None:
        """Write a paragraph; nothing where there is none. A long one goes on in the next row."""
        for piece in in_pieces(text, _MOST):
            self._line(piece, self.looks.text)

    def said(self, heading: str, texts: Iterable[str]) -> None:
        """Write paragraphs under a heading; nothing where there are none."""
        found = [text for text in texts if text]
        if found:
            self.head(heading)
            for text in found:
                self.say(text)

    def link(self, text: str, sheet: str, row: int = 0) -> None:
        """Write a link to a row of another sheet, counted from 0."""
        write_link(self.sheet, (self.row, 0), (sheet, row), text, self.looks.link)
        self.high(self.row, lines_of(text, self.first))
        self.row += 1

    def blocks(self, blocks: Iterable[Block], homes: Mapping[int, str]) -> None:
        """Write the words of a section; where a table stands, a link to the sheet that holds it.

        Parameters
        ----------
        blocks : iterable of Block
            What a person wrote is marked as such.
        homes : mapping of int to str
            The sheet of each numbered table.
        """
        after_own = False
        for own, together in groupby(blocks, key=lambda block: isinstance(block, Paragraph) and block.own):
            if own:
                self.head(_OWN)
            for block in together:
                if after_own and not isinstance(block, Subheading):
                    self.head(_NOT_OWN)
                after_own = False
                self._block(block, homes)
            after_own = own

    def _block(self, block: Block, homes: Mapping[int, str]) -> None:
        if isinstance(block, Paragraph):
            self.say(block.text)
        elif isinstance(block, Bullets):
            for item in block.items:
                self.say(item)
        elif isinstance(block, Subheading):
            self.head(block.text)
        elif isinstance(block, Table) and block.number in homes:
            self.link(block.label, homes[block.number])

    def _line(self, text: str, look: Format, wider: float = 1.0, air: float = 0.0) -> None:
        """Write one row; `wider` is what a character takes, `air` how much stays free above."""
        if text:
            self.high(self.row, lines_of(text, self.first, wider), wider, air)
            self.sheet.write_string(self.row, 0, text, look)
            self.row += 1

    def high(self, row: int, lines: int, larger: float = 1.0, air: float = 0.0) -> None:
        """Make a row as high as its lines need; a program that opens a workbook need not do so by itself."""
        self.sheet.set_row(row, min(lines * _LINE * larger + air, _HIGHEST))


def write_link(sheet: Worksheet, at: tuple[int, int], to: tuple[str, int], text: str, look: Format) -> None:
    """Write a link inside the workbook.

    Parameters
    ----------
    sheet : xlsxwriter Worksheet
        Where it stands.
    at : tuple of int
        The row and the column of its cell.
    to : tuple of str and int
        The sheet, and the row on it.
    text : str
        What it reads.
    look : xlsxwriter Format
        How it looks.
    """
    name, row = to
    quoted = name.replace("'", "''")
    sheet.write_url(*at, f"internal:'{quoted}'!A{row + 1}", look, safe(one_line(text)) or name)
