"""The rows of a file as numbers, in the table `coded` of the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from evalcore.profile.counting.dictionary import Dictionary
from evalcore.profile.counting.engine import Engine
from evalcore.profile.counting.layout import Layout
from evalcore.profile.counting.rows import Rows

Line = tuple[int | None, tuple[int | None, ...]]
"""Who a row is about, as a hash, and the numbers of its texts."""

LAST_OF_ONE_BYTE = 255


@dataclass
class Coded:
    """The rows of a file, coded, in the table `coded` (`who`, and `k0`, `k1`, ... by the column's place).

    Attributes
    ----------
    layout : Layout
        Without the columns that can not be counted.
    n_rows : int
        Rows of the file, those that do not fit among them; rows without any cell in what is read are not.
    headings, unnamed : int
        How many rows are the headings again, and how many have no identifier.
    no_answers : dict of str to int
        What stands in place of an identifier and says that there is none, and in how many rows.
    suspects : list
        Identifier, hash and numbers of each row that may be about somebody of the pilot; they are not in `coded`.
    n : mapping of int to list of int, or None
        In how many rows each text stands, where that is known beforehand. Then `coded` shows every row of the file,
        the suspects among them, and nothing can be changed in it.
    gone : list
        The numbers of those rows of `coded` that are not to be counted, where nothing can be changed in it.
    """

    layout: Layout
    rows: Rows
    dictionary: Dictionary
    n_rows: int = 0
    headings: int = 0
    unnamed: int = 0
    no_answers: dict[str, int] = field(default_factory=dict)
    suspects: list[tuple[str, int, tuple[int | None, ...]]] = field(default_factory=list)
    n: dict[int, list[int]] | None = None
    gone: list[tuple[int | None, ...]] = field(default_factory=list)

    @property
    def places(self) -> tuple[int, ...]:
        """The columns that have numbers, in the order of the table."""
        return tuple(sorted(self.dictionary.texts))


def insert(engine: Engine, found: Coded, lines: Sequence[Line]) -> None:
    """Put rows into the table `coded`; a column that has more numbers by now than it can hold is made wider."""
    import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]

    kinds = dict(engine.rows("SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'coded'"))
    for at, texts in found.dictionary.texts.items():
        if kinds[f"k{at}"] == "UTINYINT" and len(texts) > LAST_OF_ONE_BYTE:
            engine.run(f"ALTER TABLE coded ALTER k{at} TYPE USMALLINT")
    if lines:
        columns: dict[str, Any] = {"who": pa.array([who for who, _ in lines], pa.uint64())}
        for place, at in enumerate(found.places):
            columns[f"k{at}"] = pa.array([codes[place] for _, codes in lines], pa.int32())
        engine.give("more", pa.table(columns))
        engine.run("INSERT INTO coded SELECT * FROM more")
