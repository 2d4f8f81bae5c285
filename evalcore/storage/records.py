"""What a person decided, planned and recorded in a study, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple, fields
from itertools import pairwise
from typing import Any

from evalcore.columns import ROLES, WAVES
from evalcore.decisions import KEEP, Decision, KeepAnswer, SamePerson
from evalcore.errors import DefinitionError, UnreadableFileError
from evalcore.leaving import Export, Override, ThresholdChange
from evalcore.plan.checking import MOST_RIVALS, rival_problems
from evalcore.plan.files import plan_json, read_plan
from evalcore.plan.plan import Plan
from evalcore.plan.rivals import Rival
from evalcore.storage.checked import damaged, listed, record, stamp, text, text_or_none, texts, whole, yes_no

_FORMS = ("share", "internal")
_SAME_PERSON, _KEEP_ANSWER = "same person", "keep answer"


def decision_records(decisions: Iterable[Decision]) -> list[list[Any]]:
    """Return what was decided as plain values.

    >>> decision_records([KeepAnswer("neither", "A1", None, "pre")])
    [['keep answer', 'neither', 'A1', None, 'pre']]
    """
    return [[_SAME_PERSON if isinstance(one, SamePerson) else _KEEP_ANSWER, *astuple(one)] for one in decisions]


def read_decisions(value: Any) -> tuple[Decision, ...]:
    """Build the decisions again; UnreadableFileError where anything is not as it must be."""
    return tuple(_decision(each) for each in listed(value))


def _decision(value: Any) -> Decision:
    kind, *said = listed(value, 5)
    if text(kind, (_SAME_PERSON, _KEEP_ANSWER)) == _SAME_PERSON:
        found, kept, role, same = said
        return SamePerson(text(found), text(kept), text_or_none(role, ROLES), yes_no(same))
    keep, who, role, wave = said
    return KeepAnswer(text(keep, KEEP), text_or_none(who), text_or_none(role, ROLES), text_or_none(wave, WAVES))


def plan_record(plan: Plan | None) -> str | None:
    """Return a plan as the file that can be read back."""
    return None if plan is None else plan_json(plan)


def read_plan_record(value: Any) -> Plan | None:
    """Build the plan again, held against its own code."""
    if value is None:
        return None
    try:
        return read_plan(text(value))
    except (DefinitionError, UnreadableFileError):
        raise damaged() from None


def rival_records(rivals: Iterable[Rival]) -> list[list[str]]:
    """Return rival explanations as plain values."""
    return [list(astuple(one)) for one in rivals]


def read_rivals(value: Any) -> tuple[Rival, ...]:
    """Build the rival explanations again."""
    found = tuple(Rival(*_words(each, Rival)) for each in listed(value))
    if len(found) > MOST_RIVALS or len(set(found)) != len(found) or any(rival_problems(one) for one in found):
        raise damaged()
    return found


def _words(value: Any, kind: type) -> tuple[str, ...]:
    found = texts(value)
    if len(found) != len(fields(kind)):
        raise damaged()
    return found


def counts_record(counts: Iterable[tuple[str, int]]) -> list[list[Any]]:
    """Return names with their counts as plain values."""
    return [[name, n] for name, n in counts]


def read_counts(value: Any) -> tuple[tuple[str, int], ...]:
    """Build names with their counts again."""
    pairs = [listed(each, 2) for each in listed(value)]
    return tuple((text(name), whole(n, 0, 10**9)) for name, n in pairs)


def threshold_records(changes: Iterable[ThresholdChange]) -> list[list[Any]]:
    """Return changed thresholds as plain values."""
    return [list(astuple(one)) for one in changes]


def read_thresholds(value: Any) -> tuple[ThresholdChange, ...]:
    """Build the changed thresholds again."""
    found = []
    for each in listed(value):
        name, new, reason, author, at = listed(each, len(fields(ThresholdChange)))
        if new is not None and not isinstance(new, bool):
            new = whole(new, -(10**9), 10**9)
        found.append(ThresholdChange(text(name), new, text(reason), text(author), stamp(at)))
    return tuple(found)


def override_records(overrides: Iterable[Override]) -> list[list[Any]]:
    """Return recorded exceptions as plain values."""
    return [list(astuple(one)) for one in overrides]


def read_overrides(value: Any) -> tuple[Override, ...]:
    """Build the recorded exceptions again."""
    found = []
    for each in listed(value):
        *words, at, ended, people = listed(each, len(fields(Override)))
        finding, group, reason, author = map(text, words)
        found.append(Override(finding, group, reason, author, stamp(at), yes_no(ended), text(people)))
    return tuple(found)


def exports_record(exports: Sequence[Export]) -> dict[str, Any]:
    """Return what has left as plain values: each person once, each group of people once.

    >>> exports_record([Export("summary", "share", (("gse", frozenset({"B", "A"})),))])["people"]
    ['A', 'B']
    """
    groups = dict.fromkeys(group for one in exports for _, group in one.groups)
    people = sorted({person for group in groups for person in group})
    place = {person: at for at, person in enumerate(people)}
    number = {group: at for at, group in enumerate(groups)}
    return {
        "people": people,
        "groups": [sorted(place[person] for person in group) for group in groups],
        "exports": [
            {
                "finding": one.finding,
                "form": one.form,
                "groups": [[measure, number[group]] for measure, group in one.groups],
                "at": one.at,
                "under": list(one.under),
            }
            for one in exports
        ],
    }


def read_exports(value: Any) -> tuple[Export, ...]:
    """Build the record of what has left again."""
    said = record(value, "people", "groups", "exports")
    people = texts(said["people"])
    groups = [frozenset(people[at] for at in _places(each, len(people))) for each in listed(said["groups"])]
    return tuple(_export(each, groups) for each in listed(said["exports"]))


def _places(value: Any, n: int) -> list[int]:
    """Places among `n` things, rising: none of them twice."""
    found = listed(value)
    if set(map(type, found)) - {int} or any(later <= one for one, later in pairwise(found)):
        raise damaged()
    if found and not 0 <= found[0] <= found[-1] < n:
        raise damaged()
    return found


def _export(value: Any, groups: Sequence[frozenset[str]]) -> Export:
    said = record(value, "finding", "form", "groups", "at", "under")
    shown = [listed(each, 2) for each in listed(said["groups"])]
    pairs = tuple((text(measure), groups[whole(at, 0, len(groups) - 1)]) for measure, at in shown)
    form = text(said["form"], _FORMS)
    return Export(text(said["finding"]), form, pairs, stamp(said["at"]), texts(said["under"]))
