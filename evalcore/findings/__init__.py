"""A study and a choice of people in, findings out."""

from evalcore.findings.building import HOLDS, KINDS, PEOPLE_KINDS, WAVE_KINDS, build, findings_for
from evalcore.findings.finding import Column, Finding, Group, OutsideForm
from evalcore.findings.measures import Measure, measures, sites
from evalcore.findings.people import People
from evalcore.findings.questionnaires import norms_of
from evalcore.findings.scores import Scores
from evalcore.findings.trail import step_columns, steps_table

__all__ = [
    "HOLDS",
    "KINDS",
    "PEOPLE_KINDS",
    "WAVE_KINDS",
    "Column",
    "Finding",
    "Group",
    "Measure",
    "OutsideForm",
    "People",
    "Scores",
    "build",
    "findings_for",
    "measures",
    "norms_of",
    "sites",
    "step_columns",
    "steps_table",
]
