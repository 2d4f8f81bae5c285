"""The different texts of each column, numbered from 1: of pieces of a text file, or of the whole of a Parquet file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from evalcore.intake.native import TEXT
from evalcore.profile.counting.cells import may_be_shortened, native_field, shortened
from evalcore.profile.counting.engine import Engine
from evalcore.profile.counting.layout import Layout
from evalcore.profile.counting.rows import Rows, name_texts
from evalcore.profile.counting.source import CaseloadFile, pieces

MOST_WORDS = 2_000
"""A column of words with more different texts than this is not counted."""

MOST_VALUES = 40_000
"""Nor one of numbers, dates or fixed values with more than this."""

_FEW, _FEW_OF_TEXT = 256, 32
_ONE_BYTE = 200
LONGEST = 200


@dataclass
class Dictionary:
    """What stands in the columns of a file.

    Attributes
    ----------
    cells : mapping of int to str
        The text of a cell as SQL, by the column's place.
    texts : mapping of int to list of str
        The different texts; a text's number is its place, counted from 1.
    cut : list of int
        Columns of which some texts are longer than what is counted.
    too_many : dict of int to int
        Columns that are not counted for their different texts, and how many there are at least.
    complete : set of int
        Columns of which every text has a number.
    """

    cells: dict[int, str]
    texts: dict[int, list[str]] = field(default_factory=dict)
    cut: list[int] = field(default_factory=list)
    too_many: dict[int, int] = field(default_factory=dict)
    complete: set[int] = field(default_factory=set)

    def drop(self, at: int) -> None:
        """Count a column no longer."""
        self.too_many[at] = len(self.texts.pop(at, ()))
        del self.cells[at]

    def add(self, more: Mapping[int, Iterable[str]], most: Mapping[int, int]) -> None:
        """Number texts that were found later, and drop columns that then have too many."""
        for at, texts in more.items():
            if at in self.texts:
                self.texts[at] = list(dict.fromkeys([*self.texts[at], *texts]))
                if len(self.texts[at]) > most[at]:
                    self.drop(at)

    def code(self, at: int, *, by_place: bool) -> str:
        """The number of a cell's text as SQL; missing for an empty cell, and for a text without a number."""
        cell, size = f"x{at}", len(self.texts[at])
        kind = "UTINYINT" if size <= _ONE_BYTE else "USMALLINT"
        if size <= (_FEW if by_place else _FEW_OF_TEXT):
            return f"list_position((enum_range(NULL::e{at})::VARCHAR[])[2:], {cell})::{kind}"
        return f"enum_code(TRY_CAST({cell} AS e{at}))::{kind}"


def first_dictionary(engine: Engine, file: CaseloadFile, layout: Layout, rows: Rows) -> Dictionary:
    """Find the texts: of a text file as far as the pieces of it tell."""
    names = {at: layout.name_of(at) for at in layout.coded if at not in rows.unread}
    if file.text is not None:
        engine.give("pieces", _piece_table(file, names))
    relation, values = (rows.relation, rows.values) if file.text is None else ("pieces", ())
    found = Dictionary({at: f"c{at}" for at in names})
    for at, name in names.items():
        if may_be_shortened(name):
            longer = f"count(*) FILTER ({shortened(f'c{at}', name)} IS DISTINCT FROM c{at})"
            if engine.rows(f"SELECT {longer} FROM {relation}", values)[0][0]:
                found.cells[at] = shortened(f"c{at}", name)
                found.cut.append(at)
    for at, cell in list(found.cells.items()):
        different = f"SELECT DISTINCT {cell} AS x FROM {relation} WHERE c{at} IS NOT NULL LIMIT {MOST_VALUES + 1}"
        texts = sorted(str(row[0]) for row in engine.rows(different, values) if row[0] is not None)
        again = file.head.header[at].strip().casefold()
        found.texts[at] = [text for text in texts if len(text) <= LONGEST and text.strip().casefold() != again]
        if file.text is None and len(found.texts[at]) == len(texts):
            found.complete.add(at)
        if len(texts) > most_of(names[at]):
            found.drop(at)
    return found


def most_of(name: str) -> int:
    """How many different texts a column may have."""
    return MOST_WORDS if native_field(name).kind == TEXT else MOST_VALUES


def number_texts(engine: Engine, dictionary: Dictionary) -> None:
    """Make each column's texts known to the database, in the order of their numbers."""
    for at, texts in dictionary.texts.items():
        name_texts(engine, f"e{at}", texts)


def _piece_table(file: CaseloadFile, names: Mapping[int, str]) -> Any:
    import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]

    found = list(pieces(file))
    return pa.table({f"c{at}": pa.array([row[at] or None for row in found], pa.string()) for at in names})
