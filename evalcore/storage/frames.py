"""Tables as JSON, column by column, exactly: the same types, values, blanks and order come back."""

from __future__ import annotations

import base64
import binascii
import math
import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.types import pandas_dtype

from evalcore.errors import StorageError
from evalcore.storage.checked import Room, damaged, listed, record, text, whole

TEXT, NUMBER, WHOLE, WHOLE_OR_MISSING = "str", "float64", "int64", "Int64"
YES_NO, TIME = "boolean", "datetime64[us]"
MOST_ROWS = 6_000_000
"""Rows that a table may have: as many as a file that is read."""

# The plain values that each type is written as; a missing value is null.
_PLAIN: Mapping[str, tuple[type, ...]] = {
    TEXT: (str, type(None)),
    NUMBER: (float, str, type(None)),
    WHOLE: (int,),
    WHOLE_OR_MISSING: (int, type(None)),
    YES_NO: (bool, type(None)),
    TIME: (str, type(None)),
}
_ENDLESS = {"inf": math.inf, "-inf": -math.inf}
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}")
_LARGEST = 2**63 - 1
Check = Callable[[str, str, list[Any]], None]
"""Looks at a column by its name, type and different values, and raises where one is not as it must be."""
_CELL = 9  # bytes of a cell beside its text
# A column that would become more than so many times what is written is written cell by cell: see `Room`.
_MOST_GROWTH = 48


def frame_record(table: pd.DataFrame) -> dict[str, Any]:
    """Return a table as plain values. Its index is not kept: the rows are numbered anew.

    StorageError for a column of a type that no reader makes.

    >>> table = pd.DataFrame({"who": pd.array(["A1", None], dtype="str"), "n": [0.1, 2.0]})
    >>> read_frame(frame_record(table), Room(1000)).equals(table)
    True
    """
    columns = [_column_record(str(name), table.iloc[:, at]) for at, name in enumerate(table.columns)]
    return {"rows": len(table), "columns": columns}


def _column_record(name: str, series: pd.Series) -> dict[str, Any]:
    kind = str(series.dtype)
    if kind not in _PLAIN:
        raise StorageError("A table of this study holds a kind of value that can not be kept. Add its file again.")
    codes, values = _distinct(series, kind)
    if 2 * len(values) <= len(codes):
        packed = packed_codes(codes, len(values))
        written, whole_column = _sizes(codes, values, packed)
        if whole_column <= _MOST_GROWTH * written:
            return {"name": name, "type": kind, "values": values, "codes": packed}
    cells = np.empty(len(values), dtype=object)
    cells[:] = values
    return {"name": name, "type": kind, "values": cells[codes].tolist(), "codes": None}


def _sizes(codes: NDArray[Any], values: list[Any], packed: str) -> tuple[int, int]:
    """How large a column is as written by its different values, and how large it becomes when it is read."""
    lengths = _lengths(values)
    return len(packed) + int(lengths.sum()), _size(codes, lengths)


def _lengths(values: list[Any]) -> NDArray[np.int64]:
    return np.array([len(one) if isinstance(one, str) else 0 for one in values], dtype=np.int64)


def _size(codes: NDArray[Any], lengths: NDArray[np.int64]) -> int:
    return _CELL * len(codes) + int(np.bincount(codes, minlength=len(lengths)) @ lengths)


def _distinct(series: pd.Series, kind: str) -> tuple[NDArray[np.intp], list[Any]]:
    """The different values in the order in which they occur, as plain values, and which one stands in each row."""
    if kind == NUMBER:
        numbers = series.to_numpy()
        # By their bits: 0.0 and -0.0 are two values, and every missing one is the same.
        codes, bits = pd.factorize(np.where(np.isnan(numbers), np.nan, numbers).view(np.int64))
        return codes, [_plain_number(number) for number in bits.view(np.float64).tolist()]
    codes, uniques = pd.factorize(series)
    values = np.datetime_as_string(uniques.to_numpy(), unit="us").tolist() if kind == TIME else uniques.tolist()
    missing = codes < 0
    if missing.any():
        codes = np.where(missing, len(values), codes)
        values.append(None)
    return codes, values


