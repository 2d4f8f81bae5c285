"""Cells to values: what each kind of native column accepts. One converter a kind, each from text to value."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evalcore.intake.identifiers import MISSING_MARKS, clean_identifier
from evalcore.intake.native import CHOICE, DATE, IDENTIFIER, NUMBER, WHOLE, YES_NO, Field
from evalcore.intake.raw import TextColumn, tidy
from evalcore.wording import joined


class _Unreadable:
    """What a converter returns for a text that it can not take."""


UNREADABLE = _Unreadable()

_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: \d{1,2}:\d{2}.*)?")
# A comma before exactly three digits may part thousands or decimals: not a number that can be read for certain.
_NUMBER = re.compile(r"[+-]?(?!\d*,\d{3}$)(?:\d+(?:[.,]\d*)?|[.,]\d+)")
_YES = frozenset({"yes", "y", "true", "1", "1.0"})
_NO = frozenset({"no", "n", "false", "0", "0.0"})
# Years outside these are slips of the keyboard.
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


@dataclass(frozen=True)
class Converter:
    """From text to value: `convert` gives the value, None for a missing one, or UNREADABLE."""

    convert: Callable[[str], object]
    dtype: str
    expected: str


def convert_column(column: TextColumn, converter: Converter) -> tuple[pd.Series, NDArray[np.bool_]]:
    """Return one value a row, and which rows hold a text that could not be taken (their value is missing).

    >>> values, bad = convert_column(TextColumn.from_cells(["1", "x", ""]), for_field(Field("n", WHOLE, low=0)))
    >>> values.tolist(), bad.tolist()
    ([1.0, nan, nan], [False, True, False])
    """
    converted = [converter.convert(text) for text in column.texts]
    bad = np.array([value is UNREADABLE for value in converted], dtype=bool)
    values = column.spread([None if value is UNREADABLE else value for value in converted], converter.dtype)
    return values, bad[column.codes] if bad.any() else np.zeros(len(column.codes), dtype=bool)


def for_field(field: Field) -> Converter:
    """Return the converter for a native column."""
    if field.kind == IDENTIFIER:
        return Converter(clean_identifier, "str", "an identifier")
    if field.kind == DATE:
        return Converter(to_date, "datetime64[us]", "a date: 2026-02-04 or 04/02/2026, day first")
    if field.kind == YES_NO:
        return Converter(to_yes_no, "boolean", "yes, no, 1 or 0")
    if field.kind == CHOICE:
        words = {word_key(text): text for text in field.allowed}
        words.update({word_key(text): value for text, value in field.words.items()})
        return Converter(lambda text: to_choice(text, words), "str", joined(field.allowed, "or"))
    if field.kind in (NUMBER, WHOLE):
        return _for_number(field)
    return Converter(to_text, "str", "text")


def _for_number(field: Field) -> Converter:
    whole = field.kind == WHOLE
    low = -np.inf if field.low is None else field.low
    high = np.inf if field.high is None else field.high

    def convert(text: str) -> object:
        number = to_number(text)
        if isinstance(number, float) and not (low <= number <= high and (not whole or number.is_integer())):
            return UNREADABLE
        return number

    expected = "a whole number" if whole else "a number"
    if field.low is not None:
        expected += f" from {field.low:g}" + (" upwards" if field.high is None else f" to {field.high:g}")
    return Converter(convert, "float64", expected)


def word_key(text: str) -> str:
    """Fold case, blanks, hyphens and underscores, so that `Follow-Up` and `follow_up` are one word.

    >>> word_key(" Follow-Up ")
    'follow up'
    """
    return re.sub(r"[\s_\-‐‑–]+", " ", tidy(text).casefold()).strip()


def to_choice(text: str, words: Mapping[str, str]) -> object:
    """Return the fixed value that a text stands for."""
    if tidy(text).casefold() in MISSING_MARKS:
        return None
    return words.get(word_key(text), UNREADABLE)


def to_text(text: str) -> str | None:
    """Return the text with runs of blanks made one space, or None for a blank.

    >>> to_text(" Site\\u00a0 1 "), to_text("n/a")
    ('Site 1', None)
    """
    found = " ".join(tidy(text).split())
    return None if found.casefold() in MISSING_MARKS else found


def to_yes_no(text: str) -> object:
    """Return True, False, None or UNREADABLE.

    >>> to_yes_no("Y"), to_yes_no("0"), to_yes_no("-")
    (True, False, None)
    """
    found = tidy(text).casefold()
    if found in MISSING_MARKS:
        return None
    if found in _YES:
        return True
    return False if found in _NO else UNREADABLE


def to_date(text: str) -> object:
    """Return the day, or UNREADABLE; a time of day is dropped, and `03/04/2026` is the third of April.

    >>> to_date("2026-02-04T14:05"), to_date("4/2/2026") == to_date("2026-02-04")
    (datetime.datetime(2026, 2, 4, 0, 0), True)
    """
    found = tidy(text)
    if found.casefold() in MISSING_MARKS:
        return None
    if match := _ISO_DATE.fullmatch(found):
        year, month, day = map(int, match.groups())
    elif match := _DAY_FIRST.fullmatch(found):
        day, month, year = map(int, match.groups())
    else:
        return UNREADABLE
    try:
        date = datetime.datetime(year, month, day)
    except ValueError:
        return UNREADABLE
    return date if _FIRST_YEAR <= year <= _LAST_YEAR else UNREADABLE


def to_number(text: str) -> object:
    """Return a float, None or UNREADABLE; a decimal comma and a closing per cent sign are taken.

    >>> to_number("2,5"), to_number("68%"), to_number("n/a"), to_number("1,234.5") is UNREADABLE
    (2.5, 68.0, None, True)
    """
    found = tidy(text)
    if found.casefold() in MISSING_MARKS:
        return None
    found = found.removesuffix("%").rstrip()
    return float(found.replace(",", ".")) if _NUMBER.fullmatch(found) and found.isascii() else UNREADABLE
