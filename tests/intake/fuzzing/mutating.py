"""Small damage to a file: to its bytes, to its lines, or to a part inside its archive."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable, Sequence

TOKENS: tuple[bytes, ...] = (
    *(b'"', b'""', b",", b";", b"\t", b"|", b"\n", b"\r", b"\r\n", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc2\xa0"),
    *(b"sep=;\r\n", b'{"ImportId":"x"}', b"UserID", b"Respondent ID", b"Timestamp", b"wave", b"respondent_id", b"V1"),
    *(b"gse_1", b"swemwbs_1_pre", b"uwes9_1", b"pre", b"T2", b"baseline", b"99", b"-9", b"1e309", b"nan", b"2,5", b"0"),
    *(
        b"31/02/2026",
        b"99999999999999999999",
        b"@SQ@",
        b"&#39;",
        b"&#1114112;",
        b"=1+1",
        b"-oth-",
        b"N/A",
        b"\xe2\x80\x99",
    ),
    *(
        b"$FL2",
        b"$FL3",
        b"PK\x03\x04",
        b'r="XFD1048576"',
        b't="e"',
        b"\x7f\xff\xff\xff",
        b"\xff" * 8,
        b"\xf0\x9f\x98\x80",
    ),
)


def mutate(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Damage a file in one to six places; `others` are files that a piece may come from."""
    if data.startswith(b"PK") and chance.random() < 0.8:
        return _in_archive(data, others, chance)
    for _ in range(chance.randint(1, 6)):
        data = chance.choice(_WAYS)(data, others, chance)
    return data[:200_000]


def _in_archive(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Damage one part of an archive and pack it again."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        return _replace(data, others, chance)
    if not parts:
        return data
    name = chance.choice([*parts, *(part for part in parts if "sheet" in part or "content" in part)])
    for _ in range(chance.randint(1, 4)):
        parts[name] = chance.choice(_WAYS)(parts[name], (), chance)
    if chance.random() < 0.05:
        del parts[name]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for part, content in parts.items():
            made.writestr(zipfile.ZipInfo(part), content[:500_000])
    return file.getvalue()


def _piece(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randint(0, len(data))
    return start, min(len(data), start + chance.choice([1, 1, 2, 4, 8, 30, 200]))


def _replace(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    start, end = _piece(data, chance)
    return data[:start] + chance.randbytes(end - start) + data[end:]


def _flip(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    if not data:
        return data
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]


def _delete(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    start, end = _piece(data, chance)
    return data[:start] + data[end:]


def _insert(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    at, _ = _piece(data, chance)
    return data[:at] + chance.choice(TOKENS) * chance.choice([1, 1, 1, 2, 50]) + data[at:]


def _overwrite(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    at, token = chance.randint(0, len(data)), chance.choice(TOKENS)
    return data[:at] + token + data[at + len(token) :]


def _copy(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    start, end = _piece(data, chance)
    at = chance.randint(0, len(data))
    return data[:at] + data[start:end] + data[at:]


def _lines(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    if not lines:
        return data
    at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
    way = chance.randrange(3)
    if way == 0:
        lines.insert(to, lines[at])
    elif way == 1:
        lines[at], lines[to] = lines[to], lines[at]
    else:
        del lines[at]
    return b"".join(lines)


def _cells(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Put what stands between two separators in place of another cell."""
    cells = data.split(chance.choice([b",", b",", b";", b"\t", b"\n"]))
    separator = data[len(cells[0]) : len(cells[0]) + 1] or b","
    cells[chance.randrange(len(cells))] = chance.choice([*cells, chance.choice(TOKENS)])
    return separator.join(cells)


def _splice(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    if not others:
        return data
    other = chance.choice(others)
    return data[: chance.randint(0, len(data))] + other[chance.randint(0, len(other)) :]


def _cut(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    return data[: chance.randint(0, len(data))]


_WAYS: tuple[Callable[[bytes, Sequence[bytes], random.Random], bytes], ...] = (
    *(_replace, _flip, _flip, _delete, _insert, _insert, _overwrite, _overwrite),
    *(_copy, _lines, _lines, _cells, _cells, _cells, _splice, _cut),
)
