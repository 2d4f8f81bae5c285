"""A file of a caseload where it lies: its form, its first rows as the ordinary intake reads them, and its state.

Nothing but the first rows, and some pieces from all over the file, is read here.
"""

from __future__ import annotations

import codecs
import csv
import io
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from evalcore.errors import UnreadableFileError
from evalcore.intake.files import delimited, parquet, spss
from evalcore.intake.files.raw import RawTable
from evalcore.intake.files.reading import read_table
from evalcore.intake.files.source import LIMITS
from evalcore.profile.counting.copy_mark import CopyMark, mark_of

HEAD_ROWS = 1_000
_HEAD_BYTES = 2_000_000
_PIECES, _PIECE = 96, 65_536
_BYTE_ORDER = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_ARCHIVE = b"PK\x03\x04"
_DELIMITERS = ",;\t|"
_NOT_FROM_HERE = (
    "A caseload is counted where it lies only as text (CSV) or Parquet. Save the file as CSV, or upload it."
)
_DAMAGED = "The Parquet file is damaged and can not be read. Write it again, or save it as CSV."


@dataclass(frozen=True)
class TextForm:
    """How a text file is written: encoding, separator, and how many records and lines stand above its first row.

    A text that is not `plain` is read piece by piece by the reader that takes any form, and is slower.
    """

    encoding: str
    delimiter: str
    above: int
    lines_above: int
    plain: bool = True


@dataclass(frozen=True, eq=False, repr=False)
class CaseloadFile:
    """One file on this machine.

    Attributes
    ----------
    path : Path
    size, changed : int
        What shows that the file is the one that was opened: bytes, and nanoseconds of its last change.
    head : RawTable
        The first rows, as an upload of these alone would be read.
    text : TextForm or None
        None for Parquet.
    mark : CopyMark or None
        What a columnar copy says of itself; None for any other file.
    sure : bool
        It is known that every row has an identifier, of letters and digits, that no other row has.
    """

    path: Path
    size: int
    changed: int
    head: RawTable
    text: TextForm | None
    mark: CopyMark | None = None
    sure: bool = False

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return self.path.name

    def in_pieces(self, encoding: str = "") -> CaseloadFile:
        """The same file, its text read as one that is not plain, perhaps in another encoding."""
        if self.text is None:
            return self
        return replace(self, text=replace(self.text, plain=False, encoding=encoding or self.text.encoding))

    def check_unchanged(self) -> None:
        """UnreadableFileError where the file is no longer the one that was opened."""
        if (self.size, self.changed) != _stamp(self.path):
            raise UnreadableFileError(f"{self.name} changed while it was read. Read it again once it is complete.")


def open_file(path: str | os.PathLike[str]) -> CaseloadFile:
    """Look at a file's first rows; UnreadableFileError where there is none, or it is no text or Parquet."""
    place = Path(os.path.abspath(os.fspath(path)))
    size, changed = _stamp(place)
    try:
        with place.open("rb") as file:
            start = file.read(_HEAD_BYTES)
    except OSError as error:
        raise _not_opened(place, error) from None
    if start.startswith((_ARCHIVE, *spss.MAGIC)):
        raise UnreadableFileError(_NOT_FROM_HERE)
    if parquet.is_parquet(start):
        mark = mark_of(place)
        return CaseloadFile(place, size, changed, read_table(_first_rows(place, mark), place.name), None, mark)
    encoding = _encoding(start, size)
    text = _decoded(start, encoding, size)
    head = _whole_rows(text, complete=size <= len(start))
    raw = read_table(head.encode(), place.name)
    return CaseloadFile(place, size, changed, raw, _text_form(head, encoding, raw))


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError as error:
        raise _not_opened(path, error) from None
    if not stat.S_ISREG(found.st_mode):
        raise UnreadableFileError(f"{path.name or 'This'} is no file. Give the file itself, not its folder.")
    return found.st_size, found.st_mtime_ns


def _not_opened(path: Path, error: OSError) -> UnreadableFileError:
    reason = error.strerror or "it can not be opened"
    return UnreadableFileError(f"{path.name} can not be opened: {reason}. Check its name and folder.")


