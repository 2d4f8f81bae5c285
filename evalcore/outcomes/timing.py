"""When people answered: weeks from the start to the questionnaire before, and from before to after."""

from __future__ import annotations

import math
import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.columns import (
    COMPLETED_ON,
    POST,
    PRE,
    RESPONDENT_ID,
    ROLE,
    SERVICE_USER,
    STARTED_ON,
    TOTAL,
)
from evalcore.errors import EvalcoreError, TableError
from evalcore.outcomes.carried import carried
from evalcore.outcomes.choices import roles_of
from evalcore.outcomes.description import standard_deviation
from evalcore.outcomes.matching import match_scores
from evalcore.outcomes.pairs import Pairs
from evalcore.wording import count

Values = npt.NDArray[np.float64]

START_TO_BEFORE = "start to before"
BEFORE_TO_AFTER = "before to after"
DAYS_A_WEEK = 7
MOST_WEEKS = 520
"""Ten years: no window reaches further."""

_STATISTICS = ("n", "unusable", "mean", "sd", "median", "q1", "q3", "min", "max")
_WINDOW = re.compile(r"(\d{1,3})-(\d{1,3})")


@dataclass(frozen=True, eq=False)
class Gaps:
    """When the people of one measure started and answered.

    Attributes
    ----------
    people : DataFrame
        `respondent_id, started_on, completed_pre, completed_post, start_to_pre_days, pre_to_post_days`, one row for
        each person with a score at either wave, in the order of the identifiers. A date is that of a questionnaire with
        a score; missing where none is written. A date after that lies before the date before gives a negative number.
    described : DataFrame
        Index `start to before` (of everyone with a score before) and `before to after` (of the matched). In weeks
        (days / 7): `n` (people whose gap is known and usable), `unusable` (the others), `mean`, `sd` (n - 1), `median`,
        `q1`, `q3` (type 7), `min`, `max`; NaN is what can not be computed.
    n_reversed : int
        Pairs whose dates are the wrong way round: listed in `people`, not used.
    notes : tuple of str
    """

    people: pd.DataFrame
    described: pd.DataFrame
    n_reversed: int
    notes: tuple[str, ...] = ()

    @cached_property
    def weeks(self) -> pd.Series:
        """Weeks from before to after of each pair with usable dates, by identifier."""
        days = self.people.set_index(RESPONDENT_ID)["pre_to_post_days"]
        return days[days >= 0] / DAYS_A_WEEK

    @cached_property
    def lines(self) -> Mapping[str, Mapping[str, float]]:
        """`described` as plain numbers by gap and statistic."""
        rows = self.described.to_numpy(dtype=float).tolist()
        names = self.described.columns
        return {str(g): dict(zip(names, row, strict=True)) for g, row in zip(self.described.index, rows, strict=True)}


def gaps(
    scores: pd.DataFrame,
    *,
    instrument: str | None = None,
    scale: str = TOTAL,
    role: str | Sequence[str] | None = None,
    site: str | Sequence[str] | None = None,
    started: pd.DataFrame | None = None,
    pairs: Pairs | None = None,
) -> Gaps:
    """Measure the time from the start to the questionnaire before, and from before to after.

    Parameters
    ----------
    scores : DataFrame
        As `score` gives it, with the carried column `completed_on`; without it no gap is known.
    instrument, scale, role, site
        The people, as `match_scores` takes them.
    started : DataFrame, optional
        `respondent_id, role, started_on`, as `starts` gives it. A start with another role is not taken; of an
        identifier with several starts none is.
    pairs : Pairs, optional
        `match_scores` of the same, if it is at hand.

    Returns
    -------
    Gaps
        Nothing is filled in: who lacks a date is counted as unusable. Quantiles are Hyndman & Fan (1996), type 7, as
        R's `quantile`.

    Raises
    ------
    TableError
        `completed_on` or `started_on` holds something that is not a date.
    EvalcoreError
        As `match_scores`.

    Examples
    --------
    >>> scores = pd.DataFrame({
    ...     "respondent_id": ["A", "A", "B", "B"], "wave": ["pre", "post"] * 2, "instrument": "gse", "scale": "total",
    ...     "score": [28.0, 31.0, 25.0, 27.0],
    ...     "completed_on": pd.to_datetime(["2026-01-05", "2026-04-27", "2026-01-05", None])})
    >>> found = gaps(scores)
    >>> found.described.loc["before to after", ["n", "unusable", "median"]].tolist()
    [1.0, 1.0, 16.0]
    >>> found.notes
    ('1 of 2 pairs lacks a date before or after.',)
    """
    scored = pairs or match_scores(scores, instrument=instrument, scale=scale, role=role, site=site)
    names = scored.matched.index.append([scored.pre_only.index, scored.post_only.index])
    people = pd.DataFrame({RESPONDENT_ID: sorted(names, key=str)})
    dates: Mapping[str, Mapping[Hashable, float]] = {PRE: {}, POST: {}}
    if COMPLETED_ON in scores and len(scores):
        dates = carried(scores, scored, _days(scores[COMPLETED_ON], COMPLETED_ON))
    start = _starts_of(people[RESPONDENT_ID], started, roles_of(scored.role))
    before, after = (people[RESPONDENT_ID].map(dates[wave]).astype(float) for wave in (PRE, POST))
    people = people.assign(
        started_on=_dates(start),
        completed_pre=_dates(before),
        completed_post=_dates(after),
        start_to_pre_days=before - start,
        pre_to_post_days=after - before,
    )
    return _described(people, scored)


