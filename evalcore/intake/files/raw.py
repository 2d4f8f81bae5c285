"""The hand-over from reading to understanding: a table of text, column by column, with spreadsheet row numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evalcore.intake.problems import Problem

# Blanks of every kind, marks of byte order and of width zero; none of them is ever part of an answer or an identifier.
_INVISIBLE = str.maketrans(
    {"\u00a0": " ", "\u2007": " ", "\u202f": " ", "\ufeff": None, "\u200b": None, "\u200c": None, "\u200d": None}
)


def tidy(text: str) -> str:
    """Strip outer blanks, turn non-breaking spaces into spaces, drop characters that nobody can see.

    >>> tidy("\\ufeff AB\\u00a012 ")
    'AB 12'
    """
    return (text if text.isascii() else text.translate(_INVISIBLE)).strip()


@dataclass(frozen=True, eq=False, repr=False)
class TextColumn:
    """One column of cells. Each text that occurs is kept once; `codes` says which one stands in each row.

    Work is done on `texts`, of which there are few, and spread over the rows with `codes`.
    """

    codes: NDArray[np.int32]
    texts: tuple[str, ...]

    @classmethod
    def from_cells(cls, cells: Iterable[str]) -> TextColumn:
        """Build from the cells in row order."""
        seen: dict[str, int] = {}
        codes = np.array([seen.setdefault(cell, len(seen)) for cell in cells], dtype=np.int32)
        return cls(codes, tuple(seen))

    def mask(self, test: Callable[[str], bool]) -> NDArray[np.bool_]:
        """True for each row whose text passes `test`."""
        return np.array([test(text) for text in self.texts], dtype=bool)[self.codes]

    def take(self, keep: NDArray[np.bool_]) -> TextColumn:
        """Return the rows where `keep` is true."""
        return TextColumn(self.codes[keep], self.texts)

    def spread(self, values: Sequence[object], dtype: str) -> pd.Series:
        """Return one value a row, given one value for each of `texts`."""
        each = pd.Series(list(values), dtype=pd.api.types.pandas_dtype(dtype))
        return pd.Series(each.array.take(self.codes), copy=False)

    def preview(self, most: int = 3) -> str:
        """Return the first few different texts, for a person to recognise the column by."""
        shown: list[str] = []
        for text in self.texts[:50]:
            if tidy(text) and len(shown) < most:
                shown.append(tidy(text)[:30])
        return ", ".join(shown)


@dataclass(frozen=True, eq=False, repr=False)
class RawTable:
    """One file as read: text cells under a header line, nothing understood yet.

    Attributes
    ----------
    name : str
        The file's name as the user knows it.
    digest : str
        SHA-256 of the file's bytes.
    header : tuple of str
        One heading a column, as written.
    columns : tuple of TextColumn
    rows : array of int
        The spreadsheet's row number of each row; entirely blank rows are left out, and their numbers with them.
    refused : tuple of Problem
        Rows that can not be laid under the header; none of them stands in `columns`.
    notes : tuple of Problem
        What else a person should know: other sheets, rows that were filled.
    questions : tuple of str
        What else stands above each column: the wording of a question, the label of a variable. Empty texts where
        nothing does; an empty tuple where the file has a single heading line.
    tool : str
        Identifier of the survey tool that wrote the file (`qualtrics`), as far as its form tells; else empty.
    sheet : str
        The sheet's name in a workbook; else empty.
    """

    name: str
    digest: str
    header: tuple[str, ...]
    columns: tuple[TextColumn, ...]
    rows: NDArray[np.int64]
    refused: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    questions: tuple[str, ...] = ()
    tool: str = ""
    sheet: str = ""

    def __len__(self) -> int:
        """Number of rows that hold something."""
        return len(self.rows)

    def question(self, index: int) -> str:
        """What else stands above a column; empty where nothing does."""
        return self.questions[index] if self.questions else ""


@dataclass(frozen=True, eq=False, repr=False)
class Grid:
    """What one way of reading (text, workbook) hands over, blank rows still in it."""

    header: tuple[str, ...]
    columns: tuple[TextColumn, ...]
    rows: NDArray[np.int64]
    refused: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()

    def without_blank_rows(self) -> Grid:
        """Drop rows without any text; the row numbers of the others stay what they were."""
        empty = np.ones(len(self.rows), dtype=bool)
        # Columns of few texts first: most files need no look at the others.
        for column in sorted(self.columns, key=lambda column: len(column.texts)):
            if not empty.any():
                return self
            empty &= column.mask(lambda text: not tidy(text))
        if not empty.any():
            return self
        columns = tuple(column.take(~empty) for column in self.columns)
        return Grid(self.header, columns, self.rows[~empty], self.refused, self.notes)
