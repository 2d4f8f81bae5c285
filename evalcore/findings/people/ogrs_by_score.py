"""What the findings that count people by their OGRS begin with: the score that is used, the groups, what may leave."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import pandas as pd

from evalcore.figures.chart import Chart
from evalcore.findings.finding import Column, Finding, Group, OutsideForm
from evalcore.findings.people.basis import People, Pilot, files_of, source_of, with_context
from evalcore.findings.people.ogrs_basis import Used, used_scores
from evalcore.methods import definition
from evalcore.profile.ogrs import OgrsValues


@dataclass(frozen=True, kw_only=True, eq=False)
class Told:
    """What one of these findings says and shows; words and chart may leave as they are, the caution as `outside`.

    Attributes
    ----------
    statistics : tuple of str
        What its definition names, as `methods.definition` takes it.
    rests_on : tuple of str
        The groups that its words rest on, besides every row of its table.
    """

    title: str
    sentence: str
    caution: str
    outside: str
    chart: Chart | None
    table: pd.DataFrame
    columns: tuple[Column, ...]
    statistics: tuple[str, ...]
    rests_on: tuple[str, ...]
    notes: tuple[str, ...]
    topic: str
    source: str = ""


@dataclass(frozen=True, eq=False)
class ByScore(ABC):
    """The pilot's people, or one site's, with the score that is used."""

    used: Used
    pilot: Pilot

    @classmethod
    def of(cls, people: People, site: str | None, choice: str | None) -> Self:
        """The people of a site, or all, by the score that was chosen; None for the default."""
        used = used_scores(people, choice)
        return cls(used, used.people.pilot(site))

    @cached_property
    def values(self) -> OgrsValues:
        """The scores, and whether they may be put together."""
        return self.used.people.ogrs(self.pilot.site)

    @property
    def name(self) -> str:
        """The score, for a sentence: "OGRS3 (2 years)"."""
        return f"{self.values.version} ({self.values.horizon})"

    @abstractmethod
    def groups(self) -> Iterable[Group]:
        """The people of the pilot who are counted."""

    @abstractmethod
    def caseload_groups(self) -> Iterable[Group]:
        """The people of the caseload who are."""

    @property
    def all_groups(self) -> Mapping[str, Group]:
        """Both by key, and beside those of one site the same groups of the whole pilot."""
        own = with_context(self.pilot, lambda pilot: self._of(pilot).groups())
        return own | {group.key: group for group in self.caseload_groups()}

    def _of(self, pilot: Pilot) -> Self:
        return self if pilot is self.pilot else type(self)(self.used, pilot)

    def finding(self, kind: str, told: Told) -> Finding:
        """Build the finding of this kind."""
        found = Finding(
            id=self.pilot.finding_id(self.used.name(kind)),
            title=told.title,
            sentence=told.sentence,
            caution=told.caution,
            chart=told.chart,
            table=told.table,
            columns=told.columns,
            groups=self.all_groups,
            trail=None,
            source=f"{source_of(self.used.people)}{told.source}",
            definition=definition(*told.statistics),
            outside=OutsideForm(
                name="",
                title=told.title,
                sentence=told.sentence,
                caution=told.outside,
                chart=told.chart,
                rests_on=told.rests_on,
                rests_on_rows=tuple(range(len(told.table))),
            ),
            by_site=self.pilot.by_site,
            notes=told.notes,
            files=files_of(self.used.people),
            topic=f"{told.topic}: {self.pilot.where}",
        )
        return self.used.looked_at(found)
