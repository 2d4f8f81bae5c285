"""Items left out, straight lines, and scores at the end of a scale."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from evalcore.errors import TableError
from evalcore.instruments import load_instrument
from evalcore.outcomes.response_patterns import floor_and_ceiling, left_out, straight_lining
from evalcore.outcomes.scoring import item_answers, score


def table(rows: list[list[float | None]], people: str) -> pd.DataFrame:
    return pd.DataFrame(rows, index=pd.Index(list(people), name="respondent_id"), dtype=float).add_prefix("item_")


GAPS = table([[1, None, 3, 4], [2, 2, 2, 2], [None, None, 3, 3], [None, None, None, None], [4, 4, 4, None]], "ABCDE")
END = 40.0


@pytest.fixture
def responses() -> pd.DataFrame:
    """One identifier in two roles: two people, one of whom left an item out."""
    people = [("A", "staff"), ("A", "volunteer"), ("B", "staff")]
    rows = pd.DataFrame(people, columns=["respondent_id", "role"]).assign(wave="pre")
    rows[list(load_instrument("gse").columns)] = np.repeat([[3.0], [2.0], [4.0]], 10, axis=1)
    rows.loc[1, "gse_7"] = np.nan
    return rows


# ---- left out ------------------------------------------------------------------------------------------------------
def test_items_left_out_are_counted_among_those_who_answered_any():
    found = left_out(GAPS)
    assert (found.n_people, found.n_items, found.n_complete, found.n_blank) == (4, 4, 1, 1)
    assert found.items.to_dict("list") == {
        "item": ["item_0", "item_1", "item_2", "item_3"],
        "n_answered": [3, 2, 4, 3],
        "n_left_out": [1, 2, 0, 1],
        "share_left_out": [1 / 4, 2 / 4, 0, 1 / 4],
    }


def test_each_person_who_answered_any_is_counted():
    found = left_out(GAPS)
    assert found.people.to_dict() == {"A": 1, "B": 0, "C": 2, "E": 1}
    assert found.people.index.name == "respondent_id"


@pytest.mark.parametrize("rows", [GAPS.loc[["D"]], GAPS.head(0)])
def test_of_nobody_there_is_no_share(rows):
    found = left_out(rows)
    assert (found.n_people, found.n_complete, len(found.people)) == (0, 0, 0)
    assert found.items["share_left_out"].isna().all()
    assert found.items["n_left_out"].tolist() == [0, 0, 0, 0]


@given(arrays(float, st.tuples(st.integers(0, 8), st.integers(1, 5)), elements=st.sampled_from([1.0, 2.0, np.nan])))
def test_counts_by_item_and_by_person_agree(rows):
    found = left_out(pd.DataFrame(rows).add_prefix("item_"))
    assert found.items["n_left_out"].sum() == found.people.sum()
    assert (found.items["n_left_out"] + found.items["n_answered"] == found.n_people).all()
    assert found.n_people + found.n_blank == len(rows)
    assert found.n_complete == (found.people == 0).sum()


def test_one_identifier_in_two_roles_is_two_people(responses):
    items = item_answers(responses, "gse", role=["staff", "volunteer"])
    assert left_out(items).people.to_dict() == {"A (staff)": 0, "A (volunteer)": 1, "B": 0}
    assert straight_lining(items).people.to_dict() == {"A (staff)": 3, "B": 4}


# ---- straight lines ------------------------------------------------------------------------------------------------
def test_the_same_answer_throughout_is_flagged_and_nobody_is_set_aside():
    found = straight_lining(pd.concat([GAPS, table([[2, 2, 2, 2], [1, 1, 1, 1], [1, 1, 1, 2]], "FGH")]))
    assert found.people.to_dict() == {"B": 2, "F": 2, "G": 1}
    assert (found.n_flagged, found.n_people, found.n_items) == (3, 4, 4)
    assert found.codes.to_dict("list") == {"code": [1, 2], "n_people": [1, 2]}
    assert "nobody is set aside" in found.notes[0]


def test_who_left_an_item_out_is_not_looked_at():
    assert straight_lining(GAPS.loc[["E"]]).n_flagged == 0
    assert straight_lining(GAPS.loc[["E"]]).n_people == 0


def test_a_scale_of_few_items_flags_nobody_and_says_so():
    found = straight_lining(table([[3, 3, 3], [1, 2, 3]], "AB"))
    assert (found.n_flagged, found.n_people, len(found.people), len(found.codes)) == (None, 2, 0, 0)
    assert "fewer than 4 items" in found.notes[0]


def test_where_nobody_is_flagged_there_is_nothing_to_say():
    found = straight_lining(table([[3, 3, 3, 2]], "A"))
    assert (found.n_flagged, found.notes) == (0, ())
    assert list(found.codes.columns) == ["code", "n_people"]


# ---- floor and ceiling ---------------------------------------------------------------------------------------------
def scores(n: int, at_floor: int, at_ceiling: int) -> pd.Series:
    between = n - at_floor - at_ceiling
    return pd.Series([10.0] * at_floor + [END] * at_ceiling + [25.0] * between, dtype=float)


def test_people_at_both_ends_are_counted_among_those_with_a_score():
    found = floor_and_ceiling(pd.concat([scores(60, 3, 12), pd.Series([np.nan] * 7)]), 10, END)
    assert (found.n, found.n_floor, found.n_ceiling) == (60, 3, 12)
    assert (found.share_floor, found.share_ceiling) == (3 / 60, 12 / 60)
    assert (found.floor_effect, found.ceiling_effect, found.notes) == (False, True, ())


@pytest.mark.parametrize(("at_end", "effect"), [(14, False), (15, False), (16, True)])
def test_an_effect_is_more_than_fifteen_per_cent(at_end, effect):
    assert floor_and_ceiling(scores(100, at_end, 0), 10, END).floor_effect is effect
    assert floor_and_ceiling(scores(100, 0, at_end), 10, END).ceiling_effect is effect


@pytest.mark.parametrize(("n", "judged"), [(49, False), (50, True)])
def test_below_fifty_people_there_are_counts_and_no_verdict(n, judged):
    found = floor_and_ceiling(scores(n, 0, 20), 10, END)
    assert found.n_ceiling == 20
    assert found.ceiling_effect is (True if judged else None)
    assert ("at least 50 people" in " ".join(found.notes)) is not judged


def test_of_nobody_there_is_no_share_at_an_end():
    found = floor_and_ceiling(pd.Series([None, None], dtype=object), 10, END)
    assert (found.n, found.n_floor, found.share_floor, found.share_ceiling, found.floor_effect) == (
        0,
        0,
        None,
        None,
        None,
    )


@pytest.mark.parametrize("instrument", ["wemwbs", "swemwbs", "gse", "uwes9"])
def test_the_ends_of_a_scale_are_found_in_its_own_unit(instrument):
    """A converted score and a mean must meet the ends that the definition names."""
    questionnaire = load_instrument(instrument)
    columns, codes = list(questionnaire.columns), questionnaire.codes
    answers = pd.DataFrame([[codes[0]] * len(columns), [codes[-1]] * len(columns)], columns=columns)
    scored = score(answers.assign(respondent_id=["A", "B"], wave="pre"), instrument)
    for name, rows in scored.groupby("scale", observed=True):
        scale = questionnaire.scale(str(name))
        found = floor_and_ceiling(rows["score"], scale.low, scale.high)
        assert (found.n, found.n_floor, found.n_ceiling) == (2, 1, 1)


@pytest.mark.parametrize("outside", [9.0, 41.0])
def test_a_score_outside_the_scale_is_refused(outside):
    with pytest.raises(TableError, match="outside the scale"):
        floor_and_ceiling(pd.Series([20.0, outside]), 10, END)


def test_a_score_that_is_no_number_is_refused():
    with pytest.raises(TableError, match="scores must be numbers"):
        floor_and_ceiling(pd.Series(["high", "low"]), 10, END)


def test_limits_the_wrong_way_round_are_refused():
    with pytest.raises(TableError, match="must lie below"):
        floor_and_ceiling(pd.Series([20.0]), END, 10)


@pytest.mark.parametrize("find", [left_out, straight_lining])
def test_a_table_that_is_none_of_answers_is_refused(find):
    with pytest.raises(TableError, match="item_1 must hold numbers"):
        find(pd.DataFrame({"item_0": [1, 2], "item_1": ["often", "never"]}))
