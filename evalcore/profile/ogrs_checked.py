"""Scores that came with a file against those computed for the same people, version and horizon."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalcore.columns import OGRS
from evalcore.profile.caseload import Flags, Values, as_text, checked_numbers
from evalcore.profile.ogrs_kind import HORIZON, VERSION, horizon_name, version_key
from evalcore.profile.ogrs_scored import KINDS, Scored, compute_scores

WITHIN = 1.0
"""Scores that differ by no more points than this agree: a file may hold whole per cent."""

_HIGHEST = 100
_SLACK = 1e-9
_OTHER = "The version and horizon stated are none that is computed here."


@dataclass(frozen=True, eq=False)
class Checked:
    """Each person's stated score against the computed one.

    Attributes
    ----------
    stated, computed : array of float
        Per cent as displayed; NaN where there is none. Computed is of the version and horizon that are stated.
    reasons : mapping of str to int
        Why a stated score could not be computed, each reason with its number of people; one may have several.
    assumed : tuple of str
        What was taken for everybody when computing.
    """

    stated: Values
    computed: Values
    reasons: Mapping[str, int]
    assumed: tuple[str, ...] = ()

    @property
    def difference(self) -> Values:
        """Stated minus computed."""
        return self.stated - self.computed

    @property
    def has_score(self) -> Flags:
        """Who has a score in the file."""
        return ~np.isnan(self.stated)

    @property
    def compared(self) -> Flags:
        """Who has both."""
        return ~np.isnan(self.difference)

    @property
    def agree(self) -> Flags:
        """Whose scores differ by 1 point at most."""
        return self.compared & (np.abs(np.nan_to_num(self.difference)) <= WITHIN + _SLACK)

    @property
    def differ(self) -> Flags:
        """Whose scores differ by more."""
        return self.compared & ~self.agree

    @property
    def not_computed(self) -> Flags:
        """Who has a score in the file that could not be computed."""
        return self.has_score & ~self.compared


def check_scores(table: pd.DataFrame) -> Checked:
    """Compute the score of everybody who has one in the file, of the version and horizon that the file states.

    Parameters
    ----------
    table : DataFrame
        Native cases, or a caseload of one row a person: of counts no score can be computed.

    Raises
    ------
    TableError
        If a score is text or not from 0 to 100.

    Examples
    --------
    >>> table = pd.DataFrame({"ogrs": [22, 40], "ogrs_version": "OGRS3", "ogrs_horizon": "2 years", "sex": "male",
    ...     "age_at_conviction": 20, "age_at_followup": 20, "age_at_first_sanction": 20, "previous_sanctions": 0,
    ...     "offence": "violence"})
    >>> found = check_scores(table)
    >>> found.agree.tolist(), found.difference.tolist()
    ([True, False], [0.0, 18.0])
    """
    stated = _stated(table)
    known = ~np.isnan(stated)
    computed = np.full(len(table), np.nan)
    reasons: Counter[str] = Counter()
    assumed: dict[str, None] = {}
    named = np.zeros(len(table), dtype=bool)
    for which, found in _by_kind(table, known):
        named |= which
        computed[which] = found.shown
        reasons.update(found.reasons)
        assumed.update(dict.fromkeys(found.assumed if found.known.any() else ()))
    other = int((known & ~named).sum())
    if other:
        reasons[_OTHER] += other
    return Checked(stated, computed, dict(reasons.most_common()), tuple(assumed))


def _stated(table: pd.DataFrame) -> Values:
    if OGRS not in table:
        return np.full(len(table), np.nan)
    return checked_numbers(table[OGRS], OGRS, high=_HIGHEST)


def _by_kind(table: pd.DataFrame, known: Flags) -> Iterator[tuple[Flags, Scored]]:
    """Those who have a score of one kind, with the scores computed for them, kind by kind."""
    if VERSION not in table or HORIZON not in table:
        return
    versions, version_texts = pd.factorize(table[VERSION])
    horizons, horizon_texts = pd.factorize(table[HORIZON])
    for key, kind in KINDS.items():
        of_version = [version_key(as_text(text)) == version_key(kind.version) for text in version_texts]
        of_horizon = [horizon_name(as_text(text)) == kind.horizon for text in horizon_texts]
        which = known & np.array([*of_version, False])[versions] & np.array([*of_horizon, False])[horizons]
        if which.any():
            yield which, compute_scores(table[which], key)
