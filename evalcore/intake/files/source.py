"""Where a file comes from: a path, bytes or a file object, turned into bytes with a name, within limits."""

from __future__ import annotations

import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO

from evalcore.errors import UnreadableFileError

Source = str | os.PathLike[str] | bytes | bytearray | memoryview | IO[bytes] | IO[str]


@dataclass(frozen=True)
class Limits:
    """How large a file may be. `cells` and `unpacked` bound what a small archive may grow into."""

    size: int = 512_000_000
    rows: int = 6_000_000
    columns: int = 2_000
    cells: int = 20_000_000
    unpacked: int = 1_000_000_000


LIMITS = Limits()


@dataclass(frozen=True)
class FileBytes:
    """The bytes of one file, its name for a reader, and their SHA-256."""

    name: str
    data: bytes
    digest: str


def read_source(source: Source, name: str | None = None, limits: Limits = LIMITS) -> FileBytes:
    """Fetch the bytes of `source`; UnreadableFileError where there is no such file, or it is too large or empty.

    >>> read_source(b"a,b", "x.csv").name
    'x.csv'
    """
    data, given = _bytes_and_name(source, limits)
    if len(data) > limits.size:
        raise UnreadableFileError(_too_large(limits))
    if not data.strip(b"\x00 \t\r\n"):
        raise UnreadableFileError("The file is empty. Export it again and check that it holds a heading line and rows.")
    return FileBytes(name or given, data, sha256(data).hexdigest())


def _bytes_and_name(source: Source, limits: Limits) -> tuple[bytes, str]:
    if isinstance(source, bytes | bytearray | memoryview):
        return bytes(source), "file"
    if isinstance(source, str | os.PathLike):
        return _from_path(Path(source), limits)
    if hasattr(source, "seek") and source.seekable():
        source.seek(0)
    content = source.read()
    data = content.encode() if isinstance(content, str) else bytes(content)
    return data, Path(str(getattr(source, "name", "file"))).name


def _from_path(path: Path, limits: Limits) -> tuple[bytes, str]:
    try:
        if path.stat().st_size > limits.size:
            raise UnreadableFileError(_too_large(limits))
        return path.read_bytes(), path.name
    except OSError as error:
        reason = error.strerror or "it can not be opened"
        raise UnreadableFileError(f"{path.name} can not be opened: {reason}. Check its name and folder.") from None


def _too_large(limits: Limits) -> str:
    return f"The file is larger than {limits.size / 1e6:,.0f} MB. Split it, or leave out columns that are not needed."
