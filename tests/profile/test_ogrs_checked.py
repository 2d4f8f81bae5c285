"""Scores in a file against those computed: compared within their own version and horizon, and counted."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evalcore.errors import TableError
from evalcore.profile.ogrs_checked import check_scores
from evalcore.profile.ogrs_scored import compute_scores
from tests.outcomes.oracle import read

PUBLISHED = read("ogrs_published.json")["ogrs3"]
WHOLE = [case for case in PUBLISHED if {"one_year", "two_year"} <= set(case) and "sanction" not in case]
NAMES = ("sex", "age_at_conviction", "age_at_followup", "age_at_first_sanction", "previous_sanctions", "offence")


def published(horizon: str, off: float = 0.0) -> pd.DataFrame:
    """People whose score was published, with that score, moved by `off` points, in the file."""
    table = pd.DataFrame([{name: case[name] for name in NAMES} for case in WHOLE])
    scores = [case["one_year" if horizon == "1 year" else "two_year"] for case in WHOLE]
    return table.assign(ogrs=np.array(scores) + off, ogrs_version="OGRS3", ogrs_horizon=horizon)


@pytest.mark.parametrize("horizon", ["1 year", "2 years"])
@pytest.mark.parametrize(("off", "agree"), [(0, True), (1, True), (-1, True), (1.01, False), (-2, False)])
def test_a_published_score_agrees_within_one_point(horizon: str, off: float, agree: bool) -> None:
    found = check_scores(published(horizon, off))
    assert len(WHOLE) >= 3
    assert found.agree.tolist() == [agree] * len(WHOLE)
    assert found.differ.tolist() == [not agree] * len(WHOLE)
    np.testing.assert_allclose(found.difference, off, atol=1e-9)


def test_a_score_of_the_other_horizon_is_not_taken_for_it() -> None:
    table = published("2 years").assign(ogrs_horizon="1 year")
    assert not check_scores(table).agree.any()


def test_each_person_is_checked_by_their_own_version_and_horizon() -> None:
    both = pd.concat([published("1 year"), published("2 years")], ignore_index=True).sample(frac=1, random_state=1)
    assert check_scores(both).agree.all()
    four = published("2 years").assign(ogrs_version="OGRS 4/G")
    four = four.assign(ogrs=compute_scores(four, "ogrs4_g").shown)
    mixed = check_scores(pd.concat([four, published("1 year")], ignore_index=True))
    known = mixed.compared
    assert mixed.agree[known].all()
    assert known[len(four) :].all()


@pytest.mark.parametrize(
    ("column", "value"),
    [("ogrs_version", "OGRS4"), ("ogrs_version", None), ("ogrs_version", "OGP"), ("ogrs_horizon", "not stated")],
)
def test_a_version_or_horizon_that_is_not_computed_is_counted(column: str, value: object) -> None:
    found = check_scores(published("2 years").assign(**{column: value}))
    assert found.not_computed.all()
    assert found.reasons == {"The version and horizon stated are none that is computed here.": len(WHOLE)}


def test_who_can_not_be_computed_is_counted_with_the_reason_and_who_has_no_score_is_not() -> None:
    table = published("2 years")
    table.loc[0, "sex"] = None
    table.loc[1, "ogrs"] = None
    found = check_scores(table)
    assert found.not_computed.tolist() == [True] + [False] * (len(WHOLE) - 1)
    assert found.has_score.sum() == len(WHOLE) - 1
    assert found.reasons == {"Sex is not known.": 1}


@pytest.mark.parametrize("table", [pd.DataFrame(), pd.DataFrame({"sex": ["male"]}), pd.DataFrame({"ogrs": [50.0]})])
def test_without_scores_or_their_version_nothing_is_compared(table: pd.DataFrame) -> None:
    assert not check_scores(table).compared.any()


def test_an_impossible_score_is_an_error() -> None:
    with pytest.raises(TableError, match="column ogrs"):
        check_scores(published("2 years").assign(ogrs=101))
