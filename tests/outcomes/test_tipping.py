"""The mean change of everyone under an assumption, as in R: formulas, pooled imputations, and where it turns."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.errors import EvalcoreError
from evalcore.outcomes.matching import match
from evalcore.outcomes.paired import paired_change
from evalcore.outcomes.pairs import Pairs
from evalcore.outcomes.tipping import LEAST_PAIRS_FOR_INTERVAL, Tipping, imputed_margin, tipping_point
from tests.outcomes.oracle import read, series

R = read("tipping.json")
SETS = R["sets"]
WITH_INTERVAL = [name for name, one in SETS.items() if "margins" in one["expected"]]
NUMBERS = ("matched_change", "sd_change", "tipping_point")
BOUNDS = ("lowest_assumed", "lowest_estimate", "highest_assumed", "highest_estimate")
CHANGES = st.lists(st.integers(-20, 20), min_size=1, max_size=40)


def pairs_of(name: str) -> Pairs:
    one = SETS[name]
    return match(series(one["pre"]), series(one["post"]))


def tipped(name: str, **choices: float) -> Tipping:
    return tipping_point(pairs_of(name), low=R["low"], high=R["high"], **choices)


def made(changes: list[float], n_left: int, before: float = 20.0) -> Pairs:
    """Everyone starts from the same score; those who stayed change so."""
    pre = series([before] * (len(changes) + n_left))
    return match(pre, (pre.iloc[: len(changes)] + changes).astype(float))


# --- as in R -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SETS)
def test_estimate_tipping_point_and_bounds_are_those_of_r(name: str) -> None:
    expected = SETS[name]["expected"]
    for place, assumed in enumerate(R["assumed"]):
        found = tipped(name, assumed_change=assumed)
        assert (found.n_pairs, found.n_left, found.n) == (
            *(expected[key] for key in ("n_pairs", "n_left")),
            expected["n_pairs"] + expected["n_left"],
        )
        for key in (*NUMBERS, *BOUNDS):
            if key in expected:
                assert getattr(found, key) == pytest.approx(expected[key], rel=1e-9, abs=1e-9), key
            else:
                assert getattr(found, key) is None, key
        estimates = expected.get("estimates")
        assert found.estimate == (pytest.approx(estimates[place], rel=1e-9, abs=1e-9) if estimates else None)


@pytest.mark.parametrize("name", SETS)
def test_the_interval_is_that_of_r(name: str) -> None:
    expected = SETS[name]["expected"]
    for key, confidence in (("margins", 0.95), ("margins_90", 0.9)):
        for place, assumed in enumerate(R["assumed"]):
            found = tipped(name, assumed_change=assumed, confidence=confidence)
            if key not in expected:
                assert (found.ci_low, found.ci_high) == (None, None)
                continue
            assert found.ci_high - found.estimate == pytest.approx(expected[key][place], rel=1e-9)  # type: ignore[operator]
            assert found.estimate - found.ci_low == pytest.approx(expected[key][place], rel=1e-9)  # type: ignore[operator]


@pytest.mark.parametrize("name", WITH_INTERVAL)
def test_imputations_that_are_drawn_and_pooled_agree(name: str) -> None:
    expected = SETS[name]["expected"]
    found = tipped(name)
    estimate, low, high = found.at(R["assumed"])
    assert (high - low) / 2 == pytest.approx(np.array(expected["drawn_margins"]), rel=0.02)
    assert np.abs(estimate - expected["drawn_estimates"]).max() < 0.03 * (high - low).max()


@pytest.mark.parametrize("name", SETS)
def test_the_limits_are_zero_where_r_finds_it(name: str) -> None:
    expected, found = SETS[name]["expected"], tipped(name)
    for reach, key in ((found.above_zero, "lower_is_zero_at"), (found.below_zero, "upper_is_zero_at")):
        ends = [end for end in reach or () if math.isfinite(end)]
        assert ends == pytest.approx(expected.get(key, []), rel=1e-7, abs=1e-7)


# --- what it means -----------------------------------------------------------------------------------------------


def test_an_assumption_adds_no_knowledge() -> None:
    """Where those who left changed as the others did, the interval is about as wide as that of the matched alone."""
    for name in WITH_INTERVAL:
        pairs = pairs_of(name)
        change = paired_change(pairs, resamples=0)
        given_change = (change.n_pairs, len(pairs.pre_only), change.mean_change, change.sd_change)
        (margin,) = imputed_margin(*given_change, [change.mean_change])  # type: ignore[arg-type]
        matched = (change.ci_high - change.ci_low) / 2  # type: ignore[operator]
        assert 0.93 * matched < margin < 1.25 * matched


def test_the_interval_widens_from_the_matched_change_on() -> None:
    margins = imputed_margin(12, 6, 1.5, 3.0, [1.5, 4.0, 8.0, 16.0])
    assert (np.diff(margins) > 0).all()
    assert imputed_margin(12, 6, 1.5, 3.0, [-1.0]) == pytest.approx(imputed_margin(12, 6, 1.5, 3.0, [4.0]))


def test_below_four_pairs_there_is_no_margin_and_below_ten_none_is_given() -> None:
    assert np.isnan(imputed_margin(3, 5, 1.0, 2.0, [0.0])).all()
    assert np.isfinite(imputed_margin(4, 5, 1.0, 2.0, [0.0])).all()
    for n in (LEAST_PAIRS_FOR_INTERVAL - 1, LEAST_PAIRS_FOR_INTERVAL):
        found = tipping_point(made([float(i % 4) for i in range(n)], 3))
        assert (found.ci_low is not None) == (n == LEAST_PAIRS_FOR_INTERVAL)


@pytest.mark.parametrize(
    ("changes", "n_left", "said"),
    [
        ([], 3, "No matched pair"),
        ([1.0, 2.0], 0, "Nobody left"),
        ([1.0, 2.0], 3, "No interval below 10 matched pairs"),
        ([0.5] * 12, 3, "all matched changes are equal"),
        ([0.0, 1.0] * 6, 3, ""),
    ],
)
def test_what_is_not_computed_is_said(changes: list[float], n_left: int, said: str) -> None:
    found = tipping_point(made(changes, n_left))
    assert [said in note for note in found.notes] == ([True] if said else [])
    assert (found.ci_low is None) == bool(said)
    assert (found.above_zero, found.below_zero) == (None, None) or not said
    estimate, low, _ = found.at([0.0, 1.0])
    assert np.isfinite(estimate).all() == bool(changes)
    assert np.isnan(low).all() == bool(said)


def test_nobody_at_all() -> None:
    found = tipping_point(made([], 0), low=7, high=35)
    assert (found.n, found.estimate, found.tipping_point, found.lowest_assumed) == (0, None, None, None)


def test_changes_in_tenths_that_cancel_are_zero() -> None:
    found = tipped("no_change_in_tenths")
    assert (found.matched_change, found.tipping_point, found.estimate) == (0.0, 0.0, 0.0)
    assert math.copysign(1, found.matched_change or 0.0) == math.copysign(1, found.tipping_point or 0.0) == 1


def test_the_order_of_the_rows_never_matters() -> None:
    one = SETS["decimals"]
    pre, post = series(one["pre"]), series(one["post"])
    assert tipping_point(match(pre[::-1], post[::-1]), low=7, high=35) == tipping_point(
        match(pre, post), low=7, high=35
    )


def test_which_person_changed_how_never_matters() -> None:
    changes = [0.1 * value for value in (7, -3, 11, 2, 5, -1, 8, 13, 4, -6, 9, 1)]
    found = {repr(tipping_point(made(changes[at:] + changes[:at], 5))) for at in range(len(changes))}
    assert len(found) == 1


@given(CHANGES, st.integers(1, 60), st.floats(-30, 30))
def test_at_the_tipping_point_the_estimate_is_zero(changes: list[int], n_left: int, assumed: float) -> None:
    found = tipping_point(made([float(c) for c in changes], n_left), assumed_change=assumed)
    assert found.tipping_point is not None
    assert found.estimate is not None
    assert found.at([found.tipping_point])[0][0] == pytest.approx(0, abs=1e-9)
    assert (found.estimate > 1e-9) <= (assumed > found.tipping_point)
    assert (found.estimate < -1e-9) <= (assumed < found.tipping_point)


@given(CHANGES, st.integers(1, 60))
def test_every_possible_estimate_lies_between_the_bounds(changes: list[int], n_left: int) -> None:
    pairs = made([float(c) for c in changes], n_left)
    found = tipping_point(pairs, low=7, high=35)
    for end in (found.lowest_assumed, found.highest_assumed):
        assert end in (7 - 20, 35 - 20)
    at_bounds = found.at([found.lowest_assumed, found.highest_assumed])[0]
    assert at_bounds == pytest.approx([found.lowest_estimate, found.highest_estimate])


@given(st.integers(10, 60), st.integers(1, 200), st.floats(-5, 5), st.floats(0.1, 8))
def test_the_interval_leaves_zero_on_one_stretch_only(n_pairs: int, n_left: int, mean: float, sd: float) -> None:
    spread = np.linspace(-1, 1, n_pairs)
    found = tipping_point(made((mean + sd * spread / spread.std(ddof=1)).tolist(), n_left))
    assert found.matched_change is not None
    reach = abs(found.matched_change) * (n_pairs + n_left) / n_left + sd
    places = found.matched_change + reach * np.tan(np.linspace(-1.56, 1.56, 1_001))
    _, low, high = found.at(places)
    for sign, stretch in ((low, found.above_zero), (-high, found.below_zero)):
        clear = sign > 1e-9
        if stretch is None:
            assert not clear.any()
        else:
            assert ((places > stretch[0] - 1e-6) & (places < stretch[1] + 1e-6))[clear].all()
            well_inside = (places > stretch[0] + 1e-6) & (places < stretch[1] - 1e-6)
            assert (sign[well_inside] > -1e-9).all()


# --- what is refused ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ({"assumed_change": math.nan}, "a number of points"),
        ({"assumed_change": math.inf}, "a number of points"),
        ({"confidence": 95}, "between 0 and 1"),
        ({"low": 7}, "Give both"),
        ({"high": 35}, "Give both"),
        ({"low": 35, "high": 7}, "Give both"),
        ({"low": 21, "high": 35}, "lies outside"),
        ({"low": 7, "high": 19}, "lies outside"),
    ],
)
def test_what_can_not_be_is_refused_without_quoting_data(choices: dict[str, float], said: str) -> None:
    with pytest.raises(EvalcoreError, match=said) as raised:
        tipping_point(made([1.0, 2.0], 2), **choices)
    assert "20" not in str(raised.value)


def test_a_score_at_the_end_of_the_scale_is_inside_it() -> None:
    assert tipping_point(made([1.0], 2, before=0.3), low=0.1 + 0.2, high=0.9).lowest_assumed == pytest.approx(0)
    assert tipping_point(made([1.0], 2, before=0.1 + 0.2), low=0.1, high=0.3).highest_assumed == pytest.approx(0)


def test_bounds_take_each_person_from_the_own_score() -> None:
    pairs = match(pd.Series([20.0, 10.0, 30.0], index=list("ABC")), pd.Series([22.0], index=["A"]))
    found = tipping_point(pairs, low=7, high=35)
    assert (found.lowest_assumed, found.highest_assumed) == ((-3 - 23) / 2, (25 + 5) / 2)
