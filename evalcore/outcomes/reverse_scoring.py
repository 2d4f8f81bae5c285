"""Reverse scoring: items that count the other way round, as a scale's definition lists them under `reversed`."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from evalcore.instruments.instrument import Instrument, Scale


def scored_codes(answers: npt.NDArray[np.float64], instrument: Instrument, scale: Scale) -> npt.NDArray[np.float64]:
    """Codes of one scale's items as they count in its score.

    Parameters
    ----------
    answers : array of float, shape (items of the instrument, rows)
        Codes as answered; NaN where not answered.
    instrument, scale
        The definitions; `scale.reversed` lists the items that count the other way round.

    Returns
    -------
    array of float, shape (items of the scale, rows)
        A reversed answer is lowest code + highest code - answer; a missing one stays missing.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from evalcore.instruments import load_instrument
    >>> gse = load_instrument("gse")
    >>> scale = replace(gse.scales["total"], items=("gse_1", "gse_2"), reversed=("gse_2",))
    >>> scored_codes(np.ones((10, 1)), gse, scale).tolist()
    [[1.0], [4.0]]
    """
    if scale.items == instrument.columns and not scale.reversed:
        return answers
    codes = answers[[instrument.columns.index(item) for item in scale.items]]
    turned = [row for row, item in enumerate(scale.items) if item in scale.reversed]
    codes[turned] = instrument.codes[0] + instrument.codes[-1] - codes[turned]
    return codes
