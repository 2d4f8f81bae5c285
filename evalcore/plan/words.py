"""What a plan lets a result say about itself: planned, added later, changed, or taken out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from evalcore.plan.plan import Outcome, Plan
from evalcore.wording import count

PLANNED, CHANGED, CHOSEN_LATER = "planned", "changed later", "chosen later"
WITHDRAWN, DROPPED, ADDED = "withdrawn", "taken out later", "added later"
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True)
class Standing:
    """How one measure stands to a plan.

    Attributes
    ----------
    status : str
        `planned`: named in the last version that was fixed before the data after were loaded, and still as it was then.
        `changed later`: named then, but its direction, its smallest change or its rank was changed once they were
        there. `chosen later`: named, but not in that version. `withdrawn`: named and taken out again, both before the
        data. `taken out later`: taken out once they were there. `added later`: not named.
    plan : Plan
        The version that made it so.
    """

    status: str
    plan: Plan

    @property
    def added(self) -> bool:
        """Whether a result on the measure may not be called planned in advance."""
        return self.status not in (PLANNED, CHANGED)


def standing(plan: Plan, slug: str) -> Standing:
    """Return how a measure stands to a plan and to the versions before it.

    Parameters
    ----------
    plan : Plan
        The newest version.
    slug : str
        Of the measure.

    Returns
    -------
    Standing

    Examples
    --------
    >>> first = Plan((Outcome("gse.total.service-users"),), "", "", "", "2026-05-03T09:00:00+00:00", 0)
    >>> later = Plan((), "", "", "", "2026-06-01T09:00:00+00:00", 12, first)
    >>> standing(first, "gse.total.service-users").status, standing(later, "gse.total.service-users").status
    ('planned', 'taken out later')
    """
    oldest_first = tuple(plan.versions())[::-1]
    early = [one for one in oldest_first if one.before_the_data]
    held = early[-1].outcome(slug) if early else None
    now = plan.outcome(slug)
    naming = [one for one in oldest_first if one.outcome(slug) is not None]
    later = [one for one in naming if not one.before_the_data]
    if now is None:
        return _without(slug, oldest_first, held)
    if held is None:
        return Standing(CHOSEN_LATER, later[0])
    if _same(now, held):
        return Standing(PLANNED, next(one for one in early if one.outcome(slug) is not None))
    return Standing(CHANGED, next(one for one in later if not _same(one.outcome(slug), held)))


def _without(slug: str, oldest_first: tuple[Plan, ...], held: Outcome | None) -> Standing:
    """How a measure stands that the newest version does not name; `held` is what it was when the data came."""
    places = [place for place, one in enumerate(oldest_first) if one.outcome(slug) is not None]
    if not places:
        return Standing(ADDED, oldest_first[-1])
    gone = oldest_first[places[-1] + 1]
    if held is not None:
        return Standing(DROPPED, gone)
    return Standing(WITHDRAWN if gone.before_the_data else ADDED, gone)


def _same(one: Outcome | None, other: Outcome) -> bool:
    """Whether two versions ask the same of a measure, whatever their reasons."""
    return one is not None and replace(one, threshold_reason="") == replace(other, threshold_reason="")


def added_later(plan: Plan | None, slug: str) -> bool | None:
    """Whether a result on a measure was not planned in advance; None where there is no plan.

    >>> added_later(None, "gse.total.service-users") is None
    True
    """
    return None if plan is None else standing(plan, slug).added


def planned_words(plan: Plan | None, slug: str) -> str:
    """Return the sentence that stands beside every result on a measure; empty where there is no plan.

    >>> plan = Plan((Outcome("gse.total.service-users"),), "", "", "", "2026-05-03T09:00:00+00:00", 0)
    >>> planned_words(plan, "gse.total.service-users").replace(plan.code, "1a2b3c4d")
    'Planned on 3 May 2026, before any answer after was loaded (plan 1a2b3c4d).'
    >>> planned_words(plan, "swemwbs.total.service-users").replace(plan.code, "1a2b3c4d")
    'Added after the plan of 3 May 2026 was fixed (plan 1a2b3c4d).'
    >>> planned_words(None, "gse.total.service-users")
    ''
    """
    return "" if plan is None else f"{standing_words(plan, slug)} (plan {plan.code})."


def standing_words(plan: Plan, slug: str) -> str:
    """Say how a measure stands to a plan, without a full stop."""
    found = standing(plan, slug)
    first = _first_before(plan, slug)
    return {
        PLANNED: f"Planned on {_on(found)}, before any answer after was loaded",
        CHANGED: f"Planned on {day(first.written_at)}, before any answer after was loaded; what it says of this measure"
        f" was changed on {_on(found)}, {after_words(found.plan)}",
        CHOSEN_LATER: f"Chosen on {_on(found)}, {after_words(found.plan)}: not planned in advance",
        WITHDRAWN: f"Not planned: it was taken out of the plan on {_on(found)}, before any answer after was loaded",
        DROPPED: f"Planned on {day(first.written_at)}, and taken out of the plan on {_on(found)},"
        f" {after_words(found.plan)}",
        ADDED: f"Added after the plan of {day(_oldest(plan).written_at)} was fixed",
    }[found.status]


def _first_before(plan: Plan, slug: str) -> Plan:
    """The first version before the data that names a measure; the oldest where none does."""
    named = [one for one in plan.versions() if one.before_the_data and one.outcome(slug) is not None]
    return named[-1] if named else _oldest(plan)


def _oldest(plan: Plan) -> Plan:
    return tuple(plan.versions())[-1]


def _on(found: Standing) -> str:
    return day(found.plan.written_at)


def after_words(plan: Plan) -> str:
    """Say in words what had been loaded when a version was fixed.

    >>> after_words(Plan((), "", "", "", "2026-05-03T09:00:00+00:00", 12))
    'after 12 questionnaires after were loaded'
    """
    if plan.before_the_data:
        return "before any answer after was loaded"
    loaded = "was" if plan.after_answers == 1 else "were"
    return f"after {count(plan.after_answers, 'questionnaire', 'questionnaires')} after {loaded} loaded"


def day(written_at: str) -> str:
    """Write the day of a stamp as a reader does.

    >>> day("2026-05-03T09:00:00+00:00")
    '3 May 2026'
    """
    year, month, date = written_at[:10].split("-")
    return f"{int(date)} {_MONTHS[int(month) - 1]} {year}"
