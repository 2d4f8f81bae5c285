"""The cells of a file as read, as JSON. Columns that were left out because they look personal are written blank."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evalcore.intake.files.layout import repeated_headings
from evalcore.intake.files.raw import RawTable, TextColumn
from evalcore.intake.files.tools import list_tools
from evalcore.intake.headings.personal import heading_looks_personal, looks_personal
from evalcore.intake.intake import Intake
from evalcore.intake.problems import Problem
from evalcore.storage.checked import Room, damaged, listed, record, text, texts, whole
from evalcore.storage.frames import MOST_ROWS, packed_codes, read_codes

LOOKS_PERSONAL = "left out: looks like "
"""How the reason begins for which a column was left out at the door."""

_FIELDS = ("name", "digest", "header", "columns", "rows", "refused", "notes", "questions", "tool", "sheet")
_PROBLEM = ("row", "column", "found", "expected", "action", "severity")
_MOST_COLUMNS = 20_000
_LAST_ROW = 2**53
_CODE = 4  # bytes of a cell's code


def personal_positions(intake: Intake) -> frozenset[int]:
    """Return the columns (the first is 1) that were left out and look personal: their cells are never written.

    >>> from evalcore.intake import read_questionnaires
    >>> file = b"respondent_id,wave,e-mail,gse_1\\nA1,pre,a@example.org,3\\n"
    >>> personal_positions(read_questionnaires(file, name="a.csv"))
    frozenset({3})
    """
    raw = intake.raw
    left = intake.mapping[intake.mapping["taken_for"] == ""]
    found = []
    for position, reason in zip(left["position"].tolist(), left["reason"].tolist(), strict=True):
        if reason.startswith(LOOKS_PERSONAL) or (raw is not None and _looks_personal(raw, position - 1)):
            found.append(position)
    return frozenset(found)


def _looks_personal(raw: RawTable, index: int) -> bool:
    """Whether a column looks personal that was left out for another reason: by choice, by the habits of a tool."""
    return bool(looks_personal(raw.header[index], raw.columns[index]) or heading_looks_personal(raw.question(index)))


def raw_record(raw: RawTable, blank: Collection[int]) -> dict[str, Any]:
    """Return a raw table as plain values, the columns at these positions blank.

    Where a line repeats the headings its cells stay: they say nothing of anybody, and the line is told by them.
    """
    again = repeated_headings(raw) if blank else np.zeros(len(raw), dtype=bool)
    columns = [
        _blanked(column, again) if position in blank else column for position, column in enumerate(raw.columns, start=1)
    ]
    return {
        "name": raw.name,
        "digest": raw.digest,
        "header": list(raw.header),
        "columns": [{"texts": list(c.texts), "codes": packed_codes(c.codes, len(c.texts))} for c in columns],
        "rows": raw.rows.tolist(),
        "refused": [_problem_record(one) for one in raw.refused],
        "notes": [_problem_record(one) for one in raw.notes],
        "questions": list(raw.questions),
        "tool": raw.tool,
        "sheet": raw.sheet,
    }


def _blanked(column: TextColumn, kept: NDArray[np.bool_]) -> TextColumn:
    if not kept.any():
        return TextColumn(np.zeros(len(column.codes), dtype=np.int32), ("",))
    return TextColumn.from_cells(
        column.texts[code] if keep else "" for code, keep in zip(column.codes, kept, strict=True)
    )


def read_raw_table(value: Any, room: Room) -> RawTable:
    """Build a raw table again; UnreadableFileError where anything is not as it must be."""
    said = record(value, *_FIELDS)
    header, questions = texts(said["header"]), texts(said["questions"])
    if not 0 < len(header) <= _MOST_COLUMNS or (questions and len(questions) != len(header)):
        raise damaged()
    rows = row_numbers(said["rows"], rising=True)
    columns = tuple(_column(each, len(rows), room) for each in listed(said["columns"], len(header)))
    refused, notes = (tuple(_problem(each) for each in listed(said[name])) for name in ("refused", "notes"))
    if any(problem.row is None for problem in refused):
        raise damaged()
    whose, tool = (text(said["name"]), text(said["digest"])), text(said["tool"], ("", *list_tools()))
    return RawTable(*whose, header, columns, rows, refused, notes, questions, tool, text(said["sheet"]))


def row_numbers(value: Any, *, rising: bool) -> NDArray[np.int64]:
    """Return the spreadsheet's row numbers of a file's rows; `rising`: each row once, in the order of the file."""
    found = listed(value)
    if len(found) > MOST_ROWS or set(map(type, found)) - {int}:
        raise damaged()
    if found and not (min(found) > 0 and max(found) <= _LAST_ROW):
        raise damaged()
    rows = np.array(found, dtype=np.int64)
    if rising and (np.diff(rows) <= 0).any():
        raise damaged()
    return rows


def _column(value: Any, rows: int, room: Room) -> TextColumn:
    said = record(value, "texts", "codes")
    cells = texts(said["texts"])
    room.take(_CODE * rows)
    return TextColumn(read_codes(said["codes"], len(cells), rows).astype(np.int32), cells)


def _problem_record(problem: Problem) -> list[Any]:
    return [getattr(problem, name) for name in _PROBLEM]


def _problem(value: Any) -> Problem:
    row, *rest = listed(value, len(_PROBLEM))
    return Problem(None if row is None else whole(row, 1, _LAST_ROW), *texts(rest))
