"""Studies: kept, named, copied, deleted and opened; nothing without being asked, and nothing lost unasked."""

from __future__ import annotations

import re
import time
from datetime import datetime, timedelta

import pytest

from evalcore import Study
from evalcore.claims import rule_table
from evalcore.plan import day
from evalcore.storage import open_study, study_bytes
from evalcore.storage.folder import DATABASE, default_folder
from pages._shared import versions
from tests.pages import frame
from tests.pages.studying import (
    CHANGED,
    GONE,
    KEEP,
    NASTY,
    PICK,
    box,
    button,
    chosen,
    field,
    give,
    grown,
    history,
    kept,
    made,
    now,
    opened,
    press,
    store,
    studies,
    study_of,
    tick,
    two_kept,
    two_people,
)


def test_nothing_is_written_before_it_is_asked_for_and_what_keeping_means_is_said() -> None:
    at = two_people()
    assert frame.calm(at)
    said = frame.words(at)
    assert "Not kept." in said
    assert "whoever can log in as this user can read it" in said
    assert str(default_folder()) in said
    assert "No study is kept on this machine yet." in said
    assert not default_folder().exists()


def test_a_study_is_kept_and_listed() -> None:
    at = kept()
    assert frame.calm(at)
    assert re.search(r"Kept on this machine\.\*\* Last saved today \d\d:\d\d, version 1\.", frame.words(at))
    (entry,) = store().entries()
    (line,) = studies(at)
    assert (entry.version, entry.name) == (1, "Your study")
    assert (line["Name"], line["Version"], line["Deleted on"]) == ("Your study (open)", "1", "–")
    assert [line["What changed"] for line in history(at)] == CHANGED[:1]
    assert store().open(entry.study_id).fingerprint == study_of(at).fingerprint


def test_a_study_is_renamed_letter_for_letter_and_never_to_nothing() -> None:
    at = kept()
    field(at, "Name of the study that is open").set_value("   ").run()
    at = press(at, "Give it this name")
    assert [one.value for one in at.main.error] == ["Give the study a name."]
    field(at, "Name of the study that is open").set_value(f"  {NASTY} ").run()
    at = press(at, "Give it this name")
    assert frame.calm(at)
    assert (study_of(at).name, store().entries()[0].name) == (NASTY, NASTY)
    assert [line["Version"] for line in history(at)] == ["1"]
    assert studies(at)[0]["Name"] == f"{NASTY} (open)"
    assert field(at, "Name of the study that is open").value == NASTY


def test_a_study_that_is_not_kept_can_be_renamed() -> None:
    at = two_people()
    field(at, "Name of the study that is open").set_value("Pilot").run()
    assert study_of(press(at, "Give it this name")).name == "Pilot"


def test_a_note_stands_beside_the_newest_version() -> None:
    at = kept()
    field(at, "Note on version 1 (optional)").set_value(NASTY).run()
    at = press(at, "Keep this note")
    assert frame.calm(at)
    assert history(at)[0]["Note"] == NASTY
    assert field(at, "Note on version 1 (optional)").value == NASTY


def test_a_time_is_set_after_which_the_study_goes_and_taken_back() -> None:
    at = kept()
    box(at, "Delete this study by itself").select(90).run()
    on = day((datetime.fromisoformat(store().entries()[0].saved_at) + timedelta(days=90)).isoformat())
    assert f"That would be on {on}." in frame.words(at)
    assert store().entries()[0].delete_after_days is None
    at = press(at, "Set this time")
    assert store().entries()[0].delete_after_days == 90
    assert f"It is deleted on {on}" in frame.words(at)
    assert studies(at)[0]["Deleted on"] == on
    box(at, "Delete this study by itself").select(0).run()
    at = press(at, "Set this time")
    assert store().entries()[0].delete_after_days is None


def test_a_time_that_has_passed_already_is_set_only_with_a_tick() -> None:
    study_id = store().keep(Study.empty("Old"), at=now(100))
    at = frame.dashboard("studies", study=study_id)
    box(at, "Delete this study by itself").select(30).run()
    assert "it would be deleted as soon as the dashboard is opened next" in frame.words(at)
    assert button(at, "Set this time").disabled
    at = press(tick(at, f"{GONE} then"), "Set this time")
    assert store().entries()[0].delete_after_days == 30


def test_kept_studies_are_listed_with_the_time_in_words_and_opened() -> None:
    shelf = two_kept()
    at = frame.dashboard("studies")
    assert frame.calm(at)
    saved = {line["Name"]: line["Last saved"] for line in studies(at)}
    assert saved == {name: versions.moment(f"2026-0{month}-03T09:15:00+00:00", now()) for name, month in
                     (("North", 5), ("South", 6))}  # fmt: skip
    at = press(chosen(at, shelf["South"]), "Open this study")
    assert frame.calm(at)
    assert (study_of(at).name, len(study_of(at).responses)) == ("South", 2)
    assert {line["Name"] for line in studies(at)} == {"North", "South (open)"}
    assert frame.address(at)["study"] == shelf["South"]


def test_opening_another_study_asks_about_one_that_is_not_kept() -> None:
    shelf = two_kept()
    at = chosen(two_people(), shelf["South"])
    assert button(at, "Open this study").disabled
    at = press(tick(at, "Open the other study all the same"), "Open this study")
    assert study_of(at).name == "South"


