"""What the findings about people rest on: the pilot's case files, or those of one site, beside the whole caseload."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.columns import RESPONDENT_ID, ROLE, SERVICE_USER, SITE
from evalcore.findings.basis import CONTEXT
from evalcore.findings.finding import FIELDWORK, FIELDWORK_BY_SITE, HAVING, Group
from evalcore.findings.measures import sites
from evalcore.intake.native import CASELOAD, CASES, COUNTED, PUBLISHED
from evalcore.outcomes.choices import check_known
from evalcore.profile.caseload import without_pilot
from evalcore.profile.counted import NEEDS, is_counted, n_people, narrowed, weights
from evalcore.profile.needs import known_needs, need_profile, needs_per_person, scored_sections
from evalcore.profile.ogrs import AgeValues, OgrsValues, age_values, ogrs_values
from evalcore.profile.published import CaseloadShare
from evalcore.profile.reach import reached_people
from evalcore.profile.sex import caseload_sex
from evalcore.rules.source import SINGLE_SOURCE, VERIFIED
from evalcore.study import Study
from evalcore.wording import count

EVERYONE = "people"
"""Key of the group of everyone who has a case file."""

CHECKED = (VERIFIED, SINGLE_SOURCE)
"""Standings of a published figure that was read in a source."""

_Found = TypeVar("_Found", bound=AgeValues)
Mask = npt.NDArray[np.bool_]


class People:
    """The case files and the caseload of one study while findings are built, each thing computed when first asked for.

    Like `Scores` it belongs to one study and is shared by the findings of one page; it is not changed.
    """

    def __init__(self, study: Study) -> None:
        self.study = study
        self._pilots: dict[str | None, Pilot] = {}
        self._ages: dict[str | None, AgeValues] = {}
        self._ogrs: dict[str | None, OgrsValues] = {}

    @cached_property
    def cases(self) -> pd.DataFrame:
        """One row a service user with a case file."""
        table = self.study.cases
        return table if RESPONDENT_ID in table else table.iloc[:0]

    @property
    def given_caseload(self) -> pd.DataFrame:
        """The caseload as it was read: one row a person, else as counts; an empty table where there is neither."""
        study = self.study
        return study.counted if len(study.counted) and not len(study.caseload) else study.caseload

    @cached_property
    def everybody(self) -> pd.DataFrame:
        """Everybody listed or with a case file, as `reached_people` gives it; computed once for all that ask."""
        return reached_people(self.asked, self.cases)

    @cached_property
    def _caseload(self) -> tuple[pd.DataFrame, tuple[str, ...]]:
        given = self.given_caseload
        return without_pilot(self.cases, given) if len(given) else (given, ())

    @property
    def caseload(self) -> pd.DataFrame:
        """The caseload without the people of the pilot, of whatever site: one row a person, or counts."""
        return self._caseload[0]

    @property
    def taken_out(self) -> tuple[str, ...]:
        """How many people of the pilot were taken out of the caseload, in words; nothing where there is none."""
        return self._caseload[1]

    @property
    def beside(self) -> pd.DataFrame | None:
        """What the pilot is compared with: its people, else published figures; None where there is neither."""
        if len(self.caseload):
            return self.caseload
        return self.study.published if len(self.study.published) else None

    @cached_property
    def published_words(self) -> str:
        """What must be said where the pilot is compared with published figures; nothing where it is with people."""
        if self.beside is not self.study.published:
            return ""
        standing = self.study.published.get("standing", pd.Series(dtype=object))
        checked = "" if standing.isin(CHECKED).all() else " Not all of them were checked against a source."
        return f"The caseload is known from published figures only.{checked}"

    @cached_property
    def caseload_sex(self) -> dict[str, CaseloadShare]:
        """The share of men and of women in the caseload, from its people or as published."""
        return caseload_sex(self.caseload, self.study.published)

    @cached_property
    def caseload_n_needs(self) -> npt.NDArray[np.int64]:
        """People of the caseload with 0, 1, ... 8 of the eight scored needs, of those assessed on all of them."""
        given = self.caseload
        columns = [name for name in map(str, given) if name.endswith("_need")]
        rows = narrowed(given, columns, tally=NEEDS) if is_counted(given) else given
        each = needs_per_person(rows).to_numpy(dtype=np.float64, na_value=np.nan)
        known = ~np.isnan(each)
        found = np.zeros(len(scored_sections()) + 1, dtype=np.int64)
        np.add.at(found, each[known].astype(np.int64), weights(rows)[known])
        return found

    def pilot(self, site: str | None = None) -> Pilot:
        """The pilot's people, or those of one site.

        Raises
        ------
        UnknownNameError
            If no table of the study names the site; the message lists those that do.
        """
        if site not in self._pilots:
            if site is not None:
                check_known((site,), sites(self.study), "site")
            table = self.cases
            self._pilots[site] = Pilot(self, site, table if site is None else table[self.site_of_each == site])
        return self._pilots[site]

    def ages(self, site: str | None = None) -> AgeValues:
        """Ages of the pilot's people, or of one site's, sorted; and of the caseload."""
        if site not in self._ages:
            self._ages[site] = _sorted(age_values(self.pilot(site).cases, self.beside))
        return self._ages[site]

    def ogrs(self, site: str | None = None) -> OgrsValues:
        """OGRS of the pilot's people, or of one site's, sorted; and of the caseload."""
        if site not in self._ogrs:
            self._ogrs[site] = _sorted(ogrs_values(self.pilot(site).cases, self.beside))
        return self._ogrs[site]

    @cached_property
    def asked(self) -> pd.DataFrame:
        """The list of those asked, service users only; empty where there is none."""
        roster = self.study.roster
        if RESPONDENT_ID not in roster:
            return roster.iloc[:0]
        return roster[roster[ROLE].isna() | (roster[ROLE] == SERVICE_USER)] if ROLE in roster else roster

    @cached_property
    def site_of_each(self) -> pd.Series:
        """Each person's site as the case file names it, else as the list of those asked does."""
        cases = self.cases
        found = cases[SITE].astype(object) if SITE in cases else pd.Series(None, index=cases.index, dtype=object)
        roster = self.asked
        if SITE not in roster:
            return found
        listed = roster.drop_duplicates(RESPONDENT_ID).set_index(RESPONDENT_ID)[SITE].astype(object)
        return found.where(found.notna(), cases[RESPONDENT_ID].map(listed))


