"""Who was reached: listed, eligible, started, disengaged, completed, of the list of those asked and the case files."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalcore.columns import CASE_STATUS, ELIGIBLE, OGRS, REFERRED_ON, RESPONDENT_ID, SITE, STARTED_ON
from evalcore.outcomes.shares import wilson

ENDED_ON = "ended_on"
OFFERED, ATTENDED = "contacts_offered", "contacts_attended"
ACTIVE, COMPLETED, DISENGAGED = "active", "completed", "disengaged"
STATUSES = (ACTIVE, COMPLETED, DISENGAGED)
LISTED, STARTED = "listed", "started"
_CASE_COLUMNS = (CASE_STATUS, STARTED_ON, ENDED_ON, OFFERED, ATTENDED, OGRS)


def reached_people(roster: pd.DataFrame, cases: pd.DataFrame) -> pd.DataFrame:
    """Put the list of those asked and the case files side by side, one row a person.

    Parameters
    ----------
    roster : DataFrame
        The service users who were asked: `respondent_id`, and as far as known `site, eligible, referred_on,
        started_on`. Of a person who stands there more than once the first row counts.
    cases : DataFrame
        The case files: `respondent_id`, and as far as known `site, status, started_on, ended_on, contacts_offered,
        contacts_attended, ogrs`.

    Returns
    -------
    DataFrame
        `respondent_id, site, listed, referred, eligible, started, status, started_on, ended_on, contacts_offered,
        contacts_attended, ogrs`. `listed`: on the list. `eligible` and `started` are missing where not known. Whoever
        has a start date, on the list or in the case file, or a status in the case file, has started; if there is such
        an entry for anybody, whoever has none has not. The case file's site and start date go before the list's.

    Examples
    --------
    >>> roster = pd.DataFrame({"respondent_id": ["A", "B"], "started_on": pd.to_datetime(["2026-01-05", None])})
    >>> reached_people(roster, roster.iloc[:0])["started"].tolist()
    [True, False]
    """
    asked, files = _one_each(roster), _one_each(cases)
    names = pd.Index(asked.index.tolist() + [name for name in files.index if name not in asked.index], dtype="object")
    asked, files, listed = asked.reindex(names), files.reindex(names), names.isin(asked.index)
    found = pd.DataFrame({RESPONDENT_ID: names, LISTED: listed}, index=names)
    site = _column(files, SITE)
    found[SITE] = site.where(site.notna(), _column(asked, SITE))
    found["referred"] = _column(asked, REFERRED_ON).notna()
    found[ELIGIBLE] = _column(asked, ELIGIBLE).astype("boolean")
    for name in _CASE_COLUMNS:
        found[name] = _column(files, name)
    for name in (STARTED_ON, ENDED_ON):
        found[name] = pd.to_datetime(found[name])
    for name in (OFFERED, ATTENDED, OGRS):
        found[name] = pd.to_numeric(found[name]).astype(float)
    started_on = pd.to_datetime(_column(asked, STARTED_ON))
    found[STARTED_ON] = found[STARTED_ON].where(found[STARTED_ON].notna(), started_on)
    has = (found[STARTED_ON].notna() | found[CASE_STATUS].notna()).to_numpy(dtype=bool)
    found[STARTED] = pd.array(has if has.any() else [pd.NA] * len(found), dtype="boolean")
    return found.reset_index(drop=True)


def _one_each(table: pd.DataFrame) -> pd.DataFrame:
    if RESPONDENT_ID not in table:
        return pd.DataFrame(index=pd.Index([], dtype="object"))
    found = table.drop_duplicates(RESPONDENT_ID)
    return found.set_index(found[RESPONDENT_ID].astype(object))


def _column(table: pd.DataFrame, name: str) -> pd.Series:
    return table[name].astype(object) if name in table else pd.Series(None, index=table.index, dtype=object)


@dataclass(frozen=True)
class Reach:
    """How far people came, at one site or in all. None is what is not known.

    Attributes
    ----------
    site : str or None
        None: everybody, those without a site among them.
    people, listed, referred : int
        People known at all; on the list of those asked; and of them with a date of referral.
    eligible_known, eligible : int
        People of whom it is known whether the programme is meant for them, and of those for whom it is.
    started : int or None
    started_eligible : int or None
        Of the eligible.
    status_known, active, completed, disengaged : int
        Of those who started.
    """

    site: str | None
    people: int
    listed: int
    referred: int
    eligible_known: int
    eligible: int
    started: int | None
    started_eligible: int | None
    status_known: int
    active: int
    completed: int
    disengaged: int

    @property
    def start_rate(self) -> float | None:
        """Started of the eligible, 0 to 1."""
        return None if self.started_eligible is None or not self.eligible else self.started_eligible / self.eligible

    @property
    def start_interval(self) -> tuple[float, float] | None:
        """Wilson's interval of the start rate."""
        return None if self.start_rate is None else wilson(self.started_eligible or 0, self.eligible)


def reach(people: pd.DataFrame, site: str | None = None) -> Reach:
    """Count how far people came.

    Parameters
    ----------
    people : DataFrame
        As `reached_people` gives it.
    site : str, optional
        Only the people of one site.

    Examples
    --------
    >>> roster = pd.DataFrame({"respondent_id": ["A", "B"], "eligible": [True, True], "site": ["North", "South"]})
    >>> cases = pd.DataFrame({"respondent_id": ["A"], "status": ["disengaged"]})
    >>> found = reach(reached_people(roster, cases))
    >>> found.eligible, found.started_eligible, found.disengaged, found.start_rate
    (2, 1, 1, 0.5)
    """
    here = people if site is None else people[(people[SITE] == site).to_numpy(dtype=bool)]
    eligible = here[ELIGIBLE].to_numpy(dtype=bool, na_value=False)
    started = here[STARTED].to_numpy(dtype=bool, na_value=False)
    known = bool(people[STARTED].notna().any())
    status = here.loc[started, CASE_STATUS]
    counted = {name: int((status == name).sum()) for name in STATUSES}
    return Reach(
        site=site,
        people=len(here),
        listed=int(here[LISTED].sum()),
        referred=int(here["referred"].sum()),
        eligible_known=int(here[ELIGIBLE].notna().sum()),
        eligible=int(eligible.sum()),
        started=int(started.sum()) if known else None,
        started_eligible=int((started & eligible).sum()) if known else None,
        status_known=int(status.notna().sum()),
        active=counted[ACTIVE],
        completed=counted[COMPLETED],
        disengaged=counted[DISENGAGED],
    )


def reach_by_site(people: pd.DataFrame) -> tuple[Reach, ...]:
    """Count how far people came at each site, in the order of their names.

    >>> [one.site for one in reach_by_site(reached_people(pd.DataFrame(), pd.DataFrame()))]
    []
    """
    return tuple(reach(people, str(site)) for site in sorted(map(str, people[SITE].dropna().unique())))


def attended_shares(people: pd.DataFrame) -> pd.Series:
    """Each person's contacts attended of those offered, 0 to 1; missing where unknown, none offered, or more attended.

    >>> people = reached_people(pd.DataFrame(), pd.DataFrame({"respondent_id": ["A"], "contacts_offered": [4.0],
    ...     "contacts_attended": [3.0]}))
    >>> attended_shares(people).tolist()
    [0.75]
    """
    offered, attended = people[OFFERED].to_numpy(dtype=float), people[ATTENDED].to_numpy(dtype=float)
    usable = (offered > 0) & (attended >= 0) & (attended <= offered)
    return pd.Series(np.divide(attended, offered, out=np.full(len(people), np.nan), where=usable), index=people.index)
