"""How wide words stand in a table: an estimate from the widths of Arial, a little on the safe side."""

from __future__ import annotations

import re
from collections.abc import Sequence

TWIPS = 20
"""In a point."""

_SIZE = 8.5
"""Points of the text of a table, as the style `Table text` has it."""

_PADDING = 190
"""Twips of a cell that hold no text: its margins, and a little air."""

_LONG, _HEADING = 3000, 1700
"""Twips at which a text, a heading is broken rather than let the column grow."""

_SLACK = 1.04
_BOLD = 1.08
_OTHER = 0.57
_WIDTHS = {
    sign: width
    for signs, width in (
        ("ijl'|", 0.24),
        (" !,./:;I[]\\ft", 0.28),
        ('()-r`"*', 0.36),
        ("ckJsvxyz", 0.5),
        ("+<=>−~", 0.6),
        ("ABEKPSVXY&", 0.67),
        ("CDHNRUw", 0.73),
        ("GOQ", 0.79),
        ("mM", 0.84),
        ("%W@—…", 1.0),
    )
    for sign in signs
}
_WORDS = re.compile(r"[^\s-]+-?|-")


def width(words: str, *, bold: bool = False) -> int:
    """Return the twips that `words` take on one line of a table.

    >>> width("12,000") < width("12,000", bold=True) < width("120,000")
    True
    """
    ems = sum(_WIDTHS.get(sign, _OTHER) for sign in words)
    return round(ems * _SIZE * TWIPS * _SLACK * (_BOLD if bold else 1))


def longest_word(words: str, *, bold: bool = False) -> int:
    """Return the twips of the longest piece that no line break can part.

    >>> longest_word("95 % interval from") == width("interval")
    True
    """
    return max((width(word, bold=bold) for word in _WORDS.findall(words)), default=0)


def least(column: Sequence[str], *, number: bool) -> int:
    """Return the twips below which a column tears words apart; the first cell is its heading.

    >>> least(("Pairs", "7"), number=True) > width("Pairs", bold=True)
    True
    """
    heading, cells = column[0], column[1:]
    widest = max((width(cell) if number else longest_word(cell) for cell in cells), default=0)
    return max(longest_word(heading, bold=True), widest) + _PADDING


def wanted(column: Sequence[str], *, number: bool) -> int:
    """Return the twips at which a column reads well: its cells on one line, or a long text on a few."""
    heading, cells = column[0], column[1:]
    widest = max((width(cell) for cell in cells), default=0)
    broken = widest if number else max(min(widest, _LONG), widest // 3)
    return max(least(column, number=number), min(width(heading, bold=True), _HEADING) + _PADDING, broken + _PADDING)


def whole(column: Sequence[str]) -> int:
    """Return the twips at which nothing in a column is broken."""
    return max(width(cell, bold=not place) for place, cell in enumerate(column)) + _PADDING


def most_lines(column: Sequence[str], room: int) -> int:
    """Return how many lines the longest text under the heading takes in a column of `room` twips, about.

    >>> most_lines(("When", "Before"), 2000), most_lines(("When", "Before " * 10), 2000)
    (1, 4)
    """
    free = max(room - _PADDING, 1)
    return max((-(-width(cell) // free) for cell in column[1:]), default=1)


def shared_out(stages: Sequence[Sequence[int]], room: int) -> tuple[int, ...]:
    """Return the width of each column of a table that takes all of `room`.

    `stages` are widths for each column that are better and better: every column gets the best that all can have, and
    what is left goes to those to which the next stage gives more.

    >>> shared_out([(100, 100), (100, 300)], 400), shared_out([(100, 100), (100, 300)], 300)
    ((100, 300), (100, 200))
    >>> shared_out([(100, 100)], 100), shared_out([(100, 100)], 400)
    ((50, 50), (200, 200))
    """
    held: list[float] = [0.0] * len(stages[0])
    for stage in stages:
        gains = [max(better - one, 0) for better, one in zip(stage, held, strict=True)]
        share = min((room - sum(held)) / (sum(gains) or 1), 1)
        held = [one + gain * share for one, gain in zip(held, gains, strict=True)]
    stretched = room / sum(held)
    cut = [int(one * stretched) for one in held]
    return (*cut[:-1], room - sum(cut[:-1]))
