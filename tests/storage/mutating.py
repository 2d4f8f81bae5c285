"""Study files that are wrong in any way: cut, flipped, put together anew, with other JSON, with digests that fit or do
not. Everything follows from a seed.
"""

from __future__ import annotations

import io
import json
import random
import struct
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from evalcore.storage import archive, study_bytes
from evalcore.study import Study

UP = "." * 2 + "/"
JUNK: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 2, 255, 65_536, 2**31, 2**53, 2**63 - 1, 2**63, 10**30, 0.5, -0.0, 1e308, 1e-320,
    "", " ", "x", "pre", "post", "staff", "share", "inf", "NaN", "AAAA", "//8=", "respondent_id", "wave", "float64",
    "2026-02-30T00:00:00.000000", "0000-01-01T00:00:00.000000", "\ud800", "\x00", "é" * 50, "x" * 5_000, f"{UP}a",
    [], {}, [[]], [None], {"a": 1}, [0] * 300, ["x"] * 300,
)  # fmt: skip
RAW_TEXT = (
    b"NaN", b"Infinity", b"-Infinity", b"1e999", b"-1e999", b"9" * 5_000, b"[" * 100_000, b'{"a":' * 3_000, b"\xff",
    b'"\\ud800"', b"0x10", b"'", b"/*", b"\xef\xbb\xbf", b"true", b"1" + b"0" * 400, b'"a","a"', b"-", b"",
)  # fmt: skip


PASSPHRASE = "four unrelated words"
NAMES = (
    f"{UP}a.json", "/a.json", "a.json", "files/9/raw.json", "files/0", "files/0/more.json", "READ ME.txt",
    "a/b/c/d.json", "con.txt", "tables/extra.csv", "files\\0\\raw.json", "é.json", "plan.txt",
)  # fmt: skip


@dataclass(frozen=True)
class Original:
    """A study and its file; whether it is sealed, and how it is opened."""

    study: Study
    data: bytes
    members: Mapping[str, bytes]
    sealed: bytes
    passphrase: str

    @classmethod
    def of(cls, study: Study) -> Original:
        """A study with its file, taken apart."""
        data = study_bytes(study)
        return cls(study, data, archive.read(data), study_bytes(study, passphrase=PASSPHRASE), PASSPHRASE)


@dataclass(frozen=True)
class Mutant:
    """A file that is wrong, what was done to it, and whether everything that holds it together was made to fit."""

    kind: str
    data: bytes
    fits: bool = False
    passphrase: str | None = None


def mutant(original: Original, seed: int) -> Mutant:
    """The mutated file of a number."""
    rng = random.Random(seed)
    kinds = list(KINDS)
    kind = rng.choices(kinds, [KINDS[name][1] for name in kinds])[0]
    return KINDS[kind][0](original, rng, kind)


# The bytes as they are.


def damaged(data: bytes, rng: random.Random) -> bytes:
    """Bytes flipped, cut, put in, moved, doubled or lost."""
    at, to = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    to = min(to, at + rng.choice((1, 4, 16, 200, 5_000)))
    block = data[at:to]
    noise = rng.randbytes(rng.choice((1, 2, 30, 1_000)))
    how = rng.randrange(12)
    if how < 4:
        found = bytearray(data)
        for _ in range(rng.choice((1, 1, 1, 2, 8, 100))):
            found[rng.randrange(len(found))] ^= 1 << rng.randrange(8)
        return bytes(found)
    made: tuple[Callable[[], bytes], ...] = (
        lambda: data[:at],
        lambda: data[at:],
        lambda: data[:at] + noise + data[at:],
        lambda: data[:at] + data[to:],
        lambda: data[:at] + block + data[at:],
        lambda: data[:at] + bytes(len(block)) + data[to:],
        lambda: data.replace(b"\n", b"\r\n") if rng.random() < 0.5 else data + noise,
        lambda: data[:at] + data[to : to + len(block)] + block + data[to + len(block) :],
    )
    return made[how - 4]()


def flipped(original: Original, rng: random.Random, kind: str) -> Mutant:
    """The file's bytes damaged."""
    return Mutant(kind, damaged(original.data, rng))


