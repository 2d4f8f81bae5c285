"""Who of the pilot is in which band of OGRS, and how many of the caseload; or why there are no bands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from evalcore.columns import OGRS
from evalcore.findings.finding import FIELDWORK, Group, having_measure
from evalcore.findings.people.basis import Mask, caseload_group
from evalcore.findings.people.ogrs_basis import nobody_scored
from evalcore.findings.people.ogrs_by_score import ByScore
from evalcore.profile.caseload import Values
from evalcore.profile.counted import Weights, narrowed, weights
from evalcore.profile.ogrs_choice import SHOWN, kind_of
from evalcore.profile.ogrs_scored import ScoreKind
from evalcore.rules.risk_scales import RiskBand

KNOWN = "OGRS known"
_ONE_YEAR = (
    "These scores are for {horizon}, and the bands are those of scores for two years. A score for one year is lower, so"
    " the same borders would put fewer people into the higher bands. Use a score for two years."
)
_NO_BANDS = "No bands are known here for {version}. They are known for OGRS3, OGRS4/G and OGRS4/V, for two years."


@dataclass(frozen=True, eq=False)
class BandRow:
    """One band: who of the pilot is in it, of those with a score, and how many people of the caseload."""

    band: RiskBand
    version: str
    has: Mask
    known: Mask
    caseload: int

    @property
    def label(self) -> str:
        """For a reader: "Medium (50 to 74 %)"."""
        return f"{self.band.label} ({self.band.range})"

    @property
    def keys(self) -> tuple[str, str]:
        """Of the groups of those who are in it, and of those with a score who are not."""
        return f"{self.version} {self.band.name}", f"{self.version} not {self.band.name}"

    @property
    def count(self) -> int:
        """People of the pilot in it."""
        return int(self.has.sum())

    @property
    def n(self) -> int:
        """People of the pilot with a score."""
        return int(self.known.sum())


@dataclass(frozen=True, eq=False)
class Bands(ByScore):
    """The pilot's people, or one site's, by band of the score that is used."""

    @property
    def kind(self) -> ScoreKind | None:
        """The score of this version and horizon; None where it is none that is known here."""
        found = self.values
        return None if found.version is None else kind_of(found.version, found.horizon or "")

    @cached_property
    def known(self) -> Mask:
        """Who has a score, whatever it is of."""
        return self.pilot.column(OGRS).notna().to_numpy(dtype=bool)

    @property
    def n(self) -> int:
        """People of the pilot with a score."""
        return int(self.known.sum())

    @cached_property
    def rows(self) -> tuple[BandRow, ...]:
        """The bands from the lowest on; none where there are none, or nobody has a score."""
        kind = self.kind
        if kind is None or not len(self.values.pilot):
            return ()
        starts = [band.start for band in kind.bands]
        own = self.pilot.cases[SHOWN if SHOWN in self.pilot.cases else OGRS].to_numpy(dtype=np.float64)
        at = _places(own, starts)
        beside = self._caseload_counts(starts)
        return tuple(
            BandRow(band, kind.version, self.known & (at == place), self.known, int(beside[place]))
            for place, band in enumerate(kind.bands)
        )

    def _caseload_counts(self, starts: list[int]) -> Weights:
        """People of the caseload in each band, by the score as displayed, where they may be compared."""
        found, table = np.zeros(len(starts), dtype=np.int64), self.used.people.caseload
        if starts and len(self.values.caseload):
            rows = narrowed(table, (SHOWN if SHOWN in table else OGRS,))
            at = _places(rows.iloc[:, 0].to_numpy(dtype=np.float64), starts)
            np.add.at(found, at[at >= 0], weights(rows)[at >= 0])
        return found

    @cached_property
    def caseload_n(self) -> int:
        """People of the caseload who are put into bands."""
        return sum(row.caseload for row in self.rows)

    @property
    def caseload_key(self) -> str:
        """Of the group of these people."""
        return f"caseload, {KNOWN}"

    @property
    def refused(self) -> str:
        """Why there are no bands; empty where there are."""
        found = self.values
        if self.rows:
            return ""
        if not len(found.pilot):
            return nobody_scored(self.used, self.pilot)
        if self.kind is None and found.horizon == "2 years":
            return _NO_BANDS.format(version=found.version)
        return _ONE_YEAR.format(horizon=found.horizon)

    def groups(self) -> Iterable[Group]:
        """Who has a score and who has not; and for each band who is in it and who is not."""
        yield self.pilot.counted(KNOWN, self.known)
        yield self.pilot.counted("OGRS not known", ~self.known)
        for row in self.rows:
            for key, mask, without in (
                (row.keys[0], row.has, False),
                (row.keys[1], row.known & ~row.has, True),
            ):
                measure = having_measure(f"{row.version.lower()} band", row.band.name, without=without)
                yield self.pilot.having(key, mask, measure)

    def caseload_groups(self) -> Iterable[Group]:
        """The people of the caseload with a score."""
        if self.caseload_n:
            yield caseload_group(self.caseload_key, FIELDWORK, self.caseload_n)


def _places(scores: Values, starts: list[int]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The band of each score: a score on a border belongs to the higher band; -1 where there is no score."""
    found = np.searchsorted(starts, np.nan_to_num(scores, nan=-1.0), side="right") - 1
    return np.asarray(found, dtype=np.int64)
