"""The caseload as published figures: which figure is which need's, and what is refused or said of it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evalcore.errors import TableError
from evalcore.intake import read_published
from evalcore.profile.needs import need_profile
from evalcore.profile.published_needs import published_shares
from evalcore.sample import sample_study
from tests.outcomes.oracle import read

R = read("needs.json")
CASES = sample_study().cases
TESTS = ["difference_ci_low", "difference_ci_high", "p_value", "p_holm"]


def profile(*rows: dict[str, object]) -> pd.DataFrame:
    return need_profile(CASES, pd.DataFrame(list(rows))).set_index("need")


@pytest.mark.parametrize(
    "figures",
    [
        {"count": [780, 1420], "total": [2000, 2000]},
        {"count": [780, 1420], "n": [2000, 2000]},
        {"mean": [0.39, 0.71], "n": [2000, 2000]},
        {"mean": [39, 71], "total": [2000, 2000]},
    ],
)
@pytest.mark.parametrize(
    "names",
    [
        {"measure": ["accommodation_need", "lifestyle need"]},
        {"measure": ["Need", "needs"], "category": ["accommodation", "Lifestyle and associates"]},
        {"measure": ["OASys need", "OASys needs"], "category": ["Accommodation", "lifestyle"]},
        {"measure": ["Accommodation need", "Lifestyle and associates need"], "category": ["yes", None]},
    ],
)
def test_a_published_share_is_compared_as_in_r(figures, names):
    found = need_profile(CASES, pd.DataFrame(names | figures)).set_index("need")
    for need, expected in R["published"].items():
        for column, value in expected.items():
            assert found.loc[need, column] == pytest.approx(value, rel=1e-8), (need, column)
    others = found.drop(index=list(R["published"]))
    assert others["notes"].str.contains("Nothing is known of this need in the caseload").all()
    assert others[["caseload_rate", "difference", *TESTS]].isna().all(axis=None)
    assert others["n"].eq(len(CASES)).all()


def test_a_file_of_published_figures_is_taken_as_it_is_read():
    file = b"measure,category,count,total,mean,date,standing\nneed,Alcohol misuse,,,24%,31 Oct 2024,single source\n"
    found = need_profile(CASES, read_published(file, name="published.csv").published).set_index("need")
    assert found.loc["alcohol", "caseload_rate"] == 0.24
    assert "31 Oct 2024" in found.loc["alcohol", "notes"]


@pytest.mark.parametrize(
    ("mean", "n", "share", "note"),
    [
        (24, None, 0.24, "The number of people is not published: no interval and no p value."),
        (1, None, 1.0, "The number of people is not published"),
        (0.39, 11, 0.39, "does not fit the published number of people: no interval and no p value."),
    ],
)
def test_a_share_without_a_count_gives_only_rate_and_difference(mean, n, share, note):
    found = profile({"measure": "alcohol_need", "mean": mean, "n": n}).loc["alcohol"]
    assert found["caseload_rate"] == share
    assert found["difference"] == found["rate"] - share
    assert found[TESTS].isna().all()
    assert note in found["notes"]


def test_a_rounded_percentage_gives_a_count_and_says_so():
    found = profile({"measure": "alcohol_need", "mean": 24.0, "n": 333}).loc["alcohol"]
    assert found["caseload_rate"] == 0.24
    assert found[TESTS].notna().all()
    assert "worked out from its rounded share" in found["notes"]


@pytest.mark.parametrize(
    "row",
    [{"count": 30, "total": 20}, {"count": 0, "total": 0}, {"mean": 240}, {"count": 20}, {"n": 20}],
)
def test_figures_that_can_not_be_a_share_are_not_used(row):
    found = profile({"measure": "alcohol_need"} | row).loc["alcohol"]
    assert found[["caseload_rate", "difference", *TESTS]].isna().all()
    assert "is not used" in found["notes"]


def test_several_figures_for_one_need_are_refused_for_that_need():
    rows = [
        {"measure": "alcohol_need", "mean": 24, "date": "2024"},
        {"measure": "alcohol_need", "mean": 44, "date": "2008"},
    ]
    found = profile(*rows, {"measure": "drugs_need", "mean": 40, "date": "2024"})
    assert np.isnan(found.loc["alcohol", "caseload_rate"])
    assert "Keep the one that fits the pilot" in found.loc["alcohol", "notes"]
    assert found.loc["drugs", "caseload_rate"] == 0.4


def test_the_people_without_the_need_are_not_taken_for_those_with_it():
    rows = [
        {"measure": "alcohol_need", "category": word, "count": n, "total": 100} for word, n in (("yes", 24), ("no", 76))
    ]
    assert profile(*rows).loc["alcohol", "caseload_rate"] == 0.24


def test_what_a_figure_is_of_is_said():
    row = {"measure": "ete_need", "category": "women", "mean": 48, "source": "MoJ 2019", "population": "community"}
    notes = profile(row | {"layer": 3.0, "standing": "Unverified"}).loc["ete", "notes"]
    assert "The caseload is a published figure: MoJ 2019, community, layer 3." in notes
    assert "The published figure is for: women." in notes
    assert "The published figure is unverified." in notes
    assert "was not found" in profile({"measure": "ete_need", "mean": 48, "standing": "not found"}).loc["ete", "notes"]


def test_figures_of_different_dates_and_layers_are_said_to_be():
    one = {"measure": "ete_need", "mean": 43, "date": "30 Jun 2018", "layer": "3"}
    other = {"measure": "alcohol_need", "mean": 24, "date": "31 Oct 2024", "layer": "3"}
    assert profile(one, other)["notes"].str.contains("differ in date.", regex=False).all()
    assert not profile(one, other | {"date": "30 Jun 2018"})["notes"].str.contains("differ in").any()
    assert profile(one, other | {"layer": "1"})["notes"].str.contains("differ in date and layer").all()


@pytest.mark.parametrize("figure", ["a quarter", -24])
def test_a_figure_that_is_no_share_is_an_error_and_other_rows_are_left_aside(figure):
    other = {"measure": "temperature", "mean": figure}
    assert published_shares(pd.DataFrame([other, {"measure": "ete_need", "mean": 43}]))["ete"].share == 0.43
    with pytest.raises(TableError, match="mean"):
        published_shares(pd.DataFrame([{"measure": "ete_need", "mean": figure}]))


def test_no_published_figure_of_a_need_leaves_the_pilot_alone():
    found = profile({"measure": "OGRS3", "mean": 48})
    assert found["rate"].notna().all()
    assert found["caseload_rate"].isna().all()
