"""Planning the next phase: how many people it needs for the smallest change that matters."""

from __future__ import annotations

from evalcore.errors import EvalcoreError
from evalcore.findings.basis import Basis
from evalcore.findings.finding import Finding
from evalcore.findings.measures import Measure
from evalcore.findings.next_phase.choices import (
    TESTS,
    ClustersChoice,
    EffectChoice,
    GroupsChoice,
    PairsChoice,
    PowerChoice,
    SharesChoice,
)
from evalcore.findings.next_phase.clusters import clusters_finding
from evalcore.findings.next_phase.effect import effect_finding
from evalcore.findings.next_phase.form import protocol_paragraph
from evalcore.findings.next_phase.groups import groups_finding
from evalcore.findings.next_phase.pairs import pairs_finding
from evalcore.findings.next_phase.shares import shares_finding
from evalcore.findings.scores import Scores

__all__ = [
    "TESTS",
    "Choice",
    "ClustersChoice",
    "EffectChoice",
    "GroupsChoice",
    "PairsChoice",
    "PowerChoice",
    "SharesChoice",
    "build_next_phase",
    "protocol_paragraph",
]

Choice = PairsChoice | EffectChoice | GroupsChoice | SharesChoice | ClustersChoice
"""What a plan can be made from; its type is the design."""


def build_next_phase(kind: str, scores: Scores | None, measure: Measure | None, choice: Choice) -> Finding:
    """The plan that a choice asks for; its type tells the design.

    Parameters
    ----------
    kind : str
        `next_phase`, the kind under which the designs are built.
    scores : Scores or None
        The pilot's; needed with a measure.
    measure : Measure or None
        Needed by pairs, by two groups on a mean and by clusters on a mean; the others use no data and leave it aside.
        A plan is made for all sites together.
    choice : PairsChoice, EffectChoice, GroupsChoice, SharesChoice or ClustersChoice

    Returns
    -------
    Finding

    Raises
    ------
    EvalcoreError
        If the choice is none of these, needs a measure that is not given, or holds a value that can not be planned for.

    Examples
    --------
    >>> from evalcore.findings import Scores, measures
    >>> from evalcore.sample import sample_study
    >>> study = sample_study()
    >>> swemwbs = next(one for one in measures(study) if one.slug == "swemwbs.total.service-users")
    >>> build_next_phase("next_phase", Scores(study), swemwbs, PairsChoice(change=2.87)).title
    'SWEMWBS, service users: plan 20 pairs for a mean change of 2.87 points'
    """
    basis = None if measure is None or scores is None else Basis(scores, measure, None)
    match choice:
        case EffectChoice():
            return effect_finding(choice)
        case SharesChoice():
            return shares_finding(choice)
        case ClustersChoice():
            return clusters_finding(basis, choice)
        case PairsChoice() if basis is not None:
            return pairs_finding(basis, choice)
        case GroupsChoice() if basis is not None:
            return groups_finding(basis, choice)
    raise EvalcoreError(f"Choose a design of the {kind.replace('_', ' ')} and a measure to plan it for.")
