"""One number a person, of the pilot and of the caseload: what is known of it, described and compared."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from evalcore.findings.finding import FIELDWORK, LEAST_FOR_A_MEAN, ONE_DECIMAL_BELOW, Group
from evalcore.findings.people.basis import Mask, Pilot, caseload_group
from evalcore.profile.caseload import Values
from evalcore.profile.means import MeanComparison, PublishedMean, compare_means
from evalcore.profile.ogrs import AgeValues
from evalcore.profile.spread import Spread

LEAST_FOR_AN_INTERVAL = 3
PILOT, CASELOAD = "pilot", "caseload"

_STATISTICS = ("n", "not_known", "mean", "sd", "ci_low", "ci_high", "median", "q1", "q3", "min", "max")


@dataclass(frozen=True)
class Measure:
    """What was measured, in words.

    Attributes
    ----------
    key : str
        Of the groups, and what they are compared within: `age`, `ogrs`.
    label, name, unit, axis : str
        For a heading ("OGRS3 (1 year)"), for a sentence ("age"), its unit, and for an axis.
    step : str
        The unit of a difference: "years", "percentage points".
    mixed : tuple of str
        What a comparison with the caseload mixes with the pilot.
    defined : str
        What it is, ending in a space; empty for what needs no words.
    decimals, fewer : int
        Of a mean in a table or a sentence; and of a mean in a title, an interval or a difference in a sentence.
    """

    key: str
    label: str
    name: str
    unit: str
    axis: str
    step: str
    mixed: tuple[str, ...]
    defined: str = ""
    decimals: int = 2
    fewer: int = 1


@dataclass(frozen=True, eq=False)
class Measured:
    """A measure of the pilot's people, and of the caseload as far as the two may be compared.

    Attributes
    ----------
    known, unknown : array of bool
        Of whom of the pilot's people it is known, and of whom not, in the order of their case files.
    values : Spread
        Their values.
    caseload : Spread
        The known values of the caseload; empty where there is none.
    caseload_not_known : int
        People of the caseload without a value.
    published : PublishedMean or None
        Where the caseload is known from published figures only.
    """

    pilot: Pilot
    measure: Measure
    known: Mask
    unknown: Mask
    values: Spread
    caseload: Spread
    caseload_not_known: int = 0
    published: PublishedMean | None = None

    @classmethod
    def of(cls, pilot: Pilot, measure: Measure, found: AgeValues, recorded: Mask) -> Measured:
        """Put together what was read: `recorded` says of whom of the pilot's people there is a value.

        Where the values may not be put into one mean there are none of them.
        """
        return cls(
            pilot,
            measure,
            known=recorded,
            unknown=~recorded,
            values=Spread.of(found.pilot),
            caseload=found.caseload,
            caseload_not_known=found.n_caseload_missing,
            published=found.published,
        )

    @property
    def n(self) -> int:
        """People of the pilot whose values may be put into one mean."""
        return len(self.values)

    @property
    def has_caseload(self) -> bool:
        """Whether there is a mean of the caseload."""
        return bool(len(self.caseload)) or self.published is not None

    @cached_property
    def comparison(self) -> MeanComparison | None:
        """The two means compared; None where there are not two."""
        if not self.n or not self.has_caseload:
            return None
        return compare_means(self.values, self.published if self.published is not None else self.caseload)

    @property
    def difference_interval(self) -> tuple[float, float] | None:
        """The interval of the difference, from 3 people on each side on; None where there is none."""
        found = self.comparison
        if found is None or found.ci_low is None or found.ci_high is None:
            return None
        few = min(found.n_pilot, found.n_caseload or 0) < LEAST_FOR_AN_INTERVAL
        return None if few else (found.ci_low, found.ci_high)

    @cached_property
    def described(self) -> Mapping[str, Mapping[str, float]]:
        """Statistics of each side that has a mean."""
        if not self.pilot.n:
            return {}
        found = {PILOT: _described(self.values, int(self.unknown.sum())) | {"n": float(self.known.sum())}}
        if len(self.caseload):
            found[CASELOAD] = _described(self.caseload, self.caseload_not_known)
        elif self.published is not None:
            found[CASELOAD] = _of_published(self.published)
        return found

    @property
    def keys(self) -> Mapping[str, str]:
        """The key of each side's group; a published caseload without a number of people has none."""
        sized = bool(len(self.caseload)) or bool(self.published and self.published.n)
        return {PILOT: self.measure.key} | ({CASELOAD: f"{CASELOAD}, {self.measure.key}"} if sized else {})

    @property
    def not_known_keys(self) -> Mapping[str, str]:
        """The key of the group of those of whom it is not known, of each side that is counted and not published."""
        counted = [PILOT, *([CASELOAD] if len(self.caseload) else [])]
        return {side: f"{self.keys[side]}, not known" for side in counted}

    def decimals(self, side: str) -> int:
        """Decimals of one side's mean in a sentence and on a chart: one for a handful of people."""
        few = self.described[side]["n"] < ONE_DECIMAL_BELOW
        return min(self.measure.decimals, 1) if few else self.measure.decimals

    def pilot_groups(self) -> Iterable[Group]:
        """Those of the pilot of whom it is known, and the others."""
        yield self.pilot.measured(self.keys[PILOT], self.known)
        yield self.pilot.counted(self.not_known_keys[PILOT], self.unknown)
        yield self.pilot.everyone

    def caseload_groups(self) -> Iterable[Group]:
        """The same of the caseload."""
        if CASELOAD in self.keys and CASELOAD in self.described:
            n = int(self.described[CASELOAD]["n"])
            yield caseload_group(self.keys[CASELOAD], self.measure.key, n)
        if CASELOAD in self.not_known_keys:
            yield caseload_group(self.not_known_keys[CASELOAD], FIELDWORK, self.caseload_not_known)

    def rests_on(self) -> tuple[str, ...]:
        """The groups whose means stand in the words that may leave."""
        return tuple(self.keys[side] for side in self.told_outside if side in self.keys)

    @property
    def told_outside(self) -> tuple[str, ...]:
        """The sides that the words outside speak of: a caseload of a handful is left out of them."""
        sides = [PILOT] if self.n else []
        if CASELOAD in self.described and not self.described[CASELOAD]["n"] < LEAST_FOR_A_MEAN:
            sides.append(CASELOAD)
        return tuple(sides)


