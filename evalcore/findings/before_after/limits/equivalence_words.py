"""What is said of a mean change held against a bound."""

from __future__ import annotations

from dataclasses import dataclass

from evalcore.findings.basis import Basis
from evalcore.findings.before_after.limits.bound import LEAST_PAIRS_FOR_A_VERDICT, Bound
from evalcore.findings.measures import Measure
from evalcore.instruments import load_instrument
from evalcore.instruments.instrument import INDIVIDUAL
from evalcore.outcomes.equivalence import Equivalence
from evalcore.wording import count, interval, number, p_value, rounded

_LEAST_PAIRS_FOR_P = 30
_MOST_PAIRS_SAID = 1_000_000


@dataclass(frozen=True, eq=False)
class Held:
    """A mean change held against a bound, as it is shown on the screen or outside.

    `could_have_fitted` says whether its interval is narrow enough to lie inside the bound anywhere; else `pairs_needed`
    is how many pairs could have, None where no number of them could.
    """

    result: Equivalence
    bound: Bound
    decimals: int
    outside: bool
    could_have_fitted: bool
    pairs_needed: int | None

    def place(self, value: float) -> float:
        """A position on the chart: outside no more exact than the words beside it."""
        return rounded(value, self.decimals) if self.outside else value

    @property
    def judged(self) -> bool:
        """Whether a verdict is given: from 10 pairs on, with an interval and a reason."""
        result = self.result
        enough = result.n_pairs >= LEAST_PAIRS_FOR_A_VERDICT and result.ci_low is not None
        return enough and bool(self.bound.reason.strip())

    @property
    def too_small(self) -> bool:
        """Whether the whole interval lies inside the bound."""
        low, high = self.result.ci_low, self.result.ci_high
        return low is not None and high is not None and -self.bound.points < low and high < self.bound.points

    @property
    def beyond(self) -> bool:
        """Whether the whole interval lies beyond the bound."""
        low, high = self.result.ci_low, self.result.ci_high
        return low is not None and high is not None and (low >= self.bound.points or high <= -self.bound.points)


def bound_words(points: float, unit: str) -> str:
    """Write a bound.

    >>> bound_words(1.5, "points")
    '±1.5 points'
    """
    return f"±{points:g} {unit}"


def words_of(basis: Basis, held: Held) -> tuple[str, str]:
    """Title and sentence."""
    name, unit, result = basis.measure.short_name, basis.measure.unit, held.result
    if not result.n_pairs:
        return (
            f"{name}: nobody has a score both before and after",
            f"Nobody among the {basis.who} has a {name} score both before and after, so there is no change to hold"
            " against a bound.",
        )
    seen = number(result.mean_change, held.decimals, signed=True)
    parts = (
        f"Among {count(result.n_pairs, 'matched pair', 'matched pairs')} of the {basis.who} the mean change in {name}"
        f" was {seen} {unit}{_interval(held)}; the bound is {bound_words(held.bound.points, unit)}.",
        _reason(held),
        _verdict(held),
        _fitting(held),
    )
    return _title(name, seen, unit, held), " ".join(part for part in parts if part)


def _title(name: str, seen: str, unit: str, held: Held) -> str:
    bound = bound_words(held.bound.points, unit)
    if not held.judged:
        return f"{name}: a mean change of {seen} beside a bound of {bound}; nothing is judged"
    if held.too_small:
        return f"{name}: a mean change of {seen} is too small to matter by the bound set ({bound})"
    return f"{name}: a mean change of {seen} is not shown to be too small to matter by the bound set ({bound})"


def _interval(held: Held) -> str:
    result = held.result
    return "" if result.ci_low is None else f" (90 % interval {interval(result.ci_low, result.ci_high, held.decimals)})"


def _reason(held: Held) -> str:
    reason = held.bound.reason.strip()
    return f"Why this bound: “{reason}”." if reason else "No reason is given for the bound, so it judges nothing."


def _verdict(held: Held) -> str:
    result = held.result
    if result.ci_low is None:
        return "There is no interval, so nothing is judged."
    if result.n_pairs < LEAST_PAIRS_FOR_A_VERDICT:
        return f"With fewer than {LEAST_PAIRS_FOR_A_VERDICT} pairs nothing is judged."
    if not held.judged:
        return ""
    p = f" (two one-sided tests, the larger {p_value(result.p_value)})" if result.n_pairs >= _LEAST_PAIRS_FOR_P else ""
    if held.too_small:
        return f"The whole interval lies inside the bound{p}: by this bound the mean change is too small to matter."
    where = "The whole interval lies beyond the bound" if held.beyond else "The interval reaches beyond the bound"
    return f"{where}{p}: the mean change is not shown to be too small to matter."


def _fitting(held: Held) -> str:
    """How many pairs could have fitted, where these could not whatever their mean change."""
    if held.could_have_fitted or held.too_small:
        return ""
    needed = held.pairs_needed
    pairs = (
        f"more than {_MOST_PAIRS_SAID:,} pairs" if needed is None or needed > _MOST_PAIRS_SAID else f"{needed:,} pairs"
    )
    judged = f", and {LEAST_PAIRS_FOR_A_VERDICT} are needed for a verdict"
    return (
        f"At this number of pairs, and with changes that differ so much, no interval could have fitted inside: {pairs}"
        f" could have, were the mean change zero{judged if needed and needed < LEAST_PAIRS_FOR_A_VERDICT else ''}."
    )


def threshold_notes(measure: Measure, points: float) -> tuple[str, ...]:
    """A word where the bound is a published threshold for one person."""
    return tuple(
        f"{points:g} {measure.unit} is a published threshold for one person's change ({known.label},"
        f" {known.source.title}, {known.source.year}). It says nothing about a mean, so the"
        " reason has to stand by itself."
        for known in load_instrument(measure.instrument).thresholds
        if known.level == INDIVIDUAL and known.scale == measure.scale and points in (known.low, known.high)
    )
