"""Starts and contacts by risk: bands of OGRS, and the trend over OGRS with its interval."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evalcore.errors import EvalcoreError
from evalcore.profile.ogrs_kind import version_key
from evalcore.profile.ogrs_scored import KINDS

STEP = 10.0
"""A trend is given for so many points of OGRS."""
LEAST_FOR_A_TREND = 3
_CONFIDENCE = 0.95
_QUARTERS = ((0, 24), (25, 49), (50, 74), (75, 100))
_HIGHEST = 100
_TRIES = 1_000
_FAR = 60.0
"""Where two neighbouring scores are further apart than this, in logits, no end of an interval is looked for."""

Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Band:
    """A range of OGRS in whole points, both ends included, and its name for a reader."""

    label: str
    low: int
    high: int

    def holds(self, scores: Values) -> npt.NDArray[np.bool_]:
        """Which scores lie in it; a score between two whole points belongs to the lower one.

        >>> Band("0 to 24", 0, 24).holds(np.array([0.0, 24.9, 25.0, np.nan])).tolist()
        [True, True, False, False]
        """
        return np.asarray((scores >= self.low) & (scores < self.high + 1))


@dataclass(frozen=True)
class Bands:
    """The bands of a score. `published`: whether they are those of the score's owner, or quarters of its scale."""

    bands: tuple[Band, ...]
    published: bool


def risk_bands(version: str | None, horizon: str | None) -> Bands:
    """Return the bands of one version and one horizon of OGRS.

    Parameters
    ----------
    version, horizon : str or None
        As `ogrs_kind` names them.

    Returns
    -------
    Bands
        The published ones for a score for two years; where none are published, quarters of 0 to 100.

    Examples
    --------
    >>> [band.label for band in risk_bands("OGRS3", "2 years").bands]
    ['Low (0 to 49 %)', 'Medium (50 to 74 %)', 'High (75 to 89 %)', 'Very high (90 % and over)']
    >>> risk_bands("OGRS3", "1 year").published
    False
    """
    key = None if version is None else version_key(version)
    published = [kind.bands for kind in KINDS.values() if version_key(kind.version) == key and kind.horizon == horizon]
    named = published[0] if published else ()
    if not named:
        return Bands(tuple(Band(f"{low} to {high}", low, high) for low, high in _QUARTERS), published=False)
    ends = [*(band.start - 1 for band in named[1:]), _HIGHEST]
    found = (Band(f"{one.label} ({one.range})", one.start, end) for one, end in zip(named, ends, strict=True))
    return Bands(tuple(found), published=True)


@dataclass(frozen=True)
class Trend:
    """How something changes with each ten points of OGRS; None where `why_not` says why there is no figure.

    Attributes
    ----------
    n : int
        People.
    estimate, ci_low, ci_high : float or None
        For starts the odds ratio for ten points more; for contacts the change of the share attended, 0 to 1. An end of
        an interval is 0 or infinite where none was found.
    """

    n: int
    estimate: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    why_not: str = ""

    @property
    def falls(self) -> bool:
        """Whether the estimate lies below no trend."""
        return self.estimate is not None and self.estimate < self.neutral

    @property
    def neutral(self) -> float:
        """The value of no trend."""
        return 1.0 if isinstance(self, OddsTrend) else 0.0

    @property
    def clear(self) -> bool:
        """Whether the whole interval lies on one side of no trend."""
        if self.ci_low is None or self.ci_high is None:
            return False
        return self.ci_high < self.neutral or self.ci_low > self.neutral


class OddsTrend(Trend):
    """A trend given as an odds ratio, which is 1 where there is none."""


def start_trend(ogrs: npt.ArrayLike, started: npt.ArrayLike) -> OddsTrend:
    """Trend of starting over OGRS: the odds ratio for ten points more, by logistic regression.

    Parameters
    ----------
    ogrs : array of float
        Of each eligible person, without a missing one.
    started : array of bool
        Whether each has started.

    Returns
    -------
    OddsTrend
        With the 95 % profile likelihood interval; no figure where everybody or nobody started, all scores are equal, or
        some score parts those who started from those who did not. Checked against R's `glm`.

    Raises
    ------
    EvalcoreError
        If the two are not of one length, or a score is missing.

    Examples
    --------
    >>> found = start_trend([10, 20, 30, 40, 50, 60], [True, True, False, True, False, False])
    >>> round(found.estimate, 3), found.falls
    (0.297, True)
    >>> start_trend([10, 20, 30], [True, True, True]).why_not
    'everybody started'
    """
    scores, yes = _checked(ogrs, started)
    why = _no_start_trend(scores, yes > 0)
    if why:
        return OddsTrend(len(scores), why_not=why)
    steps = (scores - scores.mean()) / STEP
    best = _slope(steps, yes)
    ends = [_end(steps, yes, best, side) for side in (-1, 1)]
    low, high = (math.exp(end) if math.isfinite(end) else (0.0 if end < 0 else math.inf) for end in ends)
    return OddsTrend(len(scores), math.exp(best), low, high)


