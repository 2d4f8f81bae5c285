"""Blank workbooks to fill in: each column is checked as it is typed, and its codes stand on a second sheet."""

from __future__ import annotations

import datetime
import io
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evalcore.errors import UnknownNameError
from evalcore.instruments.instrument import Instrument
from evalcore.instruments.loading import list_instruments, load_instrument
from evalcore.intake.native import (
    CASES,
    CHOICE,
    DATE,
    IDENTIFIER,
    KINDS,
    NUMBER,
    RESPONSES,
    ROSTER,
    TEXT,
    WHOLE,
    YES_NO,
    Field,
    fields,
)
from evalcore.rules.needs import load_need_rules

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

CODES_SHEET = "Codes"
"""Name of the sheet that explains the others; it holds no data."""

ANSWERS_SHEET = "Answers"
_WORDS = Path(__file__).with_suffix(".toml")
_LAST_ROW = 1_048_575
_FIRST_DAY, _LAST_DAY = datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)
_ANSWER = "answer"
_YES_NO = ("yes", "no")
# A fixed day, so that the same template is the same file.
_MADE = datetime.datetime(2026, 1, 1)
# A spreadsheet shows no more than this of the note beside a cell.
_LONGEST_NOTE = 255
# Nor does it take a list of choices that is longer when written out.
_LONGEST_LIST = 255
# The month as a word: a date whose day and month were swapped is seen.
_DAY_FORMAT = "d mmm yyyy"


@dataclass(frozen=True)
class _Column:
    """One column of a sheet: its native form, and what goes in, in words."""

    form: Field
    says: str


@dataclass(frozen=True)
class _Sheet:
    name: str
    row: str
    columns: tuple[_Column, ...]


@cache
def workbook_template(kind_or_instrument: str) -> bytes:
    """Return a blank workbook (XLSX) for one questionnaire, or for one native table.

    The first sheet has the headings; its cells take only what the column may hold, identifiers and words are kept as
    text, and dates show the month as a word. The sheet "Codes" says what goes into each column. Filled in, it is read
    without a change. The same name gives the same bytes; they are made once.

    Parameters
    ----------
    kind_or_instrument : str
        A questionnaire (`swemwbs`), or `responses` (all questionnaires), `roster`, `cases`, `caseload`, `published`.

    Raises
    ------
    UnknownNameError
        If there is no such questionnaire or table; the message lists those that exist.

    Examples
    --------
    >>> from evalcore.intake.files.reading import read_table
    >>> read_table(workbook_template("gse")).header[-1]
    'gse_10'
    """
    if kind_or_instrument in list_instruments():
        return _workbook([_answers(ANSWERS_SHEET, [kind_or_instrument])], [kind_or_instrument])
    if kind_or_instrument == RESPONSES:
        return _workbook([_answers(ANSWERS_SHEET, list_instruments())], list_instruments())
    if kind_or_instrument in KINDS:
        return _workbook([_table(kind_or_instrument)], [])
    names = ", ".join([*list_instruments(), *KINDS])
    raise UnknownNameError(f"There is no template {kind_or_instrument!r}. There are: {names}.")


def study_template(instruments: Sequence[str] | None = None) -> bytes:
    """Return one blank workbook (XLSX) for a whole study: sheets "Questionnaires", "Roster", "Cases" and "Codes".

    All questionnaires stand side by side in one sheet, since people usually fill in several at a sitting: their code
    and the date are then typed once.

    Parameters
    ----------
    instruments : sequence of str, optional
        Which questionnaires the study uses; all of them if not given.

    Raises
    ------
    UnknownNameError
        If there is no such questionnaire; the message lists those that exist.

    Examples
    --------
    >>> from evalcore.intake.files.reading import read_table
    >>> read_table(study_template(["gse"])).header[:2]
    ('respondent_id', 'wave')
    """
    return _study(tuple(list_instruments() if instruments is None else instruments))


@cache
def _study(instruments: tuple[str, ...]) -> bytes:
    sheets = [_answers("Questionnaires", instruments), _table(ROSTER), _table(CASES)]
    return _workbook(sheets, instruments)


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(_WORDS.read_text(encoding="utf-8"))


def _table(kind: str) -> _Sheet:
    columns = tuple(_Column(form, _says(form.name)) for form in fields(kind))
    return _Sheet(kind.capitalize(), str(_words()["rows"][kind]), columns)


def _answers(name: str, instruments: Sequence[str]) -> _Sheet:
    blank = _table(RESPONSES)
    columns = list(blank.columns)
    for instrument in map(load_instrument, instruments):
        codes = tuple(str(code) for code in instrument.codes)
        for number, item in enumerate(instrument.items, 1):
            form = Field(item.code, _ANSWER, allowed=codes)
            columns.append(_Column(form, f"{instrument.short_name}, item {number}: {item.keyword}"))
    return _Sheet(name, blank.row, tuple(columns))


def _says(name: str) -> str:
    words = _words()
    section, _, suffix = name.rpartition("_")
    if section in load_need_rules() and suffix in words["sections"]:
        return str(words["sections"][suffix]).format(section=load_need_rules()[section].label)
    return str(words["columns"][name])


