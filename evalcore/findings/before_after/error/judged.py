"""People by what became of their score, as groups that are only counted; of a site also those of the whole group."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np
import numpy.typing as npt

from evalcore.columns import POST, PRE
from evalcore.findings.basis import CONTEXT, Basis
from evalcore.findings.finding import Group
from evalcore.findings.questionnaires.answered import Side, holders, opposite
from evalcore.outcomes.pairs import Pairs
from evalcore.outcomes.reliable_methods import DECIMALS

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Judge = Callable[[Pairs], Mapping[str, Mask | None]]
"""For the keys of some groups: which of the matched people belong to each; None where that is not known."""

ROSE, NEITHER, FELL = "rose", "neither rose nor fell", "fell"


def change_measure(basis: Basis, direction: str) -> str:
    """What counts of a direction count, whatever the threshold: so that those of two thresholds are held together.

    >>> from evalcore.findings.measures import measures
    >>> from evalcore.findings.scores import Scores
    >>> from evalcore.sample import sample_study
    >>> study = sample_study()
    >>> change_measure(Basis(Scores(study), measures(study)[0], None), ROSE)
    'change in gse.total, rose'
    """
    return f"change in {basis.measure.key}, {direction}"


def rose_by(pairs: Pairs, threshold: float, *, inclusive: bool, down: bool = False) -> Mask:
    """Whose score rose (or fell) by a threshold in points, changes taken to 10 decimals."""
    changes: Floats = np.round((pairs.matched[POST] - pairs.matched[PRE]).to_numpy(dtype=float), DECIMALS)
    size, limit = (-changes if down else changes), round(threshold, DECIMALS)
    return np.asarray(size >= limit if inclusive else size > limit)


def counted_groups(basis: Basis, measures: Mapping[str, str], judge: Judge) -> dict[str, Group]:
    """Those who belong to each group and the matched people who do not, and the same of the whole group.

    Parameters
    ----------
    basis : Basis
    measures : mapping of str to str
        For each key of a group what it counts, whatever the questionnaire's site.
    judge : callable
        Whom of some pairs each group holds.
    """
    found: dict[str, Group] = {}
    for prefix, pairs in _sides(basis):
        people = basis.name_people(pairs.matched.index)
        known = np.ones(len(people), dtype=bool)
        for key, mask in judge(pairs).items():
            if mask is not None:
                side = Side(prefix, people, known, mask)
                for group in holders(key, f"{prefix}{basis.who}", measures[key], [side]):
                    found[group.key] = group
    return found


def both(key: str) -> tuple[str, str]:
    """Keys of those who belong to a group and of those who do not.

    >>> both("rose")
    ('rose', 'not rose')
    """
    return key, opposite(key)


def _sides(basis: Basis) -> Iterator[tuple[str, Pairs]]:
    yield "", basis.pairs
    if basis.site is not None or basis.whole_roles != basis.measure.roles:
        yield CONTEXT, basis.scores.pairs(basis.measure.instrument, basis.measure.scale, basis.whole_roles)
