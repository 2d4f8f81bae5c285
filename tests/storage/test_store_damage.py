"""A damaged database: the version is named, the others still open, and nothing wrong is ever shown."""

from __future__ import annotations

import json
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from evalcore.errors import StorageError
from evalcore.storage.store import Store
from tests.storage.store_studies import MONDAY, TUESDAY, left, pilot, same, with_after, with_roster

FILE = "studies.sqlite"
DAMAGED = "Version 2 of this study is damaged"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.in_folder(tmp_path)


def two_versions(store: Store) -> str:
    kept = store.keep(pilot().record(left(1)), at=MONDAY)
    store.save(kept, with_after(pilot()), after=1, at=TUESDAY)
    return kept


def change(folder: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(folder / FILE)) as connection:
        assert connection.execute(statement, values).rowcount > 0
        connection.commit()


def only_in_the_second(folder: Path) -> str:
    with closing(sqlite3.connect(folder / FILE)) as connection:
        first, second = (
            set(json.loads(row[0]).values())
            for row in connection.execute("SELECT members FROM versions ORDER BY number")
        )
        sizes = dict(connection.execute("SELECT digest, size FROM parts").fetchall())
    return max(second - first, key=lambda digest: sizes[digest])


@pytest.mark.parametrize(
    "how",
    [
        "UPDATE parts SET data = zeroblob(length(data)) WHERE digest = ?",
        "UPDATE parts SET data = substr(data, 1, length(data) / 2) WHERE digest = ?",
        "UPDATE parts SET size = size - 1 WHERE digest = ?",
        "UPDATE parts SET data = (SELECT data FROM parts AS other WHERE other.digest <> parts.digest) WHERE digest = ?",
        "DELETE FROM parts WHERE digest = ?",
    ],
)
def test_a_damaged_part_names_its_version(store: Store, tmp_path: Path, how: str) -> None:
    kept = two_versions(store)
    change(tmp_path, how, only_in_the_second(tmp_path))
    for version in (None, 2):
        with pytest.raises(StorageError, match=DAMAGED):
            store.open(kept, version)
    assert same(store.open(kept, 1), pilot())
    assert [one.number for one in store.versions(kept)] == [2, 1]
    assert store.head(kept).version == 2


@pytest.mark.parametrize(
    "how",
    [
        "UPDATE versions SET members = '{}' WHERE number = 2",
        "UPDATE versions SET members = 'nonsense' WHERE number = 2",
        "UPDATE versions SET members = (SELECT members FROM versions WHERE number = 1) WHERE number = 2",
        "UPDATE versions SET outline = 'nonsense' WHERE number = 2",
        "UPDATE versions SET saved_at = 'never' WHERE number = 2",
    ],
)
def test_a_damaged_row_names_its_version(store: Store, tmp_path: Path, how: str) -> None:
    kept = two_versions(store)
    change(tmp_path, how)
    with pytest.raises(StorageError, match=DAMAGED):
        store.open(kept)
    with pytest.raises(StorageError, match=DAMAGED):
        store.save(kept, with_roster(pilot()), after=2, at=TUESDAY)
    with pytest.raises(StorageError, match=r"nobody can be taken out of it\. Nothing was changed"):
        store.withdraw(kept, "staff", "B2")
    assert same(store.open(kept, 1), pilot())


def test_a_save_puts_damaged_parts_right(store: Store, tmp_path: Path) -> None:
    """A new version shares parts with the one before it: what is saved now must be whole."""
    kept = two_versions(store)
    change(tmp_path, "UPDATE parts SET data = zeroblob(length(data))")
    later = with_roster(with_after(pilot()))
    assert store.save(kept, later, after=2, at=TUESDAY) == 3
    assert same(store.open(kept), later)
    with pytest.raises(StorageError, match="Version 1 of this study is damaged"):
        store.open(kept, 1)


@pytest.mark.parametrize(
    "how",
    [
        "UPDATE exports SET content = 'nonsense' WHERE number = 1",
        "UPDATE exports SET content = replace(content, 'B2', 'B9') WHERE number = 1",
        "UPDATE exports SET number = 7 WHERE number = 1",
        "DELETE FROM exports WHERE number = 1",
    ],
)
def test_a_damaged_record_of_what_left_is_told(store: Store, tmp_path: Path, how: str) -> None:
    kept = two_versions(store)
    store.save(kept, store.open(kept).record(left(2)), after=2, at=TUESDAY)
    change(tmp_path, how)
    with pytest.raises(StorageError, match="record of what has left this study is damaged"):
        store.open(kept)


def test_a_damaged_view_is_forgotten(store: Store, tmp_path: Path) -> None:
    kept = two_versions(store)
    change(tmp_path, "UPDATE studies SET view = ?", '{"role": ')
    assert store.view(kept) == {}
    assert same(store.open(kept), with_after(pilot()))
    store.save_view(kept, {"role": "staff"})
    assert store.view(kept) == {"role": "staff"}


def test_bytes_that_were_changed_never_show_something_else(tmp_path: Path) -> None:
    """Wherever the damage is: what opens is what was saved, or a sentence says that it does not open."""
    store = Store.in_folder(tmp_path / "whole")
    kept = two_versions(store)
    whole = (tmp_path / "whole" / FILE).read_bytes()
    wanted = {1: pilot().fingerprint, 2: with_after(pilot()).fingerprint}
    draw = random.Random(20260504)
    opened = refused = 0
    for number in range(40):
        folder = tmp_path / str(number)
        folder.mkdir()
        spoiled = bytearray(whole)
        for _ in range(draw.choice((1, 8, 200))):
            spoiled[draw.randrange(len(spoiled))] ^= 1 << draw.randrange(8)
        (folder / FILE).write_bytes(spoiled)
        for version in (1, 2):
            try:
                found = Store.in_folder(folder).open(kept, version)
            except StorageError:
                refused += 1
            else:
                assert (found.fingerprint, found.exports) in ((wanted[version], (left(1),)), (wanted[version], ()))
                opened += 1
    assert opened > 10
    assert refused > 10
