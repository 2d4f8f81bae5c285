"""Need by need, the pilot beside the caseload: as in R, and what is said where something is not known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evalcore.columns import SECTIONS
from evalcore.errors import EvalcoreError, RepeatedIdError, TableError, UnknownNameError
from evalcore.profile.needs import need_profile
from evalcore.sample import sample_study
from tests.outcomes.oracle import read

R = read("needs.json")
COLUMNS = [
    "need",
    "n",
    "k",
    "rate",
    "ci_low",
    "ci_high",
    "caseload_n",
    "caseload_rate",
    "difference",
    "difference_ci_low",
    "difference_ci_high",
    "p_value",
    "p_holm",
    "n_like",
    "observed_like",
    "expected",
    "expected_low",
    "expected_high",
    "n_unmatched",
    "notes",
]
LIKE_FOR_LIKE = COLUMNS[-7:-1]
COMPUTED = COLUMNS[1:13]
CASES, CASELOAD = sample_study().cases, sample_study().caseload


def check(table: pd.DataFrame, expected: dict[str, dict[str, float]]) -> None:
    """Every number is R's, and every number that R does not give is missing."""
    assert list(table) == COLUMNS
    assert table["need"].tolist() == [section for section in SECTIONS if section in expected]
    assert table[LIKE_FOR_LIKE].isna().all(axis=None)
    for row in table.to_dict("records"):
        for column in COMPUTED:
            value = expected[row["need"]].get(column, np.nan)
            assert row[column] == pytest.approx(value, rel=1e-8, abs=1e-13, nan_ok=True), (row["need"], column)


def needs_of(answers: dict[str, list[bool | None]]) -> pd.DataFrame:
    return pd.DataFrame({f"{section}_need": pd.array(values, dtype="boolean") for section, values in answers.items()})


def test_the_sample_is_as_in_r() -> None:
    check(need_profile(CASES, CASELOAD), R["sample"])
    check(need_profile(CASES, CASELOAD, confidence=0.9), R["sample_90"])


def test_what_the_pilot_reported_is_found() -> None:
    """The share with a need is higher than in the caseload in every area."""
    assert (need_profile(CASES, CASELOAD)["difference"] > 0).all()


@pytest.mark.parametrize("people", ["0", "1", "2", "3"])
def test_the_first_people_are_as_in_r(people: str) -> None:
    check(need_profile(CASES.head(int(people)), CASELOAD), R["first_people"][people])


@pytest.mark.parametrize("name", R["made_up"])
def test_zero_and_full_cells_and_unassessed_sections_are_as_in_r(name: str) -> None:
    one = R["made_up"][name]
    check(need_profile(needs_of(one["pilot"]), needs_of(one["caseload"])), one["expected"])


def test_people_of_the_pilot_are_taken_out_of_the_caseload() -> None:
    apart = need_profile(CASES, CASELOAD)
    both = need_profile(CASES, pd.concat([CASELOAD, CASES], ignore_index=True))
    pd.testing.assert_frame_equal(apart[COMPUTED], both[COMPUTED])
    assert both["notes"].str.contains("27 people of the pilot were taken out of the caseload").all()


def test_the_order_of_the_rows_does_not_matter() -> None:
    shuffled = need_profile(CASES.sample(frac=1, random_state=1), CASELOAD.sample(frac=1, random_state=2))
    pd.testing.assert_frame_equal(shuffled, need_profile(CASES, CASELOAD))


def test_a_large_caseload_gives_the_shares_of_its_parts() -> None:
    parts = pd.concat([CASELOAD.drop(columns="respondent_id")] * 21, ignore_index=True)
    large, small = need_profile(CASES, parts), need_profile(CASES, CASELOAD)
    assert len(parts) > 250_000
    assert large["caseload_n"].tolist() == (21 * small["caseload_n"]).tolist()
    np.testing.assert_allclose(large["difference"], small["difference"], rtol=1e-12)
    assert large["notes"].str.startswith("The caseload has no identifiers").all()


@pytest.mark.parametrize("caseload", [None, pd.DataFrame(), CASELOAD.iloc[:0]])
def test_without_a_caseload_the_pilot_stands_alone(caseload: pd.DataFrame | None) -> None:
    found = need_profile(CASES, caseload)
    alone = {"n", "k", "rate", "ci_low", "ci_high"}
    check(found, {need: {name: row[name] for name in alone} for need, row in R["sample"].items()})
    assert (found["notes"] == "There is no caseload to compare with.").all()


def test_a_section_of_one_table_only_is_kept_and_said() -> None:
    pilot, caseload = needs_of({"drugs": [True, False]}), needs_of({"ete": [True, False, None]})
    found = need_profile(pilot, caseload).set_index("need")
    assert found.loc["ete", "n"] == 0
    assert found.loc["ete", ["k", "rate", "difference", "p_value", "p_holm"]].isna().all()
    assert found.loc["ete", "caseload_n"] == 2
    assert np.isnan(found.loc["drugs", "caseload_n"])
    assert "Nobody of the pilot is known to be assessed" in found.loc["ete", "notes"]
    assert "Nothing is known of this need in the caseload" in found.loc["drugs", "notes"]


