"""Two windows on one study: exactly one of two saves wins, and what left is never lost or in the way."""

from __future__ import annotations

import os
import threading
import warnings
from pathlib import Path

import pytest

from evalcore.decisions import KeepAnswer
from evalcore.errors import SavedElsewhereError, StorageError
from evalcore.storage.store import Store
from tests.storage.store_studies import MONDAY, TUESDAY, WEDNESDAY, left, pilot, same, with_after, with_roster

WINDOWS = 4


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.in_folder(tmp_path)


def test_neither_of_two_windows_overwrites_the_other(store: Store) -> None:
    kept = store.keep(pilot(), at=MONDAY)
    store.save(kept, with_after(pilot()), after=1, at=TUESDAY)
    with pytest.raises(SavedElsewhereError, match="another window") as caught:
        store.save(kept, with_roster(pilot()), after=1, at=WEDNESDAY)
    assert caught.value.newest == 2
    assert same(store.open(kept), with_after(pilot()))
    assert len(store.versions(kept)) == 2
    assert store.entries()[0].saved_at == TUESDAY


@pytest.mark.parametrize("after", [0, 2, -1])
def test_a_version_that_never_was_is_not_saved_after(store: Store, after: int) -> None:
    kept = store.keep(pilot(), at=MONDAY)
    with pytest.raises(SavedElsewhereError):
        store.save(kept, with_after(pilot()), after=after, at=TUESDAY)


def test_of_many_threads_one_wins(store: Store) -> None:
    kept = store.keep(pilot(), at=MONDAY)
    studies = [pilot().decide(KeepAnswer("neither", person, "staff", "pre")) for person in ("a", "b", "c", "d")]
    start, ends = threading.Barrier(WINDOWS), []

    def save(number: int) -> None:
        start.wait()
        try:
            ends.append(store.save(kept, studies[number], after=1, at=TUESDAY))
        except StorageError as error:
            ends.append(type(error))

    threads = [threading.Thread(target=save, args=(number,)) for number in range(WINDOWS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends, key=str) == [2, *[SavedElsewhereError] * (WINDOWS - 1)]
    assert [one.number for one in store.versions(kept)] == [2, 1]
    assert store.open(kept).fingerprint in {study.fingerprint for study in studies}


def test_many_windows_may_keep_the_first_study_at_once(tmp_path: Path) -> None:
    start, kept = threading.Barrier(WINDOWS), []

    def keep(number: int) -> None:
        store = Store.in_folder(tmp_path / "new")
        start.wait()
        kept.append(store.keep(pilot(f"Pilot {number}"), at=MONDAY))

    threads = [threading.Thread(target=keep, args=(number,)) for number in range(WINDOWS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(kept) == sorted(entry.study_id for entry in Store.in_folder(tmp_path / "new").entries())
    assert len(kept) == WINDOWS


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system can not fork")
def test_of_many_processes_one_wins_each_time(store: Store) -> None:
    kept = store.keep(pilot(), at=MONDAY)
    for after in (1, 2, 3):
        study = store.open(kept)
        ends = [_save_in_a_child(store, kept, study, window, after) for window in range(WINDOWS)]
        reports = []
        for child, report in ends:
            reports.append(os.read(report, 1).decode())
            os.close(report)
            os.waitpid(child, 0)
        assert sorted(reports) == [*["e"] * (WINDOWS - 1), "s"]
        assert store.head(kept).version == after + 1


def _save_in_a_child(store: Store, kept: str, study, window: int, after: int) -> tuple[int, int]:
    mine = study.decide(KeepAnswer("neither", f"{after}-{window}", "staff", "pre"))
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # other threads of the test run do not matter to the child
        child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    end = b"?"
    try:
        end = b"s" if store.save(kept, mine, after=after, at=TUESDAY) == after + 1 else b"?"
    except SavedElsewhereError:
        end = b"e"
    finally:
        os.write(writing, end)
        os._exit(0)


def test_what_left_makes_no_version_and_no_conflict(store: Store) -> None:
    kept = store.keep(pilot(), at=MONDAY)
    one, other = store.open(kept), store.open(kept)
    store.save(kept, with_after(one), after=1, at=TUESDAY)
    assert store.save(kept, other.record(left(1)), after=1, at=TUESDAY) == 1
    assert store.save(kept, other.record(left(1)), after=1, at=TUESDAY) == 1
    assert store.save(kept, with_after(one).record(left(2)), after=2, at=TUESDAY) == 2
    assert store.head(kept) == store.head(kept).__class__(2, 2)
    assert store.open(kept).exports == store.open(kept, 1).exports == (left(1), left(2))


def test_the_same_file_twice_is_recorded_twice(store: Store) -> None:
    kept = store.keep(pilot().record(left(1)), at=MONDAY)
    store.save(kept, store.open(kept).record(left(1)), after=1, at=TUESDAY)
    assert store.open(kept).exports == (left(1), left(1))


def test_what_left_is_recorded_even_where_the_save_is_refused(store: Store) -> None:
    kept = store.keep(pilot(), at=MONDAY)
    store.save(kept, with_after(pilot()), after=1, at=TUESDAY)
    with pytest.raises(SavedElsewhereError):
        store.save(kept, with_roster(pilot()).record(left(1)), after=1, at=WEDNESDAY)
    assert store.open(kept).exports == (left(1),)


def test_a_change_and_what_left_are_saved_together(store: Store) -> None:
    kept = store.keep(pilot(), at=MONDAY)
    assert store.save(kept, with_after(pilot()).record(left(1)), after=1, at=TUESDAY) == 2
    assert store.open(kept).exports == (left(1),)


def test_what_left_a_copy_has_left_the_original(store: Store) -> None:
    kept = store.keep(pilot().record(left(1)), at=MONDAY)
    copied = store.copy(kept, "Copy", at=TUESDAY)
    again = store.copy(copied, "Copy of the copy", at=TUESDAY)
    stranger = store.keep(pilot("Other"), at=MONDAY)
    store.save(again, store.open(again).record(left(2)), after=1, at=TUESDAY)
    store.save(kept, store.open(kept).record(left(3)), after=1, at=TUESDAY)
    for one in (kept, copied, again):
        assert store.open(one).exports == (left(1), left(2), left(3))
        assert store.head(one).exports == 3
    assert store.open(stranger).exports == ()
    store.delete(kept)
    store.delete(again)
    assert store.open(copied).exports == (left(1), left(2), left(3))
