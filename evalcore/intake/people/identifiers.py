"""Identifiers: always text, cleaned by two named rules, never joined on a guess."""

from __future__ import annotations

import re

from evalcore.intake.files.raw import tidy

# What stands for "nothing" in a cell of any kind.
MISSING_MARKS = frozenset({"", "na", "n/a", "#n/a", "nan", "null", "-", "--", "–", "—", "."})

_LONGEST_MARK = max(map(len, MISSING_MARKS))

_SPREADSHEET_NUMBER = re.compile(r"\d+\.0+")
_ROUNDED = re.compile(r"\d(?:\.\d+)?[eE]\+\d+")
_SPACES = re.compile(r"\s+")


def is_blank(text: str) -> bool:
    """True for a cell that holds nothing, or a usual mark for nothing.

    >>> is_blank("  "), is_blank("N/A"), is_blank("0")
    (True, True, False)
    """
    return tidy(text).casefold() in MISSING_MARKS


def clean_identifier(text: str) -> str | None:
    """Return the identifier in a cell, or None if there is none.

    Outer blanks go, inner runs of blanks (non-breaking ones too) become one space, and a spreadsheet's `12.0` is
    `12`. Case, leading zeros and punctuation stay: two people may differ by nothing else.

    >>> clean_identifier(" 007 "), clean_identifier("12.0"), clean_identifier("ab\\u00a0 1"), clean_identifier("-")
    ('007', '12', 'ab 1', None)
    """
    if text.isalnum() and len(text) > _LONGEST_MARK:
        return text
    found = _SPACES.sub(" ", tidy(text))
    if found.casefold() in MISSING_MARKS:
        return None
    if _SPREADSHEET_NUMBER.fullmatch(found):
        return found.partition(".")[0]
    return found


def was_rounded(text: str) -> bool:
    """True for a long number that a spreadsheet has rounded; different people may then share it.

    >>> was_rounded("1.18052E+11"), was_rounded("118052219061")
    (True, False)
    """
    return "+" in text and _ROUNDED.fullmatch(tidy(text)) is not None
