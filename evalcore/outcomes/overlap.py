"""The partially overlapping samples t test: everyone's answers, the pairs and those who answered once."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from evalcore.columns import POST, PRE
from evalcore.outcomes.description import all_equal, check_confidence, standard_deviation
from evalcore.outcomes.pairs import Pairs
from evalcore.wording import count

Values = npt.NDArray[np.float64]

LEAST_PAIRS = 2
"""Below this many pairs the test is not defined."""

_NOTHING = 1e-12
"""A squared standard error below this share of the variances is a sum's rounding error."""


@dataclass(frozen=True, kw_only=True)
class OverlapChange:
    """Everyone's mean after minus everyone's mean before. None is what can not be computed; `notes` say why.

    Attributes
    ----------
    n_pairs, n_pre_only, n_post_only : int
        People with a score at both waves, only before, only after.
    mean_change : float
        Mean of all scores after minus mean of all scores before, in the unit of the scores.
    t, df, p_value, ci_low, ci_high : float
        Derrick's test, two-sided, with the interval of the difference.
    confidence : float
        Of the interval.
    notes : tuple of str
    """

    n_pairs: int
    n_pre_only: int
    n_post_only: int
    mean_change: float | None = None
    t: float | None = None
    df: float | None = None
    p_value: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    confidence: float = 0.95
    notes: tuple[str, ...] = ()


def overlap_change(pairs: Pairs, *, equal_variances: bool = False, confidence: float = 0.95) -> OverlapChange:
    """Compare everyone after with everyone before, the pairs taken into account as pairs.

    Parameters
    ----------
    pairs : Pairs
        `matched`, `pre_only` and `post_only` are used; the order of their rows never matters.
    equal_variances : bool
        False: the test for unequal variances (T_new2); True: that for equal ones (T_new1).
    confidence : float
        Of the interval.

    Returns
    -------
    OverlapChange
        Nothing but the counts below 2 pairs; the mean change alone where there is no spread to hold it against. Without
        unmatched people T_new2 is the paired t test; T_new1 is not.

    Raises
    ------
    EvalcoreError
        If `confidence` does not lie between 0 and 1.

    Notes
    -----
    With n1 and n2 all people before and after, m and s their means and SDs, c the pairs, u the unmatched people and r
    the correlation of the pairs (0 where one of their SDs is 0), after minus before:
    T_new2 = (m2 - m1) / √(s1²/n1 + s2²/n2 - 2 r s1 s2 c/(n1 n2)), df = c - 1 + u (w - c + 1)/(u + 2c), w Welch's df;
    T_new1 = (m2 - m1) / (sp √(1/n1 + 1/n2 - 2 r c/(n1 n2))), df = c - 1 + u (u + c - 1)/(u + 2c) with sp pooled.
    It assumes that those who answered once are missing completely at random (Derrick, Russ, Toher & White 2017, Journal
    of Modern Applied Statistical Methods 16:137-157). Checked against the published example and the same in R.

    Examples
    --------
    >>> import pandas as pd
    >>> from evalcore.outcomes.matching import match
    >>> before = pd.Series([20.0, 23, 19, 25, 22], index=list("ABCDE"))
    >>> after = pd.Series([23.0, 24, 21, 27], index=list("ABCF"))
    >>> change = overlap_change(match(before, after))
    >>> change.n_pairs, change.n_pre_only, change.n_post_only, round(change.mean_change, 2)
    (3, 2, 1, 1.95)
    """
    check_confidence(confidence)
    pre, post, pre_only, post_only = scores_in_order(pairs)
    n = len(pre)
    found = OverlapChange(n_pairs=n, n_pre_only=len(pre_only), n_post_only=len(post_only), confidence=confidence)
    if n < LEAST_PAIRS:
        needs = f"it needs {LEAST_PAIRS} matched pairs, and there {'is' if n == 1 else 'are'} {n}"
        return replace(found, notes=(f"No test of everyone's answers: {needs}.",))
    before, after = np.sort(np.concatenate((pre, pre_only))), np.sort(np.concatenate((post, post_only)))
    difference = float(after.mean() - before.mean())
    error, df = _error(before, after, pre, post, equal_variances)
    if error == 0:
        note = f"No test or interval of everyone's answers: {_why(before, after)}."
        return replace(found, mean_change=difference, notes=(note,))
    from scipy.special import stdtr, stdtrit

    t, margin = difference / error, float(stdtrit(df, (1 + confidence) / 2)) * error
    return replace(
        found,
        mean_change=difference,
        t=t,
        df=df,
        p_value=float(2 * stdtr(df, -abs(t))),
        ci_low=difference - margin,
        ci_high=difference + margin,
    )


def scores_in_order(pairs: Pairs) -> tuple[Values, Values, Values, Values]:
    """Scores before and after of the pairs, only before, only after, in one order whatever the order of the rows.

    Examples
    --------
    >>> import pandas as pd
    >>> from evalcore.outcomes.matching import match
    >>> pre, post, _, _ = scores_in_order(match(pd.Series([3.0, 1.0]), pd.Series([4.0, 5.0])))
    >>> pre.tolist(), post.tolist()
    ([1.0, 3.0], [5.0, 4.0])
    """
    pre, post = (pairs.matched[wave].to_numpy(dtype=float) for wave in (PRE, POST))
    order = np.lexsort((post, pre))
    before, after = (np.sort(one.to_numpy(dtype=float)) for one in (pairs.pre_only, pairs.post_only))
    return pre[order], post[order], before, after


def _error(before: Values, after: Values, pre: Values, post: Values, equal_variances: bool) -> tuple[float, float]:
    """Standard error of the difference (0 where there is no spread) and its degrees of freedom."""
    n1, n2, c = len(before), len(after), len(pre)
    unmatched = n1 + n2 - 2 * c
    s1, s2 = standard_deviation(before), standard_deviation(after)
    if not unmatched and all_equal(post - pre):
        return 0.0, float(c - 1)
    shared = 2 * _correlation(pre, post) * c / (n1 * n2)
    if equal_variances:
        pooled = ((n1 - 1) * s1**2 + (n2 - 1) * s2**2) / (n1 + n2 - 2)
        whole = pooled * (1 / n1 + 1 / n2)
        squared = whole - pooled * shared
        inner = float(unmatched + c - 1)
    else:
        first, second = s1**2 / n1, s2**2 / n2
        whole = first + second
        squared = whole - shared * s1 * s2
        inner = whole**2 / (first**2 / (n1 - 1) + second**2 / (n2 - 1)) - c + 1 if whole else 0.0
    df = c - 1 + inner / (unmatched + 2 * c) * unmatched
    return (math.sqrt(squared) if squared > _NOTHING * whole else 0.0), df


def _correlation(pre: Values, post: Values) -> float:
    """Pearson's r of the pairs; 0 where it is undefined."""
    if all_equal(pre) or all_equal(post):
        return 0.0
    before, after = pre - pre.mean(), post - post.mean()
    return float((before * after).sum() / math.sqrt((before**2).sum() * (after**2).sum()))


def _why(before: Values, after: Values) -> str:
    if all_equal(before) and all_equal(after):
        return f"all {count(len(before), 'score', 'scores')} before are equal, and so are all {len(after):,} after"
    return "the changes of the pairs leave no spread to hold the difference against"
