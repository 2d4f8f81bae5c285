"""The mixed model agrees with lme4 and lmerTest, and is not shown where it would mislead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.errors import EvalcoreError
from evalcore.outcomes.matching import match
from evalcore.outcomes.mixed import mixed_change
from evalcore.outcomes.paired import paired_change
from evalcore.outcomes.pairs import Pairs
from tests.outcomes.oracle import read, series

SETS = read("everyone.json")["sets"]
FIGURES = ("mean_change", "se", "df", "p_value", "ci_low", "ci_high")
SHOWN = [name for name, one in SETS.items() if "mean_change" in one["mixed"]]


def pairs_of(name: str) -> Pairs:
    return match(series(SETS[name]["pre"]), series(SETS[name]["post"]))


@pytest.mark.parametrize("name", SHOWN)
def test_it_is_as_lme4_and_lmertest_give_it(name: str) -> None:
    """lme4 stops within about 1e-8 of its optimum and lmerTest differentiates numerically: hence the tolerance."""
    expected, found = SETS[name]["mixed"], mixed_change(pairs_of(name))
    assert (found.n_people, found.n_scores) == (expected["n_people"], expected["n_scores"])
    for field in FIGURES:
        assert getattr(found, field) == pytest.approx(expected[field], rel=1e-5, abs=1e-6 * expected["se"]), field
    assert (found.converged, found.df_method, found.notes) == (True, "Satterthwaite", ())


def test_enough_data_sets_are_compared() -> None:
    assert len(SHOWN) >= 12
    assert max(SETS[name]["mixed"]["n_people"] for name in SHOWN) == 2_000


@pytest.mark.parametrize("name", [name for name in SETS if name not in SHOWN])
def test_what_is_not_shown_says_why(name: str) -> None:
    expected, found = SETS[name]["mixed"], mixed_change(pairs_of(name))
    assert (found.n_people, found.n_scores) == (expected["n_people"], expected["n_scores"])
    assert [getattr(found, field) for field in (*FIGURES, "df_method")] == [None] * 7
    assert not found.converged
    few = SETS[name]["overlap"]["n_pairs"] < 5
    reason = "below 5 matched pairs" if few else "variance between people" if "singular" in expected else "are equal"
    (note,) = found.notes
    assert reason in note


@pytest.mark.parametrize("name", SHOWN)
def test_with_pairs_alone_it_is_the_paired_t_test(name: str) -> None:
    matched = pairs_of(name).matched
    alone = match(matched["pre"], matched["post"])
    found, paired = mixed_change(alone), paired_change(alone, resamples=0)
    if found.converged:
        for field in ("mean_change", "df", "p_value", "ci_low", "ci_high"):
            assert getattr(found, field) == pytest.approx(getattr(paired, field), rel=1e-8, abs=1e-9), field


def test_the_answers_of_those_who_left_bear_on_it() -> None:
    pairs = pairs_of("seven_of_27")
    alone = match(pairs.matched["pre"], pairs.matched["post"])
    assert mixed_change(pairs).mean_change != pytest.approx(mixed_change(alone).mean_change, rel=1e-3)


def test_another_confidence() -> None:
    wide, narrow = (mixed_change(pairs_of("tenths"), confidence=share) for share in (0.95, 0.5))
    assert wide.ci_low < narrow.ci_low < narrow.mean_change < narrow.ci_high < wide.ci_high
    with pytest.raises(EvalcoreError, match="between 0 and 1"):
        mixed_change(pairs_of("tenths"), confidence=0)


score = st.one_of(st.none(), st.integers(70, 350).map(lambda tenths: tenths / 10))
whole = st.integers(70, 350).map(lambda tenths: tenths / 10)
people = st.tuples(
    st.lists(st.tuples(whole, whole), min_size=5, max_size=20), st.lists(st.tuples(score, score), max_size=10)
).map(lambda both: both[0] + both[1])


def pairs_from(scores: list[tuple[float | None, float | None]], factor: float = 1, shift: float = 0) -> Pairs:
    moved = [
        [None if value is None else factor * value + shift for value in wave] for wave in zip(*scores, strict=True)
    ]
    return match(series(moved[0]), series(moved[1]))


@given(scores=people, order=st.randoms(use_true_random=False))
def test_the_order_of_the_rows_never_changes_a_digit(scores: list[tuple[float, float]], order: object) -> None:
    shuffled = list(scores)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert mixed_change(pairs_from(scores)) == mixed_change(pairs_from(shuffled))


@given(scores=people)
def test_swapping_the_waves_flips_the_sign_alone(scores: list[tuple[float, float]]) -> None:
    there, back = mixed_change(pairs_from(scores)), mixed_change(pairs_from([(post, pre) for pre, post in scores]))
    assert there.converged == back.converged
    if there.converged:
        assert there.mean_change == pytest.approx(-back.mean_change, rel=1e-5, abs=1e-6)
        assert (there.se, there.df) == pytest.approx((back.se, back.df), rel=1e-4)


@given(scores=people, factor=st.sampled_from([0.1, 7.0]), shift=st.integers(-1_000, 1_000))
def test_another_unit_changes_the_unit_alone(scores: list[tuple[float, float]], factor: float, shift: int) -> None:
    here, there = mixed_change(pairs_from(scores)), mixed_change(pairs_from(scores, factor, shift))
    assert here.converged == there.converged
    if here.converged:
        assert there.mean_change == pytest.approx(factor * here.mean_change, rel=1e-4, abs=1e-5)
        assert (there.se, there.df) == pytest.approx((factor * here.se, here.df), rel=1e-4)
