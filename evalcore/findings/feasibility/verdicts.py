"""What the plan's lines make of each number: go, amend or stop by the estimate, and where its interval reaches."""

from __future__ import annotations

from evalcore.findings.feasibility.rows import Row
from evalcore.plan.criteria import AMEND, GO, Criterion, line_words


def lines_words(criterion: Criterion) -> str:
    """Both lines in words.

    >>> lines_words(Criterion("consent", 0.7, 0.5))
    'go from 70 %, stop below 50 %'
    """
    go, stop = line_words(criterion, criterion.go_from), line_words(criterion, criterion.stop_below)
    return f"go from {go}, stop below {stop}"


def interval_says(criterion: Criterion, row: Row) -> str:
    """Whether the interval reaches across a line, as a clause.

    >>> row = Row("Consent", "Consented", "consent", 27, 24, 24 / 27, (0.72, 0.96))
    >>> interval_says(Criterion("consent", 0.8, 0.5), row)
    'the interval reaches below the go line'
    """
    if row.interval is None:
        return "a plain count has no interval" if not row.is_share else "the median has no interval"
    low, high = row.interval
    verdict = criterion.verdict(row.estimate)
    if verdict == GO:
        return _of_go(criterion, low)
    if verdict == AMEND:
        return _of_amend(criterion, low, high)
    if high >= criterion.go_from:
        return "the interval reaches up to the go line"
    reaches = high >= criterion.stop_below
    return "the interval reaches above the stop line" if reaches else "the whole interval lies below the stop line"


def _of_go(criterion: Criterion, low: float) -> str:
    if low < criterion.stop_below:
        return "the interval reaches below the stop line"
    if low < criterion.go_from:
        return "the interval reaches below the go line"
    return "the whole interval lies at or above the go line"


def _of_amend(criterion: Criterion, low: float, high: float) -> str:
    up, down = high >= criterion.go_from, low < criterion.stop_below
    if up and down:
        return "the interval reaches across both lines"
    if up:
        return "the interval reaches up to the go line"
    return "the interval reaches below the stop line" if down else "the whole interval lies between the two lines"
