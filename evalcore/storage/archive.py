"""A zip that any program opens, written the same way each time, and read only if it is laid out as it is written here.

The layout leaves nothing to chance: member follows member without a gap, the directory follows the last of them, and
nothing follows the directory. So nothing can overlap, hide between members or be told two ways.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evalcore.errors import UnreadableFileError
from evalcore.storage.checked import damaged

GROWTH = 25
"""How many times its size a file may unpack into; a member that would grow more is written uncompressed."""

FIRST = "manifest.json"
"""The member that stands first: it says what the others are."""

_LARGEST_PLAIN = 2_000_000_000
_MOST_MEMBERS = 10_000
_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_LOCAL_FORM, _CENTRAL_FORM, _END_FORM = "<4sHHHHHIIIHH", "<4sHHHHHHIIIHHHHHII", "<4sHHHHIIH"
_LOCAL_SIZE, _CENTRAL_SIZE, _END_SIZE = map(struct.calcsize, (_LOCAL_FORM, _CENTRAL_FORM, _END_FORM))
_STORED, _DEFLATED = 0, 8
_VERSION = 20  # what a program must know to unpack it: folders and deflate
_NOON = 12 << 11  # 12:00:00
_DAY = ((2020 - 1980) << 9) | (1 << 5) | 1  # 1 January 2020: a file says nothing of when it was written
_ONLY_OWNER = 0o100600 << 16
_UNIX = 3 << 8
_NAME = re.compile(r"(?:[a-z0-9_]+/){0,2}[A-Za-z0-9_ ]+\.(?:json|csv|txt)")
_EMPTY = "The file is empty. Choose the file that was downloaded as a study, or download it again."
_FOREIGN = "This is no study file of this dashboard. Choose the file that was downloaded as a study; it ends in .study."
_OTHER_ZIP = (
    "This is no study file of this dashboard, but another kind of file: a workbook, a document or a folder that was"
    " zipped. Tables are added on the page Add data; a study file ends in .study."
)


@dataclass(frozen=True, repr=False)
class Member:
    """One file inside a study file: `deflated` is the plain bytes in raw deflate."""

    name: str
    size: int
    crc: int
    deflated: bytes

    @classmethod
    def of(cls, name: str, plain: bytes) -> Member:
        """Pack the bytes of a member.

        >>> Member.of("plan.txt", b"plan").size
        4
        """
        return cls.zipped(name, plain, zlib.compress(plain, 6))

    @classmethod
    def zipped(cls, name: str, plain: bytes, packed: bytes) -> Member:
        """Make a member of bytes that are there plain and in zlib: without head and tail that is deflate."""
        return cls(name, len(plain), zlib.crc32(plain), packed[2:-4])


def written(members: Iterable[tuple[Member, bytes]]) -> bytes:
    """Write members, each with its plain bytes, as a zip; the same bytes for the same members.

    >>> read(written([(Member.of("manifest.json", b"{}"), b"{}")]))
    {'manifest.json': b'{}'}
    """
    body, directory, number = bytearray(), bytearray(), 0
    for member, plain in members:
        name = member.name.encode()
        method, data = (_DEFLATED, member.deflated)
        if len(plain) <= len(data) or len(plain) > GROWTH * len(data):
            method, data = _STORED, plain
        shared = (_VERSION, 0, method, _NOON, _DAY, member.crc, len(data), len(plain), len(name), 0)
        place = (0, 0, 0, _ONLY_OWNER, len(body))
        directory += struct.pack(_CENTRAL_FORM, _CENTRAL, _UNIX | _VERSION, *shared, *place) + name
        body += struct.pack(_LOCAL_FORM, _LOCAL, *shared) + name + data
        number += 1
    end = struct.pack(_END_FORM, _END, 0, 0, number, number, len(directory), len(body), 0)
    return bytes(body + directory + end)


def read(data: bytes) -> dict[str, bytes]:
    """Return the plain bytes of each member of a zip that `written` wrote.

    UnreadableFileError for anything else, before more is unpacked than the file says, and that is bounded.
    """
    look_at(data)
    places = _places(data)
    if sum(one.size for one in places.values()) > min(_LARGEST_PLAIN, GROWTH * len(data)):
        raise damaged()
    return {name: _plain(data, one) for name, one in places.items()}


def look_at(data: bytes) -> None:
    """Raise UnreadableFileError, with what it seems to be instead, unless this may be a study file.

    >>> look_at(b"respondent_id,wave")
    Traceback (most recent call last):
        ...
    evalcore.errors.UnreadableFileError: This is no study file of this dashboard. Choose the file that was downloaded \
