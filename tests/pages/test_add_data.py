"""Add data takes files in once, says what each is, and loses nothing over a bad file."""

from __future__ import annotations

import pytest

from pages.add_data import reading
from tests.intake.made import workbook_bytes
from tests.pages import adding, frame
from tests.pages.adding import files_of, give, page_with, press

NO_PERSON = ("nobody.csv", b"wave,role,gse_1\npre,staff,3\n")
PICTURE = ("photo.csv", b"\x89PNG\r\n\x1a\n\x00")
ROSTER = ("roster.csv", b"respondent_id,consent\nQ1,given\n")


def test_the_sample_shows_its_files_and_what_they_were_read_as() -> None:
    at = frame.dashboard("add_data")
    table = frame.table_with(at, "Recognised as")
    assert files_of(at) == ["responses.csv", "roster.csv", "cases.csv", "caseload.csv"]
    assert table["Rows used"].tolist() == ["43", "35", "27", "12,000"]
    assert set(table["Rows set aside"]) == {"0"}


def test_the_first_file_begins_a_study_of_its_own_and_says_so() -> None:
    at = frame.dashboard("add_data")
    assert "Your first file closes it" in frame.words(at)
    give(at, frame.TWO_PEOPLE)
    assert files_of(at) == ["two.csv"]
    assert "The sample study is closed" in frame.words(at)
    assert "4 rows used, with GSE" in frame.words(at)
    assert "refresh" in frame.words(at)
    assert "The sample study is closed" not in frame.words(at.run())


def test_several_files_at_once_and_one_after_another_join_one_study() -> None:
    at = page_with(frame.TWO_PEOPLE, ROSTER)
    give(at, ("cases.csv", b"respondent_id,sex,age,ogrs\nQ1,female,30,50\n"))
    assert files_of(at) == ["two.csv", "roster.csv", "cases.csv"]
    assert frame.table_with(at, "Recognised as")["Recognised as"].tolist() == [
        "questionnaires",
        "roster of people asked",
        "case files",
    ]


def test_a_file_is_read_once_however_often_the_page_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    real = reading.read_all

    def counting(data: bytes, *, name: str, pseudonym_key: str | None) -> object:
        read.append(name)
        return real(data, name=name, pseudonym_key=pseudonym_key)

    monkeypatch.setattr(reading, "read_all", counting)
    at = page_with(frame.TWO_PEOPLE)
    at.run()
    frame.go(at, "overview")
    frame.go(at, "add_data")
    assert read == ["two.csv"]
    assert files_of(at) == ["two.csv"]


@pytest.mark.parametrize("bad", [PICTURE, ("empty.csv", b"")], ids=lambda file: file[0])
def test_a_file_that_can_not_be_read_is_told_of_and_what_was_loaded_stays(bad: tuple[str, bytes]) -> None:
    at = page_with(frame.TWO_PEOPLE)
    give(at, frame.TWO_PEOPLE, bad)
    assert len(at.main.error) == 1
    assert bad[0] in adding.plain(at.main.error[0].value)
    assert "Everything loaded before is still here" in at.main.error[0].value
    assert files_of(at) == ["two.csv"]


def test_a_bad_first_file_leaves_the_sample_open() -> None:
    at = page_with(PICTURE)
    assert len(files_of(at)) == 4
    assert "not read" in at.main.error[0].value


def test_a_file_in_which_nobody_is_named_shows_what_was_found_and_can_be_left_out() -> None:
    at = page_with(frame.TWO_PEOPLE, NO_PERSON)
    assert files_of(at) == ["two.csv"]
    assert "Nothing in nobody.csv could be used" in adding.plain(at.main.error[0].value)
    assert "respondent_id" in adding.column(at, "Columns", "What was done")
    press(at, "Leave nobody.csv out")
    assert not at.main.error
    assert files_of(at) == ["two.csv"]


def test_the_figures_follow_the_study() -> None:
    at = page_with(frame.TWO_PEOPLE)
    frame.go(at, "overview")
    assert frame.table_with(at, "Who", "Mean")["People"].iloc[0] == "2"
    give(frame.go(at, "add_data"), ("more.csv", frame.answers([("Q3", "pre", 4)])))
    frame.go(at, "overview")
    assert frame.table_with(at, "Who", "Mean")["People"].iloc[0] == "3"


def test_a_file_can_be_taken_out() -> None:
    at = page_with(frame.TWO_PEOPLE, ROSTER)
    at.main.selectbox(key="file_to_remove").select("two.csv").run()
    press(at, "Remove")
    assert files_of(at) == ["roster.csv"]
    assert "two.csv: read as" not in frame.words(at)


def test_the_way_back_to_the_sample_and_on_to_an_empty_study() -> None:
    at = page_with(frame.TWO_PEOPLE)
    press(at, "Back to the sample study")
    assert len(files_of(at)) == 4
    press(at, "Start an empty study")
    assert files_of(at) == []
    assert "No file yet" in frame.words(at)


def test_two_sessions_hold_different_studies() -> None:
    one, other = frame.dashboard("add_data"), frame.dashboard("add_data")
    give(one, frame.TWO_PEOPLE)
    give(other, frame.ONLY_BEFORE)
    assert (files_of(one.run()), files_of(other.run())) == (["two.csv"], ["before.csv"])


def test_there_is_a_template_for_each_questionnaire_each_table_and_the_whole_study() -> None:
    at = frame.dashboard("add_data")
    assert "Questionnaires (CSV)" not in [button.label for button in at.main.get("download_button")]
    at.session_state["templates"] = True
    labels = [button.label for button in at.run().main.get("download_button")]
    assert labels[-10:] == [
        "Whole study (Excel)",
        "GSE (Excel)",
        "SWEMWBS (Excel)",
        "UWES-9 (Excel)",
        "WEMWBS (Excel)",
        "Questionnaires (CSV)",
        "Roster of people asked (CSV)",
        "Case files (CSV)",
        "Caseload (CSV)",
        "Published figures (CSV)",
    ]


def test_a_name_that_a_page_might_read_as_markup_is_shown_as_it_is() -> None:
    at = page_with(("<b>*x*</b>.csv", frame.TWO_PEOPLE[1]))
    assert files_of(at) == ["<b>*x*</b>.csv"]
    assert frame.table_with(at, "Recognised as")["File"].iloc[0] == "\\<b\\>\\*x\\*\\</b\\>.csv"
    assert "Check how it was read: \\<b\\>\\*x\\*\\</b\\>.csv" in [part.label for part in at.main.get("expander")]


def test_a_workbook_with_a_sheet_for_each_wave_gives_two_files() -> None:
    header = ["respondent_id", "role", *adding.ITEMS]
    sheets = {"Before": [header, ["Q1", "staff", *[2] * 10]], "After": [header, ["Q1", "staff", *[3] * 10]]}
    at = page_with(("both.xlsx", workbook_bytes(**sheets)))
    assert len(files_of(at)) + len([box for box in at.main.selectbox if "before or after?" in box.label]) == 2
    assert any(name.startswith("both.xlsx (") for name in [*files_of(at), *adding.labels(at)])
