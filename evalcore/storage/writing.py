"""Writing studies and versions: what happens inside one transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, literal, select, update

from evalcore.errors import StorageError
from evalcore.storage.changes import difference
from evalcore.storage.content import Content, check_row, checksum_of, write_parts
from evalcore.storage.left import add_to_record, not_recorded, recorded
from evalcore.storage.schema import about, exports, parts, studies, versions
from evalcore.study import Study

_RANDOM_BYTES = 24
_LONGEST_NAME = 200
_NOT_KEPT = (
    "This study is not kept here, or not any more. What is open stays open: keep it anew, or download it as a study"
    " file. Or choose one of the studies that are kept."
)
_NO_NAME = "A study needs a name. Type one and try again."


@dataclass(frozen=True)
class Written:
    """How a save ended: `number` is the version that holds the study; else None, and somebody else saved `newest`."""

    number: int | None
    newest: int


def find_study(connection: Connection, owner: str, study_id: str, *, lock: bool = False) -> Row[Any]:
    """Return the row of a study; StorageError where this owner keeps none of this identifier.

    `lock`: nobody else may change it until the transaction ends. SQLite locks the whole database anyway.
    """
    wanted = select(studies).where(studies.c.id == study_id, studies.c.owner == owner)
    found = connection.execute(wanted.with_for_update() if lock else wanted).one_or_none()
    if found is None:
        raise not_kept()
    return found


def not_kept() -> StorageError:
    """Return the error for a study that is not here."""
    return StorageError(_NOT_KEPT)


def find_version(connection: Connection, study: Row[Any], number: int) -> Row[Any]:
    """Return the row of a version; StorageError where there is none of this number, or it was damaged."""
    found = version_row(connection, study.id, number)
    if found is None:
        raise StorageError(f"This study has no version {number}. It has 1 to {study.newest}.")
    check_row(found)
    return found


def version_row(connection: Connection, study_id: str, number: int) -> Row[Any] | None:
    """Return the row of a version, or None."""
    wanted = select(versions).where(versions.c.study == study_id, versions.c.number == number)
    return connection.execute(wanted).one_or_none()


def create_study(connection: Connection, *, owner: str, name: str, at: str, family: str | None, **more: Any) -> str:
    """Write the row of a new study without a version; return its identifier, which is random and says nothing."""
    study_id = token_urlsafe(_RANDOM_BYTES)
    row = {"view": "{}", "withdrawals": 0, "delete_after_days": None, **more}
    row |= {"id": study_id, "owner": owner, "family": family or token_urlsafe(_RANDOM_BYTES), "name": line(name)}
    connection.execute(insert(studies).values(**row, kept_at=at, saved_at=at, newest=0))
    return study_id


def add_version(
    connection: Connection, study_id: str, number: int, content: Content, *, name: str, at: str, changed: str, note: str
) -> None:
    """Write a version with its parts, and the study's row with it."""
    write_parts(connection, study_id, content)
    row: dict[str, Any] = {"saved_at": at, "name": name, "changed": changed, "size": content.size}
    row |= {"outline": content.outline, "members": content.members}
    row["checksum"] = checksum_of(study_id, number, row)
    connection.execute(insert(versions).values(study=study_id, number=number, note=typed(note), **row))
    connection.execute(update(studies).where(studies.c.id == study_id).values(name=name, newest=number, saved_at=at))


def copy_version(connection: Connection, version: Row[Any], copied: str, *, name: str, at: str, changed: str) -> None:
    """Write a version of one study as the first of another one."""
    columns = [column.name for column in parts.c if column is not parts.c.study]
    needed = set(json.loads(version.members).values())
    taken = select(literal(copied), *(parts.c[name] for name in columns)).where(
        parts.c.study == version.study, parts.c.digest.in_(needed)
    )
    connection.execute(insert(parts).from_select(["study", *columns], taken))
    row = {
        **version._mapping,
        "study": copied,
        "number": 1,
        "saved_at": at,
        "name": name,
        "changed": changed,
        "note": "",
    }
    connection.execute(insert(versions).values({**row, "checksum": checksum_of(copied, 1, row)}))
    connection.execute(update(studies).where(studies.c.id == copied).values(newest=1))


def save_after(
    connection: Connection, row: Row[Any], study: Study, content: Content, after: int, **said: str
) -> Written:
    """Write what is new in a study since version `after`: what left, and a version if its data changed.

    `said` holds `at`, `note` and, where it is not to be found out, `changed`. Nothing is written where a person
    withdrew since that version was read: they would come back.
    """
    newest = find_version(connection, row, row.newest)
    base = newest if after == row.newest else version_row(connection, row.id, after)
    record = recorded(connection, row.family)
    fresh = not_recorded(study.exports, record)
    held: Mapping[str, Any] = json.loads(newest.outline)
    if _withdrawn(study) < held["withdrawn"]:
        return Written(None, row.newest)
    add_to_record(connection, row.family, fresh)
    name = _name_of(row, base, study)
    if base is not None and base.members == content.members and name == row.name:
        return Written(after, row.newest)
    if base is None or after != row.newest:
        return Written(None, row.newest)
    changed = said.get("changed") or difference(
        {**held, "name": row.name}, {**json.loads(content.outline), "name": name}
    )
    add_version(
        connection, row.id, after + 1, content, name=name, at=said["at"], changed=changed, note=said.get("note", "")
    )
    return Written(after + 1, after + 1)


def delete_study(connection: Connection, row: Row[Any]) -> None:
    """Delete a study with all its versions; the record of what left goes with the last of its family."""
    for table in (parts, versions):
        connection.execute(delete(table).where(table.c.study == row.id))
    connection.execute(delete(studies).where(studies.c.id == row.id))
    if connection.scalar(select(studies.c.id).where(studies.c.family == row.family).limit(1)) is None:
        connection.execute(delete(exports).where(exports.c.family == row.family))
    erasing_is_due(connection)


def erasing_is_due(connection: Connection) -> None:
    """Note that something was deleted of which traces may still be in the file."""
    connection.execute(update(about).values(erase_due=about.c.erase_due + 1))


def line(name: str) -> str:
    """Return a study's name as it is kept, on one line; StorageError where nothing is left of it.

    >>> line(" Pilot\\nNorth ")
    'Pilot North'
    """
    found = " ".join(typed(name).split())[:_LONGEST_NAME]
    if not found:
        raise StorageError(_NO_NAME)
    return found


def view_of(row: Row[Any]) -> dict[str, str]:
    """Return how a study was last looked at; empty where that can not be read any more."""
    try:
        found = json.loads(row.view)
    except ValueError:
        return {}
    return dict(found) if isinstance(found, dict) else {}


def typed(text: str) -> str:
    """Return a text as every database can hold it: without zero bytes and halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()


def _name_of(row: Row[Any], base: Row[Any] | None, study: Study) -> str:
    """The name after a save: who still has the name of the version that they read did not see that it was renamed."""
    name = line(study.name)
    return str(row.name) if base is not None and name == base.name else name


def _withdrawn(study: Study) -> int:
    return sum(n for _, n in study.withdrawn)