@dataclass(frozen=True, eq=False)
class Pilot:
    """The pilot's people, or those of one site: `cases` holds their rows."""

    people: People
    site: str | None
    cases: pd.DataFrame

    @property
    def n(self) -> int:
        """Number of people with a case file."""
        return len(self.cases)

    @property
    def without_file(self) -> str:
        """How many of those asked have no case file, in words; nothing where all have one or nobody is listed."""
        asked = self.people.asked
        if self.site is not None:
            asked = asked[asked[SITE] == self.site] if SITE in asked else asked.iloc[:0]
        missing = int((~asked[RESPONDENT_ID].isin(self.people.cases[RESPONDENT_ID])).sum()) if len(asked) else 0
        have = "has" if missing == 1 else "have"
        of = count(len(asked), "service user who was asked", "service users who were asked")
        return f"{missing:,} of {of} {have} no case file, and {have} no part in this page." if missing else ""

    @cached_property
    def names(self) -> npt.NDArray[np.object_]:
        """`service user|identifier` of each, in the order of `cases`."""
        return np.array([f"{SERVICE_USER}|{name}" for name in self.cases[RESPONDENT_ID]], dtype=object)

    def those(self, mask: Mask) -> frozenset[str]:
        """The people for whom a mask over `cases` is true."""
        return frozenset(self.names[mask].tolist())

    @property
    def by_site(self) -> bool:
        """Whether one site was chosen."""
        return self.site is not None

    @property
    def where(self) -> str:
        """The people in words: "the pilot", or "the pilot at Site 1"."""
        return "the pilot" if self.site is None else f"the pilot at {self.site}"

    def column(self, name: str) -> pd.Series:
        """One column of the case files; missing for everyone where there is no such column."""
        if name == SITE:
            return self.people.site_of_each.loc[self.cases.index]
        return self.cases[name] if name in self.cases else pd.Series(None, index=self.cases.index, dtype=object)

    @cached_property
    def needs(self) -> pd.DataFrame:
        """Who is known to have each need, as `known_needs` gives it."""
        return known_needs(self.cases)

    @property
    def taken_out_again(self) -> tuple[str, ...]:
        """What a comparison says of taking people out of a caseload that they were taken out of before."""
        caseload = self.people.caseload
        if not len(caseload):
            return ()
        named = caseload[RESPONDENT_ID].first_valid_index() if RESPONDENT_ID in caseload else None
        # One row of people tells whether there are identifiers, and is quick; counts are told by all of their tallies.
        one = caseload if is_counted(caseload) else caseload.head(1) if named is None else caseload.loc[[named]]
        return without_pilot(self.cases, one)[1]

    @cached_property
    def n_needs(self) -> pd.Series:
        """How many of the eight scored needs each person has; missing where not all are assessed."""
        return needs_per_person(self.cases)

    @cached_property
    def need_profile(self) -> pd.DataFrame:
        """Need by need beside the caseload."""
        return need_profile(self.cases, self.people.beside)

    def finding_id(self, kind: str) -> str:
        """`age.people`, and `.site-2` where the second site was chosen."""
        base = f"{kind}.people"
        return base if self.site is None else f"{base}.site-{sites(self.people.study).index(self.site) + 1}"

    def counted(self, key: str, mask: Mask, words: str = "") -> Group:
        """People who are only counted, such as those of whom something is known."""
        measure = FIELDWORK_BY_SITE if self.by_site else FIELDWORK
        return Group(key, f"{self.where}: {words or key}", measure, self.those(mask))

    def measured(self, key: str, mask: Mask) -> Group:
        """People on whom `key` was measured (`age`): the key is the measure too, so that findings are held together."""
        return Group(key, f"{self.where}: {key} known", key, self.those(mask))

    def having(self, key: str, mask: Mask, measure: str = "") -> Group:
        """People who have a characteristic (`sex, male`) and are only counted; the measure is by default the key."""
        return Group(key, f"{self.where}: {key}", measure or f"{HAVING}{key}", self.those(mask))

    @cached_property
    def everyone(self) -> Group:
        """Everyone who has a case file."""
        return self.counted(EVERYONE, np.ones(self.n, dtype=bool), "people with a case file")


