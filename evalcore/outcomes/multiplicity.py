"""Correcting the p values of several tests that were made together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from evalcore.errors import TableError, UnknownNameError
from evalcore.outcomes.numbers import numbers

Values = npt.NDArray[np.float64]


def adjust_p(p_values: Any, method: str = "holm") -> Values:
    """Adjust the p values of a family of tests.

    Parameters
    ----------
    p_values : array-like of float
        Of all tests of the family, 0 to 1, in any order and shape. None, NaN and `pd.NA` are missing: they stay missing
        and do not count as tests.
    method : str
        As R's `p.adjust`: `holm` (1979), `bonferroni`, `hochberg` (1988), `BH` or `fdr` (Benjamini & Hochberg 1995),
        `BY` (Benjamini & Yekutieli 2001), `none`; also `fdr_bh` and `fdr_by`. Capitals do not matter.

    Returns
    -------
    array of float
        Of the same shape, never above 1. Checked against R's `p.adjust`.

    Raises
    ------
    TableError
        If a value is not a number from 0 to 1.
    UnknownNameError
        If there is no such method.

    Examples
    --------
    >>> adjust_p([0.01, 0.04, None, 0.03])
    array([0.03, 0.06,  nan, 0.06])
    """
    adjust = _METHODS.get(method.lower())
    if adjust is None:
        raise UnknownNameError(f"There is no correction called {method}. There are: {', '.join(_METHODS)}.")
    p = numbers(p_values, "p values")
    known = ~np.isnan(p)
    tests = p[known]
    if ((tests < 0) | (tests > 1)).any():
        raise TableError("A p value must lie from 0 to 1. Check which column was handed over.")
    order = np.argsort(tests, kind="stable")
    adjusted = np.empty_like(tests)
    adjusted[order] = np.minimum(adjust(tests[order]), 1.0)
    found = np.full(p.shape, np.nan)
    found[known] = adjusted
    return found


def _ranks(p: Values) -> Values:
    return np.arange(1, len(p) + 1, dtype=np.float64)


def _running_least(p: Values) -> Values:
    """Least value from here on: no larger p is adjusted to a smaller one."""
    return np.minimum.accumulate(p[::-1])[::-1]


def _holm(p: Values) -> Values:
    return np.maximum.accumulate((len(p) + 1 - _ranks(p)) * p)


def _hochberg(p: Values) -> Values:
    return _running_least((len(p) + 1 - _ranks(p)) * p)


def _benjamini_hochberg(p: Values) -> Values:
    return _running_least(len(p) / _ranks(p) * p)


def _benjamini_yekutieli(p: Values) -> Values:
    return _running_least(float((1 / _ranks(p)).sum()) * len(p) / _ranks(p) * p)


_METHODS: dict[str, Callable[[Values], Values]] = {
    "holm": _holm,
    "bonferroni": lambda p: len(p) * p,
    "hochberg": _hochberg,
    "bh": _benjamini_hochberg,
    "fdr": _benjamini_hochberg,
    "fdr_bh": _benjamini_hochberg,
    "by": _benjamini_yekutieli,
    "fdr_by": _benjamini_yekutieli,
    "none": lambda p: p,
}
"""Each takes the known p values in rising order."""
