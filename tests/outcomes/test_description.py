"""The side-by-side description agrees with R, and says nothing that it can not know."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from evalcore.columns import GROUPS
from evalcore.errors import EvalcoreError
from evalcore.outcomes.description import describe
from evalcore.outcomes.matching import match
from tests.outcomes.oracle import SETS, pairs_of


@pytest.mark.parametrize("name", SETS)
def test_every_group_is_as_in_r(name):
    table = describe(pairs_of(name))
    assert list(table.index) == list(GROUPS)
    assert list(table.columns) == ["n", "mean", "sd", "ci_low", "ci_high", "median", "q1", "q3", "min", "max"]
    for group, expected in SETS[name]["description"].items():
        for statistic, value in table.loc[group].items():
            if statistic in expected:
                assert value == pytest.approx(expected[statistic], rel=1e-9, abs=1e-9), (group, statistic)
            else:
                assert math.isnan(value), (group, statistic)


def test_a_wider_confidence_is_a_wider_interval():
    pairs = pairs_of("sleep")
    narrow, wide = describe(pairs, confidence=0.8).loc["all pre"], describe(pairs, confidence=0.99).loc["all pre"]
    assert wide["ci_low"] < narrow["ci_low"] < narrow["mean"] < narrow["ci_high"] < wide["ci_high"]


@pytest.mark.parametrize("confidence", [0, 1, 95, -0.5])
def test_a_confidence_that_is_none_is_refused(confidence):
    with pytest.raises(EvalcoreError, match="between 0 and 1"):
        describe(pairs_of("sleep"), confidence=confidence)


def test_tenths_that_are_all_equal_have_no_spread():
    same = pd.Series([0.3, 0.1 + 0.2, 0.3])
    row = describe(match(same, same)).loc["all pre"]
    assert row["sd"] == 0
    assert math.isnan(row["ci_low"])
    assert math.isnan(row["ci_high"])
