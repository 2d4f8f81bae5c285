"""What a questionnaire does not say itself: its role and site, and whether its person consented."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evalcore.assembly.pooling import Pool, standing_in
from evalcore.columns import (
    CONSENT,
    CONSENT_REFUSED,
    CONSENT_WITHDRAWN,
    RESPONDENT_ID,
    ROLE,
    SERVICE_USER,
    SITE,
)
from evalcore.intake.people.repeats import ProblemLine
from evalcore.intake.problems import NOTE, ROW_SET_ASIDE
from evalcore.wording import count

NO_CONSENT = "consent was refused or withdrawn"


def filled(responses: pd.DataFrame, roster: pd.DataFrame, cases: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Fill in a missing role and site by identifier; the notes count what was filled in and from where."""
    who = responses[RESPONDENT_ID]
    notes: list[str] = []
    role, site = responses[ROLE], responses[SITE]
    named = roster[roster[ROLE].notna()]
    several = set(named.loc[named[RESPONDENT_ID].duplicated(keep=False), RESPONDENT_ID])
    from_cases = pd.Series(SERVICE_USER, index=cases[RESPONDENT_ID].dropna().unique(), dtype="str")
    role = _taken_over(role, who, _one_each(named, ROLE), "role", "the roster", notes)
    role = _taken_over(role, who.where(~who.isin(several)), from_cases, "role", "the case file", notes)
    own = responses[[RESPONDENT_ID]].assign(**{ROLE: role}).dropna().drop_duplicates()
    role = _taken_over(role, who, _one_each(own, ROLE), "role", "another answer of the same person", notes)
    at = roster[roster[SITE].notna() & roster[ROLE].notna()]
    sites = pd.Series(at[SITE].array, index=at[ROLE] + "|" + at[RESPONDENT_ID])
    site = _taken_over(site, role + "|" + who, sites, "site", "the roster", notes)
    if SITE in cases:
        sites = _one_each(cases[cases[SITE].notna()], SITE)
        site = _taken_over(site, who.where(role == SERVICE_USER), sites, "site", "the case file", notes)
    return (responses.assign(**{ROLE: role, SITE: site}) if notes else responses), tuple(notes)


def _one_each(table: pd.DataFrame, column: str) -> pd.Series:
    """Return `column` by identifier, for identifiers that stand in the table once."""
    return table[~table[RESPONDENT_ID].duplicated(keep=False)].set_index(RESPONDENT_ID)[column]


def _taken_over(
    values: pd.Series, who: pd.Series, known: pd.Series, what: str, source: str, notes: list[str]
) -> pd.Series:
    if not len(known) or values.notna().all():
        return values
    filled = values.fillna(who.map(known)).astype("str")
    n = int(filled.notna().sum() - values.notna().sum())
    if n:
        notes.append(
            f"The {what} of {count(n, 'answered questionnaire', 'answered questionnaires')} came from {source}."
        )
    return filled


def without_consent(pool: Pool, roster: Pool) -> tuple[NDArray[np.bool_], list[ProblemLine]]:
    """Find answers of people who refused or withdrew, in any row of any roster, even one that was set aside."""
    said = roster.table[roster.table[CONSENT].isin([CONSENT_REFUSED, CONSENT_WITHDRAWN])]
    blocked: dict[str, set[str | None]] = {}
    for person, role in zip(said[RESPONDENT_ID], said[ROLE], strict=True):
        blocked.setdefault(person, set()).add(role if isinstance(role, str) else None)
    mask = np.zeros(len(pool.table), dtype=bool)
    lines: list[ProblemLine] = []
    at = standing_in(pool.table[RESPONDENT_ID], blocked)
    people = pool.table[[RESPONDENT_ID, ROLE]].iloc[at].itertuples(index=False, name=None)
    for i, (person, role) in zip(at.tolist(), people, strict=True):
        roles = blocked[person]
        if isinstance(role, str) and None not in roles and role not in roles:
            continue
        mask[i] = True
        found = f"{NO_CONSENT}, says the roster"
        line = (pool.intakes[pool.file[i]].name, int(pool.row[i]), "", found, "consent given", ROW_SET_ASIDE, NOTE)
        if line not in lines[-1:]:  # a row of a wide file holds two answers
            lines.append(line)
    return mask, lines
