"""Pairs and their power agree with R, and a plan that can not be made says why."""

from __future__ import annotations

import math
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.errors import EvalcoreError
from evalcore.outcomes.paired import paired_change
from evalcore.outcomes.planning import PlannedPairs, paired_power, pairs_for_change, pairs_needed, sd_limits
from evalcore.outcomes.planning.checks import recruited
from evalcore.sample import sample_study
from tests.outcomes.oracle import read

ORACLE = read("planning.json")
PILOTS = ORACLE["pilots"]
AT = ("at_pilot_sd", "at_upper80", "at_lower95", "at_upper95")
SDS = ("sd_change", "sd_upper80", "sd_lower95", "sd_upper95")


def planned(name: str) -> PlannedPairs:
    one = PILOTS[name]
    more = {key: one[key] for key in ("completion", "power", "alpha") if key in one}
    changes = np.array(one["changes"])
    return pairs_for_change(one["change"], sd_change=changes.std(ddof=1), pilot_pairs=len(changes), **more)


# --- as in R -----------------------------------------------------------------------------------------------------


def test_the_pairs_needed_are_as_in_r() -> None:
    assert len(ORACLE["pairs"]) > 100
    for one in ORACLE["pairs"]:
        found = pairs_needed(one["effect"], power=one["power"], alpha=one["alpha"])
        assert found == one["needed"], one


def test_the_power_of_any_number_of_pairs_is_as_in_r() -> None:
    for one in ORACLE["curves"]:
        found = paired_power(one["n"], one["effect"], alpha=one["alpha"])
        assert found.tolist() == pytest.approx(one["power"], abs=1e-9)


@pytest.mark.parametrize("name", PILOTS)
def test_the_plan_from_a_pilot_is_as_in_r(name: str) -> None:
    expected, found = PILOTS[name]["planned"], planned(name)
    for field in SDS:
        assert getattr(found, field) == pytest.approx(expected[field], rel=1e-9), field
    assert [getattr(found, field) for field in AT] == [expected[field] for field in AT]
    assert found.recruit == expected.get("recruit")
    assert bool(found.notes) == ("recruit" not in expected)


def test_the_plan_from_the_sample_study() -> None:
    """The published pilot: 7 pairs whose changes have an SD of 3.06, 2.87 points, 7 of 27 completing."""
    from evalcore.findings import Scores, measures

    study = sample_study()
    measure = next(one for one in measures(study) if one.slug == "swemwbs.total.service-users")
    scores = Scores(study)
    change = paired_change(scores.pairs(measure.instrument, measure.scale, measure.roles), resamples=0)
    plan = pairs_for_change(2.87, sd_change=change.sd_change, pilot_pairs=change.n_pairs, completion=7 / 27)
    found = (plan.at_pilot_sd, plan.at_upper80, plan.at_lower95, plan.at_upper95)
    assert found == (12, 20, 6, 46)  # the figures of the brief for this study
    assert plan.recruit == math.ceil(20 * 27 / 7)


# --- what can not be planned --------------------------------------------------------------------------------------


@pytest.mark.parametrize("effect", [0, 0.0, -0.0, math.nan, math.inf, True, "0.5", None, 1e-9])
def test_an_effect_that_is_none_is_refused(effect: object) -> None:
    with pytest.raises(EvalcoreError):
        pairs_needed(effect)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "test",
    [
        {"power": 0},
        {"power": 1},
        {"power": 80},
        {"power": math.nan},
        {"power": True},
        {"alpha": 0},
        {"alpha": 1},
        {"alpha": 5},
        {"power": 0.05},
        {"power": 0.2, "alpha": 0.3},
    ],
)
def test_a_test_that_is_none_is_refused(test: dict[str, float]) -> None:
    with pytest.raises(EvalcoreError):
        pairs_needed(0.5, **test)
    with pytest.raises(EvalcoreError):
        pairs_for_change(2, sd_change=3, pilot_pairs=7, **test)


