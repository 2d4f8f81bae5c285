"""Bands: cited borders, and the side that owns each."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.errors import DefinitionError, TableError, UnknownNameError
from evalcore.rules import band, list_band_schemes, load_band_scheme

SCHEME = """
id = "warmth"
label = "Warmth"
instrument = "hope"
bands = ["cold", "mild", "warm"]
low = 0
high = 10
caution = "Made up."
source = { title = "Made up", year = "2026", place = "nowhere", standing = "verified" }

[cuts]
total = [{ at = 3, owner = "above" }, { at = 7, owner = "below" }]
"""


def written(folder: Path, text: str = SCHEME) -> Path:
    (folder / "warmth.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_owner_of_a_border_gets_the_score_that_lies_on_it(tmp_path: Path) -> None:
    scheme = load_band_scheme("warmth", _directory=written(tmp_path))
    assert list(band([0, 2.9, 3, 7, 7.1, 10], scheme)) == ["cold", "cold", "mild", "mild", "warm", "warm"]


def test_a_missing_score_has_no_band() -> None:
    found = band(pd.Series([np.nan, 20.0]), load_band_scheme("swemwbs_one_sd"))
    assert list(found.isna()) == [True, False]
    assert list(found.categories) == ["low", "medium", "high"]
    assert found.ordered


def test_no_scores_give_no_bands() -> None:
    assert len(band([], load_band_scheme("swemwbs_one_sd"))) == 0


def test_scores_between_two_printed_limits_are_outside_the_middle() -> None:
    scheme = load_band_scheme("swemwbs_one_sd")
    assert list(band([19.5, 19.55, 19.6, 27.4, 27.45, 27.5], scheme)) == [
        "low",
        "low",
        "medium",
        "medium",
        "high",
        "high",
    ]


def test_thirds_and_ninths_are_looked_up_as_printed() -> None:
    scheme = load_band_scheme("uwes9_dutch")
    assert list(band([4 / 3, 7 / 3], scheme, scale="dedication")) == ["very low", "low"]
    assert list(band([16 / 9, 26 / 9], scheme)) == ["low", "average"]


@pytest.mark.parametrize("score", [6.99, 35.01, np.inf])
def test_a_score_that_the_scale_does_not_have_is_refused(score: float) -> None:
    with pytest.raises(TableError, match="between 7 and 35") as caught:
        band([20.0, score], load_band_scheme("swemwbs_one_sd"))
    assert str(score) not in str(caught.value)


def test_a_scale_without_borders_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="It has: total"):
        band([20.0], load_band_scheme("swemwbs_one_sd"), scale="vigor")


def test_schemes_of_an_instrument() -> None:
    assert list_band_schemes("wemwbs") == ["wemwbs_fifteen_per_cent", "wemwbs_warwick"]
    assert list_band_schemes("gse") == []
    with pytest.raises(UnknownNameError, match="swemwbs_one_sd"):
        load_band_scheme("stars")


@given(st.lists(st.floats(7, 35), min_size=1))
def test_a_higher_score_is_never_in_a_lower_band(scores: list[float]) -> None:
    codes = band(sorted(scores), load_band_scheme("swemwbs_one_sd")).codes
    assert (np.diff(codes) >= 0).all()


def test_all_faults_of_a_scheme_are_reported_at_once(tmp_path: Path) -> None:
    text = (
        SCHEME.replace("at = 3", "at = 8").replace('owner = "below"', 'owner = "left"').replace('label = "Warmth"', "")
    )
    text = text.replace('place = "nowhere"', 'place = ""').replace('["cold", "mild", "warm"]', '["cold", "warm"]')
    with pytest.raises(DefinitionError) as caught:
        load_band_scheme("warmth", _directory=written(tmp_path, text))
    assert sorted(caught.value.problems) == [
        "cuts.total has 2 borders for 2 bands; there must be one fewer than bands",
        "cuts.total must have rising borders",
        "cuts.total[7].owner must be one of: above, below",
        "label is missing",
        "source.place is empty",
    ]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("at = 3", "at = 0", "cuts.total must have its borders inside low and high"),
        ('id = "warmth"', 'id = "heat"', "id must be the file's name, warmth"),
        ('caution = "Made up."', "", "caution is missing"),
        (
            'source = { title = "Made up", year = "2026", place = "nowhere", standing = "verified" }',
            "",
            "source is missing",
        ),
    ],
)
def test_each_fault_of_a_scheme_is_named(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert old in SCHEME
    with pytest.raises(DefinitionError) as caught:
        load_band_scheme("warmth", _directory=written(tmp_path, SCHEME.replace(old, new)))
    assert problem in caught.value.problems
