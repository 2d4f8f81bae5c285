"""OGRS and age of the pilot and of the caseload, as values that may be compared; refused where they may not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalcore.columns import AGE, OGRS, RESPONDENT_ID
from evalcore.profile.caseload import (
    MEASURE,
    Values,
    check_one_row_each,
    checked_numbers,
    is_published,
    without_pilot,
)
from evalcore.profile.counted import is_counted, n_people, narrowed, weights
from evalcore.profile.means import PublishedMean
from evalcore.profile.ogrs_kind import HORIZON, VERSION, OgrsKind, horizon_name, ogrs_kind, version_name
from evalcore.profile.published import mean_of, measure_key, published_means, row_notes, text_of
from evalcore.profile.spread import Spread
from evalcore.wording import upper_first

_HIGHEST = 100
_NOBODY = np.empty(0, dtype=np.float64)
_NONE = Spread.of(_NOBODY)


@dataclass(frozen=True, eq=False, kw_only=True)
class AgeValues:
    """A value of each person, pilot and caseload, ready for a comparison of means.

    Attributes
    ----------
    pilot : array of float
        One value a person who has one. Empty where nobody has one, or where they may not be used.
    caseload : Spread
        The same of the caseload, without the pilot's people, value by value. Empty also where there is no caseload.
    n_pilot_missing, n_caseload_missing : int
        People without a value; 0 where there is no such group.
    published : PublishedMean or None
        The caseload where it is given as published figures.
    refused : str or None
        Why a mean, or only the comparison, is refused, and what to do; None where nothing is. The values of a group
        that may still be described are kept.
    notes : tuple of str
    """

    pilot: Values
    caseload: Spread
    n_pilot_missing: int = 0
    n_caseload_missing: int = 0
    published: PublishedMean | None = None
    refused: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def against(self) -> Spread | PublishedMean:
        """What the pilot is compared with, as `compare_means` takes it.

        >>> AgeValues(pilot=_NOBODY, caseload=_NONE, published=PublishedMean(33.0)).against.mean
        33.0
        """
        return self.caseload if self.published is None else self.published


@dataclass(frozen=True, eq=False, kw_only=True)
class OgrsValues(AgeValues):
    """OGRS of each person (0 to 100), pilot and caseload, of one version and one horizon.

    Attributes
    ----------
    version, horizon : str or None
        As stated for everybody who has a score, such as `OGRS3` and `1 year`; None where there is none to state.
    """

    version: str | None = None
    horizon: str | None = None


def ogrs_values(cases: pd.DataFrame, caseload: pd.DataFrame | None) -> OgrsValues:
    """Give the OGRS scores of pilot and caseload, if they may be put into one mean and compared.

    Parameters
    ----------
    cases : DataFrame
        Native table: `ogrs` (0 to 100), `ogrs_version`, `ogrs_horizon`. A missing score is left out and counted.
    caseload : DataFrame or None
        The same; the pilot's people are taken out by `respondent_id`. Or counts (`profile.counted`). Or published
        figures: a row whose measure is OGRS with its version (`OGRS3`), with `mean`, `sd`, `n` and `horizon`. None or
        empty: the pilot alone.

    Returns
    -------
    OgrsValues
        `refused` where the pilot's scores are of several versions or horizons, or either is not stated for somebody who
        has a score (both sides are then empty); or where the same holds for the caseload or it differs from the pilot
        (the pilot's values then remain). Spellings that differ in case or spaces are one version.

    Raises
    ------
    RepeatedIdError
        If one person stands in the cases more than once.
    TableError
        If a score is text or not from 0 to 100.

    Examples
    --------
    >>> cases = pd.DataFrame({"ogrs": [50, 62], "ogrs_version": "OGRS3", "ogrs_horizon": "1 year"})
    >>> caseload = pd.DataFrame({"ogrs": [40, 45], "ogrs_version": "ogrs 3", "ogrs_horizon": ["1 year", None]})
    >>> found = ogrs_values(cases, caseload)
    >>> found.pilot.tolist(), found.version, len(found.caseload)
    ([50.0, 62.0], 'OGRS3', 0)
    >>> found.refused  # doctest: +ELLIPSIS
    'Only the comparison is refused: the horizon is not stated for everybody in the caseload who has an OGRS score. ...'
    """
    check_one_row_each(cases)
    scores = _column(cases, OGRS, _HIGHEST)
    known = ~np.isnan(scores)
    missing = int((~known).sum())
    kind = ogrs_kind(cases, known, "the pilot")
    if kind.refused:
        return OgrsValues(pilot=_NOBODY, caseload=_NONE, n_pilot_missing=missing, refused=upper_first(kind.refused))
    found = _caseload_ogrs(cases, caseload, kind)
    return OgrsValues(
        pilot=scores[known],
        caseload=found.caseload,
        n_pilot_missing=missing,
        n_caseload_missing=found.n_caseload_missing,
        published=found.published,
        refused=None if found.refused is None else f"Only the comparison is refused: {found.refused}",
        notes=found.notes,
        version=kind.version,
        horizon=kind.horizon,
    )


def age_values(cases: pd.DataFrame, caseload: pd.DataFrame | None) -> AgeValues:
    """Give the ages of pilot and caseload in years.

    Parameters
    ----------
    cases : DataFrame
        Native table with `age`; a missing age is left out and counted.
    caseload : DataFrame or None
        The same, without the pilot's people; or published figures, with one row whose measure is age and a `mean`.

    Returns
    -------
    AgeValues
        `refused` only where several published figures are given.

    Raises
    ------
    RepeatedIdError
        If one person stands in the cases more than once.
    TableError
        If an age is text or negative.

    Examples
    --------
    >>> found = age_values(pd.DataFrame({"age": [30, None]}), pd.DataFrame({"age": [40, 50]}))
    >>> found.pilot.tolist(), found.n_pilot_missing, found.caseload.one_by_one().tolist()
    ([30.0], 1, [40.0, 50.0])
    """
    check_one_row_each(cases)
    ages = _column(cases, AGE)
    known = ~np.isnan(ages)
    found = _caseload_ages(cases, caseload)
    return AgeValues(
        pilot=ages[known],
        caseload=found.caseload,
        n_pilot_missing=int((~known).sum()),
        n_caseload_missing=found.n_caseload_missing,
        published=found.published,
        refused=None if found.refused is None else f"Only the comparison is refused: {found.refused}",
        notes=found.notes,
    )


def _column(table: pd.DataFrame, name: str, high: float | None = None) -> Values:
    if name not in table:
        return np.full(len(table), np.nan)
    return checked_numbers(table[name], name, high=high)


def _caseload_ogrs(cases: pd.DataFrame, caseload: pd.DataFrame | None, kind: OgrsKind) -> AgeValues:
    """The caseload's side; `refused` is said of the comparison."""
    if caseload is None or caseload.empty:
        return _none(None)
    if is_published(caseload):
        return _published_ogrs(caseload, kind)
    left, notes = without_pilot(cases, _narrow(caseload, OGRS, VERSION, HORIZON))
    others = narrowed(left, (OGRS, VERSION, HORIZON))
    scores = _column(others, OGRS, _HIGHEST)
    known = ~np.isnan(scores)
    theirs = ogrs_kind(others, known, "the caseload")
    refused = theirs.refused
    unlike = kind.differs_from(theirs)
    if unlike:
        refused = f"the pilot's OGRS scores are {unlike}. Use a caseload with the same version and horizon."
    found = Spread.of(scores[known], weights(others)[known])
    return AgeValues(
        pilot=_NOBODY,
        caseload=_NONE if refused else found,
        n_caseload_missing=n_people(left) - len(found),
        refused=refused,
        notes=notes,
    )


def _narrow(caseload: pd.DataFrame, *names: str) -> pd.DataFrame:
    """Of people's rows what is looked at and who they are; counts stay as they are."""
    return caseload if is_counted(caseload) else caseload[[one for one in (RESPONDENT_ID, *names) if one in caseload]]


def _published_ogrs(published: pd.DataFrame, kind: OgrsKind) -> AgeValues:
    """The one published mean of the pilot's version and horizon, or why there is none."""
    alike, unlike, unnamed = [], "", False
    for row in published_means(published, OGRS):
        version = version_name(measure_key(text_of(row, MEASURE)).upper())
        horizon = horizon_name(text_of(row, "horizon"))
        difference = kind.differs_from(OgrsKind(version, horizon))
        if version is None or horizon is None:
            unnamed = True
        elif difference is None:
            alike.append(row)
        else:
            unlike = difference
    if alike:
        return _published(alike)
    if unlike:
        return _none(f"the pilot's OGRS scores are {unlike}. Use figures with the same version and horizon.")
    if unnamed:
        return _none("the published OGRS mean does not name its version and horizon. Name them: OGRS3, 1 year.")
    return _none(None, "The published figures hold no mean of OGRS.")


def _caseload_ages(cases: pd.DataFrame, caseload: pd.DataFrame | None) -> AgeValues:
    if caseload is None or caseload.empty:
        return _none(None)
    if is_published(caseload):
        rows = [row for row in published_means(caseload, AGE) if measure_key(text_of(row, MEASURE)) == AGE]
        return _published(rows) if rows else _none(None, "The published figures hold no mean age.")
    left, notes = without_pilot(cases, _narrow(caseload, AGE))
    others = narrowed(left, (AGE,))
    ages = _column(others, AGE)
    known = ~np.isnan(ages)
    found = Spread.of(ages[known], weights(others)[known])
    return AgeValues(pilot=_NOBODY, caseload=found, n_caseload_missing=n_people(left) - len(found), notes=notes)


def _published(rows: list[pd.Series]) -> AgeValues:
    if len(rows) > 1:
        return _none("several published means fit. Keep the one that fits the pilot.")
    mean = mean_of(rows[0])
    return AgeValues(pilot=_NOBODY, caseload=_NONE, published=mean, notes=row_notes(rows[0]))


def _none(refused: str | None, *notes: str) -> AgeValues:
    return AgeValues(pilot=_NOBODY, caseload=_NONE, refused=refused, notes=notes)
