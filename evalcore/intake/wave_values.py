"""The column that says before or after: its words, its numbers, and what a person chose for them."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import pandas as pd

from evalcore.columns import CODE_COLUMNS, POST, PRE, WAVE, WAVES
from evalcore.intake import asking
from evalcore.intake.building import Draft, list_cells, stop
from evalcore.intake.cells.answers import whole_number
from evalcore.intake.cells.values import word_key
from evalcore.intake.files.raw import tidy
from evalcore.intake.headings.headers import Heading
from evalcore.intake.headings.wave_words import counts_from_zero, wave_in
from evalcore.intake.native import WAVE_WORDS, item_columns
from evalcore.intake.people.identifiers import is_blank
from evalcore.intake.problems import KEPT, NOTE, ROW_SET_ASIDE, WARNING
from evalcore.wording import joined

_EXPECTED = "pre or post"
BAD_WAVE = "a wave that is neither pre nor post"
NO_WAVE = "no wave"
LEFT_OUT = "a wave that was left out by choice"


def read_waves(draft: Draft, heading: Heading, given: str | None) -> None:
    """Read the column of waves; a row without one, with another word, or against what was said is set aside.

    A row of another occasion that holds no answer at all loses nothing, and is listed as a note.
    """
    column = draft.cells(heading)
    meanings = _meanings(draft, heading, column.texts)
    if not meanings and not column.mask(is_blank).all():
        stop(draft, heading.label, "no word for before or after", _EXPECTED)
    values = column.spread([meanings.get(text) or None for text in column.texts], "str")
    unread = column.mask(lambda text: not is_blank(text) and text not in meanings) & draft.fates.kept
    empty = _holds_no_answer(draft)
    list_cells(draft, heading, unread & ~empty, _EXPECTED, ROW_SET_ASIDE)
    list_cells(draft, heading, unread & empty, _EXPECTED, ROW_SET_ASIDE, NOTE)
    draft.fates.set_aside(unread, BAD_WAVE)
    dropped = column.mask(lambda text: meanings.get(text) == "") & draft.fates.kept
    list_cells(draft, heading, dropped, _EXPECTED, ROW_SET_ASIDE, NOTE)
    draft.fates.set_aside(dropped, LEFT_OUT)
    blank = column.mask(is_blank) & draft.fates.kept
    if given is None:
        list_cells(draft, heading, blank & ~empty, _EXPECTED, ROW_SET_ASIDE)
        list_cells(draft, heading, blank & empty, _EXPECTED, ROW_SET_ASIDE, NOTE)
        draft.fates.set_aside(blank, NO_WAVE)
        draft.values[(WAVE, "")] = values
        return
    other = (values.notna() & (values != given)).to_numpy() & draft.fates.kept
    list_cells(draft, heading, other, f"{given}, as said for the whole file", ROW_SET_ASIDE)
    draft.fates.set_aside(other, f"not {given}, which was said for the whole file")
    draft.values[(WAVE, "")] = values.where(~blank, given)


def _holds_no_answer(draft: Draft) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Rows in which every item is blank."""
    items = item_columns()
    empty = np.ones(len(draft.raw), dtype=bool)
    for heading in draft.headings:
        if heading.taken_for in items:
            empty &= draft.cells(heading).mask(is_blank)
    return empty


def _meanings(draft: Draft, heading: Heading, texts: Iterable[str]) -> dict[str, str]:
    """What each text of the column stands for: pre, post, or empty for rows that a person leaves out."""
    chosen = draft.chosen(WAVE)
    known = {text: tidy(text) for text in texts if not is_blank(text)}
    from_zero = counts_from_zero(known.values())
    found = {text: wave for text, key in known.items() if (wave := _by_word(key, from_zero))}
    reason = dict.fromkeys(found, "a word for this wave")
    if not found:
        found = _by_number(draft, heading, known)
        reason = dict.fromkeys(found, "the order of the numbers")
    elif clash := _clashing(found):
        found = {text: wave for text, wave in found.items() if text not in clash}
    for text, key in known.items():
        if chosen.get(key, "?") in (*WAVES, ""):
            found[text], reason[text] = chosen[key], "chosen"
    unsettled = [key for text, key in known.items() if text not in found]
    if unsettled and len(found) < len(known) and not any(value in WAVES for value in chosen.values()):
        read = {known[text]: wave for text, wave in found.items()}
        asking.about_waves(draft, sorted(set(known.values()), key=_in_order), read)
    _list_codes(draft, heading, known, found, reason)
    return found


def _in_order(text: str) -> tuple[list[int], str]:
    """Numbers by their size, before the words."""
    return [int(number) for number in re.findall(r"\d{1,9}", text)], text


def _by_word(key: str, from_zero: bool) -> str | None:
    word = word_key(key)
    if word in WAVES:
        return word
    return wave_in(key, from_zero=from_zero) or (None if from_zero else WAVE_WORDS.get(word))


def _clashing(found: dict[str, str]) -> set[str]:
    """Texts that all say "after" with different numbers, such as follow-ups at 3 and at 6 months: nobody said which."""
    clash: set[str] = set()
    for wave in WAVES:
        numbers = {text: re.findall(r"\d+", text) for text, value in found.items() if value == wave}
        if len({tuple(each) for each in numbers.values() if each}) > 1:
            clash |= {text for text, each in numbers.items() if each}
    return clash


def _by_number(draft: Draft, heading: Heading, known: dict[str, str]) -> dict[str, str]:
    """Read 1 and 2, or 0 and 1, as before and after, and say so; any other numbers are for a person to choose."""
    numbers = {text: whole_number(key) for text, key in known.items()}
    different = {number for number in numbers.values() if number is not None}
    if None in numbers.values() or different not in ({1, 2}, {0, 1}, {0}, {1}):
        return {}
    first = min(different)
    told = joined([str(number) for number in sorted(different)])
    expected = f"{told} read as {'before and after' if len(different) > 1 else 'before'}"
    draft.problems.add(None, heading.label, f"only {told} in this column", expected, KEPT, WARNING)
    return {text: PRE if number == first else POST for text, number in numbers.items()}


def _list_codes(
    draft: Draft, heading: Heading, known: dict[str, str], found: dict[str, str], reason: dict[str, str]
) -> None:
    column = draft.cells(heading)
    counts = np.bincount(column.codes, minlength=len(column.texts))
    lines = [
        (WAVE, known[text], int(counts[i]), found.get(text, ""), reason.get(text, "not known: choose before or after"))
        for i, text in enumerate(column.texts)
        if text in known
    ]
    table = pd.DataFrame(lines, columns=list(CODE_COLUMNS))
    draft.codes.append(table.astype({"n": "int64", **{name: "str" for name in CODE_COLUMNS if name != "n"}}))
