"""One common factor by maximum likelihood: what omega total rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]

LEAST_UNIQUENESS = 0.005
"""A uniqueness that falls to this bound (the one of R's `factanal`) marks an improper solution, a Heywood case."""
_FLAT = 1e-9
_MOST_STEPS = 100
_MOST_HALVINGS = 30
_LONGEST_STEP = 1.0
_ENOUGH_FALL = 1e-4
_ROUNDING = 1e-10
"""The discrepancy is not known more exactly where a uniqueness is small; Newton's steps are taken on trust there."""


@dataclass(frozen=True, eq=False)
class OneFactor:
    """Loadings and uniquenesses of the standardised items; `converged` is False where no optimum was reached."""

    loadings: Values
    uniquenesses: Values
    converged: bool

    @property
    def improper(self) -> bool:
        """Whether a uniqueness lies at its bound: the model would need it at or below zero."""
        return bool((self.uniquenesses <= LEAST_UNIQUENESS * (1 + 1e-9)).any())


def one_factor(correlations: Values) -> OneFactor:
    """Fit one factor to a correlation matrix by maximum likelihood.

    Parameters
    ----------
    correlations : array, shape (k, k)
        Of at least three items, positive definite. Maximum likelihood does not depend on the items' scale: loadings on
        covariances are these times the SDs, uniquenesses these times the variances.

    Returns
    -------
    OneFactor
        The sign of the loadings as a whole is arbitrary.

    Notes
    -----
    The likelihood is concentrated on the logarithms of the uniquenesses (Lawley & Maxwell 1971, Jöreskog 1967) and
    minimised by Newton's method with exact second derivatives, from several starting points and with the bound of R's
    `factanal`. Checked against `factanal(factors = 1)`.

    Examples
    --------
    >>> loadings = np.array([0.8, 0.7, 0.6, 0.5])
    >>> found = one_factor(np.outer(loadings, loadings) + np.diag(1 - loadings**2))
    >>> [round(abs(float(one)), 6) for one in found.loadings], found.improper
    ([0.8, 0.7, 0.6, 0.5], False)
    """
    reached = [_descend(correlations, start) for start in _starts(correlations)]
    best, converged = min(reached, key=lambda one: one[0].value)
    return best.solution(converged=converged)


def _starts(correlations: Values) -> Iterator[Values]:
    """Uniquenesses to start from; in small samples each alone now and then ends in an optimum that is not the lowest.

    They are those of R's `factanal`, those of items with little in common, and those of the second principal component.
    """
    k = len(correlations)
    roots, vectors = np.linalg.eigh(correlations)
    yield (1 - 0.5 / k) / np.diag(np.linalg.inv(correlations))
    yield np.full(k, 0.9)
    yield np.maximum(1 - roots[-2] * vectors[:, -2] ** 2, 0.1)


def _descend(correlations: Values, start: Values) -> tuple[_Point, bool]:
    """Go down until it is flat; also say whether it is."""
    lowest = float(np.log(LEAST_UNIQUENESS))
    point = _Point(correlations, np.maximum(np.log(start), lowest))
    for _ in range(_MOST_STEPS):
        held = (point.logs <= lowest) & (point.gradient > 0)
        if np.abs(point.gradient[~held]).max(initial=0.0) < _FLAT:
            return point, True
        following = _next(correlations, point, ~held, lowest)
        if following is None:
            break
        point = following
    return point, False


class _Point:
    """The discrepancy at given logarithms of the uniquenesses, with its first derivatives."""

    def __init__(self, correlations: Values, logs: Values) -> None:
        self.logs = logs
        shrink = np.exp(-logs / 2)
        self.roots, self.vectors = np.linalg.eigh(correlations * np.outer(shrink, shrink))
        rest = np.maximum(self.roots[:-1], np.finfo(float).tiny)
        self.value = float((rest - np.log(rest) - 1).sum())
        self.gradient: Values = self.vectors[:, :-1] ** 2 @ (1 - self.roots[:-1])

    def curvature(self) -> Values:
        """Second derivatives; their leading part, which is never negative, where they do not curve upwards."""
        rest, first, roots, root = self.vectors[:, :-1], self.vectors[:, -1], self.roots[:-1], self.roots[-1]
        inside = rest @ rest.T
        gaps = np.maximum(root - roots, np.finfo(float).eps)
        across = (rest * ((1 - roots) * (root + roots) / gaps)) @ rest.T
        exact: Values = inside * ((rest * roots) @ rest.T) + np.outer(first, first) * across
        if np.linalg.eigvalsh(exact)[0] > _FLAT:
            return exact
        leading: Values = inside**2 + _FLAT * np.eye(len(inside))
        return leading

    def solution(self, *, converged: bool) -> OneFactor:
        uniquenesses = np.exp(self.logs)
        loadings = np.sqrt(uniquenesses * max(self.roots[-1] - 1, 0.0)) * self.vectors[:, -1]
        return OneFactor(loadings, uniquenesses, converged)


def _next(correlations: Values, point: _Point, free: npt.NDArray[np.bool_], lowest: float) -> _Point | None:
    """Go down by Newton's step, halved until it is a fall; None where no step is."""
    step = np.zeros(len(point.logs))
    step[free] = -np.linalg.solve(point.curvature()[np.ix_(free, free)], point.gradient[free])
    step *= min(1.0, _LONGEST_STEP / float(np.abs(step).max()))
    for _ in range(_MOST_HALVINGS):
        following = _Point(correlations, np.maximum(point.logs + step, lowest))
        fall = _ENOUGH_FALL * float(point.gradient @ (following.logs - point.logs))
        if following.value <= point.value + fall + _ROUNDING:
            return following
        step /= 2
    return None
