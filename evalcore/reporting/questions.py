"""What a room is asked about a finding, where its presenter has written nothing else."""

from __future__ import annotations

from collections.abc import Mapping

_ANY = "Does this match what you saw? What is missing from it?"
_QUESTIONS: Mapping[str, str] = {
    "trail": "Who is missing here, and do you know why?",
    "change": "Does this match what you saw? What else changed for people in this time?",
    "summary": "Does this match what you saw? What else changed for people in this time?",
    "everyone": "Are those who answered once like those who answered both times?",
    "tipping": "What do you know of those who did not answer again?",
    "outcomes": "Which of these matters most to the people you work with?",
    "by-group": "What could make these groups differ, besides the programme?",
    "needs": "Are these the needs that you meet? Which is missing?",
    "like-for-like": "Is the caseload a fair comparison for the people you work with?",
    "ogrs": "Does this risk describe the people you work with?",
    "characteristics": "Are these the people whom the programme is for?",
    "contacts": "What keeps people from coming, and what helps?",
    "disengagement": "What happens around the time when people leave?",
    "reach": "Who was not reached, and why?",
    "feasibility": "What would have to change for the next phase to run?",
}


def question_for(finding_id: str) -> str:
    """Return the question for the room, by the kind of a finding.

    >>> question_for("trail.gse.total.service-users")
    'Who is missing here, and do you know why?'
    """
    kind = finding_id.partition(".")[0]
    known = max((one for one in _QUESTIONS if kind == one or kind.startswith(f"{one}-")), key=len, default="")
    return _QUESTIONS.get(known, _ANY)
