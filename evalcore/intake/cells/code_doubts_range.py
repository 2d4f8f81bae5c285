"""Signs of another set of codes in the range of the numbers: counted from one more, or one less, than they should be.

A single number outside the range is a slip of the pen or the keyboard, and only that cell is lost. A file that counts
from another number shows otherwise: the number just outside the range stands in several cells, of several people, and
the number at the other end of the range stands in none, slips aside.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
"""Rows by items: the bare number in each cell, NaN where there is none."""

# More than a slip: three cells of two people. Slips hit a given wrong number in one cell of a thousand at most, so a
# file of 6 people (70 to 140 answers) has three of them once in thousands of files. The shares keep the rule strict in
# a large file, where slips add up: of all answers, and of those of a part of the items or of one wave, where an answer
# that is rare may be in none.
_CELLS = 3
_PEOPLE = 2
_SHARE = 0.002
SHARE_OF_PART = 0.01
# A number that stands in so few cells, against those of a number that is certainly meant, is a slip itself.
_SLIPS = 20


@dataclass(frozen=True)
class Shift:
    """By how much numbers are too high (1) or too low (-1); how many of `n` cells hold the number outside, the end."""

    by: int
    outside: int
    n_outside: int
    n_end: int
    n: int


def shift_of(numbers: Numbers, low: int, high: int, *, share: float = _SHARE) -> Shift | None:
    """Return by how much all the numbers are off, as far as their range tells; `share` of them must be outside it.

    A lowest code of 0 is never looked for one lower: -1 is in use for missing answers.

    >>> shift_of(np.array([[0.0, 3.0, 0.0], [4.0, 0.0, 2.0]]), 1, 5)
    Shift(by=-1, outside=0, n_outside=3, n_end=0, n=6)
    >>> shift_of(np.array([[0.0, 3.0, 5.0], [4.0, 0.0, 0.0]]), 1, 5) is None
    True
    """
    n = int(((numbers >= low - 1) & (numbers <= high + 1)).sum())
    for by, outside, end in ((1, high + 1, low), (-1, low - 1, high)):
        cells = numbers == outside
        n_end, n_outside = int((numbers == end).sum()), int(cells.sum())
        several = n_outside >= max(_CELLS, share * n) and int(cells.any(axis=1).sum()) >= _PEOPLE
        if several and is_slip(n_end, n_outside) and not (low == 0 and by < 0):
            return Shift(by, outside, n_outside, n_end, n)
    return None


def is_slip(n: int, n_meant: int) -> bool:
    """True where so few cells, against those of a number that is certainly meant, may be slips.

    >>> is_slip(0, 3), is_slip(1, 3), is_slip(1, 20)
    (True, False, True)
    """
    return n * _SLIPS <= n_meant


def shifted_items(numbers: Numbers, low: int, high: int) -> tuple[Shift, NDArray[np.bool_], bool] | None:
    """Return the shift of a part of the items, which items, and whether every other item shows that it is not shifted.

    Those are meant in which the number just outside the range stands, and the one at the other end does not.

    >>> numbers = np.array([[0.0, 5.0], [4.0, 5.0], [0.0, 1.0], [0.0, 2.0]])
    >>> shift, items, certain = shifted_items(numbers, 1, 5)
    >>> shift.by, items.tolist(), certain
    (-1, [True, False], True)
    """
    for by, outside, end in ((1, high + 1, low), (-1, low - 1, high)):
        n_outside, n_end = (numbers == outside).sum(axis=0), (numbers == end).sum(axis=0)
        items = (n_outside > 0) & (n_end * _SLIPS <= n_outside)
        if not items.any() or items.all():
            continue
        shift = shift_of(numbers[:, items], low, high, share=SHARE_OF_PART)
        if shift and shift.by == by:
            return shift, items, bool((items | ((n_end > 0) & (n_outside * _SLIPS <= n_end))).all())
    return None
