"""Reoffending observed beside the number expected by OGRS: whether the scale fits, and no effect."""

from __future__ import annotations

import math

import pandas as pd

from evalcore.findings.finding import ONE_DECIMAL_BELOW, Column, Finding
from evalcore.findings.people.basis import People
from evalcore.findings.people.ogrs_by_score import Told
from evalcore.findings.people.ogrs_expected_chart import expected_chart
from evalcore.findings.people.ogrs_expected_rows import (
    CASELOAD,
    CASELOAD_REST,
    COUNTED,
    EXPECTED,
    NOT_COUNTED,
    REOFFENDED,
    STAYED,
    Reoffending,
)
from evalcore.findings.people.tables import frame_of
from evalcore.findings.people.words import LEAST_FOR_A_TEST, LEAST_FOR_A_TEST_IN_WORDS
from evalcore.profile.ogrs_expected import Expected
from evalcore.wording import count, number, p_value

_OLD_COHORTS = (
    "This is not an effect: the scale was built on people of earlier years, and proven reoffending has changed since"
    " then for everybody. Only the same ratio in a caseload of the same period shows how far the scale is out today,"
    " and the people of the pilot were not drawn from it by chance."
)
_NUMBERS = ("observed", "expected", "low", "high", "ratio", "p_value")


def ogrs_expected_finding(people: People, site: str | None = None, choice: str | None = None) -> Finding:
    """Observed and expected numbers of people who reoffended, among those whose follow-up is complete.

    Parameters
    ----------
    people : People
    site : str, optional
        Only the people of one site.
    choice : str, optional
        Which score: `ogrs_choice.FILE` or one of `ogrs_scored.KINDS`; None for the default.
    """
    found = Reoffending.of(people, site, choice)
    told = Told(
        title=_title(found),
        sentence=_sentence(found),
        caution=_caution(found),
        outside=_caution(found),
        chart=expected_chart(found),
        table=_table(found),
        columns=_columns(found),
        statistics=("ogrs_expected",),
        rests_on=(EXPECTED,) if found.is_given else (),
        notes=_notes(found),
        topic="Reoffending observed and expected, not an effect",
    )
    return found.finding("ogrs_expected", told)


def _title(found: Reoffending) -> str:
    where = found.pilot.where
    if not found.is_given:
        return f"Reoffending observed and expected: not given for {where}"
    of = found.of_pilot
    people = count(of.n, "person", "people")
    return f"Not an effect: {of.observed} of {people} in {where} reoffended, {number(of.expected, 1)} were expected"


def _sentence(found: Reoffending) -> str:
    if not found.is_given:
        return found.refused
    of = found.of_pilot
    test = f" ({p_value(of.p_value)}, exact)" if of.n >= LEAST_FOR_A_TEST_IN_WORDS and of.p_value >= 0 else ""
    who = f"{count(of.n, 'person', 'people')} in {found.pilot.where}"
    words = [
        f"Of {who} with complete follow-up, {of.observed} reoffended;"
        f" by {found.name} {number(of.expected, 1)} were expected{_range(of)}{test}."
    ]
    if found.n_left_out:
        words.append(f"{count(found.n_left_out, 'person does', 'people do')} not count, for the reasons in the notes.")
    theirs = found.of_caseload
    if theirs is not None:
        decimals = 1 if of.n < ONE_DECIMAL_BELOW else 2
        words.append(
            f"In the caseload, {theirs.observed:,} of {count(theirs.n, 'person', 'people')} reoffended,"
            f" {number(theirs.ratio, 2)} times the number expected{_ratio_range(theirs)}; in the pilot,"
            f" {number(of.ratio, decimals)} times."
        )
    return " ".join(words)


def _range(of: Expected) -> str:
    return "" if math.isnan(of.low) else f", 95 % range {number(of.low, 0)} to {number(of.high, 0)}"


def _ratio_range(of: Expected) -> str:
    """Between what ratios chance alone would leave the caseload: "(95 times in 100 it would be 0.98 to 1.02 ...)"."""
    low, high = of.ratio_range
    if math.isnan(low):
        return ""
    return f" (95 times in 100 it would be {number(low, 2)} to {number(high, 2)} if the scale were right)"


def _caution(found: Reoffending) -> str:
    if not found.is_given:
        return ""
    horizon = f"The number expected is for {found.horizon}: everybody must have been followed for as long,"
    period = " The files do not say whether pilot and caseload were followed in the same period."
    proof = f"{horizon} and six months more for an offence to be proven."
    return f"{_OLD_COHORTS} {proof}{period if found.of_caseload is not None else ''}"


def _notes(found: Reoffending) -> tuple[str, ...]:
    if not found.is_given:
        return (*found.why_no_caseload, *found.used.people.taken_out)
    of = found.of_pilot
    left = (
        (of.n_incomplete, "their follow-up is not said to be complete"),
        (of.n_no_outcome, "it is not known whether they reoffended"),
        (of.n_no_score, "they have no score"),
    )
    why = [f"{count(n, 'person does', 'people do')} not count: {reason}." for n, reason in left if n]
    few = (f"No p value is given below {LEAST_FOR_A_TEST} people.",) if of.n < LEAST_FOR_A_TEST else ()
    rounded = ("The probabilities are the scores in the file, which are rounded.",) if found.is_rounded else ()
    return (*why, *few, *rounded, *found.used.scores.notes, *found.why_no_caseload, *found.used.people.taken_out)


def _table(found: Reoffending) -> pd.DataFrame:
    rows = []
    for who, of in found.sides.items():
        tested = who == "Pilot" and of.n >= LEAST_FOR_A_TEST
        rows.append(
            {
                "who": who,
                "n": of.n,
                "left_out": of.n_left_out,
                "observed": of.observed,
                "expected": of.expected,
                "low": of.low,
                "high": of.high,
                "ratio": of.ratio,
                "p_value": of.p_value if tested else None,
            }
        )
    return frame_of(rows, ("who", "n", "left_out", *_NUMBERS), labels=("who",))


def _columns(found: Reoffending) -> tuple[Column, ...]:
    keys = {"Pilot": COUNTED, "Caseload": CASELOAD}
    own = tuple((keys[who],) for who in found.sides)
    summed = tuple((EXPECTED,) if who == "Pilot" else (CASELOAD,) for who in found.sides)
    left = tuple((NOT_COUNTED,) if who == "Pilot" else (CASELOAD_REST,) for who in found.sides)
    holders = tuple((REOFFENDED, STAYED) if who == "Pilot" else () for who in found.sides)
    return (
        Column("who", "Who", "label"),
        Column("n", "Followed up", "fieldwork", groups=own),
        Column("left_out", "Do not count", "fieldwork", groups=left),
        Column("observed", "Reoffended", "characteristic", groups=own, holders=holders),
        Column("expected", "Expected", "mean", 1, summed, follows="observed"),
        Column("low", "Expected: 95 % range from", "interval", 0, summed, follows="observed"),
        Column("high", "to", "interval", 0, summed, follows="observed"),
        Column("ratio", "Observed / expected", "mean", 2, summed, follows="observed"),
        Column("p_value", "p (exact)", "test", 3, summed, follows="observed"),
    )
