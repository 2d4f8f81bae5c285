"""Which counts of people with a characteristic may be shown together: at all sites, at one, after what left before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from evalcore.disclosure.at_sites import (
    COUNTED_AT,
    counted_keys,
    fewer_in_all,
    is_recorded,
    site_split,
    splits_recorded,
)
from evalcore.disclosure.families import Families
from evalcore.disclosure.nesting import People, exposed, nests_closely
from evalcore.disclosure.policy import DisclosurePolicy, Ground
from evalcore.disclosure.splits import (
    GIVEN_BACK,
    Holder,
    Split,
    counted_cells,
    in_pairs,
    is_having,
    keys_in,
    split_of,
    splits_beside,
)
from evalcore.findings.finding import FIELDWORK_BY_SITE, HAVING_SITE, Column, Finding


def overridden_count(finding: Finding, column: Column, row: int, policy: DisclosurePolicy) -> bool:
    """Whether a recorded exception releases a cell: by all the groups that it rests on, or by one that it counts."""
    rests_on = keys_in(column.groups, row)
    if rests_on and all(policy.overridden(finding, key) for key in rests_on):
        return True
    return any(policy.overridden(finding, key) for key in keys_in(column.holders, row))


def hidden_splits(
    findings: Sequence[Finding], policy: DisclosurePolicy, exports: Iterable[Sequence[Holder]]
) -> dict[Split, Ground]:
    """Which counts are hidden, decided for all findings at once and what left before.

    Parameters
    ----------
    findings : sequence of Finding
        Everything that leaves together. Counts that a finding only stands beside (those of the whole group of a site)
        are decided as if they left with it, so that the answer does not depend on which leaves first.
    policy : DisclosurePolicy
    exports : iterable of sequence of (measure, people)
        The groups that each earlier export showed.

    Returns
    -------
    dict of Split to Ground

    Notes
    -----
    Of the counts of one variable the one with most people goes first. A count is hidden where with those before it (i)
    a set of 1 to `min_count` - 1 people follows, or (ii) a set of fewer than `all_or_none_below` people follows of whom
    all have the characteristic, or none.
    """
    hidden: dict[Split, Ground] = {}
    candidates: list[Split] = []
    shown: list[Split] = []
    for split, overridden in chain(counts_asked(findings, policy), _counts_at_sites(findings, policy)):
        ground = split.too_small(policy)
        if overridden:
            shown.append(split)
        elif ground is not None:
            hidden[split] = ground
        else:
            candidates.append(split)
    if not candidates:
        return hidden
    left = [list(_counts_of(export)) for export in exports]
    families = Families(findings, left)
    waiting, settled = _by_family(candidates, families), _by_family([*shown, *chain(*left)], families)
    for family, splits in waiting.items():
        hidden.update(dict.fromkeys(_to_hide(splits, settled.get(family, ()), policy), GIVEN_BACK))
    return hidden


def _counts_of(export: Iterable[Holder]) -> Iterator[Split]:
    """What an earlier export counted; people of a site, however far they came, are counted as being of that site."""
    groups = list(export)
    yield from splits_recorded(groups)
    yield from in_pairs(holder for holder in groups if is_having(holder[0]) and not is_recorded(holder))
    yield from (Split(((HAVING_SITE, people),)) for measure, people in groups if measure == FIELDWORK_BY_SITE)


def counts_asked(findings: Iterable[Finding], policy: DisclosurePolicy) -> Iterator[tuple[Split, bool]]:
    """Each count that a finding shows or stands beside, and whether a recorded exception releases it."""
    for finding in findings:
        for row, column, filled, keys in counted_cells(finding):
            split = split_of(finding, keys)
            if split is not None and filled:
                yield split, overridden_count(finding, column, row, policy)
        yield from ((split, False) for split in splits_beside(finding))


def _counts_at_sites(findings: Iterable[Finding], policy: DisclosurePolicy) -> Iterator[tuple[Split, bool]]:
    """Each count of fieldwork at one site, of a whole that anybody may know; without those hidden on their own."""
    for finding in findings:
        for key in counted_keys(finding):
            split = site_split(finding, key)
            if split is not None and not fewer_in_all(finding, key, policy):
                yield split, policy.overridden(finding, key)


def _by_family(splits: Iterable[Split], families: Families) -> dict[str, list[Split]]:
    found: dict[str, list[Split]] = {}
    for split in splits:
        found.setdefault(families.of(split), []).append(split)
    return found


def _to_hide(candidates: Iterable[Split], shown: Sequence[Split], policy: DisclosurePolicy) -> Iterator[Split]:
    """Which counts of one family are hidden beside those that are shown whatever happens."""
    together = _Together(shown, policy)
    for split in sorted(set(candidates) - set(shown), key=_most_people_first):
        if together.tells_of_few(split):
            yield split
        else:
            together.add(split)


def _most_people_first(split: Split) -> tuple[object, ...]:
    """The whole before its sites, and of one whole the largest count; the rest makes the order the same every time."""
    return (-len(split.whole), -len(split.having), split.measures, sorted(split.having), sorted(split.whole))


class _Together:
    """The counts of one family that are shown together."""

    def __init__(self, shown: Iterable[Split], policy: DisclosurePolicy) -> None:
        self._few, self._small_whole = policy.min_count - 1, policy.all_or_none_below - 1
        self._splits = list(shown)
        self._groups = dict.fromkeys(group for split in self._splits for group in split.groups)
        # What is shown whatever happens can not be taken back.
        self._known = exposed(self._groups, self._few)
        # Of people at a site who are only named in an export their number need not stand there: it takes back nothing.
        sure = [split for split in self._splits if split.measures != (HAVING_SITE,)]
        self._sure = dict.fromkeys(group for split in sure for group in split.groups)
        self._surely_known = self._known if len(sure) == len(self._splits) else exposed(self._sure, self._few)

    def add(self, split: Split) -> None:
        """Show one more count."""
        self._splits.append(split)
        self._groups.update(dict.fromkeys(split.groups))
        self._sure.update(dict.fromkeys(split.groups))

    def tells_of_few(self, split: Split) -> bool:
        """Whether one more count would tell of a few people what may not be told."""
        new = [group for group in split.groups if group not in self._groups]
        if new and exposed([*self._groups, *new], self._few) - self._known - set(self._groups):
            return True
        more = [group for group in split.groups if group not in self._sure]
        if more and len(self._sure) < len(self._groups):
            told = exposed([*self._sure, *more], self._few) - self._surely_known - set(self._sure)
        else:
            told = frozenset()
        if told:
            return True
        if any(nests_closely(group, self._groups, self._few + 1) for group in new):
            return True
        return bool(self._alike([*self._splits, split]) - self._alike(self._splits))

    def _alike(self, splits: Sequence[Split]) -> frozenset[People]:
        """People by whom several wholes differ who are few and all have a characteristic, or all have it not.

        That all of five or more whom the sites lose together are of one site may be told.
        """
        wholes: dict[People, list[Split]] = {}
        for split in (one for one in splits if one.measures[0] != COUNTED_AT):
            wholes.setdefault(split.whole, []).append(split)
        if len(wholes) < 2:
            return frozenset()
        groups = [group for split in splits for group in split.groups]
        for whole, parts in wholes.items():
            having = frozenset().union(*(split.having for split in parts))
            groups += [having, whole - having]
        few = exposed(wholes, self._small_whole)
        return frozenset(people for people in few if any(people <= group for group in groups))
