"""The people who were reached, listed and with a case file, as the findings about reach take them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from evalcore.columns import CASE_STATUS, ELIGIBLE, OGRS, RESPONDENT_ID, SERVICE_USER, SITE, STARTED_ON
from evalcore.findings.finding import FIELDWORK, FIELDWORK_BY_SITE, Group, having_measure
from evalcore.findings.people.basis import Mask, People, Pilot, context_groups
from evalcore.intake.native import CASES, ROSTER
from evalcore.profile.ogrs_choice import kind_of
from evalcore.profile.ogrs_kind import OgrsKind, ogrs_kind
from evalcore.profile.reach import LISTED, STARTED, STATUSES, Reach, attended_shares, reach
from evalcore.profile.reach_risk import Bands, risk_bands
from evalcore.wording import count, joined

KNOWN_ELIGIBLE, KNOWN_STATUS = "eligible known", "status of those who started known"
IS_ELIGIBLE, NOT_ELIGIBLE = "eligible", "not eligible"
HAS_STARTED = "started"
STARTED_ELIGIBLE, NOT_STARTED_ELIGIBLE = "eligible, started", "eligible, not started"
_LIST, _FILE = "the list of those asked", "the case file"


@dataclass(frozen=True, eq=False)
class Reached:
    """Everybody listed or with a case file, of all sites or of one."""

    pilot: Pilot
    everybody: pd.DataFrame
    """Of all sites, as `reached_people` gives it."""

    @classmethod
    def of(cls, pilot: Pilot) -> Reached:
        """Those of the pilot, or of its site."""
        return cls(pilot, pilot.people.everybody)

    @cached_property
    def people(self) -> pd.DataFrame:
        """Those of the site chosen; everybody where none is."""
        site = self.pilot.site
        if site is None:
            return self.everybody
        return self.everybody[(self.everybody[SITE] == site).to_numpy(dtype=bool)].reset_index(drop=True)

    @cached_property
    def counts(self) -> Reach:
        """How far they came."""
        return reach(self.everybody, self.pilot.site)

    @cached_property
    def names(self) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
        """`service user|identifier` of each."""
        return np.array([f"{SERVICE_USER}|{name}" for name in self.people[RESPONDENT_ID]], dtype=object)

    def those(self, mask: Mask) -> frozenset[str]:
        """The people for whom a mask over `people` is true."""
        return frozenset(self.names[mask].tolist())

    def counted(self, key: str, mask: Mask) -> Group:
        """People who are only counted."""
        measure = FIELDWORK_BY_SITE if self.pilot.by_site else FIELDWORK
        return Group(key, f"{self.pilot.where}: {key}", measure, self.those(mask))

    def having(self, key: str, mask: Mask, variable: str, category: str, *, without: bool = False) -> Group:
        """People who have a characteristic, or who are known not to."""
        measure = having_measure(variable, category, without=without)
        return Group(key, f"{self.pilot.where}: {key}", measure, self.those(mask))

    @cached_property
    def started(self) -> Mask:
        """Who has started."""
        return self.people[STARTED].to_numpy(dtype=bool, na_value=False)

    @cached_property
    def eligible(self) -> Mask:
        """Who is known to be eligible."""
        return self.people[ELIGIBLE].to_numpy(dtype=bool, na_value=False)

    @cached_property
    def status(self) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
        """Each one's status; empty where not known."""
        status = self.people[CASE_STATUS].astype(object)
        return status.where(status.notna(), "").to_numpy(dtype=object)

    @cached_property
    def ogrs(self) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        """Each one's OGRS; NaN where not known."""
        return self.people[OGRS].to_numpy(dtype=np.float64)

    @cached_property
    def attended(self) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        """Each one's share of contacts attended; NaN where not known."""
        return attended_shares(self.people).to_numpy(dtype=np.float64)

    @cached_property
    def kind(self) -> OgrsKind:
        """The version and the horizon of the scores, or why they are not of one kind."""
        cases = self.pilot.cases
        known = self.pilot.column(OGRS).notna().to_numpy(dtype=bool)
        return ogrs_kind(cases, known, self.pilot.where)

    @cached_property
    def bands(self) -> Bands:
        """The bands of the score."""
        return risk_bands(self.kind.version, self.kind.horizon)

    @cached_property
    def band_categories(self) -> tuple[tuple[str, str], ...]:
        """What each band is a category of, and which: as the finding about bands counts the same people."""
        version, horizon = self.kind.version, self.kind.horizon
        scored = kind_of(version, horizon) if version and horizon and self.bands.published else None
        if scored is None:
            return tuple(("ogrs band", band.label) for band in self.bands.bands)
        return tuple((f"{scored.version.lower()} band", band.name) for band in scored.bands)

    @property
    def at_site(self) -> str:
        """ " at Site 1" where one site was chosen, for a title; else nothing."""
        return f" at {self.pilot.site}" if self.pilot.by_site else ""

    @property
    def score_name(self) -> str:
        """The score in words: "OGRS3 (1 year)"."""
        return "OGRS" if self.kind.version is None else f"{self.kind.version} ({self.kind.horizon})"

    def missing(self, *columns: str) -> str:
        """A sentence that names the columns of which nothing is known; empty where something is known of each."""
        gone = [name for name in columns if not self._known(name)]
        if not gone:
            return ""
        return f"Nothing is known of {joined([f'{name} (a column of {_where(name)})' for name in gone])}."

    def _known(self, name: str) -> bool:
        if name == LISTED:
            return bool(self.people[LISTED].any())
        return name in self.people and bool(self.people[name].notna().any())


