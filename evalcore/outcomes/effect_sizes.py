"""Standardised effect sizes of a paired change, each under its own name, with intervals."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]

LEAST_PAIRS_FOR_BOOTSTRAP = 10
"""Below it the bootstrap's coverage is poor, and no interval is given."""
_VALUES_AT_ONCE = 2_000_000
_NO_SPREAD = 1e-12
_SAME = 1e-12


def cohens_dz(mean_change: float, sd_change: float) -> float:
    """Mean change / SD of the changes (Cohen 1988). The sign is that of the change.

    Examples
    --------
    >>> cohens_dz(-2.0, 4.0)
    -0.5
    """
    return mean_change / sd_change


def cohens_dz_interval(t: float, n: int, confidence: float = 0.95) -> tuple[float, float] | None:
    """Exact interval of d_z from the noncentral t distribution (Cumming & Finch 2001).

    The limits are ncp / √n for the two noncentrality parameters at which the observed `t`, with n - 1 degrees of
    freedom, lies at the upper and at the lower end. None where `t` is so large that the distribution can not be
    evaluated (changes that are almost equal). Checked against R: `pt(ncp=)` with `uniroot`, and `effectsize::cohens_d`.

    Examples
    --------
    >>> low, high = cohens_dz_interval(2.3, 10)
    >>> round(low, 3), round(high, 3)
    (0.009, 1.415)
    """
    tail = (1 - confidence) / 2
    if t < 0:  # solved on the positive side, so that swapping the waves changes the signs and nothing else
        mirrored = cohens_dz_interval(-t, n, confidence)
        return None if mirrored is None else (-mirrored[1], -mirrored[0])
    limits = (_noncentrality(t, n - 1, 1 - tail), _noncentrality(t, n - 1, tail))
    if any(math.isnan(limit) for limit in limits):
        return None
    return limits[0] / math.sqrt(n), limits[1] / math.sqrt(n)


def cohens_dav(mean_change: float, sd_pre: float, sd_post: float) -> float:
    """Mean change / √((s1² + s2²) / 2): the root mean square of the two SDs (Cumming 2012), not their mean.

    Examples
    --------
    >>> cohens_dav(2.0, 4.0, 4.0)
    0.5
    """
    return mean_change / math.sqrt((sd_pre**2 + sd_post**2) / 2)


def small_sample_factor(n: int) -> float:
    """Factor from d_av to Hedges g_av: 1 - 3 / (4 (2n - 2) - 1), for n pairs (Hedges 1981; 2n - 2 as Lakens 2013).

    Examples
    --------
    >>> round(small_sample_factor(10), 4)
    0.9577
    """
    return 1 - 3 / (4 * (2 * n - 2) - 1)


def cohens_dav_interval(
    pre: Values, post: Values, *, confidence: float = 0.95, resamples: int = 9_999, seed: int = 0
) -> tuple[float, float] | None:
    """Bias-corrected and accelerated bootstrap interval of d_av, pairs resampled whole (Efron & Tibshirani 1993, 14.3).

    Resamples and conventions are those of `scipy.stats.bootstrap(paired=True, method="BCa", rng=seed)`: ties with the
    observed value count half, quantiles are type 7. It is written out here because sums suffice: 20,000 pairs need
    neither the memory nor the time of a jackknife by copies, and a resample without any spread is seen. The interval of
    g_av is this one times `small_sample_factor`. The order of the pairs does not matter: they are sorted first.

    Returns
    -------
    tuple of float, or None
        None if a resample has no spread at either wave, or if the resamples do not reach so far out.

    Examples
    --------
    >>> pre, post = np.arange(12.0), np.arange(12.0) + np.array([0, 1, 2] * 4)
    >>> low, high = cohens_dav_interval(pre, post, resamples=999)
    >>> low < cohens_dav(1.0, pre.std(ddof=1), post.std(ddof=1)) < high
    True
    """
    from scipy.special import ndtr, ndtri

    order = np.lexsort((post, pre))
    sums = _Sums(pre[order], post[order])
    observed, left_one_out = sums.observed(), sums.left_one_out()
    drawn = sums.resampled(resamples, np.random.default_rng(seed))
    if np.isnan(drawn).any() or np.isnan(left_one_out).any():
        return None
    below = ((drawn < observed - _SAME).mean() + (drawn < observed + _SAME).mean()) / 2
    if not 0 < below < 1:
        return None
    bias, influence = ndtri(below), left_one_out.mean() - left_one_out
    acceleration = (influence**3).sum() / (6 * (influence**2).sum() ** 1.5)
    reached = bias + ndtri([(1 - confidence) / 2, (1 + confidence) / 2])
    if (1 - acceleration * reached <= 0).any():
        return None
    low, high = np.quantile(drawn, ndtr(bias + reached / (1 - acceleration * reached)))
    return float(low), float(high)


class _Sums:
    """d_av from sums over pairs, for the sample, for each resample and with each pair left out; NaN without spread."""

    def __init__(self, pre: Values, post: Values) -> None:
        before, after = pre - pre.mean(), post - post.mean()  # about the means, so that squares lose no digits
        self.n = len(pre)
        self.shift = float(post.mean() - pre.mean())
        self.columns = (before, after, before**2 + after**2)
        self.least = _NO_SPREAD * float(self.columns[2].sum())

    def observed(self) -> float:
        sums = [np.array([column.sum()]) for column in self.columns]
        return float(self._dav(sums, self.n)[0])

    def left_one_out(self) -> Values:
        return self._dav([column.sum() - column for column in self.columns], self.n - 1)

    def resampled(self, resamples: int, random: np.random.Generator) -> Values:
        batch = max(1, _VALUES_AT_ONCE // self.n)
        parts = []
        for start in range(0, resamples, batch):
            chosen = random.integers(0, self.n, (min(batch, resamples - start), self.n))
            parts.append(self._dav([column[chosen].sum(axis=1) for column in self.columns], self.n))
        return np.concatenate(parts)

    def _dav(self, sums: list[Values], n: int) -> Values:
        before, after, squares = sums
        spread = squares - (before**2 + after**2) / n
        spread[spread <= self.least] = np.nan
        return (self.shift + (after - before) / n) / np.sqrt(spread / (n - 1) / 2)


def _noncentrality(t: float, df: int, share: float) -> float:
    """Noncentrality parameter at which P(T ≤ t) = share, for t ≥ 0; NaN where it can not be found."""
    from scipy.optimize import brentq
    from scipy.special import chdtri, nctdtr, ndtri

    # ncp is the quantile 1 - share of t S - Z, with Z normal and S = √(chi² / df): it lies between the sums of the two
    # quantiles that each halve what is left on one side.
    low = t * math.sqrt(float(chdtri(df, (1 + share) / 2)) / df) + float(ndtri((1 - share) / 2))
    high = t * math.sqrt(float(chdtri(df, share / 2)) / df) - float(ndtri(share / 2))
    ends = nctdtr(df, np.array([low, high]), t) - share
    if not ends[0] > 0 > ends[1]:
        return math.nan
    return float(brentq(lambda ncp: nctdtr(df, ncp, t) - share, low, high, xtol=1e-12, rtol=1e-13))
