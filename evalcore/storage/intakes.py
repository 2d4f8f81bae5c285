"""One file of a study as parts: what was read, what was chosen, the account of its rows, and its cells."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.types import pandas_dtype

from evalcore.columns import (
    CODE_COLUMNS,
    MAPPING_COLUMNS,
    PROBLEM_COLUMNS,
    RESPONDENT_ID,
    ROW_COLUMNS,
    SEVERITIES,
    WAVE,
    WAVES,
)
from evalcore.instruments.loading import list_instruments
from evalcore.intake.choices import Choices, Option, Question
from evalcore.intake.fates import SET_ASIDE, USED
from evalcore.intake.intake import Entries, Intake
from evalcore.intake.native import KINDS, TABLES
from evalcore.storage.checked import (
    Room,
    damaged,
    listed,
    part_of,
    record,
    text,
    text_or_none,
    texts,
    written,
    yes_no,
)
from evalcore.storage.frames import TEXT, WHOLE, WHOLE_OR_MISSING, Check, frame_record, read_frame
from evalcore.storage.native_tables import check_repeats, read_native
from evalcore.storage.raw_tables import personal_positions, raw_record, read_raw_table, row_numbers

INTAKE, ENTRIES, TABLE, RAW = "intake.json", "entries.json", "table.json", "raw.json"
_FIELDS = ("name", "kind", "digest", "instruments", "parts", "problems", "mapping", "rows", "codes")
_SAID = ("questions", "choices")
_PROBLEM_TYPES = {name: WHOLE_OR_MISSING if name == "row" else TEXT for name in PROBLEM_COLUMNS}
_MAPPING_TYPES = {name: WHOLE if name == "position" else TEXT for name in MAPPING_COLUMNS}
_CODE_TYPES = {name: WHOLE if name == "n" else TEXT for name in CODE_COLUMNS}
_ROW_TYPES = {name: WHOLE if name == "row" else TEXT for name in ROW_COLUMNS}
_CHOSEN_MAPPING = ("position", "header", "taken_for")
_CHOSEN_CODES = ("field", "found", "code")


def intake_parts(intake: Intake) -> Iterator[tuple[str, bytes]]:
    """Yield each part of a file: its name inside the file's folder, and what stands in it."""
    blank = personal_positions(intake)
    own = intake.entries is None or intake.entries.table is not intake.table
    if own and intake.entries is not None:
        own = not _same(intake.table, intake.entries.table)
    present = {ENTRIES: intake.entries is not None, TABLE: own, RAW: intake.raw is not None}
    said = {
        "name": intake.name,
        "kind": intake.kind,
        "digest": intake.digest,
        "instruments": list(intake.instruments),
        "parts": [name for name, there in present.items() if there],
        "problems": frame_record(intake.problems),
        "mapping": frame_record(_without_previews(intake.mapping, blank)),
        "rows": frame_record(intake.rows),
        "codes": frame_record(intake.codes),
        "questions": [_question_record(one, blank) for one in intake.questions],
        "choices": _choices_record(intake.choices, blank),
    }
    yield INTAKE, written(said)
    if intake.entries is not None:
        yield ENTRIES, written({"table": frame_record(intake.entries.table), "rows": intake.entries.rows.tolist()})
    if own:
        yield TABLE, written(frame_record(intake.table))
    if intake.raw is not None:
        yield RAW, written(raw_record(intake.raw, blank))


