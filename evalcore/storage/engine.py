"""The way to the database. What only SQLite needs is here and in `erasing.py`; another database needs only its URL."""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from evalcore.errors import StorageError
from evalcore.storage.failures import in_words

_QUIET: dict[str, Any] = {"hide_parameters": True, "logging_name": "studies"}
logging.getLogger("sqlalchemy.engine.Engine.studies").setLevel(logging.WARNING)  # rows would be written at DEBUG

PATIENCE = 5.0
"""Seconds to wait for another window that is writing."""

HASTE = 0.5
"""Seconds to wait where only a look is taken, as each time that a page is drawn."""

SETTINGS = (
    "foreign_keys=ON",
    "synchronous=FULL",  # saved means: on the disk
    "secure_delete=ON",  # what is deleted is overwritten in the file
    "journal_mode=PERSIST",  # one journal, used again and again, that can be overwritten at the end
    "temp_store=MEMORY",  # nothing of a study goes into a temporary file
    "trusted_schema=OFF",
    "cell_size_check=ON",  # a damaged file is noticed, not followed
)
"""What each connection to SQLite is told first."""

# Closing a file lets go of every lock that this process holds on it, so nobody may connect while it is being made.
_MAKING = Lock()

_NO_ADDRESS = "The address of the database is not one that can be used. Look at what was set, and start again."


def engine_for(url: str | URL, *, patience: float = PATIENCE) -> Engine:
    """Return the engine for a database's URL; nothing is opened or made yet.

    For SQLite the URL may say `?mode=ro` (only look) and `?timeout=0.5` (seconds to wait for another writer, in the
    place of `patience`). No connection is held: nothing stays locked between two calls. Values are kept out of every
    message and log.

    Raises
    ------
    StorageError
        If the URL can not be understood, or the library for that kind of database is not installed.

    Examples
    --------
    >>> engine_for("sqlite:///studies.sqlite").dialect.name
    'sqlite'
    """
    try:
        address = make_url(url)
        if address.get_backend_name() != "sqlite":
            return create_engine(address, **_QUIET)
        return _sqlite(address, patience)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError, ValueError):
        raise StorageError(_NO_ADDRESS) from None


def database_file(engine: Engine) -> Path | None:
    """Return the file of an SQLite database; None for a database that is no file of ours.

    >>> database_file(engine_for("sqlite:///studies.sqlite")).name
    'studies.sqlite'
    """
    if engine.dialect.name != "sqlite":
        return None
    return Path(str(engine.url.database)).absolute()


def is_there(engine: Engine) -> bool:
    """Return whether there is a database at all; StorageError where that can not be found out.

    >>> is_there(engine_for("sqlite:///no-such-folder/studies.sqlite"))
    False
    """
    file = database_file(engine)
    if file is None:
        return True
    with in_words(), _MAKING:
        try:
            file.stat()
        except (FileNotFoundError, NotADirectoryError):
            return False
    return True


def make_file(engine: Engine) -> None:
    """Make the folder and an empty file that only this user may read; a file that is there is left alone."""
    file = database_file(engine)
    if file is None:
        return
    with in_words(), _MAKING:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            return


@contextmanager
def transaction(engine: Engine, *, write: bool) -> Iterator[Connection]:
    """One transaction: all of it or nothing. Failures of the database come as StorageError, in words."""
    with in_words(), engine.connect() as connection:
        told = connection.execution_options(write=write)
        with told.begin():
            yield told


def _sqlite(address: URL, patience: float) -> Engine:
    if not address.database or address.database == ":memory:":
        raise StorageError(_NO_ADDRESS)
    wanted = {"mode": "rw", "timeout": str(patience), **address.query}
    creator = partial(_connected, Path(address.database).absolute(), str(wanted["mode"]), float(str(wanted["timeout"])))
    plain = address.set(query={})
    engine = create_engine(plain, creator=creator, poolclass=NullPool, **_QUIET)
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _connected(file: Path, mode: str, patience: float) -> sqlite3.Connection:
    """By URI, for only so can SQLite be kept from making a file that is not there."""
    path = file.as_posix()
    start = "file://" if path.startswith("/") else "file:///"
    uri = f"{start}{quote(os.fsencode(path))}?mode={mode}"
    return sqlite3.connect(uri, uri=True, timeout=patience, isolation_level=None, check_same_thread=False)


def _set_up(connection: Any, _record: Any) -> None:
    with closing(connection.cursor()) as cursor:
        for setting in SETTINGS:
            cursor.execute(f"PRAGMA {setting}")


def _begin(connection: Connection) -> None:
    """Take the right to write at once: two who read first and write then would stand in each other's way."""
    write = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
