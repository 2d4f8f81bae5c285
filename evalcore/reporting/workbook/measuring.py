"""How many lines a text takes in a column: a row has no height of its own until a program opens the workbook."""

from __future__ import annotations

from collections.abc import Mapping

_PIXELS = 9
"""That a digit of our type takes; the width of a column is counted in digits."""

_FREE = 1.2
"""Digits that stand free at the sides of a column and still take words."""

_EM = 16
"""Pixels of 12 points."""

_SHARES: Mapping[str, float] = {
    **dict.fromkeys("ijl'’|", 0.22),
    **dict.fromkeys(" ftI.,:;!/[]\\", 0.28),
    **dict.fromkeys('r()-“”"', 0.35),
    **dict.fromkeys("ckJsvxyz", 0.5),
    **dict.fromkeys("ABEKPSVXYC&DFGHLNORTUZwQ", 0.72),
    **dict.fromkeys("mM%W@…—", 1.0),
}
_USUAL, _FAR = 0.56, 1.0
_FIRST_FAR = 0x2E80
"""From here on characters are mostly as wide as they are high."""

_CAREFUL = 1.03


def lines_of(text: str, characters: float, larger: float = 1.0) -> int:
    """Return how many lines a text takes, about; rather one too many.

    Parameters
    ----------
    text : str
    characters : float
        How many digits fit on a line of its column.
    larger : float
        How much larger its type is than plain text.

    >>> lines_of("Two lines of words", 10), lines_of("", 10), lines_of("one\\ntwo", 10)
    (2, 1, 2)
    """
    room = (characters + _FREE) * _PIXELS / (larger * _CAREFUL)
    return max(sum(_lines(line, room) for line in text.splitlines()), 1)


def _lines(line: str, room: float) -> int:
    """Lines that words take in so many pixels; a word that is wider than a line is broken."""
    lines, used = 1, 0.0
    for word in line.split(" "):
        wide = _width(word)
        if used and used + wide > room:
            lines, used = lines + 1, 0.0
        if wide > room:
            lines, wide = lines + int(wide // room), wide % room
        used += wide + _width(" ")
    return lines


def _width(text: str) -> float:
    return sum(_SHARES.get(one, _FAR if ord(one) >= _FIRST_FAR else _USUAL) for one in text) * _EM
