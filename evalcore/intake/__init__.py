"""From an exported file to checked tables: reading, headers, answers, identifiers, problems."""

from evalcore.intake.choices import Choices, Option, Question
from evalcore.intake.headings.headers import assign_in_order, shape_of
from evalcore.intake.intake import Intake
from evalcore.intake.native import template
from evalcore.intake.questionnaires import read_questionnaires
from evalcore.intake.recognising import detect_kind, read_all, read_anew, read_any, reread
from evalcore.intake.tables import read_caseload, read_cases, read_published, read_roster

__all__ = [
    "Choices",
    "Intake",
    "Option",
    "Question",
    "assign_in_order",
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
    "shape_of",
    "template",
]
