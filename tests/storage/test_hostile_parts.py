"""Parts that nobody's software wrote: every value is checked, and each fault ends in the same sentence."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest

from evalcore.errors import UnreadableFileError
from evalcore.storage import checked
from evalcore.storage.checked import DAMAGED, Room, parsed
from evalcore.storage.frames import read_frame
from evalcore.storage.packing import unpack
from tests.storage.made import plain, whole_study

JSON = {
    "deep lists": b"[" * 100_000,
    "deep objects": b'{"a":' * 100_000,
    "deep and closed": b"[" * 5_000 + b"]" * 5_000,
    "many brackets": b"[" + b"[]," * 1_000_001 + b"0]",
    "not a number": b"[NaN]",
    "infinity": b"[-Infinity]",
    "a huge number": b"[" + b"9" * 10_000 + b"]",
    "twice the same": b'{"a":1,"a":1}',
    "half a character": b'["\\ud800"]',
    "half a character in capitals": b'["\\uDFFF"]',
    "half a name": b'{"\\ud800":1}',
    "no text": b"\xff\xfe",
    "a mark": b"\xef\xbb\xbf[]",
    "nothing": b"",
    "two": b"[][]",
    "unclosed": b'["a',
}


@pytest.mark.parametrize("data", JSON.values(), ids=JSON)
def test_json_that_we_never_write(data) -> None:
    with pytest.raises(UnreadableFileError, match="damaged"):
        parsed(data)


def test_a_backslash_that_somebody_typed_is_no_half_character() -> None:
    assert parsed(checked.written(["\\ud800", "🙂", "[" * 2_000_000][:2])) == ["\\ud800", "🙂"]
    assert parsed(checked.written(["[" * 1_000_001]))[0].startswith("[")


Change = Callable[[Any], object]


def at(*steps: Any) -> Callable[[Any], Any]:
    def found(value: Any) -> Any:
        for step in steps:
            value = value[step]
        return value

    return found


def put(new: Any, *steps: Any) -> Change:
    def change(value: Any) -> None:
        at(*steps[:-1])(value)[steps[-1]] = new

    return change


def column(frame: Any, name: str) -> Any:
    return next(one for one in frame["columns"] if one["name"] == name)


def cell(new: Any, table: str, name: str, place: int) -> Change:
    def change(said: Any) -> None:
        column(said[table], name)["values"][place] = new

    return change


def coded(frame: Any) -> Any:
    return next(one for one in frame["columns"] if one["codes"] is not None)


def beyond(column: Any, rows: int) -> None:
    column["codes"] = base64.b64encode(b"\xff" * rows).decode()


FAULTS: dict[str, tuple[str, Change]] = {
    "format of text": ("study.json", put("1", "format")),
    "format none": ("study.json", put(0, "format")),
    "format true": ("study.json", put(True, "format")),
    "name missing": ("study.json", lambda said: said.pop("name")),
    "one entry more": ("study.json", put(1, "more")),
    "name a number": ("study.json", put(1, "name")),
    "another fingerprint": ("study.json", put("0" * 64, "fingerprint")),
    "a note a number": ("study.json", put([1], "notes")),
    "keep another": ("study.json", put("first", "decisions", 2, 1)),
    "decision of no kind": ("study.json", put("guess", "decisions", 0, 0)),
    "decision cut": ("study.json", lambda said: said["decisions"][0].pop()),
    "role of a decision": ("study.json", put("boss", "decisions", 0, 3)),
    "same of one": ("study.json", put(1, "decisions", 0, 4)),
    "plan a list": ("study.json", put([], "plan")),
    "plan changed": ("study.json", lambda said: said.update(plan=said["plan"].replace("Agreed", "agreed"))),
    "plan no plan": ("study.json", put("{}", "plan")),
    "rival too long": ("study.json", put("x" * 500, "rivals", 0, 0)),
    "rival twice": ("study.json", lambda said: said["rivals"].append(said["rivals"][0])),
    "negative count": ("study.json", put(-1, "withdrawn", 0, 1)),
    "huge count": ("study.json", put(2**63, "taken_out", 0, 1)),
    "threshold a fraction": ("study.json", put(0.5, "thresholds", 0, 1)),
    "threshold a text": ("study.json", put("5", "thresholds", 0, 1)),
    "a threshold on no day": ("study.json", put("2026-02-30T09:00:00+00:00", "thresholds", 0, 4)),
    "an override some day": ("study.json", put("soon", "overrides", 0, 4)),
    "an export in a week": ("exports.json", put("2026-W01-1", "exports", 0, "at")),
    "override ended one": ("study.json", put(1, "overrides", 0, 5)),
    "people of an override a list": ("study.json", put(["5a" * 32], "overrides", 0, 6)),
    "files in another order": ("study.json", lambda said: said["files"].reverse()),
    "a file less": ("study.json", lambda said: said["files"].pop()),
    "a file elsewhere": ("study.json", put("elsewhere/0", "files", 0)),
    "form of an export": ("exports.json", put("all", "exports", 0, "form")),
    "group of nobody": ("exports.json", put(99, "exports", 0, "groups", 0, 1)),
    "negative group": ("exports.json", put(-1, "exports", 0, "groups", 0, 1)),
    "person out of range": ("exports.json", put([0, 99], "groups", 0)),
    "negative person": ("exports.json", put([-1], "groups", 0)),
    "person twice": ("exports.json", put([0, 0], "groups", 0)),
    "person true": ("exports.json", put([False, True], "groups", 0)),
    "two files of a name": ("files/1/intake.json", put("long.csv", "name")),
    "kind of a file": ("files/0/intake.json", put("answers", "kind")),
    "another kind": ("files/0/intake.json", put("roster", "kind")),
    "an instrument of none": ("files/0/intake.json", put(["x"], "instruments")),
    "an instrument twice": ("files/0/intake.json", put(["gse", "gse"], "instruments")),
    "a part not said": ("files/0/intake.json", lambda said: said["parts"].pop()),
    "a row of no file": ("files/0/intake.json", cell("x", "rows", "file", 0)),
    "a fate of none": ("files/0/intake.json", cell("x", "rows", "fate", 0)),
    "a row nought": ("files/0/intake.json", cell(0, "rows", "row", 0)),
    "rows backwards": ("files/0/intake.json", lambda said: column(said["rows"], "row")["values"].reverse()),
    "a row huge": ("files/0/intake.json", cell(2**64, "rows", "row", 0)),
    "a row a fraction": ("files/0/intake.json", cell(2.0, "rows", "row", 0)),
    "a column less": ("files/0/intake.json", lambda said: said["rows"]["columns"].pop()),
    "a column of another type": ("files/0/intake.json", lambda said: column(said["rows"], "row").update(type="Int64")),
    "a severity of none": ("files/0/intake.json", cell("bad", "problems", "severity", 0)),
    "a position of none": ("files/0/intake.json", lambda said: column(said["mapping"], "position")["values"].reverse()),
    "another heading": ("files/0/intake.json", lambda said: column(said["mapping"], "header")["values"].reverse()),
    "a wave of none": ("files/2/intake.json", put("then", "choices", "wave")),
    "answered a number": ("files/2/intake.json", put([1], "choices", "answered")),
    "a mapping without positions": ("files/1/intake.json", lambda said: said["choices"]["mapping"]["columns"].pop(0)),
    "a question not needed": ("files/3/intake.json", put(1, "questions", 0, "needed")),
    "codes cut": ("files/0/entries.json", lambda said: said["table"]["columns"][-1].update(codes="AA==")),
    "codes no codes": ("files/0/entries.json", lambda said: said["table"]["columns"][-1].update(codes="a b")),
    "codes beyond": ("files/0/entries.json", lambda said: beyond(coded(said["table"]), said["table"]["rows"])),
    "raw codes beyond": ("files/0/raw.json", lambda said: beyond(said["columns"][2], len(said["rows"]))),
    "an answer of 9": ("files/0/entries.json", cell(9.0, "table", "gse_1", 0)),
    "an answer in words": ("files/0/entries.json", cell("inf", "table", "gse_1", 0)),
    "a wave of an answer": ("files/0/entries.json", cell("then", "table", "wave", 0)),
    "nobody": ("files/0/entries.json", cell(None, "table", "respondent_id", 0)),
    "no name": ("files/0/entries.json", cell("", "table", "respondent_id", 0)),
    "a day of none": ("files/0/entries.json", cell("2026-02-30T00:00:00.000000", "table", "completed_on", 0)),
    "a role of none": ("files/4/entries.json", cell("boss", "table", "role", 0)),
    "an age of 300": ("files/5/entries.json", cell(300.0, "table", "age", 0)),
    "an age without end": ("files/5/entries.json", cell("inf", "table", "age", 0)),
    "somebody twice": ("files/5/entries.json", cell("SU1", "table", "respondent_id", 1)),
    "an entry of no row": ("files/0/entries.json", put(99, "rows", 0)),
    "rows of entries cut": ("files/0/entries.json", lambda said: said["rows"].pop()),
    "too many rows": ("files/0/entries.json", put(10**9, "table", "rows")),
    "two columns of a name": (
        "files/0/entries.json",
        lambda said: said["table"]["columns"].append(said["table"]["columns"][0]),
    ),
    "a native column less": ("files/0/entries.json", lambda said: said["table"]["columns"].pop(2)),
    "a cell a number": ("files/0/raw.json", put([1], "columns", 0, "texts")),
    "a heading less": ("files/0/raw.json", lambda said: said["header"].pop()),
    "a raw column less": ("files/0/raw.json", lambda said: said["columns"].pop()),
    "raw rows backwards": ("files/0/raw.json", lambda said: said["rows"].reverse()),
    "a raw row less": ("files/0/raw.json", lambda said: said["rows"].pop()),
    "questions of another file": ("files/0/raw.json", put(["a"], "questions")),
    "a tool of none": ("files/0/raw.json", put(" ", "tool")),
    "a refused row of none": ("files/0/raw.json", put([[None, "", "a", "b", "c", "error"]], "refused")),
}


# What stands in `study.json` is looked at under this version, where its fingerprint is held against the tables too.
CASES = [
    (name, software)
    for name, (part, _) in FAULTS.items()
    for software in ("this", "another")
    if software == "this" or part != "study.json"
]


@pytest.mark.parametrize(("name", "software"), CASES)
def test_every_fault_is_found(name, software) -> None:
    part, change = FAULTS[name]
    parts = plain(whole_study())
    if software == "another":
        parts["study.json"] = parts["study.json"].replace(b'"software":"0.1', b'"software":"0.0')
    said = json.loads(parts[part])
    change(said)
    parts[part] = json.dumps(said).encode()
    with pytest.raises(UnreadableFileError) as error:
        unpack(parts)
    assert str(error.value) == DAMAGED


def test_two_files_of_one_name() -> None:
    parts = {name: data for name, data in plain(whole_study()).items() if not name.startswith("files/1/")}
    same = {name.replace("files/0", "files/1"): data for name, data in parts.items() if name.startswith("files/0/")}
    parts["study.json"] = parts["study.json"].replace(b'"software":"0.1', b'"software":"0.0')
    with pytest.raises(UnreadableFileError):
        unpack({**parts, **same})


@pytest.mark.parametrize("part", ["study.json", "exports.json", "files/0/intake.json", "waiting/0/raw.json"])
def test_a_part_that_is_missing_or_no_part(part) -> None:
    parts = plain(whole_study())
    for wrong in (b"null", b"[]", b"{}", b"1", b'""'):
        with pytest.raises(UnreadableFileError):
            unpack({**parts, part: wrong})
    with pytest.raises(UnreadableFileError):
        unpack({name: data for name, data in parts.items() if name != part})


def test_a_small_part_can_not_become_a_huge_table() -> None:
    parts = plain(whole_study())
    said = json.loads(parts["files/6/entries.json"])
    room = Room.for_parts(parts)
    said["table"]["columns"].append(
        {"name": "x", "type": "str", "values": ["x" * 50_000_000], "codes": "AAAA"},
    )
    with pytest.raises(UnreadableFileError):
        read_frame(said["table"], room)
