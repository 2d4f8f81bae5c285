"""Findings of the Questionnaires page: scores, norms, answers, what was left out, and how far the items agree."""

from evalcore.findings.questionnaires.answers import answers_finding
from evalcore.findings.questionnaires.consistency import consistency_finding
from evalcore.findings.questionnaires.missing import missing_finding
from evalcore.findings.questionnaires.norms import norms_finding, norms_of
from evalcore.findings.questionnaires.scores import scores_finding

__all__ = [
    "answers_finding",
    "consistency_finding",
    "missing_finding",
    "norms_finding",
    "norms_of",
    "scores_finding",
]
