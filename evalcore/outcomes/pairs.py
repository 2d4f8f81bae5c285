"""Pairs: who answered before, after, both times, on one measure; the object that every test of change takes."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True, eq=False)
class Pairs:
    """Scores before and after, matched by identifier.

    Attributes
    ----------
    matched : DataFrame
        Index `respondent_id`; columns `pre`, `post`: people with a score at both waves.
    pre_only, post_only : Series
        Index `respondent_id`: people with a score at one wave.
    trail : DataFrame
        `step, n, reason`: from the scores handed in to the matched pairs.
    instrument, scale, role, unit : str or None
        What was measured, of whom (`role` as written for a reader), in what unit; None where not known.
    """

    matched: pd.DataFrame
    pre_only: pd.Series
    post_only: pd.Series
    trail: pd.DataFrame
    instrument: str | None = None
    scale: str | None = None
    role: str | None = None
    unit: str | None = None
