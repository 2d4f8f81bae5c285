"""From answers to scores: the rule of each instrument, and what is refused."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from evalcore.errors import TableError, UnknownNameError
from evalcore.instruments import list_instruments, load_instrument
from evalcore.outcomes.scoring import score
from tests.instruments.reference import REFERENCE

COLUMNS = [
    "respondent_id", "wave", "instrument", "scale", "score", "raw", "n_answered", "n_items", "status", "band",
    "band_scheme",
]  # fmt: skip
GSE = list(load_instrument("gse").columns)
SHORT = list(load_instrument("swemwbs").columns)
LONG = list(load_instrument("wemwbs").columns)
UWES = list(load_instrument("uwes9").columns)


def responses(rows: list[list[object]], columns: list[str], waves: list[str] | None = None) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=columns)
    table.insert(0, "respondent_id", [f"P{number}" for number in range(1, len(rows) + 1)])
    table.insert(1, "wave", waves or ["pre"] * len(rows))
    return table


def complete_answers(name: str) -> st.SearchStrategy[np.ndarray]:
    instrument = load_instrument(name)
    codes = st.integers(instrument.codes[0], instrument.codes[-1])
    return st.integers(1, 8).flatmap(lambda n: arrays.arrays(np.int64, (n, len(instrument.items)), elements=codes))


@given(complete_answers("wemwbs"))
def test_wemwbs_is_the_sum(answers: np.ndarray) -> None:
    scores = score(responses(answers.tolist(), LONG), "wemwbs")
    assert scores["score"].tolist() == answers.sum(axis=1).tolist()
    assert scores["raw"].tolist() == answers.sum(axis=1).tolist()
    assert scores["status"].eq("complete").all()


@given(complete_answers("gse"))
def test_gse_is_the_sum(answers: np.ndarray) -> None:
    assert score(responses(answers.tolist(), GSE), "gse")["score"].tolist() == answers.sum(axis=1).tolist()


@given(complete_answers("swemwbs"))
def test_swemwbs_is_the_converted_sum(answers: np.ndarray) -> None:
    scores = score(responses(answers.tolist(), SHORT), "swemwbs")
    table = REFERENCE["swemwbs_table"]
    assert scores["raw"].tolist() == answers.sum(axis=1).tolist()
    assert scores["score"].tolist() == [table[str(total)] for total in answers.sum(axis=1)]


@given(complete_answers("uwes9"))
def test_uwes_is_the_mean_of_each_scale(answers: np.ndarray) -> None:
    scores = score(responses(answers.tolist(), UWES), "uwes9")
    items = {entry["id"]: entry["value"]["items"] for entry in REFERENCE["scales"]}
    for scale in ("total", "vigor", "dedication", "absorption"):
        places = [item - 1 for item in items[f"uwes9/{scale}"]]
        here = scores[scores["scale"] == scale]
        assert here["raw"].tolist() == answers[:, places].sum(axis=1).tolist()
        np.testing.assert_allclose(here["score"], answers[:, places].mean(axis=1), rtol=0, atol=1e-12)
    means = scores.pivot(index="respondent_id", columns="scale", values="score")
    np.testing.assert_allclose(means["total"], means[["vigor", "dedication", "absorption"]].mean(axis=1), atol=1e-12)


@pytest.mark.parametrize("n_missing", range(11))
def test_gse_with_items_left_out(n_missing: int) -> None:
    answers: list[object] = [2, 3, 2, 3, 4, 4, 4, 3, 4, 2]
    answers[:n_missing] = [None] * n_missing
    answered = [float(str(answer)) for answer in answers[n_missing:]]
    scores = score(responses([answers], GSE), "gse")
    if n_missing == 10:
        assert scores.empty
        return
    (row,) = scores.to_dict("records")
    assert row["n_answered"] == 10 - n_missing
    assert row["n_items"] == 10
    if n_missing > 3:
        assert row["status"] == "incomplete"
        assert np.isnan([row["score"], row["raw"]]).all()
    else:
        assert row["status"] == ("complete" if n_missing == 0 else "prorated")
        assert row["raw"] == sum(answered)
        assert row["score"] == pytest.approx(sum(answered) / len(answered) * 10, abs=1e-12)


def test_a_chosen_rule_replaces_the_default() -> None:
    table = responses([[4] * 9 + [None]], GSE)
    assert score(table, "gse")["score"].tolist() == [40]
    assert score(table, "gse", missing_rule="complete")["score"].isna().all()
    uwes = responses([[6, 6, 3, 3, None, 3, 3, 3, 3]], UWES)
    by_scale = score(uwes, "uwes9", missing_rule="two_thirds_per_scale").set_index("scale")
    assert by_scale["score"].to_dict() == {"total": 3.75, "vigor": 6, "dedication": 3, "absorption": 3}
    assert by_scale["status"].to_dict() == {
        "total": "prorated", "vigor": "prorated", "dedication": "complete", "absorption": "complete"
    }  # fmt: skip


def test_unknown_names_list_those_there_are() -> None:
    with pytest.raises(UnknownNameError, match="at_most_three_missing, complete"):
        score(responses([[1] * 10], GSE), "gse", missing_rule="guess")
    with pytest.raises(UnknownNameError, match="gse, swemwbs"):
        score(responses([[1] * 10], GSE), "phq9")


def test_the_short_form_is_scored_from_the_long_one() -> None:
    items = REFERENCE["swemwbs_items_of_wemwbs"]
    answers = [5 if item in items else 1 for item in range(1, 15)]
    scores = score(responses([answers], LONG), "swemwbs")
    assert scores[["score", "raw", "n_answered", "status", "band"]].to_dict("records") == [
        {"score": 35, "raw": 35, "n_answered": 7, "status": "complete", "band": "high"}
    ]


def test_each_row_uses_the_form_that_was_filled_in() -> None:
    short, long, blank_short, blank_long = [3] * 7, [5] * 14, [None] * 7, [None] * 14
    half = [3, 3, 3, None, None, None, None]
    table = responses(
        [short + blank_long, blank_short + long, short + long, half + long, blank_short + blank_long], SHORT + LONG
    )
    scores = score(table, "swemwbs").set_index("respondent_id")
    assert scores["raw"].dropna().to_dict() == {"P1": 21, "P2": 35, "P3": 21}
    # a short form that was begun is not filled up from the long one
    assert scores.loc["P4", ["n_answered", "status"]].tolist() == [3, "incomplete"]
    assert "P5" not in scores.index


def test_rows_without_an_answer_are_absent_scale_by_scale() -> None:
    table = responses([[1, 1, None, None, 1, None, None, None, None], [None] * 9], UWES)
    scores = score(table, "uwes9")
    assert scores[["respondent_id", "scale", "n_answered", "n_items", "status"]].values.tolist() == [
        ["P1", "total", 3, 9, "incomplete"],
        ["P1", "vigor", 3, 3, "complete"],
    ]
    assert scores["score"].isna().tolist() == [True, False]


def test_rows_come_in_input_order_scales_in_definition_order() -> None:
    table = responses([[1] * 9, [2] * 9, [3] * 9], UWES, waves=["post", "pre", "post"]).iloc[[2, 0, 1]]
    scores = score(table, "uwes9")
    assert scores["respondent_id"].tolist() == [name for name in ("P3", "P1", "P2") for _ in range(4)]
    assert scores["scale"].tolist() == ["total", "vigor", "dedication", "absorption"] * 3
    assert scores["wave"].tolist() == ["post"] * 8 + ["pre"] * 4
    assert list(scores.index) == list(range(12))


def test_other_columns_are_carried_and_items_are_not() -> None:
    table = responses([[1] * 10, [2] * 10], GSE).assign(role="staff", site=["N", None], completed_on="2026-01-05")
    table[UWES] = 3
    scores = score(table, "gse")
    assert list(scores.columns) == [*COLUMNS, "role", "site", "completed_on"]
    assert scores["site"].tolist()[0] == "N"
    assert scores["site"].isna().tolist() == [False, True]


def test_role_and_site_are_not_needed() -> None:
    assert list(score(responses([[1] * 10], GSE), "gse").columns) == COLUMNS


def test_bands_stand_only_where_there_is_a_default_scheme() -> None:
    short = score(responses([[3] * 7, [3] * 6 + [None]], SHORT), "swemwbs")
    assert short["band"].tolist()[0] == "low"
    assert short["band"].isna().tolist() == [False, True]
    assert short["band_scheme"].tolist()[0] == "swemwbs_one_sd"
    assert short["band_scheme"].isna().tolist() == [False, True]
    for name, columns in (("wemwbs", LONG), ("gse", GSE), ("uwes9", UWES)):
        scores = score(responses([[1] * len(columns)], columns), name)
        assert scores["band"].isna().all()
        assert scores["band_scheme"].isna().all()


@pytest.mark.parametrize("name", list_instruments())
def test_an_empty_table_gives_the_same_columns_and_types(name: str) -> None:
    columns = list(load_instrument(name).columns)
    full = score(responses([[1] * len(columns)], columns), name)
    for empty in (
        responses([[1] * len(columns)], columns).iloc[:0],
        responses([[None] * len(columns)], columns),
        pd.DataFrame(columns=["respondent_id", "wave", *columns]),
    ):
        scores = score(empty, name)
        assert scores.empty
        assert list(scores.columns) == COLUMNS
        for column in set(COLUMNS) - {"respondent_id"}:
            assert scores[column].dtype == full[column].dtype
    for column in ("wave", "scale", "status", "band"):
        assert isinstance(full[column].dtype, pd.CategoricalDtype)


def test_an_item_column_that_is_absent_counts_as_not_answered() -> None:
    scores = score(responses([[4] * 9], GSE[:9]), "gse")
    assert scores[["n_answered", "status", "score"]].values.tolist() == [[9, "prorated", 40.0]]


@pytest.mark.parametrize("kind", ["int64", "Int64", "float64", "Float64", "object", "category", "int8"])
def test_every_kind_of_number_is_read(kind: str) -> None:
    table = responses([[1, 2, 3, 4, 1, 2, 3, 4, 1, 2]], GSE)
    table[GSE] = table[GSE].astype(kind)
    assert score(table, "gse")["score"].tolist() == [23]


@pytest.mark.parametrize("blank", [None, np.nan, pd.NA])
def test_every_kind_of_blank_is_missing(blank: object) -> None:
    table = responses([[1] * 9 + [blank], [1] * 10], GSE)
    assert score(table, "gse")["n_answered"].tolist() == [9, 10]
    table["gse_3"] = pd.Series([blank, blank], dtype="object")
    table["gse_4"] = pd.Series([None, None], dtype="str")
    assert score(table, "gse")["n_answered"].tolist() == [7, 8]


def test_the_input_is_left_alone() -> None:
    table = responses([[1] * 10, [None] * 10], GSE).assign(site="N")
    before = table.copy(deep=True)
    scores = score(table, "gse")
    scores["site"] = "S"
    scores["respondent_id"] = "?"
    pd.testing.assert_frame_equal(table, before)


@pytest.mark.parametrize("bad", [0, 5, 77, -1, 2.5, np.inf, "3", "often", True, pd.Timestamp("2026-01-05"), 1 + 2j])
def test_anything_but_a_code_is_refused_and_the_column_named(bad: object) -> None:
    table = responses([[1] * 10, [1] * 10], GSE)
    table["gse_7"] = pd.Series([bad, bad])
    with pytest.raises(TableError) as caught:
        score(table, "gse")
    message = str(caught.value)
    assert message.startswith("gse_7 must hold whole numbers from 1 to 4, or nothing.")
    assert str(bad) not in message.replace("gse_7", "").replace("1 to 4", "")


def test_text_among_numbers_is_refused() -> None:
    table = responses([[1] * 10, [1] * 10], GSE)
    table["gse_2"] = pd.Series([1, "2"], dtype="object")
    table["gse_9"] = [1, 9]
    with pytest.raises(TableError, match=r"^gse_2 and gse_9 must hold"):
        score(table, "gse")


def test_a_bad_code_in_the_long_form_is_refused_for_the_short_one() -> None:
    table = responses([[1] * 14], LONG)
    table["wemwbs_2"] = 6
    with pytest.raises(TableError, match="wemwbs_2"):
        score(table, "swemwbs")


@pytest.mark.parametrize(
    ("name", "message"),
    [("gse", "no column of GSE: gse_1 to gse_10"), ("swemwbs", r"swemwbs_1 to swemwbs_7 \(or wemwbs_1 to wemwbs_11\)")],
)
def test_an_instrument_that_was_not_asked_is_named(name: str, message: str) -> None:
    with pytest.raises(TableError, match=message):
        score(responses([[3] * 9], UWES), name)


@pytest.mark.parametrize("column", ["respondent_id", "wave"])
def test_a_missing_column_is_named(column: str) -> None:
    with pytest.raises(TableError, match=f"no column {column}"):
        score(responses([[1] * 10], GSE).drop(columns=column), "gse")


def test_a_third_wave_is_refused_without_its_name() -> None:
    with pytest.raises(TableError, match="other than pre or post") as caught:
        score(responses([[1] * 10] * 2, GSE, waves=["pre", "week 6"]), "gse")
    assert "week" not in str(caught.value)


@pytest.mark.parametrize("kind", ["str", "object", "category"])
def test_a_missing_wave_stays_missing(kind: str) -> None:
    table = responses([[1] * 10] * 3, GSE)
    table["wave"] = pd.Series(["post", None, "pre"]).astype(kind)
    assert score(table, "gse")["wave"].isna().tolist() == [False, True, False]
    assert score(table, "gse")["wave"].dropna().tolist() == ["post", "pre"]


def test_a_column_that_stands_twice_is_refused() -> None:
    table = responses([[1] * 10], GSE)
    with pytest.raises(TableError, match="stand twice: gse_1"):
        score(pd.concat([table, table[["gse_1"]]], axis=1), "gse")


def test_a_column_with_the_name_of_a_result_is_refused() -> None:
    with pytest.raises(TableError, match="Rename status"):
        score(responses([[1] * 10], GSE).assign(status="active"), "gse")


@given(complete_answers("uwes9"), st.randoms())
def test_the_order_of_the_rows_does_not_matter(answers: np.ndarray, random: object) -> None:
    table = responses(answers.tolist(), UWES)
    order = list(range(len(table)))
    random.shuffle(order)  # type: ignore[attr-defined]
    key = ["respondent_id", "scale"]
    straight = score(table, "uwes9").set_index(key).sort_index()
    shuffled = score(table.iloc[order], "uwes9").set_index(key).sort_index()
    pd.testing.assert_frame_equal(straight, shuffled)


@pytest.mark.parametrize("instrument", ["gse", "uwes9"])
@pytest.mark.parametrize("all_answered", [True, False])
def test_a_change_of_the_result_leaves_the_answers_as_they_were(instrument: str, all_answered: bool) -> None:
    rows = pd.DataFrame(
        {"respondent_id": ["A", "B"], "wave": ["pre", "pre"], "role": ["staff", "staff"], "pay": [1, 2]}
    )
    rows[list(load_instrument(instrument).columns)] = 2.0
    if not all_answered:
        rows.loc[1, list(load_instrument(instrument).columns)] = None
    before = rows.copy(deep=True)
    scores = score(rows, instrument)
    for column in scores.columns.intersection(["respondent_id", "role", "pay"]):
        scores[column].array[:] = scores[column].array[:1].repeat(len(scores))
        scores.loc[:, column] = scores[column].iloc[0]
    pd.testing.assert_frame_equal(rows, before)
