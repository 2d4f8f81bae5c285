"""SPSS files (.sav, .zsav) to a grid of cells: labels in place of numbers, declared missing values blank and listed."""

from __future__ import annotations

import datetime
import io
import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from evalcore.errors import UnreadableFileError
from evalcore.intake.files.layout import Headings, Sheet, check_width
from evalcore.intake.files.raw import Grid, TextColumn
from evalcore.intake.files.source import Limits
from evalcore.intake.files.tools import one_line, recognise
from evalcore.intake.files.workbook import cell_text
from evalcore.intake.problems import NOTE, VALUE_MISSING, Problem

MAGIC = (b"$FL2", b"$FL3")
# The tool's identifier where the columns do not show another that saved its answers as an SPSS file.
SPSS = "spss"

_DAMAGED = "The SPSS file is damaged and can not be read. Open it in SPSS and save it again, or save it as CSV."
_TOO_LARGE = "The SPSS file holds more than can be read safely. Leave out the variables and cases that are not needed."
# SPSS counts seconds from the first day of its calendar.
_FIRST_DAY = datetime.datetime(1582, 10, 14)
_DATES = ("DATE", "ADATE", "EDATE", "SDATE", "JDATE", "QYR", "MOYR", "WKYR")
_DATES_WITH_TIME = ("DATETIME", "YMDHMS")
_TIMES = ("TIME",)
# Gives one character for each byte, so that nothing is lost before it is decoded.
_AS_BYTES = "LATIN1"
# Records 7 of types 20 and 3: the encoding's name, and the numbers of the machine, the last of them its code page. The
# parser is not asked: it loses texts that are not in the encoding that the file names, and may end the process on them.
_ENCODING = re.compile(rb"\x07\0{3}\x14\0{3}\x01\0{3}(.)\0{3}|\0{3}\x07\0{3}\x14\0{3}\x01\0{3}(.)", re.DOTALL)
_CODE_PAGE = re.compile(
    rb"\x07\0{3}\x03\0{3}\x04\0{3}\x08\0{3}.{28}(.{4})|\0{3}\x07\0{3}\x03\0{3}\x04\0{3}\x08.{28}(.{4})", re.DOTALL
)
_CODE_PAGE_OF_UTF_8 = 65_001
# The first case stands below the heading line of a spreadsheet saved from the file.
_FIRST_ROW = 2


def parse(data: bytes, limits: Limits) -> Sheet:
    """Lay an SPSS file out as cells; UnreadableFileError where it is damaged or beyond the limits.

    A cell whose value has a label holds the label, any other number is written as in a spreadsheet, a date in ISO
    form. Values that the file declares missing are blank, with a note for each cell. Rows are counted as in a
    spreadsheet saved from the file: the first case is row 2. Labels of variables are the questions.
    """
    meta = _read(data, metadataonly=True)[1]
    names, width = list(meta.column_names), len(meta.column_names)
    if not names:
        raise UnreadableFileError("The SPSS file holds no variables. Check that it is the file with the answers.")
    check_width(width, limits)
    bytes_each = sum(max(8, int(size)) for size in meta.variable_storage_width.values())
    most = min(limits.rows - 1, limits.cells // width, limits.unpacked // max(8, bytes_each))
    if (meta.number_rows or 0) > most:
        raise UnreadableFileError(_TOO_LARGE)
    values, meta = _read(data, row_limit=most + 1)
    file = _File(meta, _encoding(data))
    if any(len(cells) > most for cells in values.values()):
        raise UnreadableFileError(_TOO_LARGE)
    columns = tuple(file.column(name, cells) for name, cells in values.items())
    header = tuple(file.decode(name) for name in values)
    first = [column.texts[column.codes[0]] if len(column.codes) else "" for column in columns]
    labels = tuple(one_line(file.decode(label)) for label in meta.column_labels)
    rows = np.arange(len(columns[0].codes), dtype=np.int64) + _FIRST_ROW
    headings = Headings(1, header, labels, recognise(header, first) or SPSS)
    return Sheet(headings, Grid(header, columns, rows, (), tuple(file.notes)))


def _read(data: bytes, **options: Any) -> tuple[Mapping[str, list[Any]], Any]:
    import pyreadstat  # type: ignore[import-untyped,unused-ignore]

    # Besides its own errors, what the parser raises for names that it can not decode and numbers beyond all sense.
    faults = (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, ValueError, TypeError, OverflowError, LookupError)
    # It warns of names that stand twice, and quotes them.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return pyreadstat.read_sav(  # type: ignore[no-any-return,unused-ignore]
                io.BytesIO(data),
                encoding=_AS_BYTES,
                user_missing=True,
                disable_datetime_conversion=True,
                output_format="dict",
                **options,
            )
        except faults:
            raise UnreadableFileError(_DAMAGED) from None


