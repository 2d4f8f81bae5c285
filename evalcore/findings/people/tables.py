"""The tables of these findings: plain numbers under labels."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pandas as pd


def frame_of(rows: Sequence[Mapping[str, object]], names: Sequence[str], *, labels: Collection[str]) -> pd.DataFrame:
    """A table of these rows: columns of `labels` are words, all others numbers; what a row does not have is missing.

    >>> frame_of([{"who": "Pilot", "n": 27}, {"who": "Caseload"}], ("who", "n"), labels=("who",))["n"].tolist()
    [27.0, nan]
    """
    return pd.DataFrame(
        {
            name: np.array([row.get(name) for row in rows], dtype=object if name in labels else np.float64)
            for name in names
        }
    )
