"""The number of people to whom something happens, each with a probability of their own: exact, of however many people.

The distribution (Poisson-binomial) comes from its characteristic function, one factor for each different probability
raised to the number of people who have it. Only numbers that are not out of the question are looked at, and only
frequencies that are not nothing: of five million people some ten thousand numbers and some thirty frequencies.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evalcore.profile.caseload import Values
from evalcore.profile.counted import one_by_one
from evalcore.profile.spread import Spread

_SLACK = 1e-7
"""Numbers whose probability is larger by no more than this part count as equally likely, as in R's binom.test."""

_ROUNDING = 1e-12
_NOTHING = 45.0
"""Numbers and frequencies are left out where what they hold is below exp(-45), under 1e-19."""
_FEW = 16
"""Up to so many people with the same probability are multiplied one by one."""
_AT_ONCE = 500_000
"""Cells of the table of people by frequencies that are held at once."""


@dataclass(frozen=True, eq=False)
class Numbers:
    """How likely each number of people is.

    Attributes
    ----------
    first : int
        The smallest number that is not out of the question.
    each : array of float
        The probability of it and of those after it; all others have none to speak of.
    """

    first: int
    each: Values

    def range(self, confidence: float = 0.95) -> tuple[float, float]:
        """The quantiles at both ends, as `expected_range` gives them."""
        cumulated = np.cumsum(self.each)
        tail = (1 - confidence) / 2
        low, high = (float(self.first + np.argmax(cumulated >= level - _ROUNDING)) for level in (tail, 1 - tail))
        return low, high

    def exact_p(self, observed: int) -> float:
        """The two-sided p of a number observed, as `exact_p` gives it."""
        place = observed - self.first
        found = float(self.each[place]) if 0 <= place < len(self.each) else 0.0
        return min(1.0, float(self.each[self.each <= found * (1 + _SLACK)].sum()))


def expected_range(probabilities: Values | Spread, confidence: float = 0.95) -> tuple[float, float]:
    """The range of a number of people each of whom has something with a probability of their own.

    The quantiles at both ends of the exact Poisson-binomial distribution: the smallest number of people that, with all
    numbers below it, has at least that probability.

    Parameters
    ----------
    probabilities : array of float or Spread
        One a person, or each with its number of people.
    confidence : float

    Examples
    --------
    >>> expected_range(np.array([0.5, 0.5, 0.5]))
    (0.0, 3.0)
    >>> expected_range(Spread.of(np.array([0.25]), np.array([5_000_000])))
    (1248103.0, 1251898.0)
    """
    return numbers_of(probabilities).range(confidence)


def exact_p(observed: int, probabilities: Values | Spread) -> float:
    """The exact two-sided p of a number observed: the probability of all numbers that are as unlikely, or more.

    Parameters
    ----------
    observed : int
        From 0 to the number of people.
    probabilities : array of float or Spread
        One a person, or each with its number of people.

    Notes
    -----
    The same rule as R's `binom.test`, with the Poisson-binomial distribution in the place of the binomial. A p below
    1e-12 is one of at most so much.

    Examples
    --------
    >>> round(exact_p(0, np.array([0.5, 0.5, 0.5])), 3)
    0.25
    """
    return numbers_of(probabilities).exact_p(observed)


def numbers_of(probabilities: Values | Spread) -> Numbers:
    """How likely each number of people is, where each has something with a probability of their own.

    >>> numbers_of(np.array([0.5, 0.5])).each.round(3).tolist()
    [0.25, 0.5, 0.25]
    """
    of = probabilities if isinstance(probabilities, Spread) else Spread.of(probabilities)
    p, people = of.values, of.people
    expected, variance = float((p * people).sum()), float((p * (1 - p) * people).sum())
    # Bernstein: further from the expected than this, all numbers together have less than 2 exp(-45).
    reach = _NOTHING / 3 + math.sqrt((_NOTHING / 3) ** 2 + 2 * _NOTHING * variance)
    first = max(0, math.floor(expected - reach))
    size = min(len(of), math.ceil(expected + reach)) - first + 1
    angles = 2 * np.pi * np.arange(size // 2 + 1) / size
    # No factor is larger than exp(-p (1 - p) (1 - cos)).
    angles = angles[variance * (1 - np.cos(angles)) <= _NOTHING]
    waves = np.zeros(size // 2 + 1, dtype=np.complex128)
    waves[: len(angles)] = _characteristic(of, angles) * np.exp(-1j * angles * first)
    return Numbers(first, np.maximum(np.fft.irfft(np.conj(waves), size), 0.0))


def _characteristic(probabilities: Spread, angles: Values) -> npt.NDArray[np.complex128]:
    """The product over all people of 1 - p + p exp(i angle): by logarithms where many have the same p."""
    many = probabilities.people > _FEW
    with np.errstate(divide="ignore"):
        p, cosine = probabilities.values[many, None], np.cos(angles)
        size = 0.5 * np.log1p(-2 * p * (1 - p) * (1 - cosine))
        turn = np.arctan2(p * np.sin(angles), 1 - p + p * cosine)
    people = probabilities.people[many].astype(np.float64)
    product = np.exp(people @ size + 1j * (people @ turn))
    others = one_by_one(probabilities.values[~many], probabilities.people[~many])
    step = max(1, _AT_ONCE // len(angles))
    for start in range(0, len(others), step):
        product *= np.prod(1 + others[start : start + step, None] * (np.exp(1j * angles) - 1), axis=0)
    return np.asarray(product)
