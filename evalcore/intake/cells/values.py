"""Cells to values: what each kind of native column accepts. One converter a kind, each from text to value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evalcore.intake.cells.dates import NOT_DATED, not_dated, read_date, settle_order
from evalcore.intake.cells.no_answer import MISSING_NUMBERS, plain, says_no_answer
from evalcore.intake.files.raw import TextColumn, tidy
from evalcore.intake.native import CHOICE, DATE, IDENTIFIER, NUMBER, WHOLE, YES_NO, Field
from evalcore.intake.people.identifiers import MISSING_MARKS, clean_identifier
from evalcore.wording import joined


class _Mark:
    """What a converter returns in place of a value."""

    def __init__(self, meaning: str) -> None:
        self._meaning = meaning

    def __repr__(self) -> str:
        return self._meaning


UNREADABLE = _Mark("UNREADABLE")
"""For a text that can not be taken."""
NO_ANSWER = _Mark("NO_ANSWER")
"""For a text that says that there is no answer; unlike an empty cell it is listed."""

# A comma before exactly three digits may part thousands or decimals: not a number that can be read for certain.
_NUMBER = re.compile(r"[+-]?(?!\d*,\d{3}$)(?:\d+(?:[.,]\d*)?|[.,]\d+)")
_WHOLE = re.compile(r"-?\d+(?:[.,]0+)?")
_DIGIT = re.compile(r"\d")
_YES = frozenset({"yes", "y", "true", "1", "1.0", "1,0"})
_NO = frozenset({"no", "n", "false", "0", "0.0", "0,0"})
# `1 - Staff`, `(2) Volunteer`, `Staff [1]`: the code that an export writes beside the words of a choice.
_CODE_BESIDE = re.compile(r"[(\[]?\d+[)\]]?\s*[-–—.:)=]?\s*(?P<after>[^\W\d].*)|(?P<before>.*\w)\s*[(\[]\d+[)\]]")


@dataclass(frozen=True)
class Converter:
    """From text to value.

    Attributes
    ----------
    convert : callable
        Gives the value, None for an empty cell, NO_ANSWER for one that says so, or UNREADABLE.
    dtype, expected : str
        The type of the column, and what may stand in it, in words.
    notes : tuple of (found, expected)
        Doubts about the whole column, such as dates of which nobody can say whether the month comes first.
    """

    convert: Callable[[str], object]
    dtype: str
    expected: str
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, eq=False, repr=False)
class Converted:
    """One column as values; all three have an entry a row.

    Attributes
    ----------
    values : Series
        Missing where the cell is empty, says that there is no answer, or could not be taken.
    bad : array of bool
        The cell holds something that could not be taken.
    said_missing : array of bool
        The cell says in words or by a number that there is no answer (`99`, `Prefer not to say`); empty cells and the
        usual marks for one (`-`, `n/a`) are not among them.
    """

    values: pd.Series
    bad: NDArray[np.bool_]
    said_missing: NDArray[np.bool_]


def convert_column(column: TextColumn, converter: Converter) -> Converted:
    """Convert each different text of a column once, and spread the values over the rows.

    >>> n = convert_column(TextColumn.from_cells(["1", "x", "", "-99"]), for_field(Field("n", WHOLE, low=0)))
    >>> n.values.tolist(), n.bad.tolist(), n.said_missing.tolist()
    ([1.0, nan, nan, nan], [False, True, False, False], [False, False, False, True])
    """
    converted = [converter.convert(text) for text in column.texts]
    values = [None if value is UNREADABLE or value is NO_ANSWER else value for value in converted]
    spread = column.spread(values, converter.dtype)
    return Converted(spread, _rows(column, converted, UNREADABLE), _rows(column, converted, NO_ANSWER))


def _rows(column: TextColumn, converted: list[object], mark: _Mark) -> NDArray[np.bool_]:
    which = np.array([value is mark for value in converted], dtype=bool)
    return which[column.codes] if which.any() else np.zeros(len(column.codes), dtype=bool)


def for_field(field: Field, texts: Iterable[str] = (), *, chosen: Mapping[str, str | None] | None = None) -> Converter:
    """Return the converter for a native column.

    Parameters
    ----------
    field : Field
    texts : iterable of str
        The different texts of the column; dates are settled on them: whether the month comes first.
    chosen : mapping of str to str or None
        What a person says that a text stands for (`{"client": "service user"}`; None or empty for no answer). It wins
        over everything else; case and blanks of the text do not count.
    """
    converter = _base(field, texts)
    if not chosen:
        return converter
    known = {word_key(text): value for text, value in chosen.items()}

    def convert(text: str) -> object:
        key = word_key(text)
        return converter.convert(known[key] or "") if key in known else converter.convert(text)

    return replace(converter, convert=convert)


def _base(field: Field, texts: Iterable[str]) -> Converter:
    if field.kind == IDENTIFIER:
        return Converter(to_identifier, "str", "an identifier")
    if field.kind == DATE:
        return _for_date(texts)
    if field.kind == YES_NO:
        return Converter(_in_words(to_yes_no, field.words), "boolean", "yes, no, 1 or 0")
    if field.kind == CHOICE:
        more = field.more_words() if field.more_words else {}
        words = {word_key(text): text for text in field.allowed}
        words.update({word_key(text): value for text, value in {**field.words, **more}.items()})
        if more:  # categories of several words, in which commas and brackets do not count
            words |= {_letters(text): value for text, value in words.items()}
            return Converter(
                lambda text: to_choice(key if (key := _letters(text)) in words else text, words),
                "str",
                joined(field.allowed, "or"),
            )
        return Converter(lambda text: to_choice(text, words), "str", joined(field.allowed, "or"))
    if field.kind in (NUMBER, WHOLE):
        return _for_number(field)
    return Converter(_in_words(to_text, field.words), "str", "text")


def _in_words(convert: Callable[[str], object], words: Mapping[str, str]) -> Callable[[str], object]:
    """A converter that takes a cell for what its words stand for, where a column knows such words."""
    return (lambda text: convert(words.get(word_key(text), text))) if words else convert


def _for_date(texts: Iterable[str]) -> Converter:
    order = settle_order(texts)
    shown = "02/04/2026, month first" if order.month_first else "04/02/2026, day first"
    return Converter(
        lambda text: to_date(text, month_first=order.month_first),
        "datetime64[us]",
        f"a date: 2026-02-04 or {shown}",
        order.notes,
    )


def _for_number(field: Field) -> Converter:
    whole = field.kind == WHOLE
    low = -np.inf if field.low is None else field.low
    high = np.inf if field.high is None else field.high

    def convert(text: str) -> object:
        number = to_number(text)
        if isinstance(number, float) and not (low <= number <= high and (not whole or number.is_integer())):
            return NO_ANSWER if number in MISSING_NUMBERS else UNREADABLE
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
    return re.sub(r"[\s_\-‐‑–]+", " ", plain(text).casefold()).strip()


def _letters(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", plain(text).casefold()))


def _if_no_value(text: str) -> object:
    """What a text is that is none of the values of a column: no answer, said so, or unreadable."""
    if says_no_answer(text):
        return NO_ANSWER
    found = tidy(text)
    is_mark = _WHOLE.fullmatch(found) is not None and float(found.replace(",", ".")) in MISSING_NUMBERS
    return NO_ANSWER if is_mark else UNREADABLE


def to_identifier(text: str) -> object:
    """Return the identifier, None or NO_ANSWER; a number is always an identifier.

    >>> to_identifier(" 099 "), to_identifier("99"), to_identifier("Prefer not to say"), to_identifier("-")
    ('099', '99', NO_ANSWER, None)
    """
    found = clean_identifier(text)
    if found is None or _DIGIT.search(found):  # no words for "no answer" hold a digit
        return found
    return NO_ANSWER if says_no_answer(found) else found


def to_choice(text: str, words: Mapping[str, str]) -> object:
    """Return the fixed value that a text stands for; a code beside the words (`2 - Staff`) does not count.

    >>> words = {"service user": "service user", "staff": "staff"}
    >>> to_choice("Service-User", words), to_choice("2 - Staff", words), to_choice("client", words)
    ('service user', 'staff', UNREADABLE)
    """
    if tidy(text).casefold() in MISSING_MARKS:
        return None
    key = word_key(text)
    if key in words:
        return words[key]
    if match := _CODE_BESIDE.fullmatch(plain(text)):
        beside = word_key(match["after"] or match["before"])
        if beside in words:
            return words[beside]
        if says_no_answer(beside):
            return NO_ANSWER
    return _if_no_value(text)


def to_text(text: str) -> str | None:
    """Return the text with runs of blanks made one space, or None for a blank; words for "no answer" stay.

    >>> to_text(" Site\\u00a0 1 "), to_text("n/a"), to_text("St Ann@SQ@s")
    ('Site 1', None, "St Ann's")
    """
    found = plain(text)
    return None if found.casefold() in MISSING_MARKS else found


def to_yes_no(text: str) -> object:
    """Return True, False, None, NO_ANSWER or UNREADABLE.

    >>> to_yes_no("Y"), to_yes_no("0"), to_yes_no("-"), to_yes_no("99"), to_yes_no("maybe")
    (True, False, None, NO_ANSWER, UNREADABLE)
    """
    found = tidy(text).casefold()
    if found in MISSING_MARKS:
        return None
    if found in _YES:
        return True
    return False if found in _NO else _if_no_value(text)


def to_date(text: str, *, month_first: bool = False) -> object:
    """Return the day, None, NO_ANSWER or UNREADABLE; a time of day is dropped, and no time zone is converted.

    >>> to_date("2026-02-04T14:05"), to_date("4/2/2026") == to_date("2/4/2026", month_first=True)
    (datetime.datetime(2026, 2, 4, 0, 0), True)
    >>> to_date("1980-01-01 00:00:00"), to_date("31/02/2026")
    (NO_ANSWER, UNREADABLE)
    """
    found = tidy(text)
    if found.casefold() in MISSING_MARKS:
        return None
    date = read_date(found, month_first=month_first)
    if date is None:
        return _if_no_value(found)
    return NO_ANSWER if date == NOT_DATED and not_dated(found) else date


def to_number(text: str) -> object:
    """Return a float, None, NO_ANSWER or UNREADABLE; a decimal comma and a closing per cent sign are taken.

    >>> to_number("2,5"), to_number("68%"), to_number("n/a"), to_number("1,234.5"), to_number("not recorded")
    (2.5, 68.0, None, UNREADABLE, NO_ANSWER)
    """
    found = tidy(text)
    if found.casefold() in MISSING_MARKS:
        return None
    found = found.removesuffix("%").rstrip()
    if _NUMBER.fullmatch(found) and found.isascii():
        return float(found.replace(",", "."))
    return NO_ANSWER if says_no_answer(found) else UNREADABLE