def _same(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    return len(one) == len(other) and list(one.columns) == list(other.columns) and one.equals(other)


def read_intake(parts: Mapping[str, bytes], room: Room) -> Intake:
    """Build a file of a study from its parts; UnreadableFileError where anything is not as it must be."""
    said = record(part_of(parts, INTAKE), *_FIELDS, *_SAID)
    if {INTAKE, *texts(said["parts"])} != set(parts):
        raise damaged()
    kind = text(said["kind"], TABLES)
    rows = _rows(said["rows"], text(said["name"]), room)
    entries = _entries(part_of(parts, ENTRIES), kind, rows, room) if ENTRIES in parts else None
    if entries is not None and TABLE not in parts:
        table = entries.table
    else:
        table = read_native(part_of(parts, TABLE), kind, room)
    check_repeats(table, kind)
    intake = Intake(
        name=said["name"],
        kind=kind,
        problems=_problems(said["problems"], said["name"], room),
        mapping=read_frame(said["mapping"], room, _MAPPING_TYPES, _holding({})),
        rows=rows,
        instruments=_instruments(said["instruments"]),
        digest=text(said["digest"]),
        entries=entries,
        codes=read_frame(said["codes"], room, _CODE_TYPES, _holding({})),
        questions=tuple(_question(one, room) for one in listed(said["questions"])),
        choices=_choices(said["choices"], room),
        raw=read_raw_table(part_of(parts, RAW), room) if RAW in parts else None,
        **{kind: table},
    )
    _check_places(intake)
    return intake


def _check_places(intake: Intake) -> None:
    """Each column of the mapping is one of the file, named once, under the file's own heading."""
    positions, headers = intake.mapping["position"].tolist(), intake.mapping["header"].tolist()
    if len(set(positions)) != len(positions) or min(positions, default=1) < 1:
        raise damaged()
    if intake.raw is not None:
        known = dict(enumerate(intake.raw.header, start=1))
        if any(known.get(position) != header for position, header in zip(positions, headers, strict=True)):
            raise damaged()


def _instruments(value: Any) -> tuple[str, ...]:
    found = texts(value)
    if len(set(found)) != len(found) or not set(found) <= set(list_instruments()):
        raise damaged()
    return found


def _rows(value: Any, name: str, room: Room) -> pd.DataFrame:
    """The account of the rows: each once, in the order of the file, each with a fate."""
    only = {"file": {name}, "fate": {USED, SET_ASIDE}}
    rows = read_frame(value, room, _ROW_TYPES, _holding(only, may_miss=(RESPONDENT_ID, WAVE)))
    numbers = rows["row"].to_numpy()
    if len(numbers) and (numbers[0] < 1 or (np.diff(numbers) <= 0).any()):
        raise damaged()
    return rows


def _problems(value: Any, name: str, room: Room) -> pd.DataFrame:
    only = {"file": {name}, "severity": set(SEVERITIES)}
    problems = read_frame(value, room, _PROBLEM_TYPES, _holding(only, may_miss=("row",)))
    if (problems["row"].dropna() < 1).any():
        raise damaged()
    return problems


def _holding(only: Mapping[str, set[str]], may_miss: Collection[str] = ()) -> Check:
    """Look that some columns hold certain texts only, and that no other column than those named misses a value."""

    def check(name: str, _kind: str, values: list[Any]) -> None:
        if (name not in may_miss and None in values) or (name in only and not set(values) <= only[name]):
            raise damaged()

    return check


def _entries(value: Any, kind: str, rows: pd.DataFrame, room: Room) -> Entries:
    said = record(value, "table", "rows")
    table, places = read_native(said["table"], kind, room), row_numbers(said["rows"], rising=False)
    if len(places) != len(table) or not np.isin(places, rows["row"].to_numpy()).all():
        raise damaged()
    return Entries(table, places)


def _question_record(question: Question, blank: Collection[int]) -> dict[str, Any]:
    options = [{"label": one.label, "choices": _choices_record(one.choices, blank)} for one in question.options]
    plain = {name: getattr(question, name) for name in ("key", "text", "why", "needed")}
    return {**plain, "options": options}


def _question(value: Any, room: Room) -> Question:
    said = record(value, "key", "text", "why", "needed", "options")
    options = []
    for each in listed(said["options"]):
        option = record(each, "label", "choices")
        options.append(Option(text(option["label"]), _choices(option["choices"], room)))
    return Question(text(said["key"]), text(said["text"]), text(said["why"]), tuple(options), yes_no(said["needed"]))


def _choices_record(choices: Choices, blank: Collection[int]) -> dict[str, Any]:
    mapping, codes = choices.mapping, choices.codes
    if mapping is not None:
        mapping = _as_text(_without_previews(mapping, blank), but="position")
    return {
        "wave": choices.wave,
        "mapping": None if mapping is None else frame_record(mapping),
        "codes": None if codes is None else frame_record(_as_text(codes[list(_CHOSEN_CODES)])),
        "kind": choices.kind,
        "answered": sorted(choices.answered),
    }


def _as_text(frame: pd.DataFrame, but: str = "") -> pd.DataFrame:
    """The columns as text, as a reading takes them: a table that was typed or put together may hold anything."""
    kinds = {name: pandas_dtype(WHOLE if name == but else TEXT) for name in frame.columns}
    return frame.astype(kinds)


def _without_previews(mapping: pd.DataFrame, blank: Collection[int]) -> pd.DataFrame:
    if not blank or "preview" not in mapping:
        return mapping
    shown = mapping["preview"].mask(mapping["position"].isin(list(blank)), "")
    return mapping.assign(preview=shown.astype("str"))


def _choices(value: Any, room: Room) -> Choices:
    said = record(value, "wave", "mapping", "codes", "kind", "answered")
    mapping = None if said["mapping"] is None else read_frame(said["mapping"], room)
    codes = None if said["codes"] is None else read_frame(said["codes"], room, dict.fromkeys(_CHOSEN_CODES, TEXT))
    if mapping is not None:
        types = {str(name): str(dtype) for name, dtype in mapping.dtypes.items()}
        if not set(_CHOSEN_MAPPING) <= set(types) or types.pop("position") != WHOLE or set(types.values()) != {TEXT}:
            raise damaged()
    return Choices(
        wave=text_or_none(said["wave"], WAVES),
        mapping=mapping,
        codes=codes,
        kind=text_or_none(said["kind"], KINDS),
        answered=frozenset(texts(said["answered"])),
    )
