"""A caseload that is counted where it lies: looked at, corrected, counted beside the page, stopped, copied."""

from __future__ import annotations

import time
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from evalcore.profile.counted import is_counted, n_people
from tests.pages import frame

CASES = b"respondent_id,sex,age,drugs_need\nC1,male,30,yes\nC2,female,41,no\nC3,male,52,yes\n"
COUNT, LOOK = "Count this caseload", "Look at the file"


@pytest.fixture
def caseload(tmp_path: Path) -> Path:
    lines = [f"C{at},{'F' if at % 4 else 'M'},{20 + at % 40},{'yes' if at % 3 else 'no'}" for at in range(1, 401)]
    path = tmp_path / "whole caseload.csv"
    path.write_text("\n".join(["respondent_id,Gender,age,drugs_need", *lines]) + "\n")
    return path


def opened(*files: tuple[str, bytes]) -> AppTest:
    at = frame.with_files(*files, slug="add_data") if files else frame.dashboard("add_data")
    at.session_state["large caseload"] = True
    return at.run()


def looked_at(at: AppTest, path: object) -> AppTest:
    at.main.text_input(key="caseload path").set_value(str(path))
    return click(at, LOOK)


def click(at: AppTest, label: str) -> AppTest:
    return next(button for button in at.main.button if button.label == label).click().run()


def counted(at: AppTest) -> AppTest:
    click(at, COUNT)
    for _ in range(200):
        if not any(button.label == "Stop" for button in at.main.button):
            return at
        time.sleep(0.05)
        at.run()
    raise AssertionError("the counting did not end")


def test_a_caseload_is_counted_without_the_people_of_the_case_files(caseload: Path) -> None:
    at = looked_at(opened(("cases.csv", CASES)), caseload)
    assert "Every column is known." in frame.words(at)
    counted(at)
    study = at.session_state["study"]
    assert is_counted(study.counted)
    assert (n_people(study.counted), len(study.caseload)) == (397, 0)
    assert "The caseload is counted: 397 people. Nobody's row of it is kept." in frame.words(at)
    (files,) = [table for table in frame.tables(at) if "Recognised as" in table.columns]
    row = files[files["File"] == "whole caseload.csv"].iloc[0]
    assert (row["Recognised as"], row["Rows used"]) == ("caseload, as counts", "397")
    assert not any("C17" in table.to_string() for table in frame.tables(at))
    people = frame.words(frame.go(at, "people"))
    assert "397" in people


def test_what_a_column_is_taken_for_can_be_changed_before_counting(caseload: Path) -> None:
    at = looked_at(opened(("cases.csv", CASES)), caseload)
    reading = at.session_state["caseload looked at"].entry
    at.session_state[f"check {reading.key}"] = True
    at.run()
    at.main.selectbox(key=f"column {reading.key}").set_value(3).run()
    (taken,) = [box for box in at.main.selectbox if box.label == "What it is"]
    taken.set_value("").run()
    click(at, "Use this")
    assert "Left out, since not known: 3: age." in frame.words(at)
    counted(at)
    assert "age" not in set(at.session_state["study"].counted["tally"])


def test_the_sample_is_closed_and_counting_again_takes_the_place_of_what_was_counted(caseload: Path) -> None:
    at = counted(looked_at(opened(), caseload))
    assert n_people(at.session_state["study"].counted) == 400
    click(at, "Count it again")
    counted(at)
    assert [intake.name for intake in at.session_state["study"].intakes] == ["whole caseload.csv"]


def test_a_copy_is_left_beside_the_file_only_when_asked_for_and_is_used(caseload: Path) -> None:
    at = counted(looked_at(opened(("cases.csv", CASES)), caseload))
    assert list(caseload.parent.iterdir()) == [caseload]
    click(at, "Leave a copy beside the file")
    for _ in range(200):
        if at.session_state["caseload counted now"] is None:
            break
        time.sleep(0.05)
        at.run()
    (copy,) = [path for path in caseload.parent.iterdir() if path != caseload]
    assert copy.suffix == ".parquet"
    assert "Leave a copy beside the file" not in {button.label for button in at.main.button}
    before = at.session_state["study"].counted
    click(at, "Count it again")
    counted(at)
    pd.testing.assert_frame_equal(at.session_state["study"].counted, before)


def test_a_file_that_is_not_there_is_said_and_nothing_is_lost(tmp_path: Path) -> None:
    at = opened(("cases.csv", CASES))
    looked_at(at, tmp_path / "not here.csv")
    assert any("not here.csv" in error.value for error in at.main.error)
    assert len(at.session_state["study"].cases) == 3
    looked_at(at, tmp_path)
    assert at.main.error


def test_counting_can_be_stopped(caseload: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from evalcore.errors import StoppedError
    from pages._shared import counting

    def slowly(*_: object, stop: object, **__: object) -> None:
        while not stop():  # type: ignore[operator]
            time.sleep(0.01)
        raise StoppedError("Counting was stopped.")

    at = looked_at(opened(("cases.csv", CASES)), caseload)
    monkeypatch.setattr(counting, "count_caseload", slowly)
    click(at, COUNT)
    click(at, "Stop")
    for _ in range(100):
        if any("Counting was stopped." in error.value for error in at.main.error):
            break
        time.sleep(0.05)
        at.run()
    assert any("Counting was stopped." in error.value for error in at.main.error)
    assert len(at.session_state["study"].counted) == 0


def test_another_study_does_not_take_over_what_is_counted(caseload: Path) -> None:
    at = looked_at(opened(("cases.csv", CASES)), caseload)
    click(at, "Back to the sample study")
    assert at.session_state["caseload looked at"] is None


def test_it_is_offered_only_where_the_dashboard_answers_to_this_machine_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    before = st.get_option("server.address")
    try:
        st._config.set_option("server.address", "0.0.0.0")
        labels = {part.label for part in frame.dashboard("add_data").main.expander}
    finally:
        st._config.set_option("server.address", before)
    assert not any("too large to upload" in label for label in labels)
    assert any("too large to upload" in part.label for part in frame.dashboard("add_data").main.expander)
