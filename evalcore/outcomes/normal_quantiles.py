"""The normal Q-Q plot: values in order against the quantiles of a normal distribution, and the line through them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evalcore.outcomes.description import all_equal

Values = npt.NDArray[np.float64]

LEAST_VALUES = 3
_SMALL = 10


@dataclass(frozen=True, eq=False)
class NormalQuantiles:
    """Values in order, each with its normal quantile; the line runs at `intercept + slope * quantile`."""

    quantiles: Values
    values: Values
    slope: float
    intercept: float


def normal_quantiles(values: Values) -> NormalQuantiles | None:
    """Set values beside normal quantiles as R's `qqnorm` does, with the line of its `qqline`.

    Parameters
    ----------
    values : array
        In the unit of the scores; no missing values.

    Returns
    -------
    NormalQuantiles or None
        The i-th of n values stands at the normal quantile of (i - a)/(n + 1 - 2a), a = 3/8 up to 10 values and 1/2
        beyond. The line runs through the quartiles of both (type 7). None below 3 values or where all are equal.

    Examples
    --------
    >>> found = normal_quantiles(np.array([3.0, 1.0, 2.0]))
    >>> found.values.tolist(), found.quantiles.round(3).tolist(), round(found.slope, 3)
    ([1.0, 2.0, 3.0], [-0.869, 0.0, 0.869], 0.741)
    """
    n = len(values)
    if n < LEAST_VALUES or all_equal(values):
        return None
    from scipy.special import ndtri

    shift = 3 / 8 if n <= _SMALL else 1 / 2
    low, high = np.quantile(values, (0.25, 0.75))
    reach = float(ndtri(0.75))
    return NormalQuantiles(
        quantiles=np.asarray(ndtri((np.arange(1, n + 1) - shift) / (n + 1 - 2 * shift)), dtype=float),
        values=np.sort(values),
        slope=float(high - low) / (2 * reach),
        intercept=float(high + low) / 2,
    )
