"""Everything that the pages of a study can give: of all role groups, sites, measures, waves and choices."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from random import Random

from evalcore.columns import ROLE, STAFF, VOLUNTEER, WAVES
from evalcore.findings import Finding, Measure, build, measures, sites
from evalcore.findings.basis import Basis
from evalcore.findings.before_after.by_group.group_columns import columns_for
from evalcore.findings.before_after.error.movement import schemes_of
from evalcore.findings.before_after.error.reliable import ReliableChoice
from evalcore.findings.before_after.limits.bound import Bound
from evalcore.findings.before_after.limits.regression import RegressionChoice, regression_norms
from evalcore.findings.before_after.when.times import gaps_of, has_dates
from evalcore.findings.building import KINDS, TIME_KINDS, WAVE_KINDS
from evalcore.findings.next_phase.choices import GroupsChoice, PairsChoice
from evalcore.findings.people import People
from evalcore.findings.questionnaires import norms_of
from evalcore.findings.scores import Scores
from evalcore.study import Study
from tests.disclosure.people_exports import kinds_and_choices

Offer = Callable[[], Finding]
"""Builds one finding that a page offers for download."""

_REASON = "agreed beforehand"
_COLUMNS = 3
"""So many columns group the people of each measure and site, drawn anew for each."""
_FAMILIES = ("totals", "all", "study")


def everything(study: Study) -> list[Finding]:
    """Every finding that can be exported, under every filter and with a spread of choices."""
    return [make() for make in offers(study)]


def offers(study: Study) -> list[Offer]:
    """Whatever the pages offer, under every filter, not built yet; all of it rests on the same scores."""
    return [*of_measures(study), *of_people(study)]


def of_measures(study: Study) -> list[Offer]:
    """What the pages about questionnaires offer."""
    scores = Scores(study)
    found: list[Offer] = [partial(build, "holds", study)]
    for role, site in filters(study):
        chosen = measures(study, role, site, scores=scores)
        for measure in chosen:
            found += _of_measure(study, scores, measure, site)
        for family in (None, *_FAMILIES) if chosen else ():
            found.append(partial(build, "outcomes", study, None, site, choice=(role, family), scores=scores))
    return found


def of_people(study: Study) -> list[Offer]:
    """What the pages about people and feasibility offer."""
    if study.cases.empty and study.roster.empty:
        return []
    people = People(study)
    found: list[Offer] = [partial(build, "feasibility", study)]
    for kind, choice in kinds_and_choices(study, people):
        found += [
            partial(build, kind, study, None, site, choice=choice, people=people) for site in (None, *sites(study))
        ]
    return found


def filters(study: Study) -> list[tuple[str | None, str | None]]:
    """Every choice of role and site that the sidebar offers and that chooses other people than another does."""
    present = set(study.responses[ROLE].dropna()) if ROLE in study.responses else set()
    apart = (STAFF, VOLUNTEER) if {STAFF, VOLUNTEER} <= present else ()
    return [(role, site) for role in (None, *apart) for site in (None, *sites(study))]


def _of_measure(study: Study, scores: Scores, measure: Measure, site: str | None) -> Iterator[Offer]:
    basis = Basis(scores, measure, site)
    for kind, choice in (*_plain(basis), *_chosen(basis)):
        yield partial(build, kind, study, measure, site, choice=choice, scores=scores, resamples=0)
    if site is None:
        for plan in (PairsChoice(change=1.0, reason=_REASON), GroupsChoice(difference=1.0, reason=_REASON)):
            yield partial(build, "next_phase", study, measure, choice=plan, scores=scores)


def _plain(basis: Basis) -> Iterator[tuple[str, object]]:
    times = TIME_KINDS[:2] if has_dates(basis) else ()
    yield from ((kind, None) for kind in (*KINDS, *times))
    for wave in WAVES:
        if basis.groups[f"answered {wave}"].n:
            yield from ((kind, wave) for kind in WAVE_KINDS)


def _chosen(basis: Basis) -> Iterator[tuple[str, object]]:
    """What only a choice gives: groups, norms, bands, thresholds, bounds, assumptions, windows."""
    measure = basis.measure
    columns = list(columns_for(basis))
    for column in Random(f"{measure.slug} {basis.site}").sample(columns, k=min(len(columns), _COLUMNS)):
        yield "by_group", column
        yield "group_difference", column
    for norm in norms_of(measure):
        yield "norms", norm.name
    for norm in regression_norms(measure):
        yield "regression", RegressionChoice(norm.name, 0.7, "made up")
    for scheme in schemes_of(measure):
        yield "movement", scheme.id
    width = measure.high - measure.low
    for part in (0.02, 0.15):
        yield "reliable", ReliableChoice("points", threshold=round(part * width, 2))
        yield "thresholds", Bound(round(part * width, 2), _REASON)
        yield "equivalence", Bound(round(part * width, 2), _REASON)
    for assumed in (-0.1, 0.15):
        yield "tipping", round(assumed * width, 1)
    for window in windows(basis):
        yield "timing", window
        yield "window", window


def windows(basis: Basis) -> list[tuple[float, float]]:
    """Windows that hold more and more of the pairs, from both ends: what a person would try who means harm."""
    if not has_dates(basis):
        return []
    weeks = sorted(set(gaps_of(basis).weeks.round(1).tolist()))
    few = weeks[:: max(1, len(weeks) // 3)]
    return [(0.0, week) for week in few] + [(week, 200.0) for week in few[1:]]
