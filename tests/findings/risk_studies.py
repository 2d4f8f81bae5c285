"""The sample study with what OGRS is computed from, and with who reoffended."""

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd

from evalcore.profile.ogrs_scored import compute_scores
from evalcore.sample import sample_study

SCORES = ["ogrs", "ogrs_version", "ogrs_horizon"]
OFFENCES = ("theft_non_motor", "violence", "other", "handling")


def with_inputs(table: pd.DataFrame) -> pd.DataFrame:
    """Ages, sanctions and offences of every kind, made up from each row's place."""
    place = np.arange(len(table))
    first = 12.0 + place * 7 % 20
    conviction = first + place * 5 % 17
    return table.assign(
        age_at_first_sanction=first,
        age_at_conviction=conviction,
        age_at_followup=conviction + place % 3,
        previous_sanctions=np.where(conviction > first, 1.0 + place * 11 % 25, 0.0),
        ogrs_offence=np.array(OFFENCES)[place % len(OFFENCES)],
    )


def with_outcomes(table: pd.DataFrame, incomplete: int = 1) -> pd.DataFrame:
    """Two of five reoffended; the first few people are not followed up to the end."""
    place = np.arange(len(table))
    return table.assign(
        reoffended=pd.array(place % 5 < 2, dtype="boolean"),
        followup_complete=pd.array(place >= incomplete, dtype="boolean"),
    )


@cache
def computed_only(incomplete: int = 0):
    """Nobody has a score in the file, everybody what it is computed from, and outcomes are known."""
    study = sample_study()
    cases = with_outcomes(with_inputs(study.cases.drop(columns=SCORES)), incomplete)
    caseload = with_outcomes(with_inputs(study.caseload.drop(columns=SCORES)))
    return replace(study, cases=cases, caseload=caseload)


@cache
def stated_too(off: int = 6):
    """The same with OGRS3 for two years in the file: of `off` people it is 3 points off, for 7 it is not computed."""
    study = computed_only()
    cases = study.cases.copy()
    scores = compute_scores(cases, "ogrs3_2").shown.copy()
    scores[:off] += np.where(scores[:off] < 90, 3, -3)
    cases = cases.assign(ogrs=scores, ogrs_version="OGRS3", ogrs_horizon="2 years")
    cases.loc[cases.index[-7:], "ogrs_offence"] = "no category"
    return replace(study, cases=cases)