def starts(roster: pd.DataFrame, cases: pd.DataFrame) -> pd.DataFrame:
    """Say when each person started: as the roster does, else as the case file of a service user does.

    Returns
    -------
    DataFrame
        `respondent_id, role, started_on`: rows of the roster with a date, then those of the cases that the roster has
        no date for.

    Examples
    --------
    >>> roster = pd.DataFrame({"respondent_id": ["A", "B"], "role": "service user", "started_on": ["2026-01-05", None]})
    >>> cases = pd.DataFrame({"respondent_id": ["A", "B"], "started_on": ["2025-12-01", "2026-01-12"]})
    >>> starts(roster, cases)["started_on"].tolist()
    ['2026-01-05', '2026-01-12']
    """
    columns = [RESPONDENT_ID, ROLE, STARTED_ON]
    listed, filed = (
        table.assign(**{ROLE: role(table)})[columns].dropna(subset=[RESPONDENT_ID, STARTED_ON])
        if {RESPONDENT_ID, STARTED_ON} <= set(table)
        else pd.DataFrame(columns=columns)
        for table, role in ((roster, _role_of), (cases, lambda _: SERVICE_USER))
    )
    known = listed.loc[listed[ROLE].isna() | (listed[ROLE] == SERVICE_USER), RESPONDENT_ID]
    parts = [part for part in (listed, filed[~filed[RESPONDENT_ID].isin(known)]) if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else listed


def within(pairs: Pairs, gaps: Gaps, low_weeks: float, high_weeks: float) -> Pairs:
    """Keep the pairs with so many weeks between before and after, both ends included.

    Parameters
    ----------
    pairs : Pairs
    gaps : Gaps
        Of the same people.
    low_weeks, high_weeks : float
        From 0 to 520.

    Returns
    -------
    Pairs
        `matched` holds the pairs inside the window; a last line of the trail counts those outside, and apart from them
        those without usable dates. `pre_only` and `post_only` stay as they are: people who answered twice are not in
        them.

    Raises
    ------
    EvalcoreError
        If the window ends before it begins, or reaches beyond its limits.

    Examples
    --------
    >>> scores = pd.DataFrame({
    ...     "respondent_id": ["A", "A", "B", "B"], "wave": ["pre", "post"] * 2, "instrument": "gse", "scale": "total",
    ...     "score": [28.0, 31.0, 25.0, 27.0],
    ...     "completed_on": pd.to_datetime(["2026-01-05", "2026-04-27", "2026-01-05", "2026-09-07"])})
    >>> inside = within(match_scores(scores), gaps(scores), 12, 20)
    >>> inside.matched.index.tolist(), inside.trail["reason"].iloc[-1]
    (['A'], '1 outside the window')
    """
    check_window(low_weeks, high_weeks)
    weeks = gaps.weeks.reindex(pairs.matched.index)
    # Whole days are compared, so that 20 weeks are 140 days to the day.
    days = (weeks * DAYS_A_WEEK).round()
    inside = ((days >= low_weeks * DAYS_A_WEEK) & (days <= high_weeks * DAYS_A_WEEK)).to_numpy()
    unknown = int(weeks.isna().sum())
    outside = len(weeks) - unknown - int(inside.sum())
    told = ((outside, "outside the window"), (unknown, "without usable dates"))
    line = {
        "step": window_words(low_weeks, high_weeks),
        "n": int(inside.sum()),
        "reason": "; ".join(f"{n:,} {words}" for n, words in told if n),
    }
    trail = pd.concat([pairs.trail, pd.DataFrame([line])], ignore_index=True)
    return replace(pairs, matched=pairs.matched[inside], trail=trail)


def check_window(low_weeks: float, high_weeks: float) -> None:
    """Raise if a window ends before it begins, or is no stretch of 0 to 520 weeks.

    >>> check_window(20, 12)
    Traceback (most recent call last):
        ...
    evalcore.errors.EvalcoreError: A window runs from fewer to more weeks, between 0 and 520, such as 12 to 20.
    """
    if not 0 <= low_weeks <= high_weeks <= MOST_WEEKS:
        raise EvalcoreError(f"A window runs from fewer to more weeks, between 0 and {MOST_WEEKS}, such as 12 to 20.")


def window_words(low_weeks: float, high_weeks: float) -> str:
    """Write a window for a reader.

    >>> window_words(12, 20), window_words(16, 16), window_words(1, 1)
    ('12 to 20 weeks', '16 weeks', '1 week')
    """
    if low_weeks == high_weeks:
        return f"{low_weeks:g} {'week' if low_weeks == 1 else 'weeks'}"
    return f"{low_weeks:g} to {high_weeks:g} weeks"


def read_window(text: str) -> tuple[int, int] | None:
    """Read a window as a link writes it; None for a text that is no window.

    >>> read_window("12-20"), read_window("20-12"), read_window("all")
    ((12, 20), None, None)
    """
    found = _WINDOW.fullmatch(text)
    if found is None:
        return None
    low, high = int(found[1]), int(found[2])
    return (low, high) if low <= high <= MOST_WEEKS else None


def _role_of(table: pd.DataFrame) -> pd.Series:
    return table[ROLE] if ROLE in table else pd.Series(None, index=table.index, dtype="str")


def _days(values: pd.Series, name: str) -> pd.Series:
    """Dates as days since 1970; a time of day does not count."""
    try:
        dates = pd.to_datetime(values, format=None if values.dtype.kind == "M" else "ISO8601")
    except (TypeError, ValueError):
        raise TableError(f"The column {name} must hold dates such as 2026-02-04, or nothing.") from None
    days = dates.dt.floor("D").to_numpy().astype("datetime64[D]").astype(float)
    return pd.Series(np.where(dates.isna(), np.nan, days), index=values.index)


def _dates(days: pd.Series) -> pd.Series:
    return pd.to_datetime(days, unit="D")


def _starts_of(names: pd.Series, started: pd.DataFrame | None, roles: Sequence[str]) -> pd.Series:
    """Each person's start in days; a row without a role serves where none with a chosen role does."""
    if started is None or not len(started):
        return pd.Series(np.nan, index=names.index)
    found: tuple[dict[Hashable, set[float]], ...] = ({}, {})
    role = started[ROLE].astype(object) if ROLE in started else pd.Series(None, index=started.index, dtype=object)
    days = _days(started[STARTED_ON], STARTED_ON)
    for who, its, day in zip(started[RESPONDENT_ID], role.where(role.notna(), None), days, strict=True):
        if not math.isnan(day) and (its is None or its in roles or not roles):
            for name in (who, f"{who} ({its})"):
                found[its is None].setdefault(name, set()).add(day)
    known = [found[0].get(name) or found[1].get(name) for name in names]
    return pd.Series([_only(each or ()) for each in known], index=names.index, dtype=float)


def _only(days: Iterable[float]) -> float:
    different = set(days)
    return different.pop() if len(different) == 1 else math.nan


def _described(people: pd.DataFrame, scored: Pairs) -> Gaps:
    names = people[RESPONDENT_ID]
    matched = names.isin(scored.matched.index).to_numpy()
    before = matched | names.isin(scored.pre_only.index).to_numpy()
    lead, gap = (people[name].to_numpy(dtype=float) for name in ("start_to_pre_days", "pre_to_post_days"))
    spreads = (_spread(lead[before]), _spread(np.where(gap < 0, np.nan, gap)[matched]))
    index = pd.Index([START_TO_BEFORE, BEFORE_TO_AFTER], name="gap")
    described = pd.DataFrame(spreads, columns=list(_STATISTICS), index=index).astype({"n": int, "unusable": int})
    n_reversed = int((gap < 0).sum())
    notes = (*_notes_of_pairs(gap[matched], n_reversed), *_notes_of_starts(lead[before]))
    return Gaps(people, described, n_reversed, notes)


def _spread(days: Values) -> tuple[float, ...]:
    weeks = days[~np.isnan(days)] / DAYS_A_WEEK
    n, unusable = len(weeks), len(days) - len(weeks)
    if not n:
        return (0, unusable, *([math.nan] * (len(_STATISTICS) - 2)))
    q1, median, q3 = np.quantile(weeks, (0.25, 0.5, 0.75))
    return (n, unusable, weeks.mean(), standard_deviation(weeks), median, q1, q3, weeks.min(), weeks.max())


def _notes_of_pairs(gap: Values, n_reversed: int) -> Iterator[str]:
    lacking, same_day = int(np.isnan(gap).sum()), int((gap == 0).sum())
    if lacking:
        pairs = count(len(gap), "pair", "pairs")
        yield f"{lacking:,} of {pairs} {_lack(lacking)} a date before or after."
    if n_reversed:
        yield (
            f"In {count(n_reversed, 'pair', 'pairs')} the date after lies before the date before: the dates are the"
            " wrong way round, and the gap is not used."
        )
    if same_day:
        yield f"{count(same_day, 'pair has', 'pairs have')} the same date before and after."


def _notes_of_starts(lead: Values) -> Iterator[str]:
    """Nothing is said where no start is known: most studies of staff have none."""
    lacking, early = int(np.isnan(lead).sum()), int((lead < 0).sum())
    if 0 < lacking < len(lead):
        people = count(len(lead), "person", "people")
        yield f"{lacking:,} of {people} with a score before {_lack(lacking)} a date of it or of the start."
    if early:
        yield f"{count(early, 'person', 'people')} answered before they started: such weeks count as negative."


def _lack(n: int) -> str:
    return "lacks" if n == 1 else "lack"
