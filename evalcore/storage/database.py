"""One database: made when something is first written, brought up to date when it is first used, checked each time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import URL, Connection, select

from evalcore.errors import StorageError
from evalcore.storage.engine import HASTE, engine_for, is_there, make_file, transaction
from evalcore.storage.erasing import erase
from evalcore.storage.failures import STILL_OPEN
from evalcore.storage.schema import MIGRATIONS, about, bring_up_to_date, version_of

_OTHER_SCHEMA = (
    "The place where studies are kept was changed by another version of this dashboard meanwhile. It was left as it is."
    f" {STILL_OPEN} Then start the dashboard again."
)
_TRACES = (
    "It is deleted, but its traces on the disk could not be overwritten yet: another window was using the place where"
    " studies are kept, or the disk is full. That is done when studies are next opened."
)


class Database:
    """The database of a URL. Nothing is opened or made by naming it, and no connection is held between two calls."""

    def __init__(self, url: str | URL) -> None:
        self._engine = engine_for(url)
        file = self._engine.dialect.name == "sqlite"  # another database keeps nobody who only looks waiting
        self._hasty = engine_for(url, patience=HASTE) if file else self._engine
        self._ready = False

    def opened(self, *, write: bool = False, hasty: bool = False) -> bool:
        """Return whether there is a database with studies; with `write` it is made where there is none.

        One of an earlier schema is brought up to date. An erasing that did not come to its end is repeated once.
        `hasty`: as in `transaction`.
        """
        if not is_there(self._engine):
            self._ready = False
            if not write:
                return False
            make_file(self._engine)
        if not self._ready:
            with transaction(self._hasty if hasty else self._engine, write=False) as connection:
                version = version_of(connection)
            if version == 0 and not write:
                return False
            if version < len(MIGRATIONS):
                bring_up_to_date(self._engine)
            self._ready = True
            with suppress(StorageError):  # where another window is at work it is done at the next opening
                erase(self._engine)
        return True

    @contextmanager
    def transaction(self, *, write: bool = False, hasty: bool = False) -> Iterator[Connection]:
        """One transaction: all of it happens or nothing. Only while the schema is the one that is known here.

        `hasty` takes a look only, and does not wait long where another window is writing.
        """
        with transaction(self._hasty if hasty else self._engine, write=write) as connection:
            if connection.scalar(select(about.c.version)) != len(MIGRATIONS):
                self._ready = False
                raise StorageError(_OTHER_SCHEMA)
            yield connection

    def erase(self) -> None:
        """Overwrite what was deleted; StorageError where that could not be done now; the deleting stands."""
        try:
            erase(self._engine)
        except StorageError:
            self._ready = False  # so that it is tried again
            raise StorageError(_TRACES) from None
