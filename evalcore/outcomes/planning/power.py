"""The power of a design: how often a test finds a difference that is really there, both tails counted.

Every function takes one number of people or an array of them, and needs no rounding: curves are drawn with it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]
_LARGEST = 1e9
"""Beyond so large a standardised difference the power of two people is 1 and nothing else changes."""


def paired_power(n: npt.ArrayLike, effect_dz: float, *, alpha: float = 0.05) -> Values:
    """Power of the two-sided paired t test.

    Parameters
    ----------
    n : float or array of float
        Pairs, at least 2.
    effect_dz : float
        Mean change / SD of the changes.
    alpha : float
        Two-sided.

    Returns
    -------
    array of float, of the shape of `n`
        P(|T| > t) with T noncentral t, n - 1 degrees of freedom and noncentrality d_z √n; both tails, as `pwr.t.test`
        and R's `power.t.test(strict = TRUE)` count them, with which it was compared.

    Examples
    --------
    >>> paired_power([5, 20, 40], 0.5).round(3).tolist()
    [0.141, 0.565, 0.869]
    """
    pairs = np.asarray(n, dtype=float)
    return _both_tails(pairs - 1, min(abs(effect_dz), _LARGEST) * np.sqrt(pairs), alpha)


def two_group_power(n: npt.ArrayLike, effect_d: float, *, correlation: float = 0.0, alpha: float = 0.05) -> Values:
    """Power of a comparison of two equal groups on a mean, adjusted for the score before.

    Parameters
    ----------
    n : float or array of float
        People in each group, at least 2.
    effect_d : float
        Difference of the means / SD of the scores within a group.
    correlation : float
        Of the score before with the score after; 0 for the plain t test.
    alpha : float
        Two-sided.

    Returns
    -------
    array of float, of the shape of `n`
        As many people with the adjustment are as good as n / (1 - r²) without (Borm, Fransen & Lemmens 2007); power of
        the two-sample t test with so many, both tails. Compared with `power.t.test(strict = TRUE)`.

    Examples
    --------
    >>> two_group_power([20, 64], 0.5).round(3).tolist()
    [0.338, 0.801]
    """
    as_good_as = np.asarray(n, dtype=float) / (1 - correlation**2)
    return _both_tails(2 * (as_good_as - 1), min(abs(effect_d), _LARGEST) * np.sqrt(as_good_as / 2), alpha)


def shares_power(n: npt.ArrayLike, p1: float, p2: float, *, alpha: float = 0.05) -> Values:
    """Power of the comparison of two shares, by the normal approximation of R's `power.prop.test`.

    Parameters
    ----------
    n : float or array of float
        People in each group.
    p1, p2 : float
        The two shares, 0 to 1, not both 0 or both 1.
    alpha : float
        Two-sided.

    Returns
    -------
    array of float, of the shape of `n`

    Examples
    --------
    >>> shares_power([100, 500], 0.5, 0.4).round(3).tolist()
    [0.294, 0.89]
    """
    from scipy.special import ndtr

    people = np.asarray(n, dtype=float)
    apart, together, margin = share_spreads(p1, p2, alpha)
    reached = np.sqrt(people) * abs(p1 - p2) - margin * together
    if apart == 0:
        return np.asarray(reached >= 0, dtype=float)
    return np.asarray(ndtr(reached / apart), dtype=float)


def clusters_power(
    clusters: npt.ArrayLike,
    effect_d: float,
    *,
    cluster_size: float,
    design_effect: float,
    correlation: float = 0.0,
    alpha: float = 0.05,
) -> Values:
    """Power of a comparison of means where whole clusters are drawn into one of two groups.

    Parameters
    ----------
    clusters : float or array of float
        Clusters in each group, at least 2.
    effect_d : float
        Difference of the means / SD of the scores within a group.
    cluster_size : float
        People with both scores in a cluster, on average.
    design_effect : float
        How many times as many people it takes as without clusters.
    correlation : float
        Of the score before with the score after.
    alpha : float
        Two-sided.

    Returns
    -------
    array of float, of the shape of `clusters`
        Noncentral t with 2(k - 1) degrees of freedom, k being the clusters in a group: the clusters, not the people,
        are the sample (Donner & Klar 2000). Both tails.

    Examples
    --------
    >>> clusters_power([5, 10], 0.5, cluster_size=20, design_effect=1.95).round(3).tolist()
    [0.604, 0.923]
    """
    groups = np.asarray(clusters, dtype=float)
    people = groups * cluster_size / design_effect / (1 - correlation**2)
    return _both_tails(2 * (groups - 1), min(abs(effect_d), _LARGEST) * np.sqrt(people / 2), alpha)


def shares_clusters_power(
    clusters: npt.ArrayLike, p1: float, p2: float, *, cluster_size: float, design_effect: float, alpha: float = 0.05
) -> Values:
    """Power of a comparison of two shares where whole clusters are drawn, one cluster a group set aside for small k.

    Parameters and shape as `clusters_power` and `shares_power`; Hayes & Bennett (1999) add one cluster to each group,
    because the normal approximation does not know that there are few of them.

    Examples
    --------
    >>> shares_clusters_power([6, 12], 0.5, 0.4, cluster_size=50, design_effect=1.49).round(3).tolist()
    [0.452, 0.781]
    """
    people = np.maximum(np.asarray(clusters, dtype=float) - 1, 0) * cluster_size / design_effect
    return shares_power(people, p1, p2, alpha=alpha)


def share_spreads(p1: float, p2: float, alpha: float) -> tuple[float, float, float]:
    """Spread of the difference of two shares, the same if they were equal, and the normal quantile of alpha.

    Examples
    --------
    >>> [round(value, 3) for value in share_spreads(0.5, 0.4, 0.05)]
    [0.7, 0.704, 1.96]
    """
    from scipy.special import ndtri

    apart = np.sqrt(p1 * (1 - p1) + p2 * (1 - p2))
    together = np.sqrt((p1 + p2) * (1 - (p1 + p2) / 2))
    return float(apart), float(together), float(-ndtri(alpha / 2))


def _both_tails(df: Values, noncentrality: Values, alpha: float) -> Values:
    from scipy.special import nctdtr, stdtrit

    limit = -stdtrit(df, alpha / 2)
    # far out in a tail the function gives NaN in place of a probability below 1e-12; fmax passes it over
    missed, other = (np.fmax(nctdtr(df, noncentrality, at), 0.0) for at in (limit, -limit))
    return np.asarray(1 - missed + other, dtype=float)
