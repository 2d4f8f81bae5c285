"""From an exported file to checked tables: reading, headers, answers, identifiers, problems."""

from evalcore.intake.intake import Intake
from evalcore.intake.native import template
from evalcore.intake.questionnaires import read_questionnaires
from evalcore.intake.tables import detect_kind, read_any, read_caseload, read_cases, read_published, read_roster

__all__ = [
    "Intake",
    "detect_kind",
    "read_any",
    "read_caseload",
    "read_cases",
    "read_published",
    "read_questionnaires",
    "read_roster",
    "template",
]
