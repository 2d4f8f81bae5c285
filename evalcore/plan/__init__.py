"""A plan fixed in advance, and the rival explanations that stand beside every claim of change."""

from evalcore.plan.checking import (
    LONGEST,
    LONGEST_RIVAL,
    check_plan,
    check_rival,
    cleaned_rival,
    plan_problems,
    rival_problems,
)
from evalcore.plan.criteria import (
    MEASURES,
    MOST_STARTS,
    STARTS,
    Criterion,
    Target,
    criterion_words,
    target_words,
)
from evalcore.plan.files import LARGEST_FILE, plan_json, read_plan
from evalcore.plan.fixing import draft_problems, fixed
from evalcore.plan.measures import Plannable, label_of, plannable
from evalcore.plan.plan import DIRECTIONS, EITHER, FAMILIES, HIGHER, LOWER, Outcome, Plan
from evalcore.plan.rivals import Rival, UsualRival, rival_words, usual_rivals
from evalcore.plan.standing import criterion_standing, target_standing
from evalcore.plan.text import outcome_words, plan_text
from evalcore.plan.typed import cleaned
from evalcore.plan.words import Standing, added_later, after_words, day, planned_words, standing

__all__ = [
    "DIRECTIONS",
    "EITHER",
    "FAMILIES",
    "HIGHER",
    "LARGEST_FILE",
    "LONGEST",
    "LONGEST_RIVAL",
    "LOWER",
    "MEASURES",
    "MOST_STARTS",
    "STARTS",
    "Criterion",
    "Outcome",
    "Plan",
    "Plannable",
    "Rival",
    "Standing",
    "Target",
    "UsualRival",
    "added_later",
    "after_words",
    "check_plan",
    "check_rival",
    "cleaned",
    "cleaned_rival",
    "criterion_standing",
    "criterion_words",
    "day",
    "draft_problems",
    "fixed",
    "label_of",
    "outcome_words",
    "plan_json",
    "plan_problems",
    "plan_text",
    "plannable",
    "planned_words",
    "read_plan",
    "rival_problems",
    "rival_words",
    "standing",
    "target_standing",
    "target_words",
    "usual_rivals",
]
