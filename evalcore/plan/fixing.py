"""Fixing a plan: cleaned, put in order, stamped, chained to the one before; and what could have been seen by then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd

from evalcore.columns import POST, WAVE
from evalcore.errors import DefinitionError
from evalcore.plan.checking import check_plan, plan_problems
from evalcore.plan.criteria import Criterion, Target, ordered_criteria, ordered_targets
from evalcore.plan.measures import plannable
from evalcore.plan.plan import Outcome, Plan
from evalcore.plan.typed import cleaned

_NO_STAMP = "1970-01-01T00:00:00+00:00"
_NOTHING = Plan((), "", "", "", _NO_STAMP, 0)


def fixed(
    earlier: Plan | None,
    outcomes: Iterable[Outcome],
    exclusions: str,
    family: str,
    author: str,
    *,
    at: str,
    after_answers: int,
    criteria: Iterable[Criterion] | None = None,
    targets: Iterable[Target] | None = None,
) -> Plan:
    """Return the plan that is fixed now; the earlier one itself where nothing in it was changed.

    Parameters
    ----------
    earlier : Plan or None
        The plan that it replaces.
    outcomes : iterable of Outcome
        In any order: the main ones are put first, in the order in which measures are offered.
    exclusions, family, author : str
        As typed; what can not be seen is taken out.
    at : str
        When, in ISO 8601 with its offset from UTC.
    after_answers : int
        Questionnaires after that could have been seen by now.
    criteria, targets : iterable of Criterion and of Target, optional
        In any order; None keeps those of the earlier plan.

    Raises
    ------
    DefinitionError
        If the plan can not be kept as it is; `problems` says all that is to be done.

    Examples
    --------
    >>> outcome = Outcome("gse.total.people", "higher")
    >>> first = fixed(None, [outcome], "", "each alone", "", at="2026-05-03T10:00:00+01:00", after_answers=0)
    >>> first.written_at
    '2026-05-03T09:00:00+00:00'
    >>> fixed(first, [outcome], "", "each alone", "", at="2026-06-01T10:00:00Z", after_answers=9) is first
    True
    """
    held = earlier if earlier is not None else _NOTHING
    criteria = held.criteria if criteria is None else criteria
    said = _said(outcomes, exclusions, family, author, criteria, held.targets if targets is None else targets)
    plan = replace(said, written_at=_stamp(at), after_answers=after_answers, replaces=earlier)
    check_plan(plan)
    return earlier if earlier is not None and _says_the_same(plan, earlier) else plan


def draft_problems(
    outcomes: Iterable[Outcome],
    exclusions: str,
    family: str,
    author: str,
    criteria: Iterable[Criterion] = (),
    targets: Iterable[Target] = (),
) -> tuple[str, ...]:
    """Return what keeps a plan from being fixed as it stands in a form; empty where nothing does.

    >>> draft_problems([], "", "each alone", "")
    ('name at least one main outcome',)
    """
    return plan_problems(_said(outcomes, exclusions, family, author, criteria, targets))


def _said(
    outcomes: Iterable[Outcome],
    exclusions: str,
    family: str,
    author: str,
    criteria: Iterable[Criterion],
    targets: Iterable[Target],
) -> Plan:
    """The words of a plan, cleaned and in order, under a stamp that stands for none."""
    rank = {slug: place for place, slug in enumerate(plannable())}
    given = [replace(one, threshold_reason=_line(one.threshold_reason)) for one in outcomes]
    ordered = tuple(sorted(given, key=lambda one: (not one.main, rank.get(one.measure, len(rank)))))
    texts = (cleaned(exclusions), _line(family), _line(author))
    kept, aims = ordered_criteria(criteria), ordered_targets(targets)
    return Plan(ordered, *texts, _NO_STAMP, 0, criteria=kept, targets=aims)


def _line(text: str) -> str:
    return " ".join(cleaned(text).split())


def _stamp(at: str) -> str:
    """A moment in UTC, to the second; what is none stays as it is, for the check to say so."""
    try:
        found = datetime.fromisoformat(at)
    except ValueError:
        return at
    return at if found.tzinfo is None else found.astimezone(UTC).isoformat(timespec="seconds")


def _says_the_same(plan: Plan, earlier: Plan) -> bool:
    said = replace(plan, written_at=_NO_STAMP, after_answers=0, replaces=None)
    return said == replace(earlier, written_at=_NO_STAMP, after_answers=0, replaces=None)


def taken(held: Plan | None, plan: Plan) -> Plan:
    """Return a plan that was kept as a file, if it may stand in the place of the one that a study holds.

    It may where the study holds none, or an earlier version of the same plan: a fixed plan is amended, never exchanged.

    Raises
    ------
    DefinitionError
        If it may not, or says what a plan can not say.

    Examples
    --------
    >>> one = fixed(None, [Outcome("gse.total.people")], "", "x", "", at="2026-05-03T10:00:00Z", after_answers=0)
    >>> other = fixed(None, [Outcome("uwes9.total.people")], "", "x", "", at="2026-05-03T10:00:00Z", after_answers=0)
    >>> taken(one, other)
    Traceback (most recent call last):
        ...
    evalcore.errors.DefinitionError: This plan can not be used: the study has a plan of its own, which can be amended \
but not exchanged; start a new study to use another one
    """
    check_plan(plan)
    if held is None or held.digest in {version.digest for version in plan.versions()}:
        return plan
    if plan.digest in {version.digest for version in held.versions()}:
        raise DefinitionError("This plan", ("the study holds a later version of it already",))
    own = "the study has a plan of its own, which can be amended but not exchanged"
    raise DefinitionError("This plan", (own, "start a new study to use another one"))


def after_by_file(rows: pd.DataFrame) -> dict[str, int]:
    """Count the questionnaires after in each file, used or not: whoever reads a row has seen it.

    Parameters
    ----------
    rows : DataFrame
        `Study.rows`: `file` and `wave`, which is "pre and post" where a row holds both.

    Examples
    --------
    >>> after_by_file(pd.DataFrame({"file": ["a", "a", "b"], "wave": ["post", "pre", "pre and post"]}))
    {'a': 1, 'b': 1}
    """
    waves = rows[WAVE].astype("str").str.contains(POST, regex=False, na=False)
    return {str(name): int(n) for name, n in rows.loc[waves, "file"].value_counts(sort=False).items()}
