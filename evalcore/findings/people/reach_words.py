"""What is said of a trend over risk: which way it leans, how sure, and never why."""

from __future__ import annotations

import math

from evalcore.findings.people.reach_people import Reached
from evalcore.profile.reach_risk import STEP, OddsTrend, Trend
from evalcore.wording import interval, number, rounded

_POINTS = f"{STEP:.0f} points more of OGRS"
_LEAST = 10
"""Below so many people a trend describes them and says little beyond them."""


def about_bands(found: Reached) -> str:
    """Whose bands these are."""
    name = found.score_name
    if found.bands.published:
        return f"The bands are the published ones of {name}."
    return f"No bands are published for {name}: these are quarters of the scale from 0 to 100."


def alike(trend: Trend, falling: str, rising: str) -> str:
    """A title's words for a trend: which way it leans where its interval is clear, else that it is not clear."""
    if not trend.clear or trend.n < _LEAST:
        return "no clear trend"
    return falling if trend.falls else rising


def odds_words(trend: OddsTrend) -> str:
    """The trend of starts in a sentence.

    >>> odds_words(OddsTrend(60, 0.8, 0.7, 0.9))
    'With 10 points more of OGRS the odds of starting are 0.80 times as high (n = 60, 95 % interval 0.70 to 0.90): the \
whole interval lies below 1, so the rate falls with risk.'
    """
    if trend.estimate is None or trend.ci_low is None or trend.ci_high is None:
        return f"No trend over risk can be given: {trend.why_not}."
    ends = f"{number(trend.ci_low)} to {_top(trend.ci_high)}"
    first = f"With {_POINTS} the odds of starting are {number(trend.estimate)} times as high"
    return f"{first} (n = {trend.n:,}, 95 % interval {ends}): {_clear(trend, 'the rate')}."


def _top(end: float) -> str:
    return number(end) if math.isfinite(end) and end < 1000 else "very large"


def slope_words(trend: Trend) -> str:
    """The trend of contacts in a sentence.

    >>> slope_words(Trend(27, 0.004, -0.02, 0.028))
    'With 10 points more of OGRS the share attended is 0.4 percentage points higher (n = 27, 95 % interval −2.0 to \
2.8): the interval holds 0, so no trend with risk is clear.'
    """
    if trend.estimate is None or trend.ci_low is None or trend.ci_high is None:
        return f"No trend over risk can be given: {trend.why_not}."
    size = rounded(100 * trend.estimate, 1)
    way = f"{number(abs(size), 1)} percentage points {'higher' if size > 0 else 'lower'}" if size else "the same"
    ends = interval(100 * trend.ci_low, 100 * trend.ci_high, 1)
    first = f"With {_POINTS} the share attended is {way}"
    return f"{first} (n = {trend.n:,}, 95 % interval {ends}): {_clear(trend, 'the share')}."


def _clear(trend: Trend, what: str) -> str:
    if trend.n < _LEAST:
        return f"with fewer than {_LEAST} people this describes them and says little beyond them"
    at = f"{trend.neutral:.0f}"
    if not trend.clear:
        return f"the interval holds {at}, so no trend with risk is clear"
    side, way = ("below", "falls") if trend.falls else ("above", "rises")
    return f"the whole interval lies {side} {at}, so {what} {way} with risk"