def _encoding(data: bytes) -> str:
    """Return the encoding that the file names, by its name or by its code page; UTF-8 where it names none."""
    if named_one := _ENCODING.search(data):
        length = (named_one.group(1) or named_one.group(2))[0]
        return data[named_one.end() : named_one.end() + length].decode("ascii", "replace").strip("\x00 ")
    numbered = _CODE_PAGE.search(data)
    if numbered is None:
        return "utf-8"
    little, big = numbered.groups()
    page = int.from_bytes(little, "little") if little else int.from_bytes(big, "big")
    return "utf-8" if page == _CODE_PAGE_OF_UTF_8 else f"cp{page}"


class _File:
    """What the file says about its variables, with every text still one character a byte."""

    def __init__(self, meta: Any, encoding: str) -> None:
        self._meta = meta
        self._encoding = encoding
        self.notes: list[Problem] = []

    def decode(self, text: str | None) -> str:
        """Read a text as the file says, else as Windows-1252; the parser itself would drop what it can not read."""
        if not text or text.isascii():
            return text or ""
        try:
            return text.encode(_AS_BYTES).decode(self._encoding)
        except (ValueError, LookupError):
            return text.encode(_AS_BYTES, "replace").decode("cp1252", "replace")

    def column(self, name: str, cells: Sequence[Any]) -> TextColumn:
        """Turn the values of one variable into texts; note those that the file declares missing."""
        labels = self._meta.variable_value_labels.get(name, {})
        ranges = self._meta.missing_ranges.get(name, [])
        write = _writer(str(self._meta.original_variable_types.get(name) or ""))
        seen: dict[Any, int] = {}
        codes = np.array([seen.setdefault(cell, len(seen)) for cell in map(_plain, cells)], dtype=np.int32)
        missing = [value is not None and _is_missing(value, ranges) for value in seen]
        blank = [value is None or declared for value, declared in zip(seen, missing, strict=True)]
        texts = ["" if no else _label(value, labels) or write(value) for value, no in zip(seen, blank, strict=True)]
        if any(missing):
            declared = [self.decode(write(value)) for value in seen]
            for at in np.flatnonzero(np.array(missing)[codes]).tolist():
                self.notes.append(_declared_missing(at + _FIRST_ROW, self.decode(name), declared[codes[at]]))
        different = TextColumn.from_cells(map(self.decode, texts))
        return TextColumn(different.codes[codes], different.texts)


def _plain(cell: Any) -> Any:
    """A number that is none is None; texts come without their padding."""
    return None if cell is None or cell != cell else cell


def _is_missing(value: Any, ranges: Sequence[Mapping[str, Any]]) -> bool:
    return any(_lies_in(value, limits["lo"], limits["hi"]) for limits in ranges)


def _lies_in(value: Any, low: Any, high: Any) -> bool:
    if isinstance(value, str) or isinstance(low, str) or isinstance(high, str):
        return bool(value == low or (isinstance(low, str) and value == low.rstrip()))
    return bool(low <= value <= high)


def _label(value: Any, labels: Mapping[Any, Any]) -> str:
    """Return the label of a value; empty where it has none."""
    if value in labels:
        return str(labels[value]).rstrip()
    if isinstance(value, str):
        padded = (label for key, label in labels.items() if isinstance(key, str) and key.rstrip() == value)
        return str(next(padded, "")).rstrip()
    return ""


def _writer(kind: str) -> Callable[[Any], str]:
    """How the values of a variable are written, by the name of its format (`F8.2`, `DATE11`)."""
    name = kind.rstrip("0123456789.").upper()
    if name in _DATES:
        return lambda value: _moment(value, slice(0, 10))
    if name in _DATES_WITH_TIME:
        return lambda value: _moment(value, slice(0, 19))
    if name in _TIMES:
        return lambda value: _moment(value, slice(11, 19)) if _within_a_day(value) else cell_text(value)
    return cell_text


def _moment(value: Any, part: slice) -> str:
    """Write seconds of the SPSS calendar in ISO form; what is beyond any calendar stays the number that it is."""
    try:
        moment = _FIRST_DAY + datetime.timedelta(seconds=float(value))
    except (OverflowError, ValueError):
        return cell_text(value)
    return moment.replace(microsecond=0).isoformat(sep=" ")[part]


def _within_a_day(seconds: Any) -> bool:
    return not isinstance(seconds, str) and 0 <= seconds < 86_400


def _declared_missing(row: int, name: str, value: str) -> Problem:
    return Problem(row, name, f"{value}, which the file declares missing", "a value", VALUE_MISSING, NOTE)
