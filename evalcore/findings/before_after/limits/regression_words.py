"""What is said of regression to the mean: the range beside the change that was seen, and how much that settles."""

from __future__ import annotations

from dataclasses import dataclass

from evalcore.findings.basis import Basis
from evalcore.findings.measures import Measure
from evalcore.instruments import load_instrument
from evalcore.instruments.instrument import TEST_RETEST, Norm
from evalcore.outcomes.paired import PairedChange
from evalcore.outcomes.regression import RegressionToTheMean
from evalcore.rules.source import SINGLE_SOURCE
from evalcore.wording import interval, number, rounded

LEAST_PAIRS_TO_JUDGE = 10
"""Below this many pairs the range and the change stand beside each other and nothing is said of one by the other."""


@dataclass(frozen=True, eq=False)
class Reckoned:
    """What regression alone could give beside what was seen, as it is shown on the screen or outside.

    `cited` says where the correlation is published, `typed` that a person gave one.
    """

    norm: Norm
    found: RegressionToTheMean
    change: PairedChange
    decimals: int
    cited: str
    typed: bool
    outside: bool

    def place(self, value: float) -> float:
        """A position on the chart: outside no more exact than the words beside it."""
        return rounded(value, self.decimals) if self.outside else value

    def shown(self, value: float | None) -> float:
        """A value as the words write it, so that what is said of it agrees with what is read."""
        return rounded(value or 0.0, self.decimals)

    @property
    def smallest(self) -> float:
        """The change that regression alone could give at the highest correlation, as it is shown."""
        return self.shown(self.found.expected[-1])

    @property
    def largest(self) -> float:
        """The same at the lowest correlation."""
        return self.shown(self.found.expected[0])


def words_of(basis: Basis, one: Reckoned) -> tuple[str, str]:
    """Title and sentence."""
    name, who = basis.measure.short_name, basis.who
    if not one.found.n_pairs:
        return (
            f"{name}: nobody has a score both before and after",
            f"Nobody among the {who} has a {name} score both before and after, so there is no change that regression to"
            " the mean could have given.",
        )
    change = f"mean change {'is' if one.found.n_pairs > 1 else 'of the one pair is'}"
    seen = number(one.change.mean_change, one.decimals, signed=True)
    title = f"{name}: regression to the mean alone could give {_range(basis, one)}; the {change} {seen}"
    before = number(one.found.mean_pre, one.decimals)
    people = f"the matched {who}" if one.found.n_pairs > 1 else f"the one matched pair of the {who}"
    parts = (
        f"Before, the mean {name} of {people} was {before} {basis.measure.unit} (n = {one.found.n_pairs:,}); the"
        f" published mean is {number(one.norm.mean, basis.decimals)} ({facts_of(one.norm)}).",
        f"Regression to the mean alone could give {_range(basis, one)}, {_assumed(one)}.",
        f"The mean change was {_seen(basis, one)}.",
        _judged(one, basis.measure.unit),
    )
    return title, " ".join(part for part in parts if part)


def _range(basis: Basis, one: Reckoned) -> str:
    """ "a rise of 0.2 to 1.0 points"; the direction is that from the mean before to the norm."""
    if not one.largest:
        return "no change"
    unit, ends = basis.measure.unit, sorted(map(abs, one.found.expected))
    direction = "rise" if one.largest > 0 else "fall"
    if abs(one.smallest) == abs(one.largest):
        return f"a {direction} of {number(ends[-1], one.decimals)} {unit}"
    return f"a {direction} of {interval(ends[0], ends[-1], one.decimals)} {unit}"


def _assumed(one: Reckoned) -> str:
    """Which correlations, and on whose word."""
    values = [f"{r:g}" for r in one.found.correlations]
    if not one.typed:
        return (
            f"for correlations of {values[-1]} down to {values[0]} between the two times (a range assumed, since none"
            " over the same gap is known from a source)"
        )
    source = f"given as from: {one.cited.rstrip('.')}" if one.cited else "typed, without a source"
    return f"for a correlation of {values[0]} between the two times ({source})"


def _seen(basis: Basis, one: Reckoned) -> str:
    change = one.change
    words = f"{number(change.mean_change, one.decimals, signed=True)} {basis.measure.unit}"
    if change.ci_low is None:
        return words
    return f"{words} (95 % interval {interval(change.ci_low, change.ci_high, one.decimals)})"


def _judged(one: Reckoned, unit: str) -> str:
    """How much of the mean change lies in the range, judged on the figures as they are written."""
    if one.found.n_pairs < LEAST_PAIRS_TO_JUDGE:
        return f"With fewer than {LEAST_PAIRS_TO_JUDGE} pairs nothing more is said."
    seen, largest, smallest = one.shown(one.change.mean_change), one.largest, one.smallest
    if not seen:
        return "To the last digit shown there is no mean change."
    if not largest:
        return ""
    if seen * largest < 0:
        return "The mean change goes the other way."
    if abs(seen) <= abs(largest):
        return "So the whole mean change could be regression to the mean."
    beyond = f"So {number(abs(seen) - abs(largest), one.decimals)} {unit} of it lie beyond"
    if smallest == largest:
        return f"{beyond} that{_reaching_back(one)}."
    most = number(abs(seen) - abs(smallest), one.decimals)
    return f"{beyond} the largest of these, and at most {most} beyond the smallest{_reaching_back(one)}."


def _reaching_back(one: Reckoned) -> str:
    """Whether the interval of the mean change covers what regression alone could give."""
    low, high = one.change.ci_low, one.change.ci_high
    if low is None or high is None:
        return ""
    nearest = low if one.largest > 0 else -high
    return "; but the interval reaches back to there" if nearest <= abs(one.largest) else ""


def facts_of(norm: Norm) -> str:
    """Label, population, date and n of a norm."""
    n = f"n = {norm.n:,}" if norm.n is not None else "n of this group not published"
    return f"{norm.label}: {norm.population}, {norm.date}, {n}"


def caution_of(basis: Basis, norm: Norm, one: Reckoned) -> str:
    """That it is an upper bound and under which condition, and what the norm is not."""
    day = "high" if one.found.expected and one.largest < 0 else "low"
    read_once = "The published figures were read in one source only." if norm.source.standing == SINGLE_SOURCE else ""
    parts = (
        f"This is an upper bound, and holds only if people were taken because they were {day} that day. The people"
        " behind the published mean are not a probation population.",
        norm.caution or read_once,
        load_instrument(basis.measure.instrument).norms_caution,
    )
    return " ".join(part for part in parts if part)


def retest_notes(measure: Measure) -> tuple[str, ...]:
    """Published test-retest correlations, none of which is known to be over the same gap."""
    return tuple(
        f"Not used, because it is not known to be over the same gap: {known.label}"
        f" {known.low:g}{'' if known.value is not None else f' to {known.high:g}'}, {known.source.citation}"
        f" ({known.source.standing})."
        for known in load_instrument(measure.instrument).reliabilities
        if known.kind == TEST_RETEST and known.scale == measure.scale and known.source.may_be_default
    )
