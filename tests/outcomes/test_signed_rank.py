"""The signed-rank test and its estimate: against all sign patterns, against R, and fast where pairs are many."""

from __future__ import annotations

import itertools
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.errors import EvalcoreError
from evalcore.outcomes import signed_rank
from evalcore.outcomes.signed_rank import (
    hodges_lehmann,
    hodges_lehmann_interval,
    signed_rank_test,
    walsh_averages,
)
from tests.outcomes.oracle import SETS, pairs_of

changes_in_tenths = st.lists(st.integers(-50, 50).map(lambda tenths: tenths / 10), min_size=1, max_size=11)


def changes_of(name):
    matched = pairs_of(name).matched
    return np.round((matched["post"] - matched["pre"]).to_numpy(), 10)


@given(changes=changes_in_tenths)
def test_exact_p_is_the_share_of_all_sign_patterns_as_far_from_the_middle(changes):
    values = np.array(changes)
    moved = np.abs(values[values != 0])
    if len(moved) == 0:
        with pytest.raises(EvalcoreError, match="nothing to rank"):
            signed_rank_test(values)
        return
    ranks = np.array([(moved < one).sum() + ((moved == one).sum() + 1) / 2 for one in moved])
    sums = np.array([ranks @ signs for signs in itertools.product((0, 1), repeat=len(moved))])
    found = signed_rank_test(values)
    assert found.method == "exact"
    assert found.w == ranks[values[values != 0] > 0].sum()
    distance = abs(found.w - ranks.sum() / 2)
    assert found.p_value == pytest.approx((np.abs(sums - ranks.sum() / 2) >= distance).mean(), abs=1e-12)


def test_fifty_moved_people_are_exact_and_fifty_one_are_not():
    assert signed_rank_test(changes_of("fifty_moved")).method == "exact"
    fifty_one = changes_of("fifty_one_moved")
    assert (fifty_one != 0).sum() == 51
    assert signed_rank_test(fifty_one).method == "normal approximation"


@pytest.mark.parametrize("name", ["fifty_one_moved", "fifty_moved", "hundred_and_twenty"])
def test_the_two_methods_meet_where_one_takes_over(monkeypatch, name):
    first = signed_rank_test(changes_of(name)).p_value
    monkeypatch.setattr(signed_rank, "EXACT_UP_TO", 0 if name == "fifty_moved" else 200)
    assert signed_rank_test(changes_of(name)).p_value == pytest.approx(first, abs=0.002)


def test_ties_that_exist_only_in_decimals_are_ties():
    raw = pairs_of("tenths").matched
    differences = (raw["post"] - raw["pre"]).to_numpy()
    expected = SETS["tenths"]["change"]["wilcoxon_p"]
    assert signed_rank_test(np.round(differences, 10)).p_value == pytest.approx(expected, rel=1e-9)
    assert signed_rank_test(differences).p_value != pytest.approx(expected, rel=1e-3)


@given(changes=changes_in_tenths)
def test_hodges_lehmann_is_the_median_of_all_walsh_averages(changes):
    averages = [(a + b) / 2 for a, b in itertools.combinations_with_replacement(changes, 2)]
    assert hodges_lehmann(np.array(changes)) == pytest.approx(np.median(averages), abs=1e-9)


@given(changes=st.lists(st.integers(-60, 60), min_size=1, max_size=40), step=st.sampled_from([0.1, 0.25, 1.0, 1 / 7]))
def test_counting_the_averages_gives_the_same_as_writing_them_out(changes, step):
    values = np.round(np.array(changes) * step, 10)
    positions = tuple(range(1, len(values) * (len(values) + 1) // 2 + 1))
    written_out = walsh_averages(values, positions)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signed_rank, "_WALSH_AT_ONCE", 0)
        assert walsh_averages(values, positions) == pytest.approx(written_out, abs=1e-9)


@pytest.mark.parametrize(
    ("n", "confidence", "reached"),
    [(5, 0.95, False), (6, 0.95, True), (4, 0.9, False), (5, 0.9, True), (7, 0.99, False)],
)
def test_an_interval_is_given_only_where_so_few_people_can_reach_the_confidence(n, confidence, reached):
    changes = np.arange(1.0, n + 1)
    interval = hodges_lehmann_interval(changes, confidence)
    assert (interval is not None) is reached
    assert interval in (None, (1.0, float(n)))


def test_the_interval_beyond_fifty_is_that_of_the_exact_distribution_or_next_to_it(monkeypatch):
    changes = np.sqrt(np.arange(1.0, 121.0))  # all averages differ
    averages = np.array(walsh_averages(changes, tuple(range(1, 120 * 121 // 2 + 1))))
    normal = np.searchsorted(averages, hodges_lehmann_interval(changes, 0.95))
    monkeypatch.setattr(signed_rank, "EXACT_UP_TO", 200)
    exact = np.searchsorted(averages, hodges_lehmann_interval(changes, 0.95))
    assert np.abs(normal - exact).max() <= 2


def test_many_pairs_need_no_square_of_memory():
    changes = np.round(np.linspace(-3, 5, 2_001), 10)
    tracemalloc.start()
    found = hodges_lehmann(changes)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == pytest.approx(1, abs=1e-9)
    assert most < 1_000_000  # bytes; all averages at once take 16 million
