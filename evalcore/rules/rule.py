"""Band scheme: named, cited cut-points, with the side that owns each boundary; the only home of verbal labels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.errors import TableError, UnknownNameError
from evalcore.rules.source import Source

ABOVE = "above"
BELOW = "below"
SIDES = (ABOVE, BELOW)


@dataclass(frozen=True)
class Cut:
    """The border between two bands. `owner` is the band that holds a score of exactly `at`: the one above or below."""

    at: float
    owner: str


@dataclass(frozen=True, eq=False)
class BandScheme:
    """Named ranges of a score.

    Attributes
    ----------
    id, label : str
        Fixed identifier, and the name for a reader.
    instrument : str
        Identifier of the instrument that it speaks of.
    bands : tuple of str
        Labels from the lowest band to the highest.
    cuts : mapping of str to tuple of Cut
        For each scale its rising borders, one fewer than bands.
    low, high : float
        Lowest and highest score that exists on the scale.
    caution : str
        What the labels do not mean; shown wherever they are.
    """

    id: str
    label: str
    instrument: str
    bands: tuple[str, ...]
    cuts: Mapping[str, tuple[Cut, ...]]
    low: float
    high: float
    source: Source
    caution: str


def band(scores: npt.ArrayLike, scheme: BandScheme, *, scale: str = "total") -> pd.Categorical[str]:
    """Put each score into its band.

    Parameters
    ----------
    scores : array-like of float, shape (n,)
        In the unit of the scheme. A missing score has no band.
    scheme : BandScheme
    scale : str
        Scale of the instrument whose borders are meant.

    Returns
    -------
    Categorical, shape (n,), ordered from the lowest band to the highest.

    Raises
    ------
    UnknownNameError
        The scheme has no borders for this scale.
    TableError
        A score lies outside the scale's range, so it is not a score of this scale.

    Notes
    -----
    A score equal to a border belongs to the band named by the border's `owner`. The source is `scheme.source`.

    Examples
    --------
    >>> from evalcore.rules.loading import load_band_scheme
    >>> list(band([19.25, 19.98, 27.4, 28.13], load_band_scheme("swemwbs_one_sd")))
    ['low', 'medium', 'medium', 'high']
    """
    if scale not in scheme.cuts:
        raise UnknownNameError(f"{scheme.label} has no bands for {scale!r}. It has: {', '.join(scheme.cuts)}.")
    values = np.asarray(scores, dtype=np.float64)
    if bool(((values < scheme.low) | (values > scheme.high)).any()):
        raise TableError(
            f"Scores must lie between {scheme.low:g} and {scheme.high:g} for {scheme.label}. "
            "Check that they are scores of that scale."
        )
    codes = np.zeros(values.shape, dtype=np.int8)
    for cut in scheme.cuts[scale]:
        codes += values >= cut.at if cut.owner == ABOVE else values > cut.at
    codes[np.isnan(values)] = -1
    return pd.Categorical.from_codes(codes, categories=pd.Index(scheme.bands), ordered=True)
