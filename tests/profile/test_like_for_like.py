"""Like for like: a hand-computed example, R's epitools and PoissonBinomial, and the cases in which nobody is alike."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.errors import TableError, UnknownNameError
from evalcore.profile.like_for_like import Coarser, LikeForLike, coarser, expected_range, like_profile
from evalcore.profile.needs import need_profile
from evalcore.profile.strata import known_to_hold, strata_of
from evalcore.sample import sample_study
from tests.outcomes.oracle import read

R = read("like_for_like.json")
LIKE = ["n_like", "observed_like", "expected", "expected_low", "expected_high", "n_unmatched"]
# Four men in five of the caseload have no need of drugs, four women in five have one; half of the pilot are women.
CASELOAD = pd.DataFrame(
    {
        "sex": ["male"] * 50 + ["female"] * 25,
        "drugs_need": [True] * 10 + [False] * 40 + [True] * 20 + [False] * 5,
    }
)
PILOT = pd.DataFrame({"sex": ["male", "male", "female", "female"], "drugs_need": [True, False, True, True]})


def like(pilot: pd.DataFrame, caseload: pd.DataFrame, hold: object = "sex", at_least: int = 20) -> pd.Series:
    asked = hold if isinstance(hold, LikeForLike) else LikeForLike.of(hold)  # type: ignore[arg-type]
    return need_profile(pilot, caseload, like_for_like=LikeForLike(asked.hold, at_least)).iloc[0]


def test_an_example_by_hand() -> None:
    found = like(PILOT, CASELOAD)
    # Each man 10/50, each woman 20/25: 0.2 + 0.2 + 0.8 + 0.8. Nobody, or all four: 0.2² times 0.8², which is 0.0256.
    assert found[LIKE].tolist() == pytest.approx([4, 3, 2.0, 0, 4, 0])
    assert found["caseload_rate"] == pytest.approx(30 / 75)


@pytest.mark.parametrize("profile", R["profiles"], ids=lambda profile: "+".join(profile["hold"]) or "nothing")
def test_the_sample_study_is_what_r_gives(profile) -> None:
    study = sample_study()
    asked = LikeForLike(tuple(profile["hold"]), profile["at_least"])
    table = need_profile(study.cases, study.caseload, like_for_like=asked).set_index("need")
    for expected in profile["needs"]:
        found = table.loc[expected["need"]]
        for name in LIKE:
            if expected.get(name) is None:
                assert math.isnan(found[name])
            else:
                assert found[name] == pytest.approx(expected[name], rel=1e-9), name


@pytest.mark.parametrize("case", R["enumerated"], ids=lambda case: str(case["p"]))
def test_the_range_is_that_of_every_outcome(case) -> None:
    assert expected_range(np.array(case["p"])) == (case["low"], case["high"])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_the_number_expected_lies_near_its_range(p) -> None:
    low, high = expected_range(np.array(p))
    assert 0 <= low <= high <= len(p)
    assert low - 1 < sum(p) < high + 1


def test_a_stratum_of_too_few_matches_nobody_and_they_are_counted() -> None:
    found = like(PILOT, CASELOAD, at_least=26)
    assert found[["n_like", "n_unmatched", "expected"]].tolist() == pytest.approx([2, 2, 0.4])
    assert "A stratum needs 26 or more assessed." in found["notes"]
    nobody = like(PILOT, CASELOAD, at_least=51)
    assert nobody[["n_like", "n_unmatched"]].tolist() == [0, 4]
    assert nobody[["observed_like", "expected", "expected_low", "expected_high"]].isna().all()


def test_unknown_never_matches_and_who_is_not_assessed_is_not_counted() -> None:
    pilot = pd.DataFrame({"sex": ["male", None, "female"], "drugs_need": [True, True, None]})
    caseload = pd.concat([CASELOAD, pd.DataFrame({"sex": [None] * 30, "drugs_need": [True] * 30})])
    found = like(pilot, caseload)
    assert found[["n", "n_like", "n_unmatched", "expected"]].tolist() == pytest.approx([2, 1, 1, 0.2])


def test_the_pilot_is_taken_out_of_the_caseload_first() -> None:
    ids = [f"C{i}" for i in range(75)]
    pilot = PILOT.assign(respondent_id=["C0", "C1", "X1", "X2"])
    found = like(pilot, CASELOAD.assign(respondent_id=ids))
    assert found["expected"] == pytest.approx(2 * 8 / 48 + 2 * 0.8)


@pytest.mark.parametrize("column", ["oasys_layer", "oasys_form", "sentence"])
def test_layer_form_and_sentence_are_held_alike_where_both_know_them(column) -> None:
    words = {"oasys_form": ("OASys 2009", "SAN 2024")}.get(column, ("1", "3"))
    caseload = pd.concat(
        [CASELOAD.assign(**{column: words[0]}), CASELOAD.assign(**{column: words[1], "drugs_need": True})]
    )
    found = like(PILOT.assign(**{column: words[0]}), caseload)
    assert found["expected"] == pytest.approx(2.0)
    assert like(PILOT, caseload)["expected"] == pytest.approx(2 * 60 / 100 + 2 * 45 / 50)


def test_what_is_not_known_is_not_held_alike_and_that_is_said() -> None:
    found = like(PILOT, CASELOAD, ["sex", "company"])
    assert found["expected"] == pytest.approx(2.0)
    assert "Not held alike, company: it is not known in the pilot and caseload." in found["notes"]
    scores = {"ogrs": 40, "ogrs_version": "OGRS3"}
    kinds = ({"ogrs_horizon": "1 year"}, {"ogrs_horizon": "2 years"})
    found = like(PILOT.assign(**scores, **kinds[0]), CASELOAD.assign(**scores, **kinds[1]), ["sex", "ogrs band"])
    assert found["expected"] == pytest.approx(2.0)
    assert "Not held alike, OGRS" in found["notes"]


def test_ages_are_held_alike_in_bands_that_own_their_first_year() -> None:
    pilot = pd.DataFrame({"age": [24, 25, 34, 35, 49, 50], "drugs_need": True})
    shares = {18: 0.0, 30: 0.25, 40: 0.5, 60: 1.0}
    caseload = pd.DataFrame(
        {
            "age": np.repeat(list(shares), 20),
            "drugs_need": np.concatenate([np.arange(20) < 20 * p for p in shares.values()]),
        }
    )
    assert like(pilot, caseload, "age")["expected"] == pytest.approx(0 + 2 * 0.25 + 2 * 0.5 + 1)


def test_published_figures_hold_no_people() -> None:
    published = pd.DataFrame({"measure": ["drugs_need"], "mean": [0.4]})
    found = need_profile(PILOT, published, like_for_like="sex").iloc[0]
    assert found[LIKE].isna().all()
    assert "Published figures hold no people" in found["notes"]


def test_a_pilot_of_one_and_a_need_that_everybody_has() -> None:
    one = like(PILOT.head(1), CASELOAD)
    assert one[LIKE].tolist() == pytest.approx([1, 1, 0.2, 0, 1, 0])
    all_have = like(PILOT, CASELOAD.assign(drugs_need=True))
    assert all_have[["expected", "expected_low", "expected_high"]].tolist() == [4, 4, 4]


def test_what_can_not_be_asked_for_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="What can be: sex, age_band"):
        LikeForLike.of(["sex", "height"])
    with pytest.raises(TableError, match="at least 1"):
        need_profile(PILOT, CASELOAD, like_for_like=LikeForLike(("sex",), 0))


@pytest.mark.parametrize(("horizon", "published"), [("2 years", True), ("1 year", False)])
def test_two_year_scores_are_held_alike_in_the_published_bands_and_others_in_quarters(horizon, published) -> None:
    # Low is 0 to 49 % by the bands of two years; by quarters of the scale 24 and 25 are apart. 90 % is a band's border.
    table = pd.DataFrame({"ogrs": [10.0, 49.0, 50.0, 89.0, 90.0], "ogrs_version": "OGRS3", "ogrs_horizon": horizon})
    found = strata_of(table, table, ["ogrs_band"])
    assert found.cases.tolist() == found.caseload.tolist() == ([0, 0, 1, 2, 3] if published else [0, 1, 2, 3, 3])
    assert ("published bands" in found.held[0]) == published
    assert found.names == ("ogrs_band",)


def test_what_both_know_can_be_held_alike() -> None:
    table = PILOT.assign(company="A", age=30)
    assert known_to_hold(table, table) == ("sex", "age_band", "company")
    assert known_to_hold(table, table.assign(company=None)) == ("sex", "age_band")
    assert LikeForLike.usual(table, table).hold == ("sex", "age_band")
    assert LikeForLike.usual(table[["drugs_need"]], table).hold == ()


def test_the_coarser_choice_is_the_one_that_leaves_fewest_without_people_like_them() -> None:
    pilot = pd.DataFrame({"sex": ["male"] * 3, "company": ["A", "B", "B"], "age": [30, 30, 60], "drugs_need": True})
    caseload = pd.DataFrame({"sex": "male", "company": "A", "age": 30, "drugs_need": [True] * 20})
    asked = LikeForLike(("sex", "age_band", "company"))
    profile = like_profile(pilot, caseload, asked)
    assert profile.unmatched.tolist() == [False, True, True]
    assert coarser(profile, pilot, caseload) == Coarser("company", ("sex", "age_band"), 1)
    nothing = like_profile(pilot, caseload, LikeForLike((), 21))
    assert coarser(nothing, pilot, caseload) is None
