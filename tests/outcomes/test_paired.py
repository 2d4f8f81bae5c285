"""The matched change agrees with R on every data set, and what R can not give is None with its reason."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.errors import EvalcoreError
from evalcore.outcomes.matching import match
from evalcore.outcomes.paired import PairedChange, paired_change
from tests.outcomes.oracle import PAIRED, SETS, pairs_of

ASKED = {"resamples", "seed", "confidence", "notes"}
BOOTSTRAPPED = {"cohens_dav_ci_low", "cohens_dav_ci_high", "hedges_gav_ci_low", "hedges_gav_ci_high"}
# Royston's polynomials for Shapiro-Wilk are evaluated in single precision in places: R and scipy agree to 7 digits.
TOLERANCE = {"shapiro_p": 1e-6}
SIGNED = [
    "mean_change",
    "t",
    "cohens_dz",
    "cohens_dav",
    "hedges_gav",
    "rank_biserial",
    "hodges_lehmann",
]
INTERVALS = ["ci", "cohens_dz_ci", "hodges_lehmann_ci"]


def computed(change: PairedChange) -> dict[str, object]:
    return {name: value for name, value in dataclasses.asdict(change).items() if name not in ASKED}


def close(value, rel=1e-9):
    return pytest.approx(value, rel=rel, abs=1e-9)


@pytest.mark.parametrize("name", SETS)
def test_every_statistic_is_as_in_r_and_nothing_else_is_given(name):
    expected = SETS[name]["change"]
    found = computed(paired_change(pairs_of(name), resamples=0))
    assert {field for field, value in found.items() if value is not None} == set(expected) - BOOTSTRAPPED
    for field in set(expected) - BOOTSTRAPPED:
        value = expected[field]
        wanted = value if isinstance(value, str) else close(value, TOLERANCE.get(field, 1e-8))
        assert found[field] == wanted, field


@pytest.mark.parametrize("name", [name for name in SETS if "cohens_dav_ci_low" in SETS[name]["change"]])
def test_the_bootstrap_agrees_with_boot_within_its_own_noise(name):
    """Within 3 % of the interval's width: two seeds differ, and resamples that equal the estimate count half here."""
    expected = SETS[name]["change"]
    found = paired_change(pairs_of(name), resamples=49_999 if expected["n_pairs"] < 200 else 9_999)
    noise = 0.03 * (expected["cohens_dav_ci_high"] - expected["cohens_dav_ci_low"])
    assert found.cohens_dav_ci_low == pytest.approx(expected["cohens_dav_ci_low"], abs=noise)
    assert found.cohens_dav_ci_high == pytest.approx(expected["cohens_dav_ci_high"], abs=noise)
    factor = expected["hedges_gav"] / expected["cohens_dav"]
    assert found.hedges_gav_ci_low == close(found.cohens_dav_ci_low * factor)
    assert found.hedges_gav_ci_high == close(found.cohens_dav_ci_high * factor)
    assert not [note for note in found.notes if "d_av" in note]


@pytest.mark.parametrize("n", [7, 8, 9, 10])
def test_no_bootstrap_below_ten_pairs(n):
    matched = pairs_of("falls").matched.iloc[:n]
    change = paired_change(match(matched["pre"], matched["post"]))
    assert (change.cohens_dav_ci_low is None) is (n < 10)
    assert any("below 10 pairs" in note for note in change.notes) is (n < 10)


def test_another_confidence_is_as_in_r():
    expected = dict(PAIRED["other_confidence"])
    found = paired_change(pairs_of(expected.pop("set")), confidence=expected["confidence"], resamples=0)
    assert {field: getattr(found, field) for field in expected} == close(expected, 1e-8)


REASONS = {
    "No matched pair": set(computed(PairedChange(n_pairs=0, resamples=0, seed=0))) - {"n_pairs"},
    "No interval for d_z": {"cohens_dz_ci_low", "cohens_dz_ci_high"},
    "No interval for d_av": BOOTSTRAPPED,
    "No interval for Hodges": {"hodges_lehmann_ci_low", "hodges_lehmann_ci_high"},
    "No correlation": {"correlation"},
    "No Shapiro": {"shapiro_p"},
}
TESTED = (
    REASONS["No matched pair"]
    - {"mean_pre", "mean_post", "mean_change", "n_up", "n_same", "n_down"}
    - {"sd_pre", "sd_post", "sd_change"}
)
REASONS["One matched pair"] = TESTED | {"sd_pre", "sd_post", "sd_change"}
REASONS["Two matched pairs"] = REASONS["All changes are equal"] = TESTED


@pytest.mark.parametrize("resamples", [0, 9_999])
@pytest.mark.parametrize("name", SETS)
def test_everything_that_is_none_has_its_reason_and_nothing_else_has(name, resamples):
    change = paired_change(pairs_of(name), resamples=resamples)
    explained = set()
    for note in change.notes:
        fields = [fields for start, fields in REASONS.items() if note.startswith(start)]
        assert len(fields) == 1, note
        explained |= fields[0]
    assert explained == {field for field, value in computed(change).items() if value is None}
    bootstrapped = resamples > 0 and "cohens_dav_ci_low" in SETS[name]["change"]
    assert (change.hedges_gav_ci_low is not None) is bootstrapped


