"""Which OGRS score is used: the file's where there is one, and the caseload's of the same kind."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evalcore.errors import UnknownNameError
from evalcore.profile.ogrs import ogrs_values
from evalcore.profile.ogrs_choice import FILE, SHOWN, default_score, score_choices, use_scores
from evalcore.profile.ogrs_scored import compute_scores

INPUTS = pd.DataFrame(
    {
        "sex": ["male", "female", "male"],
        "age_at_conviction": [30.0, 40.0, 25.0],
        "age_at_followup": [31.0, 40.0, 26.0],
        "age_at_first_sanction": [20.0, 15.0, 25.0],
        "previous_sanctions": [2.0, 30.0, 0.0],
        "offence": ["robbery", "handling", "other"],
    }
)
ONLY_THREE = INPUTS.assign(offence="soliciting")


def stated(version: str = "OGRS3", horizon: str = "2 years") -> pd.DataFrame:
    return pd.DataFrame({"ogrs": [40.0, 60.0], "ogrs_version": version, "ogrs_horizon": horizon})


@pytest.mark.parametrize(
    ("cases", "default"),
    [
        (pd.concat([INPUTS, stated()], ignore_index=True), FILE),
        (INPUTS, "ogrs4_g"),
        (ONLY_THREE, "ogrs3_2"),
        (INPUTS.assign(ogrs=np.nan), "ogrs4_g"),
        (INPUTS.drop(columns="sex"), FILE),
        (pd.DataFrame(), FILE),
    ],
)
def test_the_score_used_unasked(cases: pd.DataFrame, default: str) -> None:
    assert default_score(cases) == default
    assert use_scores(cases, pd.DataFrame()).key == default


def test_what_can_be_chosen_is_what_the_columns_allow_and_the_default_comes_first() -> None:
    assert list(score_choices(INPUTS)) == ["ogrs4_g", "ogrs3_2", "ogrs3_1"]
    assert next(iter(score_choices(ONLY_THREE))) == "ogrs3_2"
    both = INPUTS.assign(ogrs=50.0, violent_sanctions=0.0)
    assert list(score_choices(both)) == [FILE, "ogrs4_g", "ogrs4_v", "ogrs3_2", "ogrs3_1"]
    assert list(score_choices(stated())) == [FILE]
    assert list(score_choices(pd.DataFrame())) == []
    assert "legacy" in score_choices(INPUTS)["ogrs3_2"]
    assert "provisional" in score_choices(both)["ogrs4_v"]


def test_the_scores_of_a_file_are_used_as_they_are() -> None:
    cases, caseload = stated(), stated()
    found = use_scores(cases, caseload)
    assert found.cases is cases
    assert found.caseload is caseload
    assert found.notes == ()


def test_a_computed_score_has_its_version_and_horizon_and_both_precisions() -> None:
    found = use_scores(INPUTS, INPUTS, "ogrs3_1")
    scored = compute_scores(INPUTS, "ogrs3_1")
    for table in (found.cases, found.caseload):
        np.testing.assert_allclose(table["ogrs"], 100 * scored.p)
        np.testing.assert_array_equal(table[SHOWN], scored.shown)
        assert set(table["ogrs_version"]) == {"OGRS3"}
        assert set(table["ogrs_horizon"]) == {"1 year"}
    assert "3 of 3 people in the pilot" in found.notes[0]
    assert len(set(found.notes)) == len(found.notes)


def test_a_caseload_without_inputs_keeps_its_own_scores_and_is_compared_only_if_they_are_alike() -> None:
    alike, other = (use_scores(INPUTS, stated(horizon=one), "ogrs3_2") for one in ("2 years", "1 year"))
    assert ogrs_values(alike.cases, alike.caseload).caseload.one_by_one().tolist() == [40.0, 60.0]
    refused = ogrs_values(other.cases, other.caseload)
    assert len(refused.pilot) == 3
    assert "Only the comparison is refused: the pilot's OGRS scores are for 2 years" in str(refused.refused)


def test_a_caseload_without_scores_has_those_of_the_file_s_kind_computed() -> None:
    found = use_scores(stated("ogrs 3", "two years"), INPUTS)
    assert found.key == FILE
    np.testing.assert_allclose(found.caseload["ogrs"], 100 * compute_scores(INPUTS, "ogrs3_2").p)
    values = ogrs_values(found.cases, found.caseload)
    assert (len(values.pilot), len(values.caseload), values.refused) == (2, 3, None)
    assert "in the caseload" in found.notes[0]


@pytest.mark.parametrize("version", ["OGRS4", "OGP"])
def test_scores_that_are_not_computed_here_leave_the_caseload_as_it_is(version: str) -> None:
    assert use_scores(stated(version), INPUTS).caseload is INPUTS


def test_a_score_that_is_not_there_is_refused_by_name() -> None:
    with pytest.raises(UnknownNameError, match="ogrs3_2"):
        use_scores(INPUTS, INPUTS, "ogrs5")
