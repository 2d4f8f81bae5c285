"""Studies about reach: people who never started, who left on a known day, and scores of other kinds."""

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd

from evalcore.findings import build
from evalcore.sample import sample_study

N = 60
SITES = ("East", "West")


def roster_of(n=N, **columns):
    """`n` people on a list, every tenth not eligible, every third of the others not started; in two sites."""
    at = np.arange(n)
    eligible = at % 10 != 9
    started = eligible & (at % 3 != 2)
    start = pd.Timestamp("2026-01-05") + pd.to_timedelta(at % 5, unit="D")
    table = pd.DataFrame(
        {
            "respondent_id": [f"P{one:03d}" for one in at],
            "role": "service user",
            "site": [SITES[one % 2] for one in at],
            "eligible": pd.array(eligible, dtype="boolean"),
            "started_on": pd.Series(start).where(started),
            "referred_on": pd.Timestamp("2025-12-15"),
            "consent": np.where(at % 20 == 0, "refused", "given"),
        }
    )
    return table.assign(**columns)


def cases_of(n=N, **columns):
    """Case files of everybody on the list, those who started with a status; every fourth of them left in week 6."""
    at = np.arange(n)
    roster = roster_of(n)
    started = roster["started_on"].notna().to_numpy()
    status = np.where(at % 4 == 0, "disengaged", "active")
    left = started & (status == "disengaged")
    table = pd.DataFrame(
        {
            "respondent_id": roster["respondent_id"],
            "site": roster["site"],
            "sex": np.where(at % 3 == 0, "female", "male"),
            "age": 20.0 + at % 30,
            "status": pd.Series(status, dtype=object).where(started),
            "ended_on": (roster["started_on"] + pd.Timedelta(days=42)).where(left),
            "contacts_offered": pd.Series(10.0, index=range(n)).where(started),
            "contacts_attended": pd.Series(9.0 - at % 5, index=range(n)).where(started),
            "ogrs": (at * 7 % 95).astype(float),
            "ogrs_version": "OGRS3",
            "ogrs_horizon": "2 years",
        }
    )
    return table.assign(**columns)


def study_of(n=N, *, roster=None, cases=None, plan=None):
    study = sample_study()
    empty = study.responses.iloc[:0]
    return replace(
        study,
        responses=empty,
        entries=study.entries.iloc[:0],
        caseload=study.caseload.iloc[:0],
        roster=roster_of(n) if roster is None else roster,
        cases=cases_of(n) if cases is None else cases,
        plan=plan,
    )


@cache
def ordinary():
    return study_of()


def found(kind, study, site=None):
    return build(kind, study, site=site)
