"""Which findings there are, and how to build one or all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

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
from evalcore.study import Study

CHANGE = "change"
HOLDS = "holds"
_BUILDERS: Mapping[str, Callable[[Basis], Finding]] = {
    "trail": trail_finding,
    "summary": summary_finding,
    "groups": groups_finding,
    CHANGE: change_finding,
    "leavers": leavers_finding,
    "reasons": reasons_finding,
}
KINDS = tuple(_BUILDERS)
"""The kinds of finding that every measure has, in the order in which they are shown."""


def build(
    kind: str,
    study: Study,
    measure: Measure | None = None,
    site: str | None = None,
    *,
    scores: Scores | None = None,
    resamples: int = RESAMPLES,
) -> Finding:
    """Build one finding.

    Parameters
    ----------
    kind : str
        One of `KINDS`, or `holds` (which has no measure).
    study : Study
    measure : Measure
        One of `measures(study)`.
    site : str, optional
        The site as the file calls it.
    scores : Scores, optional
        The study's scores if they are at hand: a page that builds several findings makes one and passes it to each.
    resamples : int
        Of the bootstrap of the effect sizes, made from 10 pairs on and only for `change`; 0 leaves it out.

    Returns
    -------
    Finding

    Raises
    ------
    UnknownNameError
        If there is no such kind, or a kind other than `holds` was asked for without a measure.

    Examples
    --------
    >>> from evalcore.sample import sample_study
    >>> study = sample_study()
    >>> build("change", study, measures(study)[0]).id
    'change.gse.total.service-users'
    """
    if kind == HOLDS:
        return holds_finding(study)
    if kind not in _BUILDERS or measure is None:
        raise UnknownNameError(f"There is no finding {kind!r} for this measure. There are: {', '.join(KINDS)}.")
    return _build(kind, Basis(scores or Scores(study), measure, site), resamples)


def findings_for(
    study: Study,
    *,
    role: str | Sequence[str] | None = None,
    site: str | None = None,
    resamples: int = RESAMPLES,
) -> tuple[Finding, ...]:
    """Every finding of a study: for each measure its trail, summary, groups, change, leavers and reasons.

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
        Totals and subscales; `holds.study` first where neither role nor site was chosen. Without answers only that.

    Examples
    --------
    >>> from evalcore.sample import sample_study
    >>> [finding.id for finding in findings_for(sample_study(), role="service user", resamples=0)][:2]
    ['trail.gse.total.service-users', 'summary.gse.total.service-users']
    """
    scores = Scores(study)
    found = [holds_finding(study)] if role is None and site is None else []
    for measure in measures(study, role, site, scores=scores):
        basis = Basis(scores, measure, site)
        found += [_build(kind, basis, resamples) for kind in KINDS]
    return tuple(found)


def _build(kind: str, basis: Basis, resamples: int) -> Finding:
    return change_finding(basis, resamples=resamples) if kind == CHANGE else _BUILDERS[kind](basis)
