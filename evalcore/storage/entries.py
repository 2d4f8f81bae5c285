"""What is kept, as a list for a person: studies and their versions. No study is loaded for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, func, select

from evalcore.errors import StorageError
from evalcore.storage.schema import parts, studies, versions

_NO_TIME = "The time of a version has to be a date and time with its offset from UTC."


@dataclass(frozen=True)
class Head:
    """The newest version of a study, and how many files are in the record of what left it and its copies.

    `withdrawals` counts how often a person was taken out of what is kept: the numbers of the versions stay the same.
    """

    version: int
    exports: int
    withdrawals: int = 0


@dataclass(frozen=True)
class Entry:
    """One study that is kept: its newest version, how many bytes it takes, and when it is deleted by itself.

    `deleted_on` is a date in ISO 8601; None where no age was set.
    """

    study_id: str
    name: str
    kept_at: str
    saved_at: str
    version: int
    size: int
    delete_after_days: int | None
    deleted_on: str | None


@dataclass(frozen=True)
class Version:
    """One version of a study: what changed, in words, the note that somebody wrote, and its size in bytes."""

    number: int
    saved_at: str
    changed: str
    note: str
    size: int


def listing(connection: Connection, owner: str) -> tuple[Entry, ...]:
    """Return the studies of one owner, the last saved first."""
    sizes = select(parts.c.study, func.sum(parts.c.packed_size).label("size")).group_by(parts.c.study).subquery()
    wanted = select(studies, sizes.c.size).outerjoin(sizes, sizes.c.study == studies.c.id)
    found = [
        Entry(
            row.id,
            row.name,
            row.kept_at,
            row.saved_at,
            row.newest,
            int(row.size or 0),
            row.delete_after_days,
            last_day(row.saved_at, row.delete_after_days),
        )
        for row in connection.execute(wanted.where(studies.c.owner == owner))
    ]
    return tuple(sorted(found, key=lambda entry: (moment(entry.saved_at), entry.study_id), reverse=True))


def history(connection: Connection, study_id: str) -> tuple[Version, ...]:
    """Return the versions of a study, the newest first."""
    wanted = select(versions.c.number, versions.c.saved_at, versions.c.changed, versions.c.note, versions.c.size).where(
        versions.c.study == study_id
    )
    return tuple(Version(*row) for row in connection.execute(wanted.order_by(versions.c.number.desc())))


def moment(at: str) -> datetime:
    """Return a time that was written in ISO 8601; StorageError for one that is none, or says no offset from UTC.

    >>> moment("2026-05-03T09:00:00+00:00").hour
    9
    """
    try:
        found = datetime.fromisoformat(at)
    except ValueError:
        raise StorageError(_NO_TIME) from None
    if found.tzinfo is None:
        raise StorageError(_NO_TIME)
    return found


def last_day(saved_at: str, days: int | None) -> str | None:
    """Return the date on which a study is deleted; None where it has no age.

    >>> last_day("2026-05-03T09:00:00+00:00", 30)
    '2026-06-02'
    """
    return None if days is None else due_on(saved_at, days).isoformat()


def due_on(saved_at: str, days: int) -> date:
    """Return the date that lies so many days after the last save."""
    return moment(saved_at).date() + timedelta(days=days)
