"""Whether a plan, or a rival explanation, can be kept as it is."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from evalcore.errors import DefinitionError
from evalcore.plan.criteria import criteria_problems
from evalcore.plan.measures import label_of, plannable
from evalcore.plan.plan import DIRECTIONS, Outcome, Plan
from evalcore.plan.rivals import Rival
from evalcore.plan.typed import cleaned as cleaned
from evalcore.plan.typed import text_problems
from evalcore.wording import number

LONGEST = {"reason": 300, "exclusions": 1500, "family": 200, "author": 80}
"""Characters that each text of a plan may have."""

LONGEST_RIVAL = {"what": 120, "when": 60, "where": 60, "why": 240}
"""Characters that each text of a rival explanation may have."""

MOST_VERSIONS = 50
MOST_RIVALS = 30


def check_plan(plan: Plan) -> None:
    """Raise DefinitionError with everything that keeps a plan from being fixed; its `problems` holds each.

    >>> check_plan(Plan((), "", "", "", "2026-05-03T09:00:00+00:00", 0))
    Traceback (most recent call last):
        ...
    evalcore.errors.DefinitionError: The plan can not be used: name at least one main outcome; say which tests are \
corrected together
    """
    problems = plan_problems(plan)
    if problems:
        raise DefinitionError("The plan", problems)


def plan_problems(plan: Plan) -> tuple[str, ...]:
    """Return what keeps a plan, or a version before it, from being used; empty where nothing does.

    Each is a clause that says what to do and quotes nothing that was typed.

    >>> outcome = Outcome("gse.total.people", smallest_change=-1)
    >>> plan_problems(Plan((outcome,), "", "x", "", "2026-05-03T09:00:00+00:00", 0))
    ('the smallest change of GSE, everyone (files without roles) must be above 0', \
'say why the smallest change of GSE, everyone (files without roles) matters')
    """
    versions = tuple(plan.versions())
    if len(versions) > MOST_VERSIONS:
        return (f"a plan can be amended {MOST_VERSIONS - 1} times; start a new study",)
    found = [problem for version in versions for problem in _of_version(version)]
    stamps = [_moment(version.written_at) for version in versions]
    if any(later is not None and earlier is not None and later < earlier for later, earlier in pairwise(stamps)):
        found.append("a plan can not be older than the one that it replaces; look at the clock of this computer")
    return tuple(dict.fromkeys(found))


def _of_version(plan: Plan) -> Iterator[str]:
    if not any(one.main for one in plan.outcomes) and not plan.criteria:
        yield "name at least one main outcome"
    for slug, times in Counter(one.measure for one in plan.outcomes).items():
        if times > 1:
            yield f"name each outcome once; {_label(slug)} stands {times} times"
    for outcome in plan.outcomes:
        yield from _of_outcome(outcome)
    if not plan.family:
        yield "say which tests are corrected together"
    texts = {"exclusions": plan.exclusions, "family": plan.family, "author": plan.author}
    names = {"exclusions": "whose answers are left out", "family": "the tests corrected together", "author": "the name"}
    for key, text in texts.items():
        yield from text_problems(text, LONGEST[key], names[key])
    yield from criteria_problems(plan.criteria, plan.targets)
    if _moment(plan.written_at) is None:
        yield "the time at which it was fixed must be written in UTC, like 2026-05-03T09:00:00+00:00"
    if isinstance(plan.after_answers, bool) or plan.after_answers < 0:
        yield "the number of questionnaires after must be 0 or more"


def _of_outcome(outcome: Outcome) -> Iterator[str]:
    choice = plannable().get(outcome.measure)
    if choice is None:
        yield "choose outcomes from the questionnaires that are known here; one is not"
        return
    if outcome.direction not in DIRECTIONS:
        yield f"choose a direction for {choice.label}: higher, lower or either"
    size = outcome.smallest_change
    if size is not None:
        if not math.isfinite(size) or size <= 0:
            yield f"the smallest change of {choice.label} must be above 0"
        elif size > choice.span:
            span = number(choice.span, 0)
            yield f"the smallest change of {choice.label} is larger than its whole scale of {span} {choice.unit}"
        if not outcome.threshold_reason:
            yield f"say why the smallest change of {choice.label} matters"
    yield from text_problems(outcome.threshold_reason, LONGEST["reason"], f"the reason for {choice.label}")


def _label(slug: str) -> str:
    return label_of(slug) if slug in plannable() else "one"


def _moment(written_at: str) -> datetime | None:
    """The time of a stamp; None where it is none, or not in UTC."""
    try:
        found = datetime.fromisoformat(written_at)
    except ValueError:
        return None
    return found if found.utcoffset() == timedelta(0) and found.isoformat(timespec="seconds") == written_at else None


def cleaned_rival(rival: Rival) -> Rival:
    """Return a rival explanation whose texts are cleaned, each on one line.

    >>> cleaned_rival(Rival(" a\\nb ")).what
    'a b'
    """
    return Rival(*(" ".join(cleaned(text).split()) for text in (rival.what, rival.when, rival.where, rival.why)))


def rival_problems(rival: Rival) -> tuple[str, ...]:
    """Return what keeps a rival explanation from being kept; empty where nothing does.

    >>> rival_problems(Rival("", "May 2026"))
    ('say what could explain a change',)
    """
    found = [] if rival.what else ["say what could explain a change"]
    for name, longest in LONGEST_RIVAL.items():
        found += text_problems(getattr(rival, name), longest, f'"{name}"')
    return tuple(found)


def check_rival(rival: Rival) -> None:
    """Raise DefinitionError with everything that keeps a rival explanation from being kept.

    >>> check_rival(Rival("An office move", "June 2026"))
    """
    problems = rival_problems(rival)
    if problems:
        raise DefinitionError("The explanation", problems)


def with_rival(held: tuple[Rival, ...], rival: Rival) -> tuple[Rival, ...]:
    """Return the explanations with one more, cleaned; the same ones if it is there already.

    >>> with_rival((), Rival(" An office move "))[0].what
    'An office move'
    """
    kept = cleaned_rival(rival)
    check_rival(kept)
    if kept in held:
        return held
    if len(held) == MOST_RIVALS:
        raise DefinitionError("The explanation", (f"{MOST_RIVALS} are kept already; take one out first",))
    return (*held, kept)
