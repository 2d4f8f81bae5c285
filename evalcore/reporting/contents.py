"""What a report and a workshop show of a study unasked: which findings, in which order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evalcore.columns import SERVICE_USER, STAFF, TOTAL, VOLUNTEER
from evalcore.findings.building import LISTED_KINDS, OUTCOMES, PEOPLE_KINDS, PLAN
from evalcore.findings.measures import Measure, measures
from evalcore.findings.recipes import Recipe
from evalcore.findings.scores import Scores
from evalcore.study import Study

WHO, CHANGES, QUESTIONNAIRES, PEOPLE, REACH, MORE = (
    *("who_took_part", "changes", "questionnaires"),
    *("people", "reach", "more"),
)
"""The sections that hold findings, as `telling.SECTIONS` names them."""

_OF_A_MEASURE: Mapping[str, tuple[str, ...]] = {
    WHO: ("trail",),
    CHANGES: ("change", "everyone", "tipping"),
    QUESTIONNAIRES: ("scores", "norms"),
}
_OF_PEOPLE: Mapping[str, tuple[str, ...]] = {
    PEOPLE: (
        *("characteristics", "age", "ogrs", "ogrs_bands", "ogrs_expected"),
        *("needs", "needs_number", "like_for_like"),
    ),
    REACH: ("reach", "start_rates", "contacts", "disengagement"),
}
_ON_SCREEN = ("needs", "like_for_like", "ogrs", "contacts")


def usual_report(study: Study, scores: Scores) -> tuple[tuple[str, Recipe], ...]:
    """Return what a report shows unasked, each with its section.

    Of the total of each questionnaire and each group of roles: who took part, the change, everyone's answers, what if
    those who left had answered, scores and norms; all outcomes side by side, with the subscales; then the people beside
    the caseload, and reach and feasibility.

    >>> from evalcore.sample import sample_study
    >>> study = sample_study()
    >>> [recipe.kind for section, recipe in usual_report(study, Scores(study))][:2]
    ['trail', 'trail']
    """
    found = measures(study, scores=scores)
    totals = tuple(measure for measure in found if measure.scale == TOTAL)
    return (
        *_of_measures(WHO, totals),
        *([(CHANGES, Recipe(PLAN))] if study.plan is not None else []),
        *_of_measures(CHANGES, totals),
        *([(CHANGES, Recipe(OUTCOMES))] if len(found) > 1 else []),
        *_of_measures(QUESTIONNAIRES, totals),
        *_about_people(study),
    )


def _of_measures(section: str, totals: tuple[Measure, ...]) -> Iterator[tuple[str, Recipe]]:
    for measure in totals:
        for kind in _OF_A_MEASURE[section]:
            yield section, Recipe(kind, measure.slug)


def _about_people(study: Study) -> Iterator[tuple[str, Recipe]]:
    known = PEOPLE_KINDS if len(study.cases) else LISTED_KINDS if len(study.roster) else ()
    for section, kinds in _OF_PEOPLE.items():
        for kind in kinds:
            if kind in known:
                yield section, Recipe(kind)
    if len(study.cases) or len(study.roster):
        yield REACH, Recipe("feasibility")


def usual_order(study: Study, scores: Scores, site: str | None = None) -> tuple[Recipe, ...]:
    """Return the findings of the usual running order: who took part, what changed, the people, and how it ran.

    Results of staff are not among them: their managers are in the room. `site` asks for the order of one site.

    >>> from evalcore.sample import sample_study
    >>> study = sample_study()
    >>> [recipe.kind for recipe in usual_order(study, Scores(study))][:3]
    ['trail', 'change', 'change']
    """
    totals = [
        measure
        for measure in measures(study, site=site, scores=scores)
        if measure.scale == TOTAL and not {STAFF, VOLUNTEER} & set(measure.roles)
    ]
    found = [Recipe("trail", measure.slug, site) for measure in totals[:1]]
    found += [Recipe("change", measure.slug, site) for measure in totals]
    if len(totals) > 1:
        roles = (SERVICE_USER,) if any(measure.roles for measure in totals) else None
        found.append(Recipe(OUTCOMES, "", site, None if roles is None else (roles, None)))
    if len(study.cases):
        found += [Recipe(kind, "", site) for kind in _ON_SCREEN]
    if site is None and (len(study.cases) or len(study.roster)):
        found.append(Recipe("feasibility"))
    return tuple(found)