def _plain_number(number: float) -> float | str | None:
    """JSON knows no missing and no endless number; a cell of four hundred digits is read as the latter."""
    if math.isfinite(number):
        return number
    return None if math.isnan(number) else str(number)


def packed_codes(codes: NDArray[Any], n: int) -> str:
    """Write places among `n` values as text: each as one, two or four bytes, in base 64.

    >>> packed_codes(np.array([0, 1, 0]), 2)
    'AAEA'
    """
    return base64.b64encode(codes.astype(_width(n)).tobytes()).decode()


def read_codes(value: Any, n: int, rows: int) -> NDArray[Any]:
    """Read what `packed_codes` wrote: one place for each row, each among `n` values.

    >>> read_codes("AAEA", 2, 3).tolist()
    [0, 1, 0]
    """
    try:
        data = base64.b64decode(text(value).encode(), validate=True)
    except binascii.Error:
        raise damaged() from None
    width = np.dtype(_width(n))
    if len(data) != rows * width.itemsize:
        raise damaged()
    codes = np.frombuffer(data, dtype=width)
    if rows and int(codes.max()) >= n:
        raise damaged()
    return codes


def _width(n: int) -> str:
    return "<u1" if n <= 2**8 else "<u2" if n <= 2**16 else "<u4"


def read_frame(
    value: Any, room: Room, types: Mapping[str, str] | None = None, check: Check | None = None
) -> pd.DataFrame:
    """Build a table again; with `types`, only one that has exactly these columns, in this order.

    `check` is asked about each column before the table is built.

    UnreadableFileError where anything is not as it must be.

    >>> read_frame({"rows": 1, "columns": []}, Room(1000))
    Traceback (most recent call last):
        ...
    evalcore.errors.UnreadableFileError: This study is damaged, or was changed outside this dashboard, so nothing of \
it was opened. Take an earlier copy of it, or the file as it was first saved.
    """
    said = record(value, "rows", "columns")
    rows = whole(said["rows"], 0, MOST_ROWS)
    columns: dict[str, Any] = {}
    kinds: dict[str, str] = {}
    for each in listed(said["columns"]):
        column = record(each, "name", "type", "values", "codes")
        name = text(column["name"])
        if name in columns:
            raise damaged()
        kinds[name] = text(column["type"], tuple(_PLAIN))
        columns[name] = _cells(column["values"], column["codes"], kinds[name], rows, room)
        if check is not None:
            check(name, kinds[name], column["values"])
    if not columns or (types is not None and list(kinds.items()) != list(types.items())):
        raise damaged()
    return pd.DataFrame(columns, copy=False)


def _cells(values: Any, codes: Any, kind: str, rows: int, room: Room) -> Any:
    distinct = _typed(listed(values, rows if codes is None else None), kind)
    if codes is None:
        return distinct
    places = read_codes(codes, len(distinct), rows)
    room.take(_size(places, _lengths(values)))
    return distinct.take(places)


def _typed(values: list[Any], kind: str) -> Any:
    """The values of a column as an array of its type."""
    if set(map(type, values)) - set(_PLAIN[kind]):
        raise damaged()
    if kind == NUMBER:
        return _numbers(values)
    if kind == TIME:
        return _times(values)
    if kind in (WHOLE, WHOLE_OR_MISSING) and any(one is not None and abs(one) > _LARGEST for one in values):
        raise damaged()
    return np.array(values, dtype=np.int64) if kind == WHOLE else pd.Series(values, dtype=pandas_dtype(kind)).array


def _numbers(values: list[Any]) -> NDArray[np.float64]:
    if str in set(map(type, values)):
        if any(isinstance(one, str) and one not in _ENDLESS for one in values):
            raise damaged()
        values = [_ENDLESS[one] if isinstance(one, str) else one for one in values]
    return np.array(values, dtype=np.float64)


def _times(values: list[str | None]) -> NDArray[np.datetime64]:
    if any(one is not None and not (one.isascii() and _TIME.fullmatch(one)) for one in values):
        raise damaged()
    try:
        return np.array([one or "NaT" for one in values], dtype=TIME)
    except ValueError:
        raise damaged() from None
