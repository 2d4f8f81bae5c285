"""When the people of a measure answered, as the findings about time share it: gaps, and groups of people."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

import pandas as pd

from evalcore.columns import RESPONDENT_ID
from evalcore.findings.basis import CONTEXT, Basis
from evalcore.findings.finding import FIELDWORK, FIELDWORK_BY_SITE, HAVING, Group
from evalcore.findings.scores import Scores
from evalcore.outcomes.pairs import Pairs
from evalcore.outcomes.timing import Gaps, gaps, starts, within

Window = tuple[float, float]
"""Fewest and most weeks between before and after, both included."""

BETWEEN, NOT_BETWEEN = "weeks between", "no usable dates"
STARTED, NOT_STARTED = "start known", "start not known"
INSIDE, COUNTED_INSIDE, COUNTED_OUTSIDE = "inside the window", "counted inside", "counted outside"
"""Keys of the groups."""

# The same weeks whatever the questionnaire: figures of all measures are held against each other.
_BETWEEN_MEASURE = "weeks from before to after"
_STARTED_MEASURE = "weeks from the start to before"
_INSIDE_MEASURE = f"{HAVING}weeks from before to after, inside a window"
_OUTSIDE_MEASURE = f"{HAVING}weeks from before to after, outside a window"


def gaps_of(basis: Basis) -> Gaps:
    """Measure the gaps of the people looked at."""
    return _gaps(basis, basis.measure.roles, basis.site)


def has_dates(basis: Basis) -> bool:
    """Whether any time is known: between before and after, or from the start."""
    return bool(gaps_of(basis).described["n"].any())


def time_groups(basis: Basis) -> dict[str, Group]:
    """Those whose times are known and those whose are not, and the same of the whole group that they are part of."""
    found = dict(_known(basis, gaps_of(basis), basis.pairs, "", by_site=basis.site is not None))
    for pairs, of in _whole(basis):
        found |= _known(basis, of, pairs, CONTEXT, by_site=False)
    return found


def window_groups(basis: Basis, inside: Pairs, window: Window) -> dict[str, Group]:
    """Pairs inside and outside a window, and the same of the whole group that they are part of."""
    found = dict(_counted(basis, gaps_of(basis), inside, ""))
    for pairs, of in _whole(basis):
        found |= _counted(basis, of, within(pairs, of, *window), CONTEXT)
    return found


def _gaps(basis: Basis, roles: tuple[str, ...], site: str | None) -> Gaps:
    measure, scores = basis.measure, basis.scores
    key = (measure.instrument, measure.scale, roles, site)
    return scores.once(
        ("gaps", key),
        lambda: gaps(
            scores.of(measure.instrument),
            instrument=measure.instrument,
            scale=measure.scale,
            role=roles or None,
            site=site,
            started=_started(scores),
            pairs=scores.pairs(*key),
        ),
    )


def _started(scores: Scores) -> pd.DataFrame:
    return scores.once("starts", lambda: starts(scores.study.roster, scores.study.cases))


def _whole(basis: Basis) -> Iterator[tuple[Pairs, Gaps]]:
    """Pairs and gaps of the whole group, where the people looked at are a part of it."""
    roles = basis.whole_roles
    if basis.site is not None or roles != basis.measure.roles:
        yield basis.scores.pairs(basis.measure.instrument, basis.measure.scale, roles), _gaps(basis, roles, None)


def _known(basis: Basis, of: Gaps, pairs: Pairs, prefix: str, *, by_site: bool) -> Iterator[tuple[str, Group]]:
    counted = FIELDWORK_BY_SITE if by_site else FIELDWORK
    lead = of.people.set_index(RESPONDENT_ID)["start_to_pre_days"].dropna().index
    before = [*pairs.matched.index, *pairs.pre_only.index]
    sides = (
        (BETWEEN, _BETWEEN_MEASURE, of.weeks.index),
        (NOT_BETWEEN, counted, pairs.matched.index.difference(of.weeks.index)),
        (STARTED, _STARTED_MEASURE, lead),
        (NOT_STARTED, counted, pd.Index(before).difference(lead)),
    )
    for key, measure, names in sides:
        yield prefix + key, _group(basis, prefix + key, measure, names)


def _counted(basis: Basis, of: Gaps, inside: Pairs, prefix: str) -> Iterator[tuple[str, Group]]:
    sides = (
        (INSIDE, basis.measure.key, inside.matched.index),
        (COUNTED_INSIDE, _INSIDE_MEASURE, inside.matched.index),
        (COUNTED_OUTSIDE, _OUTSIDE_MEASURE, of.weeks.index.difference(inside.matched.index)),
    )
    for key, measure, names in sides:
        yield prefix + key, _group(basis, prefix + key, measure, names)


def _group(basis: Basis, key: str, measure: str, names: Iterable[Hashable]) -> Group:
    return Group(key, f"{basis.who}, {key}", measure, frozenset(basis.name_people(names)))