@pytest.mark.parametrize("completion", [0, -0.1, 1.01, 26, math.nan, True, "half"])
def test_a_completion_outside_its_range_is_refused(completion: object) -> None:
    with pytest.raises(EvalcoreError):
        pairs_for_change(2, sd_change=3, pilot_pairs=7, completion=completion)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "pilot",
    [
        {"sd_change": -1, "pilot_pairs": 7},
        {"sd_change": math.inf, "pilot_pairs": 7},
        {"sd_change": 3, "pilot_pairs": -1},
        {"sd_change": 3, "pilot_pairs": 6.5},
        {"sd_change": 3, "pilot_pairs": True},
    ],
)
def test_a_pilot_that_is_none_is_refused(pilot: dict[str, float]) -> None:
    with pytest.raises(EvalcoreError):
        pairs_for_change(2, **pilot)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sd", "pairs", "reason"),
    [
        (None, 0, "at least two pairs"),
        (None, 1, "at least two pairs"),
        (3.0, 1, "at least two pairs"),
        (0.0, 4, "all changes of the pilot are equal"),
        (math.nan, 4, "is not known"),
    ],
)
def test_a_pilot_without_spread_gives_no_number_and_says_why(sd: float | None, pairs: int, reason: str) -> None:
    plan = pairs_for_change(2, sd_change=sd, pilot_pairs=pairs, completion=0.5)
    assert {getattr(plan, field) for field in (*AT, "recruit", *SDS[1:])} == {None}
    assert len(plan.notes) == 1
    assert reason in plan.notes[0]


def test_without_completion_nobody_is_recruited_and_it_says_so() -> None:
    plan = pairs_for_change(2, sd_change=3, pilot_pairs=7)
    assert plan.recruit is None
    assert "How many to recruit is not given" in plan.notes[0]


def test_a_limit_beyond_all_numbers_is_none_and_the_others_stand() -> None:
    plan = pairs_for_change(1e-5, sd_change=3, pilot_pairs=2, completion=1)
    assert plan.at_lower95 is not None
    assert plan.at_upper95 is None
    assert any("1,000,000,000,000 pairs" in note for note in plan.notes)


def test_a_share_in_per_cent_adds_nobody_by_the_way_it_is_stored() -> None:
    """7 / 0.07 is a little above 100 as a computer divides: whole numbers tell what is right."""
    for n in range(1, 120):
        for percent in range(1, 101):
            assert recruited(n, percent / 100) == -(-100 * n // percent)


# --- what holds for all ---------------------------------------------------------------------------------------------

sizes = st.floats(0.005, 60)
powers = st.floats(0.25, 0.995)
alphas = st.floats(0.0005, 0.2)


@given(effect=sizes, power=powers, alpha=alphas)
def test_the_number_is_the_fewest_that_reaches_the_power(effect: float, power: float, alpha: float) -> None:
    n = pairs_needed(effect, power=power, alpha=alpha)
    assert paired_power(n, effect, alpha=alpha) >= power
    assert n == 2 or paired_power(n - 1, effect, alpha=alpha) < power
    assert pairs_needed(-effect, power=power, alpha=alpha) == n


@given(effect=sizes, alpha=alphas)
def test_power_rises_with_pairs_and_with_the_effect_and_stays_a_share(effect: float, alpha: float) -> None:
    curve = paired_power(np.arange(2, 400), effect, alpha=alpha)
    assert ((curve >= alpha - 1e-9) & (curve <= 1 + 1e-12)).all()
    assert (np.diff(curve) >= -1e-9).all()
    assert (paired_power(np.arange(2, 400), effect * 1.1, alpha=alpha) >= curve - 1e-9).all()


@given(sd=st.floats(0.01, 50), pairs=st.integers(2, 3_000), change=st.floats(0.05, 40), completion=st.floats(0.05, 1))
def test_the_advice_lies_between_the_pilot_and_the_upper_limit(
    sd: float, pairs: int, change: float, completion: float
) -> None:
    limits = sd_limits(sd, pairs)
    assert limits.lower95 < sd < limits.upper80 < limits.upper95  # type: ignore[operator]
    plan = pairs_for_change(change, sd_change=sd, pilot_pairs=pairs, completion=completion)
    assert plan.at_lower95 <= plan.at_pilot_sd <= plan.at_upper80 <= plan.at_upper95  # type: ignore[operator]
    assert plan.recruit * completion >= plan.at_upper80 - 1e-6  # type: ignore[operator]
    assert (plan.recruit - 1) * completion < plan.at_upper80  # type: ignore[operator]


def test_a_thousand_million_pairs_are_found_at_once() -> None:
    """Bisection: a search pair by pair would take hours, so seconds are room enough for any machine."""
    start = time.perf_counter()
    assert pairs_needed(1e-5) > 10**10
    assert time.perf_counter() - start < 5
