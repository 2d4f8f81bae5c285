"""Whether two studies are the same in everything that can be asked of them."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from evalcore.intake import Choices, Intake
from evalcore.intake.files.raw import RawTable, TextColumn
from evalcore.storage.raw_tables import personal_positions
from evalcore.study import Study

TABLES = ("responses", "roster", "cases", "caseload", "published", "problems", "rows", "entries", "identities")


def same_frame(one: pd.DataFrame | None, other: pd.DataFrame | None) -> None:
    """Two tables that are the same to the bit, their order, types and blanks included."""
    if one is None or other is None:
        assert one is other
        return
    assert [(name, repr(dtype)) for name, dtype in one.dtypes.items()] == [
        (name, repr(dtype)) for name, dtype in other.dtypes.items()
    ]
    pd.testing.assert_frame_equal(one.reset_index(drop=True), other, check_exact=True)
    for name in one.columns:
        if str(one[name].dtype) == "float64":
            assert list(map(repr, one[name])) == list(map(repr, other[name]))


def same_study(one: Study, other: Study) -> None:
    """Two studies that are the same in everything that can be asked of them."""
    for name in (*TABLES, "counted"):
        same_frame(getattr(one, name), getattr(other, name))
    for name in ("name", "decisions", "plan", "rivals", "notes", "exports", "taken_out", "withdrawn"):
        assert getattr(one, name) == getattr(other, name), name
    assert (one.thresholds, one.overrides) == (other.thresholds, other.overrides)
    assert one.telling == other.telling
    assert one.fingerprint == other.fingerprint
    for before, after in zip((*one.intakes, *one.waiting), (*other.intakes, *other.waiting), strict=True):
        same_intake(before, after)


def same_intake(one: Intake, other: Intake) -> None:
    """Two files that are the same in everything but the cells of columns that look personal, which are blank."""
    blank = personal_positions(one)
    for name in ("name", "kind", "digest", "instruments", "table_hash"):
        assert getattr(one, name) == getattr(other, name), name
    for name in ("responses", "roster", "cases", "caseload", "published", "counted", "problems", "rows", "codes"):
        same_frame(getattr(one, name), getattr(other, name))
    same_frame(_shown(one.mapping, blank), other.mapping)
    if one.counted is not None:
        assert (one.entries, one.raw, other.entries, other.raw) == (None, None, None, None)
        return
    assert one.entries is not None
    assert other.entries is not None
    same_frame(one.entries.table, other.entries.table)
    assert one.entries.rows.tolist() == other.entries.rows.tolist()
    assert one.entries.table is not one.table or other.entries.table is other.table
    assert len(one.questions) == len(other.questions)
    for asked, again in zip(one.questions, other.questions, strict=True):
        assert (asked.key, asked.text, asked.why, asked.needed) == (again.key, again.text, again.why, again.needed)
        assert [option.label for option in asked.options] == [option.label for option in again.options]
        for option, same in zip(asked.options, again.options, strict=True):
            same_choices(option.choices, same.choices, blank)
    same_choices(one.choices, other.choices, blank)
    assert one.raw is not None
    assert other.raw is not None
    same_raw(one.raw, other.raw, blank)


def same_choices(one: Choices, other: Choices, blank: Collection[int]) -> None:
    """Two sets of choices that say the same."""
    assert (one.wave, one.kind, one.answered) == (other.wave, other.kind, other.answered)
    same_frame(None if one.mapping is None else _shown(one.mapping, blank), other.mapping)
    same_frame(one.codes, other.codes)


def same_raw(one: RawTable, other: RawTable, blank: Collection[int]) -> None:
    """Two files of the same cells, those of some columns blank in the other."""
    for name in ("name", "digest", "header", "refused", "notes", "questions", "tool", "sheet"):
        assert getattr(one, name) == getattr(other, name), name
    assert one.rows.tolist() == other.rows.tolist()
    assert one.rows.dtype == other.rows.dtype
    for position, (mine, its) in enumerate(zip(one.columns, other.columns, strict=True), start=1):
        assert its.codes.dtype == mine.codes.dtype
        if position in blank:
            assert set(_cells(its)) <= {"", *_cells(mine)}
        else:
            assert (mine.texts, mine.codes.tolist()) == (its.texts, its.codes.tolist())


def _cells(column: TextColumn) -> list[str]:
    return [column.texts[code] for code in column.codes]


def _shown(mapping: pd.DataFrame, blank: Collection[int]) -> pd.DataFrame:
    if "preview" not in mapping:
        return mapping
    return mapping.assign(preview=mapping["preview"].mask(mapping["position"].isin(list(blank)), "").astype("str"))
