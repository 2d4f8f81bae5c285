"""The rows of a file as a statement can read them: columns `c0`, `c1`, ... of text, wherever they come from."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from evalcore.errors import UnreadableFileError
from evalcore.intake.files.fitting import Record, fit_row
from evalcore.intake.files.raw import tidy
from evalcore.intake.problems import Problem
from evalcore.profile.counting.cells import is_read, text_of
from evalcore.profile.counting.engine import Engine, NotPlainError, quoted
from evalcore.profile.counting.source import CaseloadFile

_BLOCK = 1 << 24
# Never a cell: it takes the place of number 0.
_NOTHING = "\x01"
_MOST_LINES = 200
_NOT_UTF8 = "INVALID ENCODING"
_OTHERWISE = "cp1252"
_NO_TABLE = "The file can not be read as a table throughout. Write it again as CSV (UTF-8) or Parquet."
_Result = TypeVar("_Result")


def in_any_form(file: CaseloadFile, work: Callable[[CaseloadFile], _Result]) -> _Result:
    """Do something with a file; once more with its text in pieces, where it is not as plain as its first rows."""
    try:
        return work(file)
    except OtherEncodingError:
        again = file.in_pieces(_OTHERWISE)
    except NotPlainError:
        again = file.in_pieces()
    try:
        return work(again)
    except (NotPlainError, OtherEncodingError):
        raise UnreadableFileError(_NO_TABLE) from None


class OtherEncodingError(Exception):
    """The text is not UTF-8 after all; it never leaves this package."""


@dataclass
class Rows:
    """The rows of one file.

    Attributes
    ----------
    relation : str
        What stands after FROM; `values` are its parameters.
    unread : tuple of int
        Columns of a type that can not be read.
    strays : list of list of str
        Rows that do not fit under the headings as they stand and were made to.
    faults, notes : list of Problem
        Rows that could not be made to, and what was filled up.
    """

    relation: str
    values: tuple[object, ...]
    unread: tuple[int, ...] = ()
    strays: list[list[str]] = field(default_factory=list)
    faults: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


def rows_of(engine: Engine, file: CaseloadFile, columns: Sequence[int]) -> Rows:
    """Say how the rows of a file are read; of a text that is not UTF-8 they are decoded on the way."""
    if file.text is None:
        return _of_parquet(engine, file, columns)
    if not file.text.plain:
        return _of_stream(engine, file, columns)
    names = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(len(file.head.header)))
    relation = (
        f"read_csv(?, auto_detect=false, columns={{{names}}}, header=false, skip={file.text.above}, delim=?, "
        "quote='\"', escape='\"', store_rejects=true, rejects_limit=0)"
    )
    return Rows(relation, (str(file.path), file.text.delimiter))


def collect_strays(engine: Engine, file: CaseloadFile, rows: Rows) -> None:
    """Take up the rows that did not fit, once the file was read; OtherEncodingError where its text is another."""
    if file.text is None or not file.text.plain:
        return
    found = engine.rows("SELECT DISTINCT line, csv_line, error_type FROM reject_errors ORDER BY line")
    if any(kind == _NOT_UTF8 for _, _, kind in found):
        raise OtherEncodingError
    for text in {(line, text): None for line, text, _ in found}:
        _fit(rows, text[1] or "", file.text.delimiter, len(file.head.header))


def stray_table(rows: Rows, width: int) -> Any:
    """The rows that were made to fit, as an Arrow table; an empty cell is missing."""
    import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]

    cells = {f"c{i}": pa.array([row[i] or None for row in rows.strays], pa.string()) for i in range(width)}
    return pa.table(cells)


def _fit(rows: Rows, text: str, delimiter: str, width: int) -> None:
    for record in _records(text, delimiter):
        fitted = fit_row(record, width, 0, rows.faults, rows.notes)
        if fitted is not None and any(map(tidy, fitted)):
            rows.strays.append(fitted)


def _records(text: str, delimiter: str) -> list[Record]:
    """The records of a piece of text; None for a line whose quotation marks do not match."""
    lines, found = io.StringIO(text, newline="").readlines(), []
    at = 0
    while at < len(lines):
        record, used = _one_record(lines[at : at + _MOST_LINES], delimiter)
        found.append(record)
        at += used
    return found


def _one_record(lines: Sequence[str], delimiter: str) -> tuple[Record, int]:
    marks = 0
    for end, line in enumerate(lines, start=1):
        marks += line.count('"')
        if marks % 2:
            continue
        try:
            records = list(csv.reader(lines[:end], delimiter=delimiter, strict=True))
        except csv.Error:
            return None, 1
        return (records[0], end) if len(records) == 1 else (None, 1)
    return None, 1


def _of_parquet(engine: Engine, file: CaseloadFile, columns: Sequence[int]) -> Rows:
    about = engine.rows("DESCRIBE SELECT * FROM read_parquet(?)", [str(file.path)])
    kinds: Mapping[int, str] = {at: str(line[1]) for at, line in enumerate(about)}
    texts = {at: text_of(quoted(about[at][0]), kinds[at]) for at in columns}
    if file.mark is not None:
        texts |= {at: _looked_up(engine, at, its) for at, its in enumerate(file.mark.texts) if its and at in texts}
    cells = ", ".join(f"{text} AS c{at}" for at, text in texts.items())
    unread = tuple(at for at in columns if not is_read(kinds[at]))
    return Rows(f"(SELECT {cells} FROM read_parquet(?))", (str(file.path),), unread)


def _looked_up(engine: Engine, at: int, texts: Sequence[str]) -> str:
    """The text that a number of a columnar copy stands for, as SQL."""
    name_texts(engine, f"d{at}", texts)
    return f"(enum_range(NULL::d{at})::VARCHAR[])[c{at} + 1]"


def name_texts(engine: Engine, name: str, texts: Sequence[str]) -> None:
    """Make texts known to the database as a type, in the order of their numbers, which begin with 1."""
    import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]

    places = list(range(len(texts) + 1))
    engine.give("texts", pa.table({"text": pa.array([_NOTHING, *texts], pa.string()), "place": places}))
    engine.run(f"DROP TYPE IF EXISTS {name}")
    engine.run(f"CREATE TYPE {name} AS ENUM (SELECT text FROM texts ORDER BY place)")


def _of_stream(engine: Engine, file: CaseloadFile, columns: Sequence[int]) -> Rows:
    """Decode a text piece by piece; nothing of it is kept."""
    import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]
    import pyarrow.csv as arrow_csv  # type: ignore[import-untyped,unused-ignore]

    rows, form = Rows("stream", ()), file.text
    if form is None:
        return rows
    width = len(file.head.header)

    def pick_out(row: Any) -> str:
        _fit(rows, row.text, form.delimiter, width)
        return "skip"

    names = [f"c{i}" for i in range(width)]
    wanted = [f"c{at}" for at in columns]
    stream = arrow_csv.open_csv(
        file.path,
        read_options=arrow_csv.ReadOptions(
            encoding=form.encoding, skip_rows=form.lines_above, column_names=names, block_size=_BLOCK
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=form.delimiter, newlines_in_values=True, invalid_row_handler=pick_out
        ),
        convert_options=arrow_csv.ConvertOptions(
            include_columns=wanted,
            column_types={name: pa.string() for name in names},
            strings_can_be_null=True,
            null_values=[""],
        ),
    )
    engine.give("stream", stream)
    return rows
