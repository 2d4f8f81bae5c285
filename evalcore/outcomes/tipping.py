"""How wrong the missing could be: the mean change of everyone, under an assumption about those who left."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from evalcore.columns import POST, PRE
from evalcore.errors import EvalcoreError
from evalcore.outcomes.description import check_confidence, standard_deviation
from evalcore.outcomes.pairs import Pairs

Values = npt.NDArray[np.float64]
Range = tuple[float, float]

LEAST_PAIRS_FOR_INTERVAL = 10
_LEAST_FOR_A_VARIANCE = 4
"""Below so many pairs the variance that is drawn has no mean: (n - 1)/(n - 3) is not defined."""
_PLACES = 400
"""Places at which the sign of a limit is looked at before the turning points are solved."""
_HALVINGS = 60

_NO_PAIRS = "No matched pair: whatever is assumed for those who left would be the whole answer."
_NOBODY_LEFT = "Nobody left: everyone with a score before has one after, so nothing has to be assumed."
_FEW = f"No interval below {LEAST_PAIRS_FOR_INTERVAL} matched pairs: their spread is not known well enough."
_ALIKE = "No interval: all matched changes are equal, so there is no spread to draw from."


@dataclass(frozen=True, kw_only=True)
class Tipping:
    """The mean change of everyone with a score before, under one assumption. None is what can not be computed.

    Attributes
    ----------
    n_pairs, n_left : int
        People with a score at both waves; people with one before only.
    matched_change, sd_change : float
        Mean and SD of the changes of the matched.
    assumed_change : float
        The mean change that is assumed for those who left.
    estimate, ci_low, ci_high : float
        Mean change of everyone with a score before, under it; interval by multiple imputation, from 10 pairs on.
    tipping_point : float
        The assumed change at which the estimate is zero.
    above_zero, below_zero : (float, float)
        From which to which assumed change the interval lies wholly above zero, and wholly below it; an end may be
        infinite. None where it never does, or where there is no interval.
    lowest_assumed, lowest_estimate, highest_assumed, highest_estimate : float
        The bounds: everyone who left fell to the lowest score that is possible, or rose to the highest.
    confidence : float
    notes : tuple of str
        One sentence for each thing that was not computed.
    """

    n_pairs: int
    n_left: int
    matched_change: float | None = None
    sd_change: float | None = None
    assumed_change: float
    estimate: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    tipping_point: float | None = None
    above_zero: Range | None = None
    below_zero: Range | None = None
    lowest_assumed: float | None = None
    lowest_estimate: float | None = None
    highest_assumed: float | None = None
    highest_estimate: float | None = None
    confidence: float = 0.95
    notes: tuple[str, ...] = ()

    @property
    def n(self) -> int:
        """Everyone with a score before."""
        return self.n_pairs + self.n_left

    def at(self, assumed: npt.ArrayLike) -> tuple[Values, Values, Values]:
        """Estimate and interval (NaN where there is none) at several assumed changes."""
        places = np.asarray(assumed, dtype=float)
        nothing = np.full(places.shape, math.nan)
        if self.matched_change is None:
            return nothing, nothing, nothing
        if self.ci_low is None or self.sd_change is None:
            return (self.n_pairs * self.matched_change + self.n_left * places) / self.n, nothing, nothing
        known = _Known(self.n_pairs, self.n_left, self.matched_change, self.sd_change, self.confidence)
        return known.limits(places)


def tipping_point(
    pairs: Pairs,
    *,
    assumed_change: float = 0.0,
    low: float | None = None,
    high: float | None = None,
    confidence: float = 0.95,
) -> Tipping:
    """Assume how those who left would have changed, and see what that makes of the mean change of everyone.

    Parameters
    ----------
    pairs : Pairs
        `matched` are those who stayed, `pre_only` those who left; people with a score after only are not in it. The
        order of the rows never matters.
    assumed_change : float
        Mean change, after minus before, of all those who left together. Single people may differ from it.
    low, high : float, optional
        Lowest and highest possible score; without them the bounds are not given.
    confidence : float
        Of the interval.

    Returns
    -------
    Tipping
        `estimate` = (sum of the matched changes + people who left × `assumed_change`) / everyone with a score before,
        from 1 pair on. `tipping_point` = -(sum of the matched changes) / people who left. The interval is that of
        delta-adjusted multiple imputation (see `imputed_margin`), from 10 pairs with any spread on. The bounds replace
        the assumption by the lowest (highest) possible score minus each person's own score before.

    Raises
    ------
    EvalcoreError
        If `assumed_change` is not a finite number, `confidence` does not lie between 0 and 1, `low` is not below
        `high`, only one of them is given, or a score before lies outside them.

    Examples
    --------
    >>> import pandas as pd
    >>> from evalcore.outcomes.matching import match
    >>> before = pd.Series([20.0, 23.0, 19.0, 25.0], index=list("ABCD"))
    >>> found = tipping_point(match(before, before[:3] + 1), assumed_change=-1, low=7, high=35)
    >>> found.estimate, found.tipping_point, found.lowest_estimate, found.highest_estimate
    (0.5, -3.0, -3.75, 3.25)
    """
    check_confidence(confidence)
    if not math.isfinite(assumed_change):
        raise EvalcoreError("The assumed change must be a number of points, such as 0 or -2.")
    changes = np.sort(np.round((pairs.matched[POST] - pairs.matched[PRE]).to_numpy(dtype=float), 10))
    left = np.sort(pairs.pre_only.to_numpy(dtype=float))
    m, n_left = len(changes), len(left)
    # Tenths do not add up exactly as binary fractions: a sum that is zero must be found to be zero.
    total = round(math.fsum(changes), 10) + 0.0  # and without a sign
    spread = standard_deviation(changes)
    why = _why_no_interval(m, n_left, spread)
    found = Tipping(
        n_pairs=m,
        n_left=n_left,
        matched_change=total / m if m else None,
        sd_change=spread if m > 1 else None,
        assumed_change=float(assumed_change),
        estimate=(total + n_left * assumed_change) / (m + n_left) if m else None,
        tipping_point=0.0 - total / n_left if m and n_left else None,
        confidence=confidence,
        notes=why,
        **_bounds(total, m, left, low, high),
    )
    return found if why else _with_interval(found, _Known(m, n_left, total / m, spread, confidence))


def _why_no_interval(m: int, n_left: int, spread: float) -> tuple[str, ...]:
    """One sentence where there is no interval; nothing where there is."""
    if m == 0:
        return (_NO_PAIRS,)
    if n_left == 0:
        return (_NOBODY_LEFT,)
    if m < LEAST_PAIRS_FOR_INTERVAL:
        return (_FEW,)
    return (_ALIKE,) if spread == 0 else ()


def imputed_margin(
    n_pairs: int, n_left: int, mean_change: float, sd_change: float, assumed: npt.ArrayLike, *, confidence: float = 0.95
) -> Values:
    """Half the width of the interval of everyone's mean change, by delta-adjusted multiple imputation.

    Each imputation draws the spread and the mean of the matched changes anew (σ² as (m - 1)s²/χ², μ as normal around
    their mean with variance σ²/m: the posterior under the usual flat prior), moves μ by the assumed change less the
    matched one, draws a change for each person who left, and takes the mean of everyone. Rubin's rules pool them, with
    Barnard and Rubin's degrees of freedom. What is returned is the limit of infinitely many imputations, which has a
    closed form, so that nothing is left to a seed. With m matched, l who left, n = m + l, x̄ and s of the matched, the
    assumed change a, and v = s²(m - 1)/(m - 3), the mean of the drawn σ²:

    within  W = ((m - 1)s² + l·v + (m·l/n)(a - x̄)²) / (n(n - 1)),  between  B = l·v/(m·n),  total  T = W + B,
    df = (n/(n + 2))(n - 1)·W/T,  and the margin is t(df)·√T.

    Where it is assumed that those who left changed as the matched did, T is close to s²/m: an assumption adds no
    knowledge (Cro, Carpenter & Kenward 2019).

    Parameters
    ----------
    n_pairs, n_left : int
        m and l, both at least 1.
    mean_change, sd_change : float
        x̄ and s.
    assumed : array of float
        a, one or several.
    confidence : float

    Returns
    -------
    array of float
        NaN below 4 pairs. Checked against R: simulated imputations pooled by `mice::pool.scalar`.

    Examples
    --------
    >>> imputed_margin(12, 8, 1.5, 3.0, [1.5, -1.5]).round(3).tolist()
    [2.068, 2.176]
    """
    from scipy.special import stdtrit

    a = np.asarray(assumed, dtype=float)
    m, left = n_pairs, n_left
    n = m + left
    if m < _LEAST_FOR_A_VARIANCE:
        return np.full(a.shape, math.nan)
    drawn = sd_change**2 * (m - 1) / (m - 3)
    squares = (m - 1) * sd_change**2 + left * drawn + (m * left / n) * (a - mean_change) ** 2
    within, between = squares / (n * (n - 1)), left * drawn / (m * n)
    total = within + between
    df = n / (n + 2) * (n - 1) * within / total
    return np.asarray(stdtrit(df, (1 + confidence) / 2) * np.sqrt(total), dtype=float)


def _bounds(total: float, m: int, left: Values, low: float | None, high: float | None) -> dict[str, Any]:
    """What everyone who left falling to the lowest score, or rising to the highest, would make of everyone's mean."""
    if low is None and high is None:
        return {}
    if low is None or high is None or not low < high:
        raise EvalcoreError("Give both the lowest and the highest possible score, the lowest first.")
    if len(left) == 0:
        return {}
    if round(left[0] - low, 10) < 0 or round(left[-1] - high, 10) > 0:
        raise EvalcoreError("A score before lies outside the lowest and the highest possible score. Check the scale.")
    found = {}
    for name, end in (("lowest", low), ("highest", high)):
        moves = round(math.fsum(end - left), 10)
        found[f"{name}_assumed"] = moves / len(left)
        if m:
            found[f"{name}_estimate"] = (total + moves) / (m + len(left))
    return found


