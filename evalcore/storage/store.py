"""The database in which studies are kept: SQLite in the user's data folder, or any other by its URL."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Row, select, update

from evalcore.errors import SavedElsewhereError, StorageError
from evalcore.storage.changes import FIRST, what_changed
from evalcore.storage.content import Content, read_version, study_of
from evalcore.storage.database import Database
from evalcore.storage.entries import Entry, Head, Version, due_on, history, listing, moment
from evalcore.storage.folder import DATABASE, default_folder
from evalcore.storage.going_back import gone_back
from evalcore.storage.left import add_to_record, count_recorded, recorded
from evalcore.storage.schema import studies, versions
from evalcore.storage.writing import (
    add_version,
    copy_version,
    create_study,
    delete_study,
    find_study,
    find_version,
    line,
    not_kept,
    save_after,
    typed,
    view_of,
)
from evalcore.study import Study

__all__ = ["Entry", "Head", "Store", "Version", "default_folder", "what_changed"]

_COPIED = "Copied from another study"
_NO_AGE = "The age after which a study is deleted has to be a whole number of days, 1 or more."
_OLDEST = 36_500


class Store:
    """Studies that are kept, each as a row of versions. Every method is one transaction: all of it happens or nothing.

    Nothing is made on the disk before the first study is kept. Every method raises StorageError, with a sentence that
    says what to do, where the database can not be used or has no such study; what is open in a window is not touched.

    Parameters
    ----------
    url : str or URL
        As SQLAlchemy reads it: `sqlite:////folder/studies.sqlite`.
    owner : str
        Whose studies: those of others are as if they were not there.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     store = Store.in_folder(Path(folder))
    ...     kept = store.keep(Study.empty("Pilot"), at="2026-05-03T09:00:00+00:00")
    ...     store.open(kept).name, store.head(kept).version
    ('Pilot', 1)
    """

    def __init__(self, url: str | URL, *, owner: str = "") -> None:
        self._database = Database(url)
        self._owner = owner

    @classmethod
    def in_folder(cls, folder: Path, *, owner: str = "") -> Store:
        """Return the store in a folder, which need not be there: it is made, for this user alone, on the first write.

        >>> Store.in_folder(Path("no-such-folder")).entries()
        ()
        """
        return cls(URL.create("sqlite", database=str(Path(folder).absolute() / DATABASE)), owner=owner)

    def keep(self, study: Study, *, at: str, view: Mapping[str, str] | None = None) -> str:
        """Keep a study that was not kept; return its identifier, which is random and means nothing to anyone else.

        `at` is the time in ISO 8601 with its offset from UTC.
        """
        moment(at)
        content = Content.of(study)
        self._database.opened(write=True)
        with self._database.transaction(write=True) as connection:
            said = {"owner": self._owner, "name": study.name, "at": at, "view": json.dumps(dict(view or {}))}
            study_id = create_study(connection, family=None, **said)
            row = find_study(connection, self._owner, study_id)
            add_version(connection, study_id, 1, content, name=row.name, at=at, changed=FIRST, note="")
            add_to_record(connection, row.family, study.exports)
        return study_id

    def save(self, study_id: str, study: Study, *, after: int, at: str, note: str = "") -> int:
        """Save a study as a new version after the one that it was read from; return the new version's number.

        Where nothing changed since, that is `after` itself. What left is added to the record of the study and its
        copies, whoever saved meanwhile, and makes no version.

        Raises
        ------
        SavedElsewhereError
            If another window saved meanwhile, or took out a person who is still in this study: nothing is overwritten.
        """
        return self._save(study_id, study, after, at=at, note=note)

    def open(self, study_id: str, version: int | None = None) -> Study:
        """Return a study as it is kept, in its newest version or another, with everything that left up to now.

        Every part is held against its checksum; StorageError names the version where one is damaged.
        """
        with self._study(study_id) as (connection, row):
            found = find_version(connection, row, row.newest if version is None else version)
            plain, left = read_version(connection, found), recorded(connection, row.family)
        return study_of(plain, found.number).beside(name=row.name, exports=left)

    def head(self, study_id: str) -> Head:
        """Return the number of the newest version and how many files are recorded as having left; quick."""
        with self._study(study_id, hasty=True) as (connection, row):
            return Head(row.newest, count_recorded(connection, row.family), row.withdrawals)

    def entries(self) -> tuple[Entry, ...]:
        """Return what is kept, the last saved first; nothing where nothing was ever kept."""
        if not self._database.opened(hasty=True):
            return ()
        with self._database.transaction(hasty=True) as connection:
            return listing(connection, self._owner)

    def versions(self, study_id: str) -> tuple[Version, ...]:
        """Return the versions of a study, the newest first."""
        with self._study(study_id, hasty=True) as (connection, row):
            return history(connection, row.id)

    def annotate(self, study_id: str, version: int, note: str) -> None:
        """Write a note on a version, in the place of the one that it has."""
        with self._study(study_id, write=True) as (connection, row):
            found = find_version(connection, row, version)
            here = (versions.c.study == row.id, versions.c.number == found.number)
            connection.execute(update(versions).where(*here).values(note=typed(note)))

    def rename(self, study_id: str, name: str) -> None:
        """Give a study another name, in all its versions; that is no version of its own."""
        self._change(study_id, name=line(name))

    def copy(self, study_id: str, name: str, *, at: str) -> str:
        """Keep the newest version once more, under another name; return the copy's identifier.

        The copy is of the same family: what one of them left has left them all.
        """
        moment(at)
        with self._study(study_id, write=True) as (connection, row):
            newest = find_version(connection, row, row.newest)
            taken = {"view": row.view, "withdrawals": row.withdrawals, "delete_after_days": row.delete_after_days}
            copied = create_study(connection, owner=self._owner, name=name, at=at, family=row.family, **taken)
            copy_version(connection, newest, copied, name=line(name), at=at, changed=_COPIED)
        return copied

    def delete(self, study_id: str) -> None:
        """Delete a study with all its versions, and overwrite what it left in the database's files.

        StorageError where the overwriting could not be done now: the study is deleted all the same, and the
        overwriting is done when studies are next opened.
        """
        with self._study(study_id, write=True) as (connection, row):
            delete_study(connection, row)
        self._database.erase()

    def go_back(self, study_id: str, version: int, *, after: int, at: str) -> int:
        """Save an earlier version's data, decisions, rival explanations and notes as a new version; return its number.

        What left, a plan that was fixed, thresholds, exceptions, withdrawals and files that have been seen stay.
        SavedElsewhereError as in `save`.
        """
        now, old = self.open(study_id, after), self.open(study_id, version)
        return self._save(study_id, gone_back(now, old), after, at=at, changed=f"Went back to version {version}")

    def set_age(self, study_id: str, days: int | None) -> None:
        """Set after how many days without a save a study is deleted by `delete_overdue`; None: never."""
        if days is not None and (isinstance(days, bool) or not isinstance(days, int) or not 1 <= days <= _OLDEST):
            raise StorageError(_NO_AGE)
        self._change(study_id, delete_after_days=days)

    def delete_overdue(self, today: date) -> int:
        """Delete every study whose age is reached, as `delete` does; return how many."""
        if not any(entry.deleted_on and entry.deleted_on <= today.isoformat() for entry in self.entries()):
            return 0
        with self._database.transaction(write=True) as connection:
            aged = select(studies).where(studies.c.owner == self._owner, studies.c.delete_after_days.is_not(None))
            rows = list(connection.execute(aged.with_for_update()))
            due = [row for row in rows if due_on(row.saved_at, row.delete_after_days) <= today]
            for row in due:
                delete_study(connection, row)
        self._database.erase()
        return len(due)

    def withdraw(self, study_id: str, role: str | None, respondent_id: str) -> int:
        """Take a person out of every version of a study and its copies, in place; return how many versions held them.

        Versions keep their number, time, words and note. In the record of what left the person is replaced; views and
        notes are cleared of the identifier. It happens to all of them or to none; then what the person left in the
        database's files is overwritten, with StorageError as in `delete`.
        """
        from evalcore.storage.withdrawing import Withdrawal
        from evalcore.withdrawal import Person

        withdrawal = Withdrawal(Person(role, respondent_id))
        with self._study(study_id) as (connection, row):
            withdrawal.prepare(connection, row)
        with self._study(study_id, write=True) as (connection, row):
            touched = withdrawal.carry_out(connection, row)
        self._database.erase()
        return touched

    def save_view(self, study_id: str, view: Mapping[str, str]) -> None:
        """Remember how a study is looked at; nothing is written where that is known already."""
        if self.view(study_id) != dict(view):
            self._change(study_id, view=json.dumps(dict(view)))

    def view(self, study_id: str) -> dict[str, str]:
        """Return how a study was last looked at; empty where that was never remembered."""
        with self._study(study_id, hasty=True) as (_, row):
            return view_of(row)

    def _save(self, study_id: str, study: Study, after: int, *, at: str, **said: str) -> int:
        moment(at)
        content = Content.of(study)
        with self._study(study_id, write=True) as (connection, row):
            written = save_after(connection, row, study, content, after, at=at, **said)
        if written.number is None:
            raise SavedElsewhereError(written.newest)
        return written.number

    def _change(self, study_id: str, **values: Any) -> None:
        with self._study(study_id, write=True) as (connection, row):
            connection.execute(update(studies).where(studies.c.id == row.id).values(**values))

    @contextmanager
    def _study(
        self, study_id: str, *, write: bool = False, hasty: bool = False
    ) -> Iterator[tuple[Connection, Row[Any]]]:
        """One transaction on one study of this owner."""
        if not self._database.opened(hasty=hasty):
            raise not_kept()
        with self._database.transaction(write=write, hasty=hasty) as connection:
            yield connection, find_study(connection, self._owner, study_id, lock=write)
