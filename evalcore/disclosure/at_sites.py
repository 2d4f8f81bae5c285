"""Counts of fieldwork at one site: of a whole that anybody may know, how many are there, and how many elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from evalcore.disclosure.nesting import People
from evalcore.disclosure.policy import DisclosurePolicy
from evalcore.disclosure.splits import Holder, Split
from evalcore.findings.basis import CONTEXT
from evalcore.findings.finding import HAVING, Finding, Group

COUNTED_AT = f"{HAVING}counted at a site"
_ELSEWHERE = f"{HAVING}counted elsewhere"
_RECORDED = f"{COUNTED_AT}: "


def site_split(finding: Finding, key: str) -> Split | None:
    """Those of a group who are at the site of a finding, and those of the whole group who are elsewhere.

    Where all of it are on one side, the whole is the one part: it adds up with other counts as any part does. None
    where the whole is not known, or somebody of it goes by another role, and where nobody that the finding knows of is
    elsewhere.
    """
    here, whole = finding.groups.get(key), finding.groups.get(CONTEXT + key)
    if not finding.by_site or here is None or whole is None or not here.people <= whole.people or not whole.people:
        return None
    if here.people in (whole.people, frozenset()):
        return Split(((COUNTED_AT, whole.people),)) if _knows_of_others(finding) else None
    if _roles(here.people) != _roles(whole.people):
        return None
    return Split(((COUNTED_AT, here.people), (_ELSEWHERE, whole.people - here.people)))


def _knows_of_others(finding: Finding) -> bool:
    """Whether somebody of a group that the finding names is not at its site."""
    groups = finding.groups
    return any(CONTEXT + key in groups and groups[key].people < groups[CONTEXT + key].people for key in groups)


def few_in_all(finding: Finding, key: str, policy: DisclosurePolicy) -> bool:
    """Whether nobody at a site leaves one to four people, of some role, for the other sites, as far as is known."""
    whole = finding.groups.get(CONTEXT + key)
    if whole is None:
        return key in finding.groups
    return _few_of_a_role(whole.people, policy)


def fewer_in_all(finding: Finding, key: str, policy: DisclosurePolicy) -> bool:
    """Whether a site loses nobody on the way to a smaller group, and all sites lose one to four people of some role."""
    groups = finding.groups
    here, whole = groups.get(key), groups.get(CONTEXT + key)
    if here is None or whole is None:
        return False
    alike = (
        groups[CONTEXT + other]
        for other, group in groups.items()
        if group.people == here.people and CONTEXT + other in groups
    )
    return any(one.people < whole.people and _few_of_a_role(whole.people - one.people, policy) for one in alike)


def _few_of_a_role(people: People, policy: DisclosurePolicy) -> bool:
    return any(n < policy.min_count for n in Counter(name.partition("|")[0] for name in people).values())


def counted_keys(finding: Finding) -> tuple[str, ...]:
    """Keys of the groups whose number a finding gives as fieldwork, each once."""
    rows = [row for column in finding.columns if column.kind == "fieldwork" for row in column.groups]
    return tuple(dict.fromkeys(key for row in rows for key in row))


def recorded(finding: Finding, key: str) -> Iterator[Group]:
    """Each side of a count at a site as the record of what left keeps it, those who are there first."""
    split = site_split(finding, key)
    for measure, people in () if split is None else split.parts:
        name = f"{_RECORDED}{key}, {measure}"
        yield Group(name, name, name, people)


def is_recorded(holder: Holder) -> bool:
    """Whether a group of an earlier export is one side of a count at a site."""
    return holder[0].startswith(_RECORDED)


def splits_recorded(holders: Iterable[Holder]) -> Iterator[Split]:
    """Counts at a site from the groups of one export.

    >>> sides = [(f"{COUNTED_AT}: asked, here", frozenset("ab")), (f"{COUNTED_AT}: asked, not", frozenset("c"))]
    >>> found = splits_recorded([*sides, (f"{COUNTED_AT}: left out, here", frozenset("b"))])
    >>> [(sorted(split.having), len(split.whole)) for split in found]
    [(['a', 'b'], 3), (['b'], 1)]
    """
    counts: dict[str, list[Holder]] = {}
    for measure, people in holders:
        if is_recorded((measure, people)):
            counts.setdefault(measure.rpartition(", ")[0], []).append((_ELSEWHERE, people))
    for (_, first), *others in counts.values():
        yield Split(((COUNTED_AT, first), *others))


def _roles(people: People) -> set[str]:
    return {name.partition("|")[0] for name in people}
