"""Cells to answer codes, by what a questionnaire's definition allows: numbers, words, and numbers with their words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import numpy as np
import pandas as pd

from evalcore.columns import CODE_COLUMNS
from evalcore.instruments.instrument import Instrument
from evalcore.instruments.loading import load_instrument
from evalcore.intake.cells.no_answer import MISSING_NUMBERS, plain, says_no_answer, words_key
from evalcore.intake.cells.values import NO_ANSWER, UNREADABLE, Converter
from evalcore.intake.files.raw import TextColumn, tidy
from evalcore.intake.people.identifiers import MISSING_MARKS

# Why a text is read as it is.
CODE = "a code of the questionnaire"
WORDS = "the words of an answer"
AGREE = "number and words agree"
CHOSEN = "chosen"
STANDS_FOR_NONE = "stands for no answer"
DISAGREE = "number and words disagree: choose a code"
UNKNOWN = "not known: choose a code"
_ORDER = (UNKNOWN, DISAGREE, CHOSEN, AGREE, WORDS, CODE, STANDS_FOR_NONE)
MOST_LINES = 200
"""Lines that the table of codes has at most; what can not be read stands first in it."""

# `3`, `3.0`, `3,00`: a spreadsheet writes whole numbers in all these ways.
_NUMBER = r"\d{1,9}(?:[.,]0+)?"
_WHOLE = re.compile(rf"([+-]?{_NUMBER})[.:;]?")
_IN_BRACKETS = re.compile(rf"\(({_NUMBER})\)|\[({_NUMBER})\]")
# `3 - Some of the time`, `3. Often`, `3: Often`, `3=Often`, `3 Often`, `(3) Often`; and the same the other way round.
_NUMBER_FIRST = re.compile(rf"[(\[]?({_NUMBER})(?:[)\]]\W*|\s*[-‐‑–—.:;,)/|=]+\s*|\s+)(\D.*)")
_NUMBER_LAST = re.compile(rf"(\D*\w\W*?)(?:\s*[-‐‑–—:;,/|=]+\s*|\s+|\s*[(\[])({_NUMBER})[)\]]?")
_PIECES = re.compile(r"\s+[-–—]\s+|[-–—()\[\]/,;:=|]+")
# `AO02`, `A2`: the place of an answer in the list as a survey tool built it.
_LIST_CODE = re.compile(r"([A-Za-z]{1,3})(\d{1,2})")
# No answer has more characters than this; longer cells are not searched for one.
_LONGEST = 200


def for_instrument(instrument: str, chosen: Mapping[str, int | None] | None = None) -> Converter:
    """Return the converter from cells to the answer codes of a questionnaire.

    Blanks and the usual marks for nothing are missing. A whole number must be one of the codes. Words must be a label,
    or a variant of one, in the definition; case, blanks, quotes, hyphens, underscores and closing punctuation do not
    count. A number with words, or words with a gloss, must all stand for the same answer. Words that say that there is
    no answer, and numbers outside the codes that are in use for that (99, -9), are missing too, but listed. All else is
    unreadable.

    Parameters
    ----------
    instrument : str
    chosen : mapping of str to int or None
        What a person says that a cell stands for (None: no answer). It wins over everything, over a number in range
        too: that is how a file that counts from 1 is read.

    >>> convert = for_instrument("gse").convert
    >>> convert("3"), convert("3,0"), convert("exactly true"), convert("(4) Exactly true"), convert("n/a")
    (3, 3, 4, 4, None)
    >>> [convert(text) for text in ("99", "Don't know", "5", "2.5", "3 - Exactly true")]
    [NO_ANSWER, NO_ANSWER, UNREADABLE, UNREADABLE, UNREADABLE]
    >>> for_instrument("uwes9", {"1": 0, "x": None}).convert("1.0")
    0
    """
    return _converter(instrument, tuple((chosen or {}).items()))


@cache
def _labels(instrument: str) -> Mapping[str, int]:
    return {label_key(text): code for text, code in load_instrument(instrument).labels.items()}


@cache
def _converter(instrument: str, chosen: tuple[tuple[str, int | None], ...]) -> Converter:
    codes = load_instrument(instrument).codes
    known = {answer_key(text): code for text, code in chosen}

    def convert(text: str) -> object:
        return _read(text, instrument, known)[0]

    expected = f"a whole number from {codes[0]} to {codes[-1]}, or the words of an answer"
    return Converter(convert, "float64", expected)


def codes_found(
    instrument: str, columns: Sequence[TextColumn], chosen: Mapping[str, int | None] | None = None
) -> pd.DataFrame:
    """Return what the columns of a questionnaire hold, and what each text is read as.

    Returns
    -------
    DataFrame
        `field` (the questionnaire), `found` (the text; those that can only mean the same are one line), `n` (cells),
        `code` (as text, empty for none) and `reason`. What can not be read stands first; at most 200 lines. Empty
        cells are left out.

    Examples
    --------
    >>> column = TextColumn.from_cells(["3", "3.0", "Often", "99", ""])
    >>> codes_found("gse", [column])[["found", "n", "code", "reason"]].values.tolist()[:2]
    [['Often', 1, '', 'not known: choose a code'], ['3', 2, '3', 'a code of the questionnaire']]
    """
    known = {answer_key(text): code for text, code in (chosen or {}).items()}
    counts: dict[str, int] = {}
    shown: dict[str, str] = {}
    for column in columns:
        each = np.bincount(column.codes, minlength=len(column.texts)).tolist()
        for text, n in zip(column.texts, each, strict=True):
            found = tidy(text)
            if found and n:
                key = answer_key(found)
                shown.setdefault(key, found)
                counts[key] = counts.get(key, 0) + n
    lines = []
    for key, n in counts.items():
        value, reason = _read(shown[key], instrument, known)
        code = value if isinstance(value, int) else None
        lines.append((_ORDER.index(reason), -1 if code is None else code, -n, shown[key], code, reason))
    lines.sort(key=lambda line: line[:4])
    rows = [
        (instrument, found, -n, "" if code is None else str(code), reason)
        for _, _, n, found, code, reason in lines[:MOST_LINES]
    ]
    frame = pd.DataFrame(rows, columns=list(CODE_COLUMNS))
    return frame.astype({name: "int64" if name == "n" else "str" for name in CODE_COLUMNS})


def coded_answers(instrument: str, texts: Iterable[str]) -> dict[str, int]:
    """Propose what the list codes of a survey tool (`AO01`, `A2`) stand for: the answers in rising order.

    Nothing reads a file by this: it is for a person to say yes to. A list that starts at 0 starts with the first
    answer, as one that starts at 1. Empty where the texts hold no such codes, or more of them than there are answers.

    >>> coded_answers("gse", ["AO02", "AO04", "", "n/a"])
    {'AO01': 1, 'AO02': 2, 'AO03': 3, 'AO04': 4}
    """
    codes = load_instrument(instrument).codes
    found: dict[str, set[str]] = {}
    for text in texts:
        if match := _LIST_CODE.fullmatch(tidy(text)):
            found.setdefault(match[1], set()).add(match[2])
    if len(found) != 1:
        return {}
    (letters, digits), *_ = found.items()
    first = 0 if any(int(number) == 0 for number in digits) else 1
    width = min(len(number) for number in digits)
    if max(int(number) for number in digits) >= first + len(codes):
        return {}
    return {f"{letters}{first + place:0{width}d}": code for place, code in enumerate(codes)}


def label_key(text: str) -> str:
    """Fold the words of an answer: case, blanks, quotes, `_` or `-` between words, closing punctuation do not count.

    >>> label_key(" Some_of  the-time. ")
    'some of the time'
    """
    return words_key(text)


def answer_key(text: str) -> str:
    """Return what two cells have in common that can only stand for the same answer: `3.0` and `3`, `Often` and `often`.

    >>> answer_key("3,0"), answer_key("OFTEN."), answer_key("-")
    ('3', 'often', '-')
    """
    number = whole_number(text)
    return str(number) if number is not None else label_key(text) or tidy(text)


def whole_number(text: str) -> int | None:
    """Return the bare whole number in a cell, in range or not; None if it holds anything else.

    >>> whole_number("7.0"), whole_number("(7)"), whole_number("often")
    (7, 7, None)
    """
    found = tidy(text)
    if match := _WHOLE.fullmatch(found):
        return int(re.split("[.,]", match[1])[0])
    if match := _IN_BRACKETS.fullmatch(found):
        return int(re.split("[.,]", match[1] or match[2])[0])
    return None


def stands_for_number(instrument: str, text: str) -> bool:
    """True for a bare number, in range or not, and for words that say that there is no answer: no words of an answer.

    >>> stands_for_number("gse", "7"), stands_for_number("gse", "Skipped"), stands_for_number("gse", "3 - Often")
    (True, True, False)
    """
    return whole_number(text) is not None or _read(text, instrument, {})[1] == STANDS_FOR_NONE


def leans_on_unverified(instrument: Instrument, text: str) -> bool:
    """True for words that the definition remembers without a source."""
    key = label_key(text)
    return any(key == label_key(word) for answer in instrument.answers.values() for word in answer.unverified_variants)


def _read(text: str, instrument: str, chosen: Mapping[str, int | None]) -> tuple[object, str]:
    """Return what a cell stands for, and why it is read so."""
    codes = load_instrument(instrument).codes
    found = tidy(text)
    if chosen and (key := answer_key(found)) in chosen:
        code = chosen[key]
        return (code if code is None or code in codes else UNREADABLE), CHOSEN
    if found.casefold() in MISSING_MARKS:
        return None, STANDS_FOR_NONE
    number = whole_number(found)
    if number is not None:
        if number in codes:
            return number, CODE
        return (NO_ANSWER, STANDS_FOR_NONE) if number in MISSING_NUMBERS else (UNREADABLE, UNKNOWN)
    if len(found) > _LONGEST:
        return UNREADABLE, UNKNOWN
    return _read_words(plain(found), _labels(instrument), codes)


def _read_words(found: str, labels: Mapping[str, int], codes: Sequence[int]) -> tuple[object, str]:
    """Read words, or numbers with words: all of them must stand for the same answer."""
    if (key := label_key(found)) in labels:
        return labels[key], WORDS
    numbers, words = _parted(found)
    if says_no_answer(found) or (says_no_answer(words) and not numbers & set(codes)):
        return NO_ANSWER, STANDS_FOR_NONE
    pieces = [words] if label_key(words) in labels else [piece for piece in _PIECES.split(words) if label_key(piece)]
    meant = {labels.get(label_key(piece)) for piece in pieces}
    if not meant or None in meant:
        return UNREADABLE, UNKNOWN
    if len(meant | numbers) > 1:
        return UNREADABLE, DISAGREE
    return meant.pop(), AGREE if numbers else WORDS


def _parted(found: str) -> tuple[set[int], str]:
    """Part a text into the numbers before and after its words, and the words."""
    numbers, words = set(), found
    if match := _NUMBER_FIRST.fullmatch(words):
        numbers.add(int(re.split("[.,]", match[1])[0]))
        words = match[2]
    if match := _NUMBER_LAST.fullmatch(words):
        numbers.add(int(re.split("[.,]", match[2])[0]))
        words = match[1]
    return numbers, words
