"""The mixed model of everyone's answers: a score is the wave's mean, plus the person, plus error."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from evalcore.outcomes.description import all_equal, check_confidence
from evalcore.outcomes.overlap import scores_in_order
from evalcore.outcomes.pairs import Pairs

Values = npt.NDArray[np.float64]

LEAST_PAIRS = 5
"""Below this many pairs the model is not shown."""

SATTERTHWAITE = "Satterthwaite"

_SINGULAR = 1e-8
"""Variance between people / error variance at or below which it counts as zero: the square of lme4's `isSingular`."""

_RATIOS = np.concatenate(([0.0], np.exp(np.arange(-24.0, 30.0, 0.25))))
"""Ratios of the two variances that are tried first."""

_BISECTIONS = 60


@dataclass(frozen=True, kw_only=True)
class MixedChange:
    """Change by the random-intercept model. None is what is not given; `notes` say why.

    Attributes
    ----------
    n_people, n_scores : int
        Everyone with a score, and their scores (one or two a person).
    mean_change, se : float
        Effect of the wave, after minus before, in the unit of the scores, and its standard error.
    df, df_method : float, str
        Degrees of freedom, and how they were found (`Satterthwaite`).
    p_value, ci_low, ci_high : float
        Two-sided t test and interval with these.
    confidence : float
        Of the interval.
    converged : bool
        Whether the likelihood has its maximum where both variances are above zero; False wherever nothing is given.
    notes : tuple of str
    """

    n_people: int
    n_scores: int
    mean_change: float | None = None
    se: float | None = None
    df: float | None = None
    df_method: str | None = None
    p_value: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    confidence: float = 0.95
    converged: bool = False
    notes: tuple[str, ...] = ()


def mixed_change(pairs: Pairs, *, confidence: float = 0.95) -> MixedChange:
    """Fit score ~ wave + (1 | person) to everyone's answers by restricted maximum likelihood (REML).

    Parameters
    ----------
    pairs : Pairs
        `matched`, `pre_only` and `post_only` are used; the order of their rows never matters.
    confidence : float
        Of the interval.

    Returns
    -------
    MixedChange
        Only the counts below 5 pairs, where all changes are equal (the error variance is then zero), and where the
        variance between people is zero: people's two scores then go together no more than anybody's.

    Raises
    ------
    EvalcoreError
        If `confidence` does not lie between 0 and 1.

    Notes
    -----
    The model assumes that answers are missing at random (whether somebody answered again depends on nothing but the
    scores that were seen) and that scores spread equally before and after. A pair's sum and difference are independent,
    with variances s² + 2b² and s² (s² of error, b² between people), a single score has s² + b²: so the likelihood is a
    closed formula of b²/s², and its maximum is found to the last digits. The standard error is that of generalised
    least squares, the degrees of freedom are 2 V²/Var(V) for the variance V of the change, with the inverse of the
    observed information of both variances (Satterthwaite's, as lmerTest gives them). With pairs alone it is the paired
    t test. Checked against lme4 and lmerTest of R; statsmodels' MixedLM gives another standard error and a normal p.

    Examples
    --------
    >>> import pandas as pd
    >>> from evalcore.outcomes.matching import match
    >>> before = pd.Series([20.0, 23, 19, 25, 28, 22], index=list("ABCDEF"))
    >>> after = pd.Series([23.0, 24, 21, 25, 30, 26], index=list("ABCDEG"))
    >>> change = mixed_change(match(before, after))
    >>> change.n_people, change.n_scores, round(change.mean_change, 2), round(change.df, 2)
    (7, 12, 1.63, 4.23)
    """
    check_confidence(confidence)
    pre, post, pre_only, post_only = scores_in_order(pairs)
    people = len(pre) + len(pre_only) + len(post_only)
    found = MixedChange(n_people=people, n_scores=people + len(pre), confidence=confidence)
    note = _too_little(pre, post)
    if note:
        return replace(found, notes=(note,))
    parts = _Parts.of(pre, post, pre_only, post_only)
    ratio = parts.best_ratio()
    if ratio <= _SINGULAR:
        return replace(found, notes=(_NOTHING_BETWEEN,))
    from scipy.special import stdtr, stdtrit

    change, se, df = parts.change(ratio)
    margin = float(stdtrit(df, (1 + confidence) / 2)) * se
    return replace(
        found,
        mean_change=change,
        se=se,
        df=df,
        df_method=SATTERTHWAITE,
        p_value=float(2 * stdtr(df, -abs(change / se))),
        ci_low=change - margin,
        ci_high=change + margin,
        converged=True,
    )


_NOTHING_BETWEEN = (
    "No mixed model: the variance between people comes out as zero (scores before and after do not go together), so it "
    "would treat the two answers of one person as those of two."
)


def _too_little(pre: Values, post: Values) -> str:
    """Why the model is not fitted; empty where it is."""
    n = len(pre)
    if n < LEAST_PAIRS:
        there = f"there {'is' if n == 1 else 'are'} {n}"
        return f"No mixed model: it is not shown below {LEAST_PAIRS} matched pairs, and {there}."
    if all_equal(post - pre):
        return "No mixed model: all changes are equal, so the error variance is zero and the likelihood has no maximum."
    return ""


