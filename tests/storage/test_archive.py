"""The zip of a study file is read only as it is laid out by us, and nothing is unpacked before that is known."""

from __future__ import annotations

import json
import struct

import pytest

from evalcore.errors import UnreadableFileError
from evalcore.storage import archive, layout, open_study, study_bytes
from evalcore.storage.archive import Member
from tests.storage.made import whole_study
from tests.storage.mutating import UP, with_digests, zipped

END = 22
MANIFEST = (Member.of("manifest.json", b"{}"), b"{}")


@pytest.fixture(scope="module")
def members() -> dict[str, bytes]:
    return archive.read(study_bytes(whole_study()))


def refused(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match="damaged"):
        archive.read(data)


def end_of(data: bytes) -> list[int]:
    return list(struct.unpack("<4sHHHHIIH", data[-END:]))


def with_end(data: bytes, end: list[int]) -> bytes:
    return data[:-END] + struct.pack("<4sHHHHIIH", *end)


def test_nothing_hides_between_the_members_and_the_directory() -> None:
    data = archive.written([MANIFEST])
    end = end_of(data)
    start = end[6]
    end[6] += 5
    refused(with_end(data[:start] + b"extra" + data[start:], end))


def test_nothing_hides_in_the_directory_or_behind_it() -> None:
    data = archive.written([MANIFEST])
    end = end_of(data)
    end[5] += 5
    refused(with_end(data[:-END] + b"extra" + data[-END:], end))
    refused(data + b"extra")
    end = end_of(data)
    end[7] = 5
    refused(with_end(data, end) + b"extra")


def test_a_name_twice_or_none_of_ours() -> None:
    twice = (Member.of("a.json", b"1"), b"1")
    refused(archive.written([MANIFEST, twice, twice]))
    for name in (
        f"{UP}a.json",
        "/a.json",
        "a/b/c/d.json",
        "a\\b.json",
        "é.json",
        "a.exe",
        "a/",
        "",
        "a.json\x00",
        "A/b.csv",
    ):
        refused(archive.written([MANIFEST, (Member.of(name, b"1"), b"1")]))


def test_a_check_that_does_not_fit_its_bytes() -> None:
    whole = Member.of("a.json", b"abcabcabcabcabcabc" * 2)
    plain = b"abcabcabcabcabcabc" * 2
    assert archive.read(archive.written([MANIFEST, (whole, plain)]))["a.json"] == plain
    refused(archive.written([MANIFEST, (Member(whole.name, whole.size, whole.crc ^ 1, whole.deflated), plain)]))
    for size in (len(plain) - 1, len(plain) + 1):
        changed = Member(whole.name, whole.size, whole.crc, whole.deflated)
        data = bytearray(archive.written([MANIFEST, (changed, plain)]))
        told = struct.pack("<I", len(plain))
        at = data.find(told)
        while at >= 0:
            data[at : at + 4] = struct.pack("<I", size)
            at = data.find(told)
        refused(bytes(data))


def test_more_behind_the_end_of_a_members_bytes() -> None:
    plain = b"abc" * 20
    whole = Member.of("a.json", plain)
    refused(archive.written([MANIFEST, (Member(whole.name, whole.size, whole.crc, whole.deflated + b"\x00"), plain)]))


def test_what_would_grow_too_much_is_refused_before_it_is_unpacked(monkeypatch) -> None:
    plain = bytes(1_000_000)
    monkeypatch.setattr(archive, "GROWTH", 10**9)
    data = archive.written([MANIFEST, (Member.of("a.json", plain), plain)])
    monkeypatch.undo()
    monkeypatch.setattr(archive, "_plain", lambda *_: pytest.fail("unpacked"))
    refused(data)


def test_a_first_member_that_grows_is_not_unpacked_to_look_at_its_format(monkeypatch) -> None:
    plain = b"[" * 1_000_000
    monkeypatch.setattr(archive, "GROWTH", 10**9)
    data = archive.written([(Member.of("manifest.json", plain), plain)])
    monkeypatch.undo()
    assert archive.first_member(data) == b""


def test_a_manifest_that_does_not_fit_itself_or_the_members(members) -> None:
    said = json.loads(members["manifest.json"])
    other = {**members, "manifest.json": json.dumps({**said, "software": "9"}, separators=(",", ":")).encode()}
    changed = {**members, "READ ME.txt": b"Share this with everybody."}
    for wrong in (other, changed):
        with pytest.raises(UnreadableFileError, match="damaged"):
            layout.parts_of(zipped(wrong))
    assert open_study(zipped(with_digests(changed))).fingerprint == whole_study().fingerprint


def test_a_manifest_of_another_study(members) -> None:
    with pytest.raises(UnreadableFileError, match="damaged"):
        layout.parts_of(zipped(with_digests(members, fingerprint="0" * 64)))
