"""What is deleted is gone from every file of the folder, also from the journal and from what was compressed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from evalcore.storage.content import Content
from evalcore.storage.engine import SETTINGS, transaction
from evalcore.storage.store import Store
from evalcore.study import Study
from tests.storage.killing import study_of
from tests.storage.store_studies import MONDAY, PEOPLE, TUESDAY, left, pilot, same, with_after, with_roster

WHO = PEOPLE[0]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.in_folder(tmp_path)


def stands_in(folder: Path, *wanted: bytes) -> list[str]:
    """Files of the folder in which any of these bytes stand."""
    return [file.name for file in folder.rglob("*") if file.is_file() for one in wanted if one in file.read_bytes()]


def packed(*studies: Study) -> list[bytes]:
    """A piece of the compressed bytes of each part: of its middle, for the start may be that of any part."""
    found = [part.packed for study in studies for part in Content.of(study).held.values()]
    return [data[len(data) // 2 :][:40] for data in found if len(data) > 120]


def rest_of(folder: Path) -> int:
    """Bytes of the journal that say something."""
    journal = folder / "studies.sqlite-journal"
    return len(journal.read_bytes().replace(b"\0", b"")) if journal.exists() else 0


def test_the_search_finds_what_is_kept(store: Store, tmp_path: Path) -> None:
    """Else the tests below could not fail."""
    kept = store.keep(study_of(1).renamed("Canary name"), at=MONDAY, view={"person": "Canary view"})
    store.annotate(kept, 1, "Canary note")
    for words in (b"Canary name", b"Canary view", b"Canary note", *packed(study_of(1))):
        assert stands_in(tmp_path, words)
    assert rest_of(tmp_path)


def test_a_deleted_study_leaves_nothing(store: Store, tmp_path: Path) -> None:
    gone = [study_of(1).renamed("Canary name"), study_of(2).renamed("Canary name").record(left(1))]
    stays = store.keep(study_of(3), at=MONDAY)
    kept = store.keep(gone[0], at=MONDAY, view={"person": "Canary view"})
    store.save(kept, gone[1], after=1, at=TUESDAY, note="Canary note")
    store.annotate(kept, 1, "Canary note")
    before = (tmp_path / "studies.sqlite").stat().st_size
    store.delete(kept)
    assert stands_in(tmp_path, b"Canary", kept.encode(), *packed(*gone)) == []
    assert (tmp_path / "studies.sqlite").stat().st_size < before
    assert same(store.open(stays), study_of(3))


def test_a_study_whose_age_is_reached_leaves_nothing(store: Store, tmp_path: Path) -> None:
    kept = store.keep(study_of(1).renamed("Canary name"), at=MONDAY)
    store.set_age(kept, 1)
    assert store.delete_overdue(date(2026, 6, 1)) == 1
    assert stands_in(tmp_path, b"Canary", *packed(study_of(1))) == []


def test_a_person_who_withdrew_leaves_nothing(store: Store, tmp_path: Path) -> None:
    held = [pilot().record(left(1)), with_after(pilot()), with_roster(with_after(pilot()))]
    kept = store.keep(held[0], at=MONDAY, view={"person": WHO})
    store.save(kept, held[1], after=1, at=TUESDAY, note=f"{WHO} telephoned")
    copied = store.copy(kept, "Copy", at=TUESDAY)
    store.save(copied, held[2], after=1, at=TUESDAY)
    personal = [
        one
        for study in held
        for part in Content.of(study).held.values()
        if WHO.encode() in part.plain()
        for one in [part.packed[len(part.packed) // 2 :][:40]]
    ]
    assert all(stands_in(tmp_path, one) for one in personal)
    store.withdraw(kept, "staff", WHO)
    assert stands_in(tmp_path, WHO.encode(), *personal) == []
    assert store.open(copied).withdrawn == (("staff", 1),)


def test_nothing_is_erased_where_nothing_is_due(store: Store, tmp_path: Path) -> None:
    kept = store.keep(pilot(), at=MONDAY)
    before = (tmp_path / "studies.sqlite").read_bytes()
    assert store.withdraw(kept, "staff", "Z99") == 0
    Store.in_folder(tmp_path).entries()
    assert (tmp_path / "studies.sqlite").read_bytes() == before


def test_what_is_due_is_done_at_the_next_opening(store: Store, tmp_path: Path) -> None:
    store.keep(pilot(), at=MONDAY)
    with closing(sqlite3.connect(tmp_path / "studies.sqlite")) as connection:
        connection.execute("UPDATE evaluation_dashboard SET erase_due = 2")
        connection.execute("CREATE TABLE junk AS SELECT 'Canary' AS words")
        connection.commit()
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("DROP TABLE junk")
        connection.commit()
    assert stands_in(tmp_path, b"Canary")
    Store.in_folder(tmp_path).entries()
    assert stands_in(tmp_path, b"Canary") == []
    with closing(sqlite3.connect(tmp_path / "studies.sqlite")) as connection:
        assert connection.execute("SELECT erase_due FROM evaluation_dashboard").fetchone() == (0,)


def test_every_connection_is_told_the_same(store: Store) -> None:
    store.keep(pilot(), at=MONDAY)
    wanted = {"foreign_keys": 1, "synchronous": 2, "secure_delete": 1, "journal_mode": "persist", "temp_store": 2}
    assert {setting.split("=")[0] for setting in SETTINGS} >= set(wanted)
    with transaction(store._database._engine, write=False) as connection:
        assert {name: connection.scalar(text(f"PRAGMA {name}")) for name in wanted} == wanted
