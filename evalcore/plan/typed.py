"""Typed text before it is kept: cleaned of what can not be seen, and held against its longest length."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_HIDDEN = ("Cc", "Cf", "Co", "Cs")
_BREAKS = ("Zl", "Zp")


def cleaned(text: str) -> str:
    """Return typed text without what can not be seen: control characters, direction marks, blanks at the ends.

    Line breaks stay, in one form; a tab becomes a blank.

    >>> cleaned(" two\\r\\nlines\\t\\u202e ")
    'two\\nlines'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    lines = "".join("\n" if unicodedata.category(one) in _BREAKS else one for one in lines)
    return "".join(one for one in lines if one == "\n" or unicodedata.category(one) not in _HIDDEN).strip()


def text_problems(text: str, longest: int, name: str) -> Iterator[str]:
    """Give what keeps one text from being kept: too long, or not as `cleaned` leaves it.

    >>> list(text_problems("abc", 2, "the name"))
    ['shorten the name to 2 characters']
    """
    if len(text) > longest:
        yield f"shorten {name} to {longest} characters"
    if text != cleaned(text):
        yield f"take out of {name} what can not be printed"