def _workbook(sheets: Sequence[_Sheet], instruments: Sequence[str]) -> bytes:
    import xlsxwriter

    file = io.BytesIO()
    # In memory: nothing is written to disk.
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    book.set_properties({"created": _MADE})
    for sheet in sheets:
        _write_sheet(book, sheet)
    _write_codes(book, sheets, [load_instrument(name) for name in instruments])
    book.close()
    return file.getvalue()


def _write_sheet(book: Workbook, sheet: _Sheet) -> None:
    page = book.add_worksheet(sheet.name)
    bold = book.add_format({"bold": True, "bottom": 1, "num_format": "@"})
    formats = {
        IDENTIFIER: book.add_format({"num_format": "@"}),
        TEXT: book.add_format({"num_format": "@"}),
        DATE: book.add_format({"num_format": _DAY_FORMAT, "align": "left"}),
    }
    page.freeze_panes(1, 1)
    for at, column in enumerate(sheet.columns):
        form = column.form
        page.set_column(at, at, max(len(form.name) + 2, 12), formats.get(form.kind))
        page.write_string(0, at, form.name, bold)
        note = f"{column.says.rstrip('.')}. {_may_hold(form)}"[:_LONGEST_NOTE]
        page.data_validation(0, at, 0, at, {"validate": "any", "input_message": note})
        check = _check(form)
        if check:
            told = {"error_title": "Please check", "error_message": _may_hold(form)}
            page.data_validation(1, at, _LAST_ROW, at, check | told)


def _check(form: Field) -> dict[str, Any]:
    """Return what the spreadsheet is to check as a cell is typed; nothing for free text."""
    if len(",".join(_allowed(form))) > _LONGEST_LIST:
        return {}
    if form.kind in (CHOICE, YES_NO, _ANSWER):
        return {"validate": "list", "source": list(_allowed(form))}
    if form.kind == DATE:
        return {"validate": "date", "criteria": "between", "minimum": _FIRST_DAY, "maximum": _LAST_DAY}
    if form.kind not in (NUMBER, WHOLE):
        return {}
    kind = {"validate": "integer" if form.kind == WHOLE else "decimal"}
    if form.low is not None and form.high is not None:
        return {**kind, "criteria": "between", "minimum": form.low, "maximum": form.high}
    if form.low is not None:
        return {**kind, "criteria": ">=", "value": form.low}
    return {**kind, "criteria": "between", "minimum": -1e9, "maximum": 1e9}


def _allowed(form: Field) -> tuple[str, ...]:
    return _YES_NO if form.kind == YES_NO else form.allowed


def _may_hold(form: Field) -> str:
    """Say in a sentence what a cell may hold.

    >>> _may_hold(Field("age", NUMBER, low=10, high=110)), _may_hold(Field("wave", CHOICE, allowed=("pre", "post")))
    ('A number from 10 to 110.', 'One of: pre, post.')
    """
    if _allowed(form):
        return f"One of: {', '.join(_allowed(form))}."
    if form.kind == DATE:
        return "A date: day, month, year."
    if form.kind in (NUMBER, WHOLE):
        said = "A whole number" if form.kind == WHOLE else "A number"
        if form.low is None:
            return f"{said}."
        return f"{said} from {form.low:g}" + (" upwards." if form.high is None else f" to {form.high:g}.")
    return "Text."


def _write_codes(book: Workbook, sheets: Sequence[_Sheet], instruments: Sequence[Instrument]) -> None:
    page = book.add_worksheet(CODES_SHEET)
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    page.set_column(0, 0, 24, wrapped)
    page.set_column(1, 1, 80, wrapped)
    page.set_column(2, 2, 40, wrapped)
    words = _words()
    guidance = [*words["guidance"], *(words["answers_guidance"] if instruments else ())]
    row = _block(page, 0, ("How to fill in this workbook", "", ""), [("", line, "") for line in guidance], bold)
    for sheet in sheets:
        lines = [("", sheet.row, "")]
        lines += [(column.form.name, column.says, _may_hold(column.form)) for column in sheet.columns]
        row = _block(page, row, (f"Sheet {sheet.name}", "What goes in", "What a cell may hold"), lines, bold)
    for one in instruments:
        lines = [(str(code), one.answers[code].label, "") for code in one.codes]
        lines += [("Licence", one.licence, ""), ("Who may use it", one.licence_terms, ""), ("", words["wording"], "")]
        row = _block(page, row, (f"Answers to {one.short_name}", "What the code stands for", ""), lines, bold)


def _block(
    page: Worksheet, row: int, heading: tuple[str, str, str], lines: Sequence[tuple[str, str, str]], bold: Format
) -> int:
    """Write a heading and its lines from `row` on; return where the next block begins."""
    for at, text in enumerate(heading):
        page.write_string(row, at, text, bold)
    for below, line in enumerate(lines, row + 1):
        for at, text in enumerate(line):
            if text:
                page.write_string(below, at, text)
    return row + len(lines) + 2
