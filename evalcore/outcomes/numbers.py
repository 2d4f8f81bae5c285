"""Lists, arrays and columns of numbers as one array of floats, in which what is missing is NaN."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.errors import TableError

Values = npt.NDArray[np.float64]


def numbers(values: Any, what: str) -> Values:
    """Give `values` as floats.

    Parameters
    ----------
    values : array-like of numbers
        A list, array, Series or nullable column of any shape; None, NaN and `pd.NA` are missing.
    what : str
        What the values are, for the error ("p values").

    Returns
    -------
    array of float
        Of the same shape; NaN is what is missing.

    Raises
    ------
    TableError
        If a value is not a number.

    Examples
    --------
    >>> numbers([0.5, None, pd.NA, 2], "ages")
    array([0.5, nan, nan, 2. ])
    """
    array = np.asarray(values)
    if array.dtype.kind in "fiub":
        return array.astype(np.float64)
    flat = pd.Series(array.ravel(), dtype=object)
    try:
        known = pd.to_numeric(flat.where(flat.notna(), np.nan), errors="raise")
    except (TypeError, ValueError):
        raise TableError(f"The {what} must be numbers, or missing. Take out or correct what is not.") from None
    return known.to_numpy(dtype=np.float64).reshape(array.shape)
