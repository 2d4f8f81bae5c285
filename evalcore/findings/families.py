"""Families of comparisons: which changes are tested together, so that their p values are adjusted together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from evalcore.columns import ROLE_GROUPS, TOTAL
from evalcore.errors import UnknownNameError
from evalcore.findings.measures import Measure, measures
from evalcore.findings.scores import Scores
from evalcore.outcomes.multiplicity import adjust_p
from evalcore.study import Study

TOTALS, ALL, STUDY, PLANNED = "totals", "all", "study", "planned"
FAMILIES: Mapping[str, str] = MappingProxyType(
    {
        TOTALS: "the totals of these people",
        ALL: "totals and subscales of these people",
        STUDY: "every outcome of the study",
        PLANNED: "the main outcomes of the plan",
    }
)
"""Each family's name and its words for a reader, to stand after "adjusted for"."""


@dataclass(frozen=True, eq=False)
class Family:
    """One family of comparisons.

    Attributes
    ----------
    name, label : str
        A key of `FAMILIES` and its words.
    measures : tuple of Measure
        The measures whose changes are tested together, also those of which no test can be made.
    p_adjusted : mapping of str to (float or None)
        By the measure's slug, the p value of the paired t test after Holm's correction; None where there is no test.
    """

    name: str
    label: str
    measures: tuple[Measure, ...]
    p_adjusted: Mapping[str, float | None]

    @property
    def tests(self) -> int:
        """Number of tests: those that could not be made do not count."""
        return sum(p is not None for p in self.p_adjusted.values())


def families_for(study: Study) -> Mapping[str, str]:
    """The families that can be chosen in a study, with their words; `planned` only where a plan names main outcomes.

    >>> list(families_for(Study.empty()))
    ['totals', 'all', 'study']
    """
    planned = study.plan is not None and any(outcome.main for outcome in study.plan.outcomes)
    return {name: label for name, label in FAMILIES.items() if planned or name != PLANNED}


def family_of(scores: Scores, measure: Measure, site: str | None = None, family: str | None = None) -> Family:
    """The family that a measure's change is tested in.

    Parameters
    ----------
    scores : Scores
    measure : Measure
    site : str, optional
        The changes are those of this site.
    family : str, optional
        A key of `families_for`. None: `planned` for a main outcome of the plan, else `totals` for a total score and
        `all` for a subscale.

    Returns
    -------
    Family
        Within `totals` and `all` the people are those of the measure: staff and service users are never one family.

    Raises
    ------
    UnknownNameError
        If there is no such family in this study.

    Examples
    --------
    >>> from evalcore.sample import sample_study
    >>> scores = Scores(sample_study())
    >>> found = family_of(scores, measures(scores.study, "service user", scores=scores)[0])
    >>> found.label, [one.slug for one in found.measures]
    ('the totals of these people', ['gse.total.service-users', 'swemwbs.total.service-users'])
    """
    name = family or default_family(scores.study, measure)
    known = families_for(scores.study)
    if name not in known:
        raise UnknownNameError(f"There is no family {name!r} here. There are: {', '.join(known)}.")
    return adjusted_together(scores, _members(scores, measure, site, name), site, name)


def adjusted_together(scores: Scores, members: tuple[Measure, ...], site: str | None, name: str) -> Family:
    """The family of this name, of these measures: their p values, adjusted by Holm's method."""
    found = [scores.change(one.instrument, one.scale, one.roles, site).p_value for one in members]
    adjusted = adjust_p(found).tolist()
    by_slug = {
        one.slug: None if p is None else float(after) for one, p, after in zip(members, found, adjusted, strict=True)
    }
    return Family(name, FAMILIES[name], members, by_slug)


def default_family(study: Study, measure: Measure) -> str:
    """The family that a measure belongs to where none was chosen: a key of `FAMILIES`.

    >>> from evalcore.sample import sample_study
    >>> study = sample_study()
    >>> {default_family(study, measure) for measure in measures(study, "service user")}
    {'totals'}
    """
    if measure.slug in planned_slugs(study):
        # The plan names the family in words, since it is read on its own.
        said = study.plan.family if study.plan is not None else ""
        return next((name for name, label in FAMILIES.items() if label == said), PLANNED)
    return TOTALS if measure.scale == TOTAL else ALL


def planned_slugs(study: Study) -> frozenset[str]:
    """The slugs of the main outcomes of the study's plan; empty without a plan.

    >>> planned_slugs(Study.empty())
    frozenset()
    """
    plan = study.plan
    return frozenset() if plan is None else frozenset(one.measure for one in plan.outcomes if one.main)


def _members(scores: Scores, measure: Measure, site: str | None, name: str) -> tuple[Measure, ...]:
    study = scores.study
    own = measures(study, ROLE_GROUPS.get(measure.group, measure.roles) or None, site, scores=scores)
    if name == ALL:
        return own
    if name == TOTALS:
        return tuple(one for one in own if one.scale == TOTAL)
    # Of a group of roles of which one alone is looked at, that one's outcomes stand for the group's.
    others = [one for one in measures(study, None, site, scores=scores) if not {*one.roles} & {*measure.roles}]
    everyone = {one.slug: one for one in (*own, *others)}
    planned = planned_slugs(study)
    return tuple(one for slug, one in everyone.items() if name == STUDY or slug in planned)
