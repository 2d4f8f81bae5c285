"""Whether a table that was read back is one that the readers could have made: the rest of evalcore relies on it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from evalcore.columns import RESPONDENT_ID, WAVE
from evalcore.instruments.loading import load_instrument
from evalcore.intake.building import ALWAYS
from evalcore.intake.native import CASELOAD, CHOICE, COUNTED, KEYS, PUBLISHED, RESPONSES, Field, fields, item_columns
from evalcore.storage.checked import Room, damaged
from evalcore.storage.frames import NUMBER, TEXT, read_frame

_NEVER_MISSING = {PUBLISHED: ("measure",), CASELOAD: (), RESPONSES: (RESPONDENT_ID, WAVE), COUNTED: ALWAYS[COUNTED]}


def read_native(value: Any, kind: str, room: Room) -> pd.DataFrame:
    """Build a native table again: each column is native, or text, and holds only what it may hold.

    UnreadableFileError where anything is not as it must be.

    >>> column = {"name": "respondent_id", "type": "str", "values": ["A1"], "codes": None}
    >>> len(read_native({"rows": 1, "columns": [column]}, "cases", Room(1000)))
    1
    """
    natives: Mapping[str, Field] = {field.name: field for field in fields(kind)}
    items = item_columns() if kind == RESPONSES else {}
    never_missing = _never_missing(kind)

    def check(name: str, dtype: str, values: list[Any]) -> None:
        if name in natives:
            _check_field(natives[name], dtype, values)
        elif name in items:
            _check_item(items[name], dtype, values)
        elif dtype != TEXT:
            raise damaged()
        if name in never_missing and not {None, ""}.isdisjoint(values):
            raise damaged()

    table = read_frame(value, room, check=check)
    if not set(ALWAYS[kind]) <= set(table.columns) or (kind == CASELOAD and _some_are_named(table[RESPONDENT_ID])):
        raise damaged()
    return table


def _never_missing(kind: str) -> tuple[str, ...]:
    """Everyone has an identifier, and every questionnaire a wave; a caseload may be without any identifier."""
    return _NEVER_MISSING.get(kind, (RESPONDENT_ID,))


def _some_are_named(who: pd.Series) -> bool:
    missing = who.isna()
    return bool((who == "").any() or (missing.any() and not missing.all()))


def _check_field(native: Field, dtype: str, values: list[Any]) -> None:
    if dtype != native.dtype or (native.kind == CHOICE and not set(values) <= {None, *native.allowed}):
        raise damaged()
    if dtype == NUMBER:
        low = -math.inf if native.low is None else native.low
        high = math.inf if native.high is None else native.high
        if any(one is not None and not low <= float(one) <= high for one in values):
            raise damaged()


def _check_item(instrument: str, dtype: str, values: list[Any]) -> None:
    if dtype != NUMBER or not set(values) <= {None, *load_instrument(instrument).codes}:
        raise damaged()


def check_repeats(table: pd.DataFrame, kind: str) -> None:
    """Raise UnreadableFileError unless each person (and wave) stands in the table once.

    >>> check_repeats(pd.DataFrame({"respondent_id": pd.array(["A1", "A2"], dtype="str")}), "cases")
    """
    keys = list(KEYS[kind])
    if keys and (table.duplicated(keys) & table[RESPONDENT_ID].notna()).any():
        raise damaged()
