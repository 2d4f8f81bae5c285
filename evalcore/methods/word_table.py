"""A table of words: what a definition says, row by row, for a page or a document to show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class WordTable:
    """Headings and rows of text; `title` says what it is, for those who can not see it too.

    Attributes
    ----------
    rows : tuple of tuple of str
        Each as long as `headings`. Empty: there is nothing to show.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def filled_columns(title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> WordTable:
    """A table without the columns in which no row says anything.

    >>> filled_columns("Norms", ("Norm", "Take care"), [("England", ""), ("Scotland", "")]).headings
    ('Norm',)
    """
    cells = [tuple(row) for row in rows]
    kept = [at for at, _ in enumerate(headings) if any(row[at] for row in cells)]
    return WordTable(title, tuple(headings[at] for at in kept), tuple(tuple(row[at] for at in kept) for row in cells))
