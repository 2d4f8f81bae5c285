"""Dates of birth turned into ages where a file of cases is read: the dates themselves are kept nowhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evalcore.columns import AGE, REFERRED_ON, STARTED_ON
from evalcore.intake.building import Draft
from evalcore.intake.cells.dates import read_date, settle_order
from evalcore.intake.cells.no_answer import plain, says_no_answer
from evalcore.intake.cells.values import convert_column, for_field
from evalcore.intake.files.raw import TextColumn
from evalcore.intake.headings.headers import Heading
from evalcore.intake.headings.personal import heading_looks_personal
from evalcore.intake.native import CONVICTED_ON, DATE, DATE_OF_BIRTH, FOLLOWUP_FROM, Field, fields
from evalcore.intake.people.identifiers import is_blank
from evalcore.intake.problems import AGES_MADE, ERROR, NOTE, VALUE_MISSING, WARNING, Problem
from evalcore.wording import count, joined

# The dates to which an age is counted, the first that a row has; and the other ages, each with the date of its own.
_COUNTED_TO = (STARTED_ON, REFERRED_ON, "oasys_date", CONVICTED_ON)
_OTHERS = {"age_at_conviction": CONVICTED_ON, "age_at_followup": FOLLOWUP_FROM}
_NAMES = (AGE, *_OTHERS)
_WORDS = ("age", "at conviction", "at follow-up")
_LOWEST, _HIGHEST = 10, 110
_NONE = -1
# What stands in a cell in place of a date of birth: `age 34, at conviction 33`.
_MADE = re.compile("(?:, )?".join(rf"(?:{words} (\d{{1,3}}))?" for words in _WORDS))
_FULL_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)|(?<!\d)\d{8}(?!\d)|(?<!\d)\d{5}(?!\d)")
_EXPECTED = "a date of birth with a year of four digits, and a date of the start in the same row"
_REASON = "dates of birth: turned into ages, the dates are not kept"
_LOOKED_AT = 200

Whole = NDArray[np.int64]


@dataclass(frozen=True, eq=False, repr=False)
class _Births:
    """One column of dates of birth: year, month and day of each different text, and what is wrong with the others."""

    year: Whole
    day: Whole
    faults: tuple[str, ...]
    made: Whole
    month_first: bool


def make_ages(draft: Draft) -> tuple[str, ...]:
    """Put ages in the place of every date of birth, in the cells that are kept too, and list what could not be made.

    An age is that in completed years at the start, else at the referral, the assessment or the conviction in the same
    row. A column of ages in the file goes before. Read again, the cells hold the ages that were made at first.

    Returns the native columns whose values are in `draft.values` by now.
    """
    headings = [heading for heading in draft.headings if _holds_births(draft, heading)]
    dates = {name: _dates(draft, name) for name in (*_COUNTED_TO, FOLLOWUP_FROM) if (name, "") in draft.taken}
    for heading in headings:
        ages, lines = _ages(draft, heading, dates)
        columns = list(draft.raw.columns)
        columns[heading.position - 1] = _written(ages)
        draft.raw = replace(draft.raw, columns=tuple(columns), notes=(*draft.raw.notes, *lines))
        draft.problems.found.extend(lines)
        if heading.taken_for in (DATE_OF_BIRTH, AGE):
            _use(draft, heading, ages)
    birth = {h.position: replace(h, reason=_REASON) for h in headings if h.taken_for == DATE_OF_BIRTH}
    draft.headings = [birth.get(heading.position, heading) for heading in draft.headings]
    return tuple(heading.taken_for for heading in headings if heading.taken_for == AGE)


def _use(draft: Draft, heading: Heading, ages: Whole) -> None:
    """Take the ages for those columns that the file does not have itself."""
    for name, column in zip(_NAMES, ages, strict=True):
        own = draft.taken.get((name, ""))
        if own is heading or (own is None and (column != _NONE).any()):
            draft.values[(name, "")] = pd.Series(np.where(column == _NONE, np.nan, column.astype(np.float64)))


def _holds_births(draft: Draft, heading: Heading) -> bool:
    """Whether a column is one of dates of birth, or of the ages made of them: by what it is taken for, or by its name.

    A column of ages may hold dates of birth too, and a column that is left out or kept as it is must not.
    """
    texts = [text for text in draft.cells(heading).texts[:_LOOKED_AT] if not is_blank(text)]
    if heading.taken_for == DATE_OF_BIRTH:
        return True
    named = "dates of birth" in (heading_looks_personal(heading.header), heading_looks_personal(heading.question))
    if not named and heading.taken_for != AGE:
        return False
    dated = sum(_MADE.fullmatch(text) is not None or read_date(text) is not None for text in texts)
    return 2 * dated > len(texts)


def _dates(draft: Draft, name: str) -> pd.Series:
    heading = draft.taken[(name, "")]
    cells = draft.cells(heading)
    native = next((each for each in fields(draft.kind) if each.name == name), Field(name, DATE))
    chosen = {found: code or None for found, code in draft.chosen(name).items()}
    return convert_column(cells, for_field(native, cells.texts, chosen=chosen)).values


def _ages(draft: Draft, heading: Heading, dates: dict[str, pd.Series]) -> tuple[Whole, tuple[Problem, ...]]:
    """The three ages of each row, -1 for none, and what is to be said of them."""
    cells = draft.cells(heading)
    born = births(cells.texts)
    known = born.year[cells.codes] > 0
    ages = born.made[:, cells.codes]
    counted, which = np.full(len(cells.codes), _NONE, dtype=np.int64), np.full(len(cells.codes), _NONE, dtype=np.int64)
    for at, name in enumerate(name for name in _COUNTED_TO if name in dates):
        fresh = known & (which == _NONE) & dates[name].notna().to_numpy()
        counted[fresh] = _completed(born, cells, dates[name])[fresh]
        which[fresh] = at
    possible = (counted >= _LOWEST) & (counted <= _HIGHEST)
    ages[0] = np.where(possible, counted, ages[0])
    for row, name in enumerate(_OTHERS.values(), start=1):
        if name in dates:
            there = _completed(born, cells, dates[name])
            fits = known & dates[name].notna().to_numpy() & (there >= _LOWEST) & (there <= _HIGHEST)
            ages[row] = np.where(fits, there, ages[row])
    names = [name for name in _COUNTED_TO if name in dates]
    return ages, _told(draft, heading, born, known, which, possible, names)


def births(texts: Sequence[str]) -> _Births:
    """Read each different text: a date, the ages that were made of one, or neither; no text is quoted anywhere."""
    order = settle_order(texts)
    year, day = np.zeros(len(texts), dtype=np.int64), np.zeros(len(texts), dtype=np.int64)
    made = np.full((len(_NAMES), len(texts)), _NONE, dtype=np.int64)
    faults = []
    for at, text in enumerate(texts):
        fault = ""
        if is_blank(text) or says_no_answer(text):
            pass
        elif match := _MADE.fullmatch(plain(text)):
            ages = [_NONE if age is None else int(age) for age in match.groups()]
            made[:, at] = [age if _LOWEST <= age <= _HIGHEST else _NONE for age in ages]
        elif (date := read_date(text, month_first=order.month_first)) is None:
            fault = "a date of birth that can not be read"
        elif _FULL_YEAR.search(plain(text)) is None:
            fault = "a date of birth with a year of two digits"
        else:
            year[at], day[at] = date.year, 100 * date.month + date.day
        faults.append(fault)
    return _Births(year, day, tuple(faults), made, order.month_first)


def _completed(births: _Births, cells: TextColumn, dates: pd.Series) -> Whole:
    """Completed years from the birth to a date, row by row; meaningless where either is not known."""
    then = dates.dt
    year, day = then.year.fillna(0).to_numpy(dtype=np.int64), (100 * then.month + then.day).fillna(0)
    before_birthday = day.to_numpy(dtype=np.int64) < births.day[cells.codes]
    return np.asarray(year - births.year[cells.codes] - before_birthday, dtype=np.int64)


def _told(
    draft: Draft,
    heading: Heading,
    births: _Births,
    known: NDArray[np.bool_],
    which: Whole,
    possible: NDArray[np.bool_],
    names: Sequence[str],
) -> tuple[Problem, ...]:
    """One line for the whole column, and one for each age that could not be made; ages made earlier need none."""
    cells, kept = draft.cells(heading), draft.fates.kept
    faults = np.array([*births.faults], dtype=object)[cells.codes] if len(births.faults) else np.array([], dtype=object)
    faults[known & (which == _NONE)] = "a date of birth, but no date in the row to count the age to"
    faults[known & (which != _NONE) & ~possible] = f"an age under {_LOWEST} or over {_HIGHEST}"
    bad = np.flatnonzero((faults != "") & kept)
    used = np.bincount(which[possible & kept], minlength=len(names)).tolist()
    if not len(bad) and not any(used):
        return ()
    told = joined([f"{n:,} at {name}" for name, n in zip(names, used, strict=True) if n]) or "none"
    order = ", the month first in the dates of birth" if births.month_first else ""
    found = f"dates of birth: ages made, {told}; {len(bad):,} not made{order}. The dates are not kept"
    if (AGE, "") in draft.taken and draft.taken[(AGE, "")] is not heading:
        found += f"; column {draft.taken[(AGE, '')].position} holds ages and goes before"
    column = Problem(None, heading.label, found, "ages in completed years", AGES_MADE, NOTE)
    if not names:
        lost = f"{count(len(bad), 'date of birth', 'dates of birth')}, but no column of a date to count ages to"
        return (column, Problem(None, heading.label, lost, _EXPECTED, VALUE_MISSING, ERROR))
    lines = (
        Problem(int(row), heading.label, str(fault), _EXPECTED, VALUE_MISSING, WARNING if "no date" in fault else ERROR)
        for row, fault in zip(draft.raw.rows[bad], faults[bad], strict=True)
    )
    return (column, *lines)


def _written(ages: Whole) -> TextColumn:
    """The cells that take the place of the dates: each row's ages in words, blank where there is none."""
    key = (ages[0] + 1) * 1_000_000 + (ages[1] + 1) * 1_000 + (ages[2] + 1)
    each, codes = np.unique(key, return_inverse=True)
    texts = []
    for one in each.tolist():
        parts = zip(_WORDS, (one // 1_000_000 - 1, one // 1_000 % 1_000 - 1, one % 1_000 - 1), strict=True)
        texts.append(", ".join(f"{words} {age}" for words, age in parts if age != _NONE))
    return TextColumn(codes.astype(np.int32), tuple(texts))
