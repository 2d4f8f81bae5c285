"""Any table: which native table it is, and whose reader it goes to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from evalcore.columns import RESPONDENT_ID, WAVE
from evalcore.errors import UnknownNameError
from evalcore.intake import questionnaires, tables
from evalcore.intake.choices import Choices
from evalcore.intake.files.raw import RawTable
from evalcore.intake.headings.case_names import ENOUGH_ITEMS
from evalcore.intake.headings.headers import known_columns
from evalcore.intake.intake import Intake
from evalcore.intake.native import (
    CASELOAD,
    CASES,
    DATE_OF_BIRTH,
    KINDS,
    OASYS_ITEMS,
    PUBLISHED,
    RESPONSES,
    ROSTER,
    item_columns,
)

# A file of cases with more rows than this is taken for a caseload.
_MOST_CASES = 500
_NO_CHOICES = Choices()


def read_each(sheets: tuple[RawTable, ...], choices: Choices, key: str | None) -> Iterator[Intake]:
    """Read the sheets of a workbook that are tables of ours; the first always."""
    for at, raw in enumerate(sheets):
        if at == 0 or _is_ours(raw):
            mine = choices if _fits(raw, choices) else replace(choices, mapping=None)
            yield read_raw(raw, mine, key)


def _is_ours(raw: RawTable) -> bool:
    """Whether a further sheet says who each row is about, and at least one thing more."""
    return any(
        RESPONDENT_ID in (known := known_columns(raw, kind)) and len(known) > 1 for kind in (RESPONSES, ROSTER, CASES)
    )


def _fits(raw: RawTable, choices: Choices) -> bool:
    return choices.mapping is None or list(choices.mapping["header"]) == list(raw.header)


def read_raw(raw: RawTable, choices: Choices, key: str | None = None) -> Intake:
    """Read a table as what it is, or as what `choices.kind` says it is."""
    if choices.kind is not None and choices.kind not in KINDS:
        raise UnknownNameError(f"There is no table {choices.kind!r}. There are: {', '.join(KINDS)}.")
    return read_as(choices.kind or kind_of(raw), raw, choices, key)


def read_as(kind: str, raw: RawTable, choices: Choices, key: str | None = None) -> Intake:
    """Read a table by the reader of one kind."""
    if kind == RESPONSES:
        return questionnaires.from_raw(raw, choices, key)
    return tables.from_raw(raw, kind, choices, key)


def _without_what_says_nothing(cases: set[str], raw: RawTable, *, waves: bool) -> set[str]:
    """Forget columns that any list of people may have; `Q3.4` is an item of OASys only among others, in no survey."""
    items = cases & set(OASYS_ITEMS)
    doubtful = items if raw.tool or waves or len(items) < ENOUGH_ITEMS else set()
    return cases - {DATE_OF_BIRTH} - doubtful


def kind_of(raw: RawTable) -> str:
    """Tell by its columns which native table a file is: what `detect_kind` does, for a table that has been read."""
    responses = known_columns(raw, RESPONSES)
    if responses & set(item_columns()):
        return RESPONSES
    roster, cases = known_columns(raw, ROSTER), known_columns(raw, CASES)
    cases = _without_what_says_nothing(cases, raw, waves=WAVE in responses)
    if len(roster - cases - {RESPONDENT_ID}) > len(cases - roster) or (roster - cases and not cases - roster):
        return RESPONSES if WAVE in responses else ROSTER
    if {"measure", "count", "mean"} & known_columns(raw, PUBLISHED) and "measure" in known_columns(raw, PUBLISHED):
        return PUBLISHED
    if cases - roster:
        named = "caseload" in re.sub(r"[\W_]+", "", raw.name.casefold())
        return CASELOAD if named or RESPONDENT_ID not in cases or len(raw) > _MOST_CASES else CASES
    if WAVE in responses or raw.tool or RESPONDENT_ID not in roster:
        return RESPONSES
    return ROSTER
