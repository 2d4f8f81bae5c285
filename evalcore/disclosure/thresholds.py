"""What each threshold of the small-number policy does, and the range in which it may be moved, with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

HIGHEST = 50
"""No threshold needs to be higher: what is this strict shows next to nothing of a small programme."""

Value = int | bool | None


@dataclass(frozen=True)
class Threshold:
    """One threshold of the policy, for a person who may change it.

    Attributes
    ----------
    name : str
        The attribute of `DisclosurePolicy`.
    label : str
        Its name in plain words.
    does : str
        What it does, a sentence.
    lowest : int
        Floor below which nobody may go; 0 for one that is no number of people.
    why : str
        Why it may not be lower, or what else to know before changing it; a sentence.
    options : mapping of value to str
        The values of one that is no number of people, in words, the strictest last.
    """

    name: str
    label: str
    does: str
    lowest: int = 0
    why: str = ""
    options: Mapping[Value, str] | None = None

    @property
    def highest(self) -> int:
        """The highest value that it may have."""
        return HIGHEST

    def allows(self, value: object) -> bool:
        """Whether the threshold may have this value, whatever the others are.

        >>> THRESHOLDS["min_gap"].allows(3), THRESHOLDS["min_gap"].allows(2), THRESHOLDS["min_gap"].allows(True)
        (True, False, False)
        >>> THRESHOLDS["rounding"].allows(5), THRESHOLDS["rounding"].allows(3), THRESHOLDS["rounding"].allows(None)
        (True, False, True)
        """
        if self.options is not None:
            return any(value == one and type(value) is type(one) for one in self.options)
        return isinstance(value, int) and self.lowest <= value <= self.highest

    def words(self, value: Value) -> str:
        """Write a value for a reader.

        >>> THRESHOLDS["rounding"].words(None), THRESHOLDS["min_gap"].words(5)
        ('none', '5 people')
        """
        if self.options is not None:
            return self.options.get(value, str(value))
        return f"{value} people"

    def laxer(self, value: Value, than: Value) -> bool:
        """Whether a value shows more than another one.

        >>> THRESHOLDS["min_gap"].laxer(3, 5), THRESHOLDS["staff_by_site"].laxer(True, False)
        (True, True)
        >>> THRESHOLDS["rounding"].laxer(None, 5), THRESHOLDS["rounding"].laxer(5, None)
        (True, False)
        """
        if self.options is None:
            return int(value or 0) < int(than or 0)
        order = list(self.options)
        return order.index(value) < order.index(than)

    def compared(self, value: Value, default: Value) -> str:
        """Say whether a value is stricter or laxer than the default.

        >>> THRESHOLDS["min_gap"].compared(3, 5), THRESHOLDS["min_gap"].compared(5, 5)
        ('laxer than the default: more is shown', 'the default')
        """
        if value == default:
            return "the default"
        if self.laxer(value, default):
            return "laxer than the default: more is shown"
        return "stricter than the default: less is shown"


_ALL = (
    Threshold(
        "min_count",
        "Smallest count",
        "Counts of people from 1 up to below this are hidden: of people with a characteristic always, of people asked"
        " and answered where they are given by site.",
        3,
        "With a count of 2 each of the two would know about the other.",
    ),
    Threshold(
        "all_or_none_below",
        "Smallest group in which nobody or everybody may be shown",
        "In a smaller group a characteristic that nobody has, or everybody, is hidden: it would tell about each of"
        " them. So is any figure of a smaller group in which all have the same value.",
        5,
        "In a group of a few people that is known by name, none or all tells about each of them.",
    ),
    Threshold(
        "min_mean_n",
        "Smallest group with a mean",
        "A smaller group has no mean, spread, interval, test or effect size.",
        3,
        "The mean and the spread of 2 people are their two scores.",
    ),
    Threshold(
        "one_decimal_below",
        "Smallest group with more than one decimal",
        "In a smaller group means, spreads and intervals have one decimal, and tests two. Where it is above the"
        " default, charts and sentences that are more exact are left out.",
        5,
        "With more decimals a mean of a few people gives the exact sum of their scores.",
    ),
    Threshold(
        "min_gap",
        "Least difference between two shown groups",
        "Of two groups of which one lies inside the other, both are shown only if they differ by nobody or by at least"
        " this many people: the difference could be worked out by subtraction. Sums of several groups are looked"
        " through up to differences of four people, and beyond that not in full.",
        3,
        "The mean and the spread of a difference of 2 people are their two scores.",
    ),
    Threshold(
        "min_quartile_n",
        "Smallest group with a median",
        "A smaller group has no median and no quartiles.",
        5,
        "The median and the quartiles of fewer than 5 people are nearly all of their scores.",
    ),
    Threshold(
        "min_rate_n",
        "Smallest group with a rate",
        "A smaller group has no percentage.",
        5,
        "A percentage of fewer than 5 people is a count of 1 to 4 people in other words.",
    ),
    Threshold(
        "rounding",
        "Rounding of counts",
        "Counts that leave are rounded to a multiple of 5. Charts and sentences, which are more exact, are then left"
        " out.",
        why="Rounding hides small differences; it takes the place of no other rule.",
        options={None: "none", 5: "to a multiple of 5"},
    ),
    Threshold(
        "staff_by_site",
        "Results of staff by site",
        "Whether results of staff may leave for a single site.",
        why="The staff of a site are few, and known by name to their colleagues and managers. The other rules hold all"
        " the same.",
        options={True: "given", False: "never given"},
    ),
)

THRESHOLDS: Mapping[str, Threshold] = {one.name: one for one in _ALL}
"""Every threshold by its name, in the order in which a page shows them.

Where "Least difference" or "Smallest count" is above 5 a difference of two groups that nest is always found; one of
more groups only where the people in it stand in at most four differently placed parts.
"""

AT_LEAST = (
    (
        "min_gap",
        "min_mean_n",
        "otherwise the mean of the people in between, who are too few for a mean of their own, could be worked out",
    ),
    (
        "all_or_none_below",
        "min_count",
        "otherwise none or all would be shown of groups so small that they may not be counted",
    ),
)
"""Thresholds of which the first may not be lower than the second, and why."""


def together_problems(values: Mapping[str, Value]) -> tuple[str, ...]:
    """Return what keeps values from standing together; empty where nothing does.

    >>> together_problems({"min_gap": 5, "min_mean_n": 5, "all_or_none_below": 10, "min_count": 5})
    ()
    >>> len(together_problems({"min_gap": 3, "min_mean_n": 5, "all_or_none_below": 10, "min_count": 5}))
    1
    """
    found = []
    for larger, smaller, why in AT_LEAST:
        if THRESHOLDS[larger].laxer(values[larger], values[smaller]):
            high, low = THRESHOLDS[larger], THRESHOLDS[smaller]
            found.append(
                f'"{high.label}" ({values[larger]}) can not be lower than "{low.label}" ({values[smaller]}): {why}.'
                " Change the other one first"
            )
    return tuple(found)
