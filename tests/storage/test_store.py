"""Keeping studies: what is kept comes back, every save is a version, and nothing is written before it is asked for."""

from __future__ import annotations

import os
import stat
from datetime import date
from pathlib import Path

import pytest

from evalcore import sample_study
from evalcore.decisions import KeepAnswer
from evalcore.errors import StorageError
from evalcore.plan.plan import Outcome
from evalcore.plan.rivals import Rival
from evalcore.storage import content
from evalcore.storage.store import Store
from tests.storage.store_studies import MONDAY, TUESDAY, WEDNESDAY, left, pilot, same, with_after, with_roster


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.in_folder(tmp_path / "kept")


def test_a_kept_study_comes_back_whole(store: Store) -> None:
    study = (
        with_roster(with_after(pilot()))
        .decide(KeepAnswer("neither", "B2", "staff", "pre"))
        .fix_plan([Outcome("gse.total.people")], at=MONDAY)
        .note_rival(Rival("An office move"))
        .record(left(1))
    )
    kept = store.keep(study, at=MONDAY, view={"role": "staff"})
    again = Store.in_folder(store_folder(store)).open(kept)
    assert same(again, study)
    assert again.exports == study.exports
    assert (again.plan, again.rivals, again.decisions) == (study.plan, study.rivals, study.decisions)
    assert store.view(kept) == {"role": "staff"}


def test_the_sample_study_comes_back(store: Store) -> None:
    kept = store.keep(sample_study(), at=MONDAY)
    assert same(store.open(kept), sample_study())


def test_an_identifier_is_long_and_never_the_same_twice(store: Store) -> None:
    kept = {store.keep(pilot(), at=MONDAY) for _ in range(5)}
    assert len(kept) == 5
    assert all(len(one) >= 32 and one.replace("-", "").replace("_", "").isalnum() for one in kept)


def test_nothing_is_made_before_something_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "there"
    store = Store.in_folder(folder)
    assert store.entries() == ()
    assert store.delete_overdue(date(2030, 1, 1)) == 0
    for ask in (store.head, store.open, store.versions, store.view, store.delete):
        with pytest.raises(StorageError, match="not kept here"):
            ask("nothing")
    assert not (tmp_path / "not").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_folder_and_file_are_for_this_user_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        Store.in_folder(tmp_path / "kept").keep(pilot(), at=MONDAY)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "kept").stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "kept").iterdir()} == {0o600}


def test_every_save_is_a_version_with_time_and_words(store: Store) -> None:
    kept = store.keep(pilot(), at=MONDAY)
    later = with_after(store.open(kept))
    assert store.save(kept, later, after=1, at=TUESDAY, note="after the visit") == 2
    newest, first = store.versions(kept)
    assert (newest.number, newest.saved_at, newest.changed, newest.note) == (
        2,
        TUESDAY,
        "Added after.csv",
        "after the visit",
    )
    assert (first.number, first.saved_at, first.changed, first.note) == (1, MONDAY, "Kept for the first time", "")
    assert newest.size > first.size > 0
    assert same(store.open(kept, 1), pilot())
    assert same(store.open(kept), later)
    assert store.head(kept).version == 2


def test_a_save_without_anything_new_makes_no_version(store: Store) -> None:
    kept = store.keep(pilot(), at=MONDAY)
    assert store.save(kept, store.open(kept), after=1, at=TUESDAY) == 1
    assert store.save(kept, pilot(), after=1, at=TUESDAY) == 1
    assert len(store.versions(kept)) == 1


def test_a_part_that_versions_share_is_there_once(store: Store) -> None:
    study = with_after(pilot())
    kept = store.keep(study, at=MONDAY)
    before = store.entries()[0].size
    store.save(kept, study.decide(KeepAnswer("neither")), after=1, at=TUESDAY)
    assert store.entries()[0].size < 1.5 * before


