"""What else stands in the row of each score behind some pairs: the date, how the questionnaire was filled in."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from evalcore.columns import INSTRUMENT, POST, PRE, RESPONDENT_ID, ROLE, SCALE, SCORE, WAVE
from evalcore.outcomes.choices import roles_of
from evalcore.outcomes.pairs import Pairs


def carried(scores: pd.DataFrame, pairs: Pairs, values: pd.Series) -> Mapping[str, Mapping[Hashable, Any]]:
    """Return the value that stands beside each score, by wave and by the name that the person has in the pairs.

    Parameters
    ----------
    scores : DataFrame
        The scores that the pairs were matched from.
    pairs : Pairs
    values : Series
        One value a row of `scores`.

    Returns
    -------
    mapping
        `pre` and `post`, each from name to value; rows without a score are left out. It may name more people than the
        pairs: those of other sites.

    Examples
    --------
    >>> from evalcore.outcomes.matching import match_scores
    >>> scores = pd.DataFrame({"respondent_id": ["A", "A"], "wave": ["pre", "post"], "instrument": "gse",
    ...     "scale": "total", "score": [28.0, None], "site": ["North", "South"]})
    >>> carried(scores, match_scores(scores), scores["site"])["pre"]["A"]
    'North'
    """
    found: dict[str, dict[Hashable, Any]] = {PRE: {}, POST: {}}
    here = (scores[INSTRUMENT] == pairs.instrument) & (scores[SCALE] == pairs.scale) & scores[SCORE].notna()
    roles = roles_of(pairs.role)
    rows = scores[here.to_numpy()]
    of = rows[ROLE].astype(object).tolist() if ROLE in rows else [None] * len(rows)
    beside = values[here.to_numpy()].tolist()
    for who, role, wave, value in zip(rows[RESPONDENT_ID].tolist(), of, rows[WAVE].tolist(), beside, strict=True):
        if not roles or role in roles:
            # Who stands in two of the roles goes by the name that says which.
            found[wave][who] = found[wave][f"{who} ({role})"] = value
    return found
