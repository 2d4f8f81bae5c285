"""Questionnaire files to native responses: who, when, and an answer code for each item."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd

from evalcore.columns import POST, PRE, RESPONDENT_ID, WAVE, WAVES
from evalcore.errors import UnknownNameError
from evalcore.instruments.loading import load_instrument
from evalcore.intake import answers
from evalcore.intake.building import (
    Draft,
    constant,
    convert,
    convert_fields,
    finish,
    identify,
    list_bad_cells,
    start,
    stop,
)
from evalcore.intake.headers import LEFT_OUT, NATIVE_NAME, Heading, recognised_instruments
from evalcore.intake.identifiers import is_blank
from evalcore.intake.intake import Intake
from evalcore.intake.native import RESPONSES, WAVE_WORDS, fields, item_columns
from evalcore.intake.problems import (
    ANSWER_MISSING,
    COLUMN_LEFT_OUT,
    ERROR,
    KEPT,
    NOTE,
    ROW_SET_ASIDE,
    TAKEN_FROM_NAME,
    WARNING,
)
from evalcore.intake.raw import RawTable, tidy
from evalcore.intake.reading import read_table
from evalcore.intake.source import Source
from evalcore.intake.values import for_field, word_key
from evalcore.wording import joined

# Words of a file's name that say which wave it holds.
_NAME_WORDS = {
    "pre": PRE,
    "before": PRE,
    "baseline": PRE,
    "post": POST,
    "after": POST,
    "followup": POST,
}


def read_questionnaires(
    source: Source, *, name: str | None = None, wave: str | None = None, mapping: pd.DataFrame | None = None
) -> Intake:
    """Read a file of answers: one row a person and wave, an item in each of its columns.

    Parameters
    ----------
    source : path, bytes or file object
        CSV (comma, semicolon, tab; UTF-8, UTF-16 or Windows-1252) or XLSX (first sheet that holds data).
    name : str, optional
        What to call the file.
    wave : str, optional
        `pre` or `post`, for a file that holds one wave and has no column for it. Without both, a word in the name
        (`baseline`, `follow-up`) is used and noted.
    mapping : DataFrame, optional
        The `mapping` of an earlier reading of a file with these headings, corrected.

    Returns
    -------
    Intake
        `responses`: `respondent_id, wave, role, site, completed_on, how_completed`, then the items that were found, in
        the order of the questionnaires, as codes (missing answers NaN). Cells that are no answer become missing, rows
        without person or wave are set aside, two rows for one person and wave are set aside unless they agree: each
        is listed in `problems`. A file that lacks what is needed gives an empty table and says so there.

    Raises
    ------
    UnreadableFileError
        The file is no table at all.
    UnknownNameError, TableError
        `wave` or `mapping` name something that does not exist, or the mapping belongs to another file.

    Examples
    --------
    >>> intake = read_questionnaires(b"respondent_id,wave,gse_1\\nA1,pre,3\\nA2,pre,9\\n", name="answers.csv")
    >>> intake.responses["gse_1"].tolist()
    [3.0, nan]
    >>> intake.problems[["row", "column", "action"]].values.tolist()
    [[<NA>, 'gse_2', 'kept, please check'], [3, 'gse_1', 'answer set to missing']]
    """
    return from_raw(read_table(source, name), wave=wave, mapping=mapping)


def from_raw(raw: RawTable, *, wave: str | None = None, mapping: pd.DataFrame | None = None) -> Intake:
    """Do what `read_questionnaires` does, for a table that has been read already."""
    given = _wave_given(wave)
    draft = start(raw, RESPONSES, mapping)
    _stop_doubtful_codes(draft)
    taken, items = draft.taken, item_columns()
    if RESPONDENT_ID not in taken:
        stop(draft, RESPONDENT_ID, "no column of this name", "a column that says who answered")
    if not any(name in items for name in taken):
        stop(draft, "", "no item of a known questionnaire", "columns such as swemwbs_1, gse_1 or uwes9_1")
    convert_fields(draft, skip=(WAVE,))
    _find_waves(draft, given)
    if RESPONDENT_ID in taken:
        identify(draft)
    for item in items:
        if item in taken:
            _convert_item(draft, taken[item], items[item])
    _question_words(draft)
    _note_missing_items(draft)
    return finish(draft, choices=given or "")


def wave_in_name(name: str) -> str | None:
    """Return the wave that a word of the file's name says, or None where it says none or both.

    >>> wave_in_name("SU baseline.csv"), wave_in_name("follow-up_2026.csv"), wave_in_name("before and after.csv")
    ('pre', 'post', None)
    """
    words = re.sub(r"follow[\s_-]*up", "followup", name.casefold())
    found = {_NAME_WORDS[word] for word in re.split(r"[\W_]+", words) if word in _NAME_WORDS}
    return found.pop() if len(found) == 1 else None


def _wave_given(wave: str | None) -> str | None:
    if wave is None:
        return None
    key = word_key(wave)
    found = key if key in WAVES else WAVE_WORDS.get(key)
    if found is None:
        raise UnknownNameError(f"A wave is {PRE} or {POST}.")
    return found


def _find_waves(draft: Draft, given: str | None) -> None:
    """Say for each row which wave it is: by its own column, by what the caller said, or by the file's name."""
    heading = draft.taken.get(WAVE)
    if heading is not None:
        _read_waves(draft, heading, given)
        return
    in_mapping = {h.wave for h in draft.headings if h.taken_for and h.wave}
    wave = given or (in_mapping.pop() if len(in_mapping) == 1 else None)
    if wave is None:
        wave = wave_in_name(draft.raw.name)
        if wave is None:
            stop(draft, WAVE, "no column of this name", "a column that says pre or post, or one wave for the file")
            return
        draft.problems.add(None, WAVE, f"no column; the name says {wave}", "a column", TAKEN_FROM_NAME, NOTE)
    draft.values[WAVE] = constant(wave, len(draft.raw))
    items = item_columns()
    draft.headings[:] = [replace(h, wave=wave) if h.taken_for in items else h for h in draft.headings]


