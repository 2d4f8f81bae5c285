"""A study as parts: everything comes back, to the bit, and personal cells are in none of them."""

from __future__ import annotations

import gc
import json
import tomllib
import weakref
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from evalcore.errors import StorageError, UnreadableFileError
from evalcore.intake import read_all, read_any, read_caseload, read_questionnaires, read_roster, reread
from evalcore.intake.choices import Choices
from evalcore.sample import sample_study
from evalcore.storage import packing
from evalcore.storage.checked import Room, written
from evalcore.storage.frames import frame_record, read_frame
from evalcore.storage.packing import pack, unpack
from evalcore.storage.raw_tables import personal_positions
from evalcore.study import Study
from tests.intake.exports import reading, rosters
from tests.intake.exports.test_exports import BOOKS, EXPORTS
from tests.storage.comparing import same_frame, same_intake, same_study
from tests.storage.made import SECRET, csv, plain, there_and_back, whole_study
from tests.test_assembly_random import decisions, files_of, studies


def packed_alike(study: Study) -> None:
    """The study comes back whole, and is packed again into the same bytes."""
    again = there_and_back(study)
    same_study(study, again)
    assert plain(again) == plain(study)


@pytest.mark.parametrize("export", EXPORTS, ids=str)
def test_an_export_of_each_survey_tool_comes_back(export) -> None:
    packed_alike(Study.empty().add(reading.read(export)))


@pytest.mark.parametrize(("name", "data", "sheets"), BOOKS, ids=[book[0] for book in BOOKS])
def test_a_workbook_comes_back(name, data, sheets) -> None:
    packed_alike(Study.empty().add(*read_all(data, name=name)))


@pytest.mark.parametrize("roster", rosters.rosters(), ids=str)
def test_a_roster_comes_back(roster) -> None:
    packed_alike(Study.empty().add(read_roster(roster.data, name=roster.name)))


@pytest.mark.parametrize("made", [Study.empty, sample_study, whole_study])
def test_a_study_comes_back(made: Callable[[], Study]) -> None:
    packed_alike(made())


def test_the_whole_study_uses_everything() -> None:
    study = whole_study()
    empty = [name for name in vars(study) if hasattr(getattr(study, name), "__len__") and not len(getattr(study, name))]
    assert empty == []
    assert any(intake.entries.table is not intake.table for intake in study.intakes)
    assert any(intake.questions for intake in study.intakes)
    assert any(intake.choices.codes is not None for intake in study.intakes)
    assert study.plan.version == 2


@settings(max_examples=12)
@given(studies, decisions, st.text(st.characters(codec="utf-8"), max_size=20))
def test_any_study_comes_back(drawn, decided, name) -> None:
    packed_alike(Study.empty(name).add(*files_of(drawn)).decide(*decided))


CELL = st.one_of(
    st.sampled_from(["", "3", "4", "pre", "post", "-", "n/a", "99", "A1", "id", "=1", '"', "a@b.org", "2026-01-02"]),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=6),
)
HEADING = st.sampled_from(["id", "respondent_id", "wave", "e-mail", "name", "gse_1", "gse 2", "age", "site", "x", ""])
KINDS = st.sampled_from(["responses", "roster", "cases", "caseload", "published", None])


@st.composite
def any_file(draw: st.DrawFn) -> bytes:
    """A table of anything under headings of which some are known."""
    headings = draw(st.lists(HEADING, min_size=2, max_size=6))
    row = st.lists(CELL, min_size=len(headings), max_size=len(headings))
    rows = [headings, *draw(st.lists(row, max_size=5))]
    return "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows).encode()


@settings(max_examples=30)
@given(any_file(), KINDS)
def test_whatever_a_file_holds_it_comes_back_and_is_read_alike(data, kind) -> None:
    try:
        intake = read_any(data, name="file.csv", kind=kind)
    except UnreadableFileError:
        reject()
    study = Study.empty().add(intake)
    again = there_and_back(study)
    same_study(study, again)
    reading_again = reread(again.intakes[0], Choices())
    same_frame(reread(intake, Choices()).table, reading_again.table)


