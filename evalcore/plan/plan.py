"""Outcome and Plan: what will be looked at, fixed before it can be seen, and every earlier version of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any

from evalcore.plan.criteria import Criterion, Target
from evalcore.wording import count

HIGHER, LOWER, EITHER = "higher", "lower", "either"
DIRECTIONS = {
    HIGHER: "higher after than before",
    LOWER: "lower after than before",
    EITHER: "different, in either direction",
}
"""The directions of a change that can be expected, and how they are written."""

FAMILIES = (
    "the main outcomes of the plan",
    "the totals of these people",
    "totals and subscales of these people",
    "every outcome of the study",
)
"""The families in which results can be shown, in the words that stand with them; a plan's file may name another."""

_FORMAT = "analysis plan, 1"
_FORMAT_WITH_CRITERIA = "analysis plan, 2"
_SHORT = 8


@dataclass(frozen=True)
class Outcome:
    """One thing that the plan says will be looked at.

    Attributes
    ----------
    measure : str
        The slug of a measure: `swemwbs.total.service-users`.
    direction : str
        `higher`, `lower` or `either`: which change is expected.
    smallest_change : float or None
        The smallest mean change that would matter, in points, whatever its direction; None where none is named.
    threshold_reason : str
        Why that much; empty only where no smallest change is named.
    main : bool
        Whether it is one of the main outcomes; the others are secondary.

    Examples
    --------
    >>> Outcome("swemwbs.total.service-users", "higher", 1.5, "Agreed with the service.").main
    True
    """

    measure: str
    direction: str = EITHER
    smallest_change: float | None = None
    threshold_reason: str = field(default="", repr=False)
    main: bool = True


@dataclass(frozen=True, repr=False)
class Plan:
    """An analysis plan as it was fixed, with the plan that it replaces inside it.

    Attributes
    ----------
    outcomes : tuple of Outcome
    exclusions : str
        Whose answers will be left out, in words.
    family : str
        Which tests are corrected together, in words.
    author : str
        Who wrote it; may be empty.
    written_at : str
        When it was fixed, in ISO 8601 with the offset of UTC.
    after_answers : int
        Questionnaires after that the study had held by then; 0 means that none had been loaded.
    replaces : Plan or None
        The version before this one.
    criteria : tuple of Criterion
        From when on the pilot is a go, and below what it is a stop.
    targets : tuple of Target
        How many people are to start, in all and by site.

    Examples
    --------
    >>> plan = Plan((Outcome("gse.total.staff-and-volunteers"),), "", FAMILIES[0], "", "2026-05-03T09:00:00+00:00", 0)
    >>> plan.before_the_data, plan.version, len(plan.digest)
    (True, 1, 64)
    """

    outcomes: tuple[Outcome, ...]
    exclusions: str
    family: str
    author: str
    written_at: str
    after_answers: int
    replaces: Plan | None = None
    criteria: tuple[Criterion, ...] = ()
    targets: tuple[Target, ...] = ()

    @property
    def before_the_data(self) -> bool:
        """Whether no questionnaire after had been loaded when this version was fixed."""
        return self.after_answers == 0

    @property
    def version(self) -> int:
        """1 for a plan that replaces none."""
        return sum(1 for _ in self.versions())

    @cached_property
    def digest(self) -> str:
        """SHA-256 of what the plan says, the digest of the plan that it replaces inside: 64 hexadecimal digits."""
        said = {**content(self), "replaces": None if self.replaces is None else self.replaces.digest}
        return sha256(json.dumps(said, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()).hexdigest()

    @property
    def code(self) -> str:
        """The beginning of the digest, as it is printed beside results."""
        return self.digest[:_SHORT]

    def outcome(self, slug: str) -> Outcome | None:
        """What the plan says about one measure; None where it says nothing."""
        return next((one for one in self.outcomes if one.measure == slug), None)

    def criterion(self, what: str) -> Criterion | None:
        """The lines that the plan draws for one feasibility measure; None where it draws none."""
        return next((one for one in self.criteria if one.what == what), None)

    def target(self, site: str | None = None) -> Target | None:
        """The target of starts at one site, or in all; None where none was written down."""
        return next((one for one in self.targets if one.site == (site or "")), None)

    def versions(self) -> Iterator[Plan]:
        """This version and every one before it, the newest first."""
        version: Plan | None = self
        while version is not None:
            yield version
            version = version.replaces

    def __repr__(self) -> str:
        """When and how much, not the words: they were typed by a person."""
        return f"Plan({count(len(self.outcomes), 'outcome', 'outcomes')}, {self.written_at}, {self.code})"


def content(plan: Plan) -> dict[str, Any]:
    """Everything that one version says, as plain values; the plan that it replaces is not among them.

    A plan without criteria and targets is written as before there were any, so that its digest stays.

    >>> content(Plan((), "", "", "", "2026-05-03T09:00:00+00:00", 0))["format"]
    'analysis plan, 1'
    """
    said: dict[str, Any] = {
        "format": _FORMAT,
        "outcomes": [
            {
                "measure": one.measure,
                "direction": one.direction,
                "smallest_change": None if one.smallest_change is None else float(one.smallest_change),
                "threshold_reason": one.threshold_reason,
                "main": one.main,
            }
            for one in plan.outcomes
        ],
        "exclusions": plan.exclusions,
        "family": plan.family,
        "author": plan.author,
        "written_at": plan.written_at,
        "after_answers": plan.after_answers,
    }
    if plan.criteria or plan.targets:
        said["format"] = _FORMAT_WITH_CRITERIA
        said["criteria"] = [
            {
                "what": one.what,
                "go_from": float(one.go_from),
                "stop_below": float(one.stop_below),
                "reason": one.reason,
            }
            for one in plan.criteria
        ]
        said["targets"] = [{"starts": one.starts, "site": one.site} for one in plan.targets]
    return said