def _where(name: str) -> str:
    if name == ELIGIBLE:
        return _LIST
    return f"{_LIST} or of {_FILE}" if name == STARTED_ON else _FILE


def reach_source(people: People) -> str:
    """Which files, in words and numbers: no file's name, since it may hold a person's."""
    cases = count(len(people.cases), "person", "people")
    return f"Case files of {cases}; list of {count(len(people.asked), 'person', 'people')} asked."


def reach_files(people: People) -> tuple[str, ...]:
    """Names of the files that hold the people and who was asked."""
    return tuple(intake.name for intake in people.study.intakes if intake.kind in (CASES, ROSTER))


def reach_groups(found: Reached) -> Iterable[Group]:
    """Those listed, eligible, started, and of each status."""
    known = found.people[ELIGIBLE].notna().to_numpy(dtype=bool)
    eligible, started = found.eligible, found.started
    starts_known = found.people[STARTED].notna().to_numpy(dtype=bool)
    yield found.counted(LISTED, found.people[LISTED].to_numpy(dtype=bool))
    yield found.counted(KNOWN_ELIGIBLE, known)
    yield found.having(IS_ELIGIBLE, eligible, "eligible", "yes")
    yield found.having(NOT_ELIGIBLE, known & ~eligible, "eligible", "yes", without=True)
    yield found.counted(HAS_STARTED, started)
    yield found.having(STARTED_ELIGIBLE, eligible & started, "start", "yes")
    yield found.having(NOT_STARTED_ELIGIBLE, eligible & starts_known & ~started, "start", "yes", without=True)
    with_status = started & np.asarray(found.status != "")
    yield found.counted(KNOWN_STATUS, with_status)
    for status in STATUSES:
        has = with_status & np.asarray(found.status == status)
        yield found.having(f"status, {status}", has, CASE_STATUS, status)
        yield found.having(f"status, not {status}", with_status & ~has, CASE_STATUS, status, without=True)


def with_whole(found: Reached, own: Iterable[Group], whole: Iterable[Group]) -> dict[str, Group]:
    """The groups of a finding by key, and beside those of one site the same of everybody."""
    groups = {group.key: group for group in own}
    return groups | context_groups(whole) if found.pilot.by_site else groups