@pytest.mark.parametrize("export", EXPORTS, ids=str)
def test_an_unpacked_file_is_read_again_with_the_same_result(export) -> None:
    intake = reading.read(export)
    again = there_and_back(Study.empty().add(intake)).intakes[0]
    same_frame(intake.table, reread(again, Choices()).table)


def test_personal_cells_are_in_no_part() -> None:
    study = whole_study()
    assert any(SECRET in text for column in study.intakes[0].raw.columns for text in column.texts)
    everything = b"".join(plain(study).values())
    assert SECRET.encode() not in everything
    assert b"Secret Person" not in everything


def test_a_personal_column_that_was_left_out_by_choice_is_blank_too_and_shown_nowhere() -> None:
    file = csv("respondent_id,code,wave,gse_1", f"{SECRET},A1,pre,3", "other@example.org,A2,pre,3")
    kept = read_questionnaires(file, name="a.csv")
    mapping = kept.mapping.copy()
    mapping.loc[mapping["position"] == 1, "taken_for"] = ""
    mapping.loc[mapping["position"] == 2, "taken_for"] = "respondent_id"
    left = read_questionnaires(file, name="a.csv", mapping=mapping)
    assert left.mapping["reason"][0] == "left out: chosen"
    assert (personal_positions(kept), personal_positions(left)) == (frozenset(), {1})
    assert SECRET.encode() in b"".join(plain(Study.empty().add(kept)).values())
    assert SECRET.encode() not in b"".join(plain(Study.empty().add(left)).values())
    assert reread(there_and_back(Study.empty().add(left)).intakes[0], Choices()).table.equals(left.table)


@pytest.mark.parametrize("export", EXPORTS, ids=str)
def test_no_part_of_an_export_holds_what_a_tool_knows_of_a_person(export) -> None:
    everything = b"".join(plain(Study.empty().add(reading.read(export))).values())
    assert b"example.org" not in everything
    assert b"192.0.2." not in everything


@pytest.mark.parametrize("head", ["respondent_id,e-mail,wave,gse_1", "respondent_id,Name"])
def test_a_heading_line_that_stands_again_is_told_after_the_personal_column_is_blank(head) -> None:
    rest = head.removeprefix("respondent_id").replace("wave", "pre").replace("gse_1", "3")
    intake = read_any(
        csv(head, f"A1{rest}", head, f"A2{rest}"), name="a.csv", kind=None if "wave" in head else "roster"
    )
    assert intake.rows["fate"].tolist() == ["used", "set aside", "used"]
    again = there_and_back(Study.empty().add(intake)).intakes[0]
    same_intake(intake, again)
    read = reread(again, Choices(kind=intake.kind))
    same_frame(intake.table, read.table)
    same_frame(intake.rows, read.rows)


def test_numbers_texts_and_blanks_come_back_to_the_bit() -> None:
    table = pd.DataFrame(
        {
            "number": [0.1 + 0.2, -0.0, 0.0, float("nan"), float("inf"), -float("inf"), 5e-324, 1e22],
            "text": pd.array(["", None, " ", "a\x00b", "é\n", '"\\', "\\ud800", "🙂"], dtype="str"),
            "whole": pd.array([1, 2**63 - 1, -(2**63) + 1, 0, 0, 0, 0, 0], dtype="int64"),
            "some": pd.array([None, 1, 2, None, 2**53 + 1, 0, -1, 5], dtype="Int64"),
            "yes": pd.array([True, None, False, True, None, None, True, True], dtype="boolean"),
            "time": pd.array(
                ["2026-01-02", None, "0001-01-01", "9999-12-31T23:59:59.999999", *[None] * 4], dtype="datetime64[us]"
            ),
            "": pd.array([None] * 8, dtype="str"),
        }
    )
    for frame in (table, table.iloc[:0], table.iloc[[0] * 9], table.iloc[[3, 1] * 5]):
        same_frame(frame, read_frame(frame_record(frame), Room(10_000)))


