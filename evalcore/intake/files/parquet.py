"""Parquet files to a grid of cells: each value written as it would stand in a CSV file. No nested columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from evalcore.errors import UnreadableFileError
from evalcore.intake.files.layout import Headings, Sheet, check_width
from evalcore.intake.files.raw import Grid, TextColumn
from evalcore.intake.files.source import Limits
from evalcore.intake.files.tools import recognise
from evalcore.intake.files.workbook import cell_text

_MAGIC = b"PAR1"
_LOOKED_AT = 4096
# The first row stands below the heading line of a spreadsheet saved from the file.
_FIRST_ROW = 2
_DAMAGED = "The Parquet file is damaged and can not be read. Write it again, or save it as CSV."
_TOO_LARGE = "The Parquet file holds more rows or cells than can be read safely. Leave out columns that are not needed."
_NESTED = "The Parquet file has columns with lists, records or bytes in their cells. Leave them out, or save it as CSV."
_ZONE = "The Parquet file has times in a time zone that is not known here. Write them without a time zone, or as CSV."


def is_parquet(data: bytes) -> bool:
    """Whether the bytes are a Parquet file, perhaps a cut one; a CSV file may begin with a heading of the same letters.

    >>> is_parquet(b"PAR1,PAR2"), is_parquet(b"PAR1" + bytes(8))
    (False, True)
    """
    return data.startswith(_MAGIC) and (data.endswith(_MAGIC) or b"\x00" in data[:_LOOKED_AT])


def parse(data: bytes, limits: Limits) -> Sheet:
    """Lay a Parquet file out as cells; UnreadableFileError where it is damaged, nested or beyond the limits.

    Whole numbers are written without decimals, dates in ISO form, yes and no as TRUE and FALSE; a missing value is a
    blank cell. Rows are counted as in a spreadsheet saved from the file: the first is row 2.
    """
    import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]
    import pyarrow.parquet as pq  # type: ignore[import-untyped,unused-ignore]

    try:
        with pq.ParquetFile(pa.BufferReader(data)) as file:
            header = _check(file, limits)
            _refuse_nested(file.schema_arrow, pa)
            n = file.metadata.num_rows
        # As numbers that stand for texts: a long text that stands in every row is unpacked once.
        with pq.ParquetFile(pa.BufferReader(data), read_dictionary=list(header)) as file:
            table = file.read()
        cells = [_column(table.column(i), pa) for i in range(len(header))]
    except (pa.ArrowException, OSError, ValueError, OverflowError, MemoryError):
        raise UnreadableFileError(_DAMAGED) from None
    if any(len(column.codes) != n for column in cells):
        raise UnreadableFileError(_DAMAGED)
    first = [column.texts[column.codes[0]] if n else "" for column in cells]
    rows = np.arange(n, dtype=np.int64) + _FIRST_ROW
    return Sheet(Headings(1, header, (), recognise(header, first)), Grid(header, tuple(cells), rows))


def _check(file: Any, limits: Limits) -> tuple[str, ...]:
    """The headings, once it is sure that the file is not too large to be unpacked."""
    about = file.metadata
    header = tuple(file.schema_arrow.names)
    if not header:
        raise UnreadableFileError("The Parquet file holds no columns. Check that it is the file with the data.")
    check_width(len(header), limits)
    unpacked = sum(about.row_group(i).total_byte_size for i in range(about.num_row_groups))
    if about.num_rows > limits.rows or about.num_rows * len(header) > limits.cells or unpacked > limits.unpacked:
        raise UnreadableFileError(_TOO_LARGE)
    if len(set(header)) < len(header):
        raise UnreadableFileError("Two columns of the Parquet file have the same name. Rename one of them.")
    return header


def _refuse_nested(schema: Any, pa: Any) -> None:
    types = pa.types
    for field in schema:
        kind = field.type.value_type if types.is_dictionary(field.type) else field.type
        is_bytes = types.is_binary(kind) or types.is_large_binary(kind) or types.is_fixed_size_binary(kind)
        if types.is_nested(kind) or is_bytes:
            raise UnreadableFileError(_NESTED)


def _column(values: Any, pa: Any) -> TextColumn:
    """Write each different value once; a missing one, and a number that is none, is a blank cell."""
    if pa.types.is_timestamp(values.type) and values.type.tz:
        values = _as_written(values, pa)
    if pa.types.is_null(values.type):
        return TextColumn(np.zeros(len(values), dtype=np.int32), ("",))
    if not pa.types.is_dictionary(values.type):
        values = values.dictionary_encode()
    array = values.unify_dictionaries().combine_chunks()
    array = array.chunk(0) if isinstance(array, pa.ChunkedArray) and array.num_chunks else array
    if not len(array):
        return TextColumn.from_cells(())
    different = TextColumn.from_cells([*_texts(array.dictionary.to_pylist()), ""])
    codes = array.indices.fill_null(len(array.dictionary)).to_numpy(zero_copy_only=False).astype(np.int64)
    return TextColumn(different.codes[codes], different.texts)


def _as_written(values: Any, pa: Any) -> Any:
    """Times as a clock in their own zone shows them: else a day may turn into the one before."""
    import pyarrow.compute as pc  # type: ignore[import-untyped,unused-ignore]

    try:
        return pc.local_timestamp(values)
    except pa.ArrowInvalid:
        raise UnreadableFileError(_ZONE) from None


def _texts(values: Iterable[Any]) -> Iterable[str]:
    return ("" if value is None or value != value else cell_text(value) for value in values)
