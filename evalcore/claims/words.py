"""The words that the templates of the rule table are filled with."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite

from evalcore.claims.facts import ALL, HOLDS, LOST, NONE, ONE, SOME, SPANS, UNKNOWN, ChangeFacts, part_of, side_of_zero
from evalcore.wording import count, interval, number, p_value, rounded

Phrases = Mapping[str, Mapping[str, str]]


def template_words(
    facts: ChangeFacts, phrases: Phrases, states: Mapping[str, str | bool], decimals: int
) -> dict[str, str]:
    """Every blank that a template may hold, filled.

    Parameters
    ----------
    facts : ChangeFacts
    phrases : mapping
        Of the rule table: what is said in each state.
    states : mapping
        `facts.states(...)`.
    decimals : int
        Of means, changes and intervals.
    """
    words = {**_plain(facts, decimals), **_counts(facts)}
    direction, missing = str(states["direction"]), str(states["missing"])
    chosen = {
        "change": direction,
        "title_change": direction,
        "people": missing,
        "among": missing,
        "share": _share(facts),
        "absent": part_of(facts.n_missing, facts.n_asked),
        "covers": _covers(facts),
        "others": NONE if facts.n_missing == 0 and not facts.n_left else SOME,
        "rounding": "adds_up" if _adds_up(facts, decimals) else "differs",
        "adjusted": "alike" if _alike(facts) else str(states["family"]),
        "plan": str(states["plan"]),
        "comparison": "text",
    }
    return words | {name: phrases[name][key].format(**words) for name, key in chosen.items()}


def shown_as_zero(change: float | None, decimals: int) -> bool:
    """Whether a change has no digit but 0 as it is written.

    >>> shown_as_zero(0.04, 1), shown_as_zero(-0.05, 1)
    (True, False)
    """
    return change is None or not _size(change, decimals).strip("0.,–")


def _plain(facts: ChangeFacts, decimals: int) -> dict[str, str]:
    return {
        "who": facts.who,
        "measure": facts.measure,
        "unit": facts.unit,
        "size": _size(facts.mean_change, decimals),
        "step": number(10**-decimals, decimals),
        "pre": number(facts.mean_pre, decimals),
        "post": number(facts.mean_post, decimals),
        "interval": interval(facts.ci_low, facts.ci_high, decimals),
        "confidence": f"{100 * facts.confidence:g}",
        "p": _p(facts.p_value, facts.alpha),
        "p_adjusted": _p(facts.p_adjusted, facts.alpha),
        "comparisons": count(facts.family, "comparison", "comparisons"),
        "family": facts.family_name,
        "correction": facts.correction,
    }


def _counts(facts: ChangeFacts) -> dict[str, str]:
    """People, each number with the verb that follows it."""
    numbers = {
        "n": facts.n_pairs,
        "asked": facts.n_asked,
        "before": facts.n_before,
        "missing": facts.n_missing,
        "gone": facts.n_left,
        "unbegun": facts.n_never_began,
    }
    found = {name: "" if n is None else f"{n:,}" for name, n in numbers.items()}
    for name, n in (("", facts.n_pairs), ("gone_", facts.n_left), ("unbegun_", facts.n_never_began)):
        found[f"{name}have"] = "has" if n == 1 else "have"
    found["missing_do"] = "does" if facts.n_missing == 1 else "do"
    found["are"] = "is" if facts.n_missing == 1 else "are"
    found["pairs"] = count(facts.n_pairs, "pair", "pairs")
    return found


def _p(value: float | None, alpha: float) -> str:
    """A p value; one above `alpha` is never written as `alpha`, for on which side it lies is the message."""
    if value is None or not isfinite(value):
        return "p not known"
    if value > alpha >= rounded(value, 3):
        return f"p just above {alpha:g}"
    return "p = 1" if rounded(value, 3) == 1 else p_value(value)


def _alike(facts: ChangeFacts) -> bool:
    """Whether the p value and the adjusted one are written in the same way."""
    if facts.family_state not in (HOLDS, LOST):
        return False
    return _p(facts.p_value, facts.alpha) == _p(facts.p_adjusted, facts.alpha)


def _size(change: float | None, decimals: int) -> str:
    return number(None if change is None else abs(change), decimals)


def _share(facts: ChangeFacts) -> str:
    if facts.n_asked is None:
        return UNKNOWN
    if facts.n_pairs == 0:
        return "none_of_one" if facts.n_asked == 1 else NONE
    if facts.n_pairs >= facts.n_asked:
        return ONE if facts.n_asked == 1 else ALL
    return SOME


def _covers(facts: ChangeFacts) -> str:
    """Which sides of zero the interval covers, where it covers zero."""
    if facts.interval_state != SPANS or facts.ci_low is None or facts.ci_high is None:
        return "both"
    below, above = side_of_zero(facts.ci_low), side_of_zero(facts.ci_high)
    return "both" if below < 0 < above else "rise" if above else "fall"


def _adds_up(facts: ChangeFacts, decimals: int) -> bool:
    """Whether the change as it is written is the difference of the means as they are written."""
    if facts.mean_pre is None or facts.mean_post is None or facts.mean_change is None:
        return True
    before, after, change = (rounded(value, decimals) for value in (facts.mean_pre, facts.mean_post, facts.mean_change))
    return rounded(after - before - change, decimals) == 0
