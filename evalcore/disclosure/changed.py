"""The policy that a study is under: the defaults, what a person changed in them, and what is already published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TypeVar

from evalcore.disclosure.policy import DisclosurePolicy, default_values, in_force
from evalcore.disclosure.thresholds import THRESHOLDS, Threshold, Value, together_problems
from evalcore.errors import DefinitionError
from evalcore.leaving import NOBODY, Override, ThresholdChange
from evalcore.plan.checking import cleaned
from evalcore.study import Study

LONGEST = {"reason": 500, "author": 80}
"""Characters that each text of a record may have."""

MOST = 500
"""Records of one kind that a study may hold."""

Record = TypeVar("Record", ThresholdChange, Override)

_LONGEST_NAME = 500
_DIGEST = re.compile(r"[0-9a-f]{64}")
_CHANGE = "A change of a threshold could not have been made here."
_EXCEPTION = "A recorded exception could not have been made here."
_NAMES = {"reason": "the reason", "author": "the name"}


def policy_of(study: Study) -> DisclosurePolicy:
    """Return the policy that a study is under: the defaults, its changed thresholds, its exceptions in force.

    A record that could not have been made by `change_threshold` (in a study that was put together by hand) is passed
    over: the threshold stays as it was before it. So is an exception that is bound to no people.

    >>> policy_of(Study.empty()) == DisclosurePolicy()
    True
    """
    values, held = default_values(), {}
    for change in study.thresholds:
        if not _value_problems(change.name, change.value, values):
            values[change.name] = change.value
            held[change.name] = change
    bound = tuple(one for one in in_force(study.overrides) if one.people)
    return _policy(values, bound, tuple(held.values()))


def _policy(
    values: Mapping[str, Value], overrides: tuple[Override, ...], changes: tuple[ThresholdChange, ...]
) -> DisclosurePolicy:
    return replace(DisclosurePolicy(overrides=overrides, changes=changes), **values)  # type: ignore[arg-type]


def change_threshold(study: Study, change: ThresholdChange) -> Study:
    """Return the study with one threshold changed; going back to the default is a change too, and the history stays.

    Parameters
    ----------
    study : Study
    change : ThresholdChange
        With a reason, an author, and the time in ISO 8601 with its offset from UTC.

    Raises
    ------
    DefinitionError
        If the threshold may not have that value; `problems` says all that is to be done.

    Examples
    --------
    >>> at = "2026-05-04T09:00:00+00:00"
    >>> study = change_threshold(Study.empty(), ThresholdChange("min_gap", 8, "Agreed with the board", "AB", at))
    >>> policy_of(study).min_gap
    8
    >>> policy_of(study).lines()[-1]
    "Changed from this dashboard's default, since 4 May 2026: Least difference between two shown groups: 8 people \
instead of 5 people (stricter than the default: less is shown)."
    """
    problems = change_problems(study, change)
    if problems:
        raise DefinitionError("The change", problems)
    return study.beside(thresholds=(*study.thresholds, _cleaned(change)))


def change_problems(study: Study, change: ThresholdChange) -> tuple[str, ...]:
    """Return what keeps a threshold from being changed so; empty where nothing does.

    >>> change_problems(Study.empty(), ThresholdChange("min_gap", 1, "Why not", "AB", "2026-05-04T09:00:00+00:00"))
    ('"Least difference between two shown groups" can be from 3 to 50: the mean and the spread of a difference of 2 \
people are their two scores',)
    """
    found = _change_problems(policy_of(study).values(), change)
    if len(study.thresholds) >= MOST:
        return (*found, f"{MOST} changes are recorded already; start a new study")
    return found


def _change_problems(values: Mapping[str, Value], change: ThresholdChange) -> tuple[str, ...]:
    found = list(_value_problems(change.name, change.value, values))
    if not found and values[change.name] == change.value:
        found.append("it has this value already; choose another one")
    return (*found, *_record_problems(_cleaned(change), "say why it is changed"))


def override(study: Study, record: Override) -> Study:
    """Return the study with a recorded exception for a figure that is already published, or with one taken back.

    Parameters
    ----------
    study : Study
    record : Override
        Bound to the people whose figure is published: see `evalcore.disclosure.bound`. Where the group has other
        people since, a new record takes the place of the one in force. `ended` takes back the exception that is in
        force for the same group of the same finding, whatever people it is bound to; `reason` then says why, else where
        the figure is published. With an author, and the time in ISO 8601 with its offset from UTC.

    Raises
    ------
    DefinitionError
        If it can not be recorded; `problems` says all that is to be done.

    Examples
    --------
    >>> at = "2026-05-04T09:00:00+00:00"
    >>> from evalcore.disclosure.bound import bound
    >>> from evalcore.findings import build, measures
    >>> from evalcore.sample import sample_study
    >>> study = sample_study()
    >>> figure = build("groups", study, measures(study, ("staff", "volunteer"))[0])
    >>> published = bound(Override(figure.id, "matched pre", "Annual report 2019", "AB", at), figure)
    >>> policy_of(override(study, published)).overridden(figure, "matched pre")
    True
    """
    problems = override_problems(study, record)
    if problems:
        raise DefinitionError("The exception", problems)
    return study.beside(overrides=(*study.overrides, _cleaned(record)))


def override_problems(study: Study, record: Override) -> tuple[str, ...]:
    """Return what keeps an exception from being recorded, or taken back; empty where nothing does.

    >>> record = Override("", "", "Report", "AB", "2026-05-04T09:00:00+00:00", people=64 * "a")
    >>> override_problems(Study.empty(), record)
    ('choose a figure and one of its groups',)
    """
    return _override_problems(study.overrides, record)


def _override_problems(earlier: Sequence[Override], record: Override) -> tuple[str, ...]:
    found = []
    held = [one for one in earlier if (one.finding, one.group) == (record.finding, record.group)][-1:]
    people = [one.people for one in held if not one.ended]
    if not all(0 < len(name) <= _LONGEST_NAME for name in (record.finding, record.group)):
        found.append("choose a figure and one of its groups")
    elif record.ended and not people:
        found.append("no such exception is in force")
    elif not record.ended and record.people in people and record.people != NOBODY:
        found.append("this exception is in force already")
    if not _DIGEST.fullmatch(record.people) and (record.people or not record.ended):
        found.append("choose the group from a figure of the study, so that it is known whose figure is published")
    if len(earlier) >= MOST:
        found.append(f"{MOST} exceptions are recorded already; start a new study")
    asked = "say why" if record.ended else "say where it is published"
    return (*found, *_record_problems(_cleaned(record), asked))


def records_problems(thresholds: Iterable[ThresholdChange], overrides: Iterable[Override]) -> tuple[str, ...]:
    """Return what is wrong with the records that a study file holds, one sentence each, quoting nothing of them.

    >>> records_problems([ThresholdChange("min_gap", 0, "x", "AB", "2026-05-04T09:00:00+00:00")], [])
    ('A change of a threshold could not have been made here.',)
    """
    values, changes = default_values(), list(thresholds)
    made = len(changes) <= MOST
    for change in changes[:MOST]:
        if _change_problems(values, change):
            made = False
        else:
            values[change.name] = change.value
    records = list(overrides)
    excepted = len(records) <= MOST
    for number, one in enumerate(records[:MOST]):
        excepted = excepted and not _override_problems(records[:number], one)
    return (*(() if made else (_CHANGE,)), *(() if excepted else (_EXCEPTION,)))


@dataclass(frozen=True)
class Standing:
    """One threshold as it stands in a study: its default, its value, and the record that made it so (if any did)."""

    rule: Threshold
    default: Value
    value: Value
    change: ThresholdChange | None

    @property
    def compared(self) -> str:
        """Whether the value is stricter or laxer than the default, in words."""
        return self.rule.compared(self.value, self.default)

    def laxer(self, value: Value) -> bool:
        """Whether a value would show more than the default does."""
        return self.rule.laxer(value, self.default)


def thresholds_of(study: Study) -> Mapping[str, Standing]:
    """Return every threshold as it stands in a study, by name.

    >>> thresholds_of(Study.empty())["min_gap"].compared
    'the default'
    """
    policy, defaults = policy_of(study), default_values()
    made = {change.name: change for change in policy.changes}
    values = policy.values()
    return {name: Standing(rule, defaults[name], values[name], made.get(name)) for name, rule in THRESHOLDS.items()}


def _value_problems(name: str, value: Value, values: Mapping[str, Value]) -> tuple[str, ...]:
    rule = THRESHOLDS.get(name)
    if rule is None:
        return ("choose one of the thresholds of the policy",)
    if not rule.allows(value):
        if rule.options is not None:
            return (f'"{rule.label}" can be: {" or ".join(rule.options.values())}',)
        why = rule.why[:1].lower() + rule.why[1:].rstrip(".")
        return (f'"{rule.label}" can be from {rule.lowest} to {rule.highest}: {why}',)
    return together_problems({**values, name: value})


def _record_problems(record: ThresholdChange | Override, asked: str) -> Iterator[str]:
    if not record.reason:
        yield asked
    if not record.author:
        yield "say who decides it: a role or initials"
    for name, longest in LONGEST.items():
        if len(getattr(record, name)) > longest:
            yield f"{_NAMES[name]} can have {longest} characters"
    if _moment(record.at) is None:
        yield "the time must be written with its offset from UTC, like 2026-05-04T09:00:00+00:00"


def _cleaned(record: Record) -> Record:
    """The record with texts on one line each, without what can not be seen, and with its time in UTC."""
    moment = _moment(record.at)
    at = record.at if moment is None else moment.isoformat(timespec="seconds")
    return replace(record, reason=_line(record.reason), author=_line(record.author), at=at)


def _line(text: str) -> str:
    return " ".join(cleaned(text).split())


def _moment(at: str) -> datetime | None:
    """A time in UTC; None where it is none, or has no offset."""
    try:
        found = datetime.fromisoformat(at)
    except ValueError:
        return None
    return None if found.tzinfo is None else found.astimezone(UTC)
