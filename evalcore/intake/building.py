"""From a raw table and its mapping to a checked native table: what questionnaires and tables of people share."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evalcore.columns import PEOPLE, RESPONDENT_ID, TALLY
from evalcore.errors import UnreadableFileError
from evalcore.intake.cells.values import Converted, Converter, convert_column, for_field, to_text
from evalcore.intake.choices import Choices, Question
from evalcore.intake.fates import Fates
from evalcore.intake.files.layout import repeated_headings
from evalcore.intake.files.raw import RawTable, TextColumn, tidy
from evalcore.intake.headings.headers import KEEP, RECORD_STATUS, Heading, map_headings
from evalcore.intake.native import RESPONSES, fields
from evalcore.intake.people.identifiers import was_rounded
from evalcore.intake.people.pseudonyms import replace_identifiers
from evalcore.intake.problems import (
    ANSWER_MISSING,
    ERROR,
    FILE_NOT_READ,
    KEPT,
    NOTE,
    ROW_SET_ASIDE,
    VALUE_MISSING,
    WARNING,
    Problem,
    Problems,
)
from evalcore.wording import joined

TEST_RESPONSE = "a test response"
HEADING_AGAIN = "the heading line again"
NO_IDENTIFIER = "no identifier"

# What survey tools call responses that nobody gave. In Qualtrics' numeric export 1 is a preview and 2 a test, alone or
# added to another mark (9, 17).
_TEST_WORDS = frozenset({"survey preview", "survey test", "preview", "test", "test response"})
_TEST_NUMBERS = frozenset({"1", "2", "9", "17"})
# More cells of a column that say "no answer" than this are one line of the list, which quotes this many texts.
_MOST_LISTED, _QUOTED = 1_000, 2
# Nobody is called so; a code such as T1 or TS01 is not meant.
_TEST_IDENTIFIER = re.compile(r"(?:test(?:ing|er)?|dummy)[\s_.-]*\d{0,3}|1@a\.com")

Place = tuple[str, str]
"""A native column, and the wave that it holds in a wide file (else empty)."""


@dataclass
class Draft:
    """One file on its way from text to a native table."""

    raw: RawTable
    kind: str
    headings: list[Heading]
    problems: Problems
    fates: Fates
    choices: Choices = field(default_factory=Choices)
    values: dict[Place, pd.Series] = field(default_factory=dict)
    held: dict[str, NDArray[np.bool_]] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    codes: list[pd.DataFrame] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set)
    in_order: dict[str, dict[str, int]] = field(default_factory=dict)
    wave: str = ""
    rounded: NDArray[np.bool_] | None = None

    @property
    def taken(self) -> dict[Place, Heading]:
        """The heading that each native column was found under, wave by wave."""
        return {(h.taken_for, h.wave): h for h in self.headings if h.taken_for not in ("", KEEP, RECORD_STATUS)}

    def names(self) -> set[str]:
        """The native columns that were found at any wave."""
        return {name for name, _ in self.taken}

    def cells(self, heading: Heading) -> TextColumn:
        """The cells under a heading."""
        return self.raw.columns[heading.position - 1]

    def missing(self) -> pd.Series:
        """A column of text without any value."""
        return constant(None, len(self.raw))

    def chosen(self, name: str) -> dict[str, str]:
        """What a person chose for the texts of a field: text to code, empty for no answer."""
        codes = self.choices.codes
        if codes is None:
            return {}
        mine = codes[codes["field"] == name]
        return {tidy(str(found)): str(code) for found, code in zip(mine["found"], mine["code"], strict=True)}


def constant(value: str | None, n: int) -> pd.Series:
    """A column of text that says the same in each of `n` rows."""
    return pd.Series(pd.array([value], dtype="str").take(np.zeros(n, dtype=np.intp)))


def start(raw: RawTable, kind: str, choices: Choices, pseudonym_key: str | None = None) -> Draft:
    """Map the headings, carry over what reading the file had to say, and set aside rows that nobody answered.

    With a key the identifiers are replaced here, before anything is listed. UnreadableFileError for a single column
    that is none of ours: that is running text, not a table.
    """
    problems = Problems([*raw.notes, *raw.refused])
    headings = map_headings(raw, kind, problems, choices.mapping)
    if len(raw.header) == 1 and not any(h.taken_for for h in headings):
        raise UnreadableFileError(
            "The file is not a table: no line is divided by commas, semicolons or tabs. "
            "Export the answers as CSV or as an Excel workbook."
        )
    if not len(raw) and not raw.refused:
        problems.add(None, "", "no rows under the headings", "at least one row", FILE_NOT_READ, ERROR)
    draft = Draft(raw, kind, headings, problems, Fates(len(raw)), choices)
    _set_aside_headings(draft)
    _set_aside_tests(draft)
    identifier = draft.taken.get((RESPONDENT_ID, ""))
    if identifier is not None:
        draft.rounded = draft.cells(identifier).mask(was_rounded)
        if pseudonym_key is not None:
            _hide_identifiers(draft, identifier, pseudonym_key)
    return draft


def _hide_identifiers(draft: Draft, heading: Heading, key: str) -> None:
    """Replace the identifiers for good: the file may be read again, and then has the codes only.

    What names a test stays, so that it is found again; rounded numbers are listed at once, without the number.
    """
    at = heading.position - 1
    old = draft.raw.columns[at]
    hidden = replace_identifiers(draft.raw, heading.position, key)
    new = hidden.columns[at]
    texts = (before if _names_test(before) else after for before, after in zip(old.texts, new.texts, strict=True))
    columns = (*hidden.columns[:at], TextColumn(new.codes, tuple(texts)), *hidden.columns[at + 1 :])
    rounded = draft.raw.rows[draft.rounded & draft.fates.kept] if draft.rounded is not None else ()
    found = "a number that a spreadsheet has rounded"
    lines = tuple(Problem(int(row), heading.label, found, "the number in full", KEPT, WARNING) for row in rounded)
    draft.problems.found.extend((*hidden.notes[len(draft.raw.notes) :], *lines))
    draft.raw = replace(hidden, columns=columns, notes=(*hidden.notes, *lines))
    draft.rounded = None


def _set_aside_headings(draft: Draft) -> None:
    again = repeated_headings(draft.raw)
    for row in draft.raw.rows[again]:
        draft.problems.add(int(row), "", "the headings once more", "an answer", ROW_SET_ASIDE, NOTE)
    draft.fates.set_aside(again, HEADING_AGAIN)


def _set_aside_tests(draft: Draft) -> None:
    """Set aside what the survey tool, or the identifier itself, says is a test."""
    for heading in draft.headings:
        if heading.taken_for == RECORD_STATUS:
            _set_aside_test_rows(draft, heading, draft.cells(heading).mask(_marks_test))
            spam = draft.cells(heading).mask(lambda text: "spam" in text.casefold()) & draft.fates.kept
            list_cells(draft, heading, spam, "an answer that somebody gave", KEPT, WARNING)
        elif heading.taken_for == RESPONDENT_ID and draft.kind == RESPONSES:
            _set_aside_test_rows(draft, heading, draft.cells(heading).mask(_names_test))


def _set_aside_test_rows(draft: Draft, heading: Heading, which: NDArray[np.bool_]) -> None:
    fresh = which & draft.fates.kept
    list_cells(draft, heading, fresh, "an answer that somebody gave", ROW_SET_ASIDE, WARNING)
    draft.fates.set_aside(fresh, TEST_RESPONSE)


def _marks_test(text: str) -> bool:
    found = tidy(text).casefold()
    return found in _TEST_WORDS or found in _TEST_NUMBERS


def _names_test(text: str) -> bool:
    return _TEST_IDENTIFIER.fullmatch(tidy(text).casefold()) is not None


def convert(draft: Draft, heading: Heading, converter: Converter, *, action: str = VALUE_MISSING) -> Converted:
    """Convert one column into `draft.values`, and list the cells that could not be taken or that say "no answer".

    Rows that nobody answered are not listed: what stands in them is no answer.
    """
    converted = convert_column(draft.cells(heading), converter)
    draft.values[(heading.taken_for, heading.wave)] = converted.values
    kept = draft.fates.kept
    list_cells(draft, heading, converted.bad & kept, converter.expected, action, ERROR)
    _list_no_answers(draft, heading, converted.said_missing & kept, converter.expected, action)
    for found, expected in converter.notes:
        draft.problems.add(None, heading.label, found, expected, KEPT, WARNING)
    return converted


def _list_no_answers(draft: Draft, heading: Heading, which: NDArray[np.bool_], expected: str, action: str) -> None:
    """List the cells that say that there is no answer: each, or in one line where a caseload has thousands of them."""
    n = int(which.sum())
    if n <= _MOST_LISTED:
        list_cells(draft, heading, which, expected, action, NOTE)
        return
    column = draft.cells(heading)
    texts = [tidy(column.texts[code]) for code in np.unique(column.codes[which])[:_QUOTED]]
    found = f"{n:,} cells that say that there is no answer, such as {joined(texts)}"
    draft.problems.add(None, heading.label, found, expected, action, NOTE)


def convert_answers(draft: Draft, heading: Heading, converter: Converter) -> None:
    """Convert one column of answers, and remember which rows hold one."""
    converted = convert(draft, heading, converter, action=ANSWER_MISSING)
    answered = converted.values.notna().to_numpy() | converted.bad
    before = draft.held.get(heading.wave)
    draft.held[heading.wave] = answered if before is None else before | answered


def list_cells(
    draft: Draft, heading: Heading, which: NDArray[np.bool_], expected: str, action: str, severity: str = ERROR
) -> None:
    """List each cell where `which` is true."""
    at = np.flatnonzero(which)
    if len(at):
        column = draft.cells(heading)
        found = (column.texts[code] for code in column.codes[at])
        draft.problems.add_cells(draft.raw.rows[at], heading.label, found, expected, action, severity)


def convert_fields(draft: Draft, skip: Sequence[str] = ()) -> None:
    """Convert every native column that was found; a cell that can not be taken becomes missing and is listed."""
    natives = {native.name: native for native in fields(draft.kind)}
    for (name, _), heading in draft.taken.items():
        if name in natives and name not in skip:
            texts = draft.cells(heading).texts
            chosen = {found: code or None for found, code in draft.chosen(name).items()}
            convert(draft, heading, for_field(natives[name], texts, chosen=chosen))
    for heading in draft.headings:
        if heading.taken_for == KEEP:
            cells = draft.cells(heading)
            draft.values[(heading.label, "")] = cells.spread([to_text(text) for text in cells.texts], "str")


def identify(draft: Draft) -> None:
    """Set aside rows without an identifier, and warn of identifiers that a spreadsheet has rounded."""
    heading = draft.taken.get((RESPONDENT_ID, ""))
    if heading is None:
        return
    blank = draft.values[(RESPONDENT_ID, "")].isna().to_numpy() & draft.fates.kept
    list_cells(draft, heading, blank, "an identifier", ROW_SET_ASIDE)
    draft.fates.set_aside(blank, NO_IDENTIFIER)
    if draft.rounded is not None:
        list_cells(draft, heading, draft.rounded & draft.fates.kept, "the number in full", KEPT, WARNING)


def stop(draft: Draft, column: str, found: str, expected: str) -> None:
    """Say why the file can not be used at all, and set aside every row for it."""
    draft.problems.add(None, column, found, expected, FILE_NOT_READ, ERROR)
    draft.fates.set_aside(np.ones(len(draft.raw), dtype=bool), f"file not read: {found}")


ALWAYS: Mapping[str, tuple[str, ...]] = {
    "responses": tuple(f.name for f in fields("responses")),
    "roster": tuple(f.name for f in fields("roster")),
    "cases": (RESPONDENT_ID,),
    "caseload": (RESPONDENT_ID,),
    "published": ("measure",),
    "counted": (TALLY, PEOPLE),
}
"""Columns that a native table always has, whether the file has them or not."""