def test_many_different_values_take_wider_codes() -> None:
    for n in (2, 256, 257, 65_536, 65_537):
        table = pd.DataFrame({"text": pd.array([f"t{i}" for i in range(n)] * 2, dtype="str")})
        same_frame(table, read_frame(frame_record(table), Room(10_000_000)))


def test_a_column_that_would_grow_far_beyond_what_is_written_is_written_cell_by_cell() -> None:
    long = pd.DataFrame({"text": pd.array(["x" * 10_000] * 300 + [None], dtype="str")})
    record = frame_record(long)
    assert record["columns"][0]["codes"] is None
    same_frame(long, read_frame(record, Room.for_parts({"part": written(record)})))
    assert frame_record(long.iloc[:5])["columns"][0]["codes"] is not None


def test_a_table_of_another_type_is_not_kept() -> None:
    with pytest.raises(StorageError, match="a kind of value that can not be kept"):
        frame_record(pd.DataFrame({"a": [1 + 2j]}))


def test_half_a_character_is_not_kept() -> None:
    with pytest.raises(StorageError, match="half a character"):
        pack(Study.empty("\ud800"))


def test_what_can_not_be_read_back_is_not_kept() -> None:
    study = sample_study().beside(notes=("a", 3))
    with pytest.raises(StorageError, match="could not be read back"):
        pack(study)


def test_a_file_whose_table_can_not_be_read_back_is_not_kept() -> None:
    intake = read_caseload(csv("sex,age", "male,30"), name="c.csv")
    wrong = replace(intake, caseload=intake.caseload.assign(age=300.0))
    with pytest.raises(StorageError, match="could not be read back"):
        pack(Study.empty().add(wrong))


def test_a_file_that_comes_back_as_another_is_not_kept(monkeypatch) -> None:
    other = read_caseload(csv("sex,age", "male,31"), name="c.csv")
    monkeypatch.setattr(packing, "read_intake", lambda *_: other)
    with pytest.raises(StorageError, match="could not be read back"):
        pack(Study.empty().add(read_caseload(csv("sex,age", "male,30"), name="c.csv")))


def test_the_parts_of_a_file_are_made_once_and_forgotten_with_it(monkeypatch) -> None:
    intake = read_questionnaires(csv("respondent_id,wave,gse_1", "A1,pre,3"), name="a.csv")
    study = Study.empty().add(intake)
    first = pack(study)
    monkeypatch.setattr(packing, "intake_parts", lambda _: pytest.fail("packed again"))
    again = pack(study.renamed("Another name"))
    assert [part.packed for part in again[2:]] == [part.packed for part in first[2:]]
    assert again[0].digest != first[0].digest
    gone = weakref.ref(intake)
    before = len(packing._known)
    del intake, study
    gc.collect()
    assert gone() is None
    assert len(packing._known) < before


def test_the_names_and_digests_of_the_parts() -> None:
    names = [part.name for part in pack(whole_study())]
    assert names[:2] == ["study.json", "exports.json"]
    assert names[2:5] == ["files/0/intake.json", "files/0/entries.json", "files/0/table.json"]
    assert names[-3:] == ["waiting/0/intake.json", "waiting/0/entries.json", "waiting/0/raw.json"]
    assert "files/1/table.json" not in names  # identical to the entries' table


def test_the_version_is_that_of_the_project() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == packing.SOFTWARE


def with_study(parts: dict[str, bytes], **changes: object) -> dict[str, bytes]:
    """The parts with other entries in `study.json`."""
    return {**parts, "study.json": json.dumps({**json.loads(parts["study.json"]), **changes}).encode()}


def test_a_study_of_another_version_that_comes_out_differently_opens_and_says_so() -> None:
    parts = plain(whole_study())
    other = with_study(parts, software="0.0.9", fingerprint="0" * 64)
    assert unpack(other).notes == (*whole_study().notes, packing.DIFFERS)
    assert there_and_back(unpack(other)).notes == (*whole_study().notes, packing.DIFFERS)
    assert unpack(with_study(parts, software="0.0.9")).notes == whole_study().notes
