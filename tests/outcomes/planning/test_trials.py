"""Trials of two groups, of shares and of clusters agree with R, and a plan that can not be made is refused."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.errors import EvalcoreError
from evalcore.outcomes.planning import (
    clusters_for_difference,
    clusters_for_shares,
    clusters_power,
    correlation_interval,
    group_size_needed,
    groups_for_difference,
    groups_for_shares,
    shares_clusters_power,
    shares_power,
    two_group_power,
)
from evalcore.outcomes.planning.clusters import LEAST_TO_ANALYSE, design_effect
from tests.outcomes.oracle import read

ORACLE = read("planning.json")
CLUSTERED = ("icc", "cluster_size", "size_variation", "power")


# --- as in R -----------------------------------------------------------------------------------------------------


def test_two_groups_are_as_in_r() -> None:
    for one in ORACLE["groups"]:
        asked = {key: one[key] for key in ("sd", "correlation", "power", "alpha")}
        found = groups_for_difference(one["difference"], **asked)
        assert (found.unadjusted, found.per_group) == (one["unadjusted"], one["per_group"]), one
        effect = one["difference"] / one["sd"]
        power = two_group_power(30, effect, correlation=one["correlation"], alpha=one["alpha"])
        assert float(power) == pytest.approx(one["power_of_30"], abs=1e-9)


def test_shares_are_as_in_r() -> None:
    for one in ORACLE["shares"]:
        asked = {"power": one["power"], "alpha": one["alpha"]}
        assert group_size_needed(one["p1"], one["p2"], **asked) == one["needed"]
        assert group_size_needed(one["p2"], one["p1"], **asked) == one["needed"]
        power = float(shares_power(200, one["p1"], one["p2"], alpha=one["alpha"]))
        assert power == pytest.approx(one["power_of_200"], abs=1e-12)


def test_clusters_are_as_in_r() -> None:
    for one in ORACLE["clusters"]:
        asked = {key: one[key] for key in (*CLUSTERED, "sd", "correlation", "alpha")}
        found = clusters_for_difference(one["difference"], **asked)
        assert found.design_effect == pytest.approx(one["design_effect"])
        assert found.by_formula == one["by_formula"], one


def test_clusters_for_shares_are_as_in_r() -> None:
    for one in ORACLE["shares_clusters"]:
        found = clusters_for_shares(one["p1"], one["p2"], **{key: one[key] for key in (*CLUSTERED, "alpha")})
        assert found.design_effect == pytest.approx(one["design_effect"])
        assert found.by_formula == one["by_formula"], one


def test_the_interval_of_a_correlation_is_as_in_r() -> None:
    for one in ORACLE["correlations"]:
        assert correlation_interval(one["r"], one["n"]) == pytest.approx((one["low"], one["high"]), rel=1e-9)
    assert correlation_interval(0.5, 3) is None
    assert correlation_interval(1.0, 10) is None


# --- the allowances -----------------------------------------------------------------------------------------------


def test_the_allowance_for_those_who_do_not_complete() -> None:
    groups = groups_for_difference(2, sd=4, correlation=0.6, completion=0.7)
    assert groups.recruit_per_group == math.ceil(groups.per_group / 0.7)
    assert groups.recruit == 2 * groups.recruit_per_group
    shares = groups_for_shares(0.5, 0.4, completion=0.9)
    assert shares.recruit == 2 * math.ceil(shares.per_group / 0.9)
    clusters = clusters_for_difference(2, sd=4, icc=0.05, cluster_size=20, completion=0.3)
    assert clusters.recruit_per_cluster == math.ceil(20 / 0.3)
    assert clusters.recruit == 2 * clusters.per_arm * clusters.recruit_per_cluster
    for plan in (groups, shares, clusters):
        assert not [note for note in plan.notes if "How many to recruit" in note]


@pytest.mark.parametrize(
    "plan",
    [
        groups_for_difference(2, sd=4),
        groups_for_shares(0.5, 0.4),
        clusters_for_difference(2, sd=4, icc=0.05, cluster_size=20),
        clusters_for_shares(0.5, 0.4, icc=0.05, cluster_size=20),
    ],
)
def test_without_completion_nobody_is_recruited_and_it_says_so(plan: object) -> None:
    assert plan.recruit is None  # type: ignore[attr-defined]
    assert any("How many to recruit is not given" in note for note in plan.notes)  # type: ignore[attr-defined]


def test_too_few_clusters_are_never_planned() -> None:
    few = clusters_for_difference(4, sd=4, icc=0.0, cluster_size=60)
    assert few.by_formula < few.per_arm == LEAST_TO_ANALYSE
    assert few.people_per_arm == 60 * LEAST_TO_ANALYSE
    assert any("can not be analysed" in note for note in few.notes)
    enough = clusters_for_difference(2, sd=4, icc=0.05, cluster_size=20)
    assert enough.by_formula == enough.per_arm >= LEAST_TO_ANALYSE
    assert not any("analysed" in note for note in enough.notes)
    # the reason: all ranks on one side is 2 of all the ways to draw as many, two-sided
    assert 2 / math.comb(2 * LEAST_TO_ANALYSE, LEAST_TO_ANALYSE) < 0.05 < 2 / math.comb(6, 3)


def test_one_person_a_cluster_is_no_cluster() -> None:
    assert design_effect(0.3, 1) == 1
    alone = clusters_for_difference(2, sd=4, icc=0.3, cluster_size=1)
    assert alone.per_arm == groups_for_difference(2, sd=4).per_group


# --- what can not be planned --------------------------------------------------------------------------------------

BAD: list[Callable[[], object]] = [
    lambda: group_size_needed(0.4, 0.4),
    lambda: group_size_needed(40, 30),
    lambda: group_size_needed(-0.1, 0.3),
    lambda: group_size_needed(0.4, math.nan),
    lambda: group_size_needed(True, 0.4),
    lambda: group_size_needed(0.4, 0.4 + 1e-9),
    lambda: group_size_needed(0.5, 0.4, power=1),
    lambda: group_size_needed(0.5, 0.4, alpha=0),
    lambda: group_size_needed(0.5, 0.4, power=0.04),
    lambda: groups_for_difference(0, sd=4),
    lambda: groups_for_difference(1e-9, sd=4),
    lambda: groups_for_difference(2, sd=0),
    lambda: groups_for_difference(2, sd=math.nan),
    lambda: groups_for_difference(2, sd=4, correlation=1),
    lambda: groups_for_difference(2, sd=4, correlation=-1),
    lambda: groups_for_difference(2, sd=4, completion=0),
    lambda: groups_for_difference(2, sd=4, power=80),
    lambda: groups_for_shares(0.5, 0.4, completion=1.5),
    lambda: clusters_for_difference(2, sd=4, icc=1, cluster_size=20),
    lambda: clusters_for_difference(2, sd=4, icc=-0.1, cluster_size=20),
    lambda: clusters_for_difference(2, sd=4, icc=0.05, cluster_size=0),
    lambda: clusters_for_difference(2, sd=4, icc=0.05, cluster_size=20, size_variation=-1),
    lambda: clusters_for_difference(1e-9, sd=4, icc=0.05, cluster_size=20),
    lambda: clusters_for_shares(0.4, 0.4, icc=0.05, cluster_size=20),
    lambda: clusters_for_shares(0.5, 0.4, icc=0.05, cluster_size=20, completion=0),
]


@pytest.mark.parametrize("ask", BAD)
def test_what_can_not_be_planned_is_refused(ask: Callable[[], object]) -> None:
    with pytest.raises(EvalcoreError):
        ask()


def test_shares_of_nobody_and_of_everybody_can_be_compared() -> None:
    n = group_size_needed(0, 1)
    assert float(shares_power(n, 0, 1)) == 1
    assert float(shares_power(n - 1, 0, 1)) == 0
    assert math.isfinite(group_size_needed(0, 0.1))


# --- what holds for all ---------------------------------------------------------------------------------------------

effects = st.floats(0.05, 3)
rs = st.floats(-0.9, 0.95)


@given(effect=effects, r=rs, power=st.floats(0.3, 0.99))
def test_the_adjusted_groups_reach_the_power(effect: float, r: float, power: float) -> None:
    plan = groups_for_difference(effect, sd=1, correlation=r, power=power)
    assert float(two_group_power(max(plan.per_group, 2), effect, correlation=r)) >= power - 1e-9
    assert plan.per_group <= plan.unadjusted


@given(effect=effects, r=rs, icc=st.floats(0, 0.5), size=st.integers(1, 80), variation=st.floats(0, 1))
def test_the_clusters_are_the_fewest_that_reach_the_power(
    effect: float, r: float, icc: float, size: int, variation: float
) -> None:
    plan = clusters_for_difference(effect, sd=1, correlation=r, icc=icc, cluster_size=size, size_variation=variation)
    asked = {"cluster_size": size, "design_effect": plan.design_effect, "correlation": r}
    assert float(clusters_power(plan.by_formula, effect, **asked)) >= plan.power
    assert plan.by_formula == 2 or float(clusters_power(plan.by_formula - 1, effect, **asked)) < plan.power


@given(p1=st.floats(0.01, 0.99), apart=st.floats(0.02, 0.9), icc=st.floats(0, 0.3), size=st.integers(1, 60))
def test_the_shares_reach_the_power_and_clusters_never_need_fewer_people(
    p1: float, apart: float, icc: float, size: int
) -> None:
    p2 = p1 + apart if p1 + apart < 1 else p1 - min(apart, p1)
    n = group_size_needed(p1, p2)
    assert float(shares_power(n, p1, p2)) >= 0.8 - 1e-9
    plan = clusters_for_shares(p1, p2, icc=icc, cluster_size=size)
    asked = {"cluster_size": size, "design_effect": plan.design_effect}
    assert float(shares_clusters_power(plan.by_formula, p1, p2, **asked)) >= 0.8 - 1e-9
    assert plan.people_per_arm >= n


def test_curves_take_whole_grids() -> None:
    grid = np.arange(2, 50)
    for curve in (
        two_group_power(grid, 0.5, correlation=0.6),
        shares_power(grid, 0.5, 0.3),
        clusters_power(grid, 0.5, cluster_size=10, design_effect=1.4),
        shares_clusters_power(grid, 0.5, 0.3, cluster_size=10, design_effect=1.4),
    ):
        assert curve.shape == grid.shape
        assert (np.diff(curve) >= -1e-9).all()
