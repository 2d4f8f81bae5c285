"""Everyone's scores, the matched people's and the others' side by side."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.columns import GROUPS, POST, PRE
from evalcore.errors import EvalcoreError
from evalcore.outcomes.pairs import Pairs

Values = npt.NDArray[np.float64]

_STATISTICS = ("n", "mean", "sd", "ci_low", "ci_high", "median", "q1", "q3", "min", "max")


def describe(pairs: Pairs, *, confidence: float = 0.95) -> pd.DataFrame:
    """Describe six groups: all, matched and unmatched people, before and after.

    Parameters
    ----------
    pairs : Pairs
        As `match` or `match_scores` gives it; people without a score are in no group.
    confidence : float
        Of the interval of the mean.

    Returns
    -------
    DataFrame
        Index `group`: all pre, all post, matched pre, matched post, pre only, post only. Columns, in the unit of the
        scores: `n` (people), `mean`, `sd` (n - 1), `ci_low`, `ci_high` (mean ± t(n - 1) · sd/√n), `median`, `q1`, `q3`
        (Hyndman & Fan 1996, type 7, as R's `quantile` and spreadsheets' QUARTILE.INC), `min`, `max`. NaN is what can
        not be computed: everything but `n` for nobody, the SD and interval for one person, the interval where all
        scores are equal. Checked against R's `t.test` and `quantile`.

    Raises
    ------
    EvalcoreError
        If `confidence` does not lie between 0 and 1.

    Examples
    --------
    >>> from evalcore.outcomes.matching import match
    >>> before = pd.Series([20.0, 22.0, 24.0], index=["A", "B", "C"])
    >>> table = describe(match(before, pd.Series([25.0], index=["A"])))
    >>> table.loc[["all pre", "pre only"], ["n", "mean", "median"]].reset_index()
          group  n  mean  median
    0   all pre  3  22.0    22.0
    1  pre only  2  23.0    23.0
    """
    check_confidence(confidence)
    pre, post = (pairs.matched[wave].to_numpy(dtype=float) for wave in (PRE, POST))
    pre_only, post_only = (one.to_numpy(dtype=float) for one in (pairs.pre_only, pairs.post_only))
    groups = (np.concatenate((pre, pre_only)), np.concatenate((post, post_only)), pre, post, pre_only, post_only)
    rows = [_describe_one(values, confidence) for values in groups]
    table = pd.DataFrame(rows, columns=list(_STATISTICS), index=pd.Index(GROUPS, name="group"))
    return table.astype({"n": int})


def check_confidence(confidence: float) -> None:
    """Raise if `confidence` is not a share between 0 and 1, such as 0.95.

    Examples
    --------
    >>> check_confidence(95)
    Traceback (most recent call last):
        ...
    evalcore.errors.EvalcoreError: The confidence must lie between 0 and 1, such as 0.95.
    """
    if not 0 < confidence < 1:
        raise EvalcoreError("The confidence must lie between 0 and 1, such as 0.95.")


def standard_deviation(values: Values) -> float:
    """SD with n - 1; NaN below two values, and exactly 0 where all are equal to 10 decimals.

    Examples
    --------
    >>> standard_deviation(np.array([0.1 + 0.2, 0.3, 0.3]))
    0.0
    """
    if len(values) < 2:
        return math.nan
    return 0.0 if all_equal(values) else float(values.std(ddof=1))


def all_equal(values: Values) -> bool:
    """Whether all values are the same to 10 decimals: sums and means of tenths differ in the 16th.

    Examples
    --------
    >>> all_equal(np.array([0.1 + 0.2, 0.3]))
    True
    """
    rounded = np.round(values, 10)
    return float(rounded.max()) == float(rounded.min())


def _describe_one(values: Values, confidence: float) -> tuple[float, ...]:
    n = len(values)
    if n == 0:
        return (0, *([math.nan] * (len(_STATISTICS) - 1)))
    mean, sd = float(values.mean()), standard_deviation(values)
    margin = math.nan
    if sd > 0:
        from scipy.special import stdtrit

        margin = float(stdtrit(n - 1, (1 + confidence) / 2)) * sd / math.sqrt(n)
    q1, median, q3 = np.quantile(values, (0.25, 0.5, 0.75))
    return (n, mean, sd, mean - margin, mean + margin, median, q1, q3, values.min(), values.max())