def test_a_closed_study_is_renamed_and_copied() -> None:
    shelf = two_kept()
    at = chosen(frame.dashboard("studies"), shelf["South"])
    field(at, "New name").set_value(NASTY).run()
    at = press(at, "Rename this study")
    at = chosen(at, shelf["South"])
    assert field(at, "Name of a copy").value == f"{NASTY} (copy)"
    at = press(at, "Copy this study")
    assert frame.calm(at)
    assert sorted(line["Name"] for line in studies(at)) == sorted(["North", NASTY, f"{NASTY} (copy)"])
    copy = next(one.study_id for one in store().entries() if one.name.endswith("(copy)"))
    assert store().open(copy).fingerprint == store().open(shelf["South"]).fingerprint
    assert study_of(at).name != NASTY


def test_a_study_is_deleted_with_a_tick_alone_and_for_good() -> None:
    shelf = two_kept()
    at = opened(chosen(frame.dashboard("studies"), shelf["South"]), "delete a study")
    assert "may keep what no program can reach" in frame.words(at)
    assert button(at, "Delete it for good").disabled
    at = press(tick(at, GONE), "Delete it for good")
    assert frame.calm(at)
    assert not at.main.warning
    assert [one.name for one in store().entries()] == ["North"]
    assert [line["Name"] for line in studies(at)] == ["North"]
    assert not [path for path in default_folder().rglob("*") if path.is_file() and b"South" in path.read_bytes()]
    assert not [one for one in at.main.checkbox if one.value]


def test_deleting_the_study_that_is_open_leads_back_to_the_sample_study() -> None:
    at = opened(kept(), "delete a study")
    at = press(tick(at, GONE), "Delete it for good")
    assert frame.calm(at)
    assert store().entries() == ()
    assert "The sample study is open." in frame.words(at)
    assert "study" not in frame.address(at)
    assert study_of(at).name == "Sample study (invented)"


@pytest.mark.parametrize("label", ["Open this study", "Rename this study", "Copy this study", "Delete it for good"])
def test_a_study_that_another_window_deleted_meanwhile_is_told_of(label: str) -> None:
    shelf = two_kept()
    at = opened(chosen(frame.dashboard("studies"), shelf["South"]), "delete a study")
    field(at, "New name").set_value("West").run()
    at = tick(at, GONE)
    before = study_of(at).fingerprint
    store().delete(shelf["South"])
    at = press(at, label)
    assert not at.exception
    assert [one.value for one in at.main.warning] == [
        "The study that was chosen here is not kept any more: it was deleted, perhaps in another window."
    ]
    assert study_of(at).fingerprint == before
    assert [line["Name"] for line in studies(at)] == ["North"]
    assert [(one.name, one.version) for one in store().entries()] == [("North", 1)]


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system has one time zone for a process")
def test_times_are_those_of_the_clock_on_the_wall(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "LOC-1")
    time.tzset()
    try:
        summer, midnight = "2026-05-03T09:15:00+00:00", "2026-05-02T23:30:00+00:00"
        assert versions.moment(summer, "2026-05-03T20:00:00+00:00") == "today 10:15"
        assert versions.moment(summer, "2026-05-03T23:30:00+00:00") == "3 May 2026, 10:15"
        assert versions.moment(midnight, summer) == "today 00:30"
    finally:
        monkeypatch.undo()
        time.tzset()


def test_two_studies_of_one_name_can_be_told_apart() -> None:
    shelf = two_kept()
    store().rename(shelf["North"], "South")
    options = box(frame.dashboard("studies"), PICK).options
    assert len(set(options)) == len(options) == 2
    assert all(one.startswith("South, saved ") for one in options)
    store().keep(Study.empty("South"), at="2026-05-03T09:15:00+00:00")
    options = box(frame.dashboard("studies"), PICK).options
    assert len(set(options)) == len(options) == 3
    assert sum(one.endswith(" (2)") for one in options) == 1


def test_where_nothing_can_be_written_keeping_says_so_and_the_study_is_still_open() -> None:
    default_folder().write_bytes(b"a file where the folder should be")
    at = press(two_people(), KEEP)
    assert len(at.main.error) == 1
    assert "could not be shown" not in at.main.error[0].value
    assert len(study_of(at).responses) == 4
    assert "Not kept." in frame.words(at)


def test_without_a_store_that_can_be_read_a_file_can_be_made_and_opened() -> None:
    default_folder().mkdir()
    database = default_folder() / DATABASE
    database.write_bytes(b"no database at all" * 100)
    at = two_people()
    assert len(at.main.error) == 2
    assert not any("could not be shown" in one.value for one in at.main.error)
    assert KEEP not in [one.label for one in at.main.button]
    at = press(at, "Make the file")
    assert open_study(made(at)).fingerprint == study_of(at).fingerprint
    at = give(at, study_bytes(Study.empty("Along")))
    at = press(tick(at, "Open the file all the same"), "Open this file")
    assert study_of(at).name == "Along"
    assert database.read_bytes() == b"no database at all" * 100


def test_each_control_has_a_name_of_its_own() -> None:
    at = opened(opened(grown(), "compare versions"), "delete a study")
    for kind in ("button", "text_input", "selectbox", "checkbox"):
        labels = [one.label for one in getattr(at.main, kind)]
        assert len(set(labels)) == len(labels)


def test_the_page_promises_nothing() -> None:
    said = frame.words(opened(grown(), "compare versions")).lower()
    assert not [stem for stem in rule_table().forbidden if stem in said]
