"""Which groups of people may be shown: decided once for all findings that leave together, and what left before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from evalcore.disclosure.at_sites import site_split
from evalcore.disclosure.having import counts_asked, hidden_splits, overridden_count
from evalcore.disclosure.nesting import People, to_hide
from evalcore.disclosure.policy import DisclosurePolicy, Ground
from evalcore.disclosure.splits import UNKNOWN, Split, counted_cells, is_having, keys_in, small_count, split_of
from evalcore.findings.basis import CONTEXT
from evalcore.findings.finding import FIELDWORK, FIELDWORK_BY_SITE, HAVING_SITE, Column, Finding, Group
from evalcore.leaving import Export

COUNTED = (FIELDWORK, FIELDWORK_BY_SITE)
SHARED = "share"
_PEOPLE = "people"
"""Key of the group of everyone with a case file."""

_ELSEWHERE = Ground("(a) counts by site", "together with the count of all sites it would tell who the few are")
_ALIKE = Ground("(b) none or all", "everybody in the group has the same value")


@dataclass(frozen=True)
class Standing:
    """What is hidden.

    Measured groups by measure and people; groups that are only counted by people; counts of people with a
    characteristic by who has it and who has not; and groups too large to list (a caseload).
    """

    measured: Mapping[tuple[str, People], Ground]
    counted: Mapping[People, Ground]
    having: Mapping[Split, Ground]
    sized: Mapping[Group, Ground]

    def of_figure(self, finding: Finding, key: str, policy: DisclosurePolicy) -> Ground | None:
        """Why a figure about this group of this finding is hidden; None where it may be shown."""
        group = finding.groups.get(key)
        if group is None:
            return Ground("(c) small groups", "nothing is known about the group it rests on")
        if policy.overridden(finding, key):
            return None
        if group.measure in COUNTED:
            return self.of_count(finding, key, policy)
        if is_having(group.measure):
            return self._of_having(finding, key, policy)
        if not group.people and group.size:
            return self.sized.get(group)
        ground = self.measured.get((group.measure, group.people))
        return ground or (self.counted.get(group.people) if finding.by_site else None)

    def of_count(self, finding: Finding, key: str, policy: DisclosurePolicy) -> Ground | None:
        """Why the number of people in this group is hidden; None where it may be shown."""
        group = finding.groups.get(key)
        if group is None or not finding.by_site or policy.overridden(finding, key):
            return None
        if _few_lack_it_elsewhere(finding, key, policy):
            return _ELSEWHERE
        split = site_split(finding, key)
        return self.counted.get(group.people) or (None if split is None else self.having.get(split))

    def of_holders(self, finding: Finding, row: int, column: Column, policy: DisclosurePolicy) -> Ground | None:
        """Why a count is hidden because of what it would tell with others; None where it may be shown."""
        keys = keys_in(column.holders, row)
        if not keys or overridden_count(finding, column, row, policy):
            return None
        split = split_of(finding, keys)
        return UNKNOWN if split is None else self.having.get(split)

    def _of_having(self, finding: Finding, key: str, policy: DisclosurePolicy) -> Ground | None:
        """Of people who have a characteristic: as the counts of this finding that name them."""
        cells = [(row, column) for row, column, _, keys in counted_cells(finding) if key in keys]
        if cells:
            grounds = (self.of_holders(finding, row, column, policy) for row, column in cells)
            return next((ground for ground in grounds if ground is not None), None)
        people = finding.groups[key].people
        if 0 < len(people) < policy.min_count:
            return small_count(policy)
        held = (finding.groups[key].measure, people)
        return next((ground for split, ground in self.having.items() if held in split.parts), None)


def staff_by_site(finding: Finding, policy: DisclosurePolicy) -> bool:
    """Whether nothing of this finding may leave, because it is about staff at one site."""
    return finding.of_staff and finding.by_site and not policy.staff_by_site


def decide(findings: Sequence[Finding], policy: DisclosurePolicy, released: Iterable[Export]) -> Standing:
    """Decide for all findings at once which groups are hidden.

    Every group that a finding names counts, also one that it only stands beside: so the answer does not depend on
    which of a study's findings happen to leave first.
    """
    # A file that left twice tells no more than once.
    exports = list(dict.fromkeys(export.groups for export in released if export.form == SHARED))
    left = list(dict.fromkeys(group for groups in exports for group in groups))
    leaving = [finding for finding in findings if not staff_by_site(finding, policy)]
    alike = set(_everyone_alike(leaving, policy))
    measured = _measured(leaving, policy, left, alike)
    having = hidden_splits(leaving, policy, exports)
    counted = _counted(leaving, policy, left, measured, having)
    return Standing(measured, counted, having, dict(_sized(leaving, policy, alike)))


def is_measured(measure: str) -> bool:
    """Whether groups of this measure have figures, and are not only counted."""
    return measure not in COUNTED and not is_having(measure)


def _subject(measure: str) -> str:
    """What is held together: all scales of one questionnaire, for a total is the sum of its subscales.

    >>> _subject("uwes9.vigor"), _subject("age")
    ('uwes9', 'age')
    """
    return measure.partition(".")[0]


def _measured(
    findings: Sequence[Finding], policy: DisclosurePolicy, left: Sequence[tuple[str, People]], groups_alike: set[Group]
) -> dict[tuple[str, People], Ground]:
    hidden: dict[tuple[str, People], Ground] = {}
    alike = {(_subject(group.measure), group.people) for group in groups_alike}
    shown: dict[str, list[People]] = {}
    candidates: dict[str, list[tuple[str, People]]] = {}
    for measure, people in left:
        shown.setdefault(_subject(measure), []).append(people)
    for finding, key, measure, people in _groups(findings):
        subject = _subject(measure)
        if not people or not is_measured(measure):
            continue
        if policy.overridden(finding, key):
            shown.setdefault(subject, []).append(people)
        elif len(people) < policy.min_mean_n:
            hidden[measure, people] = too_few(policy)
        elif (subject, people) in alike:
            hidden[measure, people] = _ALIKE
        elif finding.by_site and _few_lack_it_elsewhere(finding, key, policy):
            hidden[measure, people] = _ELSEWHERE
        else:
            candidates.setdefault(subject, []).append((measure, people))
    for subject, groups in candidates.items():
        secret = [people for of, people in alike if of == subject and len(people) >= policy.min_mean_n]
        held = shown.get(subject, ())
        back = to_hide({people for _, people in groups}, shown=held, gap=policy.min_gap, secret=secret)
        hidden.update({(measure, people): _nested(policy) for measure, people in groups if people in back})
    return hidden


def _few_lack_it_elsewhere(finding: Finding, key: str, policy: DisclosurePolicy) -> bool:
    """Whether everybody at a site has a value, and one to four people of all sites have none: they are elsewhere then.

    How many people a site has may be known, so that the number with a value would say it.
    """
    groups = finding.groups
    names = (key, _PEOPLE, CONTEXT + key, CONTEXT + _PEOPLE)
    if not all(name in groups for name in names):
        return False
    here, people, known, all_people = (groups[name].people for name in names)
    return here == people and 0 < len(all_people - known) < policy.min_count


def _sized(findings: Sequence[Finding], policy: DisclosurePolicy, alike: set[Group]) -> Iterator[tuple[Group, Ground]]:
    """Groups of which only the size is known: the rules by size hold, and none of them nests."""
    for finding in findings:
        for group in finding.groups.values():
            if group.people or not group.size or not is_measured(group.measure):
                continue
            if group.size < policy.min_mean_n:
                yield group, too_few(policy)
            elif group in alike:
                yield group, _ALIKE


def _counted(
    findings: Sequence[Finding],
    policy: DisclosurePolicy,
    left: Sequence[tuple[str, People]],
    measured: Mapping[tuple[str, People], Ground],
    having: Mapping[Split, Ground],
) -> dict[People, Ground]:
    """Counts at a site: small ones, and those that would give a small one back by subtraction.

    How many people each site has may be counted as a characteristic of all of them, too: `having` is what is hidden.
    That all of them have a value, too, is another fact, and is held against how many have one in all.

    Groups with scores that may be shown go first: a mean and its n tell more than the number of people asked.
    """
    if not any(finding.by_site for finding in findings):
        return {}
    sites = [split for split, _ in counts_asked(findings, policy) if split.measures[0].startswith(HAVING_SITE)]
    given = {people for split in sites if split not in having for people in split.groups}
    given |= {people for measure, people in left if measure.startswith(HAVING_SITE)}
    not_given = {split.having for split in sites if split in having}
    candidates, wholes = _at_sites(findings)
    shown = [*(people for measure, people in left if measure in COUNTED), *wholes]
    hidden: dict[People, Ground] = {}
    for people in candidates:
        if len(people) < policy.min_count:
            hidden[people] = _small_count(policy)
        elif people in not_given:
            hidden[people] = _given_back()
    scored = {
        people
        for _, _, measure, people in _groups(findings)
        if is_measured(measure) and (measure, people) not in measured
    }
    large = {people for people in candidates if people not in hidden}
    for whole in dict.fromkeys(wholes):
        beside = [whole, *(people for people in shown if people < whole and people not in wholes)]
        parts = {people for people in large & given if people < whole}
        hidden.update(dict.fromkeys(to_hide(parts, shown=beside, gap=policy.min_count), _given_back()))
    shown += sorted(given, key=sorted)
    for turn in (large & scored, large - scored):
        back = to_hide(turn, shown=shown, gap=policy.min_count)
        hidden.update(dict.fromkeys(back, _given_back()))
        shown += sorted(turn - back, key=sorted)
    return hidden


def _at_sites(findings: Sequence[Finding]) -> tuple[list[People], list[People]]:
    """Groups whose number is given for one site, and those of the whole that anybody may know."""
    candidates, wholes = [], []
    for finding in findings:
        counts = _count_keys(finding)
        for key, group in finding.groups.items():
            if not finding.by_site or (group.measure == FIELDWORK and key not in counts):
                wholes += [group.people] if group.measure == FIELDWORK else []
            elif (group.measure == FIELDWORK_BY_SITE or key in counts) and group.people:
                candidates.append(group.people)
    return candidates, wholes


def _count_keys(finding: Finding) -> set[str]:
    rows = [row for column in finding.columns if column.kind == "fieldwork" for row in column.groups]
    return {key for row in rows for key in row}


def _groups(findings: Sequence[Finding]) -> Iterator[tuple[Finding, str, str, People]]:
    for finding in findings:
        for key, group in finding.groups.items():
            yield finding, key, group.measure, group.people


def _everyone_alike(findings: Sequence[Finding], policy: DisclosurePolicy) -> Iterator[Group]:
    """Small groups in which everybody has the same value, known to be so or with an SD of zero: their mean is each
    one's score."""
    for finding in findings:
        yield from (one for one in finding.groups.values() if one.alike and one.n < policy.all_or_none_below)
        for column in finding.columns:
            if column.kind != "sd":
                continue
            for value, keys in zip(finding.table[column.name], column.groups, strict=False):
                if isinstance(value, str) or pd.isna(value) or float(value) != 0:
                    continue
                groups = [finding.groups[key] for key in keys if key in finding.groups]
                yield from (group for group in groups if group.n < policy.all_or_none_below)


def too_few(policy: DisclosurePolicy) -> Ground:
    """Ground of a figure of a few people."""
    return Ground("(c) small groups", f"it rests on fewer than {policy.min_mean_n} people")


def _nested(policy: DisclosurePolicy) -> Ground:
    few = f"1 to {policy.min_gap - 1}"
    return Ground(
        "(d) groups that nest", f"together with another figure that is shown it would tell about {few} people"
    )


def _small_count(policy: DisclosurePolicy) -> Ground:
    return Ground("(a) counts by site", f"counts of 1 to {policy.min_count - 1} people at a site are not shown")


def _given_back() -> Ground:
    return Ground("(a) counts by site", "together with another count it would give a small one back")
