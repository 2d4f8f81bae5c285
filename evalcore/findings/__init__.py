"""A study and a choice of people in, findings out."""

from evalcore.findings.building import HOLDS, KINDS, PEOPLE_KINDS, WAVE_KINDS, build, findings_for
from evalcore.findings.finding import Column, Finding, Group, OutsideForm
from evalcore.findings.measures import Measure, measures, sites
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
    "Scores",
    "build",
    "findings_for",
    "measures",
    "sites",
    "step_columns",
    "steps_table",
]
