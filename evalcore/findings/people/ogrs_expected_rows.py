"""Whose reoffending is held against their scores, in the pilot and in the caseload; or why nobody's is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from evalcore.columns import OGRS
from evalcore.findings.finding import FIELDWORK, Group
from evalcore.findings.people.basis import caseload_group
from evalcore.findings.people.ogrs_basis import nobody_scored
from evalcore.findings.people.ogrs_by_score import ByScore
from evalcore.profile.caseload import Values
from evalcore.profile.counted import narrowed
from evalcore.profile.ogrs_expected import COMPLETE, Expected, observed_expected
from evalcore.profile.ogrs_expected import REOFFENDED as OUTCOME

COUNTED, NOT_COUNTED = "followed up", "does not count"
EXPECTED = "OGRS of those followed up"
"""Key of those who count, as people whose scores are summed: beside a mean of more people it tells of the rest."""

REOFFENDED, STAYED = "reoffended", "not reoffended"
CASELOAD, CASELOAD_REST = "caseload, followed up", "caseload, does not count"
_NO_OUTCOME = "Nothing is known about reoffending in {where}. Add the columns reoffended and followup_complete."
_NOT_COMPLETE = (
    "The follow-up of nobody in {where} is said to be complete, so who did not reoffend is not known yet. State it in"
    " the column followup_complete."
)
_NOBODY = "Nobody in {where} has a score, a complete follow-up and a known outcome."


@dataclass(frozen=True, eq=False)
class Reoffending(ByScore):
    """The pilot's people, or one site's: who reoffended, beside how many were expected to."""

    @cached_property
    def of_pilot(self) -> Expected:
        """Observed against expected; nobody counts where the scores are of several kinds."""
        p = _probabilities(self.pilot.cases) if len(self.values.pilot) else np.full(self.pilot.n, np.nan)
        return observed_expected(self.pilot.cases, p)

    @cached_property
    def of_caseload(self) -> Expected | None:
        """The same of the caseload; None where it can not be compared or nobody there counts."""
        if not self.of_pilot.n or not len(self.values.caseload):
            return None
        caseload = narrowed(self.used.people.caseload, (OGRS, OUTCOME, COMPLETE))
        found = observed_expected(caseload, _probabilities(caseload))
        return found if found.n else None

    @property
    def is_given(self) -> bool:
        """Whether anybody counts."""
        return self.of_pilot.n > 0

    @property
    def is_rounded(self) -> bool:
        """Whether the probabilities are scores as they stand in the file."""
        return self.used.scores.kind is None

    @property
    def n_left_out(self) -> int:
        """People with a case file who do not count."""
        return self.of_pilot.n_left_out

    @property
    def horizon(self) -> str:
        """Within what time."""
        return self.values.horizon or ""

    @property
    def sides(self) -> Mapping[str, Expected]:
        """Pilot and caseload by name, as far as they are given; none where nobody of the pilot counts."""
        if not self.is_given:
            return {}
        theirs = self.of_caseload
        return {"Pilot": self.of_pilot} | ({} if theirs is None else {"Caseload": theirs})

    @property
    def refused(self) -> str:
        """Why nothing is given; empty where it is."""
        if self.is_given:
            return ""
        where = self.pilot.where
        if self.pilot.n and not self.pilot.column(OUTCOME).notna().any():
            return _NO_OUTCOME.format(where=where)
        if not len(self.values.pilot):
            return nobody_scored(self.used, self.pilot)
        complete = self.pilot.column(COMPLETE).astype("boolean").fillna(False)
        return (_NOBODY if complete.any() else _NOT_COMPLETE).format(where=where)

    @property
    def why_no_caseload(self) -> tuple[str, ...]:
        """Why there is no ratio of the caseload; nothing where there is one, or no caseload."""
        if not self.is_given or self.of_caseload is not None or not len(self.used.people.caseload):
            return ()
        if self.values.refused:
            return (self.values.refused,)
        return ("The caseload's follow-up is not known, so there is no ratio to hold this against.",)

    def groups(self) -> Iterable[Group]:
        """Who counts and who does not, and of those who count who reoffended and who did not."""
        of = self.of_pilot
        yield self.pilot.counted(COUNTED, of.counted)
        yield Group(EXPECTED, f"{self.pilot.where}: {EXPECTED}", OGRS, self.pilot.those(of.counted))
        yield self.pilot.counted(NOT_COUNTED, ~of.counted)
        yield self.pilot.having(REOFFENDED, of.reoffended)
        yield self.pilot.having(STAYED, of.counted & ~of.reoffended)

    def caseload_groups(self) -> Iterable[Group]:
        """The people of the caseload who count, and the others."""
        if self.of_caseload is not None:
            yield caseload_group(CASELOAD, FIELDWORK, self.of_caseload.n)
            yield caseload_group(CASELOAD_REST, FIELDWORK, self.of_caseload.n_left_out)


def _probabilities(table: pd.DataFrame) -> Values:
    return table[OGRS].to_numpy(dtype=np.float64) / 100