as a study; it ends in .study.
    """
    if not data:
        raise UnreadableFileError(_EMPTY)
    if not data.startswith((_LOCAL, _END)):
        raise UnreadableFileError(_FOREIGN)
    if data[_LOCAL_SIZE : _LOCAL_SIZE + len(FIRST)] != FIRST.encode():
        raise UnreadableFileError(_OTHER_ZIP)


def first_member(data: bytes) -> bytes:
    """Return the plain bytes of the member that stands first, whatever the rest of the file holds; empty if it can not.

    A newer release may lay out the rest in another way, and is to be told by its manifest.
    """
    if len(data) < _LOCAL_SIZE:
        return b""
    head = struct.unpack(_LOCAL_FORM, data[:_LOCAL_SIZE])
    method, crc, packed, size, length, extra = head[3], *head[6:11]
    if size > GROWTH * packed:
        return b""
    try:
        return _plain(data, _Place(_LOCAL_SIZE + length + extra, packed, size, crc, method))
    except UnreadableFileError:
        return b""


@dataclass(frozen=True)
class _Place:
    """Where the bytes of a member stand, how they are packed, and what they must come to."""

    start: int
    packed: int
    size: int
    crc: int
    method: int


def _places(data: bytes) -> Mapping[str, _Place]:
    """The members as the directory and the head of each say alike, one behind the other."""
    if len(data) < _END_SIZE:
        raise damaged()
    end = struct.unpack(_END_FORM, data[-_END_SIZE:])
    number, length, start = end[3], end[5], end[6]
    if end != (_END, 0, 0, number, number, length, start, 0) or start + length + _END_SIZE != len(data):
        raise damaged()
    if number > _MOST_MEMBERS or length < number * _CENTRAL_SIZE:
        raise damaged()
    places: dict[str, _Place] = {}
    at, here = start, 0
    for _ in range(number):
        name, place, at = _entry(data, at, here)
        if name in places or at > start + length:
            raise damaged()
        places[name] = place
        here = place.start + place.packed
    if at != start + length or here != start:
        raise damaged()
    return places


def _entry(data: bytes, at: int, here: int) -> tuple[str, _Place, int]:
    """One entry of the directory, held against the member's own head, which must stand `here`; and where it ends."""
    if at + _CENTRAL_SIZE > len(data) or here + _LOCAL_SIZE > len(data):
        raise damaged()
    entry = struct.unpack(_CENTRAL_FORM, data[at : at + _CENTRAL_SIZE])
    method, crc, packed, size, length = entry[4], *entry[7:11]
    shared = (_VERSION, 0, method, _NOON, _DAY, crc, packed, size, length, 0)
    if entry != (_CENTRAL, _UNIX | _VERSION, *shared, 0, 0, 0, _ONLY_OWNER, here):
        raise damaged()
    if struct.unpack(_LOCAL_FORM, data[here : here + _LOCAL_SIZE]) != (_LOCAL, *shared):
        raise damaged()
    name = data[at + _CENTRAL_SIZE : at + _CENTRAL_SIZE + length]
    first = here + _LOCAL_SIZE
    if not name.isascii() or not _NAME.fullmatch(name.decode("ascii")) or data[first : first + length] != name:
        raise damaged()
    if not (method == _DEFLATED or (method == _STORED and packed == size)):
        raise damaged()
    return name.decode("ascii"), _Place(first + length, packed, size, crc, method), at + _CENTRAL_SIZE + length


def _plain(data: bytes, place: _Place) -> bytes:
    plain = data[place.start : place.start + place.packed]
    if place.method == _DEFLATED:
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            plain = unpacker.decompress(plain, place.size + 1)
        except zlib.error:
            raise damaged() from None
        if not unpacker.eof or unpacker.unused_data:
            raise damaged()
    if len(plain) != place.size or zlib.crc32(plain) != place.crc:
        raise damaged()
    return plain
