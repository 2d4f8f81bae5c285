"""Whether a criterion or a target of a plan was written down beforehand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from evalcore.plan.criteria import Criterion, Target
from evalcore.plan.plan import Plan
from evalcore.plan.words import after_words, day


def criterion_standing(plan: Plan, criterion: Criterion) -> str:
    """Say when a criterion of a plan was written down as it is now, without a full stop.

    >>> rule = Criterion("consent", 0.7, 0.5, "Agreed.")
    >>> late = Plan((), "", "", "", "2026-05-03T09:00:00+00:00", 12, criteria=(rule,))
    >>> criterion_standing(late, rule)
    'Written down on 3 May 2026, after 12 questionnaires after were loaded: not beforehand'
    """
    return _standing(plan, lambda version: _same(version.criterion(criterion.what), criterion))


def target_standing(plan: Plan, target: Target) -> str:
    """Say when a target of a plan was written down as it is now, without a full stop.

    >>> target_standing(Plan((), "", "", "", "2026-05-03T09:00:00+00:00", 0, targets=(Target(30),)), Target(30))
    'Written down on 3 May 2026, before any answer after was loaded'
    """
    return _standing(plan, lambda version: version.target(target.site) == target)


def beforehand(plan: Plan, criterion: Criterion) -> bool:
    """Whether a criterion stands as it is now since before any questionnaire after had been loaded.

    >>> rule = Criterion("consent", 0.7, 0.5, "Agreed.")
    >>> beforehand(Plan((), "", "", "", "2026-05-03T09:00:00+00:00", 0, criteria=(rule,)), rule)
    True
    """
    return _since(plan, lambda version: _same(version.criterion(criterion.what), criterion)).before_the_data


def _same(one: Criterion | None, other: Criterion) -> bool:
    """Whether the lines are the same, whatever their reasons."""
    return one is not None and replace(one, reason="") == replace(other, reason="")


def _since(plan: Plan, holds: Callable[[Plan], bool]) -> Plan:
    """The oldest version from which on, without a break, something has held."""
    since = plan
    for version in plan.versions():
        if not holds(version):
            break
        since = version
    return since


def _standing(plan: Plan, holds: Callable[[Plan], bool]) -> str:
    since = _since(plan, holds)
    later = "" if since.before_the_data else ": not beforehand"
    return f"Written down on {day(since.written_at)}, {after_words(since)}{later}"
