"""How many of the eight scored needs the pilot's people have, counted by number and merged into three."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from evalcore.findings.finding import FIELDWORK, LEAST_FOR_A_MEAN, Group
from evalcore.findings.people.basis import Mask, Pilot, caseload_group
from evalcore.findings.people.measured import describe_values
from evalcore.findings.people.words import LEAST_FOR_A_SHARE
from evalcore.profile.means import MeanComparison, PublishedMean, compare_means
from evalcore.profile.needs import scored_sections

ASSESSED, NOT_ASSESSED = "assessed on all eight", "not assessed on all eight"
CASELOAD = "caseload, assessed on all eight"
MOST = len(scored_sections())

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Step:
    """From `low` to `high` needs, both included: one bar, one row of the table."""

    low: int
    high: int

    @property
    def label(self) -> str:
        """For a reader: "3", "3 to 5"."""
        return str(self.low) if self.low == self.high else f"{self.low} to {self.high}"

    @property
    def keys(self) -> tuple[str, str]:
        """Of the groups of those who have so many needs, and of those who have not."""
        return f"{self.label} needs", f"not {self.label} needs"


SINGLE = tuple(Step(number, number) for number in range(MOST + 1))
MERGED = (Step(0, 2), Step(3, 5), Step(6, MOST))


@dataclass(frozen=True, eq=False)
class Numbers:
    """The number of needs of each of the pilot's people, and how many people of the caseload have each number."""

    pilot: Pilot

    @cached_property
    def known(self) -> Mask:
        """Who is assessed on all eight."""
        return self.pilot.n_needs.notna().to_numpy(dtype=bool)

    @cached_property
    def each(self) -> Counts:
        """Number of needs of each person, -1 where it is not known."""
        return self.pilot.n_needs.to_numpy(dtype=np.int64, na_value=-1)

    @property
    def n(self) -> int:
        """People of the pilot assessed on all eight."""
        return int(self.known.sum())

    @property
    def caseload(self) -> Counts:
        """People of the caseload with 0, 1, ... 8 needs."""
        return self.pilot.people.caseload_n_needs

    @cached_property
    def caseload_n(self) -> int:
        """People of the caseload assessed on all eight."""
        return int(self.caseload.sum())

    def has(self, step: Step) -> Mask:
        """Who of the pilot has so many needs."""
        return (self.each >= step.low) & (self.each <= step.high)

    def caseload_count(self, step: Step) -> int:
        """People of the caseload with so many needs."""
        return int(self.caseload[step.low : step.high + 1].sum())

    def caseload_share(self, step: Step) -> float:
        """Their share, of the people assessed on all eight; there must be some."""
        return self.caseload_count(step) / self.caseload_n

    @cached_property
    def described(self) -> Mapping[str, float]:
        """Mean, SD and interval of the pilot."""
        return describe_values(np.sort(self.each[self.known]).astype(np.float64), 0)

    @cached_property
    def caseload_mean(self) -> PublishedMean | None:
        """Mean, SD and n of the caseload; None where nobody is assessed on all eight."""
        if not self.caseload_n:
            return None
        numbers = np.arange(MOST + 1)
        mean = float((numbers * self.caseload).sum() / self.caseload_n)
        squares = float((self.caseload * (numbers - mean) ** 2).sum())
        sd = math.sqrt(squares / (self.caseload_n - 1)) if self.caseload_n > 1 else None
        return PublishedMean(mean, sd=sd, n=self.caseload_n)

    @cached_property
    def comparison(self) -> MeanComparison | None:
        """The two means compared; None where there are not two."""
        if not self.n or self.caseload_mean is None:
            return None
        return compare_means(self.each[self.known], self.caseload_mean)

    @property
    def may_be_told(self) -> bool:
        """Whether the shares of the merged numbers may stand in words by the default policy: many people in each."""
        return _many(self.n, [int(self.has(step).sum()) for step in MERGED])

    @property
    def caseload_may_be_told(self) -> bool:
        """The same of the caseload."""
        return _many(self.caseload_n, [self.caseload_count(step) for step in MERGED])

    def groups(self) -> Iterable[Group]:
        """Who is assessed on all eight and who is not, and those with and without each merged number."""
        yield self.pilot.counted(ASSESSED, self.known)
        yield self.pilot.counted(NOT_ASSESSED, ~self.known)
        for step in MERGED:
            has = self.has(step)
            yield self.pilot.having(step.keys[0], has)
            yield self.pilot.having(step.keys[1], self.known & ~has)

    def caseload_groups(self) -> Iterable[Group]:
        """The people of the caseload assessed on all eight."""
        if self.caseload_n:
            yield caseload_group(CASELOAD, FIELDWORK, self.caseload_n)


def _many(n: int, counts: Sequence[int]) -> bool:
    return n >= LEAST_FOR_A_SHARE and all(LEAST_FOR_A_MEAN <= k <= n - LEAST_FOR_A_MEAN for k in counts)
