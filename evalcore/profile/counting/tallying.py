"""One tally after the other: of the rows, or of how often each text stands in them, without the people of the pilot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from evalcore.columns import PEOPLE
from evalcore.profile.counted import NEED_COUNTS, STRATA
from evalcore.profile.counting.codes import Coded
from evalcore.profile.counting.engine import Engine, quoted
from evalcore.profile.counting.natives import Native
from evalcore.profile.counting.queries import tally_query

_Numbers = Counter[int | None]


class People:
    """Those who are counted: the rows of `coded`, less those that are not to be counted."""

    def __init__(self, engine: Engine, found: Coded) -> None:
        self._engine = engine
        self._n = _left(found)
        self._rows = found.n_rows - len(found.gone)
        self._gone = len(found.gone)
        if self._gone:
            _give_gone(engine, found)

    def show(self, columns: Mapping[str, str]) -> None:
        """Say what the columns are: their expressions over `coded`, by their names."""
        shown = ", ".join(f"{sql} AS {quoted(name)}" for name, sql in columns.items()) or "1 AS nothing"
        self._engine.run(f"CREATE OR REPLACE TEMP VIEW people AS SELECT {shown} FROM coded")
        if self._gone:
            self._engine.run(f"CREATE OR REPLACE TEMP VIEW others AS SELECT {shown} FROM gone")

    def counted(self, tally: str, columns: Sequence[str], natives: Mapping[str, Native]) -> pd.DataFrame:
        """Count one tally that is not the strata: by numbers of values."""
        found = self._by_texts([natives[name] for name in columns])
        if found is None:
            return self._of_rows(tally, columns, ())
        return pd.DataFrame({**dict(zip(columns, zip(*found, strict=True), strict=False)), PEOPLE: found.values()})

    def strata(self, columns: Sequence[str], needs: Sequence[str]) -> pd.DataFrame:
        """Count people who are alike."""
        return self._of_rows(STRATA, columns, needs)

    def _of_rows(self, tally: str, columns: Sequence[str], needs: Sequence[str]) -> pd.DataFrame:
        found = self._engine.frame(tally_query(tally, columns, needs))
        if not self._gone:
            return found
        others = self._engine.frame(tally_query(tally, columns, needs, of="others"))
        return _less(found, others, list(columns))

    def _by_texts(self, natives: Sequence[Native]) -> dict[tuple[int | None, ...], int] | None:
        """How many have which numbers, where all columns but one say the same of everybody; None elsewhere."""
        if self._n is None or any(native.at not in self._n for native in natives):
            return None
        each = [_numbers(self._n[native.at or 0], self._rows, native.by_text) for native in natives]
        most = max(each, key=len)
        if sum(len(one) > 1 for one in each) > 1 or not self._rows:
            return None
        order = sorted(most, key=lambda number: (number is None, number or 0))
        return {tuple(n if one is most else next(iter(one)) for one in each): most[n] for n in order}


def _left(found: Coded) -> dict[int, list[int]] | None:
    """In how many of the rows that are counted each text stands, where that is known without looking at them."""
    if found.n is None:
        return None
    left = {at: list(its) for at, its in found.n.items()}
    for codes in found.gone:
        for at, code in zip(found.places, codes, strict=True):
            if code is not None:
                left[at][code - 1] -= 1
    return left


def _numbers(n: Sequence[int], rows: int, by_text: Sequence[int | None]) -> _Numbers:
    """In how many rows each number stands, and in how many none."""
    found: _Numbers = Counter()
    for number, many in zip(by_text, n, strict=True):
        found[number] += many
    found[None] += rows - sum(n)
    return +found


def _give_gone(engine: Engine, found: Coded) -> None:
    import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]

    columns = {f"k{at}": pa.array([codes[i] for codes in found.gone], pa.int32()) for i, at in enumerate(found.places)}
    engine.give("gone", pa.table(columns))


def _less(found: pd.DataFrame, others: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Take the others from the counts; rows of nobody are left out."""
    found, others = (table.astype(dict.fromkeys(by, "float64")) for table in (found, others))
    sums = [name for name in found if name == PEOPLE or name in NEED_COUNTS]
    if by:
        others = found[by].merge(others, on=by, how="left")
    found[sums] -= others[sums].fillna(0).astype("int64")
    return found[found[PEOPLE] > 0].reset_index(drop=True)
