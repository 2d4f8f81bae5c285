"""The small-number policy: every threshold, and the recorded exceptions to it."""

from __future__ import annotations

from dataclasses import dataclass

from evalcore.findings.finding import LEAST_FOR_A_MEAN, ONE_DECIMAL_BELOW

HIDDEN = "[c]"
"""What a hidden cell of a released table holds: the government statistical service's symbol for "confidential"."""


ROUNDING = "rounding"
"""Rule of what is hidden only because counts are rounded."""


@dataclass(frozen=True)
class Ground:
    """Why something is hidden: the rule by its letter and name, and the reason as the end of a sentence."""

    rule: str
    reason: str


@dataclass(frozen=True)
class Override:
    """A recorded exception for a figure that is already published: which finding, which of its groups, and why."""

    finding: str
    group: str
    reason: str


@dataclass(frozen=True)
class DisclosurePolicy:
    """The thresholds of the small-number policy. They are this project's defaults, not a ministry's rule.

    Attributes
    ----------
    min_count : int
        (a), (b) Counts from 1 up to below this are hidden: of fieldwork by site, of a characteristic always.
    all_or_none_below : int
        (b) Below this group size a characteristic of nobody or of everybody is hidden, and so is any figure of a group
        in which everyone has the same value.
    min_mean_n : int
        (c) Smallest group with a mean, SD, interval, test or effect size.
    one_decimal_below : int
        (c) Below this group size means, SDs and intervals have one decimal, tests two.
    min_gap : int
        (d) Shown groups must differ by nobody or by at least so many people.
    min_quartile_n, min_rate_n : int
        (e), (f) Smallest group with a median or quartiles, and with a rate.
    rounding : int or None
        Counts are rounded to a multiple of this (5), or not at all.
    staff_by_site : bool
        Whether results of staff may go out by site.
    overrides : tuple of Override
        (h) What is already published.

    Examples
    --------
    >>> DisclosurePolicy().min_gap
    5
    >>> DisclosurePolicy().lines()[2]
    'Means, SDs, intervals and tests are given from 5 people on, below 10 people to one decimal (tests two).'
    """

    min_count: int = 5
    all_or_none_below: int = 10
    min_mean_n: int = LEAST_FOR_A_MEAN
    one_decimal_below: int = ONE_DECIMAL_BELOW
    min_gap: int = 5
    min_quartile_n: int = 10
    min_rate_n: int = 10
    rounding: int | None = None
    staff_by_site: bool = False
    overrides: tuple[Override, ...] = ()

    def lines(self) -> tuple[str, ...]:
        """The policy in sentences, to be printed with whatever leaves."""
        small = f"1 to {self.min_count - 1}"
        found = [
            f"Counts of people asked, answered and matched are given for a whole role; by site {small} is hidden.",
            f"Counts of people with a characteristic: {small} is hidden, and so is none or all of a group below"
            f" {self.all_or_none_below}; further counts are hidden where others would give one back.",
            f"Means, SDs, intervals and tests are given from {self.min_mean_n} people on, below"
            f" {self.one_decimal_below} people to one decimal (tests two).",
            f"Two groups that are shown differ by nobody or by at least {self.min_gap} people;"
            " else the smaller one is hidden.",
            f"Medians and quartiles are given from {self.min_quartile_n} people on; smallest and largest scores and"
            " single people's marks are never given.",
            f"Rates are given from {self.min_rate_n} people on.",
        ]
        if not self.staff_by_site:
            found.append("Results of staff are not given by site.")
        if self.rounding:
            found.append(f"Counts are rounded to a multiple of {self.rounding}.")
        found += [
            f"Released although small, because already published: {o.finding} ({o.reason})." for o in self.overrides
        ]
        return tuple(found)

    def overridden(self, finding: str, group: str) -> bool:
        """Whether this group of this finding is released by a recorded exception."""
        return any(o.finding == finding and o.group == group for o in self.overrides)
