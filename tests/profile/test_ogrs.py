"""OGRS and age: one version and one horizon or no mean, and the pilot never compared with itself."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evalcore.errors import RepeatedIdError, TableError
from evalcore.profile.means import PublishedMean, compare_means
from evalcore.profile.ogrs import age_values, ogrs_values
from evalcore.sample import known_answers, sample_study

CASES, CASELOAD = sample_study().cases, sample_study().caseload
PILOT, KNOWN = known_answers()["pilot"], known_answers()["caseload"]
ONLY = "Only the comparison is refused: "


def people(version: object = "OGRS3", horizon: object = "1 year", scores: object = (40, 60)) -> pd.DataFrame:
    """Two people, or as many as there are scores; a version or horizon of None leaves the column out."""
    table = pd.DataFrame({"ogrs": scores})
    for column, value in (("ogrs_version", version), ("ogrs_horizon", horizon)):
        if value is not None:
            table[column] = value
    return table


def test_the_sample_is_as_known() -> None:
    found = ogrs_values(CASES, CASELOAD)
    assert (found.version, found.horizon) == (PILOT["ogrs_version"], PILOT["ogrs_horizon"])
    assert found.refused is None
    assert (len(found.pilot), len(found.caseload)) == (PILOT["n"], KNOWN["ogrs_n"])
    assert round(found.pilot.mean(), 2) == PILOT["ogrs_mean"]
    assert (found.pilot.min(), found.pilot.max()) == (PILOT["ogrs_low"], PILOT["ogrs_high"])
    assert round(found.caseload.mean, 3) == KNOWN["ogrs_mean"]
    assert (found.n_pilot_missing, found.n_caseload_missing) == (0, KNOWN["n"] - KNOWN["ogrs_n"])
    assert found.notes == ("By identifier, nobody of the pilot stands in the caseload.",)


def test_the_ages_of_the_sample_are_as_known() -> None:
    found = age_values(CASES, CASELOAD)
    assert round(found.pilot.mean(), 1) == PILOT["mean_age"]
    assert round(found.caseload.mean, 3) == KNOWN["mean_age"]
    assert (found.refused, found.n_pilot_missing, found.n_caseload_missing) == (None, 0, 0)


@pytest.mark.parametrize("values", [ogrs_values, age_values])
def test_the_pilot_is_taken_out_of_the_caseload(values) -> None:
    both = pd.concat([CASELOAD, CASES], ignore_index=True)
    found = values(CASES, both)
    np.testing.assert_array_equal(found.caseload.one_by_one(), values(CASES, CASELOAD).caseload.one_by_one())
    assert found.notes == ("27 people of the pilot were taken out of the caseload.",)


def test_the_values_go_straight_into_a_comparison() -> None:
    found = ogrs_values(people(scores=(40, 60, None)), people(scores=(30, None)))
    assert (found.n_pilot_missing, found.n_caseload_missing) == (1, 1)
    assert compare_means(found.pilot, found.against).difference == 20.0


@pytest.mark.parametrize("version", ["OGRS 3", "ogrs3", " Ogrs  3 ", "3", 3])
@pytest.mark.parametrize("horizon", ["1 year", "1 Year", "one year", "1", 1])
def test_spellings_of_one_version_and_horizon_are_one(version: object, horizon: object) -> None:
    found = ogrs_values(people(), people(version, horizon))
    assert found.refused is None
    assert found.caseload.one_by_one().tolist() == [40.0, 60.0]
    mixed = ogrs_values(people(["OGRS3", version], ["1 year", horizon]), None)
    assert (mixed.refused, len(mixed.pilot), mixed.horizon) == (None, 2, "1 year")


@pytest.mark.parametrize(
    ("version", "horizon", "why"),
    [
        (["OGRS3", "OGRS4"], "1 year", "more than one version (OGRS3 and OGRS4)"),
        ("OGRS3", ["1 year", "2 years"], "more than one horizon (1 year and 2 years)"),
        (["OGRS3", None], "1 year", "the version is not stated"),
        (["OGRS3", "OGRS"], "1 year", "the version is not stated"),
        (["OGRS3", "not stated"], "1 year", "the version is not stated"),
        (None, "1 year", "column ogrs_version"),
        ("OGRS3", ["1 year", None], "the horizon is not stated"),
        ("OGRS3", ["1 year", "Not stated"], "the horizon is not stated"),
        ("OGRS3", ["1 year", " "], "the horizon is not stated"),
        ("OGRS3", None, "column ogrs_horizon"),
    ],
)
def test_scores_that_give_no_common_mean_are_refused(version: object, horizon: object, why: str) -> None:
    of_pilot = ogrs_values(people(version, horizon), people())
    assert len(of_pilot.pilot) == len(of_pilot.caseload) == 0
    assert why.lower() in str(of_pilot.refused).lower()
    assert not str(of_pilot.refused).startswith(ONLY)
    of_caseload = ogrs_values(people(), people(version, horizon))
    assert of_caseload.pilot.tolist() == [40.0, 60.0]
    assert len(of_caseload.caseload) == 0
    assert str(of_caseload.refused).startswith(ONLY)
    assert why in str(of_caseload.refused)


def test_who_has_no_score_need_not_have_a_version() -> None:
    found = ogrs_values(people(["OGRS3", None], ["1 year", None], (40, None)), None)
    assert (found.refused, found.version, found.pilot.tolist(), found.n_pilot_missing) == (None, "OGRS3", [40.0], 1)


@pytest.mark.parametrize(
    ("version", "horizon", "why"),
    [
        ("OGRS4/G", "1 year", "of version OGRS3, the caseload's of OGRS4/G"),
        ("OGRS3", "2 years", "for 1 year, the caseload's for 2 years"),
    ],
)
def test_a_caseload_of_another_kind_is_not_compared(version: str, horizon: str, why: str) -> None:
    found = ogrs_values(people(), people(version, horizon))
    assert (len(found.pilot), len(found.caseload)) == (2, 0)
    assert str(found.refused).startswith(ONLY)
    assert why in str(found.refused)


@pytest.mark.parametrize("caseload", [None, pd.DataFrame(), people().iloc[:0], pd.DataFrame({"sex": ["male"]})])
def test_without_scores_of_a_caseload_the_pilot_stands_alone(caseload: pd.DataFrame | None) -> None:
    found = ogrs_values(people(), caseload)
    assert (found.pilot.tolist(), len(found.caseload), found.refused) == ([40.0, 60.0], 0, None)


@pytest.mark.parametrize("cases", [pd.DataFrame(), people(scores=(None, None)), people(None, None, (None,))])
def test_without_scores_of_the_pilot_nothing_is_refused(cases: pd.DataFrame) -> None:
    found = ogrs_values(cases, people())
    assert (len(found.pilot), found.n_pilot_missing, found.refused) == (0, len(cases), None)


@pytest.mark.parametrize("scores", [["high", 3], [101, 3], [-1, 3], [True, False], [float("inf"), 3]])
def test_an_impossible_score_is_an_error_that_names_the_column(scores: list[object]) -> None:
    with pytest.raises(TableError, match="column ogrs") as caught:
        ogrs_values(people(scores=scores), None)
    assert "101" not in str(caught.value)


@pytest.mark.parametrize("values", [ogrs_values, age_values])
def test_a_person_twice_is_an_error_also_without_a_caseload(values) -> None:
    with pytest.raises(RepeatedIdError):
        values(pd.concat([CASES, CASES.head(1)]), None)


def published(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame([{"mean": 48.2, "sd": 25.0, "n": 9000.0, "horizon": "1 year"} | row for row in rows])


@pytest.mark.parametrize("measure", ["ogrs3", "OGRS3", "OGRS 3", "Mean OGRS3 score"])
def test_a_published_mean_of_the_same_kind_is_compared(measure: str) -> None:
    found = ogrs_values(people(), published({"measure": measure}, {"measure": "age"}, {"measure": "OGRS4"}))
    assert found.against == PublishedMean(48.2, sd=25.0, n=9000)
    assert (found.refused, len(found.caseload), len(found.pilot)) == (None, 0, 2)
    assert found.notes == ("The caseload is a published figure.",)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"measure": "ogrs"}, "does not name its version"),
        ({"measure": "OGRS3", "horizon": None}, "does not name its version and horizon"),
        ({"measure": "OGRS3", "horizon": "not stated"}, "does not name its version and horizon"),
        ({"measure": "OGRS3", "horizon": "2 years"}, "for 1 year, the caseload's for 2 years"),
        ({"measure": "OGRS4"}, "of version OGRS3, the caseload's of OGRS4"),
    ],
)
def test_a_published_mean_of_another_or_no_kind_is_refused(row: dict[str, object], why: str) -> None:
    found = ogrs_values(people(), published(row))
    assert found.published is None
    assert why in str(found.refused)
    assert len(found.pilot) == 2


def test_several_published_means_are_refused() -> None:
    twice = published({"measure": "OGRS3", "date": "2018"}, {"measure": "OGRS 3", "date": "2024"})
    assert "Keep the one that fits the pilot" in str(ogrs_values(people(), twice).refused)
    ages = published({"measure": "age"}, {"measure": "Mean age"})
    assert "Keep the one that fits the pilot" in str(age_values(CASES, ages).refused)


def test_a_published_band_is_no_mean() -> None:
    band = {"measure": "OGRS3", "category": "low", "mean": None, "sd": None, "count": 481, "total": 1000}
    found = ogrs_values(people(), published(band))
    assert (found.published, found.refused) == (None, None)
    assert found.notes == ("The published figures hold no mean of OGRS.",)


def test_a_published_age_is_compared_and_what_it_is_of_is_said() -> None:
    row = {"measure": "age", "sd": None, "n": None, "total": 500, "mean": 33.0, "category": "men", "date": "2024"}
    found = age_values(CASES, published(row))
    assert found.against == PublishedMean(33.0, sd=None, n=500)
    assert found.notes == ("The caseload is a published figure: 2024.", "The published figure is for: men.")
    assert age_values(CASES, published({"measure": "age band"})).published is None


def test_ages_that_are_not_known_are_counted() -> None:
    found = age_values(pd.DataFrame({"age": [30, None]}), pd.DataFrame({"sex": ["male"] * 3}))
    assert (found.pilot.tolist(), found.n_pilot_missing, found.n_caseload_missing) == ([30.0], 1, 3)
    with pytest.raises(TableError, match="column age"):
        age_values(pd.DataFrame({"age": ["thirty"]}), None)