def head_changed(original: Original, rng: random.Random, kind: str) -> Mutant:
    """A field of the zip changed: in a member's head, in the directory, or at the end."""
    data = bytearray(original.data)
    marks = [at for mark in (b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06") for at in _all(original.data, mark)]
    at = rng.choice(marks) + rng.randrange(46)
    size = rng.choice((1, 2, 4))
    value = rng.choice((0, 1, 8, 9, 12, 99, 2**16 - 1, 2**31, 2**32 - 1, rng.getrandbits(32)))
    data[at : at + size] = struct.pack("<Q", value)[:size]
    return Mutant(kind, bytes(data[: len(original.data)]))


def _all(data: bytes, mark: bytes) -> list[int]:
    found, at = [], data.find(mark)
    while at >= 0:
        found.append(at)
        at = data.find(mark, at + 1)
    return found


# The members put together anew.


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A zip of members as `evalcore` writes it."""
    return archive.written([(archive.Member.of(name, plain), plain) for name, plain in members.items()])


def with_digests(members: Mapping[str, bytes], **said: Any) -> dict[str, bytes]:
    """The members with a manifest that fits them."""
    manifest = json.loads(members[archive.FIRST])
    manifest.pop("digest")
    rest = {name: plain for name, plain in members.items() if name != archive.FIRST}
    manifest["members"] = [[name, len(plain), sha256(plain).hexdigest()] for name, plain in rest.items()]
    manifest |= said
    plain = json.dumps(manifest, ensure_ascii=False, separators=(",", ":")).encode()
    digest = sha256(plain).hexdigest()
    manifest["digest"] = digest
    return {archive.FIRST: json.dumps(manifest, ensure_ascii=False, separators=(",", ":")).encode(), **rest}


def rearranged(original: Original, rng: random.Random, kind: str) -> Mutant:
    """Members renamed, swapped, lost, doubled, added or in another order, with a manifest that fits or not."""
    members = dict(original.members)
    one, other = rng.sample([name for name in members if name != archive.FIRST], 2)
    names = (*NAMES, other)
    how = rng.randrange(6)
    if how == 0:
        new = rng.choice(names)
        members = {new if name == one else name: plain for name, plain in members.items()}
    elif how == 1:
        members[one], members[other] = members[other], members[one]
    elif how == 2:
        del members[one]
    elif how == 3:
        members[rng.choice(names)] = rng.choice((b"", b"{}", members[one]))
    elif how == 4:
        items = list(members.items())
        rng.shuffle(items)
        members = dict(items)
    else:
        members[one] = rng.choice((b"", b"null", b"[]", members[one] + b" ", members[one][:-1]))
    fits = rng.random() < 0.6 and archive.FIRST in members
    return Mutant(kind, zipped(with_digests(members) if fits else members), fits)


def zipped_by_another(original: Original, rng: random.Random, kind: str) -> Mutant:
    """The same members, or one twice, in a zip of another program."""
    file = io.BytesIO()
    method = rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
    with zipfile.ZipFile(file, "w", method) as made:
        for name, plain in original.members.items():
            made.writestr(name, plain)
        made.comment = b"again" if rng.random() < 0.3 else b""
    return Mutant(kind, file.getvalue())


def bomb(original: Original, rng: random.Random, kind: str) -> Mutant:
    """A member that unpacks into far more than it is, or than it says."""
    members = dict(original.members)
    name = rng.choice([name for name in members if name.endswith("raw.json")])
    filling = rng.choice((b"[", b"[],", b'"",', b"0,", b" ", b'{"a":1},', b"1.5,"))
    size = rng.choice((100_000, 3_000_000, 30_000_000))
    plain = b"[" + filling * (size // len(filling))
    members[name] = plain
    members = with_digests(members)
    packed = []
    for each, data in members.items():
        member = archive.Member.of(each, data)
        if each == name and rng.random() < 0.5:
            member = archive.Member(each, rng.choice((10, size // 100, size * 2)), member.crc, member.deflated)
        packed.append((member, data))
    if rng.random() < 0.5:
        return Mutant(kind, archive.written(packed), fits=True)
    return Mutant(kind, _always_deflated(packed))


def _always_deflated(packed: list[tuple[archive.Member, bytes]]) -> bytes:
    """As `archive.written`, but without leaving uncompressed what grows too much."""
    before = archive.GROWTH
    archive.GROWTH = 10**9
    try:
        return archive.written(packed)
    finally:
        archive.GROWTH = before


# The JSON inside.


def nodes(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value inside one; of long lists of plain values only the first few."""
    found = [path]
    if isinstance(value, dict):
        for key, inner in value.items():
            found += nodes(inner, (*path, key))
    elif isinstance(value, list):
        for at, inner in enumerate(value[:30]):
            found += nodes(inner, (*path, at))
    return found


def changed(value: Any, rng: random.Random) -> Any:
    """The same value with one place in it changed."""
    places = nodes(value)
    path = rng.choice(places)
    if not path:
        return rng.choice(JUNK)
    inside = value
    for step in path[:-1]:
        inside = inside[step]
    last, how = path[-1], rng.randrange(8)
    if how < 3:
        inside[last] = rng.choice(JUNK)
    elif how == 3:
        del inside[last]
    elif how == 4 and isinstance(inside, list):
        inside.insert(last, rng.choice((inside[last], *JUNK)))
    elif how == 4:
        inside[rng.choice(("x", "", "name"))] = rng.choice(JUNK)
    elif how == 5:
        inside[last] = _nudged(inside[last], rng)
    else:
        other = value
        for step in rng.choice(places):
            other = other[step]
        inside[last] = json.loads(json.dumps(other))
    return value


def _nudged(value: Any, rng: random.Random) -> Any:
    """A value of the same type, a little off."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + rng.choice((-1, 1, 0.5, 10, -100))
    if isinstance(value, str):
        at = rng.randrange(len(value) + 1)
        return value[:at] + rng.choice(("", "a", "A", "=", "0", "é", " ")) + value[at + rng.randrange(2) :]
    if isinstance(value, list):
        return rng.choice((value[::-1], value * 2, value[1:], value[:-1]))
    return value


def rewritten(original: Original, rng: random.Random, kind: str) -> Mutant:
    """One part with other JSON: with digests that do not fit, that fit, or under another version of the software."""
    members = dict(original.members)
    names = [name for name in members if name.endswith(".json") and name != archive.FIRST]
    name = rng.choice([*names, "study.json", "study.json", "exports.json"])
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        value = changed(json.loads(members[name]), rng)
        members[name] = json.dumps(value, ensure_ascii=rng.random() < 0.1).encode("utf-8", "replace")
    if rng.random() < 0.15:
        members[name] = _with_raw_text(members[name], rng)
    return _made_to_fit(members, rng, kind)


def _with_raw_text(plain: bytes, rng: random.Random) -> bytes:
    """What no JSON writer writes, in the place of a value or between two."""
    at = rng.choice([*_all(plain, b","), *_all(plain, b":"), len(plain) - 1]) + 1
    to = at + rng.choice((0, 0, 1, 4))
    return plain[:at] + rng.choice(RAW_TEXT) + plain[to:]


def _made_to_fit(members: dict[str, bytes], rng: random.Random, kind: str) -> Mutant:
    how = rng.randrange(6)
    if how == 0:
        return Mutant(kind, zipped(members))
    said = {}
    if how > 1:  # as if another version had written it, which may have put the files together in another way
        members["study.json"] = members["study.json"].replace(b'"software":"0.1', b'"software":"0.0', 1)
        members["study.json"] = members["study.json"].replace(b'"software": "0.1', b'"software": "0.0', 1)
        said = _fingerprint(members["study.json"])
    return Mutant(f"{kind}, fits", zipped(with_digests(members, **said)), fits=True)


def _fingerprint(plain: bytes) -> dict[str, Any]:
    try:
        said = json.loads(plain)
    except (ValueError, RecursionError):
        return {}
    return {"fingerprint": said["fingerprint"]} if isinstance(said, dict) and "fingerprint" in said else {}


def manifest_changed(original: Original, rng: random.Random, kind: str) -> Mutant:
    """Another manifest, its own digest made to fit or not."""
    members = dict(original.members)
    said = changed(json.loads(members[archive.FIRST]), rng)
    if isinstance(said, dict) and rng.random() < 0.7:
        said.pop("digest", None)
        plain = json.dumps(said, ensure_ascii=True, separators=(",", ":")).encode()
        said["digest"] = sha256(plain).hexdigest()
    members[archive.FIRST] = json.dumps(said, ensure_ascii=True, separators=(",", ":")).encode()
    return Mutant(kind, zipped(members))


# Under a passphrase.


def sealed_damaged(original: Original, rng: random.Random, kind: str) -> Mutant:
    """A sealed file damaged, mostly where its head says how it is to be opened."""
    data = original.sealed
    if rng.random() < 0.7:
        at = rng.randrange(50)
        data = data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]
    else:
        data = damaged(data, rng)
    given = rng.choice((original.passphrase, original.passphrase, None, "", "another passphrase"))
    return Mutant(kind, data, passphrase=given)


Maker = Callable[[Original, random.Random, str], Mutant]
KINDS: Mapping[str, tuple[Maker, float]] = {
    "bytes damaged": (flipped, 0.2),
    "zip fields changed": (head_changed, 0.1),
    "members rearranged": (rearranged, 0.1),
    "zipped by another program": (zipped_by_another, 0.02),
    "bomb": (bomb, 0.01),
    "JSON changed": (rewritten, 0.5),
    "manifest changed": (manifest_changed, 0.05),
    "sealed, damaged": (sealed_damaged, 0.02),
}
