"""How far people came, the trends over risk, and the time to disengagement: against R, by hand, and at the edges."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.columns import ROLE, SERVICE_USER
from evalcore.errors import EvalcoreError
from evalcore.outcomes.shares import wilson
from evalcore.profile.reach import attended_shares, reach, reach_by_site, reached_people
from evalcore.profile.reach_risk import contacts_trend, risk_bands, start_trend
from evalcore.profile.reach_time import disengagement_curve, latest_date, stayed
from evalcore.sample import known_answers, sample_study
from tests.outcomes import oracle

R = oracle.read("reach.json")
PILOT = known_answers()["pilot"]


def people(roster=(), cases=(), **more):
    return reached_people(pd.DataFrame(list(roster)), pd.DataFrame(list(cases)), **more)


def sample_people():
    study = sample_study()
    return reached_people(study.roster[study.roster[ROLE] == SERVICE_USER], study.cases)


@pytest.mark.parametrize("name", R["starts"])
def test_the_trend_of_starts_is_that_of_r(name: str) -> None:
    said = R["starts"][name]
    found = start_trend(said["ogrs"], said["started"])
    assert found.estimate == pytest.approx(said["estimate"], rel=1e-8)
    assert (found.ci_low, found.ci_high) == pytest.approx((said["ci_low"], said["ci_high"]), rel=1e-6)
    assert found.clear is not (said["ci_low"] <= 1 <= said["ci_high"])
    assert found.falls is (said["estimate"] < 1)


@pytest.mark.parametrize("name", R["contacts"])
def test_the_trend_of_contacts_is_that_of_r(name: str) -> None:
    said = R["contacts"][name]
    found = contacts_trend(said["ogrs"], said["share"])
    assert (found.estimate, found.ci_low, found.ci_high) == pytest.approx(
        (said["estimate"], said["ci_low"], said["ci_high"]), abs=1e-12
    )


@pytest.mark.parametrize(
    ("ogrs", "started", "why"),
    [
        ([10, 20], [1, 0], "fewer than 3"),
        ([10, 20, 30], [1, 1, 1], "everybody started"),
        ([10, 20, 30], [0, 0, 0], "nobody started"),
        ([10, 10, 10], [1, 0, 1], "all have the same score"),
        ([10, 20, 30, 40], [1, 1, 0, 0], "parts those who started"),
        ([10, 20, 20, 40], [0, 0, 1, 1], "parts those who started"),
    ],
)
def test_where_there_is_no_trend_of_starts_it_is_said_why(ogrs, started, why: str) -> None:
    found = start_trend(ogrs, started)
    assert why in found.why_not
    assert found.estimate is None
    assert not found.clear
    assert not found.falls


def test_values_that_are_missing_are_refused() -> None:
    with pytest.raises(EvalcoreError, match="missing"):
        start_trend([10, np.nan, 30], [1, 0, 1])
    with pytest.raises(EvalcoreError, match="each person"):
        contacts_trend([10, 20, 30], [0.5, 0.6])
    assert "same score" in contacts_trend([10, 10, 10], [0.1, 0.2, 0.3]).why_not
    assert "fewer than 3" in contacts_trend([10, 20], [0.1, 0.2]).why_not


@given(st.lists(st.tuples(st.integers(0, 100), st.booleans()), min_size=3, max_size=25))
def test_the_interval_holds_the_estimate_and_turns_with_the_outcome(given_people) -> None:
    ogrs, started = zip(*given_people, strict=True)
    found, turned = start_trend(ogrs, started), start_trend(ogrs, [not one for one in started])
    assert (found.estimate is None) is (turned.estimate is None)
    if found.estimate is not None:
        assert found.ci_low <= found.estimate <= found.ci_high
        assert np.log(found.estimate) == pytest.approx(-np.log(turned.estimate), abs=1e-5)


@pytest.mark.parametrize("version", ["OGRS3", "ogrs 3", "OGRS4/G"])
def test_bands_are_the_published_ones_for_two_years_alone(version: str) -> None:
    bands = risk_bands(version, "2 years")
    assert bands.published
    scores = np.array([0, 49, 50, 74, 75, 89, 90, 100], dtype=float)
    assert [int(band.holds(scores).sum()) for band in bands.bands] == [2, 2, 2, 2]
    assert [band.label.split(" (")[0] for band in bands.bands] == ["Low", "Medium", "High", "Very high"]
    assert not risk_bands(version, "1 year").published
    assert not risk_bands("OASys", "2 years").published
    assert not risk_bands(None, None).published


@given(st.floats(0, 100))
def test_every_score_lies_in_one_band(score: float) -> None:
    for bands in (risk_bands("OGRS3", "2 years"), risk_bands("OGRS3", "1 year")):
        assert sum(int(band.holds(np.array([score]))[0]) for band in bands.bands) == 1


@pytest.mark.parametrize("name", R["curves"])
def test_the_curve_is_that_of_r(name: str) -> None:
    said = R["curves"][name]
    start = pd.Timestamp("2026-01-05")
    cases = [
        {
            "respondent_id": f"P{at}",
            "status": "disengaged" if left else "completed",
            "started_on": start,
            "ended_on": start + pd.Timedelta(days=days),
        }
        for at, (days, left) in enumerate(zip(said["days"], said["left"], strict=True))
    ]
    curve = disengagement_curve(stayed(people(cases=cases), None))
    assert (curve.n, curve.n_left) == (said["n"], said["n_left"])
    assert curve.weeks == pytest.approx(np.array(said["weeks"]), abs=1e-9)
    assert curve.share == pytest.approx(np.array(said["share"]), abs=1e-12)
    for ours, theirs in ((curve.ci_low, said["low"]), (curve.ci_high, said["high"])):
        theirs = np.array([np.nan if one is None else one for one in theirs], dtype=float)
        inside = (curve.share > 0) & (curve.share < 1)
        assert ours[inside] == pytest.approx(theirs[inside], abs=1e-9)
    at = said["at"]
    assert [curve.at(week)[0] for week in at["weeks"]] == pytest.approx(at["share"], abs=1e-12)
    assert [curve.at_risk(week) for week in at["weeks"]] == at["risk"]


def test_shares_of_a_pilot_are_those_of_r() -> None:
    for said in R["shares"]:
        assert wilson(said["k"], said["n"]) == pytest.approx((said["low"], said["high"]), abs=1e-12)


def test_the_sample_study_is_counted_as_its_files_say() -> None:
    found = sample_people()
    whole = reach(found)
    n = PILOT["n"]
    assert (whole.people, whole.listed, whole.referred, whole.eligible, whole.started) == (n, n, n, n, n)
    assert (whole.disengaged, whole.status_known) == (PILOT["disengaged"], n)
    assert {one.site: one.started for one in reach_by_site(found)} == PILOT["by_site"]
    assert sum(one.disengaged for one in reach_by_site(found)) == whole.disengaged
    assert whole.start_interval == wilson(n, n)


def test_in_the_sample_study_no_day_of_disengaging_is_known() -> None:
    study, found = sample_study(), sample_people()
    last = latest_date([study.cases["ended_on"], study.cases["started_on"], study.responses["completed_on"]])
    spans = stayed(found, last)
    assert spans.disengaged_undated == spans.without_end == PILOT["disengaged"]
    assert disengagement_curve(spans) is None
    assert last == study.cases["ended_on"].max()


STARTED = {"respondent_id": "A", "started_on": pd.Timestamp("2026-01-05")}


def test_a_start_is_a_date_or_a_status_and_unknown_where_nothing_is_written() -> None:
    roster = [STARTED, {"respondent_id": "B", "started_on": pd.NaT}, {"respondent_id": "C", "started_on": pd.NaT}]
    found = people(roster, [{"respondent_id": "C", "status": "active"}, {"respondent_id": "D", "status": None}])
    assert dict(zip(found["respondent_id"], found["started"], strict=True)) == {
        "A": True,
        "B": False,
        "C": True,
        "D": False,
    }
    unknown = reach(people([{"respondent_id": "A"}, {"respondent_id": "B"}]))
    assert (unknown.listed, unknown.started, unknown.start_rate, unknown.start_interval) == (2, None, None, None)


def test_a_start_rate_is_of_the_eligible_only() -> None:
    roster = [
        {**STARTED, "eligible": True},
        {"respondent_id": "B", "eligible": True, "started_on": pd.NaT},
        {"respondent_id": "C", "eligible": False, "started_on": pd.Timestamp("2026-01-06")},
        {"respondent_id": "D", "eligible": None, "started_on": pd.Timestamp("2026-01-06")},
    ]
    whole = reach(people(roster))
    assert (whole.eligible_known, whole.eligible, whole.started, whole.started_eligible) == (3, 2, 3, 1)
    assert whole.start_rate == 0.5


def test_the_case_file_goes_before_the_list() -> None:
    found = people(
        [{"respondent_id": "A", "site": "North", "started_on": pd.Timestamp("2026-01-05")}],
        [{"respondent_id": "A", "site": "South", "started_on": pd.Timestamp("2026-02-05"), "status": "active"}],
    )
    assert found["site"].tolist() == ["South"]
    assert found["started_on"].tolist() == [pd.Timestamp("2026-02-05")]
    assert (reach(found, "South").started, reach(found, "North").people) == (1, 0)


def test_who_can_not_be_placed_in_time_is_counted_and_left_out() -> None:
    day = pd.Timestamp
    rows = [
        ("A", "disengaged", day("2026-01-05"), day("2026-02-02")),
        ("B", "disengaged", day("2026-01-05"), pd.NaT),
        ("C", "completed", day("2026-01-05"), pd.NaT),
        ("D", "completed", pd.NaT, day("2026-02-02")),
        ("E", "disengaged", day("2026-01-05"), day("2026-01-01")),
        ("F", None, day("2026-01-05"), day("2026-02-02")),
        ("G", "active", day("2026-01-05"), day("2026-01-06")),
    ]
    columns = ("respondent_id", "status", "started_on", "ended_on")
    found = stayed(people(cases=[dict(zip(columns, row, strict=True)) for row in rows]), day("2026-03-02"))
    assert found.weeks.tolist() == [4.0, 8.0]
    assert found.left.tolist() == [True, False]
    counts = (found.without_start, found.without_end, found.before_start, found.without_status)
    assert counts == (1, 2, 1, 1)
    assert found.disengaged_undated == 2


def test_contacts_that_can_not_be_are_unknown() -> None:
    rows = [(10, 5), (0, 0), (4, 6), (None, 3), (3, None), (8, 8)]
    cases = [
        {"respondent_id": f"P{at}", "contacts_offered": offered, "contacts_attended": attended}
        for at, (offered, attended) in enumerate(rows)
    ]
    assert attended_shares(people(cases=cases)).fillna(-1).tolist() == [0.5, -1, -1, -1, -1, 1.0]


@pytest.mark.parametrize("n", [0, 1, 2, 3])
def test_a_handful_of_people_is_enough(n: int) -> None:
    cases = [{"respondent_id": f"P{at}", "status": "active", **{"started_on": pd.NaT}} for at in range(n)]
    found = people(cases=cases)
    assert reach(found).people == n
    assert disengagement_curve(stayed(found, None)) is None
