"""The small-number policy: every threshold, and the recorded exceptions to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from evalcore.disclosure.bound import holds
from evalcore.disclosure.thresholds import THRESHOLDS, Value
from evalcore.findings.finding import LEAST_FOR_A_MEAN, ONE_DECIMAL_BELOW, Finding
from evalcore.leaving import Override, ThresholdChange
from evalcore.plan.words import day

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
        (h) What is already published; of each group of a finding the last record counts. One that is bound to people
        (`evalcore.disclosure.bound`) releases nothing once the group has others; `changed.override` records no other.
        One that is made in code, without people, holds for the group by its name.
    changes : tuple of ThresholdChange
        The records by which thresholds came to be as they are; of each threshold the last one counts. They change
        nothing: they let `lines` say when.

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
    changes: tuple[ThresholdChange, ...] = ()

    def lines(self) -> tuple[str, ...]:
        """The policy in sentences, to be printed with whatever leaves.

        Every threshold that is not at its default is named with both values, whether it is laxer, and since when. Why
        it was changed, and by whom, is in the evaluator's own words and stays with the study. Where a figure is already
        published is printed.
        """
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
        found += self._changed()
        released = self._in_force.values()
        found += [
            f"Released although small, because already published of the same people: {o.finding} ({o.reason})."
            for o in released
        ]
        return tuple(found)

    def values(self) -> dict[str, Value]:
        """Every threshold's value by its name.

        >>> DisclosurePolicy(min_gap=6).values()["min_gap"]
        6
        """
        return {name: getattr(self, name) for name in THRESHOLDS}

    def not_default(self) -> dict[str, Value]:
        """The thresholds that are not at their default, and their values.

        >>> DisclosurePolicy(min_gap=6).not_default()
        {'min_gap': 6}
        """
        defaults = default_values()
        return {name: value for name, value in self.values().items() if value != defaults[name]}

    def under(self) -> tuple[str, ...]:
        """What is not at its default, as the record of an export names it; see `Export.under`.

        >>> DisclosurePolicy(min_gap=6, rounding=5).under()
        ('min_gap=6', 'rounding=5')
        """
        released = (f"{OVERRIDES}={len(self._in_force)}",) if self._in_force else ()
        return (*(f"{name}={value}" for name, value in self.not_default().items()), *released)

    def overridden(self, finding: Finding, group: str) -> bool:
        """Whether this group of this finding is released by a recorded exception, for the people whom it has now."""
        record = self._in_force.get((finding.id, group))
        return record is not None and holds(record, finding)

    @cached_property
    def _in_force(self) -> dict[tuple[str, str], Override]:
        return {(one.finding, one.group): one for one in in_force(self.overrides)}

    def _changed(self) -> list[str]:
        """A sentence for each threshold that is not at its default."""
        defaults, since = default_values(), {change.name: day(change.at) for change in self.changes if change.at}
        found = []
        for name, value in self.not_default().items():
            rule, when = THRESHOLDS[name], f", since {since[name]}" if name in since else ""
            now, usual = rule.words(value), rule.words(defaults[name])
            compared = rule.compared(value, defaults[name])
            said = f"{rule.label}: {now} instead of {usual} ({compared})"
            found.append(f"Changed from this dashboard's default{when}: {said}.")
        return found


_DEFAULTS: Mapping[str, Value] = DisclosurePolicy().values()

OVERRIDES = "overrides"
"""Name under which an export's record says how many recorded exceptions were in force."""


def default_values() -> dict[str, Value]:
    """Every threshold's default by its name.

    >>> default_values()["min_gap"]
    5
    """
    return dict(_DEFAULTS)


def in_force(overrides: Iterable[Override]) -> tuple[Override, ...]:
    """Return the recorded exceptions that hold: of each group of a finding the last record, unless it ended it.

    >>> one = Override("change.gse.total.staff", "matched pre", "Report of 2019")
    >>> in_force([one, Override(one.finding, one.group, "Not published after all", ended=True)])
    ()
    """
    last = {(one.finding, one.group): one for one in overrides}
    return tuple(one for one in last.values() if not one.ended)