def caseload_group(key: str, measure: str, size: int) -> Group:
    """People of the caseload, too many to list."""
    return Group(key, f"caseload: {key}", measure, frozenset(), size)


def with_context(pilot: Pilot, groups_of: Callable[[Pilot], Iterable[Group]]) -> dict[str, Group]:
    """The groups of a finding by key, and beside those of one site the same groups of the whole pilot.

    The whole stands beside a site so that what may leave does not depend on what left first.
    """
    found = {group.key: group for group in groups_of(pilot)}
    return found | context_groups(groups_of(pilot.people.pilot())) if pilot.by_site else found


def context_groups(groups: Iterable[Group]) -> dict[str, Group]:
    """Groups of the whole pilot as they stand beside those of one site, by key."""
    return {
        (key := CONTEXT + group.key): Group(key, f"whole group, {group.label}", group.measure, group.people, group.size)
        for group in groups
    }


def no_case_file(pilot: Pilot) -> str:
    """One sentence and one thing to do where nobody of the pilot, or of the site, has a case file."""
    if pilot.by_site:
        return f"Nobody with a case file is at {pilot.site}. Choose another site."
    return "There is no case file, so nothing is known about the people. Add a case file on the data page."


def source_of(people: People) -> str:
    """Which files, in words and numbers: no file's name, since it may hold a person's."""
    parts = [f"Case files of {count(len(people.cases), 'person', 'people')} in the pilot"]
    if len(people.caseload):
        how = ", known as counts" if is_counted(people.caseload) else ""
        parts.append(f"caseload file of {count(n_people(people.caseload), 'person', 'people')}{how}")
    if len(people.study.published):
        parts.append(f"{count(len(people.study.published), 'published figure', 'published figures')}")
    return f"{'; '.join(parts)}."


def files_of(people: People) -> tuple[str, ...]:
    """Names of the files that hold the people and what they are compared with."""
    return tuple(intake.name for intake in people.study.intakes if intake.kind in (CASES, CASELOAD, COUNTED, PUBLISHED))


def _sorted(found: _Found) -> _Found:
    return replace(found, pilot=np.sort(found.pilot))
