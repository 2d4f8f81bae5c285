"""What a room can be asked to expect before a result is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evalcore.telling.expecting import HIGHER, LOWER, SAME, UNSURE


@dataclass(frozen=True)
class Asked:
    """The question before a result: what is asked, the answers by the word that is kept, and the unit of a difference.

    `unit` is what the smallest difference that would matter is counted in.
    """

    question: str
    answers: Mapping[str, str]
    unit: str


_CHANGE = Asked(
    "Before you see it: was the mean higher or lower after than before?",
    {HIGHER: "Higher after", LOWER: "Lower after", SAME: "About the same", UNSURE: "We do not agree"},
    "points",
)
_NEEDS = Asked(
    "Before you see it: are these needs more or less common in the pilot than in the caseload?",
    {HIGHER: "More common", LOWER: "Less common", SAME: "About as common", UNSURE: "We do not agree"},
    "percentage points",
)
_SCORE = Asked(
    "Before you see it: is the pilot's mean higher or lower than the caseload's?",
    {HIGHER: "Higher", LOWER: "Lower", SAME: "About the same", UNSURE: "We do not agree"},
    "units of the axis",
)
_ASKED: Mapping[str, Asked] = {
    **dict.fromkeys(("change", "summary", "everyone"), _CHANGE),
    **dict.fromkeys(("needs", "like-for-like"), _NEEDS),
    **dict.fromkeys(("ogrs", "age"), _SCORE),
}


def asked_of(finding_id: str) -> Asked | None:
    """Return what a room can be asked before this finding; None where there is nothing to expect.

    >>> asked_of("change.gse.total.service-users").unit
    'points'
    >>> asked_of("trail.gse.total.service-users") is None
    True
    """
    kind = finding_id.partition(".")[0]
    known = max((one for one in _ASKED if kind == one or kind.startswith(f"{one}-")), key=len, default="")
    if kind.startswith(("needs-number", "needs-together", "needs-by", "needs-severity")):
        return None
    return _ASKED.get(known)