def test_scores_of_a_section_without_a_threshold_give_no_need() -> None:
    found = need_profile(pd.DataFrame({"finance_score": [8, 8]}), needs_of({"finance": [True, False]})).iloc[0]
    assert (found["n"], found["caseload_n"]) == (0, 2)
    assert "no threshold for finances" in found["notes"]


def test_people_who_are_not_assessed_are_counted_for_no_side() -> None:
    found = need_profile(needs_of({"drugs": [True, None, None]}), needs_of({"drugs": [None, False]})).iloc[0]
    assert (found["n"], found["k"], found["caseload_n"]) == (1, 1, 1)
    assert "1 of 3 people of the pilot are assessed" in found["notes"]


def test_a_need_that_nobody_of_the_caseload_is_assessed_on_is_said() -> None:
    found = need_profile(needs_of({"drugs": [True, False]}), needs_of({"drugs": [None, None]})).iloc[0]
    assert (found["n"], found["caseload_n"]) == (2, 0)
    assert np.isnan(found["caseload_rate"])
    assert "Nobody of the caseload is known to be assessed on this need." in found["notes"]


def test_no_people_and_no_columns_give_an_empty_table() -> None:
    found = need_profile(pd.DataFrame(), pd.DataFrame())
    assert (list(found), len(found)) == (COLUMNS, 0)
    assert str(found["p_holm"].dtype) == "float64"


def test_what_can_not_be_done_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="can not be held alike"):
        need_profile(CASES, CASELOAD, like_for_like=["shoe size"])
    with pytest.raises(RepeatedIdError, match="Keep one row a person"):
        need_profile(pd.concat([CASES, CASES.head(1)]), None)
    with pytest.raises(TableError, match="ete_score"):
        need_profile(CASES, pd.DataFrame({"ete_score": ["high"]}))
    for cases in (CASES, pd.DataFrame()):
        with pytest.raises(EvalcoreError, match="confidence"):
            need_profile(cases, None, confidence=95)


# Each: columns of the pilot, of the caseload, and the note.
KINDS = {
    "other layer": (
        {"oasys_layer": ["3", "3"]},
        {"oasys_layer": ["1", "3"]},
        "The pilot's needs are of layer 3, the caseload's of layer 1 and 3.",
    ),
    "mixed alike": (
        {"oasys_layer": ["3", "1"]},
        {"oasys_layer": ["1", "3"]},
        "The pilot's needs are of layer 1 and 3, the caseload's of layer 1 and 3.",
    ),
    "not stated": (
        {"oasys_layer": ["Layer 3", "layer 3"]},
        {},
        "The pilot's needs are of Layer 3, the caseload's of a layer that is not stated.",
    ),
    "stated for some": (
        {"oasys_layer": ["3", None]},
        {"oasys_layer": ["3", "3"]},
        "The pilot's needs are of layer 3 (layer not stated for 1 person), the caseload's of layer 3.",
    ),
    "other form": (
        {"oasys_form": ["SAN 2024", "SAN 2024"]},
        {"oasys_form": ["OASys 2009", "OASys 2009"]},
        "Its thresholds are not those of the 2009 form",
    ),
    "many layers": (
        {"oasys_layer": ["3", "3"]},
        {"oasys_layer": ["1", "2"] * 2 + ["3", "4"]},
        "the caseload's of layer 1, 2, 3 and 1 more.",
    ),
}


@pytest.mark.parametrize("name", KINDS)
def test_what_may_not_be_compared_unsaid_is_said(name: str) -> None:
    pilot, caseload, note = KINDS[name]
    size = max((len(values) for values in caseload.values()), default=2)
    ours = needs_of({"drugs": [True, False]}).assign(**pilot)
    found = need_profile(ours, needs_of({"drugs": [True] * size}).assign(**caseload))
    assert note in found.loc[0, "notes"]


def test_nothing_is_said_of_one_form_and_layer_alike() -> None:
    assert set(need_profile(CASES, CASELOAD)["notes"]) == {"By identifier, nobody of the pilot stands in the caseload."}


def test_layers_of_people_without_any_need_known_do_not_count() -> None:
    caseload = needs_of({"drugs": [True, None]}).assign(oasys_layer=["3", "1"])
    found = need_profile(needs_of({"drugs": [True]}).assign(oasys_layer="3"), caseload)
    assert "layer" not in found.loc[0, "notes"]


def test_a_recorded_need_that_differs_from_its_score_is_counted() -> None:
    cases = pd.DataFrame({"drugs_need": [True, False, None], "drugs_score": [0, 10, 10]})
    found = need_profile(cases, None).iloc[0]
    assert (found["n"], found["k"]) == (3, 2)
    assert "2 recorded needs of the pilot differ from their scores; the recorded one is used." in found["notes"]


def test_people_twice_in_the_caseload_are_said() -> None:
    caseload = needs_of({"drugs": [True, True]}).assign(respondent_id=["C1", "C1"])
    found = need_profile(needs_of({"drugs": [True]}).assign(respondent_id="A"), caseload).iloc[0]
    assert found["caseload_n"] == 2
    assert "1 row of the caseload is about a person who has one already; each row counts." in found["notes"]
