"""The formats of a workbook's cells: one quiet type, and a number format for each kind of number."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from evalcore.figures.theme import LIGHT
from evalcore.findings.finding import Column

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

# What the Government Analysis Function asks of spreadsheets: a plain type of at least 12 points, and wrapped text.
_FONT = {"font_name": "Arial", "font_size": 12, "font_scheme": False}
_TYPE = {**_FONT, "font_color": LIGHT.text, "valign": "top", "text_wrap": True}
_LINK = "#1d5fa8"
_WORDS = ("label", "text")

DEFAULTS = {"default_format_properties": _FONT, "default_column_width": 80, "default_row_height": 20}
"""The type by which a workbook measures its columns, and its pixels; every machine has one like it."""


def is_words(column: Column) -> bool:
    """Whether a column holds words and not numbers.

    >>> is_words(Column("who", "Who", "label")), is_words(Column("n", "People", "fieldwork"))
    (True, False)
    """
    return column.kind in _WORDS


@dataclass(frozen=True, eq=False)
class Looks:
    """The formats of one workbook, each made once."""

    book: Workbook
    made: dict[str, Format] = field(default_factory=dict, repr=False)

    @property
    def text(self) -> Format:
        """A paragraph."""
        return self._format("text")

    @property
    def title(self) -> Format:
        """The title of a sheet."""
        return self._format("title", bold=True, font_size=16)

    @property
    def heading(self) -> Format:
        """A heading inside a sheet; it stands at the foot of a high row, which takes the place of an empty one."""
        return self._format("heading", bold=True, font_size=13, valign="bottom")

    @property
    def caption(self) -> Format:
        """The caption of a table or a figure."""
        return self._format("caption", bold=True, valign="bottom")

    @property
    def link(self) -> Format:
        """A link to another sheet."""
        return self._format("link", font_color=_LINK, underline=1)

    @property
    def behind_a_figure(self) -> Format:
        """A number or words behind a figure, under headings that stand on the left."""
        return self._format("behind", align="left")

    def head(self, column: Column) -> Format:
        """The heading of a column: on the side on which its cells stand."""
        side = "left" if is_words(column) else "right"
        return self._format(f"head {side}", bold=True, bottom=2, valign="bottom", align=side, indent=1)

    def cell(self, column: Column) -> Format:
        """A cell in a column of words."""
        side = "left" if is_words(column) else "right"
        return self._format(f"cell {side}", align=side, indent=1)

    def number(self, value: float, column: Column) -> Format:
        """A number as the column writes it: with as many decimals as it may show, and thousands apart."""
        written = number_format(value, column)
        return self._format(written, num_format=written, align="right", indent=1)

    def _format(self, name: str, **changes: Any) -> Format:
        if name not in self.made:
            self.made[name] = self.book.add_format({**_TYPE, **changes})
        return self.made[name]


def number_format(value: float, column: Column) -> str:
    """Return how a spreadsheet is to write a number of a column.

    >>> number_format(20.5, Column("mean", "Mean", "mean", 2)), number_format(12000, Column("n", "People", "fieldwork"))
    ('#,##0.00', '#,##0')
    """
    if column.decimals is None:
        return "#,##0" if value == int(value) else "General"
    return f"#,##0.{'0' * column.decimals}" if column.decimals else "#,##0"
