"""Problems that say the same become one line: what is joined, what is not, the order, and that every problem counts."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalcore.columns import SEVERITIES
from evalcore.intake import read_questionnaires
from evalcore.intake.grouping import GROUP_COLUMNS, grouped, severity_counts, summary_sentence
from evalcore.intake.problems import problem_frame
from tests.intake.made import csv_bytes, gse

Line = tuple[str, int | None, str, str, str, str, str]
BAD = ("1 to 4", "answer set to missing", "error")
WHOLE = ("one sheet", "sheet not read", "note")


def lines(*cells: tuple[int | None, str, str], file: str = "a.csv", told: tuple[str, str, str] = BAD) -> list[Line]:
    return [(file, row, column, found, *told) for row, column, found in cells]


def shown(problems: list[Line], *columns: str) -> list[list[object]]:
    return grouped(problem_frame(problems))[list(columns or ("n", "rows", "columns", "found"))].values.tolist()


def test_one_text_in_several_columns_is_one_line() -> None:
    assert shown(lines((5, "q1", "99"), (5, "q2", "99"), (9, "q1", "99"))) == [[3, "5 and 9", "q1 and q2", "99"]]


def test_different_texts_in_one_column_are_one_line() -> None:
    found = [(row, "q1", text) for row, text in enumerate(("9", "11", "x", "9", "y", "12"), 5)]
    assert shown(lines(*found)) == [[6, "5, 6, 7 and 3 more", "q1", "9, 11, x and 2 more"]]


def test_a_text_of_several_columns_stands_apart_from_the_others_of_its_column() -> None:
    assert shown(lines((2, "q1", "99"), (3, "q1", "x"), (4, "q2", "99"))) == [
        [2, "2 and 4", "q1 and q2", "99"],
        [1, "3", "q1", "x"],
    ]


def test_four_are_named_and_five_are_not() -> None:
    four = [(row, f"q{row}", "9") for row in range(2, 6)]
    assert shown(lines(*four), "rows", "columns") == [["2, 3, 4 and 5", "q2, q3, q4 and q5"]]
    assert shown(lines(*four, (6, "q6", "9")), "rows", "columns") == [["2, 3, 4 and 2 more", "q2, q3, q4 and 2 more"]]


def test_texts_with_commas_are_parted_by_semicolons() -> None:
    told = [(row, "", f"also row {row}, with other answers") for row in range(2, 7)]
    assert shown(lines(*told), "found") == [
        [
            "also row 2, with other answers; also row 3, with other answers; also row 4, with other answers; 2 more",
        ]
    ]


def test_many_more_are_counted_with_their_thousands() -> None:
    assert shown(lines(*((row, "q1", "9") for row in range(2, 1504))), "rows") == [["2, 3, 4 and 1,499 more"]]


@pytest.mark.parametrize("at", range(3))
def test_another_expectation_action_or_severity_is_another_line(at: int) -> None:
    other = list(BAD)
    other[at] = ("a date", "row set aside", "warning")[at]
    assert len(shown(lines((2, "q1", "9")) + lines((3, "q1", "9"), told=(other[0], other[1], other[2])))) == 2


def test_another_file_is_another_line() -> None:
    assert len(shown(lines((2, "q1", "9")) + lines((3, "q1", "9"), file="b.csv"))) == 2


def test_problems_of_a_whole_file_stay_alone() -> None:
    assert shown(lines((None, "", "more sheets: A"), (None, "", "more sheets: A"), told=WHOLE)) == [
        [1, "", "", "more sheets: A"],
        [1, "", "", "more sheets: A"],
    ]


def test_whole_columns_whole_rows_and_cells_are_not_mixed() -> None:
    assert shown(lines((None, "q1", "9"), (2, "", "9"), (3, "q1", "9"), (4, "", "9"), (None, "q2", "9"))) == [
        [2, "", "q1 and q2", "9"],
        [2, "2 and 4", "", "9"],
        [1, "3", "q1", "9"],
    ]


def test_errors_stand_first_then_files_as_given_then_rows() -> None:
    warned = ("a date", "kept, please check", "warning")
    problems = [
        *lines((9, "q1", "x"), file="b.csv", told=warned),
        *lines((8, "q1", "x"), file="b.csv"),
        *lines((7, "q1", "x"), told=warned),
        *lines((6, "q2", "x"), (3, "q1", "y"), (None, "q3", "z")),
        *lines((None, "", "a sheet"), told=WHOLE),
    ]
    assert shown(problems, "severity", "file", "rows") == [
        ["error", "b.csv", "8"],
        ["error", "a.csv", ""],
        ["error", "a.csv", "3"],
        ["error", "a.csv", "6"],
        ["warning", "b.csv", "9"],
        ["warning", "a.csv", "7"],
        ["note", "a.csv", ""],
    ]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a.csv", "b.csv"]),
            st.none() | st.integers(2, 6),
            st.sampled_from(["", "q1", "q2"]),
            st.sampled_from(["9", "x", ""]),
            st.sampled_from(["1 to 4", "a date"]),
            st.sampled_from(["answer set to missing", "kept, please check"]),
            st.sampled_from(SEVERITIES),
        ),
        max_size=40,
    )
)
def test_every_problem_counts_once(problems: list[Line]) -> None:
    table = problem_frame(problems)
    result = grouped(table)
    assert result["n"].sum() == len(table)
    for names in (["severity"], ["file"], ["expected", "action"]):
        counted = result.groupby(names)["n"].sum()
        assert counted.to_dict() == table.groupby(names).size().to_dict()
    assert tuple(result.columns) == GROUP_COLUMNS
    ranks = result["severity"].map(SEVERITIES.index)
    assert ranks.is_monotonic_increasing


def test_no_problem_gives_no_line() -> None:
    result = grouped(problem_frame([]))
    assert tuple(result.columns) == GROUP_COLUMNS
    assert result.empty
    assert [str(dtype) for dtype in result.dtypes] == ["int64", *["str"] * 7]


def test_the_list_that_was_given_stays_as_it_was() -> None:
    problems = problem_frame(lines((5, "q1", "9"), (3, "q1", "9")))
    before = problems.copy()
    grouped(problems)
    pd.testing.assert_frame_equal(problems, before)


def test_problems_of_a_real_reading_are_grouped() -> None:
    rows = gse(("A1", "pre"), ("A2", "pre"), ("A3", "pre"))
    rows[1][4] = rows[2][4] = rows[3][6] = "seven"
    problems = read_questionnaires(csv_bytes(rows), name="a.csv").problems
    errors = grouped(problems[problems["severity"] == "error"])
    assert errors[["n", "rows", "columns", "found"]].values.tolist() == [[3, "2, 3 and 4", "gse_3 and gse_5", "seven"]]


def test_severities_are_counted_with_zeros() -> None:
    problems = problem_frame(lines((2, "q1", "9"), (3, "q1", "9")) + lines((None, "", "x"), told=WHOLE))
    assert severity_counts(problems) == {"error": 2, "warning": 0, "note": 1}
    assert list(severity_counts(problem_frame([]))) == list(SEVERITIES)


def test_the_sentence_counts_what_there_is() -> None:
    many = lines(*((row, "q1", "9") for row in range(1200)))
    problems = (
        many + lines((2, "q1", "x"), file="b.csv", told=("a", "b", "warning")) + lines((None, "", "x"), told=WHOLE)
    )
    assert summary_sentence(problem_frame(problems)) == "1,200 errors, 1 warning and 1 note in 2 files."
    assert summary_sentence(problem_frame([])) == "No problem was found."
