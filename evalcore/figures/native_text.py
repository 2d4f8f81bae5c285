"""Words of a native chart: cleaned, broken to a width, and never taken for a formula."""

from __future__ import annotations

import html
import math
import re
import textwrap
from dataclasses import dataclass

from evalcore.figures.words import CHARACTER, LINE

LEAST = 12.0
"""Points: no type on a chart is smaller."""

REFERENCE = 13.0
"""Points of small type at which a pixel of the screen's measures is a point."""

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LIKE_A_CELL = re.compile(r"^=?[^!]+!\$?[A-Z]+\$?\d+")
_JOINER = "\u2060"
_TIED = "\u00a0=\u00a0"


@dataclass(frozen=True)
class Type:
    """The type of a chart: `text` for titles, `small` for everything else, in points."""

    text: float

    @property
    def small(self) -> float:
        """Points of the small type."""
        return max(self.text - 1, LEAST)

    @property
    def scale(self) -> float:
        """Points in a pixel of the screen's measures."""
        return self.small / REFERENCE

    @property
    def character(self) -> float:
        """Points that a character takes, about."""
        return CHARACTER * self.scale

    @property
    def line(self) -> float:
        """Points that a line takes."""
        return LINE * self.scale


def plain(text: str) -> str:
    r"""`text` without the characters that no XML file may hold.

    >>> plain("Leeds\x00 & York")
    'Leeds & York'
    """
    return _ILLEGAL.sub("", text)


def unread(text: str) -> str:
    """`text` as xlsxwriter leaves it alone: what looks like a cell's address gets a character of no width.

    >>> unread("+0.7"), len(unread("Leeds!A1")) - len("Leeds!A1")
    ('+0.7', 1)
    """
    cleaned = plain(text)
    return cleaned.replace("!", "!" + _JOINER, 1) if _LIKE_A_CELL.match(cleaned) else cleaned


def as_typed(text: str) -> str:
    """The words that `unread` was given.

    >>> as_typed(unread("Leeds!A1"))
    'Leeds!A1'
    """
    return text.replace("!" + _JOINER, "!", 1)


def from_html(text: str) -> str:
    r"""The words of a label that was written for the screen.

    >>> from_html("fewer than &lt;<br>5 people")
    'fewer than <\n5 people'
    """
    return html.unescape(text.replace("<br>", "\n"))


def broken(text: str, width: float, type_: Type) -> list[str]:
    """Break `text` to lines of `width` points; a word that is longer stays whole.

    >>> broken("Change after minus before", 90, Type(14))
    ['Change after', 'minus before']
    """
    characters = max(int(width / type_.character), 6)
    lines = textwrap.wrap(plain(text).replace(" = ", _TIED), characters, break_long_words=False)
    return [line.replace(_TIED, " = ") for line in lines] or [""]


def width_of(lines: list[str], type_: Type) -> float:
    """Points that the longest of `lines` takes, about.

    >>> round(width_of(["twelve lines"], Type(14)))
    82
    """
    return max(map(len, lines), default=0) * type_.character


def shortened(text: str, width: float, type_: Type, lines: int) -> list[str]:
    """Break `text` to at most `lines` lines; what does not fit is left out, and an ellipsis says so.

    >>> shortened("Education, training and employability", 90, Type(14), 1)
    ['Education,…']
    """
    found = broken(text, width, type_)
    if len(found) <= lines:
        return found
    most = max(math.floor(width / type_.character) - 1, 5)
    return [*found[: lines - 1], found[lines - 1][:most].rstrip() + "…"]