def describe_values(values: Values, not_known: int) -> dict[str, float]:
    """Describe values, one a person, as `describe` does pairs; the interval of the mean from 3 people on.

    >>> import numpy as np
    >>> describe_values(np.array([1.0, 2.0, 6.0]), 0)["median"]
    2.0
    """
    return _described(Spread.of(values), not_known)


def _described(values: Spread, not_known: int) -> dict[str, float]:
    n = len(values)
    found = dict.fromkeys(_STATISTICS, math.nan) | {"n": float(n), "not_known": float(not_known)}
    if not n:
        return found
    low, high = mean_interval(values.mean, values.sd, n)
    q1, median, q3 = values.quantiles((0.25, 0.5, 0.75)).tolist()
    numbers = {"mean": values.mean, "sd": values.sd, "ci_low": low, "ci_high": high, "median": median}
    return found | numbers | {"q1": q1, "q3": q3, "min": values.low, "max": values.high}


def mean_interval(mean: float, sd: float, n: float) -> tuple[float, float]:
    """Mean ± t(n − 1) · SD/√n, 95 %; NaN below 3 people and where all values are equal.

    >>> mean_interval(2.0, 1.0, 2)
    (nan, nan)
    """
    if not (n >= LEAST_FOR_AN_INTERVAL and sd > 0):
        return math.nan, math.nan
    from scipy.special import stdtrit

    margin = float(stdtrit(n - 1, 0.975)) * sd / math.sqrt(n)
    return mean - margin, mean + margin


def _of_published(published: PublishedMean) -> dict[str, float]:
    n = math.nan if published.n is None else float(published.n)
    sd = math.nan if published.sd is None else published.sd
    low, high = mean_interval(published.mean, sd, n)
    found = dict.fromkeys(_STATISTICS, math.nan)
    return found | {"n": n, "mean": published.mean, "sd": sd, "ci_low": low, "ci_high": high}
