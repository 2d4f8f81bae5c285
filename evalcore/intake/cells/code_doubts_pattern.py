"""Signs of another set of codes in answers that are all in range: means, correlations between items, codes never used.

People who give the same answer to every item say nothing of all this, and are left out first (`who_differ`).
All of it is weak evidence, weakest with few people. The limits were set by simulation (`benchmarks/code_doubts.py`):
correctly coded answers, of people as low as those of the pilots and of a general population, are rarely asked about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evalcore.columns import TOTAL
from evalcore.instruments.instrument import Instrument, Norm, Scale
from evalcore.intake.cells.code_doubts_range import Numbers, is_slip

REVERSED = "reversed"
ONE_HIGHER = "one higher"
ONE_LOWER = "one lower"

# A mean is far off if it lies more than this many SDs of the published group from its mean, and more by this many
# standard errors. Groups of clients were published at 1.1 SDs below it.
_FAR = 1.15
_ERRORS = 2.0
# Fewer people than this say nothing by their correlations.
_FEWEST = 6
# Standard errors (of Fisher's z) by which the correlation of two parts of the items must lie below 0.
_ERRORS_BELOW = 1.6
# The items must be one scale before some of them can run against the others: one factor carries twice what the second
# does, and about as much as the first factor of unrelated items hardly ever does (Marchenko and Pastur's limit).
_FIRST_TO_SECOND = 2.0
_OF_CHANCE = 0.9
# A code between two others that were chosen this often, each by so many people, is expected among the answers.
_NEIGHBOURS = 8
_NEIGHBOURS_PEOPLE = 4


@dataclass(frozen=True)
class FarMean:
    """A mean score far from the published one.

    `readings` are the ways of reading the codes that make it an ordinary one, each with the mean that it gives, the
    likeliest first.
    """

    mean: float
    readings: Mapping[str, float]
    norm: Norm

    @property
    def reading(self) -> str:
        """The likeliest way."""
        return next(iter(self.readings))


def norm_of(instrument: Instrument) -> Norm | None:
    """Return the published mean and SD that the mean of a file is held against: of the total score, the default first.

    >>> from evalcore.instruments import load_instrument
    >>> norm_of(load_instrument("gse")).name
    'great_britain'
    """
    usable = [norm for norm in instrument.norms if norm.scale == TOTAL and norm.sd is not None and not norm.sex]
    return max(usable, key=lambda norm: norm.default, default=None)


def far_mean(instrument: Instrument, numbers: Numbers, people: int) -> FarMean | None:
    """Return how the codes would have to be read for the mean to be an ordinary one, if it is far from that.

    `people` is the number of people, not counted twice for two waves. Rows with less than half of the items do not
    count. Numbers just outside the range, though too few to tell by themselves, tell one reading from another.
    """
    low, high = instrument.codes[0], instrument.codes[-1]
    below, above = bool((numbers == low - 1).any()), bool((numbers == high + 1).any())
    numbers = in_range(numbers, low, high)
    norm, scale = norm_of(instrument), instrument.scale(TOTAL)
    means = _row_means(numbers)
    if norm is None or norm.sd is None or not len(means) or people < 1:
        return None
    mean = float(_scores(means, scale, low, high).mean())
    limit = _FAR * norm.sd
    if abs(mean - norm.mean) < limit + _ERRORS * norm.sd / np.sqrt(people):
        return None
    readings = {}
    if mean < norm.mean and low > 0 and not (numbers == high).any():
        readings[ONE_LOWER] = means + 1
    if mean > norm.mean and not (numbers == low).any():
        readings[ONE_HIGHER] = means - 1
    if not readings or not (below if mean < norm.mean else above):
        readings[REVERSED] = low + high - means
    as_read = {name: float(_scores(read, scale, low, high).mean()) for name, read in readings.items()}
    off = {name: abs(read - norm.mean) for name, read in as_read.items()}
    likely = sorted((name for name in off if off[name] < limit), key=lambda name: off[name])
    return FarMean(mean, {name: as_read[name] for name in likely}, norm) if likely else None


def who_differ(numbers: Numbers) -> NDArray[np.bool_]:
    """True for each row whose answers are not all the same.

    >>> who_differ(np.array([[2.0, 3.0], [2.0, 2.0], [np.nan, 4.0]])).tolist()
    [True, False, False]
    """
    low = np.where(np.isnan(numbers), np.inf, numbers).min(axis=1)
    high = np.where(np.isnan(numbers), -np.inf, numbers).max(axis=1)
    differ: NDArray[np.bool_] = low < high
    return differ


def far_wave(instrument: Instrument, part: Numbers, rest: Numbers) -> FarMean | None:
    """Return what `far_mean` says of one wave, if the mean of the other rows lies a whole SD away from it."""
    far = far_mean(instrument, part, len(part))
    if far is None or far.norm.sd is None:
        return None
    low, high = instrument.codes[0], instrument.codes[-1]
    means = _row_means(in_range(rest, low, high))
    if not len(means):
        return None
    other = float(_scores(means, instrument.scale(TOTAL), low, high).mean())
    return far if abs(other - far.mean) >= far.norm.sd else None


def in_range(numbers: Numbers, low: int, high: int) -> Numbers:
    """The numbers that are codes; NaN for the others."""
    return np.where((numbers >= low) & (numbers <= high), numbers, np.nan)


def _row_means(numbers: Numbers) -> NDArray[np.float64]:
    held = ~np.isnan(numbers)
    n = held.sum(axis=1)
    kept = (n > 0) & (2 * n >= numbers.shape[1])
    means: NDArray[np.float64] = np.where(held, numbers, 0.0)[kept].sum(axis=1) / n[kept]
    return means


def _scores(means: NDArray[np.float64], scale: Scale, low: int, high: int) -> NDArray[np.float64]:
    """The total scores that go with the means of the items."""
    if scale.table:
        sums = sorted(scale.table)
        found: NDArray[np.float64] = np.interp(means * len(scale.items), sums, [scale.table[s] for s in sums])
        return found
    return scale.low + (means - low) / (high - low) * (scale.high - scale.low)


def turned_items(numbers: Numbers, people: int) -> NDArray[np.bool_] | None:
    """Return which items run against the others: the smaller part, split by the sign of the first component.

    Only rows with every item count; items in which all answers are equal belong to no part. None where the items are
    not one scale, where the parts do not clearly run against each other, or where both are equally large.
    """
    answered = ~np.isnan(numbers).all(axis=0)
    rows = numbers[:, answered]
    rows = rows[~np.isnan(rows).any(axis=1)]
    people = min(people, len(rows))
    if people < _FEWEST:
        return None
    spread = rows.std(axis=0)
    varied = spread > 0
    if varied.sum() < 3:
        return None
    standard = (rows[:, varied] - rows[:, varied].mean(axis=0)) / spread[varied]
    shares, factors = np.linalg.eigh(standard.T @ standard / len(rows))
    of_chance = (1 + np.sqrt(len(shares) / (people - 1))) ** 2
    if shares[-1] < max(_FIRST_TO_SECOND * shares[-2], _OF_CHANCE * of_chance):
        return None
    first = factors[:, -1]
    minority = first < 0
    if minority.sum() * 2 > len(first):
        minority = ~minority
    if not minority.any() or minority.sum() * 2 == len(first):
        return None
    rest = standard[:, ~minority].mean(axis=1)
    limit = -np.tanh(_ERRORS_BELOW / np.sqrt(people - 3))
    if _correlation(standard[:, minority].mean(axis=1), rest) > limit:
        return None
    found = np.zeros(numbers.shape[1], dtype=bool)
    found[np.flatnonzero(answered)[varied]] = minority
    return found


def _correlation(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    if a.std() == 0 or b.std() == 0:
        return 0.0
    return float(np.corrcoef(a, b)[0, 1])


def unused_codes(numbers: Numbers, codes: tuple[int, ...]) -> list[int]:
    """Return the codes that nobody chose, slips aside, though many chose the next lower and the next higher ones.

    Answers to questions of this kind have one peak: a code between two others is chosen at least as often as the rarer
    of them.
    """
    cells = {code: int((numbers == code).sum()) for code in codes}
    used = [code for code in codes if not is_slip(cells[code], max(cells.values()))]
    found = []
    for code in codes:
        below, above = [c for c in used if c < code], [c for c in used if c > code]
        if code in used or not below or not above or not is_slip(cells[code], min(cells[below[-1]], cells[above[0]])):
            continue
        sides = (below[-1], above[0])
        people = [int((numbers == side).any(axis=1).sum()) for side in sides]
        if min(cells[side] for side in sides) >= _NEIGHBOURS and min(people) >= _NEIGHBOURS_PEOPLE:
            found.append(code)
    return found