def test_nobody_gives_no_number_at_all():
    change = paired_change(match(pd.Series(dtype=float), pd.Series([3.0])))
    assert computed(change) == dict.fromkeys(computed(change)) | {"n_pairs": 0}
    assert change.notes == ("No matched pair: nothing can be computed.",)


def test_what_was_asked_for_is_kept():
    change = paired_change(pairs_of("sleep"), confidence=0.9, resamples=500, seed=7)
    assert (change.confidence, change.resamples, change.seed) == (0.9, 500, 7)
    assert change == paired_change(pairs_of("sleep"), confidence=0.9, resamples=500, seed=7)
    other = paired_change(pairs_of("sleep"), confidence=0.9, resamples=500, seed=8)
    assert change.cohens_dav_ci_low != other.cohens_dav_ci_low


def test_impossible_requests_are_refused():
    with pytest.raises(EvalcoreError, match="can not be negative"):
        paired_change(pairs_of("sleep"), resamples=-1)
    with pytest.raises(EvalcoreError, match="between 0 and 1"):
        paired_change(pairs_of("sleep"), confidence=95)


def test_beyond_5000_pairs_there_is_no_shapiro_test():
    pre = pd.Series(np.tile([20.0, 22.0, 24.0], 1_667))
    change = paired_change(match(pre, pre + np.arange(len(pre)) % 7), resamples=0)
    assert change.shapiro_p is None
    assert "No Shapiro-Wilk test: it is defined up to 5,000 pairs." in change.notes
    assert change.wilcoxon_method == "normal approximation"


score = st.integers(70, 350).map(lambda tenths: tenths / 10)
pairs_of_scores = st.lists(st.tuples(score, score), min_size=1, max_size=40)


def pairs_from(scores):
    pre, post = zip(*scores, strict=True)
    return match(pd.Series(pre), pd.Series(post))


def same(first: PairedChange, second: PairedChange, names):
    for name in names:
        one, other = getattr(first, name), getattr(second, name)
        assert one is other is None or one == pytest.approx(other, rel=1e-6, abs=1e-6), name


@given(scores=pairs_of_scores, order=st.randoms(use_true_random=False))
def test_the_order_of_the_rows_never_changes_a_digit(scores, order):
    shuffled = list(scores)
    order.shuffle(shuffled)
    assert paired_change(pairs_from(scores), resamples=99) == paired_change(pairs_from(shuffled), resamples=99)


@given(scores=pairs_of_scores)
def test_swapping_the_waves_flips_the_signs_and_nothing_else(scores):
    there = paired_change(pairs_from(scores), resamples=0)
    back = paired_change(pairs_from([(post, pre) for pre, post in scores]), resamples=0)
    for name in SIGNED:
        one, other = getattr(there, name), getattr(back, name)
        assert one is other is None or one == pytest.approx(-other, rel=1e-6, abs=1e-6), name
    for name in INTERVALS:
        low, high = getattr(there, f"{name}_low"), getattr(back, f"{name}_high")
        assert low is high is None or low == pytest.approx(-high, rel=1e-6, abs=1e-6), name
    same(there, back, ["n_pairs", "sd_change", "p_value", "correlation", "wilcoxon_p", "shapiro_p"])
    assert (there.n_up, there.n_same, there.n_down) == (back.n_down, back.n_same, back.n_up)


@given(scores=pairs_of_scores, constant=st.integers(-200, 200).map(lambda tenths: tenths / 10))
def test_adding_a_constant_to_both_waves_changes_no_statistic_of_the_change(scores, constant):
    moved = [(pre + constant, post + constant) for pre, post in scores]
    here, there = (paired_change(pairs_from(one), resamples=0) for one in (scores, moved))
    same(here, there, set(computed(here)) - {"mean_pre", "mean_post", "wilcoxon_method"})
    assert here.wilcoxon_method == there.wilcoxon_method


@given(scores=pairs_of_scores)
def test_what_is_given_is_finite_and_in_its_range(scores):
    change = paired_change(pairs_from(scores), resamples=0)
    for name, value in computed(change).items():
        assert value is None or isinstance(value, str) or math.isfinite(value), name
    for name in ("p_value", "wilcoxon_p", "shapiro_p"):
        assert getattr(change, name) is None or 0 <= getattr(change, name) <= 1
    for estimate, interval in (("mean_change", "ci"), ("cohens_dz",) * 2, ("hodges_lehmann",) * 2):
        low, high = (
            getattr(change, f"{interval}_{end}" if interval == "ci" else f"{interval}_ci_{end}")
            for end in ("low", "high")
        )
        assert low is None or low - 1e-9 <= getattr(change, estimate) <= high + 1e-9
