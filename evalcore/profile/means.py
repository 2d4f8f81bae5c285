"""A mean of the pilot's people beside the mean of the caseload."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.errors import EvalcoreError
from evalcore.outcomes.description import check_confidence
from evalcore.outcomes.numbers import numbers
from evalcore.outcomes.welch import welch
from evalcore.profile.spread import Spread
from evalcore.wording import count

Values = npt.NDArray[np.float64]

EXACT_BELOW = 50
"""Size of each group below which Mann-Whitney is exact where there are no ties, as in R."""


@dataclass(frozen=True)
class PublishedMean:
    """A caseload known only by its published figures; `sd` or `n` is None where it was not published.

    Examples
    --------
    >>> PublishedMean(48.2, sd=None, n=9_000).mean
    48.2
    """

    mean: float
    sd: float | None = None
    n: int | None = None

    def __post_init__(self) -> None:
        if pd.isna(self.mean) or not math.isfinite(self.mean):
            raise EvalcoreError("A published mean must be a number.")
        if self.sd is not None and not (math.isfinite(self.sd) and self.sd >= 0):
            raise EvalcoreError(
                "A published SD must be a number that is not negative; leave it out where none is given."
            )
        if self.n is not None and not (self.n >= 1 and self.n == int(self.n)):
            raise EvalcoreError(
                "A published number of people must be a whole number from 1; leave it out where none is."
            )


@dataclass(frozen=True, kw_only=True)
class MeanComparison:
    """Two means and how they differ. None is what can not be computed; `notes` say why.

    Attributes
    ----------
    n_pilot, n_caseload : int
        People with a value; `n_caseload` is None where published figures do not say.
    mean_pilot, mean_caseload, sd_pilot, sd_caseload : float
        In the unit of the values; SD with n - 1.
    difference, ci_low, ci_high, t, df, p_value : float
        Pilot minus caseload; Welch's test, two-sided.
    mann_whitney_u, mann_whitney_p : float
        Pairs of one person of each side in which the pilot's value is the higher, ties counting a half; two-sided p.
    method : str
        The tests as made; None where none could be made.
    confidence : float
        Of the interval.
    notes : tuple of str
    """

    n_pilot: int
    n_caseload: int | None
    mean_pilot: float | None = None
    mean_caseload: float | None = None
    sd_pilot: float | None = None
    sd_caseload: float | None = None
    difference: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    t: float | None = None
    df: float | None = None
    p_value: float | None = None
    mann_whitney_u: float | None = None
    mann_whitney_p: float | None = None
    method: str | None = None
    confidence: float = 0.95
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Side:
    """One side of the comparison: what is known of it."""

    name: str
    n: int | None
    mean: float | None
    sd: float | None


def compare_means(pilot: Any, caseload: Any, *, confidence: float = 0.95) -> MeanComparison:
    """Compare the mean of the pilot with that of the caseload.

    Parameters
    ----------
    pilot, caseload : array-like of float
        One value a person, in the same unit. None, NaN and `pd.NA` are left out and counted in the notes. Nobody may be
        on both sides: take the pilot out of the caseload first. Either may be a `Spread`, and `caseload` a
        `PublishedMean`.
    confidence : float
        Of the interval of the difference.

    Returns
    -------
    MeanComparison
        Welch's test always, whether or not the sizes are equal; it needs two values on each side and some spread.
        Mann-Whitney as R's `wilcox.test`: exact without ties where both sides have fewer than 50 people, else the
        normal approximation with tie and continuity correction; values equal to 10 decimals are tied. With published
        figures only the difference, and Welch's test where SD and n are given. Checked against R: `t.test` and
        `wilcox.test`.

    Raises
    ------
    EvalcoreError
        If a value is not a finite number, or `confidence` does not lie between 0 and 1.

    Examples
    --------
    >>> found = compare_means([50, 62, 41, 70], [40, 45, 52, 39, 48])
    >>> round(found.difference, 2), round(found.ci_low, 1), round(found.ci_high, 1)
    (10.95, -8.3, 30.2)
    >>> found.mann_whitney_u, found.method
    (16.0, "Welch's t test; Mann-Whitney U test, exact")
    >>> compare_means([50, 62], PublishedMean(48.0)).notes[0]
    'The SD and the number of people of the caseload are not published: no interval and no Welch test.'
    """
    check_confidence(confidence)
    notes: list[str] = []
    values = _values(pilot, "pilot", notes)
    ours = _described("pilot", values)
    if isinstance(caseload, PublishedMean):
        others = None
        theirs = _Side("caseload", caseload.n, float(caseload.mean), caseload.sd)
    else:
        others = _values(caseload, "caseload", notes)
        theirs = _described("caseload", others)
    found: dict[str, Any] = {}
    methods: list[str] = []
    if ours.mean is not None and theirs.mean is not None:
        found["difference"] = ours.mean - theirs.mean
        found |= _welch_test(ours, theirs, confidence, methods, notes)
        found |= _mann_whitney(values, others, methods, notes)
    else:
        empty = [side.name for side in (ours, theirs) if side.mean is None]
        notes.append(f"No value is known for anybody of the {' or the '.join(empty)}: no comparison.")
    return MeanComparison(
        n_pilot=len(values),
        n_caseload=theirs.n,
        mean_pilot=ours.mean,
        mean_caseload=theirs.mean,
        sd_pilot=ours.sd,
        sd_caseload=theirs.sd,
        method="; ".join(methods) or None,
        confidence=confidence,
        notes=tuple(notes),
        **found,
    )


def _values(given: Any, name: str, notes: list[str]) -> Spread:
    """Give the known values, and note how many are missing."""
    if isinstance(given, Spread):
        return given
    values = numbers(given, f"values of the {name}").ravel()
    known = values[~np.isnan(values)]
    if not np.isfinite(known).all():
        raise EvalcoreError(f"The values of the {name} must be finite numbers. Take out or correct what is not.")
    missing = len(values) - len(known)
    if missing:
        one, many = f"person of the {name} has no value and is", f"people of the {name} have no value and are"
        notes.append(f"{count(missing, one, many)} left out.")
    return Spread.of(known)


def _described(name: str, values: Spread) -> _Side:
    n = len(values)
    return _Side(name, n, values.mean if n else None, values.sd if n > 1 else None)


def _welch_test(
    ours: _Side, theirs: _Side, confidence: float, methods: list[str], notes: list[str]
) -> dict[str, float]:
    sides = (ours, theirs)
    alone = [side.name for side in sides if side.n == 1]
    if alone:
        notes.append(f"One value only in the {' and the '.join(alone)}: no SD there, no interval and no Welch test.")
    unknown = [what for what, value in (("SD", theirs.sd), ("number of people", theirs.n)) if value is None]
    if theirs.n != 1 and unknown:
        verb = "is" if len(unknown) == 1 else "are"
        notes.append(
            f"The {' and the '.join(unknown)} of the caseload {verb} not published: no interval and no Welch test."
        )
    if alone or ours.mean is None or theirs.mean is None:
        return {}
    if ours.n is None or ours.sd is None or theirs.n is None or theirs.sd is None:
        return {}
    found = welch(ours.mean, ours.sd, ours.n, theirs.mean, theirs.sd, theirs.n, confidence=confidence)
    if found is None:
        notes.append("All values are equal on each side: without spread there is no interval and no Welch test.")
        return {}
    methods.append("Welch's t test")
    return asdict(found)


def _mann_whitney(values: Spread, others: Spread | None, methods: list[str], notes: list[str]) -> dict[str, float]:
    if others is None:
        notes.append("Only published figures of the caseload are known: no Mann-Whitney test, which needs each value.")
        return {}
    n, n_others = len(values), len(others)
    both: Values = np.unique(np.concatenate([np.round(side.values, 10) for side in (values, others)])).astype(float)
    if len(both) == 1:
        notes.append("All values are the same on both sides: no p for the Mann-Whitney test.")
        return {"mann_whitney_u": n * n_others / 2}
    ours, theirs = (_at(both, side) for side in (values, others))
    below = np.cumsum(theirs) - theirs
    u = float((ours * (below + theirs / 2)).sum())
    exact = max(n, n_others) < EXACT_BELOW and int((ours + theirs).max()) == 1
    how = "exact" if exact else "normal approximation with tie and continuity correction"
    methods.append(f"Mann-Whitney U test, {how}")
    p_value = _exact_p(values, others) if exact else _normal_p(u, n, n_others, ours + theirs)
    return {"mann_whitney_u": u, "mann_whitney_p": p_value}


def _at(both: Values, side: Spread) -> Values:
    """How many people of one side have each of these values, equal to 10 decimals."""
    places = np.searchsorted(both, np.round(side.values, 10))
    return np.bincount(places, weights=side.people, minlength=len(both)).astype(np.float64)


def _exact_p(values: Spread, others: Spread) -> float:
    from scipy.stats import mannwhitneyu

    ours, theirs = (np.round(side.one_by_one(), 10) for side in (values, others))
    test = mannwhitneyu(ours, theirs, method="exact")
    return min(1.0, float(test.pvalue))


def _normal_p(u: float, n: int, n_others: int, tied: Values) -> float:
    """The two-sided p of U, with the ties of all people taken into its spread."""
    from scipy.special import ndtr

    everyone = n + n_others
    ties = float((tied**3 - tied).sum()) / (everyone * (everyone - 1))
    spread = math.sqrt(n * n_others / 12 * (everyone + 1 - ties))
    return min(1.0, 2 * float(ndtr(-(abs(u - n * n_others / 2) - 0.5) / spread)))
