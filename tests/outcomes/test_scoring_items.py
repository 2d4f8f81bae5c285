"""The answers to the items of one scale, as reliability takes them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evalcore.errors import ChoiceNeededError, RepeatedIdError, TableError, UnknownNameError
from evalcore.instruments import load_instrument
from evalcore.outcomes.scoring import item_answers

GSE = list(load_instrument("gse").columns)
UWES = list(load_instrument("uwes9").columns)


@pytest.fixture
def table() -> pd.DataFrame:
    """Two service users and a volunteer before; one service user and one of staff, who also has UWES, after."""
    people = [
        ("A", "pre", "service user", 1),
        ("B", "pre", "service user", 2),
        ("V", "pre", "volunteer", 3),
        ("A", "post", "service user", 4),
        ("S", "post", "staff", 2),
    ]
    rows = pd.DataFrame([row[:3] for row in people], columns=["respondent_id", "wave", "role"])
    rows[GSE] = np.repeat([[row[3]] for row in people], 10, axis=1).astype(float)
    rows[UWES] = np.where((rows["role"] == "staff").to_numpy()[:, None], np.arange(1, 10) % 7, np.nan)
    return rows


def test_one_wave_and_role(table: pd.DataFrame) -> None:
    items = item_answers(table, "gse", wave="pre", role="service user")
    assert list(items.columns) == GSE
    assert items.index.name == "respondent_id"
    assert items["gse_10"].to_dict() == {"A": 1, "B": 2}


def test_several_roles_may_be_chosen(table: pd.DataFrame) -> None:
    assert list(item_answers(table, "gse", wave="pre", role=["staff", "volunteer"]).index) == ["V"]
    table.loc[0, "role"] = "staff"
    both = item_answers(table, "gse", wave="pre", role=["staff", "volunteer"])
    assert list(both.index) == ["A", "V"]


def test_what_only_one_group_answered_needs_no_choice(table: pd.DataFrame) -> None:
    assert list(item_answers(table, "uwes9").index) == ["S"]


def test_a_subscale_gives_its_items_in_its_order(table: pd.DataFrame) -> None:
    items = item_answers(table, "uwes9", scale="absorption")
    assert items.to_dict("list") == {"uwes9_6": [6], "uwes9_8": [1], "uwes9_9": [2]}


def test_items_left_out_are_missing_and_blank_rows_are_dropped(table: pd.DataFrame) -> None:
    table.loc[0, "gse_4"] = None
    table.loc[1, GSE] = None
    items = item_answers(table, "gse", wave="pre", role="service user")
    assert list(items.index) == ["A"]
    assert items.isna().to_numpy().nonzero()[1].tolist() == [3]


def test_several_waves_need_a_choice(table: pd.DataFrame) -> None:
    with pytest.raises(ChoiceNeededError, match="pre and post"):
        item_answers(table, "gse", role="service user")


def test_several_roles_need_a_choice(table: pd.DataFrame) -> None:
    with pytest.raises(ChoiceNeededError, match="service user and volunteer"):
        item_answers(table, "gse", wave="pre")


def test_roles_need_not_be_known(table: pd.DataFrame) -> None:
    assert len(item_answers(table.drop(columns="role"), "gse", wave="pre")) == 3


def test_a_blank_role_beside_one_role_is_not_dropped(table: pd.DataFrame) -> None:
    table.loc[2, "role"] = None
    assert list(item_answers(table, "gse", wave="pre").index) == ["A", "B", "V"]
    assert list(item_answers(table, "gse", wave="pre", role="service user").index) == ["A", "B"]


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"wave": "middle"}, "no wave 'middle'. There are: pre, post"),
        ({"wave": "pre", "role": "governor"}, "governor"),
        ({"wave": "pre", "scale": "vigor"}, "GSE has no scale 'vigor'. It has: total"),
    ],
)
def test_unknown_choices_list_those_there_are(table: pd.DataFrame, choice: dict[str, str], message: str) -> None:
    with pytest.raises(UnknownNameError, match=message):
        item_answers(table, "gse", **choice)


def test_one_person_twice_is_refused_without_being_named(table: pd.DataFrame) -> None:
    table.loc[1, "respondent_id"] = "Zebedee"
    twice = pd.concat([table, table.iloc[[1]]], ignore_index=True)
    with pytest.raises(RepeatedIdError) as caught:
        item_answers(twice, "gse", wave="pre", role="service user")
    assert "Zebedee" not in str(caught.value)


def test_one_code_in_two_roles_is_two_people(table: pd.DataFrame) -> None:
    table.loc[1, ["respondent_id", "role"]] = ["V", "staff"]
    items = item_answers(table, "gse", wave="pre", role=["staff", "volunteer"])
    assert sorted(items.index) == ["V (staff)", "V (volunteer)"]


def test_the_short_form_is_taken_from_the_long_one() -> None:
    long = load_instrument("wemwbs")
    rows = pd.DataFrame([["A", "pre", *[1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2, 3, 4]]])
    rows.columns = ["respondent_id", "wave", *long.columns]
    items = item_answers(rows, "swemwbs")
    assert items.to_dict("list") == dict(
        zip(load_instrument("swemwbs").columns, [[1], [2], [3], [1], [2], [4], [1]], strict=True)
    )


def test_nobody_gives_an_empty_table(table: pd.DataFrame) -> None:
    items = item_answers(table.iloc[:0], "gse")
    assert items.shape == (0, 10)
    assert list(items.columns) == GSE


def test_a_bad_code_is_refused(table: pd.DataFrame) -> None:
    table.loc[0, "gse_1"] = 9
    with pytest.raises(TableError, match="gse_1"):
        item_answers(table, "gse", wave="pre", role="service user")