@dataclass(frozen=True)
class _Parts:
    """The answers as four kinds of independent values: sums and differences of pairs, scores before and after alone.

    Attributes
    ----------
    n, mean, squares : array
        Of each kind: how many values, their mean, and the sum of squares around it.
    design : array, shape (4, 2)
        What the overall mean and the change stand for in a value of each kind.
    loading : array
        How many times the variance between people is part of its variance, beside that of error.
    """

    n: Values
    mean: Values
    squares: Values
    design: Values
    loading: Values

    @classmethod
    def of(cls, pre: Values, post: Values, pre_only: Values, post_only: Values) -> _Parts:
        """Scores are counted from their mean: sums of squares of large numbers would lose digits."""
        centre = float(np.concatenate((pre, post)).mean())
        root = math.sqrt(2)
        kinds = ((pre + post - 2 * centre) / root, (post - pre) / root, pre_only - centre, post_only - centre)
        mean = np.array([values.mean() if len(values) else 0.0 for values in kinds])
        return cls(
            n=np.array([len(values) for values in kinds], dtype=float),
            mean=mean,
            squares=np.array([((values - m) ** 2).sum() for values, m in zip(kinds, mean, strict=True)]),
            design=np.array([[root, 0.0], [0.0, 1 / root], [1.0, -0.5], [1.0, 0.5]]),
            loading=np.array([2.0, 0.0, 1.0, 1.0]),
        )

    def best_ratio(self) -> float:
        """The ratio of the highest restricted likelihood: the best of a grid, then bisected."""
        best = int(np.argmin(self._deviances(_RATIOS)))
        low, high = float(_RATIOS[max(best - 1, 0)]), float(_RATIOS[min(best + 1, len(_RATIOS) - 1)])
        for _ in range(_BISECTIONS):
            middle = (low + high) / 2
            low, high = (low, middle) if self._slope(middle) > 0 else (middle, high)
        return (low + high) / 2

    def change(self, ratio: float) -> tuple[float, float, float]:
        """The change, its standard error and its degrees of freedom where the variances have this ratio."""
        weights = 1 / (1 + ratio * self.loading)
        residual = self._residuals(weights)
        of_error = float((weights * self._squared(residual)).sum()) / self._free
        weights = weights / of_error
        spread = np.asarray(np.linalg.inv(self._information(weights)), dtype=float)
        slopes, curvature = self._by_variances(weights, residual, spread)
        variance = float(spread[1, 1])
        df = variance**2 / float(slopes @ np.linalg.solve(curvature, slopes))
        return float(self._estimate(weights)[1]), math.sqrt(variance), df

    @property
    def _free(self) -> float:
        return float(self.n.sum()) - 2

    def _information(self, weights: Values) -> Values:
        return np.asarray(self.design.T @ (self.design * (self.n * weights)[:, None]))

    def _estimate(self, weights: Values) -> Values:
        pulled = self.design.T @ (self.n * weights * self.mean)
        return np.asarray(np.linalg.solve(self._information(weights), pulled), dtype=float)

    def _residuals(self, weights: Values) -> Values:
        """Of each kind's mean."""
        return np.asarray(self.mean - self.design @ self._estimate(weights))

    def _squared(self, residual: Values) -> Values:
        """Sum of squared residuals of each kind."""
        return np.asarray(self.squares + self.n * residual**2)

    def _deviances(self, ratios: Values) -> Values:
        """-2 log restricted likelihood for each ratio but for a constant, the error variance put at its best."""
        weights = 1 / (1 + ratios[:, None] * self.loading)
        first, second = self.design.T
        of = [self.n * product for product in (first * first, first * second, second * second)]
        both = [self.n * self.mean * column for column in (first, second)]
        a, b, c, u, v = (weights @ one for one in (*of, *both))
        determinant = a * c - b * b
        level, change = (c * u - b * v) / determinant, (a * v - b * u) / determinant
        residuals = self.mean - np.outer(level, first) - np.outer(change, second)
        squares = (weights * (self.squares + self.n * residuals**2)).sum(axis=1)
        return np.asarray(-np.log(weights) @ self.n + np.log(determinant) + self._free * np.log(squares))

    def _slope(self, ratio: float) -> float:
        """Derivative of the deviance by the ratio."""
        weights = 1 / (1 + ratio * self.loading)
        squares = self._squared(self._residuals(weights))
        inner = self._information(self.loading * weights**2)
        trace = float((self.n * self.loading * weights).sum())
        trace -= float(np.trace(np.linalg.solve(self._information(weights), inner)))
        share = float((self.loading * weights**2 * squares).sum()) / float((weights * squares).sum())
        return trace - self._free * share

    def _by_variances(self, weights: Values, residual: Values, spread: Values) -> tuple[Values, Values]:
        """Slopes of the change's variance by both variances, and the second derivatives of the deviance.

        `weights` are 1 / variance of each kind, `spread` is the covariance of the two estimates.
        """
        squares, parts = self._squared(residual), (self.loading, np.ones(4))
        inner = [self._information(part * weights**2) for part in parts]
        pulled = [self.design.T @ (self.n * part * weights**2 * residual) for part in parts]
        curvature = np.empty((2, 2))
        for i, one in enumerate(parts):
            for j, other in enumerate(parts):
                both = one * other
                trace = float((self.n * both * weights**2).sum())
                trace -= 2 * float(np.trace(spread @ self._information(both * weights**3)))
                trace += float(np.trace(spread @ inner[i] @ spread @ inner[j]))
                fit = float((both * weights**3 * squares).sum()) - float(pulled[i] @ spread @ pulled[j])
                curvature[i, j] = 2 * fit - trace
        slopes = np.array([float((spread @ one @ spread)[1, 1]) for one in inner])
        return slopes, curvature
