"""What a pilot reports of its feasibility, one row a number, counted by the engines that count it elsewhere."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from evalcore.columns import POST, PRE, RESPONDENT_ID, ROLE, SERVICE_USER, STEPS, TOTAL
from evalcore.findings.basis import Basis
from evalcore.findings.finding import FIELDWORK, Group
from evalcore.findings.measures import Measure, measures
from evalcore.findings.people import People
from evalcore.findings.people.reach_people import Reached
from evalcore.findings.questionnaires.answered import WHEN, answered_at, items_of
from evalcore.findings.questionnaires.scores import scores_at
from evalcore.findings.scores import Scores
from evalcore.instruments import list_instruments
from evalcore.outcomes.response_patterns import floor_and_ceiling, left_out
from evalcore.outcomes.shares import wilson
from evalcore.plan.criteria import STARTS
from evalcore.trail import Trail, build_trail

RECRUITMENT, CONSENT, RETENTION = "Recruitment", "Consent", "Retention"
COMPLETED, QUALITY, DOSE = "Questionnaires", "Answers", "Fidelity and dose"


@dataclass(frozen=True)
class Row:
    """One number of a pilot.

    Attributes
    ----------
    section, label : str
        Heading, and what is counted.
    what : str
        The measure of `plan.MEASURES` that it is; empty for none.
    n : int or None
        Of how many people; None where it is a plain count.
    k : int or None
        How many; None where the estimate is no count.
    estimate : float
        The share, 0 to 1, or the count where there is none.
    interval : tuple of float or None
    group, of : str
        Key of the group counted, and of the one that it is counted of, where it is a count of fieldwork; else empty.
    questionnaire : str
        Short name of the questionnaire whose return it counts; else empty.
    """

    section: str
    label: str
    what: str
    n: int | None
    k: int | None
    estimate: float
    interval: tuple[float, float] | None
    group: str = ""
    of: str = ""
    questionnaire: str = ""

    @property
    def is_share(self) -> bool:
        """Whether it is a share of people, or of contacts."""
        return self.what != STARTS


def _share(section: str, label: str, what: str, k: int, n: int, group: str = "", of: str = "") -> Row:
    return Row(section, label, what, n, k, k / n, wilson(k, n), group, of)


class Pilot:
    """One study's service users while the finding is built."""

    def __init__(self, scores: Scores) -> None:
        self.scores = scores
        self.study = scores.study
        self.people = People(scores.study)
        self.reached = Reached.of(self.people.pilot())

    @cached_property
    def questionnaires(self) -> tuple[Basis, ...]:
        """The whole scales that service users answered."""
        found = [one for one in measures(self.study, scores=self.scores) if not one.of_staff and _is_whole(one)]
        return tuple(Basis(self.scores, one, None) for one in found)

    @cached_property
    def trail(self) -> Trail | None:
        """Who was asked and consented; None where nobody stands on a list."""
        asked = self.people.asked
        if not len(asked):
            return None
        if self.questionnaires:
            return self.questionnaires[0].trail
        role = SERVICE_USER if ROLE in asked and bool((asked[ROLE] == SERVICE_USER).any()) else None
        return build_trail(self.study, list_instruments()[0], role=role)

    @cached_property
    def taking_part(self) -> frozenset[str]:
        """Identifiers of those of whom a questionnaire was to be had: who started; where not known, who was asked."""
        people = self.reached.people
        if self.reached.counts.started is None:
            return frozenset(people.loc[people["listed"].to_numpy(dtype=bool), RESPONDENT_ID])
        return frozenset(people.loc[self.reached.started, RESPONDENT_ID])

    @property
    def of_whom(self) -> str:
        """Those in words."""
        return "asked" if self.reached.counts.started is None else "who started"

    def answered(self, basis: Basis, wave: str) -> frozenset[str]:
        """Identifiers of those who answered one questionnaire at one wave."""
        names = (name.partition("|")[2] for name in basis.groups[f"answered {wave}"].people)
        return frozenset(name.removesuffix(f" ({SERVICE_USER})") for name in names)

    def rows(self) -> tuple[Row, ...]:
        """Every number that can be given."""
        parts = (
            self._recruited(),
            self._consented(),
            self._retained(),
            self._returned(),
            self._answers(),
            self._dose(),
        )
        return tuple(row for part in parts for row in part)

    def groups(self) -> Iterable[Group]:
        """The people of the counts of fieldwork."""
        for key, names in self._counted.items():
            yield Group(key, f"the pilot: {key}", FIELDWORK, frozenset(f"{SERVICE_USER}|{name}" for name in names))

    @cached_property
    def _counted(self) -> dict[str, frozenset[str]]:
        found = {"taking part": self.taking_part}
        if self.trail is not None:
            steps = self.trail.people
            consented = steps["last_step"] != STEPS[0]
            found |= {"asked": frozenset(steps[RESPONDENT_ID]), "consented": frozenset(steps[consented][RESPONDENT_ID])}
        for basis in self.questionnaires:
            waves = {wave: self.answered(basis, wave) & self.taking_part for wave in (PRE, POST)}
            name = basis.measure.key
            found |= {f"{name}, before": waves[PRE], f"{name}, after": waves[POST]}
            found[f"{name}, both"] = waves[PRE] & waves[POST]
        return found

    def _recruited(self) -> Iterator[Row]:
        counts = self.reached.counts
        if counts.started is not None:
            label = "Started"
            yield Row(RECRUITMENT, label, STARTS, None, counts.started, float(counts.started), None, "taking part")
        if counts.eligible and counts.started_eligible is not None:
            yield _share(
                RECRUITMENT, "Started, of those eligible", "start_rate", counts.started_eligible, counts.eligible
            )

    def _consented(self) -> Iterator[Row]:
        asked = self._counted.get("asked")
        if asked:
            k = len(self._counted["consented"])
            yield _share(CONSENT, "Consented, of those asked", "consent", k, len(asked), "consented", "asked")

    def _retained(self) -> Iterator[Row]:
        counts = self.reached.counts
        if counts.status_known:
            stayed = counts.status_known - counts.disengaged
            label = "Did not disengage, of those who started"
            yield _share(RETENTION, label, "retention", stayed, counts.status_known)

    def _returned(self) -> Iterator[Row]:
        n = len(self.taking_part)
        for basis in self.questionnaires if n else ():
            for what in ("before", "after", "both"):
                key = f"{basis.measure.key}, {what}"
                when = "both before and after" if what == "both" else what
                label = f"{basis.measure.short_name} {when}, of those {self.of_whom}"
                row = _share(COMPLETED, label, what, len(self._counted[key]), n, key, "taking part")
                yield replace(row, questionnaire=basis.measure.short_name)

    def _answers(self) -> Iterator[Row]:
        for basis in self.questionnaires:
            for wave in (PRE, POST):
                own = answered_at(basis, wave)
                if not own.n:
                    continue
                gaps = left_out(own.table(own.codes, [item.label for item in items_of(basis)]))
                name = f"{basis.measure.short_name} {WHEN[wave]}"
                yield _share(QUALITY, f"{name}: no item left out", "items", gaps.n_complete, gaps.n_people)
                yield from self._ends(basis, wave, name)

    def _ends(self, basis: Basis, wave: str, name: str) -> Iterator[Row]:
        scores = pd.Series(scores_at(basis.pairs, wave)[1])
        found = floor_and_ceiling(scores, basis.measure.low, basis.measure.high)
        if found.n:
            yield _share(QUALITY, f"{name}: at the lowest score", "", found.n_floor, found.n)
            yield _share(QUALITY, f"{name}: at the highest score", "", found.n_ceiling, found.n)

    def _dose(self) -> Iterator[Row]:
        known = self.reached.attended[np.isfinite(self.reached.attended)]
        if len(known):
            label = "Contacts attended of those offered, median of people"
            yield Row(DOSE, label, "contacts", len(known), None, float(np.median(known)), None)


def _is_whole(measure: Measure) -> bool:
    return measure.scale == TOTAL


def in_per_cent(value: float | None) -> float:
    """A share as per cent; NaN where there is none.

    >>> in_per_cent(0.5), in_per_cent(None)
    (50.0, nan)
    """
    return math.nan if value is None else 100 * value
