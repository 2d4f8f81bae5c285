"""A plan as a plain text, ready for a protocol or a registration."""

from __future__ import annotations

from collections.abc import Iterator

from evalcore.plan.criteria import criterion_words, target_words
from evalcore.plan.measures import label_of, plannable
from evalcore.plan.plan import DIRECTIONS, Outcome, Plan
from evalcore.plan.standing import criterion_standing, target_standing
from evalcore.plan.words import after_words, day, standing_words
from evalcore.wording import number

_NOTE = (
    "A change is always the score after, less the score before, of the same people. There is no comparison group: the"
    " plan says what will be looked at, not what brings a change about. The code is the SHA-256 of the plan and of"
    " every version before it. Whoever noted it at the time can see that the plan was not changed since, so register"
    " it, or send it to somebody, on the day."
)
_MOST_DECIMALS = 10


def plan_text(plan: Plan) -> str:
    """Write a plan to be read: outcomes, exclusions, family, stamp, code, and every version before it.

    It holds what the plan's author typed and nothing from any file: no person, no answer.

    Parameters
    ----------
    plan : Plan

    Returns
    -------
    str
        Lines of plain text, the last one ended.

    Examples
    --------
    >>> outcome = Outcome("gse.total.people", "higher", 1.5, "Agreed with the service.")
    >>> text = plan_text(Plan((outcome,), "", "each alone", "", "2026-05-03T09:00:00+00:00", 0))
    >>> print(text[:110])
    Analysis plan
    <BLANKLINE>
    Fixed on 3 May 2026, before any answer after was loaded.
    Stamp: 2026-05-03T09:00:00+00:00 (UTC)
    """
    return "\n".join([*_head(plan), *_body(plan), *_earlier(plan), _NOTE]) + "\n"


def _head(plan: Plan) -> Iterator[str]:
    yield "Analysis plan"
    yield ""
    yield f"{_fixed(plan)}."
    if not plan.before_the_data:
        yield "This version was not made in advance."
    yield f"Stamp: {plan.written_at} (UTC)"
    yield f"Code (SHA-256): {plan.digest}"
    if plan.author:
        yield f"Written by: {plan.author}"
    yield ""


def _body(plan: Plan) -> Iterator[str]:
    for title, main in (("Main outcomes", True), ("Secondary outcomes", False)):
        named = [one for one in plan.outcomes if one.main is main]
        if named:
            yield title
            for place, one in enumerate(named, 1):
                yield f"{place}. {outcome_words(one)}"
                if not plan.before_the_data:
                    yield f"   {standing_words(plan, one.measure)}."
            yield ""
    yield from _feasibility(plan)
    yield "Left out of the analysis"
    yield plan.exclusions or "Nobody, beyond the rows and people that are set aside and counted with the results."
    yield ""
    yield "Tests corrected together"
    yield plan.family
    yield ""


def _feasibility(plan: Plan) -> Iterator[str]:
    """The targets of starts and the lines of go, amend and stop, as far as there are any."""
    if plan.targets:
        yield "Targets of starts"
        for target in plan.targets:
            yield target_words(target)
            if not plan.before_the_data:
                yield f"   {target_standing(plan, target)}."
        yield ""
    if plan.criteria:
        yield "Go, amend, stop"
        for place, criterion in enumerate(plan.criteria, 1):
            yield f"{place}. {criterion_words(criterion)}"
            if not plan.before_the_data:
                yield f"   {criterion_standing(plan, criterion)}."
        yield ""


def _earlier(plan: Plan) -> Iterator[str]:
    earlier = tuple(plan.versions())[1:]
    if not earlier:
        return
    yield "Earlier versions"
    for version in earlier:
        yield f"{_fixed(version)}; code {version.digest}"
        for line in _body(version):
            yield f"  {line}".rstrip()


def _fixed(plan: Plan) -> str:
    which = f"Version {plan.version}, fixed" if plan.version > 1 else "Fixed"
    return f"{which} on {day(plan.written_at)}, {after_words(plan)}"


def outcome_words(outcome: Outcome) -> str:
    """Write one outcome in a line: what is looked at, which way, and how much would matter.

    >>> outcome_words(Outcome("gse.total.people", "lower", 2.0, "Agreed."))
    'GSE, everyone (files without roles): lower after than before. Smallest change that matters: 2 points. Why: Agreed.'
    """
    words = f"{label_of(outcome.measure)}: {DIRECTIONS.get(outcome.direction, outcome.direction)}."
    if outcome.smallest_change is None:
        return f"{words} No smallest change is named."
    return f"{words} Smallest change that matters: {size_words(outcome)}. Why: {outcome.threshold_reason}"


def size_words(outcome: Outcome) -> str:
    """Write the smallest change as it was typed, with its unit; empty where none is named.

    >>> size_words(Outcome("swemwbs.total.people", "higher", 2.87))
    '2.87 points'
    """
    if outcome.smallest_change is None:
        return ""
    choice = plannable().get(outcome.measure)
    size = number(outcome.smallest_change, _MOST_DECIMALS).rstrip("0").rstrip(".")
    return size if choice is None else f"{size} {choice.unit}"
