"""The changes of many groups agree with R and with `paired_change` of each; what can not be computed is missing."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.errors import EvalcoreError, RepeatedIdError
from evalcore.outcomes.matching import match
from evalcore.outcomes.multiplicity import adjust_p
from evalcore.outcomes.paired import paired_change
from evalcore.outcomes.pairs import Pairs
from evalcore.outcomes.subgroups import subgroup_changes
from tests.outcomes.oracle import read, series

ORACLE = read("groups.json")
SETS: dict[str, dict[str, Any]] = ORACLE["sets"]
COUNTS = ("n_pairs", "n_before")
NUMBERS = ("mean_pre", "mean_post", "mean_change", "sd_change", "ci_low", "ci_high", "t", "df", "p_value")


def pairs_of(name: str) -> Pairs:
    return match(series(SETS[name]["pre"]), series(SETS[name]["post"]))


def labels_of(name: str) -> pd.Series:
    groups = SETS[name]["group"]
    return pd.Series(groups, index=series([0.0] * len(groups)).index, dtype=object)


@pytest.mark.parametrize("name", SETS)
def test_every_row_is_as_in_r_and_nothing_else_is_given(name: str) -> None:
    table = subgroup_changes(pairs_of(name), labels_of(name))
    expected = SETS[name]["subgroups"]
    assert table["group"].tolist() == [row["group"] for row in expected]
    for (_, found), row in zip(table.iterrows(), expected, strict=True):
        given_here = {field for field in (*COUNTS, *NUMBERS, "p_holm") if not pd.isna(found[field])}
        assert given_here == set(row) - {"group"}, row["group"]
        for field in given_here:
            assert found[field] == pytest.approx(row[field], rel=1e-8, abs=1e-9), (row["group"], field)


@pytest.mark.parametrize("name", SETS)
def test_a_row_without_a_number_says_why(name: str) -> None:
    for _, row in subgroup_changes(pairs_of(name), labels_of(name)).iterrows():
        assert bool(row["notes"]) is any(math.isnan(row[field]) for field in NUMBERS)


def test_another_confidence_is_as_in_r() -> None:
    expected = ORACLE["other_confidence"]
    name = expected["set"]
    table = subgroup_changes(pairs_of(name), labels_of(name), confidence=expected["confidence"]).set_index("group")
    assert table.loc["North", ["ci_low", "ci_high"]].tolist() == pytest.approx(expected["north"])


@st.composite
def people(draw: st.DrawFn) -> pd.DataFrame:
    """Some people with tenths of points, often equal, and a group or none."""
    one = st.tuples(
        st.one_of(st.none(), st.integers(0, 60)),
        st.one_of(st.none(), st.integers(0, 60)),
        st.one_of(st.none(), st.sampled_from(["a", "b", "B", "c c"])),
    )
    rows = draw(st.lists(one, max_size=25))
    table = pd.DataFrame(rows, columns=["pre", "post", "group"], index=[f"P{i}" for i in range(len(rows))])
    return table.astype({"pre": float, "post": float, "group": object}).assign(
        pre=lambda t: t["pre"] / 10, post=lambda t: t["post"] / 10
    )


@given(people())
def test_each_row_is_the_paired_change_of_its_people(table: pd.DataFrame) -> None:
    found = subgroup_changes(match(table["pre"], table["post"]), table["group"])
    assert found["p_holm"].to_numpy() == pytest.approx(adjust_p(found["p_value"]), nan_ok=True)
    for _, row in found.iterrows():
        own = table[table["group"] == row["group"]]
        change = paired_change(match(own["pre"], own["post"]), resamples=0)
        assert row["n_pairs"] == change.n_pairs
        assert row["n_before"] == own["pre"].notna().sum()
        for field in NUMBERS:
            value = getattr(change, field)
            assert math.isnan(row[field]) if value is None else row[field] == pytest.approx(value, abs=1e-9), field


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_people_changes_not_even_the_last_digit(random: Any) -> None:
    pairs, labels = pairs_of("two_groups_in_tenths"), labels_of("two_groups_in_tenths")
    names = dict(zip(labels.index, random.sample(list(labels.index), k=len(labels)), strict=True))
    scores = pairs.matched.rename(index=names)
    mixed = subgroup_changes(match(scores["pre"], scores["post"]), labels.rename(index=names))
    pd.testing.assert_frame_equal(subgroup_changes(pairs, labels), mixed, check_exact=True)


def test_several_columns_split_the_same_people_and_are_one_family() -> None:
    name = "three_groups"
    labels = labels_of(name)
    halves = pd.Series(["first", "second"] * (len(labels) // 2), index=labels.index)
    table = subgroup_changes(pairs_of(name), pd.DataFrame({"site": labels, "half": halves}))
    assert table["column"].tolist() == ["site"] * 3 + ["half"] * 2
    assert table["p_holm"].to_numpy() == pytest.approx(adjust_p(table["p_value"]))
    alone = subgroup_changes(pairs_of(name), halves)
    assert table["mean_change"].tolist()[3:] == alone["mean_change"].tolist()


def test_labels_may_be_few_or_of_other_people() -> None:
    pairs = pairs_of("two_groups")
    assert subgroup_changes(pairs, pd.Series(dtype=object)).empty
    assert subgroup_changes(pairs, pd.DataFrame(index=pairs.matched.index)).columns[0] == "column"
    others = pd.concat([labels_of("two_groups"), pd.Series(["North"], index=["somebody else"])])
    assert subgroup_changes(pairs, others)["n_pairs"].sum() == len(pairs.matched)
    numbered = pd.Series(np.arange(len(pairs.matched)) % 2, index=pairs.matched.index)
    assert subgroup_changes(pairs, numbered)["group"].tolist() == [0, 1]


def test_a_person_has_one_group() -> None:
    twice = pd.Series(["a", "b"], index=["P0001", "P0001"])
    with pytest.raises(RepeatedIdError, match="one group"):
        subgroup_changes(pairs_of("two_groups"), twice)
    with pytest.raises(EvalcoreError, match="between 0 and 1"):
        subgroup_changes(pairs_of("two_groups"), labels_of("two_groups"), confidence=95)
