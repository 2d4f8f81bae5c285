"""The tables in which studies are kept, and how a database of an earlier schema becomes one of this."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    insert,
    inspect,
    select,
    update,
)

from evalcore.errors import StorageError
from evalcore.storage.engine import transaction
from evalcore.storage.failures import STILL_OPEN

metadata = MetaData()

about = Table(
    "evaluation_dashboard",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("erase_due", Integer, nullable=False),  # deletions of which traces may still be in the file
)
"""One row: which schema this is."""

studies = Table(
    "studies",
    metadata,
    Column("id", Text, primary_key=True),
    Column("owner", Text, nullable=False, index=True),
    Column("family", Text, nullable=False, index=True),  # a study and its copies
    Column("name", Text, nullable=False),
    Column("kept_at", Text, nullable=False),
    Column("saved_at", Text, nullable=False),
    Column("delete_after_days", Integer),
    Column("newest", Integer, nullable=False),
    Column("withdrawals", Integer, nullable=False),  # how often a person was taken out of what is kept
    Column("view", Text, nullable=False),
)
"""One row a study, newest version and all; a listing needs nothing else."""

versions = Table(
    "versions",
    metadata,
    Column("study", Text, ForeignKey("studies.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("saved_at", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("changed", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("outline", Text, nullable=False),  # what the next version is held against, to say what changed
    Column("members", Text, nullable=False),  # the name of each part and its digest
    Column("checksum", Text, nullable=False),
)
"""One row a version; its content stands in `parts`."""

parts = Table(
    "parts",
    metadata,
    Column("study", Text, ForeignKey("studies.id"), primary_key=True),
    Column("digest", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("packed_size", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
"""What versions are made of; a part that several versions of a study share is here once."""

exports = Table(
    "exports",
    metadata,
    Column("family", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("content", Text, nullable=False),
    Column("checksum", Text, nullable=False),
)
"""What has left a study or one of its copies, in order; rows are only ever added, or a person taken out of them."""

_NOT_OURS = (
    "The database holds something else than studies of this dashboard. It was left as it is."
    f" {STILL_OPEN} Then name another folder or database for studies, and start again."
)
_NEWER = (
    "The studies on this machine were kept by a newer version of this dashboard. They were left as they are."
    f" {STILL_OPEN} Then start the newer version."
)


def _first(connection: Connection) -> None:
    metadata.create_all(connection, checkfirst=False)
    connection.execute(insert(about).values(id=1, version=0, erase_due=0))


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (_first,)
"""Step n makes schema n + 1 of schema n; schema 0 is an empty database. A step that was released is never changed: it
keeps tables of its own once `metadata` has moved on, and a database of its schema stays among the tests' fixtures."""


def version_of(connection: Connection) -> int:
    """Return the schema of a database: 0 where it is empty.

    Raises
    ------
    StorageError
        If it is not ours, or of a newer schema than is known here.
    """
    there = set(inspect(connection).get_table_names())
    if not there:
        return 0
    found = connection.scalar(select(about.c.version)) if about.name in there else None
    if not isinstance(found, int) or found < 1:
        raise StorageError(_NOT_OURS)
    if found > len(MIGRATIONS):
        raise StorageError(_NEWER)
    return found


def bring_up_to_date(engine: Engine) -> None:
    """Take every step that is due, each in a transaction of its own: one that fails leaves the database as it was."""
    version = -1
    while version < len(MIGRATIONS):
        with transaction(engine, write=True) as connection:
            version = version_of(connection)
            if version < len(MIGRATIONS):
                MIGRATIONS[version](connection)
                version += 1
                connection.execute(update(about).values(version=version))
