"""Every problem is counted, listed, sorted and taken away; what became of the rows adds up."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.pages import adding, frame
from tests.pages.adding import choose, column, page_with, table

HEADER = "respondent_id,wave,role,gse_1,gse_2"
BAD_CELL = ("cells.csv", table(HEADER, "Q1,pre,staff,9,3"))
REPEATED = ("again.csv", table(HEADER, "Q1,pre,staff,9,3", "Q2,pre,staff,9,9", "Q3,pre,staff,8,3", ",pre,staff,2,3"))


def one_by_one(at: AppTest) -> AppTest:
    next(box for box in at.main.checkbox if box.label == "Each one by itself").check().run()
    return at


def test_a_bad_cell_is_listed_with_its_place_and_what_was_done() -> None:
    at = one_by_one(page_with(BAD_CELL))
    listed = frame.table_with(at, "What was done", "Row")
    row = listed[listed["Row"] == "2"].iloc[0]
    assert (row["File"], row["Found"], row["What was done"]) == ("cells.csv", "9", "answer set to missing")
    assert adding.plain(row["Column"]) == "gse_1"
    assert "Working copy of the problem list (CSV)" in [button.label for button in at.main.get("download_button")]


def test_problems_that_say_the_same_are_one_line_and_all_are_counted() -> None:
    at = page_with(REPEATED)
    grouped = frame.table_with(at, "How often")
    answers = grouped[grouped["What was done"] == "answer set to missing"]
    assert sum(int(n) for n in answers["How often"]) == 4
    assert len(answers) < 4
    single = frame.table_with(one_by_one(at), "What was done", "Row")
    errors = [row for row in single["How serious"] if row == "error"]
    assert f"{len(errors)} errors" in frame.words(at)
    assert sum(int(n) for n in grouped["How often"]) == len(single)


def test_problems_are_sorted_by_how_serious_they_are_and_by_what_was_done() -> None:
    at = one_by_one(page_with(REPEATED))
    choose(at, "Sort by", "How serious")
    found = column(at, "How serious", "Row")
    assert found == sorted(found, key=["error", "warning", "note"].index)
    choose(at, "Sort by", "What was done")
    found = column(at, "What was done", "Row")
    assert found == sorted(found)


def test_problems_of_one_file_can_be_looked_at_alone() -> None:
    at = page_with(BAD_CELL, REPEATED)
    assert set(column(at, "File", "How often")) == {"cells.csv", "again.csv"}
    box = next(box for box in at.main.selectbox if "All files" in box.options)
    box.select("cells.csv").run()
    assert set(column(at, "File", "How often")) == {"cells.csv"}
    assert "in 2 files" in frame.words(at)


def test_each_line_of_a_file_leads_to_its_problems() -> None:
    at = page_with(REPEATED)
    linked = frame.table_with(at, "Recognised as")["Problems"].iloc[0]
    assert linked.endswith("(#problems)")
    assert [header.proto.anchor for header in at.main.header if header.value == "Problems"] == ["problems"]


def test_a_long_list_shows_its_beginning_and_says_so() -> None:
    rows = [f"Q{number},pre,staff,9,{number}" for number in range(150)]
    at = one_by_one(page_with(("long.csv", table(HEADER, *rows))))
    assert len(frame.table_with(at, "What was done", "Row")) == 100
    assert "The first 100 of" in frame.words(at)


def test_nothing_wrong_and_nothing_there_are_said() -> None:
    assert "There is no file to check yet" in frame.words(frame.empty("add_data"))
    assert "What became of the rows" not in frame.words(frame.empty("add_data"))


def test_what_became_of_the_rows_adds_up() -> None:
    at = page_with(REPEATED)
    found = frame.table_with(at, "Step", "How many")
    steps = dict(zip(found["Step"], found["How many"], strict=True))
    assert (steps["Rows read"], steps["Set aside"], steps["Rows used"]) == ("4", "1", "3")
    at.session_state["rows"] = True
    at.run()
    assert "Working copy of what became of each row (CSV)" in [
        button.label for button in at.main.get("download_button")
    ]


def test_a_study_without_questionnaires_counts_no_questionnaires() -> None:
    at = page_with(("roster.csv", b"respondent_id,consent\nQ1,given\n"))
    assert "What became of the rows" in [header.value for header in at.main.header]
    assert not any("Step" in found.columns for found in frame.tables(at))
