"""A study as a file: what stands in it, what is refused and how it is said."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pandas as pd
import pytest

import evalcore
from evalcore.errors import StorageError, UnreadableFileError
from evalcore.plan.text import plan_text
from evalcore.storage import archive, layout, open_study, study_bytes, study_file
from evalcore.storage.packing import FORMAT
from evalcore.storage.tables import table_text
from evalcore.study import Study
from tests.storage.comparing import same_study
from tests.storage.made import SECRET, whole_study
from tests.storage.mutating import with_digests, zipped


@pytest.fixture(scope="module")
def data() -> bytes:
    return study_bytes(whole_study())


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableFileError) as error:
        open_study(data)
    return str(error.value)


def test_what_is_written_is_opened_again(data) -> None:
    same_study(whole_study(), open_study(data))
    same_study(whole_study(), open_study(memoryview(data)))
    same_study(whole_study(), open_study(io.BytesIO(data)))


def test_the_same_study_gives_the_same_bytes(data) -> None:
    assert study_bytes(open_study(data)) == data


def test_any_program_reads_the_zip(data) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        assert opened.testzip() is None
        names = opened.namelist()
        assert names[:8] == ["manifest.json", "READ ME.txt", "plan.txt", *(f"tables/{kind}.csv" for kind in KINDS)]
        assert opened.read("plan.txt").decode() == plan_text(whole_study().plan)
        words = opened.read("READ ME.txt").decode()
    assert "It holds data about people" in words
    assert "Do not share it" in words


KINDS = ("responses", "roster", "cases", "caseload", "published")


def test_the_manifest_names_every_other_member(data) -> None:
    members = archive.read(data)
    said = json.loads(members["manifest.json"])
    assert [name for name, _, _ in said["members"]] == list(members)[1:]
    assert said["fingerprint"] == whole_study().fingerprint
    assert said["format"] == FORMAT


def test_the_tables_can_be_read_by_other_programs(data) -> None:
    study = whole_study()
    members = archive.read(data)
    for kind in KINDS:
        table = getattr(study, kind)
        found = pd.read_csv(io.BytesIO(members[f"tables/{kind}.csv"]), encoding="utf-8-sig", dtype="str")
        assert found.columns.tolist() == table.columns.tolist()
        assert len(found) == len(table)
        assert found.isna().to_numpy().tolist() == table.isna().to_numpy().tolist()
        for name in table.select_dtypes("number").columns:
            assert found[name].astype(float).tolist() == pytest.approx(table[name].astype(float).tolist(), nan_ok=True)


def test_no_cell_is_run_as_a_formula() -> None:
    texts = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", 'a"b', "a,b", "a\nb", "", None, " =1"]
    table = pd.DataFrame({"=heading": pd.array(texts, dtype="str")})
    rows = list(csv.reader(io.StringIO(table_text(table).decode("utf-8-sig"), newline="")))
    wanted = [f"'{text}" if text and text[0] in "=+-@\t\r" else text or "" for text in texts]
    assert [row[0] if row else "" for row in rows] == ["'=heading", *wanted]
    assert [b.decode() for b in table_text(pd.DataFrame({"n": [-1.5, 2.0]})).split()] == ["\ufeffn", "-1.5", "2"]


def test_no_personal_cell_is_in_the_file(data) -> None:
    assert not any(SECRET.encode() in plain for plain in archive.read(data).values())


FOREIGN = {
    "empty": (b"", "The file is empty."),
    "text": (b"respondent_id,wave\nA1,pre\n", "This is no study file"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "This is no study file"),
    "a sign": (b"P", "This is no study file"),
    "head only": (b"PK\x03\x04", "another kind of file"),
    "empty zip": (b"PK\x05\x06" + bytes(18), "another kind of file"),
}


@pytest.mark.parametrize(("data", "said"), FOREIGN.values(), ids=FOREIGN)
def test_another_file_is_refused_in_a_sentence(data, said) -> None:
    assert refused(data).startswith(said) or said in refused(data)


@pytest.mark.parametrize("name", ["[Content_Types].xml", "mimetype", "manifest.xml", "a.csv"])
def test_a_workbook_or_a_folder_that_was_zipped_is_told(name) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr(name, "x")
    assert "another kind of file: a workbook, a document or a folder" in refused(file.getvalue())


def test_cut_short_or_changed_it_is_refused_as_damaged(data) -> None:
    for wrong in (data[:-1], data[:100], data[: len(data) // 2], data + b"\n", data.replace(b"\n", b"\r\n"), data * 2):
        assert "damaged" in refused(wrong)


def test_no_byte_can_be_changed_unseen(data) -> None:
    step = len(data) // 150
    for at in [*range(0, len(data), step), *range(len(data) - 120, len(data))]:
        wrong = bytearray(data)
        wrong[at] ^= 0x20
        refused(bytes(wrong))


def test_a_newer_format_is_told_whatever_else_it_holds(data) -> None:
    members = archive.read(data)
    newer = zipped(with_digests(members, format=FORMAT + 1, news=["more"]))
    assert "written by a newer version" in refused(newer)
    assert "written by a newer version" in refused(newer[:-30])
    study = json.loads(members["study.json"])
    inside = {**members, "study.json": json.dumps({**study, "format": FORMAT + 1, "more": 1}).encode()}
    assert "written by a newer version" in refused(zipped(with_digests(inside)))


def test_too_large_a_file_is_not_read(tmp_path, monkeypatch, data) -> None:
    monkeypatch.setattr(study_file, "LARGEST", len(data) - 1)
    (tmp_path / "large.study").write_bytes(data)
    for source in (data, io.BytesIO(data), tmp_path / "large.study"):
        with pytest.raises(UnreadableFileError, match="The file is larger than"):
            open_study(source)
    with pytest.raises(StorageError, match="too large for one file"):
        study_bytes(whole_study())


def test_a_missing_file_is_told(tmp_path) -> None:
    for path in (tmp_path / "none.study", tmp_path, "with\0blank", tmp_path / "none" / "x.study"):
        with pytest.raises(UnreadableFileError, match="Check its name and folder"):
            open_study(path)


@pytest.mark.parametrize("filling", [b"[", b"[],", b'{"a":1},', b'"ab",', b"1.5,", b" "])
def test_a_small_file_can_not_grow(data, filling) -> None:
    members = archive.read(data)
    members["files/0/raw.json"] = b"[" + filling * (12_000_000 // len(filling))
    rest = [(archive.Member.of(name, plain), plain) for name, plain in with_digests(members).items()]
    large = archive.written(rest)
    assert len(large) > 12_000_000 / archive.GROWTH  # written uncompressed
    assert "damaged" in refused(large)
    grown = [archive.Member(one.name, one.size, one.crc, one.deflated) for one, _ in rest]
    archive_growth, archive.GROWTH = archive.GROWTH, 10**9
    try:
        small = archive.written([(one, plain) for one, (_, plain) in zip(grown, rest, strict=True)])
    finally:
        archive.GROWTH = archive_growth
    assert "damaged" in refused(small)


def test_a_study_that_packs_well_can_be_opened_again() -> None:
    """A caseload in which every row is the same is far smaller packed: it is written uncompressed, and is no bomb."""
    rows = b"sex,age\n" + b"male,30\n" * 300_000
    study = Study.empty().add(evalcore.read_caseload(rows, name="caseload.csv"))
    written = study_bytes(study)
    assert sum(map(len, archive.read(written).values())) < archive.GROWTH * len(written)
    assert open_study(written).fingerprint == study.fingerprint


def test_parts_that_no_study_has_are_refused(data) -> None:
    members = archive.read(data)
    extra = {**members, "files/0/more.json": b"{}"}
    less = {name: plain for name, plain in members.items() if name != "READ ME.txt"}
    for wrong in (extra, less, {**members, "plan.json": b"{}"}, {**members, "files/7/raw.json": b"{}"}):
        assert "damaged" in refused(zipped(with_digests(wrong)))
    with pytest.raises(UnreadableFileError):
        layout.parts_of(zipped(less))
