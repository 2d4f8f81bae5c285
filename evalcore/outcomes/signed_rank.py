"""Wilcoxon's signed-rank test and the estimate that goes with it, for changes that are rounded and have ties.

Software differs here, above all with ties: what is done is named in each docstring. Changes handed in are rounded to
10 decimals beforehand, since scores in steps of a tenth lose their ties when subtracted as binary fractions.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evalcore.errors import EvalcoreError

Values = npt.NDArray[np.float64]

EXACT_UP_TO = 50
"""Number of changes up to which exact distributions are used; beyond it the normal approximation."""
_WALSH_AT_ONCE = 300
"""Number of changes up to which all n(n + 1)/2 averages are written out; beyond it they are only counted."""
_FINER_THAN_ROUNDING = 1e-11


@dataclass(frozen=True)
class SignedRank:
    """Result of the signed-rank test: `w`, two-sided `p_value`, `method` (`exact` or `normal approximation`)."""

    w: float
    p_value: float
    method: str
    rank_biserial: float


def signed_rank_test(changes: Values) -> SignedRank:
    """Test whether changes are symmetric about zero (Wilcoxon 1945).

    Zeros are dropped, ties share their mean rank. `w` is the sum of the ranks of the positive changes. Up to 50
    non-zero changes p is exact, conditional on the ties: the share of all 2^n sign patterns whose `w` lies at least as
    far from its mean. Beyond 50 it is the normal approximation with tie and continuity correction. `rank_biserial` is
    (sum of positive ranks - sum of negative ranks) / sum of all (Kerby 2014), from -1 to 1. Raises EvalcoreError if no
    change differs from zero. Checked against R: `exactRankTests::wilcox.exact` and `stats::wilcox.test`.

    Examples
    --------
    >>> signed_rank_test(np.array([1.0, 2.0, 2.0, -1.0, 5.0, 0.0]))
    SignedRank(w=13.5, p_value=0.1875, method='exact', rank_biserial=0.8)
    """
    moved = changes[changes != 0]
    if len(moved) == 0:
        raise EvalcoreError("No change differs from zero, so there is nothing to rank.")
    ranks, ties = _midranks(np.abs(moved))
    w, total = float(ranks[moved > 0].sum()), float(ranks.sum())
    exact = len(moved) <= EXACT_UP_TO
    p_value = _exact_p(w, ranks) if exact else _normal_p(w, len(moved), ties)
    return SignedRank(w, p_value, "exact" if exact else "normal approximation", (2 * w - total) / total)


def hodges_lehmann(changes: Values) -> float:
    """Median of the Walsh averages, zeros kept (Hodges & Lehmann 1963): of all n(n + 1)/2 means of two changes, i ≤ j.

    Examples
    --------
    >>> hodges_lehmann(np.array([0.0, 1.0, 5.0]))
    1.75
    """
    count = len(changes) * (len(changes) + 1) // 2
    low, high = walsh_averages(changes, ((count + 1) // 2, count // 2 + 1))
    return (low + high) / 2


def hodges_lehmann_interval(changes: Values, confidence: float) -> tuple[float, float] | None:
    """Distribution-free interval of the Hodges-Lehmann estimate, from the order statistics of the Walsh averages.

    The order is that of R's `wilcox.test(conf.int = TRUE)` for data without ties, with n = all changes, zeros
    included: up to 50 from the exact signed-rank distribution, beyond that from its normal approximation with
    continuity correction (Hollander & Wolfe 1999, section 3.3). With ties the interval covers at least as often. None
    where so few changes can not reach the confidence (n < 6 for 0.95).

    Examples
    --------
    >>> hodges_lehmann_interval(np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]), 0.95)
    (1.0, 6.0)
    >>> hodges_lehmann_interval(np.array([1.0, 2.0, 3.0, 4.0, 5.0]), 0.95) is None
    True
    """
    n = len(changes)
    rank = _exact_quantile(n, (1 - confidence) / 2) if n <= EXACT_UP_TO else _normal_quantile(n, (1 - confidence) / 2)
    if rank < 1:
        return None
    low, high = walsh_averages(changes, (rank, n * (n + 1) // 2 + 1 - rank))
    return low, high


def walsh_averages(changes: Values, positions: tuple[int, ...]) -> tuple[float, ...]:
    """Give the Walsh averages at `positions` (1 is the smallest), without writing all out where they are many.

    Examples
    --------
    >>> walsh_averages(np.array([3.0, 1.0]), (1, 2, 3))
    (1.0, 2.0, 3.0)
    """
    ordered = np.sort(changes)
    if len(ordered) <= _WALSH_AT_ONCE:
        first, second = np.triu_indices(len(ordered))
        averages = np.sort((ordered[first] + ordered[second]) / 2)
        return tuple(float(averages[position - 1]) for position in positions)
    return tuple(_walsh_average_at(ordered, position) for position in positions)


def _walsh_average_at(ordered: Values, position: int) -> float:
    """Find one Walsh average by halving: the number of averages up to a value is counted in O(n log n)."""
    low, high = float(ordered[0]) - 1, float(ordered[-1])
    while high - low > _FINER_THAN_ROUNDING:
        middle = (low + high) / 2
        if not low < middle < high:
            break
        upto = np.searchsorted(ordered, 2 * middle - ordered, side="right")
        pairs = (int(upto.sum()) + int(np.count_nonzero(ordered <= middle))) // 2
        low, high = (low, middle) if pairs >= position else (middle, high)
    next_up = np.searchsorted(ordered, 2 * low - ordered, side="right")
    known = next_up < len(ordered)
    return float(((ordered[known] + ordered[next_up[known]]) / 2).min())


def _midranks(sizes: Values) -> tuple[Values, Values]:
    """Rank with ties sharing their mean rank; also the number of values in each tie."""
    _, where, sizes_of_ties = np.unique(sizes, return_inverse=True, return_counts=True)
    last = np.cumsum(sizes_of_ties)
    return (last - (sizes_of_ties - 1) / 2)[where], sizes_of_ties.astype(float)


def _exact_p(w: float, ranks: Values) -> float:
    doubled = np.rint(2 * ranks).astype(int)
    patterns = _sign_patterns(doubled)
    tail = min(round(2 * w), int(doubled.sum()) - round(2 * w))
    return float(min(1.0, 2 * patterns[: tail + 1].sum() / 2.0 ** len(ranks)))


def _sign_patterns(ranks: npt.NDArray[np.int_]) -> Values:
    """Count the sign patterns by sum of positive ranks; whole numbers up to 2^50, exact in double precision."""
    patterns = np.zeros(int(ranks.sum()) + 1)
    patterns[0] = 1
    for rank in ranks:
        patterns[rank:] = patterns[rank:] + patterns[: len(patterns) - rank]
    return patterns


def _normal_p(w: float, n: int, ties: Values) -> float:
    variance = n * (n + 1) * (2 * n + 1) / 24 - float((ties**3 - ties).sum()) / 48
    distance = max(0.0, abs(w - n * (n + 1) / 4) - 0.5)
    return math.erfc(distance / math.sqrt(variance) / math.sqrt(2))


def _exact_quantile(n: int, share: float) -> int:
    """Smallest w with P(W ≤ w) ≥ share for n changes without ties, as R's `qsignrank`."""
    cumulated = np.cumsum(_sign_patterns(np.arange(1, n + 1))) / 2.0**n
    return int(np.searchsorted(cumulated, share * (1 - 1e-12)))


def _normal_quantile(n: int, share: float) -> int:
    from scipy.special import ndtri

    spread = math.sqrt(n * (n + 1) * (2 * n + 1) / 24)
    return math.ceil(n * (n + 1) / 4 + float(ndtri(share)) * spread - 0.5)