def _encoding(start: bytes, size: int) -> str:
    for mark, encoding in _BYTE_ORDER:
        if start.startswith(mark):
            return encoding
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start, final=size <= len(start))
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _decoded(start: bytes, encoding: str, size: int) -> str:
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(start, final=size <= len(start))
    except UnicodeDecodeError:
        return delimited.decode(start)  # says what to do
    return text.removeprefix("\ufeff")


def _whole_rows(text: str, *, complete: bool) -> str:
    """The first records of a text, none of them cut."""
    lines = io.StringIO(text, newline="").readlines()
    kept, at, marks = 0, 0, 0
    for number, line in enumerate(lines, start=1):
        at += len(line)
        marks += line.count('"')
        ends = line.endswith(("\n", "\r")) or complete
        if marks % 2 == 0 and ends:
            kept = at
        if number >= HEAD_ROWS and kept:
            break
    return text[: kept or len(text)]


def _text_form(head: str, encoding: str, raw: RawTable) -> TextForm:
    above = delimited.parse(head, LIMITS).headings.above
    marked = head.startswith("sep=") and head.find("\n") == 5 + head.startswith("sep=") * (head[5:6] == "\r")
    body = head.partition("\n")[2] if marked else head
    for delimiter in dict.fromkeys([*head[4:5] * marked, delimited.guess_delimiter(body), *_DELIMITERS]):
        reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter)
        records = list(islice(reader, above))
        if any(tuple(record) == raw.header for record in records):
            return TextForm(encoding, delimiter, above + marked, reader.line_num + marked, encoding == "utf-8")
    raise UnreadableFileError("The headings of the file stand in several lines. Save it with one line of headings.")


def _first_rows(path: Path, mark: CopyMark | None) -> bytes:
    """The first rows of a Parquet file as a small one of its own; of a copy as those of the file it was made of."""
    import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]
    import pyarrow.parquet as pq  # type: ignore[import-untyped,unused-ignore]

    out = io.BytesIO()
    try:
        with pq.ParquetFile(path, pre_buffer=False) as file:
            batches = list(islice(file.iter_batches(HEAD_ROWS), 1))
            table = pa.Table.from_batches(batches, schema=file.schema_arrow)
        if mark is not None:
            table = pa.table(_told_by(mark, table))
        pq.write_table(table.replace_schema_metadata(None), out)
    except (pa.ArrowException, OSError, ValueError):
        raise UnreadableFileError(_DAMAGED) from None
    return out.getvalue()


def _told_by(mark: CopyMark, table: Any) -> dict[str, Any]:
    """The columns of a copy under their names, with texts in place of numbers."""
    import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]
    import pyarrow.compute as pc  # type: ignore[import-untyped,unused-ignore]

    columns = {}
    for (_, name, _), texts, cells in zip(mark.columns, mark.texts, table.columns, strict=True):
        if texts is None:
            columns[name] = cells
        else:
            columns[name] = pa.array([None, *texts], pa.string()).take(pc.fill_null(cells.combine_chunks(), 0))
    return columns


def pieces(file: CaseloadFile) -> Iterator[list[str]]:
    """Rows from all over a text file: what stands in its cells, as far as that can be told before reading it all."""
    if file.text is None:
        return
    width, step = len(file.head.header), max(1, file.size // _PIECES)
    try:
        with file.path.open("rb") as content:
            for start in range(0, file.size, max(step, _PIECE)):
                content.seek(start - start % 2)
                lines = _lines(content.read(_PIECE), file.text.encoding)[1:-1]
                rows = csv.reader(lines, delimiter=file.text.delimiter)
                yield from (row for row in _until_faulty(rows) if len(row) == width)
    except OSError as error:
        raise _not_opened(file.path, error) from None


def _lines(piece: bytes, encoding: str) -> list[str]:
    if encoding == "utf-16" and not piece.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16-le" if piece[1:2] == b"\x00" else "utf-16-be"
    return piece.decode(encoding, errors="ignore").splitlines()


def _until_faulty(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from rows
    except csv.Error:
        return