def _read_waves(draft: Draft, heading: Heading, given: str | None) -> None:
    """Read the column of waves; a row without one, with another word, or against what the caller said is set aside."""
    converter = for_field(next(native for native in fields(RESPONSES) if native.name == WAVE))
    bad = convert(draft, heading, converter)
    list_bad_cells(draft, heading, bad, converter.expected, ROW_SET_ASIDE)
    draft.fates.set_aside(bad, "a wave that is neither pre nor post")
    waves = draft.values[WAVE]
    blank = waves.isna().to_numpy() & ~bad
    if given is None:
        list_bad_cells(draft, heading, blank, converter.expected, ROW_SET_ASIDE)
        draft.fates.set_aside(blank, "no wave")
        return
    other = (waves.notna() & (waves != given)).to_numpy()
    list_bad_cells(draft, heading, other, f"{given}, as said for the whole file", ROW_SET_ASIDE)
    draft.fates.set_aside(other, f"not {given}, which was said for the whole file")
    draft.values[WAVE] = waves.where(~blank, given)


def _convert_item(draft: Draft, heading: Heading, instrument: str) -> None:
    converter = answers.for_instrument(instrument)
    bad = convert(draft, heading, converter)
    list_bad_cells(draft, heading, bad, converter.expected, ANSWER_MISSING)


def _question_words(draft: Draft) -> None:
    """Warn once a questionnaire of answers in words that its definition remembers without a source."""
    taken = draft.taken
    for instrument in recognised_instruments(draft.headings, RESPONSES):
        definition = load_instrument(instrument)
        headings = [taken[item] for item in definition.columns if item in taken]
        texts = dict.fromkeys(tidy(text) for heading in headings for text in draft.cells(heading).texts)
        remembered = [text for text in texts if answers.leans_on_unverified(definition, text)]
        if remembered:
            expected = f"words of {definition.short_name} that a source confirms"
            found = f"the words {joined(remembered)}"
            draft.problems.add(None, _span(headings), found, expected, KEPT, WARNING)


def _span(headings: list[Heading]) -> str:
    first, last = headings[0].label, headings[-1].label
    return first if first == last else f"{first} to {last}"


def _stop_doubtful_codes(draft: Draft) -> None:
    """Ask about a questionnaire that starts at 0 but stands here in bare numbers without a 0: it may count from 1.

    Files in the native form are not asked about. A number that only the other way of counting has stops it.
    """
    items = item_columns()
    found: dict[str, list[Heading]] = {}
    for heading in draft.headings:
        if heading.taken_for in items and heading.reason != NATIVE_NAME:
            found.setdefault(items[heading.taken_for], []).append(heading)
    for instrument, headings in found.items():
        definition = load_instrument(instrument)
        low, high = definition.codes[0], definition.codes[-1]
        texts = {tidy(t) for h in headings for t in draft.cells(h).texts if not is_blank(t)}
        numbers = {answers.whole_number(text) for text in texts}
        if low != 0 or not numbers or None in numbers or 0 in numbers:
            continue
        expected = f"codes from {low} to {high}"
        if high + 1 in numbers:
            _leave_out(draft, headings, f"bare numbers up to {high + 1} without a {low}", expected)
        else:
            draft.problems.add(None, _span(headings), f"bare numbers without a {low}", expected, KEPT, WARNING)


def _leave_out(draft: Draft, headings: list[Heading], found: str, expected: str) -> None:
    for heading in headings:
        draft.problems.add(None, heading.label, found, expected, COLUMN_LEFT_OUT, ERROR)
    out = {heading.position for heading in headings}
    reason = "left out: its codes may count from 1"
    draft.headings[:] = [
        replace(h, taken_for=LEFT_OUT, reason=reason) if h.position in out else h for h in draft.headings
    ]


def _note_missing_items(draft: Draft) -> None:
    """Note a questionnaire of which only some items are here: nobody can have its full score."""
    taken = draft.taken
    for instrument in recognised_instruments(draft.headings, RESPONSES):
        definition = load_instrument(instrument)
        missing = [item for item in definition.columns if item not in taken]
        if missing:
            expected = f"the {len(definition.columns)} items of {definition.short_name}"
            draft.problems.add(None, missing[0], f"no column for {joined(missing)}", expected, KEPT, NOTE)