def test_a_listing_loads_no_study(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    older = store.keep(pilot("Older"), at=MONDAY)
    newer = store.keep(pilot("Newer"), at=TUESDAY)
    store.set_age(older, 30)

    def refuse(*_: object) -> None:
        raise AssertionError("a study was loaded")

    monkeypatch.setattr(content, "unpack", refuse)
    monkeypatch.setattr(content, "pack", refuse)
    first, second = store.entries()
    assert (first.study_id, first.name, first.version, first.deleted_on) == (newer, "Newer", 1, None)
    assert (second.study_id, second.saved_at, second.delete_after_days, second.deleted_on) == (
        older,
        MONDAY,
        30,
        "2026-06-03",
    )
    assert store.versions(older)[0].number == 1
    assert store.head(older).version == 1


def test_the_last_saved_comes_first_whatever_the_clock_of_the_place(store: Store) -> None:
    store.keep(pilot("Earlier"), at="2026-05-04T10:00:00+02:00")
    store.keep(pilot("Later"), at="2026-05-04T09:00:00+00:00")
    assert [entry.name for entry in store.entries()] == ["Later", "Earlier"]


def test_a_note_can_be_written_on_any_version(store: Store) -> None:
    kept = store.keep(pilot(), at=MONDAY)
    store.save(kept, with_after(pilot()), after=1, at=TUESDAY)
    store.annotate(kept, 1, "as sent to the board")
    assert [one.note for one in store.versions(kept)] == ["", "as sent to the board"]
    assert same(store.open(kept, 1), pilot())
    with pytest.raises(StorageError, match=r"no version 9\. It has 1 to 2"):
        store.annotate(kept, 9, "")


def test_a_new_name_is_the_name_of_every_version(store: Store) -> None:
    kept = store.keep(pilot(), at=MONDAY)
    store.save(kept, with_after(pilot()), after=1, at=TUESDAY)
    store.rename(kept, "  North \n pilot ")
    assert store.entries()[0].name == "North pilot"
    assert store.open(kept, 1).name == store.open(kept).name == "North pilot"
    assert store.head(kept).version == 2
    with pytest.raises(StorageError, match="needs a name"):
        store.rename(kept, " \x00 ")


def test_a_window_that_did_not_see_the_new_name_does_not_undo_it(store: Store) -> None:
    kept = store.keep(pilot(), at=MONDAY)
    store.rename(kept, "North")
    assert store.save(kept, with_after(pilot()), after=1, at=TUESDAY) == 2
    assert store.open(kept).name == "North"
    assert store.versions(kept)[0].changed == "Added after.csv"


def test_a_study_renamed_where_it_is_open_is_a_version(store: Store) -> None:
    kept = store.keep(pilot(), at=MONDAY)
    assert store.save(kept, store.open(kept).renamed("North"), after=1, at=TUESDAY) == 2
    assert (store.entries()[0].name, store.versions(kept)[0].changed) == ("North", "Renamed the study")


def test_a_copy_goes_its_own_way(store: Store) -> None:
    kept = store.keep(with_after(pilot()), at=MONDAY, view={"role": "staff"})
    store.set_age(kept, 30)
    copied = store.copy(kept, "What if", at=TUESDAY)
    store.save(copied, store.open(copied).without("after.csv"), after=1, at=WEDNESDAY)
    assert same(store.open(kept), with_after(pilot()))
    assert [one.changed for one in store.versions(copied)] == ["Took out after.csv", "Copied from another study"]
    assert {entry.name: entry.delete_after_days for entry in store.entries()} == {"Pilot": 30, "What if": 30}
    store.delete(kept)
    assert store.open(copied, 1).fingerprint == with_after(pilot()).fingerprint


def test_a_deleted_study_is_gone(store: Store) -> None:
    kept, other = store.keep(pilot(), at=MONDAY), store.keep(pilot("Other"), at=MONDAY)
    store.delete(kept)
    assert [entry.name for entry in store.entries()] == ["Other"]
    with pytest.raises(StorageError, match="not kept here"):
        store.save(kept, with_after(pilot()), after=1, at=TUESDAY)
    assert same(store.open(other), pilot("Other"))


def test_an_age_counts_from_the_last_save(store: Store) -> None:
    kept, other = store.keep(pilot(), at=MONDAY), store.keep(pilot("Other"), at=MONDAY)
    store.set_age(kept, 7)
    store.save(kept, with_after(pilot()), after=1, at=WEDNESDAY)
    assert store.delete_overdue(date(2026, 5, 12)) == 0
    assert store.delete_overdue(date(2026, 5, 13)) == 1
    assert [entry.study_id for entry in store.entries()] == [other]
    store.set_age(other, 1)
    store.set_age(other, None)
    assert store.delete_overdue(date(2126, 1, 1)) == 0


@pytest.mark.parametrize("days", [0, -1, 1.5, True, 10**9])
def test_an_age_is_a_whole_number_of_days(store: Store, days: int) -> None:
    kept = store.keep(pilot(), at=MONDAY)
    with pytest.raises(StorageError, match="whole number of days"):
        store.set_age(kept, days)


@pytest.mark.parametrize("at", ["", "yesterday", "2026-05-04T09:00:00"])
def test_a_time_has_its_offset(store: Store, at: str) -> None:
    with pytest.raises(StorageError, match="offset from UTC"):
        store.keep(pilot(), at=at)
    assert store.entries() == ()


def test_a_view_is_remembered_apart_from_the_versions(store: Store) -> None:
    kept = store.keep(pilot(), at=MONDAY)
    assert store.view(kept) == {}
    store.save_view(kept, {"role": "staff", "page": "people"})
    assert store.view(kept) == {"role": "staff", "page": "people"}
    assert store.head(kept).version == 1


def test_only_the_owners_own_studies_are_deleted_for_their_age(tmp_path: Path) -> None:
    mine, yours = Store.in_folder(tmp_path, owner="one"), Store.in_folder(tmp_path, owner="two")
    for store in (mine, yours):
        store.set_age(store.keep(pilot(), at=MONDAY), 1)
    assert mine.delete_overdue(date(2030, 1, 1)) == 1
    assert (len(mine.entries()), len(yours.entries())) == (0, 1)


def test_an_owner_has_nothing_of_another(tmp_path: Path) -> None:
    mine, yours = Store.in_folder(tmp_path, owner="one"), Store.in_folder(tmp_path, owner="two")
    kept = mine.keep(pilot(), at=MONDAY)
    mine.set_age(kept, 1)
    assert yours.entries() == ()
    assert yours.delete_overdue(date(2030, 1, 1)) == 0
    for ask in (
        lambda: yours.open(kept),
        lambda: yours.head(kept),
        lambda: yours.versions(kept),
        lambda: yours.view(kept),
        lambda: yours.save(kept, with_after(pilot()), after=1, at=TUESDAY),
        lambda: yours.go_back(kept, 1, after=1, at=TUESDAY),
        lambda: yours.copy(kept, "Mine now", at=TUESDAY),
        lambda: yours.rename(kept, "Mine now"),
        lambda: yours.annotate(kept, 1, "seen"),
        lambda: yours.set_age(kept, 1),
        lambda: yours.save_view(kept, {"role": "staff"}),
        lambda: yours.withdraw(kept, "staff", "B2"),
        lambda: yours.delete(kept),
    ):
        with pytest.raises(StorageError, match="not kept here"):
            ask()
    assert same(mine.open(kept), pilot())


def store_folder(store: Store) -> Path:
    """Where the one database of a store lies."""
    file = store._database._engine.url.database
    assert file is not None
    return Path(file).parent