class _Known(NamedTuple):
    """What the interval is made of, but for the assumption."""

    n_pairs: int
    n_left: int
    mean: float
    sd: float
    confidence: float

    def limits(self, assumed: npt.ArrayLike) -> tuple[Values, Values, Values]:
        """Estimate, lower limit and upper limit."""
        places = np.asarray(assumed, dtype=float)
        estimate = (self.n_pairs * self.mean + self.n_left * places) / (self.n_pairs + self.n_left)
        margin = imputed_margin(*self[:4], places, confidence=self.confidence)
        return estimate, estimate - margin, estimate + margin


def _with_interval(found: Tipping, known: _Known) -> Tipping:
    """Add the interval, and where it leaves zero."""
    _, low, high = known.limits(found.assumed_change)
    above = _where_positive(known, lambda a: known.limits(a)[1])
    below = _where_positive(known, lambda a: -known.limits(a)[2])
    return replace(found, ci_low=float(low), ci_high=float(high), above_zero=above, below_zero=below)


def _where_positive(known: _Known, of: Callable[[Values], Values]) -> Range | None:
    """From which to which assumed change a limit lies on one side of zero.

    Where few left, a large assumed change widens the interval more than it moves it: there may be two ends, one or
    none. The whole line of assumed changes is mapped onto an angle, so that no end is out of sight.
    """
    # Zero is reached at about this distance from the matched change; spread widens it.
    size = known.sd + abs(known.mean) * (known.n_pairs + known.n_left) / known.n_left
    angles = np.linspace(-np.pi / 2, np.pi / 2, _PLACES + 1)[1:-1]

    def place(angle: Values) -> Values:
        return np.asarray(known.mean + size * np.tan(angle), dtype=float)

    positive = np.flatnonzero(of(place(angles)) > 0)
    if len(positive) == 0:
        return None
    first, last = int(positive[0]), int(positive[-1])
    ends = np.array([-np.inf, np.inf])
    inside, outside = [], []
    for side, at, beyond in ((0, first, first - 1), (1, last, last + 1)):
        if 0 <= beyond < len(angles):
            inside.append(angles[at])
            outside.append(angles[beyond])
            ends[side] = np.nan
    if inside:
        ends[np.isnan(ends)] = place(_halved(np.array(inside), np.array(outside), lambda angle: of(place(angle)) > 0))
    return float(ends[0]), float(ends[1])


def _halved(inside: Values, outside: Values, holds: Callable[[Values], npt.NDArray[np.bool_]]) -> Values:
    """The border between where something holds and where it does not, by halving, at several places at once."""
    for _ in range(_HALVINGS):
        middle = (inside + outside) / 2
        here = holds(middle)
        inside, outside = np.where(here, middle, inside), np.where(here, outside, middle)
    return inside
