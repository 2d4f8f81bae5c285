"""Shares, means and intervals in the words of the findings about people."""

from __future__ import annotations

from evalcore.wording import count, number

LEAST_FOR_A_SHARE = 10
"""Below so many people a share is not written in words: counts are."""
LEAST_FOR_A_TEST = 10
"""Below so many people no p value is given: description only."""
LEAST_FOR_A_TEST_IN_WORDS = 30
"""From so many people on the sentence names the test too."""


def per_cent(share: float) -> str:
    """Write a share (0 to 1) in whole per cent; what is neither nobody nor everybody is not written as if it were.

    >>> per_cent(0.864), per_cent(0.0004), per_cent(0.999), per_cent(1.0)
    ('86 %', 'under 1 %', 'over 99 %', '100 %')
    """
    if 0 < share < 0.005:
        return "under 1 %"
    if 0.995 <= share < 1:
        return "over 99 %"
    return f"{number(100 * share, 0)} %"


def per_cent_interval(low: float, high: float) -> str:
    """Write the interval of a share (0 to 1) in whole per cent.

    >>> per_cent_interval(0.34, 0.693)
    '34 % to 69 %'
    """
    return f"{per_cent(low)} to {per_cent(high)}"


def n_of_both(n: int, caseload_n: int = 0) -> str:
    """Write the n of a chart: people of the pilot and, where there are any, of the caseload.

    >>> n_of_both(27, 12_000), n_of_both(1)
    ('n = 27 people of the pilot, 12,000 of the caseload', 'n = 1 person of the pilot')
    """
    beside = f", {caseload_n:,} of the caseload" if caseload_n else ""
    return f"n = {count(n, 'person', 'people')} of the pilot{beside}"


def interval_words(n: int, low: float, high: float) -> str:
    """Say what the interval of a difference allows at this number of people of the pilot; never that a test decided.

    >>> interval_words(9, 1.0, 4.0)
    'with fewer than 10 people this describes them and says little beyond them'
    >>> interval_words(27, -1.0, 4.0)
    'too few people to tell whether the pilot is higher or lower'
    >>> interval_words(27, 1.0, 4.0), interval_words(40, -1.0, 4.0)
    ('the whole interval lies above 0', 'the interval holds 0')
    """
    if n < LEAST_FOR_A_TEST:
        return f"with fewer than {LEAST_FOR_A_TEST} people this describes them and says little beyond them"
    if low > 0:
        return "the whole interval lies above 0"
    if high < 0:
        return "the whole interval lies below 0"
    if n < LEAST_FOR_A_TEST_IN_WORDS:
        return "too few people to tell whether the pilot is higher or lower"
    return "the interval holds 0"
