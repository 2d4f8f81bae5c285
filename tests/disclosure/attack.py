"""What a reader of released findings can see, and what they could work out by subtraction."""

from __future__ import annotations

import dataclasses
import json
from itertools import combinations

import numpy as np
import pandas as pd

from evalcore.disclosure import apply_disclosure
from evalcore.findings import Finding, Group
from evalcore.findings.finding import FIELDWORK, FIELDWORK_BY_SITE, HAVING
from evalcore.leaving import Export
from evalcore.study import Study

STATISTICS = {"mean", "sd", "interval", "test", "quartile", "rate"}


def table_that_leaves(finding: Finding) -> pd.DataFrame:
    """The table of a finding in the shape in which it leaves, before anything is hidden."""
    return finding.table if finding.outside.table is None else finding.outside.table


def is_measured(group: Group) -> bool:
    """Whether something was measured on listed people; a share of people who are only counted is no total of scores."""
    counted = group.measure in (FIELDWORK, FIELDWORK_BY_SITE) or group.measure.startswith(HAVING)
    return bool(group.people) and not counted


def visible_groups(before: Finding, after: Finding) -> set[tuple[str, frozenset[str]]]:
    """Measure and people of every group of which some statistic or mark can be seen."""
    found = set()
    for column in after.columns:
        if column.kind not in STATISTICS:
            continue
        for value, keys in zip(after.table[column.name], column.groups, strict=False):
            if not isinstance(value, str) and not pd.isna(value):
                found |= {(group.measure, group.people) for group in map(before.groups.get, keys) if is_measured(group)}
    for panel in after.chart.panels if after.chart else ():
        for mark in panel.marks:
            if mark.group and type(mark).__name__ not in ("Box", "Arrow"):
                group = before.groups[mark.group]
                found |= {(group.measure, group.people)} if is_measured(group) else set()
    return found


def worked_out(groups: set[frozenset[str]]) -> set[frozenset[str]]:
    """Every set of 1 to 4 people whose total follows from the totals of `groups`, person by person.

    It follows where nothing of the set is left beyond what the totals span.
    """
    people = sorted(frozenset().union(*groups)) if groups else []
    if not people:
        return set()
    matrix = np.array([[person in group for person in people] for group in groups], dtype=float)
    _, sizes, directions = np.linalg.svd(matrix)
    beyond = directions[int((sizes > 1e-9 * sizes.max()).sum()) :]
    found = set()
    for size in range(1, min(4, len(people)) + 1):
        sets = np.array(list(combinations(range(len(people)), size)))
        left = np.abs(beyond[:, sets].sum(axis=2)).max(axis=0, initial=0.0)
        found |= {frozenset(people[i] for i in chosen) for chosen in sets[left < 1e-7].tolist()}
    return found


def breaches(pairs) -> set[tuple[str, frozenset[str]]]:
    """Small sets of people that can be worked out, by measure; `pairs` are findings before and after release."""
    visible = set().union(*(visible_groups(before, after) for before, after in pairs))
    by_measure: dict[str, set[frozenset[str]]] = {}
    for measure, people in visible:
        by_measure.setdefault(measure, set()).add(people)
    return {(measure, few) for measure, groups in by_measure.items() for few in worked_out(groups)}


def exported_one_by_one(study: Study, findings, policy):
    """Release each finding by itself, recording what left before, as a person does who clicks one after another."""
    pairs = []
    for finding in findings:
        release = apply_disclosure((finding,), policy, released=study.exports)
        after = release.findings[0]
        shown = tuple((group.measure, group.people) for group in after.groups.values())
        study = study.record(Export(finding.id, "share", shown))
        pairs.append((finding, after))
    return pairs


def everything_said(finding: Finding) -> str:
    """All that a released finding holds but its groups: words, table, chart, trail and source, as text."""
    chart = "" if finding.chart is None else json.dumps(dataclasses.asdict(finding.chart), ensure_ascii=False)
    trail = "" if finding.trail is None else finding.trail.steps.to_csv() + finding.trail.people.to_csv()
    words = (finding.title, finding.sentence, finding.caution, *finding.notes, finding.source, finding.definition)
    outside = finding.outside
    return "\n".join((*words, outside.title, outside.sentence, outside.caution, finding.table.to_csv(), chart, trail))
