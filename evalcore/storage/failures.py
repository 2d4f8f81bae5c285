"""What a database says when it fails, in words for a person. No message of the database itself is passed on."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from evalcore.errors import StorageError

STILL_OPEN = "Your work is still open: download it as a study file."

FULL = f"The disk is full, so nothing was saved. {STILL_OPEN} Then make room and save again."
READ_ONLY = f"The folder where studies are kept can not be written to, so nothing was saved. {STILL_OPEN}"
LOCKED = (
    "Another window or program is using the place where studies are kept, so nothing was saved or read."
    f" {STILL_OPEN} Or try again in a moment."
)
NO_ACCESS = (
    f"The place where studies are kept can not be opened. {STILL_OPEN} Then look whether the folder may be used."
)
DAMAGED = (
    "The file in which studies are kept is damaged, or is something else. It was left as it is."
    f" {STILL_OPEN} Then put back a copy of that file from a backup, or move it away."
)
BROKE_OFF = (
    "The disk did not take what was to be saved: it may be full, or have been taken away. Nothing was saved."
    f" {STILL_OPEN}"
)
OTHER = f"The place where studies are kept can not be used just now. {STILL_OPEN}"

_BY_CODE = {
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_BUSY: LOCKED,
    sqlite3.SQLITE_LOCKED: LOCKED,
    sqlite3.SQLITE_CANTOPEN: NO_ACCESS,
    sqlite3.SQLITE_PERM: NO_ACCESS,
    sqlite3.SQLITE_AUTH: NO_ACCESS,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
    sqlite3.SQLITE_IOERR: BROKE_OFF,
}
_BY_NUMBER = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: BROKE_OFF,
    errno.EIO: BROKE_OFF,
    errno.EROFS: READ_ONLY,
}


def told(error: Exception) -> StorageError:
    """Return the error for a person that stands for one of the database or the operating system.

    >>> str(told(OSError(errno.ENOSPC, "some words of the system")))[:17]
    'The disk is full,'
    """
    original = getattr(error, "orig", None) or error
    if isinstance(original, OSError):
        return StorageError(_BY_NUMBER.get(original.errno or 0, NO_ACCESS))
    code = getattr(original, "sqlite_errorcode", None)
    return StorageError(OTHER if code is None else _BY_CODE.get(code & 0xFF, OTHER))


@contextmanager
def in_words() -> Iterator[None]:
    """Turn every failure of the database inside into a StorageError; the failure itself is not chained.

    >>> with in_words():
    ...     raise sqlite3.OperationalError("near an identifier: syntax error")
    Traceback (most recent call last):
        ...
    evalcore.errors.StorageError: The place where studies are kept can not be used just now. Your work is still open: \
download it as a study file.
    """
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise told(error) from None
