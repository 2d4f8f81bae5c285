"""Questionnaire files to native responses: who, when, and an answer code for each item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from evalcore.columns import COMPLETED_ON, HOW_COMPLETED, POST, PRE, RESPONDENT_ID, ROLE, SITE, WAVE, WAVES
from evalcore.errors import UnknownNameError
from evalcore.instruments.loading import load_instrument
from evalcore.intake import asking
from evalcore.intake.building import Draft, constant, convert_answers, convert_fields, identify, start, stop
from evalcore.intake.cells import answers
from evalcore.intake.cells.values import word_key
from evalcore.intake.choices import Choices
from evalcore.intake.files.raw import RawTable, tidy
from evalcore.intake.finishing import finish
from evalcore.intake.headings.headers import Heading, recognised_instruments
from evalcore.intake.headings.wave_words import wave_in_name
from evalcore.intake.intake import Intake
from evalcore.intake.native import RESPONSES, WAVE_WORDS, item_columns
from evalcore.intake.problems import (
    COLUMN_LEFT_OUT,
    ERROR,
    FILLED_IN,
    KEPT,
    NOTE,
    TAKEN_FROM_NAME,
    WARNING,
)
from evalcore.intake.wave_values import read_waves
from evalcore.wording import count, joined


def from_raw(raw: RawTable, choices: Choices, pseudonym_key: str | None = None) -> Intake:
    """Do what `read_questionnaires` does, for a table that has been read already."""
    choices = replace(choices, wave=_wave_given(choices.wave))
    draft = start(raw, RESPONSES, choices, pseudonym_key)
    asking.about_columns(draft)
    _one_wave_in_headings(draft)
    _wide_or_long(draft)
    asking.about_codes(draft)
    _stop_where_nothing_can_be_read(draft)
    convert_fields(draft, skip=(WAVE,))
    _find_waves(draft)
    if RESPONDENT_ID in draft.names():
        identify(draft)
        _fill_in(draft)
    _convert_items(draft)
    _question_words(draft)
    _note_missing_items(draft)
    return finish(draft)


def _wave_given(wave: str | None) -> str | None:
    if wave is None:
        return None
    key = word_key(wave)
    found = key if key in WAVES else WAVE_WORDS.get(key)
    if found is None:
        raise UnknownNameError(f"A wave is {PRE} or {POST}.")
    return found


def _one_wave_in_headings(draft: Draft) -> None:
    """Where the headings name one wave only, it is that of the whole file."""
    items = item_columns()
    marked = {h.wave for h in draft.headings if h.taken_for in items}
    if len(marked) == 1 and (wave := marked.pop()):
        draft.wave = wave
        draft.headings[:] = [replace(h, wave="") if h.wave == wave else h for h in draft.headings]


def _wide_or_long(draft: Draft) -> None:
    """Leave out a column of waves where the items of both waves stand side by side."""
    waves = {h.wave for h in draft.headings if h.taken_for in item_columns() and h.wave}
    heading = draft.taken.get((WAVE, ""))
    if len(waves) < 2:
        return
    if heading is not None:
        found = "a column of waves beside headings that name both"
        draft.problems.add(None, heading.label, found, "one or the other", COLUMN_LEFT_OUT, WARNING)
        _leave_out(draft, heading, "left out: the headings name both waves")
    if draft.choices.wave:
        found = f"headings that name both waves, {draft.choices.wave} said for the whole file"
        draft.problems.add(None, "", found, "one or the other", KEPT, WARNING)
    _without_a_wave(draft)


def _without_a_wave(draft: Draft) -> None:
    """Leave out what belongs to one wave of a wide file and does not say to which: it would count at both.

    A survey tool's own date is that of the one form in which both waves stand.
    """
    items = item_columns()
    bare = [h for h in draft.headings if not h.wave and h.taken_for in items]
    asking.about_items_without_a_wave(draft, bare)
    dates = (COMPLETED_ON,) if not draft.raw.tool else ()
    for heading in bare + [h for h in draft.headings if not h.wave and h.taken_for in (*dates, HOW_COMPLETED)]:
        severity = ERROR if heading.taken_for in items else WARNING
        found = "no word for the wave, beside headings that name both"
        draft.problems.add(None, heading.label, found, "pre or post in the heading", COLUMN_LEFT_OUT, severity)
        _leave_out(draft, heading, "left out: it does not say which wave it is")


def _leave_out(draft: Draft, heading: Heading, reason: str) -> None:
    draft.headings[:] = [
        replace(h, taken_for="", wave="", reason=reason) if h is heading else h for h in draft.headings
    ]


def _stop_where_nothing_can_be_read(draft: Draft) -> None:
    items = item_columns()
    if RESPONDENT_ID not in draft.names():
        stop(draft, RESPONDENT_ID, "no column of this name", "a column that says who answered")
    if not any(items[name] not in draft.left_out for name in draft.names() if name in items):
        waits = "an answer to the question about its codes" if draft.left_out else ""
        expected = waits or "columns such as swemwbs_1, gse_1 or uwes9_1"
        stop(draft, "", "no item of a known questionnaire" if not waits else "no item that can be read yet", expected)


def _find_waves(draft: Draft) -> None:
    """Say for each row which wave it is: by its own column, by what a person said, by the headings or the file's name.

    In a wide file the headings say it for each column, and there is nothing to find.
    """
    if any(wave for _, wave in draft.values) or any(h.wave for h in draft.headings if h.taken_for in item_columns()):
        return
    given = draft.choices.wave or draft.wave or None
    heading = draft.taken.get((WAVE, ""))
    if heading is not None:
        read_waves(draft, heading, given)
        return
    if given is None:
        by_sheet = wave_in_name(draft.raw.sheet)
        given = by_sheet or wave_in_name(draft.raw.name)
        if given is None:
            stop(draft, WAVE, "no column of this name", "a column that says pre or post, or one wave for the file")
            asking.about_the_wave(draft)
            return
        found = f"no column; the {'sheet' if by_sheet else 'name'} says {given}"
        draft.problems.add(None, WAVE, found, "a column", TAKEN_FROM_NAME, NOTE)
    draft.wave = given
    draft.values[(WAVE, "")] = constant(given, len(draft.raw))


def _fill_in(draft: Draft) -> None:
    """Take a role or site that a row lacks from another row of the same person in this file, where those agree."""
    who = draft.values[(RESPONDENT_ID, "")]
    for name in (ROLE, SITE):
        values = draft.values.get((name, ""))
        heading = draft.taken.get((name, ""))
        if values is None or heading is None or values.notna().all() or values.isna().all():
            continue
        known = pd.DataFrame({"who": who, "value": values}).dropna().drop_duplicates()
        known = known[~known["who"].duplicated(keep=False)]
        told = who.map(pd.Series(known["value"].array, index=known["who"])).astype("str")
        filled = values.fillna(told)
        fresh = int(((filled.notna() & values.isna()).to_numpy() & draft.fates.kept).sum())
        if fresh:
            draft.values[(name, "")] = filled
            found = f"blank in {count(fresh, 'row', 'rows')}, known from another row of the same person"
            draft.problems.add(None, heading.label, found, f"the {name} in each row", FILLED_IN, NOTE)


def _convert_items(draft: Draft) -> None:
    for instrument, headings in asking.by_instrument(draft).items():
        in_order = draft.in_order.get(instrument, {})
        for_all = answers.for_instrument(instrument, {**in_order, **_chosen_codes(draft.chosen(instrument))})
        for heading in headings:
            own = draft.chosen(heading.taken_for)
            converter = for_all
            if own:  # what was chosen for one item goes before what was chosen for all
                both = {**draft.chosen(instrument), **own}
                converter = answers.for_instrument(instrument, _chosen_codes(both))
            convert_answers(draft, heading, converter)


def _chosen_codes(chosen: Mapping[str, str]) -> dict[str, int | None]:
    """Codes chosen by a person as numbers; what is no number stands for no answer."""
    return {found: answers.whole_number(code) for found, code in chosen.items()}


def _question_words(draft: Draft) -> None:
    """Warn once a questionnaire of answers in words that its definition remembers without a source."""
    for instrument, headings in asking.by_instrument(draft).items():
        definition = load_instrument(instrument)
        texts = dict.fromkeys(tidy(text) for heading in headings for text in draft.cells(heading).texts)
        remembered = [text for text in texts if answers.leans_on_unverified(definition, text)]
        if remembered:
            expected = f"words of {definition.short_name} that a source confirms"
            found = f"the words {joined(remembered)}"
            draft.problems.add(None, asking.span(headings), found, expected, KEPT, WARNING)


def _note_missing_items(draft: Draft) -> None:
    """Note a questionnaire of which only some items are here: nobody can have its full score."""
    taken = draft.names()
    for instrument in recognised_instruments(draft.headings, RESPONSES):
        definition = load_instrument(instrument)
        missing = [item for item in definition.columns if item not in taken]
        if missing:
            expected = f"the {len(definition.columns)} items of {definition.short_name}"
            draft.problems.add(None, missing[0], f"no column for {joined(missing)}", expected, KEPT, NOTE)
