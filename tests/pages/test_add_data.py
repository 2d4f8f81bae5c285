"""Add data takes files in once, says what each is, asks where it must, and loses nothing over a bad file."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages.add_data import upload
from tests.pages import frame

NO_WAVE = ("answers.csv", b"respondent_id,role,gse_1\nQ1,staff,3\nQ2,staff,4\n")
NO_PERSON = ("nobody.csv", b"wave,role,gse_1\npre,staff,3\n")
BAD_CELL = ("cells.csv", b"respondent_id,wave,role,gse_1,gse_2\nQ1,pre,staff,9,3\n")
PICTURE = ("photo.csv", b"\x89PNG\r\n\x1a\n\x00")


def give(at: AppTest, *files: tuple[str, bytes]) -> AppTest:
    at.file_uploader(key="files").set_value([(name, data, "text/csv") for name, data in files]).run()
    return at


def files_of(at: AppTest) -> list[str]:
    found = [table for table in frame.tables(at) if "Recognised as" in table.columns]
    return [name.replace("\\", "") for name in found[0]["File"]] if found else []


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.main.button if button.label == label).click().run()
    return at


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


def test_several_files_at_once_and_one_after_another_join_one_study() -> None:
    at = give(frame.dashboard("add_data"), frame.TWO_PEOPLE, ("roster.csv", b"respondent_id,consent\nQ1,given\n"))
    give(at, ("cases.csv", b"respondent_id,sex,age,ogrs\nQ1,female,30,50\n"))
    assert files_of(at) == ["two.csv", "roster.csv", "cases.csv"]
    assert frame.table_with(at, "Recognised as")["Recognised as"].tolist() == [
        "questionnaires",
        "roster of people asked",
        "case files",
    ]


def test_a_file_is_read_once_however_often_the_page_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    real = upload.read_any

    def counting(data: bytes, *, name: str, wave: str | None = None) -> object:
        read.append(name)
        return real(data, name=name, wave=wave)

    monkeypatch.setattr(upload, "read_any", counting)
    at = give(frame.dashboard("add_data"), frame.TWO_PEOPLE)
    at.run()
    frame.go(at, "overview")
    frame.go(at, "add_data")
    assert read == ["two.csv"]
    assert files_of(at) == ["two.csv"]


@pytest.mark.parametrize("bad", [PICTURE, ("empty.csv", b""), NO_PERSON], ids=lambda file: file[0])
def test_a_file_that_gives_nothing_is_told_of_and_what_was_loaded_stays(bad: tuple[str, bytes]) -> None:
    at = give(frame.dashboard("add_data"), frame.TWO_PEOPLE)
    give(at, frame.TWO_PEOPLE, bad)
    assert len(at.main.error) == 1
    assert bad[0].replace("_", "\\_") in at.main.error[0].value
    assert "Everything loaded before is still here" in at.main.error[0].value
    assert files_of(at) == ["two.csv"]


def test_a_bad_first_file_leaves_the_sample_open() -> None:
    at = give(frame.dashboard("add_data"), PICTURE)
    assert len(files_of(at)) == 4
    assert "not read" in at.main.error[0].value


def test_a_file_without_a_person_shows_what_was_found() -> None:
    at = give(frame.dashboard("add_data"), NO_PERSON)
    assert "respondent_id" in frame.table_with(at, "What was done")["Column"].str.replace("\\", "").tolist()


def test_a_bad_cell_is_listed_with_its_place_and_what_was_done() -> None:
    at = give(frame.dashboard("add_data"), BAD_CELL)
    listed = frame.table_with(at, "What was done")
    row = listed[listed["Row"] == "2"].iloc[0]
    assert (row["File"], row["Found"], row["What was done"]) == ("cells.csv", "9", "answer set to missing")
    assert row["Column"].replace("\\", "") == "gse_1"
    assert "Download the problem list (CSV)" in [button.label for button in at.main.get("download_button")]


def test_a_file_that_does_not_say_its_wave_is_asked_about_and_read_again() -> None:
    at = give(frame.dashboard("add_data"), NO_WAVE)
    assert len(files_of(at)) == 4
    question = next(box for box in at.main.selectbox if box.label == "Which wave is answers.csv?")
    question.select("post").run()
    assert files_of(at) == ["answers.csv"]
    assert not at.main.warning
    frame.go(at, "overview")
    assert "answered before and 2 after" in frame.words(at)


def test_the_question_about_a_wave_waits_while_other_pages_are_read() -> None:
    at = give(frame.dashboard("add_data"), NO_WAVE)
    frame.go(frame.go(at, "overview"), "add_data")
    assert "does not say whether it was filled in before or after" in frame.words(at)


def test_the_figures_follow_the_study() -> None:
    at = give(frame.dashboard("add_data"), frame.TWO_PEOPLE)
    frame.go(at, "overview")
    assert frame.table_with(at, "Who", "Mean")["People"].iloc[0] == "2"
    give(frame.go(at, "add_data"), ("more.csv", frame.answers([("Q3", "pre", 4)])))
    frame.go(at, "overview")
    assert frame.table_with(at, "Who", "Mean")["People"].iloc[0] == "3"


def test_a_file_can_be_taken_out() -> None:
    at = give(frame.dashboard("add_data"), frame.TWO_PEOPLE, ("roster.csv", b"respondent_id,consent\nQ1,given\n"))
    at.main.selectbox(key="file_to_remove").select("two.csv").run()
    press(at, "Remove")
    assert files_of(at) == ["roster.csv"]
    assert "two.csv: read as" not in frame.words(at)


def test_the_way_back_to_the_sample_and_on_to_an_empty_study() -> None:
    at = give(frame.dashboard("add_data"), frame.TWO_PEOPLE)
    press(at, "Back to the sample study")
    assert len(files_of(at)) == 4
    press(at, "Start an empty study")
    assert files_of(at) == []
    assert "No file yet" in frame.words(at)


def test_there_is_a_template_for_each_table() -> None:
    labels = [button.label for button in frame.dashboard("add_data").main.get("download_button")]
    assert labels[-5:] == [
        "Questionnaires (CSV)",
        "Roster of people asked (CSV)",
        "Case files (CSV)",
        "Caseload (CSV)",
        "Published figures (CSV)",
    ]


def test_a_name_that_a_page_might_read_as_markup_is_shown_as_it_is() -> None:
    asked = give(frame.dashboard("add_data"), ("[x](y).csv", NO_WAVE[1]))
    assert asked.main.selectbox[0].label == "Which wave is \\[x\\](y).csv?"
    at = give(frame.dashboard("add_data"), ("<b>*x*</b>.csv", frame.TWO_PEOPLE[1]))
    assert files_of(at) == ["<b>*x*</b>.csv"]
    assert frame.table_with(at, "Recognised as")["File"].iloc[0] == "\\<b\\>\\*x\\*\\</b\\>.csv"
