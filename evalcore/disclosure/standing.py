"""Which groups of people may be shown: decided once for all findings that leave together, and what left before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from evalcore.disclosure.nesting import People, to_hide
from evalcore.disclosure.policy import DisclosurePolicy
from evalcore.findings.finding import FIELDWORK, FIELDWORK_BY_SITE, Finding
from evalcore.study import Export

COUNTED = (FIELDWORK, FIELDWORK_BY_SITE)
SHARED = "share"


@dataclass(frozen=True)
class Ground:
    """Why something is hidden: the rule by its letter and name, and the reason as the end of a sentence."""

    rule: str
    reason: str


@dataclass(frozen=True)
class Standing:
    """What is hidden: measured groups by measure and people, and groups that are only counted, by people."""

    measured: Mapping[tuple[str, People], Ground]
    counted: Mapping[People, Ground]

    def of_figure(self, finding: Finding, key: str, policy: DisclosurePolicy) -> Ground | None:
        """Why a figure about this group of this finding is hidden; None where it may be shown."""
        group = finding.groups.get(key)
        if group is None:
            return Ground("(c) small groups", "nothing is known about the group it rests on")
        if policy.overridden(finding.id, key):
            return None
        if group.measure in COUNTED:
            return self.of_count(finding, key, policy)
        ground = self.measured.get((group.measure, group.people))
        return ground or (self.counted.get(group.people) if finding.by_site else None)

    def of_count(self, finding: Finding, key: str, policy: DisclosurePolicy) -> Ground | None:
        """Why the number of people in this group is hidden; None where it may be shown."""
        group = finding.groups.get(key)
        if group is None or not finding.by_site or policy.overridden(finding.id, key):
            return None
        return self.counted.get(group.people)


def staff_by_site(finding: Finding, policy: DisclosurePolicy) -> bool:
    """Whether nothing of this finding may leave, because it is about staff at one site."""
    return finding.of_staff and finding.by_site and not policy.staff_by_site


def decide(findings: Sequence[Finding], policy: DisclosurePolicy, released: Iterable[Export]) -> Standing:
    """Decide for all findings at once which groups are hidden.

    Every group that a finding names counts, also one that it only stands beside: so the answer does not depend on
    which of a study's findings happen to leave first.
    """
    left = [group for export in released if export.form == SHARED for group in export.groups]
    leaving = [finding for finding in findings if not staff_by_site(finding, policy)]
    measured = _measured(leaving, policy, left)
    return Standing(measured, _counted(leaving, policy, left, measured))


def _measured(
    findings: Sequence[Finding], policy: DisclosurePolicy, left: Sequence[tuple[str, People]]
) -> dict[tuple[str, People], Ground]:
    hidden: dict[tuple[str, People], Ground] = {}
    alike = set(_everyone_alike(findings, policy))
    shown: dict[str, list[People]] = {}
    candidates: dict[str, list[People]] = {}
    for measure, people in left:
        shown.setdefault(measure, []).append(people)
    for finding, key, measure, people in _groups(findings):
        if measure in COUNTED or not people:
            continue
        if policy.overridden(finding.id, key):
            shown.setdefault(measure, []).append(people)
        elif len(people) < policy.min_mean_n:
            hidden[measure, people] = _too_few(policy)
        elif (measure, people) in alike:
            hidden[measure, people] = Ground("(b) none or all", "everybody in the group has the same value")
        else:
            candidates.setdefault(measure, []).append(people)
    for measure, groups in candidates.items():
        for people in to_hide(groups, shown=shown.get(measure, ()), gap=policy.min_gap):
            hidden[measure, people] = _nested(policy)
    return hidden


def _counted(
    findings: Sequence[Finding],
    policy: DisclosurePolicy,
    left: Sequence[tuple[str, People]],
    measured: Mapping[tuple[str, People], Ground],
) -> dict[People, Ground]:
    """Counts at a site: small ones, and those that would give a small one back by subtraction.

    Groups with scores that may be shown go first: a mean and its n tell more than the number of people asked.
    """
    if not any(finding.by_site for finding in findings):
        return {}
    shown = [people for measure, people in left if measure in COUNTED]
    candidates, hidden = [], {}
    for finding in findings:
        counts = _count_keys(finding)
        for key, group in finding.groups.items():
            if not finding.by_site or (group.measure == FIELDWORK and key not in counts):
                shown += [group.people] if group.measure == FIELDWORK else []
            elif (group.measure == FIELDWORK_BY_SITE or key in counts) and group.people:
                candidates.append(group.people)
    for people in candidates:
        if len(people) < policy.min_count:
            hidden[people] = _small_count(policy)
    scored = {
        people
        for _, _, measure, people in _groups(findings)
        if measure not in COUNTED and (measure, people) not in measured
    }
    large = [people for people in candidates if people not in hidden]
    for first in (True, False):
        turn = {people for people in large if (people in scored) is first}
        back = to_hide(turn, shown=shown, gap=policy.min_count)
        hidden.update(dict.fromkeys(back, _given_back()))
        shown += sorted(turn - back, key=sorted)
    return hidden


def _count_keys(finding: Finding) -> set[str]:
    rows = [row for column in finding.columns if column.kind == "fieldwork" for row in column.groups]
    return {key for row in rows for key in row}


def _groups(findings: Sequence[Finding]) -> Iterator[tuple[Finding, str, str, People]]:
    for finding in findings:
        for key, group in finding.groups.items():
            yield finding, key, group.measure, group.people


def _everyone_alike(findings: Sequence[Finding], policy: DisclosurePolicy) -> Iterator[tuple[str, People]]:
    """Small groups with an SD of zero: their mean would be everybody's score."""
    for finding in findings:
        for column in finding.columns:
            if column.kind != "sd":
                continue
            for value, keys in zip(finding.table[column.name], column.groups, strict=False):
                if isinstance(value, str) or pd.isna(value) or float(value) != 0:
                    continue
                groups = [finding.groups[key] for key in keys if key in finding.groups]
                yield from ((g.measure, g.people) for g in groups if g.n < policy.all_or_none_below)


def _too_few(policy: DisclosurePolicy) -> Ground:
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
