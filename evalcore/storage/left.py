"""The record of what has left a family of studies: one for a study and all its copies, only ever added to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha256

from sqlalchemy import Connection, delete, func, insert, select

from evalcore.errors import StorageError, UnreadableFileError
from evalcore.leaving import Export
from evalcore.storage.checked import parsed, written
from evalcore.storage.failures import STILL_OPEN
from evalcore.storage.records import exports_record, read_exports
from evalcore.storage.schema import exports

_DAMAGED = (
    "The record of what has left this study is damaged, so it can not be said what may leave now."
    f" {STILL_OPEN} Then put back a copy of the kept studies from a backup."
)


def recorded(connection: Connection, family: str) -> tuple[Export, ...]:
    """Return everything that left, in order; StorageError where the record is damaged."""
    wanted = select(exports.c.number, exports.c.content, exports.c.checksum).where(exports.c.family == family)
    rows = list(connection.execute(wanted.order_by(exports.c.number)))
    if [row.number for row in rows] != list(range(1, len(rows) + 1)):
        raise StorageError(_DAMAGED)
    return tuple(_read(family, *row) for row in rows)


def count_recorded(connection: Connection, family: str) -> int:
    """Return how many files are in the record."""
    found = connection.scalar(select(func.count()).where(exports.c.family == family))
    return int(found or 0)


def add_to_record(connection: Connection, family: str, more: Sequence[Export]) -> None:
    """Write more files at the end of the record."""
    if not more:
        return
    last = connection.scalar(select(func.max(exports.c.number)).where(exports.c.family == family)) or 0
    rows = []
    for number, export in enumerate(more, start=last + 1):
        content = _content(export)
        rows.append({"family": family, "number": number, "content": content, "checksum": _sum(family, number, content)})
    connection.execute(insert(exports), rows)


def write_record_again(connection: Connection, family: str, whole: Sequence[Export]) -> None:
    """Put another record in the place of the one that is there: a person was taken out of it."""
    connection.execute(delete(exports).where(exports.c.family == family))
    add_to_record(connection, family, whole)


def not_recorded(held: Iterable[Export], record: Iterable[Export]) -> tuple[Export, ...]:
    """Return the exports of a study that are not in the record yet, in order.

    >>> one, other = Export("a", "share"), Export("b", "share")
    >>> not_recorded((one, other), (one,)) == (other,)
    True
    """
    known = Counter(record)
    fresh = []
    for export in held:
        if known[export]:
            known[export] -= 1
        else:
            fresh.append(export)
    return tuple(fresh)


def _content(export: Export) -> str:
    return written(exports_record([export])).decode()


def _read(family: str, number: int, content: str, checksum: str) -> Export:
    if checksum != _sum(family, number, content):
        raise StorageError(_DAMAGED)
    try:
        (export,) = read_exports(parsed(content.encode()))
    except (UnreadableFileError, ValueError):
        raise StorageError(_DAMAGED) from None
    return export


def _sum(family: str, number: int, content: str) -> str:
    return sha256(f"{family} {number} {content}".encode()).hexdigest()
