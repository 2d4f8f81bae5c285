"""Large text files, parsed column by column. Gives None where the careful reader must look instead."""

from __future__ import annotations

import csv
import io
import re

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]
import pyarrow.csv as arrow_csv  # type: ignore[import-untyped,unused-ignore]
from numpy.typing import NDArray

from evalcore.errors import UnreadableFileError
from evalcore.intake.files.fitting import fit_row
from evalcore.intake.files.raw import Grid, TextColumn
from evalcore.intake.files.source import Limits
from evalcore.intake.problems import Problem

# A file with more rows than this that do not fit under its header is for the careful reader.
_MOST_IRREGULAR = 20_000


def parse_columns(body: str, delimiter: str, header: tuple[str, ...], above: int, limits: Limits) -> Grid | None:
    """Parse the records of a text below its `above` records of headings; None where arrow can not be sure of them.

    Every quotation mark must be plain (see `quotes_are_plain`). Rows that are too long or too short are picked out and
    laid under the header one by one.
    """
    names = [str(i) for i in range(len(header))]
    irregular: dict[int, str] = {}
    encoded = body.rstrip("\r\n").encode()
    try:
        table = _parse(encoded, delimiter, names, None)
    except pa.ArrowInvalid:
        try:
            table = _parse(encoded, delimiter, names, irregular)
        except pa.ArrowInvalid:
            return None
    total = table.num_rows + len(irregular)
    if total + above > limits.rows:
        raise UnreadableFileError(f"The file has more than {limits.rows:,} rows. Split it into smaller files.")
    if len(irregular) > _MOST_IRREGULAR:
        return None
    # Records are numbered from 1 below the headings.
    regular = np.ones(total, dtype=bool)
    regular[[number - 1 for number in irregular]] = False
    rows = np.flatnonzero(regular).astype(np.int64) + above + 1
    grid = Grid(header, tuple(_column(table, name) for name in names), rows)
    return _with_irregular(grid, irregular, delimiter, above) if irregular else grid


def quotes_are_plain(text: str, delimiter: str) -> bool:
    """True where every quotation mark belongs to a cell that is quoted from end to end."""
    if '"' not in text:
        return True
    edge = re.escape(delimiter) + r"\r\n"
    quoted = re.compile(rf'"(?<![^{edge}]")[^"]*+(?:""[^"]*+)*+"(?![^{edge}])')
    return '"' not in quoted.sub("", text)


def _parse(body: bytes, delimiter: str, names: list[str], irregular: dict[int, str] | None) -> pa.Table:
    """Parse the lines below the header; with `irregular`, rows of another width go there, by number."""

    def pick_out(row: arrow_csv.InvalidRow) -> str:
        if irregular is None or row.number is None:
            return "error"
        irregular[row.number] = row.text
        return "skip"

    return arrow_csv.read_csv(
        pa.BufferReader(body),
        read_options=arrow_csv.ReadOptions(
            column_names=names, block_size=max(1 << 24, len(body) // 64), use_threads=irregular is None
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=delimiter,
            ignore_empty_lines=False,
            newlines_in_values=b'"' in body,
            invalid_row_handler=pick_out,
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types={name: pa.dictionary(pa.int32(), pa.string()) for name in names},
            strings_can_be_null=False,
            null_values=[],
            check_utf8=False,
        ),
    )


def _column(table: pa.Table, name: str) -> TextColumn:
    array = table.column(name).unify_dictionaries().combine_chunks()
    if isinstance(array, pa.ChunkedArray):
        array = array.chunk(0)
    return TextColumn(array.indices.to_numpy().astype(np.int32), tuple(array.dictionary.to_pylist()))


def _with_irregular(grid: Grid, irregular: dict[int, str], delimiter: str, above: int) -> Grid:
    """Put the rows of another width back in their places, as far as they can be laid under the header."""
    faults: list[Problem] = []
    notes: list[Problem] = []
    fitted: list[list[str]] = []
    rows: list[int] = []
    for number, text in sorted(irregular.items()):
        record = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
        cells = fit_row(record, len(grid.header), number + above, faults, notes)
        if cells is not None:
            fitted.append(cells)
            rows.append(number + above)
    numbers = np.concatenate([grid.rows, np.array(rows, dtype=np.int64)])
    order = np.argsort(numbers, kind="stable")
    more = list(zip(*fitted, strict=True)) if fitted else [()] * len(grid.header)
    columns = tuple(_longer(column, cells, order) for column, cells in zip(grid.columns, more, strict=True))
    return Grid(grid.header, columns, numbers[order], tuple(faults), tuple(notes))


def _longer(column: TextColumn, cells: tuple[str, ...], order: NDArray[np.intp]) -> TextColumn:
    extra = TextColumn.from_cells(cells)
    codes = np.concatenate([column.codes, extra.codes + np.int32(len(column.texts))])
    return TextColumn(codes[order], column.texts + extra.texts)
