"""The matched change: paired t test, Wilcoxon, effect sizes, each with its interval, and what could not be computed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from evalcore.columns import POST, PRE
from evalcore.errors import EvalcoreError
from evalcore.outcomes.description import all_equal, check_confidence, standard_deviation
from evalcore.outcomes.effect_sizes import (
    LEAST_PAIRS_FOR_BOOTSTRAP,
    cohens_dav,
    cohens_dav_interval,
    cohens_dz,
    cohens_dz_interval,
    small_sample_factor,
)
from evalcore.outcomes.pairs import Pairs
from evalcore.outcomes.signed_rank import hodges_lehmann, hodges_lehmann_interval, signed_rank_test
from evalcore.wording import count

Values = npt.NDArray[np.float64]
Found = dict[str, Any]
"""Fields of PairedChange that could be computed, by name."""

_MOST_FOR_SHAPIRO = 5_000


@dataclass(frozen=True, kw_only=True)
class PairedChange:
    """Change of the matched people, after minus before. None is what can not be computed; `notes` say why.

    Attributes
    ----------
    n_pairs : int
    mean_pre, mean_post, sd_pre, sd_post, mean_change, sd_change : float
        Of the matched people, in the unit of the scores; SD with n - 1.
    ci_low, ci_high, t, df, p_value : float
        Paired t test, two-sided; interval of the mean change.
    correlation : float
        Pearson's, before with after.
    cohens_dz, cohens_dz_ci_low, cohens_dz_ci_high : float
        Mean change / SD of changes; noncentral-t interval.
    cohens_dav, hedges_gav, each with _ci_low, _ci_high : float
        Mean change / √((s1² + s2²)/2), and that times 1 - 3/(4(2n - 2) - 1); BCa bootstrap of pairs.
    wilcoxon_w, wilcoxon_p, wilcoxon_method, rank_biserial
        Signed-rank test; `wilcoxon_method` is `exact` (conditional on ties) or `normal approximation` (with tie and
        continuity correction).
    hodges_lehmann, hodges_lehmann_ci_low, hodges_lehmann_ci_high : float
        Median of the Walsh averages, with its distribution-free interval.
    shapiro_p : float
        Shapiro-Wilk test of the changes.
    n_up, n_same, n_down : int
        People whose score rose, stayed the same (to 10 decimals) or fell.
    resamples, seed, confidence
        As asked for.
    notes : tuple of str
        One sentence for each thing that was not computed.
    """

    n_pairs: int
    mean_pre: float | None = None
    mean_post: float | None = None
    sd_pre: float | None = None
    sd_post: float | None = None
    mean_change: float | None = None
    sd_change: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    t: float | None = None
    df: int | None = None
    p_value: float | None = None
    correlation: float | None = None
    cohens_dz: float | None = None
    cohens_dz_ci_low: float | None = None
    cohens_dz_ci_high: float | None = None
    cohens_dav: float | None = None
    cohens_dav_ci_low: float | None = None
    cohens_dav_ci_high: float | None = None
    hedges_gav: float | None = None
    hedges_gav_ci_low: float | None = None
    hedges_gav_ci_high: float | None = None
    wilcoxon_w: float | None = None
    wilcoxon_p: float | None = None
    wilcoxon_method: str | None = None
    rank_biserial: float | None = None
    hodges_lehmann: float | None = None
    hodges_lehmann_ci_low: float | None = None
    hodges_lehmann_ci_high: float | None = None
    shapiro_p: float | None = None
    n_up: int | None = None
    n_same: int | None = None
    n_down: int | None = None
    resamples: int
    seed: int
    confidence: float = 0.95
    notes: tuple[str, ...] = ()


def paired_change(pairs: Pairs, *, confidence: float = 0.95, resamples: int = 9_999, seed: int = 0) -> PairedChange:
    """Compute every statistic of the matched change.

    Parameters
    ----------
    pairs : Pairs
        Only `matched` is used; the order of its rows never matters.
    confidence : float
        Of all intervals.
    resamples, seed : int
        Of the bootstrap of d_av and g_av; `resamples=0` leaves it out.

    Returns
    -------
    PairedChange
        1 pair: means and change. 2 pairs: also the SDs. 3 or more: everything, but intervals of d_av and g_av from 10
        pairs, the Hodges-Lehmann interval where the confidence can be reached (6 pairs for 0.95), Shapiro-Wilk up to
        5,000. Where all changes are equal: means, SDs and the change only. Where one wave is constant the correlation
        alone is undefined.

    Raises
    ------
    EvalcoreError
        If `confidence` does not lie between 0 and 1, or `resamples` is negative.

    Examples
    --------
    >>> import pandas as pd
    >>> from evalcore.outcomes.matching import match
    >>> before = pd.Series([20.0, 23.0, 19.0, 25.0], index=list("ABCD"))
    >>> after = pd.Series([23.0, 24.0, 21.0, 25.0], index=list("ABCD"))
    >>> change = paired_change(match(before, after))
    >>> change.mean_change, round(change.ci_low, 2), round(change.ci_high, 2), change.n_up, change.n_same
    (1.5, -0.55, 3.55, 3, 1)
    >>> change.notes[0]
    'No interval for d_av and g_av: the bootstrap covers poorly below 10 pairs.'
    """
    check_confidence(confidence)
    if resamples < 0:
        raise EvalcoreError("The number of resamples can not be negative; 0 leaves the bootstrap out.")
    pre, post = (pairs.matched[wave].to_numpy(dtype=float) for wave in (PRE, POST))
    # One order whatever the order of the rows, so that the last digit does not depend on it either.
    order = np.lexsort((post, pre))
    pre, post = pre[order], post[order]
    notes: list[str] = []
    found = _description(pre, post)
    if len(pre) < 3:
        notes.append(_TOO_FEW[len(pre)])
    elif all_equal(post - pre):
        notes.append(_ALL_EQUAL)
    else:
        found |= _t_test(post - pre, confidence, notes)
        found |= _correlation(pre, post, notes)
        found |= _averaged_effect_sizes(pre, post, confidence, resamples, seed, notes)
        found |= _ranks(_rounded(post - pre), confidence, notes)
        found |= _normality(post - pre, notes)
    return PairedChange(
        n_pairs=len(pre), resamples=resamples, seed=seed, confidence=confidence, notes=tuple(notes), **found
    )


_TOO_FEW = (
    "No matched pair: nothing can be computed.",
    "One matched pair: means and change only; SDs, interval, tests, correlation and effect sizes need more pairs.",
    "Two matched pairs: means, change and SDs only; interval, tests, correlation and effect sizes need three pairs.",
)
_ALL_EQUAL = (
    "All changes are equal: without spread there is no interval, test, correlation, effect size, rank statistic or "
    "check of normality."
)
"""What is said where nothing beyond a description is computed."""


def _rounded(changes: Values) -> Values:
    """Round to 10 decimals: tenths subtracted as binary fractions would lose their ties, and their zeros."""
    return np.round(changes, 10)


def _description(pre: Values, post: Values) -> Found:
    if len(pre) == 0:
        return {}
    rounded = _rounded(post - pre)
    found: Found = {
        "mean_pre": float(pre.mean()),
        "mean_post": float(post.mean()),
        "mean_change": float((post - pre).mean()),
        "n_up": int((rounded > 0).sum()),
        "n_same": int((rounded == 0).sum()),
        "n_down": int((rounded < 0).sum()),
    }
    if len(pre) > 1:
        spreads = (standard_deviation(values) for values in (pre, post, post - pre))
        found |= zip(("sd_pre", "sd_post", "sd_change"), spreads, strict=True)
    return found


def _t_test(changes: Values, confidence: float, notes: list[str]) -> Found:
    from scipy.special import stdtr, stdtrit

    n, mean, sd = len(changes), float(changes.mean()), standard_deviation(changes)
    error = sd / math.sqrt(n)
    t, margin = mean / error, float(stdtrit(n - 1, (1 + confidence) / 2)) * error
    low, high = cohens_dz_interval(t, n, confidence) or (None, None)
    if low is None:
        notes.append("No interval for d_z: the changes are so nearly equal that it can not be evaluated.")
    return {
        "ci_low": mean - margin,
        "ci_high": mean + margin,
        "t": t,
        "df": n - 1,
        "p_value": float(2 * stdtr(n - 1, -abs(t))),
        "cohens_dz": cohens_dz(mean, sd),
        "cohens_dz_ci_low": low,
        "cohens_dz_ci_high": high,
    }


def _correlation(pre: Values, post: Values, notes: list[str]) -> Found:
    constant = [when for when, scores in (("before", pre), ("after", post)) if all_equal(scores)]
    if constant:
        notes.append(f"No correlation: all scores {constant[0]} are equal.")
        return {}
    before, after = pre - pre.mean(), post - post.mean()
    r = float((before * after).sum() / math.sqrt((before**2).sum() * (after**2).sum()))
    return {"correlation": max(-1.0, min(1.0, r))}


def _averaged_effect_sizes(
    pre: Values, post: Values, confidence: float, resamples: int, seed: int, notes: list[str]
) -> Found:
    """d_av and g_av; one bootstrap serves both, since they differ by a factor that n alone decides."""
    dav = cohens_dav(float((post - pre).mean()), standard_deviation(pre), standard_deviation(post))
    factor = small_sample_factor(len(pre))
    found: Found = {"cohens_dav": dav, "hedges_gav": dav * factor}
    if len(pre) < LEAST_PAIRS_FOR_BOOTSTRAP:
        least = LEAST_PAIRS_FOR_BOOTSTRAP
        notes.append(f"No interval for d_av and g_av: the bootstrap covers poorly below {least} pairs.")
        return found
    if resamples == 0:
        notes.append("No interval for d_av and g_av: no bootstrap was asked for.")
        return found
    interval = cohens_dav_interval(pre, post, confidence=confidence, resamples=resamples, seed=seed)
    if interval is None:
        notes.append("No interval for d_av and g_av: some resamples have no spread, or there are too few of them.")
        return found
    names = ("cohens_dav_ci_low", "cohens_dav_ci_high", "hedges_gav_ci_low", "hedges_gav_ci_high")
    limits = (*interval, interval[0] * factor, interval[1] * factor)
    return found | dict(zip(names, limits, strict=True))


def _ranks(changes: Values, confidence: float, notes: list[str]) -> Found:
    found: Found = {"hodges_lehmann": hodges_lehmann(changes)}
    interval = hodges_lehmann_interval(changes, confidence)
    if interval is None:
        pairs = count(len(changes), "pair", "pairs")
        notes.append(f"No interval for Hodges-Lehmann: {pairs} can not reach a confidence of {confidence:.4g}.")
    else:
        found |= {"hodges_lehmann_ci_low": interval[0], "hodges_lehmann_ci_high": interval[1]}
    test = signed_rank_test(changes)
    return found | {
        "wilcoxon_w": test.w,
        "wilcoxon_p": test.p_value,
        "wilcoxon_method": test.method,
        "rank_biserial": test.rank_biserial,
    }


def _normality(changes: Values, notes: list[str]) -> Found:
    from scipy.stats import shapiro

    if len(changes) > _MOST_FOR_SHAPIRO:
        notes.append(f"No Shapiro-Wilk test: it is defined up to {_MOST_FOR_SHAPIRO:,} pairs.")
        return {}
    return {"shapiro_p": float(shapiro(changes).pvalue)}
