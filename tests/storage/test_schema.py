"""Databases of every schema: an empty one, each earlier one, a newer one, and what is none of ours."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Column, Connection, MetaData, Table, Text, insert, text, update

from evalcore.errors import StorageError
from evalcore.storage import database, schema
from evalcore.storage.store import Store
from tests.storage.store_studies import MONDAY, TUESDAY, pilot, same, with_after

FIXTURES = Path(__file__).parent / "fixtures"
FILE = "studies.sqlite"
EARLIER = sorted(FIXTURES.glob("schema-*.sqlite"))


def ask(folder: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / FILE)) as connection:
        return connection.execute(statement).fetchall()


def tables(folder: Path) -> list[tuple[object, ...]]:
    return ask(folder, "SELECT type, name, sql FROM sqlite_master ORDER BY type, name")


def fresh(folder: Path) -> Store:
    store = Store.in_folder(folder)
    store.keep(pilot(), at=MONDAY)
    return store


def with_a_step(monkeypatch: pytest.MonkeyPatch, step) -> None:
    steps = (*schema.MIGRATIONS, step)
    monkeypatch.setattr(schema, "MIGRATIONS", steps)
    monkeypatch.setattr(database, "MIGRATIONS", steps)


def test_there_is_a_database_of_every_schema() -> None:
    assert [file.name for file in EARLIER] == [f"schema-{n + 1}.sqlite" for n in range(len(schema.MIGRATIONS))]


@pytest.mark.parametrize("file", EARLIER, ids=lambda file: file.stem)
def test_a_database_of_an_earlier_schema_is_brought_up_to_date(file: Path, tmp_path: Path) -> None:
    shutil.copyfile(file, tmp_path / FILE)
    told = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    store = Store.in_folder(tmp_path)
    (entry,) = store.entries()
    assert [one.changed for one in store.versions(entry.study_id)] == told["changed"]
    for number, wanted in told["versions"].items():
        study = store.open(entry.study_id, int(number))
        assert len(study.responses) == wanted["answers"]
        assert [one.name for one in study.intakes] == wanted["files"]
    assert store.head(entry.study_id).exports == told["exports"]
    assert store.view(entry.study_id) == told["view"]
    assert (entry.name, entry.delete_after_days) == (told["name"], told["delete_after_days"])
    newest = store.open(entry.study_id)
    assert store.save(entry.study_id, newest.renamed("North"), after=entry.version, at=TUESDAY) == entry.version + 1
    (tmp_path / "new").mkdir()
    fresh(tmp_path / "new")
    assert tables(tmp_path) == tables(tmp_path / "new")


def test_an_empty_folder_and_an_empty_file_become_a_database(tmp_path: Path) -> None:
    (tmp_path / FILE).touch()
    assert Store.in_folder(tmp_path).entries() == ()
    assert (tmp_path / FILE).stat().st_size == 0
    assert len(fresh(tmp_path).entries()) == 1
    assert ask(tmp_path, "SELECT id, version, erase_due FROM evaluation_dashboard") == [(1, len(schema.MIGRATIONS), 0)]


def test_a_database_of_a_newer_schema_is_refused(tmp_path: Path) -> None:
    fresh(tmp_path)
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.execute("UPDATE evaluation_dashboard SET version = version + 1")
        connection.commit()
    before = (tmp_path / FILE).read_bytes()
    store = Store.in_folder(tmp_path)
    for act in (store.entries, lambda: store.keep(pilot(), at=MONDAY)):
        with pytest.raises(StorageError, match="newer version of this dashboard"):
            act()
    assert (tmp_path / FILE).read_bytes() == before


def test_a_running_dashboard_does_not_write_into_a_newer_schema(tmp_path: Path) -> None:
    store = fresh(tmp_path)
    (kept,) = (entry.study_id for entry in store.entries())
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.execute("UPDATE evaluation_dashboard SET version = version + 1")
        connection.commit()
    with pytest.raises(StorageError, match="start the dashboard again"):
        store.save(kept, with_after(pilot()), after=1, at=TUESDAY)
    with pytest.raises(StorageError, match="newer version of this dashboard"):
        store.save(kept, with_after(pilot()), after=1, at=TUESDAY)


@pytest.mark.parametrize("statement", ["CREATE TABLE recipes (name)", "CREATE TABLE studies (id)"])
def test_a_database_of_somebody_else_is_left_alone(tmp_path: Path, statement: str) -> None:
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.execute(statement)
    before = (tmp_path / FILE).read_bytes()
    store = Store.in_folder(tmp_path)
    for act in (store.entries, lambda: store.keep(pilot(), at=MONDAY)):
        with pytest.raises(StorageError, match="something else than studies"):
            act()
    assert (tmp_path / FILE).read_bytes() == before


@pytest.mark.parametrize("content", [b"respondent_id,gse_1\nA1,3\n" * 100, b"SQLite format 3\0", b"\0" * 5000])
def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    store = Store.in_folder(tmp_path)
    for act in (store.entries, lambda: store.keep(pilot(), at=MONDAY)):
        with pytest.raises(StorageError, match="damaged, or is something else"):
            act()
    assert (tmp_path / FILE).read_bytes() == content


def test_a_step_is_taken_when_the_database_is_first_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (kept,) = (entry.study_id for entry in fresh(tmp_path).entries())

    def step(connection: Connection) -> None:
        connection.execute(text("ALTER TABLE studies ADD COLUMN colour TEXT"))

    with_a_step(monkeypatch, step)
    assert same(Store.in_folder(tmp_path).open(kept), pilot())
    assert ask(tmp_path, "SELECT version FROM evaluation_dashboard") == [(len(schema.MIGRATIONS),)]
    assert ask(tmp_path, "SELECT colour FROM studies") == [(None,)]


def test_a_step_that_fails_half_way_leaves_the_database_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (kept,) = (entry.study_id for entry in fresh(tmp_path).entries())
    before = tables(tmp_path)

    def step(connection: Connection) -> None:
        more = Table("more", MetaData(), Column("what", Text))
        more.create(connection)
        connection.execute(insert(more).values(what="something"))
        connection.execute(update(schema.studies).values(name="Half-way"))
        connection.execute(text("DROP TABLE exports"))
        connection.execute(text("INSERT INTO nowhere VALUES (1)"))

    with monkeypatch.context() as patched:
        with_a_step(patched, step)
        for _ in range(2):
            with pytest.raises(StorageError, match="can not be used just now"):
                Store.in_folder(tmp_path).entries()
    assert tables(tmp_path) == before
    store = Store.in_folder(tmp_path)
    assert same(store.open(kept), pilot())
    assert store.save(kept, with_after(pilot()), after=1, at=TUESDAY) == 2
