"""From an exported file to checked tables: reading, headers, answers, identifiers, problems."""

from evalcore.intake.choices import Choices, Option, Question
from evalcore.intake.intake import Intake
from evalcore.intake.native import template
from evalcore.intake.readers import (
    detect_kind,
    read_all,
    read_anew,
    read_any,
    read_caseload,
    read_cases,
    read_published,
    read_questionnaires,
    read_roster,
    reread,
)

__all__ = [
    "Choices",
    "Intake",
    "Option",
    "Question",
    "detect_kind",
    "read_all",
    "read_anew",
    "read_any",
    "read_caseload",
    "read_cases",
    "read_published",
    "read_questionnaires",
    "read_roster",
    "reread",
    "template",
]
