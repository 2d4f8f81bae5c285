"""Everything that the pages of a study can give: of all role groups, sites, measures, waves and choices."""

from __future__ import annotations

from collections.abc import Iterator

from evalcore.columns import ROLE, STAFF, VOLUNTEER
from evalcore.findings import Finding, build, findings_for, measures, sites
from evalcore.findings.basis import Basis
from evalcore.findings.before_after.by_group.group_columns import columns_for
from evalcore.findings.before_after.error.movement import schemes_of
from evalcore.findings.before_after.error.reliable import ReliableChoice
from evalcore.findings.before_after.limits.bound import Bound
from evalcore.findings.before_after.limits.regression import RegressionChoice, regression_norms
from evalcore.findings.before_after.when.times import gaps_of, has_dates
from evalcore.findings.next_phase.choices import GroupsChoice, PairsChoice
from evalcore.findings.questionnaires import norms_of
from evalcore.findings.scores import Scores
from evalcore.study import Study

_REASON = "agreed beforehand"
_FAMILIES = ("totals", "all", "study")


def roles_offered(study: Study) -> tuple[str | None, ...]:
    """All role groups, and staff and volunteers each by themselves: service users are a group of their own."""
    present = set(study.responses[ROLE].dropna()) if ROLE in study.responses else set()
    return (None, *(role for role in (STAFF, VOLUNTEER) if role in present))


def filters(study: Study) -> list[tuple[str | None, str | None]]:
    """Every choice of role and site that the sidebar offers."""
    return [(role, site) for role in roles_offered(study) for site in (None, *sites(study))]


def everything(study: Study) -> list[Finding]:
    """Every finding that can be exported, under every filter and with a spread of choices."""
    found = []
    for role, site in filters(study):
        found += findings_for(study, role=role, site=site, resamples=0)
        found += chosen(study, role, site)
    return found


def chosen(study: Study, role: str | None, site: str | None) -> Iterator[Finding]:
    """What only a choice gives: windows, groups, norms, thresholds, bounds, assumptions, families, plans."""
    scores = Scores(study)
    for measure in measures(study, role, site, scores=scores):
        basis = Basis(scores, measure, site)
        for kind, choice in _choices(basis):
            yield build(kind, study, measure, site, choice=choice, scores=scores)
        if site is None:
            for plan in (PairsChoice(change=1.0, reason=_REASON), GroupsChoice(difference=1.0, reason=_REASON)):
                yield build("next_phase", study, measure, choice=plan, scores=scores)
    for family in _FAMILIES:
        yield build("outcomes", study, None, site, choice=(role, family), scores=scores)


def _choices(basis: Basis) -> Iterator[tuple[str, object]]:
    measure = basis.measure
    for column in columns_for(basis):
        yield "by_group", column
        yield "group_difference", column
    for norm in norms_of(measure):
        yield "norms", norm.name
    for norm in regression_norms(measure):
        yield "regression", RegressionChoice(norm.name, 0.7, "made up")
    for scheme in schemes_of(measure):
        yield "movement", scheme.id
    width = measure.high - measure.low
    for part in (0.02, 0.1, 0.2):
        yield "reliable", ReliableChoice("points", threshold=round(part * width, 2))
        yield "thresholds", Bound(round(part * width, 2), _REASON)
        yield "equivalence", Bound(round(part * width, 2), _REASON)
    for assumed in (-0.1, 0.15):
        yield "tipping", round(assumed * width, 1)
    for window in windows(basis):
        yield "timing", window
        yield "window", window


def windows(basis: Basis) -> list[tuple[float, float]]:
    """A window for each number of pairs that one can hold, from both ends: what a person would try who means harm."""
    if not has_dates(basis):
        return []
    weeks = sorted(set(gaps_of(basis).weeks.round(1).tolist()))
    few = weeks[:: max(1, len(weeks) // 6)]
    return [(0.0, week) for week in few] + [(week, 200.0) for week in few[1:]]