def _no_start_trend(scores: Values, yes: npt.NDArray[np.bool_]) -> str:
    if len(scores) < LEAST_FOR_A_TREND:
        return f"fewer than {LEAST_FOR_A_TREND} people"
    if yes.all() or not yes.any():
        return "everybody started" if yes.all() else "nobody started"
    if scores.min() == scores.max():
        return "all have the same score"
    ins, outs = scores[yes], scores[~yes]
    if ins.max() <= outs.min() or outs.max() <= ins.min():
        return "one score parts those who started from those who did not, so that no odds ratio can be computed"
    return ""


def _log_likelihood(intercept: float, slope: float, steps: Values, yes: Values) -> float:
    logits = intercept + slope * steps
    return float(np.sum(yes * logits - np.logaddexp(0.0, logits)))


def _intercept(slope: float, steps: Values, yes: Values) -> float:
    """The best intercept for a slope: where as many are expected to start as did."""
    from scipy.optimize import brentq
    from scipy.special import expit

    wide = _FAR + abs(slope) * float(np.abs(steps).max())
    return float(
        brentq(lambda at: float(np.sum(expit(at + slope * steps) - yes)), -wide, wide, xtol=1e-13, maxiter=_TRIES)
    )


def _profile(slope: float, steps: Values, yes: Values) -> float:
    return _log_likelihood(_intercept(slope, steps, yes), slope, steps, yes)


def _slope(steps: Values, yes: Values) -> float:
    """The best slope: where the score equation of the profile is 0."""
    from scipy.optimize import brentq
    from scipy.special import expit

    def left(slope: float) -> float:
        return float(np.sum(steps * (yes - expit(_intercept(slope, steps, yes) + slope * steps))))

    return float(brentq(left, -_widest(steps), _widest(steps), xtol=1e-12, maxiter=_TRIES))


def _widest(steps: Values) -> float:
    """A slope so steep that two neighbouring scores are all but certain to differ."""
    return _FAR / _nearest(steps)


def _nearest(steps: Values) -> float:
    """The smallest distance between two different scores."""
    return float(np.diff(np.unique(steps)).min())


def _end(steps: Values, yes: Values, best: float, side: int) -> float:
    """One end of the profile likelihood interval; infinite where it is not reached."""
    from scipy.optimize import brentq
    from scipy.special import chdtri

    level = _profile(best, steps, yes) - float(chdtri(1, 1 - _CONFIDENCE)) / 2
    far = side * _widest(steps)
    if _profile(far, steps, yes) > level:
        return side * math.inf
    return float(brentq(lambda slope: _profile(slope, steps, yes) - level, best, far, xtol=1e-12, maxiter=_TRIES))


def contacts_trend(ogrs: npt.ArrayLike, shares: npt.ArrayLike) -> Trend:
    """Trend of the share of contacts attended over OGRS: its change for ten points more, each person counting once.

    Parameters
    ----------
    ogrs, shares : array of float
        Of each person, without a missing one; shares from 0 to 1.

    Returns
    -------
    Trend
        The slope of the straight line of least squares with its 95 % t interval. Checked against R's `lm`.

    Raises
    ------
    EvalcoreError
        As `start_trend`.

    Examples
    --------
    >>> found = contacts_trend([10, 20, 30, 40], [0.9, 0.8, 0.8, 0.6])
    >>> round(found.estimate, 3), round(found.ci_low, 3), round(found.ci_high, 3)
    (-0.09, -0.204, 0.024)
    """
    scores, share = _checked(ogrs, shares)
    if len(scores) < LEAST_FOR_A_TREND:
        return Trend(len(scores), why_not=f"fewer than {LEAST_FOR_A_TREND} people")
    if scores.min() == scores.max():
        return Trend(len(scores), why_not="all have the same score")
    from scipy.special import stdtrit
    from scipy.stats import linregress

    line = linregress(scores / STEP, share)
    half = float(stdtrit(len(scores) - 2, (1 + _CONFIDENCE) / 2)) * float(line.stderr)
    slope = float(line.slope)
    return Trend(len(scores), slope, slope - half, slope + half)


def _checked(ogrs: npt.ArrayLike, other: npt.ArrayLike) -> tuple[Values, Values]:
    scores, values = np.asarray(ogrs, dtype=np.float64), np.asarray(other, dtype=np.float64)
    if scores.shape != values.shape or scores.ndim != 1:
        raise EvalcoreError("There must be one score and one other value for each person. Leave out who lacks one.")
    if not (np.isfinite(scores).all() and np.isfinite(values).all()):
        raise EvalcoreError("A score or a value is missing. Leave out the people of whom one is not known.")
    return scores, values
