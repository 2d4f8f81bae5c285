"""Counts of people with a characteristic: who has it, and who is known not to.

A count k of n people tells how many have the characteristic and how many have not, so both are shown or neither: a
`Split`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evalcore.disclosure.nesting import People
from evalcore.disclosure.policy import DisclosurePolicy, Ground
from evalcore.findings.basis import CONTEXT
from evalcore.findings.finding import HAVING, Column, Finding, Group

GIVEN_BACK = Ground("(b) secondary", "together with another count it would give a small one back")
UNKNOWN = Ground("(b) secondary", "nothing is known about the people whom it counts")

Holder = tuple[str, People]
"""Measure and people of one group of those who have a characteristic, or are known not to."""


@dataclass(frozen=True)
class Split:
    """Those who have a characteristic, and after them those who are known not to, as far as both are given."""

    parts: tuple[Holder, ...]

    @property
    def having(self) -> People:
        """Those who have it."""
        return self.parts[0][1]

    @property
    def groups(self) -> tuple[People, ...]:
        """The parts with anybody in them."""
        return tuple(people for _, people in self.parts if people)

    @property
    def measures(self) -> tuple[str, ...]:
        """What is counted."""
        return tuple(dict.fromkeys(measure for measure, _ in self.parts))

    @property
    def whole(self) -> People:
        """Everyone of whom it is known."""
        return frozenset().union(*(people for _, people in self.parts))

    def too_small(self, policy: DisclosurePolicy) -> Ground | None:
        """Why the count may not be shown whatever stands beside it; None where it may."""
        if any(len(people) < policy.min_count for people in self.groups):
            return small_count(policy)
        if len(self.parts) > 1 and len(self.groups) == 1 and len(self.whole) < policy.all_or_none_below:
            return none_or_all(policy)
        return None


def small_count(policy: DisclosurePolicy) -> Ground:
    """Ground of a count of a few people."""
    return Ground("(b) small counts", f"counts of 1 to {policy.min_count - 1} people are not shown")


def none_or_all(policy: DisclosurePolicy) -> Ground:
    """Ground of a count of nobody, or of everybody, in a small group."""
    return Ground("(b) none or all", f"none or all of fewer than {policy.all_or_none_below} people is not shown")


def is_having(measure: str) -> bool:
    """Whether groups of this measure are people with a characteristic, who are only counted.

    >>> is_having("having: sex, male"), is_having("age")
    (True, False)
    """
    return measure.startswith(HAVING)


def keys_in(by_row: tuple[tuple[str, ...], ...], row: int) -> tuple[str, ...]:
    """The keys of groups that a column gives for one row."""
    return by_row[row] if row < len(by_row) else ()


def counted_cells(finding: Finding) -> Iterator[tuple[int, Column, bool, tuple[str, ...]]]:
    """Row and column of every cell that counts people with a characteristic, whether it is filled, and its holders."""
    for column in finding.columns:
        if column.holders:
            filled = finding.table[column.name].notna().tolist()
            for row, (here, keys) in enumerate(zip(filled, column.holders, strict=False)):
                if keys:
                    yield row, column, here, keys


def split_of(finding: Finding, keys: Iterable[str]) -> Split | None:
    """The people whom one cell counts; None where a group is not described."""
    groups = [finding.groups.get(key) for key in keys]
    known = [group for group in groups if group is not None]
    return _split(known) if known and len(known) == len(groups) else None


def splits_beside(finding: Finding) -> Iterator[Split]:
    """Counts of people with a characteristic that a finding only stands beside: those of the whole group of a site.

    The groups of one count are those whose keys belong to one cell of the finding; of the others see `in_pairs`.
    """
    cells = [keys for _, _, _, keys in counted_cells(finding)]
    own = {key for keys in cells for key in keys}
    others = {key: group for key, group in finding.groups.items() if key not in own and is_having(group.measure)}
    partners = {CONTEXT + keys[0]: [CONTEXT + key for key in keys] for keys in cells}
    named = {key for keys in partners.values() for key in keys}
    alone: list[Group] = []
    for key, group in others.items():
        if key not in named:
            alone.append(group)
        elif key in partners:
            yield _split([others[one] for one in partners[key] if one in others])
    yield from in_pairs((group.measure, group.people) for group in alone)


def in_pairs(holders: Iterable[Holder]) -> Iterator[Split]:
    """Counts from groups in order: two that follow each other without anybody in common are those of one count.

    >>> pairs = in_pairs([("a", frozenset("xy")), ("not a", frozenset("z")), ("b", frozenset("xyz"))])
    >>> [len(split.parts) for split in pairs]
    [2, 1]
    """
    first: Holder | None = None
    for holder in holders:
        if first is None:
            first = holder
        elif first[1] & holder[1]:
            yield Split((first,))
            first = holder
        else:
            yield Split((first, holder))
            first = None
    if first is not None:
        yield Split((first,))


def _split(groups: Iterable[Group]) -> Split:
    return Split(tuple((group.measure, group.people) for group in groups))
