"""Who rose, stayed the same or fell: the groups of people behind the counts, and behind statistics of ranks."""

from __future__ import annotations

import numpy as np

from evalcore.columns import POST, PRE
from evalcore.findings.basis import Basis
from evalcore.findings.before_after.error.judged import FELL, ROSE, Mask, both, change_measure, counted_groups
from evalcore.findings.finding import Group
from evalcore.outcomes.pairs import Pairs

SAME = "stayed the same"
DIRECTIONS = (ROSE, SAME, FELL)

HOLDERS = tuple(both(key) for key in DIRECTIONS)
"""For the count of each direction, in order, the groups of those whom it counts, and of the other matched people."""

RANKED = tuple(f"{key}, ranked" for key in DIRECTIONS)
"""Groups behind a statistic of ranks, from which all three counts can be worked out."""


def direction_groups(basis: Basis) -> dict[str, Group]:
    """Who rose, stayed and fell and who did not, and the same of the whole group that they are part of."""
    measures = {key: change_measure(basis, direction) for key, direction in zip(_KEYS, DIRECTIONS * 2, strict=True)}
    return counted_groups(basis, measures, _masks)


_KEYS = (*DIRECTIONS, *RANKED)


def _masks(pairs: Pairs) -> dict[str, Mask | None]:
    """Rounded as the outcome rounds them: tenths subtracted as binary fractions are not quite equal."""
    signs = np.sign(np.round((pairs.matched[POST] - pairs.matched[PRE]).to_numpy(dtype=float), 10))
    return {key: signs == sign for key, sign in zip(_KEYS, (1.0, 0.0, -1.0) * 2, strict=True)}
