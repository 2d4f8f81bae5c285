"""The entries of all files of one kind, in one table, each with the file and the row that it comes from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.types import pandas_dtype

from evalcore.columns import RESPONDENT_ID
from evalcore.intake.intake import Intake
from evalcore.intake.native import fields, native_columns, with_native_types

# From so many values on, looking each of them up in a table of text costs more than looking at each row.
_MANY = 200


@dataclass(frozen=True, eq=False, repr=False)
class Pool:
    """The entries of all files of a kind, with the file (its place in `intakes`) and the row that each comes from.

    `typed` holds the identifiers as the files have them, while `table` holds them as the study reads them; `changed` is
    False where nobody looked at them.
    """

    intakes: Sequence[Intake]
    table: pd.DataFrame
    file: NDArray[np.intp]
    row: NDArray[np.int64]
    typed: pd.Series
    changed: bool = False

    @property
    def names(self) -> list[str]:
        """The file's name, entry by entry."""
        return [self.intakes[i].name for i in self.file]

    @property
    def respelled(self) -> bool:
        """Whether any identifier is read as another."""
        return self.changed and not self.table[RESPONDENT_ID].equals(self.typed)

    def renamed(self, identifiers: pd.Series) -> Pool:
        """Return the pool with its identifiers read as others."""
        return replace(self, table=self.table.assign(**{RESPONDENT_ID: identifiers}), changed=True)


def pooled(kind: str, intakes: Sequence[Intake]) -> Pool:
    """Put the entries of all files of a kind into one table, file by file."""
    entries = [(i, intake.entries) for i, intake in enumerate(intakes) if intake.entries and len(intake.entries.rows)]
    if not entries:
        table = empty_table(kind)
        nowhere = np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.int64)
        return Pool(intakes, table, *nowhere, _identifiers(table))
    table = entries[0][1].table
    if len(entries) > 1:
        table = pd.concat([entry.table for _, entry in entries], ignore_index=True)
        native = [name for name in native_columns(kind) if name in table]
        table = with_native_types(table[native + [name for name in table if name not in set(native)]], kind)
    sizes = [len(entry.rows) for _, entry in entries]
    file = np.repeat(np.array([i for i, _ in entries], dtype=np.intp), sizes)
    return Pool(intakes, table, file, np.concatenate([entry.rows for _, entry in entries]), _identifiers(table))


def standing_in(identifiers: pd.Series, texts: Collection[str]) -> NDArray[np.intp]:
    """Return the places of the identifiers that are among `texts`, quickly for few texts and for many.

    >>> standing_in(pd.Series(["A1", None, "A2"], dtype="str"), {"A2"}).tolist()
    [2]
    """
    if len(texts) < _MANY:
        return np.flatnonzero(identifiers.isin(list(texts)).to_numpy())
    among = set(texts)
    return np.flatnonzero(np.fromiter((text in among for text in identifiers.tolist()), bool, len(identifiers)))


def _identifiers(table: pd.DataFrame) -> pd.Series:
    return table[RESPONDENT_ID] if RESPONDENT_ID in table else pd.Series(dtype="str")


def empty_table(kind: str) -> pd.DataFrame:
    """Return a table without rows that has every native column.

    >>> len(empty_table("cases")), "drugs_score" in empty_table("cases")
    (0, True)
    """
    return _empty_table(kind).copy()


@cache
def _empty_table(kind: str) -> pd.DataFrame:
    types = {native.name: native.dtype for native in fields(kind)}
    names = native_columns(kind)
    return pd.DataFrame({name: pd.Series(dtype=pandas_dtype(types.get(name, "float64"))) for name in names})
