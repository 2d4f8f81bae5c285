"""Which findings there are, and how to build one or all of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from itertools import compress
from typing import TYPE_CHECKING, cast

from evalcore.columns import SERVICE_USER, WAVES
from evalcore.errors import UnknownNameError
from evalcore.findings.alike import case_values, values_of, with_alike
from evalcore.findings.basis import Basis
from evalcore.findings.before_after.matched.change import RESAMPLES, change_finding
from evalcore.findings.finding import Finding
from evalcore.findings.holds import holds_finding
from evalcore.findings.measures import Measure, measures
from evalcore.findings.recipes import Recipe
from evalcore.findings.scores import Scores
from evalcore.outcomes.choices import as_tuple
from evalcore.plan import planned_words, rival_words
from evalcore.study import Study

if TYPE_CHECKING:
    from evalcore.findings.people import People

HOLDS = "holds"
OUTCOMES = "outcomes"
PLAN = "plan"
NEXT_PHASE = "next_phase"
FEASIBILITY = "feasibility"
CHANGE = "change"
# Where each finding about one measure is built. A module is imported when its finding is first asked for: together they
# would take a fifth of the time that importing evalcore takes.
_BUILDERS: Mapping[str, str] = {
    "trail": "trail.trail_finding",
    "summary": "summary.summary_finding",
    "groups": "before_after.everyone.groups.groups_finding",
    CHANGE: "before_after.matched.change.change_finding",
    "normality": "before_after.matched.normality.normality_finding",
    "bayes": "before_after.matched.bayes.bayes_finding",
    "everyone": "before_after.everyone.estimates.everyone_finding",
    "leavers": "before_after.missing.leavers.leavers_finding",
    "start": "before_after.missing.start.start_finding",
    "reasons": "before_after.missing.reasons.reasons_finding",
    "tipping": "before_after.missing.tipping.tipping_finding",
    "reliable": "before_after.error.reliable.reliable_finding",
    "movement": "before_after.error.movement.movement_finding",
    "thresholds": "before_after.error.thresholds.thresholds_finding",
    "regression": "before_after.limits.regression.regression_finding",
    "by_group": "before_after.by_group.changes.by_group_finding",
    "group_difference": "before_after.by_group.group_difference.group_difference_finding",
    "scores": "questionnaires.scores_finding",
    "norms": "questionnaires.norms_finding",
    "answers": "questionnaires.answers_finding",
    "missing": "questionnaires.missing_finding",
    "consistency": "questionnaires.consistency_finding",
    "timing": "before_after.when.timing.timing_finding",
    "circumstances": "before_after.when.circumstances.circumstances_finding",
    "near_misses": "before_after.when.near_misses.near_misses_finding",
    "window": "before_after.when.window.window_finding",
    "equivalence": "before_after.limits.equivalence.equivalence_finding",
}
_OF_STUDY: Mapping[str, str] = {PLAN: "plan.plan_finding", FEASIBILITY: "feasibility.feasibility_finding"}
WAVE_KINDS = ("answers", "missing", "consistency")
"""The kinds that every measure has once a wave."""

TIME_KINDS = ("timing", "circumstances", "near_misses")
"""The kinds that a measure has only where dates, circumstances or confirmed near misses are known."""

CHOSEN_KINDS = ("window", "equivalence")
"""The kinds that a measure has once something is chosen: a window of weeks, a bound."""

CLAIM_KINDS = ("summary", CHANGE, "everyone", "tipping", "reliable", "by_group", "group_difference", *CHOSEN_KINDS)
"""The kinds that claim a change: what else could explain it, and whether it was planned, stands beside them."""

KINDS = tuple(kind for kind in _BUILDERS if kind not in (*WAVE_KINDS, *TIME_KINDS, *CHOSEN_KINDS))
"""The kinds of finding that every measure has, in the order in which they are shown."""

OGRS_KINDS = ("ogrs", "ogrs_bands", "ogrs_expected", "ogrs_checked")
"""The kinds about risk scores."""

NEED_KINDS = ("needs", "needs_number", "needs_severity", "needs_together", "needs_by", "like_for_like")
"""The kinds about OASys needs."""

REACH_KINDS = ("reach", "start_rates", "contacts", "disengagement")
"""The kinds about who was reached, who started and who left."""

LISTED_KINDS = ("reach",)
"""Those of them that a list of those asked gives without a case file."""

PEOPLE_KINDS = ("characteristics", "categories", "age", *OGRS_KINDS, *NEED_KINDS, *REACH_KINDS)
"""The kinds about the people of the case files."""

STUDY_KINDS = (HOLDS, PLAN, OUTCOMES, NEXT_PHASE, FEASIBILITY)
"""The kinds about the study as a whole; a plan of the next phase may rest on a measure."""


def build(
    kind: str,
    study: Study,
    measure: Measure | None = None,
    site: str | None = None,
    *,
    choice: Hashable = None,
    scores: Scores | None = None,
    people: People | None = None,
    resamples: int = RESAMPLES,
) -> Finding:
    """Build one finding.

    Parameters
    ----------
    kind : str
        One of `KINDS`, `WAVE_KINDS`, `TIME_KINDS` or `CHOSEN_KINDS` (which need a measure), of `PEOPLE_KINDS` or of
        `STUDY_KINDS`.
    study : Study
    measure : Measure
        One of `measures(study)`.
    site : str, optional
        The site as the file calls it.
    choice : hashable, optional
        What a person chose for this kind, as its builder takes it: a wave for `WAVE_KINDS`, the name of a norm for
        `norms`, a window of weeks for `timing` and `window`. None is the kind's default.
    scores, people : Scores, People, optional
        What is computed once a study, if it is at hand: a page that builds several findings passes the same to each.
    resamples : int
        Of the bootstrap of the effect sizes, made from 10 pairs on and only for `change`; 0 leaves it out.

    Returns
    -------
    Finding

    Raises
    ------
    UnknownNameError
        If there is no such kind, or one that needs a measure (or a choice) was asked for without.

    Examples
    --------
    >>> from evalcore.sample import sample_study
    >>> study = sample_study()
    >>> build("change", study, measures(study)[0]).id
    'change.gse.total.service-users'
    """
    if kind == HOLDS:
        return _made(holds_finding(study), kind)
    scores = scores or Scores(study)
    if kind == NEXT_PHASE:
        found = _function("next_phase.build_next_phase")(kind, scores, measure, choice)
        return _made(found, kind, measure, None, choice)
    if kind in _OF_STUDY:
        return _of_study(kind, scores)
    if kind == OUTCOMES:
        roles, family = choice if isinstance(choice, tuple) else (None, None)
        return _outcomes(scores, roles, site, family)
    if kind in PEOPLE_KINDS:
        return _of_people(kind, study, people, site, choice)
    if measure is None or kind not in _BUILDERS or (kind in CHOSEN_KINDS and choice is None):
        known = ", ".join((*_BUILDERS, *PEOPLE_KINDS, *STUDY_KINDS))
        raise UnknownNameError(f"There is no finding {kind!r} for this measure. There are: {known}.")
    return _of_measure(kind, Basis(scores, measure, site), choice, resamples)


def findings_for(
    study: Study,
    *,
    role: str | Sequence[str] | None = None,
    site: str | None = None,
    resamples: int = RESAMPLES,
) -> tuple[Finding, ...]:
    """Every finding of a study: of each measure its results and its questionnaires, and of the people their profile.

    Parameters
    ----------
    study : Study
    role : str or sequence of str, optional
        One role or several. None: every group of roles that answered. Service users and staff are never pooled: chosen
        together they give findings of their own each.
    site : str, optional
        One site as the file calls it. None: all sites.
    resamples : int
        Of the bootstrap of the effect sizes, made from 10 pairs on; 0 leaves it out.

    Returns
    -------
    tuple of Finding
        Totals and subscales, each with every kind of `KINDS`, those of `TIME_KINDS` that anything is known for and, for
        each wave that somebody answered, of `WAVE_KINDS`; `holds.study` first where neither role nor site was chosen;
        all outcomes side by side behind the measures; at the end, where service users were not left out, feasibility
        (of the whole pilot) and those of `PEOPLE_KINDS` where there are case files, of `LISTED_KINDS` where there is
        only a list of those asked.

    Examples
    --------
    >>> from evalcore.sample import sample_study
    >>> [finding.id for finding in findings_for(sample_study(), role="service user", resamples=0)][:2]
    ['trail.gse.total.service-users', 'summary.gse.total.service-users']
    """
    scores = Scores(study)
    found = [_made(holds_finding(study), HOLDS)] if role is None and site is None else []
    chosen = measures(study, role, site, scores=scores)
    for measure in chosen:
        found += _all_of(Basis(scores, measure, site), resamples)
    if chosen:
        found.append(_outcomes(scores, role, site, None))
    if study.plan is not None and site is None:
        found.append(_of_study(PLAN, scores))
    of_service_users = role is None or SERVICE_USER in as_tuple(role)
    if of_service_users and site is None and (len(study.cases) or len(study.roster)):
        found.append(_of_study(FEASIBILITY, scores))
    kinds = PEOPLE_KINDS if len(study.cases) else LISTED_KINDS if len(study.roster) else ()
    if kinds and of_service_users:
        from evalcore.findings.people import People

        people = People(study)
        found += [_of_people(kind, study, people, site) for kind in kinds]
    return tuple(found)


def _all_of(basis: Basis, resamples: int) -> Iterator[Finding]:
    for kind in (*KINDS, *_known_times(basis)):
        yield _of_measure(kind, basis, None, resamples)
    for wave in WAVES:
        if basis.groups[f"answered {wave}"].n:
            yield from (_of_measure(kind, basis, wave, resamples) for kind in WAVE_KINDS)


def _of_measure(kind: str, basis: Basis, choice: Hashable, resamples: int) -> Finding:
    if kind == CHANGE:
        found = change_finding(basis, resamples=resamples)
    else:
        builder = _function(_BUILDERS[kind])
        found = builder(basis) if choice is None else builder(basis, choice)
    found = _made(with_alike(found, values_of([basis])), kind, basis.measure, basis.site, choice)
    if kind not in CLAIM_KINDS:
        return found
    study = basis.scores.study
    planned = planned_words(study.plan, basis.measure.slug)
    return replace(found, rivals=rival_words(study.rivals), planned=planned)


def _outcomes(scores: Scores, role: str | Sequence[str] | None, site: str | None, family: Hashable) -> Finding:
    chosen = measures(scores.study, role, site, scores=scores)
    builder = _function("before_after.by_group.all_outcomes.outcomes_finding")
    found = builder(scores, chosen, site) if family is None else builder(scores, chosen, site, family)
    found = with_alike(found, values_of(Basis(scores, measure, site) for measure in chosen))
    roles = None if role is None else as_tuple(role)
    found = _made(found, OUTCOMES, None, site, None if roles is None and family is None else (roles, family))
    return replace(found, rivals=rival_words(scores.study.rivals))


def _of_study(kind: str, scores: Scores) -> Finding:
    return _made(_function(_OF_STUDY[kind])(scores), kind)


def _made(
    found: Finding, kind: str, measure: Measure | None = None, site: str | None = None, choice: Hashable = None
) -> Finding:
    """The finding with how it was made."""
    return replace(found, made_from=Recipe(kind, "" if measure is None else measure.slug, site, choice).text)


def _function(place: str) -> Callable[..., Finding]:
    module, _, name = place.rpartition(".")
    return cast(Callable[..., Finding], getattr(import_module(f"evalcore.findings.{module}"), name))


def _known_times(basis: Basis) -> Iterator[str]:
    """Those of `TIME_KINDS` that anything is known for."""
    from evalcore.findings.before_after.when.circumstances import has_circumstances
    from evalcore.findings.before_after.when.near_misses import has_near_misses
    from evalcore.findings.before_after.when.times import has_dates

    known = (has_dates(basis), has_circumstances(basis), has_near_misses(basis.scores.study))
    return compress(TIME_KINDS, known)


def _of_people(kind: str, study: Study, people: People | None, site: str | None, choice: Hashable = None) -> Finding:
    from evalcore.findings.people import BUILDERS, People

    chosen = () if choice is None else (choice,)
    found = with_alike(BUILDERS[kind](people or People(study), site, *chosen), case_values(study.cases))
    return _made(found, kind, None, site, choice)
