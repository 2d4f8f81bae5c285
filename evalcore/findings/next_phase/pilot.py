"""What a plan takes from the pilot: spread, correlation and completion, each as exact as it may be shown."""

from __future__ import annotations

import math
from dataclasses import dataclass

from evalcore.columns import ALL_PRE, MATCHED_PRE
from evalcore.findings.basis import Basis
from evalcore.findings.finding import ONE_DECIMAL_BELOW
from evalcore.findings.next_phase.choices import percent
from evalcore.outcomes.planning import SdLimits, correlation_interval, sd_limits
from evalcore.wording import number, rounded

_DECIMALS_OF_R = 2


@dataclass(frozen=True)
class Completion:
    """The share of those recruited who complete, and what it rests on; no share where nothing is known."""

    share: float | None
    words: str = ""


@dataclass(frozen=True)
class Spread:
    """An SD, the number of scores or changes behind it, its decimals in words, and its limits."""

    sd: float | None
    n: int
    decimals: int
    limits: SdLimits

    @property
    def values(self) -> tuple[float | None, ...]:
        """The SDs to plan with, in the order of `SD_ROWS`."""
        found = self.limits
        return (found.pilot, found.upper80, found.lower95, found.upper95)

    def words(self, value: float | None) -> str:
        """An SD in words."""
        return number(value, self.decimals)


SD_ROWS = (
    "The pilot's SD",
    "Its upper 80 % limit (the advice)",
    "Its lower 95 % limit",
    "Its upper 95 % limit",
)
"""The SDs that a plan is made with; the second is the advice."""


@dataclass(frozen=True)
class Correlation:
    """A correlation of before with after, its interval, and how many of the pilot's pairs it rests on."""

    value: float
    n: int = 0
    interval: tuple[float, float] | None = None
    typed: bool = False


def completion_of(basis: Basis | None, typed_percent: float | None) -> Completion:
    """The typed share; else that of the pilot: matched people of those asked."""
    if typed_percent is not None:
        return Completion(typed_percent / 100, f"{percent(typed_percent / 100)} completing")
    if basis is None or not basis.n_asked or not 0 < basis.change.n_pairs <= basis.n_asked:
        return Completion(None)
    matched, asked = basis.change.n_pairs, basis.n_asked
    return Completion(matched / asked, f"{matched:,} of {asked:,} completing, as in the pilot")


def spread_of_changes(basis: Basis, *, outside: bool) -> Spread:
    """SD of the pilot's changes; outside no more exact than it may be shown there, for a number of pairs tells it."""
    return _spread(basis, basis.change.sd_change, basis.change.n_pairs, outside)


def spread_before(basis: Basis, *, outside: bool) -> Spread:
    """SD of the scores before of everyone who gave them."""
    described = basis.described[ALL_PRE]
    return _spread(basis, described["sd"], int(described["n"]), outside)


def correlation_of(basis: Basis, typed: float | None, *, outside: bool) -> Correlation:
    """The typed correlation of before with after, else the pilot's own; 0, that is no adjustment, without either."""
    if typed is not None:
        return Correlation(typed, typed=True)
    r, n = basis.change.correlation, basis.change.n_pairs
    if r is None or not -1 < r < 1:
        return Correlation(0.0)
    r = rounded(r, _DECIMALS_OF_R) if outside else r
    if abs(r) == 1:
        return Correlation(0.0)
    return Correlation(r, n, correlation_interval(r, n))


def rests_on_of(correlation: Correlation) -> tuple[str, ...]:
    """The groups behind the SD of the scores before and, where it is the pilot's, behind the correlation."""
    return (ALL_PRE, MATCHED_PRE) if correlation.n else (ALL_PRE,)


def _spread(basis: Basis, sd: float | None, n: int, outside: bool) -> Spread:
    decimals = basis.outside_decimals(n) if outside else basis.decimals
    if sd is not None and math.isnan(sd):
        sd = None
    if outside and sd:
        sd = rounded(sd, 1 if n < ONE_DECIMAL_BELOW else basis.measure.decimals) or None
    return Spread(sd, n, decimals, sd_limits(sd, n))
