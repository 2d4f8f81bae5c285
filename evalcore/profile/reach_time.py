"""How long people stayed until they disengaged: the Kaplan-Meier curve."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.columns import CASE_STATUS, STARTED_ON
from evalcore.profile.reach import ACTIVE, COMPLETED, DISENGAGED, ENDED_ON, STARTED

_DAYS = 7.0
WEEKS = (0.0, 4.0, 8.0, 12.0, 16.0, 20.0, 24.0, 36.0, 52.0)
"""The weeks at which the curve is read off."""

Values = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Stayed:
    """How long each person stayed.

    Attributes
    ----------
    weeks : array of float
        From the start to the end, or to where the person was last known to stay, of those who are counted.
    left : array of bool
        Whether each disengaged then; the others are known to have stayed so long.
    counted : array of bool
        Which rows of the people are counted.
    without_start, without_end, before_start, without_status : int
        Those who started and are not counted: no start date; disengaged or completed without a date of the end; an end
        before the start; no status.
    disengaged_undated : int
        Those of them who disengaged: without them the curve stands too high.
    last : Timestamp or None
        The latest date in the files, to which those still active are known to have stayed.
    """

    weeks: Values
    left: npt.NDArray[np.bool_]
    counted: npt.NDArray[np.bool_]
    without_start: int = 0
    without_end: int = 0
    before_start: int = 0
    without_status: int = 0
    disengaged_undated: int = 0
    last: pd.Timestamp | None = field(default=None)


def latest_date(columns: Iterable[pd.Series]) -> pd.Timestamp | None:
    """Return the latest of some columns of dates; None where there is none.

    >>> latest_date([pd.Series(pd.to_datetime(["2026-01-05", None]))])
    Timestamp('2026-01-05 00:00:00')
    """
    found = [date for column in columns if not pd.isna(date := pd.to_datetime(column).max())]
    return max(found) if found else None


def stayed(people: pd.DataFrame, last: pd.Timestamp | None) -> Stayed:
    """Find how long each person stayed.

    Parameters
    ----------
    people : DataFrame
        As `reached_people` gives it.
    last : Timestamp or None
        The latest date in the files.

    Examples
    --------
    >>> from evalcore.profile.reach import reached_people
    >>> cases = pd.DataFrame({"respondent_id": ["A", "B"], "status": ["disengaged", "active"],
    ...     "started_on": ["2026-01-05", "2026-01-05"], "ended_on": ["2026-01-19", None]})
    >>> found = stayed(reached_people(pd.DataFrame(), cases), pd.Timestamp("2026-02-02"))
    >>> found.weeks.tolist(), found.left.tolist()
    ([2.0, 4.0], [True, False])
    """
    started = people[STARTED].to_numpy(dtype=bool, na_value=False)
    status = people[CASE_STATUS].astype(object).where(people[CASE_STATUS].notna(), "").to_numpy(dtype=object)
    start = people[STARTED_ON]
    end = people[ENDED_ON].where(np.asarray(status != ACTIVE), last if last is not None else pd.NaT)
    known_status = started & np.isin(status, (ACTIVE, COMPLETED, DISENGAGED))
    dated = known_status & start.notna().to_numpy()
    ended = dated & end.notna().to_numpy()
    days = (end - start).dt.days.to_numpy(dtype=float, na_value=np.nan)
    counted = ended & (days >= 0)
    disengaged = np.asarray(status == DISENGAGED) & started
    return Stayed(
        weeks=days[counted] / _DAYS,
        left=disengaged[counted],
        counted=counted,
        without_start=int((known_status & ~dated).sum()),
        without_end=int((dated & ~ended).sum()),
        before_start=int((ended & ~counted).sum()),
        without_status=int((started & ~known_status).sum()),
        disengaged_undated=int((disengaged & ~counted).sum()),
        last=last,
    )


@dataclass(frozen=True, eq=False)
class Curve:
    """A Kaplan-Meier curve: the share who have not disengaged, after each time at which somebody did.

    Attributes
    ----------
    weeks, share, ci_low, ci_high : array of float
        In order of time; the interval of the share is on the log-log scale and may be missing at 0 or 1.
    n, n_left : int
        People, and those of them who disengaged.
    longest : float
        Weeks to which the curve is known.
    """

    weeks: Values
    share: Values
    ci_low: Values
    ci_high: Values
    n: int
    n_left: int
    longest: float
    _all_weeks: Values

    def at_risk(self, week: float) -> int:
        """People who are still known to have stayed just before a time."""
        return int((self._all_weeks >= week).sum())

    def at(self, week: float) -> tuple[float, float, float]:
        """The share at a time and its interval; 1 and no interval before the first who left."""
        place = int(np.searchsorted(self.weeks, week, side="right")) - 1
        if place < 0:
            return 1.0, np.nan, np.nan
        return float(self.share[place]), float(self.ci_low[place]), float(self.ci_high[place])


def disengagement_curve(found: Stayed) -> Curve | None:
    """Return the Kaplan-Meier curve of time to disengagement; None where nobody disengaged on a known date.

    Checked against R's `survival::survfit(conf.type = "log-log")`.

    >>> yes = np.array([True, False, True])
    >>> curve = disengagement_curve(Stayed(np.array([2.0, 3.0, 4.0]), yes, np.ones(3, dtype=bool)))
    >>> curve.share.round(3).tolist(), curve.at_risk(4.0)
    ([0.667, 0.0], 1)
    """
    if not found.left.any():
        return None
    from scipy.stats import CensoredData, ecdf

    fitted = ecdf(CensoredData.right_censored(found.weeks, ~found.left)).sf
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "The confidence interval is undefined", RuntimeWarning)
        ends: Any = fitted.confidence_interval(method="log-log")
    times = np.asarray(fitted.quantiles, dtype=np.float64)
    keep = np.isin(times, found.weeks[found.left])
    return Curve(
        weeks=times[keep],
        share=np.asarray(fitted.probabilities, dtype=np.float64)[keep],
        ci_low=np.asarray(ends.low.probabilities, dtype=np.float64)[keep],
        ci_high=np.asarray(ends.high.probabilities, dtype=np.float64)[keep],
        n=len(found.weeks),
        n_left=int(found.left.sum()),
        longest=float(found.weeks.max()),
        _all_weeks=np.sort(found.weeks),
    )
