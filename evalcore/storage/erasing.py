"""Deleting so that nothing stays in the database's files."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine, select, update

from evalcore.storage.engine import database_file, transaction
from evalcore.storage.failures import in_words
from evalcore.storage.schema import about

_BLOCK = bytes(1 << 20)


def erase(engine: Engine) -> None:
    """Overwrite what deleted studies and people left in the database's files; nothing is done where nothing is due.

    SQLite overwrites deleted content with zeros as it deletes (`secure_delete`). Here the whole file is then built
    anew (`VACUUM`, its copy held in memory), and the journal, which holds what stood in the file before, is overwritten
    with zeros. Until all of that is done the database says that it is due, and it is repeated.

    What this can not promise: a solid-state disk may write zeros elsewhere and keep the old block for a while; the
    file system may keep blocks that the file has let go of, copies in a journal of its own, or snapshots; and copies
    that somebody made, or a backup made, are beyond reach. An encrypted disk covers the first three. On a database
    server, overwriting is a matter for whoever runs it.

    Raises
    ------
    StorageError
        If the disk is full, or another window does not let go of the database. What was deleted stays deleted.
    """
    with transaction(engine, write=False) as connection:
        due = connection.scalar(select(about.c.erase_due))
    if not due:
        return
    file = database_file(engine)
    if file is not None:
        _overwrite(engine, file)
    with transaction(engine, write=True) as connection:
        connection.execute(update(about).where(about.c.erase_due == due).values(erase_due=0))


def _overwrite(engine: Engine, file: Path) -> None:
    with in_words(), closing(engine.raw_connection()) as connection:
        connection.cursor().execute("VACUUM")
    with in_words(), closing(engine.raw_connection()) as connection:
        connection.cursor().execute("BEGIN EXCLUSIVE")  # nobody else may begin a journal meanwhile
        try:
            _with_zeros(file.with_name(f"{file.name}-journal"))
        finally:
            connection.rollback()


def _with_zeros(journal: Path) -> None:
    """From its start: a journal that begins with a zero is one that nobody follows any more."""
    try:
        handle = os.open(journal, os.O_RDWR | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        return
    with open(handle, "r+b", buffering=0) as opened:
        left = os.fstat(handle).st_size
        while left > 0:
            left -= opened.write(_BLOCK[:left])
        os.fsync(handle)
        opened.truncate(0)
        os.fsync(handle)
