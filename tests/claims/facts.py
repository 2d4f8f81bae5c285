"""Facts of a change to be judged, invented, and every case that is printed."""

from __future__ import annotations

import math
from itertools import product

from evalcore.claims import ChangeFacts

PAIRS = (0, 1, 2, 3, 9, 10, 29, 30, 2000)
INTERVALS = {"covers zero": 2.4, "clear of zero": 0.5, "none": math.nan}
TOTALS = "the totals of these people"
FULL = {"asked": 0.9, "before": 0.95, "added": False}
"""Few are missing and it was planned: nothing but pairs, interval and comparisons limits what is said."""


def facts(n, change=1.25, margin=2.4, *, asked=40, equal=False, p=None, **more):
    """Facts of `n` pairs; `asked` and `before` below 1 are a share that gives the people asked and those before.

    `p` agrees with the interval where none is given.
    """
    p = p or (0.3107 if abs(change) <= margin else 0.0041)
    has_interval = n > 2 and not equal and not math.isnan(margin)
    before = more.pop("before", None)
    return ChangeFacts(
        who="service users",
        measure="SWEMWBS",
        unit="points",
        n_pairs=n,
        n_asked=whole(n, asked),
        n_before=whole(n, before),
        mean_pre=21.4743 if n else None,
        mean_post=21.4743 + change if n else None,
        mean_change=change if n else None,
        ci_low=change - margin if has_interval else None,
        ci_high=change + margin if has_interval else None,
        p_value=p if n > 2 and not equal else None,
        all_equal=equal and n > 1,
        **more,
    )


def whole(n, size):
    return math.floor(n / size) if isinstance(size, float) else size


def every_case():
    """What is printed, by what it shows."""
    for n, (interval, margin), change, equal in product(PAIRS, INTERVALS.items(), (1.25, -1.25, 0.0), (False, True)):
        if interval == "clear of zero" and change == 0:
            continue
        yield f"{n} pairs, interval {interval}, change {change:+}, equal {equal}", facts(n, change, margin, equal=equal)
    for n, asked in ((0, None), (0, 1), (1, 1), (7, 7), (7, 8), (7, None)):
        yield f"{n} pairs, {asked} asked", facts(n, asked=asked)
    yield from _missing()
    yield from _compared()
    yield from _planned()
    yield from _at_the_edge()


def _missing():
    for n, asked, before in ((0, 9, 6), (0, 9, 1), (0, 1, 1), (0, 6, 0), (0, 1, 0), (7, 8, 7), (7, 27, 18), (7, 7, 8)):
        yield f"{n} pairs, {asked} asked, {before} with a score before", facts(n, asked=asked, before=before)
    for n, margin in product((12, 40), (2.4, 0.5)):
        for asked, before in ((n, n), (n + 2, n + 1), (3 * n, 2 * n), (3 * n, None), (None, 2 * n), (None, n)):
            words = f"{n} pairs, margin {margin}, {asked} asked, {before} with a score before"
            yield words, facts(n, margin=margin, asked=asked, before=before)


def _compared():
    for n, margin, p_adjusted in product((7, 12, 40), (2.4, 0.5), (0.0123, 0.1236, None)):
        p = None if p_adjusted is None or margin > 1 else p_adjusted / 3
        adjusted = 0.6214 if p_adjusted and margin > 1 else p_adjusted
        known = facts(n, margin=margin, p=p, family=4, family_name=TOTALS, p_adjusted=adjusted, **FULL)
        yield f"{n} pairs, margin {margin}, one of 4 comparisons, adjusted p {adjusted}", known
    for p in (0.7, 0.0000123):
        alike = facts(40, margin=2.4 if p > 0.05 else 0.5, p=p, family=4, family_name=TOTALS, p_adjusted=p, **FULL)
        yield f"40 pairs, one of 4 comparisons, p {p}, adjusted {p}", alike


def _planned():
    for n, margin, added in product((1, 7, 12, 40), (2.4, 0.5), (False, True, None)):
        known = facts(n, margin=margin, **{**FULL, "added": added})
        yield f"{n} pairs, margin {margin}, few missing, added {added}", known
    yield "40 pairs of one site, few missing, planned", facts(40, margin=0.5, one_site=True, **FULL)


def _at_the_edge():
    for n, change, margin in product((7, 12, 40), (0.04, -0.04), (0.5, 0.01)):
        yield f"{n} pairs, change {change} (margin {margin}) to one decimal", facts(n, change, margin)
    yield "7 pairs, each with a change of 0.04, to one decimal", facts(7, 0.04, equal=True)
    for change in (1.25, -1.25):
        yield f"12 pairs, interval from or to 0, change {change}", facts(12, change, abs(change))
    yield "12 pairs, means that do not add up when rounded", facts(12, 1.31)
