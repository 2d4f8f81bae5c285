"""Questionnaire scoring, careful before-and-after comparison and case profiles for small evaluations."""

from evalcore.disclosure import DisclosurePolicy, apply_disclosure
from evalcore.errors import EvalcoreError
from evalcore.findings import findings_for
from evalcore.instruments import list_instruments, load_instrument
from evalcore.intake import read_caseload, read_cases, read_published, read_questionnaires, read_roster
from evalcore.outcomes.bayes import bayes_factor
from evalcore.outcomes.consistency import reliability
from evalcore.outcomes.description import describe
from evalcore.outcomes.dropout import attrition
from evalcore.outcomes.equivalence import equivalence
from evalcore.outcomes.matching import match, match_scores
from evalcore.outcomes.mixed import mixed_change
from evalcore.outcomes.multiplicity import adjust_p
from evalcore.outcomes.overlap import overlap_change
from evalcore.outcomes.paired import paired_change
from evalcore.outcomes.planning import group_size_needed, pairs_for_change, pairs_needed
from evalcore.outcomes.reliable import reliable_change
from evalcore.outcomes.scoring import item_answers, score
from evalcore.profile.means import compare_means
from evalcore.profile.needs import need_profile, needs_from_scores
from evalcore.profile.ogrs3 import ogrs3
from evalcore.profile.ogrs4 import ogrs4
from evalcore.profile.proportions import compare_proportions
from evalcore.sample import sample_study
from evalcore.storage import open_study, save_study
from evalcore.study import Study
from evalcore.trail import build_trail

__all__ = [
    "DisclosurePolicy",
    "EvalcoreError",
    "Study",
    "adjust_p",
    "apply_disclosure",
    "attrition",
    "bayes_factor",
    "build_trail",
    "compare_means",
    "compare_proportions",
    "describe",
    "equivalence",
    "findings_for",
    "group_size_needed",
    "item_answers",
    "list_instruments",
    "load_instrument",
    "match",
    "match_scores",
    "mixed_change",
    "need_profile",
    "needs_from_scores",
    "ogrs3",
    "ogrs4",
    "open_study",
    "overlap_change",
    "paired_change",
    "pairs_for_change",
    "pairs_needed",
    "read_caseload",
    "read_cases",
    "read_published",
    "read_questionnaires",
    "read_roster",
    "reliability",
    "reliable_change",
    "sample_study",
    "save_study",
    "score",
]
