"""Which findings there are, and how to build one or all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import compress
from typing import TYPE_CHECKING

from evalcore.columns import PRE, SERVICE_USER, WAVES
from evalcore.errors import UnknownNameError
from evalcore.findings.basis import Basis
from evalcore.findings.change import RESAMPLES, change_finding
from evalcore.findings.finding import Finding
from evalcore.findings.groups import groups_finding
from evalcore.findings.holds import holds_finding
from evalcore.findings.leavers import leavers_finding
from evalcore.findings.measures import Measure, measures
from evalcore.findings.reasons import reasons_finding
from evalcore.findings.scores import Scores
from evalcore.findings.summary import summary_finding
from evalcore.findings.trail import trail_finding
from evalcore.outcomes.choices import as_tuple
from evalcore.study import Study

if TYPE_CHECKING:
    from evalcore.findings.people import People
    from evalcore.findings.times import Window

CHANGE = "change"
HOLDS = "holds"
NORMS = "norms"
_RESULTS: Mapping[str, Callable[[Basis], Finding]] = {
    "trail": trail_finding,
    "summary": summary_finding,
    "groups": groups_finding,
    "leavers": leavers_finding,
    "reasons": reasons_finding,
}
# What follows is imported when first used: together it would take a fifth of the time that importing evalcore takes.
KINDS = ("trail", "summary", "groups", CHANGE, "leavers", "reasons", "scores", NORMS)
"""The kinds of finding that every measure has, in the order in which they are shown."""

WAVE_KINDS = ("answers", "missing", "consistency")
"""The kinds that every measure has once a wave."""

PEOPLE_KINDS = ("characteristics", "age", "ogrs", "needs", "needs_number")
"""The kinds about the people of the case files."""

TIME_KINDS = ("timing", "circumstances", "near_misses")
"""The kinds that a measure has only where dates, circumstances or confirmed near misses are known."""

WINDOW = "window"
"""The kind that a measure has once a window of weeks is chosen."""


def build(
    kind: str,
    study: Study,
    measure: Measure | None = None,
    site: str | None = None,
    *,
    wave: str | None = None,
    norm: str | None = None,
    window: Window | None = None,
    scores: Scores | None = None,
    people: People | None = None,
    resamples: int = RESAMPLES,
) -> Finding:
    """Build one finding.

    Parameters
    ----------
    kind : str
        One of `KINDS`, `WAVE_KINDS`, `TIME_KINDS` or `window` (which need a measure), of `PEOPLE_KINDS`, or `holds`.
    study : Study
    measure : Measure
        One of `measures(study)`.
    site : str, optional
        The site as the file calls it.
    wave : str, optional
        For `WAVE_KINDS`: `pre` (the default) or `post`.
    norm : str, optional
        For `norms`: the name of one of `norms_of(measure)`; None is the measure's default norm.
    window : (float, float), optional
        For `timing` and `window`: fewest and most weeks between before and after.
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
        If there is no such kind, or one that needs a measure (or a window) was asked for without.

    Examples
    --------
    >>> from evalcore.sample import sample_study
    >>> study = sample_study()
    >>> build("change", study, measures(study)[0]).id
    'change.gse.total.service-users'
    """
    if kind == HOLDS:
        return holds_finding(study)
    if kind in PEOPLE_KINDS:
        return _of_people(kind, study, people, site)
    if measure is None or kind not in (*KINDS, *WAVE_KINDS, *TIME_KINDS, WINDOW) or (kind == WINDOW and window is None):
        known = ", ".join((*KINDS, *WAVE_KINDS, *TIME_KINDS, WINDOW, *PEOPLE_KINDS, HOLDS))
        raise UnknownNameError(f"There is no finding {kind!r} for this measure. There are: {known}.")
    basis = Basis(scores or Scores(study), measure, site)
    if kind in WAVE_KINDS:
        return _of_wave(kind, basis, wave or PRE)
    if kind in (*TIME_KINDS, WINDOW):
        return _of_time(kind, basis, window)
    return _of_measure(kind, basis, norm, resamples)


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
        at the end those of `PEOPLE_KINDS` where there are case files and service users were not left out.

    Examples
    --------
    >>> from evalcore.sample import sample_study
    >>> [finding.id for finding in findings_for(sample_study(), role="service user", resamples=0)][:2]
    ['trail.gse.total.service-users', 'summary.gse.total.service-users']
    """
    scores = Scores(study)
    found = [holds_finding(study)] if role is None and site is None else []
    for measure in measures(study, role, site, scores=scores):
        found += _all_of(Basis(scores, measure, site), resamples)
    if len(study.cases) and (role is None or SERVICE_USER in as_tuple(role)):
        from evalcore.findings.people import People

        people = People(study)
        found += [_of_people(kind, study, people, site) for kind in PEOPLE_KINDS]
    return tuple(found)


def _all_of(basis: Basis, resamples: int) -> Iterator[Finding]:
    for kind in KINDS:
        yield _of_measure(kind, basis, None, resamples)
    yield from (_of_time(kind, basis, None) for kind in _known_times(basis))
    for wave in WAVES:
        if basis.groups[f"answered {wave}"].n:
            yield from (_of_wave(kind, basis, wave) for kind in WAVE_KINDS)


def _of_measure(kind: str, basis: Basis, norm: str | None, resamples: int) -> Finding:
    if kind == CHANGE:
        return change_finding(basis, resamples=resamples)
    if kind in _RESULTS:
        return _RESULTS[kind](basis)
    from evalcore.findings.questionnaires import norms_finding, scores_finding

    return norms_finding(basis, norm) if kind == NORMS else scores_finding(basis)


def _of_wave(kind: str, basis: Basis, wave: str) -> Finding:
    from evalcore.findings import questionnaires

    builders = {
        "answers": questionnaires.answers_finding,
        "missing": questionnaires.missing_finding,
        "consistency": questionnaires.consistency_finding,
    }
    return builders[kind](basis, wave)


def _known_times(basis: Basis) -> Iterator[str]:
    """Those of `TIME_KINDS` that anything is known for."""
    from evalcore.findings.circumstances import has_circumstances
    from evalcore.findings.near_misses import has_near_misses
    from evalcore.findings.times import has_dates

    known = (has_dates(basis), has_circumstances(basis), has_near_misses(basis.scores.study))
    return compress(TIME_KINDS, known)


def _of_time(kind: str, basis: Basis, window: Window | None) -> Finding:
    if kind == WINDOW and window is not None:
        from evalcore.findings.window import window_finding

        return window_finding(basis, window)
    if kind == "timing":
        from evalcore.findings.timing import timing_finding

        return timing_finding(basis, window)
    if kind == "circumstances":
        from evalcore.findings.circumstances import circumstances_finding

        return circumstances_finding(basis)
    from evalcore.findings.near_misses import near_misses_finding

    return near_misses_finding(basis)


def _of_people(kind: str, study: Study, people: People | None, site: str | None) -> Finding:
    from evalcore.findings.people import BUILDERS, People

    return BUILDERS[kind](people or People(study), site)
