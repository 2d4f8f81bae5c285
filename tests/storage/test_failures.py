"""Whatever keeps a study from being kept: a sentence that says what to do, and what is kept and open stays."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import URL

from evalcore.errors import StorageError
from evalcore.storage import engine, folder
from evalcore.storage.engine import HASTE, PATIENCE
from evalcore.storage.store import Store, default_folder
from tests.storage.killing import killed, study_of
from tests.storage.store_studies import MONDAY, TUESDAY, pilot, same, with_after, with_roster

FILE = "studies.sqlite"
STAYS = "Your work is still open: download it as a study file"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.in_folder(tmp_path)


@contextmanager
def told(words: str) -> Iterator[None]:
    """A StorageError in words, that tells nothing of the database, of a person or of a folder."""
    with pytest.raises(StorageError, match=words) as caught:
        yield
    said = str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    assert STAYS in said or "What is open stays open" in said
    for word in ("sqlite", "SQL", "INSERT", "Canary", "Error", os.sep + "studies", "B2"):
        assert word not in said


def at(folder: Path, **more: str) -> Store:
    return Store(URL.create("sqlite", database=str(folder / FILE), query=more))


def test_a_full_disk(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = store.keep(pilot(), at=MONDAY)
    with monkeypatch.context() as full:
        full.setattr(engine, "SETTINGS", (*engine.SETTINGS, "max_page_count=1"))
        with told("The disk is full"):
            store.save(kept, study_of(1), after=1, at=TUESDAY)
        with told("The disk is full"):
            store.keep(study_of(1), at=MONDAY)
        assert same(store.open(kept), pilot())
    assert [one.number for one in store.versions(kept)] == [1]
    assert store.save(kept, with_after(pilot()), after=1, at=TUESDAY) == 2


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system can not fork")
def test_a_disk_that_takes_no_more(store: Store, tmp_path: Path) -> None:
    import resource

    kept = store.keep(pilot(), at=MONDAY)
    size = (tmp_path / FILE).stat().st_size

    def save() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 10_000, size + 10_000))
        with told("The disk did not take|The disk is full"):
            store.save(kept, study_of(1), after=1, at=TUESDAY)
        assert same(store.open(kept), pilot())

    assert killed(save, None)
    assert same(store.open(kept), pilot())
    assert store.save(kept, study_of(1), after=1, at=TUESDAY) == 2


def test_a_folder_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("something", encoding="utf-8")
    store = Store.in_folder(tmp_path / "file" / "kept")
    assert store.entries() == ()
    with told("can not be opened"):
        store.keep(pilot(), at=MONDAY)
    assert (tmp_path / "file").read_text(encoding="utf-8") == "something"


def test_a_folder_where_the_file_should_be(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    store = Store.in_folder(tmp_path)
    with told("can not be opened"):
        store.entries()
    with told("can not be opened"):
        store.keep(pilot(), at=MONDAY)
    assert list((tmp_path / FILE).iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
@pytest.mark.parametrize("mode", [0o500, 0o000])
def test_a_folder_that_may_not_be_used(tmp_path: Path, mode: int) -> None:
    tmp_path.chmod(mode)
    try:
        with told("can not be written to|can not be opened"):
            Store.in_folder(tmp_path / "kept").keep(pilot(), at=MONDAY)
    finally:
        tmp_path.chmod(0o700)


def test_a_database_that_may_only_be_read(store: Store, tmp_path: Path) -> None:
    kept = store.keep(pilot(), at=MONDAY)
    looking = at(tmp_path, mode="ro")
    assert same(looking.open(kept), pilot())
    assert [entry.study_id for entry in looking.entries()] == [kept]
    for act in every_write(looking, kept):
        with told("can not be written to"):
            act()
    assert same(store.open(kept), pilot())


def test_a_database_that_another_program_holds(store: Store, tmp_path: Path) -> None:
    kept = store.keep(pilot(), at=MONDAY)
    hasty = at(tmp_path, timeout="0.05")
    assert hasty.head(kept).version == 1
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        for act in (lambda: hasty.open(kept), hasty.entries, *every_write(hasty, kept)):
            with told("Another window or program"):
                act()
        other.execute("ROLLBACK")
    assert hasty.save(kept, with_after(pilot()), after=1, at=TUESDAY) == 2


def test_a_look_does_not_wait_long_for_another_window_and_a_save_does(store: Store, tmp_path: Path) -> None:
    kept = store.keep(pilot(), at=MONDAY)
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN EXCLUSIVE")
        for look in (lambda: store.head(kept), store.entries, lambda: store.versions(kept), lambda: store.view(kept)):
            began = time.perf_counter()
            with told("Another window or program"):
                look()
            assert time.perf_counter() - began < PATIENCE / 2
        let_go = threading.Timer(3 * HASTE, other.execute, ("ROLLBACK",))
        let_go.start()
        assert store.save(kept, with_after(pilot()), after=1, at=TUESDAY) == 2
        let_go.join()


def test_a_deletion_while_another_window_reads_is_finished_later(store: Store, tmp_path: Path) -> None:
    kept = store.keep(pilot("Canary name"), at=MONDAY)
    other = store.keep(pilot(), at=MONDAY)
    hasty = at(tmp_path, timeout="0.05")
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as reader:

        def then_somebody_reads() -> None:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM studies").fetchall()

        real = hasty._database.erase
        hasty._database.erase = lambda: (then_somebody_reads(), real())  # type: ignore[method-assign]
        with pytest.raises(StorageError, match="It is deleted, but its traces"):
            hasty.delete(kept)
    assert [entry.study_id for entry in Store.in_folder(tmp_path).entries()] == [other]
    assert not any(b"Canary name" in file.read_bytes() for file in tmp_path.iterdir())


def test_a_database_that_is_deleted_meanwhile(store: Store, tmp_path: Path) -> None:
    kept = store.keep(pilot(), at=MONDAY)
    for file in tmp_path.iterdir():
        file.unlink()
    assert store.entries() == ()
    for act in (lambda: store.open(kept), lambda: store.head(kept), *every_write(store, kept)[1:]):
        with told("not kept here"):
            act()
    assert list(tmp_path.iterdir()) == []
    again = store.keep(with_after(pilot()), at=TUESDAY)
    assert same(store.open(again), with_after(pilot()))


def test_a_database_that_goes_away_is_not_made_by_looking(tmp_path: Path) -> None:
    reached = engine.engine_for(URL.create("sqlite", database=str(tmp_path / FILE)))
    with told("can not be opened"), engine.transaction(reached, write=True):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_deleted_meanwhile(tmp_path: Path) -> None:
    store = Store.in_folder(tmp_path / "kept")
    kept = store.keep(pilot(), at=MONDAY)
    shutil.rmtree(tmp_path / "kept")
    with told("not kept here"):
        store.save(kept, with_after(pilot()), after=1, at=TUESDAY)
    assert same(store.open(store.keep(pilot(), at=TUESDAY)), pilot())


@pytest.mark.skipif(os.name == "nt", reason="Windows always names a folder")
def test_no_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    import pwd

    def nobody(*_: object) -> None:
        raise KeyError("nobody of this number")

    for name in ("HOME", "XDG_DATA_HOME", folder.VARIABLE):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pwd, "getpwuid", nobody)
    with told("names no home folder"):
        default_folder()
    monkeypatch.setenv(folder.VARIABLE, "~/studies")
    with told("names no home folder"):
        default_folder()


def test_the_folder_that_was_named_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(folder.VARIABLE, str(tmp_path / "here"))
    assert default_folder() == tmp_path / "here"
    assert not (tmp_path / "here").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="each system has a folder of its own")
def test_the_folder_of_this_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(folder.VARIABLE, raising=False)
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert default_folder() == tmp_path / ".local" / "share" / "evaluation-dashboard"


@pytest.mark.parametrize(
    "url", ["", "no url", "sqlite://", "sqlite:///:memory:", "nothing://x", "sqlite:///x?timeout=no"]
)
def test_an_address_that_is_none(url: str) -> None:
    with pytest.raises(StorageError, match="address of the database"):
        Store(url)


@pytest.mark.parametrize("name", ["with blank", "per%20cent", "what?mode=memory", "hash#tag", "é", "quote'\""])
def test_any_folder_name_will_do(tmp_path: Path, name: str) -> None:
    if os.name == "nt" and set(name) & set('?"'):
        pytest.skip("Windows has no such names")
    store = Store.in_folder(tmp_path / name)
    kept = store.keep(pilot(), at=MONDAY)
    assert same(Store.in_folder(tmp_path / name).open(kept), pilot())
    assert sorted(file.name for file in (tmp_path / name).iterdir()) == [FILE, f"{FILE}-journal"]
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


def test_no_value_goes_into_a_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="sqlalchemy.engine")  # somebody wants to see statements and rows
    caplog.set_level(logging.DEBUG)
    store = Store.in_folder(tmp_path)
    kept = store.keep(pilot("Canary name"), at=MONDAY, view={"person": "Canary-71"})
    store.save(kept, with_roster(pilot("Canary name")), after=1, at=TUESDAY, note="Canary-71")
    with told("can not be written to"):
        at(tmp_path, mode="ro").annotate(kept, 1, "Canary-71")
    assert "Canary" not in caplog.text


def test_nothing_stays_open(store: Store, tmp_path: Path) -> None:
    kept = store.keep(pilot(), at=MONDAY)
    store.open(kept)
    with closing(sqlite3.connect(tmp_path / FILE, timeout=0, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        other.execute("ROLLBACK")


def every_write(store: Store, kept: str) -> list[Callable[[], object]]:
    return [
        lambda: store.keep(pilot(), at=MONDAY),
        lambda: store.save(kept, with_after(pilot()), after=1, at=TUESDAY),
        lambda: store.copy(kept, "Copy", at=TUESDAY),
        lambda: store.rename(kept, "Other"),
        lambda: store.annotate(kept, 1, "Canary-71"),
        lambda: store.set_age(kept, 3),
        lambda: store.save_view(kept, {"person": "Canary-71"}),
        lambda: store.withdraw(kept, "staff", "B2"),
        lambda: store.delete(kept),
    ]
