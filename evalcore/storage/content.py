"""What one version consists of: its parts, each stored once over all versions, and the way back to a study."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from evalcore.errors import StorageError, UnreadableFileError
from evalcore.storage.changes import outline
from evalcore.storage.failures import STILL_OPEN
from evalcore.storage.packing import Part, pack, unpack
from evalcore.storage.schema import parts, versions
from evalcore.study import Study

_NAMELESS = "study"


@dataclass(frozen=True, eq=False, repr=False)
class Content:
    """A study made ready to be written: what a version holds, without the name and the exports, which all share."""

    held: Mapping[str, Part]
    outline: str

    @classmethod
    def of(cls, study: Study) -> Content:
        """Pack a study; what of it was packed before is not packed again."""
        bare = study.beside(name=_NAMELESS, exports=())
        return cls({part.name: part for part in pack(bare)}, json.dumps(outline(study)))

    @cached_property
    def members(self) -> str:
        """The name of each part and its digest, as text."""
        return json.dumps({name: part.digest for name, part in sorted(self.held.items())})

    @property
    def size(self) -> int:
        """Bytes that the parts take."""
        return sum(len(part.packed) for part in self.held.values())


def write_parts(connection: Connection, study_id: str, content: Content) -> None:
    """Write the parts that are not there yet, and those anew that are not as they were written any more.

    A version shares parts with earlier ones: damage to one of them would else be damage to what is saved now.
    """
    needed = {part.digest: part for part in content.held.values()}
    here = (parts.c.study == study_id, parts.c.digest.in_(list(needed)))
    for digest, size, data in connection.execute(select(parts.c.digest, parts.c.size, parts.c.data).where(*here)):
        if data == needed[digest].packed or _plain(digest, size, data) is not None:
            del needed[digest]
    connection.execute(delete(parts).where(parts.c.study == study_id, parts.c.digest.in_(list(needed))))
    for digest, part in needed.items():
        row = {"size": part.size, "packed_size": len(part.packed), "data": part.packed}
        connection.execute(insert(parts).values(study=study_id, digest=digest, **row))


def drop_unused_parts(connection: Connection, study_id: str) -> None:
    """Delete the parts of a study that no version of it needs any more."""
    needed: set[str] = set()
    for members in connection.scalars(select(versions.c.members).where(versions.c.study == study_id)):
        needed.update(json.loads(members).values())
    there = set(connection.scalars(select(parts.c.digest).where(parts.c.study == study_id)))
    for digest in there - needed:
        connection.execute(delete(parts).where(parts.c.study == study_id, parts.c.digest == digest))


def read_version(connection: Connection, version: Row[Any]) -> dict[str, bytes]:
    """Return the parts of one version, each held against its digest.

    Raises
    ------
    StorageError
        If anything of it is not as it was written; the sentence names the version.
    """
    check_row(version)
    members: dict[str, str] = json.loads(version.members)
    wanted = select(parts.c.digest, parts.c.size, parts.c.data).where(
        parts.c.study == version.study, parts.c.digest.in_(set(members.values()))
    )
    plain = {}
    for digest, size, data in connection.execute(wanted):
        plain[digest] = _plain(digest, size, data)
    if None in plain.values() or not plain.keys() >= set(members.values()):
        raise damaged(version.number)
    return {name: found for name, digest in members.items() if (found := plain[digest]) is not None}


def study_of(found: Mapping[str, bytes], number: int) -> Study:
    """Return the study that the parts of a version make; its name and its exports are the caller's."""
    try:
        return unpack(found)
    except UnreadableFileError:
        raise damaged(number) from None


def check_row(version: Row[Any]) -> None:
    """Raise StorageError where a version's row does not say what was written."""
    if version.checksum != checksum_of(version.study, version.number, dict(version._mapping)):
        raise damaged(version.number)


def checksum_of(study_id: str, number: int, row: Mapping[str, Any]) -> str:
    """Return the SHA-256 over what a version's row says, its note left out, which may be changed."""
    said = [study_id, number, *(row[name] for name in ("saved_at", "name", "changed", "size", "outline", "members"))]
    return sha256(json.dumps(said).encode()).hexdigest()


def damaged(number: int) -> StorageError:
    """Return the error for a version of which something is not as it was written."""
    return StorageError(
        f"Version {number} of this study is damaged where it is kept, so it was not opened. {STILL_OPEN}"
        " Other versions of it can still be opened."
    )


def _plain(digest: str, size: int, data: bytes) -> bytes | None:
    """The plain bytes of a part; None where they are not those that were written."""
    unpacking = zlib.decompressobj()
    try:
        plain = unpacking.decompress(data, size + 1)
    except zlib.error:
        return None
    return plain if len(plain) == size and sha256(plain).hexdigest() == digest else None
