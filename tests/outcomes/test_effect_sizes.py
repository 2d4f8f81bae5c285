"""Standardised effect sizes and their intervals."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import bootstrap, nct

from evalcore.outcomes import effect_sizes
from evalcore.outcomes.effect_sizes import (
    cohens_dav,
    cohens_dav_interval,
    cohens_dz,
    cohens_dz_interval,
    small_sample_factor,
)
from tests.outcomes.oracle import SETS, pairs_of


def waves(name):
    matched = pairs_of(name).matched.sort_values(["pre", "post"])
    return matched["pre"].to_numpy(), matched["post"].to_numpy()


def dav(pre, post, axis=-1):
    spread = np.sqrt((pre.var(axis=axis, ddof=1) + post.var(axis=axis, ddof=1)) / 2)
    return (post - pre).mean(axis=axis) / spread


@pytest.mark.parametrize("name", ["sleep", "falls", "skew"])
def test_each_effect_size_is_as_in_r_with_its_sign(name):
    expected = SETS[name]["change"]
    assert cohens_dz(expected["mean_change"], expected["sd_change"]) == pytest.approx(expected["cohens_dz"])
    found = cohens_dav(expected["mean_change"], expected["sd_pre"], expected["sd_post"])
    assert found == pytest.approx(expected["cohens_dav"])
    assert found * small_sample_factor(expected["n_pairs"]) == pytest.approx(expected["hedges_gav"])


@given(t=st.floats(-40, 40), n=st.integers(3, 400), confidence=st.sampled_from([0.5, 0.9, 0.95, 0.99]))
def test_the_limits_of_dz_leave_the_right_share_on_each_side(t, n, confidence):
    low, high = cohens_dz_interval(t, n, confidence)
    tail = (1 - confidence) / 2
    assert low < high
    assert nct.sf(t, n - 1, low * math.sqrt(n)) == pytest.approx(tail, abs=1e-7)
    assert nct.cdf(t, n - 1, high * math.sqrt(n)) == pytest.approx(tail, abs=1e-7)


@pytest.mark.parametrize("t", [1e3, -1e3, 1e7, -1e7])
def test_nearly_equal_changes_give_a_large_finite_interval_or_none(t):
    interval = cohens_dz_interval(t, 3)
    assert interval is None or (min(abs(end) for end in interval) > 1 and all(map(math.isfinite, interval)))
    assert (interval is None) is (abs(t) > 1e6)


@pytest.mark.parametrize("name", ["sleep", "tenths", "negative_correlation", "falls", "hundred_and_twenty"])
@pytest.mark.parametrize("confidence", [0.9, 0.95])
def test_the_bootstrap_is_scipy_s_resample_for_resample(name, confidence):
    pre, post = waves(name)
    expected = bootstrap(
        (pre, post), dav, paired=True, method="BCa", n_resamples=999, confidence_level=confidence, rng=3
    ).confidence_interval
    found = cohens_dav_interval(pre, post, confidence=confidence, resamples=999, seed=3)
    assert found == pytest.approx(tuple(expected), abs=1e-9)


def test_resamples_equal_to_the_estimate_count_half():
    pre = np.array([18.0, 19, 20, 21, 22, 23, 24, 25, 26, 27])
    post = pre + np.array([1, -1, 2, -2, 0, 0, 1, -1, 3, -3])  # no change on average, as in many resamples
    expected = bootstrap((pre, post), dav, paired=True, method="BCa", n_resamples=999, rng=3).confidence_interval
    assert cohens_dav_interval(pre, post, resamples=999, seed=3) == pytest.approx(tuple(expected), abs=1e-9)


def test_many_pairs_are_resampled_in_batches(monkeypatch):
    pre, post = waves("hundred_and_twenty")
    at_once = cohens_dav_interval(pre, post, resamples=999, seed=5)
    monkeypatch.setattr(effect_sizes, "_VALUES_AT_ONCE", 7 * len(pre))
    assert cohens_dav_interval(pre, post, resamples=999, seed=5) == pytest.approx(at_once, abs=1e-12)


@pytest.mark.parametrize("low", [20.0, 20.1, 2.0 / 3])
@pytest.mark.parametrize("alike", [6, 9])
def test_no_interval_where_a_resample_has_no_spread(low, alike):
    pre = np.array([low] * alike + [low + 5.3] * (10 - alike))
    assert cohens_dav_interval(pre, pre + 1.1 + (pre > low)) is None


@pytest.mark.parametrize("resamples", [1, 2])
def test_too_few_resamples_give_no_interval_or_a_finite_one(resamples):
    found = [cohens_dav_interval(*waves("sleep"), resamples=resamples, seed=seed) for seed in range(20)]
    assert None in found
    assert all(math.isfinite(end) for interval in found if interval for end in interval)
