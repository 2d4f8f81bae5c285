"""Differences in change agree with R's t.test, lm, oneway.test and anova; what is too small is named."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.errors import EvalcoreError, RepeatedIdError
from evalcore.outcomes.group_difference import LEAST_PAIRS_A_GROUP, difference_in_change
from evalcore.outcomes.matching import match
from tests.outcomes.test_subgroups import ORACLE, SETS, labels_of, pairs_of

WORDS = ("group", "other")


@pytest.mark.parametrize("name", SETS)
def test_every_comparison_is_as_in_r_and_nothing_else_is_given(name: str) -> None:
    found = difference_in_change(pairs_of(name), labels_of(name))
    expected = SETS[name]["differences"].get("comparisons", [])
    assert len(found.comparisons) == len(expected)
    for (_, row), wanted in zip(found.comparisons.iterrows(), expected, strict=True):
        assert [row[field] for field in WORDS] == [wanted[field] for field in WORDS]
        assert {field for field in row.index if not pd.isna(row[field])} == set(wanted)
        for field in set(wanted) - {*WORDS}:
            assert row[field] == pytest.approx(wanted[field], rel=1e-8, abs=1e-9), (row["group"], field)


@pytest.mark.parametrize("name", SETS)
def test_the_test_of_all_groups_is_as_in_r(name: str) -> None:
    found = difference_in_change(pairs_of(name), labels_of(name))
    for field in ("welch", "adjusted"):
        test, wanted = getattr(found, field), SETS[name]["differences"].get(field)
        assert (test is None) is (wanted is None)
        if test is not None:
            assert dataclasses.asdict(test) == pytest.approx(wanted, rel=1e-8, abs=1e-12)


@pytest.mark.parametrize("name", SETS)
def test_groups_below_ten_pairs_are_named_with_what_they_lack(name: str) -> None:
    found = difference_in_change(pairs_of(name), labels_of(name))
    compared = [group for group in found.n_pairs if group not in found.lacking]
    assert compared == SETS[name]["differences"]["compared"]
    for group, lacks in found.lacking.items():
        assert found.n_pairs[group] + lacks == LEAST_PAIRS_A_GROUP
        assert f"{group} lacks {lacks}" in " ".join(found.notes)


def test_another_confidence_is_as_in_r() -> None:
    expected = ORACLE["other_confidence"]
    name = expected["set"]
    row = difference_in_change(pairs_of(name), labels_of(name), confidence=expected["confidence"]).comparisons.iloc[0]
    assert row[["ci_low", "ci_high"]].tolist() == pytest.approx(expected["welch"])
    assert row[["adjusted_ci_low", "adjusted_ci_high"]].tolist() == pytest.approx(expected["adjusted"])


def test_what_is_not_computed_has_its_reason() -> None:
    assert difference_in_change(pairs_of("before_constant"), labels_of("before_constant")).notes == (
        "Not adjusted for the score before: all scores before are equal.",
    )
    people = [f"P{i:02d}" for i in range(30)]
    before = pd.Series(np.tile([20.0, 22.0, 25.0], 10), index=people)
    labels = pd.Series(["a", "b"] * 15, index=people)
    steady = difference_in_change(match(before, before + (labels == "b") * 2.0), labels)
    row = steady.comparisons.iloc[0]
    assert (row["difference"], row["adjusted_difference"]) == pytest.approx((-2, -2))
    assert row[["ci_low", "p_value", "adjusted_ci_low", "adjusted_p_value"]].isna().all()
    assert [note.split(":")[0] for note in steady.notes] == [
        "No interval and no test by Welch",
        "No adjusted interval and test",
    ]
    same = difference_in_change(match((labels == "b") * 2.0, before), labels)
    assert same.notes == ("Not adjusted for the score before: it is the same as the group.",)
    third = difference_in_change(match(before, before + 1.0), pd.Series(["a", "b", "c"] * 10, index=people))
    assert (third.welch, third.adjusted) == (None, None)
    assert "No Welch test of all groups at once: in one of them all changes are equal." in third.notes


def test_one_group_is_nothing_to_compare() -> None:
    labels = labels_of("two_groups").map(lambda _: "everyone")
    assert difference_in_change(pairs_of("two_groups"), labels).notes == ("There are not two groups to compare.",)


def test_a_person_has_one_group() -> None:
    with pytest.raises(RepeatedIdError, match="one group"):
        difference_in_change(pairs_of("two_groups"), pd.Series(["a", "b"], index=["P0001", "P0001"]))
    with pytest.raises(EvalcoreError, match="between 0 and 1"):
        difference_in_change(pairs_of("two_groups"), labels_of("two_groups"), confidence=0)


@given(st.integers(0, 2**32 - 1))
def test_swapping_two_groups_turns_the_sign_alone(seed: int) -> None:
    rng = np.random.default_rng(seed)
    people = [f"P{i}" for i in range(24)]
    before = pd.Series(rng.integers(10, 40, 24).astype(float), index=people)
    after = before + rng.integers(-5, 6, 24)
    group = pd.Series(["a", "b"] * 12, index=people)
    first, second = (
        difference_in_change(match(before, after), labels).comparisons.iloc[0]
        for labels in (group, group.map({"a": "b", "b": "a"}))
    )
    for prefix in ("", "adjusted_"):
        assert first[f"{prefix}difference"] == pytest.approx(-second[f"{prefix}difference"], abs=1e-9)
        assert first[f"{prefix}ci_low"] == pytest.approx(-second[f"{prefix}ci_high"], abs=1e-9)
        assert first[f"{prefix}p_value"] == pytest.approx(second[f"{prefix}p_value"], abs=1e-9)


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_people_changes_not_even_the_last_digit(random: Any) -> None:
    pairs, labels = pairs_of("two_groups_in_tenths"), labels_of("two_groups_in_tenths")
    names = dict(zip(labels.index, random.sample(list(labels.index), k=len(labels)), strict=True))
    scores = pairs.matched.rename(index=names)
    mixed = difference_in_change(match(scores["pre"], scores["post"]), labels.rename(index=names))
    table = difference_in_change(pairs, labels).comparisons
    pd.testing.assert_frame_equal(table, mixed.comparisons, check_exact=True)
