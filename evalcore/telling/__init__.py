"""What a person prepares for telling the findings: a running order, a workshop's record, the report's own words.

None of it is data: a study's fingerprint stays what it was.
"""

from evalcore.telling.expecting import DIRECTIONS, Expectation
from evalcore.telling.reactions import (
    ANSWERS,
    LEAST_GROUP,
    MOST_COMMENT,
    STAKEHOLDERS,
    Comment,
    Reactions,
    Tally,
    everybody,
    merged,
)
from evalcore.telling.report_text import SECTIONS, ReportText
from evalcore.telling.screens import Screen
from evalcore.telling.telling import Telling
from evalcore.telling.workshops import Shown, Workshop

__all__ = [
    "ANSWERS",
    "DIRECTIONS",
    "LEAST_GROUP",
    "MOST_COMMENT",
    "SECTIONS",
    "STAKEHOLDERS",
    "Comment",
    "Expectation",
    "Reactions",
    "ReportText",
    "Screen",
    "Shown",
    "Tally",
    "Telling",
    "Workshop",
    "everybody",
    "merged",
]
