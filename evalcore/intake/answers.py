"""Cells to answer codes, by what a questionnaire's definition allows: numbers, words, and numbers with their words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from evalcore.instruments.instrument import Instrument
from evalcore.instruments.loading import load_instrument
from evalcore.intake.identifiers import MISSING_MARKS
from evalcore.intake.raw import tidy
from evalcore.intake.values import UNREADABLE, Converter

# `3`, `3.0`, `3,00`: a spreadsheet writes whole numbers in all these ways.
_WHOLE = re.compile(r"([+-]?\d+)(?:[.,]0+)?")
# `3 - Some of the time`, `3. Often`, `3: Often`, `3 (Often)`, `3=Often`, `3 Often`
_NUMBER_FIRST = re.compile(r"(\d+)\s*[-–—.:)=(\s]\s*(.*\D.*)")
# `Often (4)`
_NUMBER_LAST = re.compile(r"(\D.*?)\s*[(\[](\d+)[)\]]")
# No answer has more characters than this; longer cells are not searched for one.
_LONGEST = 200
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u02bc": "'", "`": "'", "\u201c": '"', "\u201d": '"'})


@cache
def for_instrument(instrument: str) -> Converter:
    """Return the converter from cells to the answer codes of a questionnaire.

    Blanks and the usual marks for nothing are missing. A whole number must be one of the codes. Words must be a label,
    or a variant of one, in the definition; case, blanks, curly quotes and a closing full stop do not count. A number
    with words must be a code and a label of the same answer. All else is unreadable.

    >>> convert = for_instrument("gse").convert
    >>> convert("3"), convert("3.0"), convert("exactly true"), convert("4 - Exactly true"), convert("n/a")
    (3, 3, 4, 4, None)
    >>> [convert(text) is UNREADABLE for text in ("5", "2.5", "99", "3 - Exactly true")]
    [True, True, True, True]
    """
    definition = load_instrument(instrument)
    codes = frozenset(definition.codes)
    labels = {label_key(text): code for text, code in definition.labels.items()}

    def convert(text: str) -> object:
        found = tidy(text)
        if found.casefold() in MISSING_MARKS:
            return None
        code = _code(found, labels)
        return code if code in codes else UNREADABLE

    expected = f"a whole number from {min(codes)} to {max(codes)}, or the words of an answer"
    return Converter(convert, "float64", expected)


def label_key(text: str) -> str:
    """Fold the words of an answer: case, blanks, curly quotes, a closing full stop or colon do not count.

    >>> label_key(" Some  of the time. ")
    'some of the time'
    """
    return " ".join(tidy(text).translate(_QUOTES).casefold().split()).rstrip(".:;, ")


def whole_number(text: str) -> int | None:
    """Return the bare whole number in a cell, in range or not; None if it holds anything else.

    >>> whole_number("7.0"), whole_number("often")
    (7, None)
    """
    match = _WHOLE.fullmatch(tidy(text))
    return int(match.group(1)) if match else None


def leans_on_unverified(instrument: Instrument, text: str) -> bool:
    """True for words that the definition remembers without a source."""
    key = label_key(text)
    return any(key == label_key(word) for answer in instrument.answers.values() for word in answer.unverified_variants)


def _code(found: str, labels: Mapping[str, int]) -> int | None:
    """Return the number that a text stands for, in range or not; None if it stands for none."""
    if match := _WHOLE.fullmatch(found):
        return int(match.group(1))
    if len(found) > _LONGEST:
        return None
    key = label_key(found)
    if key in labels:
        return labels[key]
    if match := _NUMBER_FIRST.fullmatch(found):
        number, words = int(match.group(1)), match.group(2)
        if label_key(words) not in labels:
            words = words.removesuffix(")")
    elif match := _NUMBER_LAST.fullmatch(found):
        number, words = int(match.group(2)), match.group(1)
    else:
        return None
    return number if labels.get(label_key(words)) == number else None
