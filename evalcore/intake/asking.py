"""What a file asks a person: which column, which wave, which codes. Each option carries the choices to read it with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from evalcore.columns import POST, PRE, RESPONDENT_ID, WAVE
from evalcore.instruments.instrument import Instrument
from evalcore.instruments.loading import load_instrument
from evalcore.intake import position
from evalcore.intake.building import Draft
from evalcore.intake.cells import answers
from evalcore.intake.cells.doubtful_codes import Doubt, find_doubts
from evalcore.intake.choices import Choices, Option, Question
from evalcore.intake.files.raw import tidy
from evalcore.intake.headings.headers import NATIVE_NAME, Heading, mapping_table, may_be_short_form, twice
from evalcore.intake.headings.heading import SUBMISSION
from evalcore.intake.native import item_columns
from evalcore.intake.people.identifiers import is_blank
from evalcore.intake.problems import COLUMN_LEFT_OUT, ERROR, KEPT, WARNING
from evalcore.wording import joined, upper_first

# More columns than this are not offered as "who answered".
_MOST_COLUMNS = 40
_WAVE_WORDS = {PRE: "Before", POST: "After"}


def by_instrument(draft: Draft) -> dict[str, list[Heading]]:
    """The headings taken for items, by questionnaire, less the questionnaires that wait for an answer."""
    items = item_columns()
    found: dict[str, list[Heading]] = {}
    for heading in draft.headings:
        instrument = items.get(heading.taken_for)
        if instrument and instrument not in draft.left_out:
            found.setdefault(instrument, []).append(heading)
    return found


def span(headings: Sequence[Heading]) -> str:
    """The first and last of several columns, for one line about all of them."""
    first, last = headings[0].label, headings[-1].label
    return first if first == last else f"{first} to {last}"


def ask(draft: Draft, question: Question) -> None:
    """Put a question to the person, unless it was answered; each of its options remembers that it was."""
    if question.key not in draft.choices.answered:
        key = frozenset({question.key})
        options = tuple(replace(o, choices=replace(o.choices, answered=key)) for o in question.options)
        draft.questions.append(replace(question, options=options))


def about_columns(draft: Draft) -> None:
    """Ask who answered, whether seven items are the short form, and what a statement that stands twice is."""
    _about_the_respondent(draft)
    if not draft.names() & item_columns().keys():
        _about_items_in_order(draft)
    if may_be_short_form(draft.headings):
        _about_the_short_form(draft)
    taken = {heading.position for heading in draft.taken.values()}
    for instrument, (first, second) in twice(draft.raw, draft.kind).items():
        if not taken & {*first, *second}:
            _about_twice(draft, instrument, first, second)


def about_the_wave(draft: Draft) -> None:
    """Ask which wave the whole file is."""
    options = tuple(Option(words, Choices(wave=wave)) for wave, words in _WAVE_WORDS.items())
    why = "Neither a column nor the file's name says whether it was filled in before or after."
    ask(draft, Question("wave", "Was this file filled in before or after?", why, options))


def about_items_without_a_wave(draft: Draft, headings: Sequence[Heading]) -> None:
    """Ask when the items of a wide file were answered whose headings do not say it, while others do."""
    if headings:
        options = tuple(
            Option(words, Choices(mapping=changed_mapping(draft, {h.position: (h.taken_for, wave) for h in headings})))
            for wave, words in _WAVE_WORDS.items()
        )
        why = "Other items of this file name both waves; these name none, and would count at both."
        ask(draft, Question("bare_items", f"When were {span(headings)} answered?", why, options))


def about_waves(draft: Draft, texts: Sequence[str], read: Mapping[str, str]) -> None:
    """Ask which of the occasions in the column of waves are before and after.

    `texts` are all of them in order, `read` those that say it themselves. Without any that says before, each may be
    before another that stands after it.
    """
    before = [text for text in texts if read.get(text) == PRE]
    pairs = [(first, last) for first in before or texts for last in texts if last not in read and last != first]
    if not before:
        pairs = [(first, last) for first, last in pairs if texts.index(first) < texts.index(last)]
        pairs.sort(key=lambda pair: (pair[0] != texts[0], pair[1] != texts[-1]))
    options = [
        Option(f"{first} is before, {last} is after", Choices(codes=_wave_codes(texts, first, last)))
        for first, last in pairs[:_MOST_COLUMNS]
    ]
    if not options:  # one occasion only
        options = [
            Option(f"{text} is {words.lower()}", Choices(codes=written_codes(WAVE, {text: wave})))
            for text in texts
            if text not in read
            for wave, words in _WAVE_WORDS.items()
        ]
    settled = {PRE, POST} <= set(read.values())
    if settled:
        told = joined([f"{text} is {'before' if wave == PRE else 'after'}" for text, wave in read.items()])
        as_read = written_codes(WAVE, {text: read.get(text, "") for text in texts})
        options.insert(0, Option(f"As it was read: {told}", Choices(codes=as_read)))
    why = f"The column of waves says {joined(list(texts[:8]))}; rows of other occasions are left out."
    question = Question("waves", "Which occasions are before and after?", why, tuple(options), needed=not settled)
    ask(draft, question)


def _wave_codes(known: Sequence[str], first: str, last: str) -> pd.DataFrame:
    return written_codes(WAVE, {text: {first: PRE, last: POST}.get(text, "") for text in known})


def written_codes(field: str, codes: Mapping[str, str]) -> pd.DataFrame:
    """What texts of a field stand for, as `Choices.codes` takes it."""
    return pd.DataFrame({"field": field, "found": list(codes), "code": list(codes.values())}, dtype="str")


def _about_the_respondent(draft: Draft) -> None:
    """Ask which column says who answered, where none was recognised or only a number of the submission."""
    held = draft.taken.get((RESPONDENT_ID, ""))
    if held is not None and held.reason != SUBMISSION:
        return
    items = item_columns()
    free = [h for h in draft.headings if h.taken_for not in items and h.taken_for not in (WAVE, RESPONDENT_ID)]
    free = [h for h in free if len(draft.cells(h).texts) > 1][:_MOST_COLUMNS]
    aside = {} if held is None else {held.position: ("", "")}
    options = tuple(
        Option(h.label, Choices(mapping=changed_mapping(draft, {**aside, h.position: (RESPONDENT_ID, "")})))
        for h in free
    )
    why = "No column was recognised as the identifier that a person has at both times."
    if held is not None:
        why = f"{held.label} numbers the submissions: before and after can not be paired by it."
    if options:
        text = "Which column says who answered?"
        ask(draft, Question("respondent_id", text, why, options, needed=held is None))


def changed_mapping(draft: Draft, changes: Mapping[int, tuple[str, str]]) -> pd.DataFrame:
    """The mapping as it stands, with other things taken for the columns at some positions."""
    table = mapping_table(draft.raw, draft.headings)
    for column, part in (("taken_for", 0), ("wave", 1)):
        changed = {position: change[part] for position, change in changes.items()}
        table[column] = [
            changed.get(position, old) for position, old in zip(table["position"], table[column], strict=True)
        ]
    return table


def _about_items_in_order(draft: Draft) -> None:
    """Ask whether columns of no telling name are the items of questionnaires in order; nothing is taken for them."""
    found = position.blocks(draft.headings, draft.cells)
    if not found:
        return
    change: dict[int, tuple[str, str]] = {}
    words = []
    for instrument, headings in found:
        definition = load_instrument(instrument)
        change |= {h.position: (item, "") for h, item in zip(headings, definition.columns, strict=True)}
        words.append(f"{span(headings)} are the {len(headings)} items of {definition.short_name}")
    options = (
        Option(f"{upper_first(joined(words))}, in their order", Choices(mapping=changed_mapping(draft, change))),
    )
    why = "No heading names an item of a questionnaire, but as many columns as it has items hold its answers."
    ask(draft, Question("items", "Are these the items of a questionnaire, in their order?", why, options))


def _about_the_short_form(draft: Draft) -> None:
    short = load_instrument("swemwbs").columns
    change = {
        h.position: (short[int(h.taken_for.rpartition("_")[2]) - 1], h.wave)
        for h in draft.headings
        if h.taken_for.startswith("wemwbs_")
    }
    options = (
        Option(
            "The seven items of the short form, SWEMWBS, in their order",
            Choices(mapping=changed_mapping(draft, change)),
        ),
        Option("The first seven of the fourteen items of WEMWBS", Choices(mapping=changed_mapping(draft, {}))),
    )
    why = "The headings count seven items of WEMWBS from 1 to 7: the short form has seven, the long one fourteen."
    ask(draft, Question("short_form", "Which questionnaire is this?", why, options, needed=False))
    headings = [h for h in draft.headings if h.position in change]
    draft.problems.add(
        None, span(headings), "seven items of WEMWBS", "fourteen, or the seven of SWEMWBS", KEPT, WARNING
    )


def _about_twice(draft: Draft, instrument: str, first: Mapping[int, str], second: Mapping[int, str]) -> None:
    """Ask whether the first of two equal blocks of statements is before and the second after."""
    name = load_instrument(instrument).short_name
    orders = (
        (first, second, "first is before, the second after"),
        (second, first, "first is after, the second before"),
    )
    options = []
    for before, after, words in orders:
        change = {position: (item, PRE) for position, item in before.items()}
        change |= {position: (item, POST) for position, item in after.items()}
        options.append(Option(f"The {words}", Choices(mapping=changed_mapping(draft, change))))
    why = f"The statements of {name} stand in this file twice, and nothing says when each was answered."
    text = f"Which of the two blocks of {name} was answered before?"
    ask(draft, Question(f"twice.{instrument}", text, why, tuple(options)))


def about_codes(draft: Draft) -> None:
    """List what each answer was read as, and ask about codes that may mean something else."""
    kept = draft.fates.kept
    for instrument, headings in by_instrument(draft).items():
        definition = load_instrument(instrument)
        columns = [draft.cells(h).take(kept) for h in headings]
        chosen = draft.chosen(instrument)
        codes = {found: answers.whole_number(code) for found, code in chosen.items()}
        if not chosen and not any(draft.chosen(h.taken_for) for h in headings):
            texts = list(dict.fromkeys(tidy(text) for column in columns for text in column.texts))
            if proposed := answers.coded_answers(instrument, texts):
                _about_list_codes(draft, definition, headings, proposed)
            elif all(is_blank(text) or answers.stands_for_number(instrument, text) for text in texts):
                _about_numbers(draft, definition, headings, texts)
        in_order = draft.in_order.get(instrument, {})
        table = answers.codes_found(instrument, columns, {**in_order, **codes})
        if in_order:
            table.loc[table["found"].isin(list(in_order)), "reason"] = "its place in the survey tool's list"
        draft.codes.append(table)


def _about_list_codes(
    draft: Draft, instrument: Instrument, headings: Sequence[Heading], proposed: Mapping[str, int]
) -> None:
    """Ask whether codes such as AO01 to AO05 count the answers in their order.

    Where the number in the code is the answer's own code they are read so meanwhile; else nothing is.
    """
    names = list(proposed)
    found, expected = f"codes of the survey tool, {names[0]} to {names[-1]}", f"answers to {instrument.short_name}"
    same = all(re.sub(r"\D", "", name).lstrip("0") == str(code) for name, code in proposed.items())
    if same:
        draft.in_order[instrument.id] = dict(proposed)
        draft.problems.add(None, span(headings), f"{found}, read in their order", expected, KEPT, WARNING)
    else:
        draft.left_out.add(instrument.id)
        for heading in headings:
            draft.problems.add(None, heading.label, found, expected, COLUMN_LEFT_OUT, ERROR)
    backwards = dict(zip(names, reversed(list(proposed.values())), strict=True))
    options = []
    for codes in (proposed, backwards):
        ends = [f"{name} is “{instrument.answers[codes[name]].label}”" for name in (names[0], names[-1])]
        written = written_codes(instrument.id, {name: str(code) for name, code in codes.items()})
        options.append(Option(upper_first(joined(ends)), Choices(codes=written)))
    why = f"The answers to {instrument.short_name} are codes of the survey tool, {names[0]} to {names[-1]}."
    text = f"What do the codes of {instrument.short_name} stand for?"
    ask(draft, Question(f"codes.{instrument.id}", text, why, tuple(options), needed=not same))


def _about_numbers(draft: Draft, instrument: Instrument, headings: Sequence[Heading], texts: Iterable[str]) -> None:
    native = all(h.reason == NATIVE_NAME for h in headings)
    numbers, wave = _numbers(draft, headings)
    for doubt in find_doubts(instrument, numbers, native=native, wave=wave):
        mine = [h for h in headings if h.taken_for in doubt.items] or list(headings)
        _list_doubt(draft, mine, doubt)
        if doubt.stops:
            draft.left_out.add(instrument.id)
        fields = [instrument.id] if len(doubt.items) in (0, len(instrument.items)) else list(doubt.items)
        ask(draft, _doubt_question(instrument, doubt, fields, list(texts)))


def _list_doubt(draft: Draft, headings: Sequence[Heading], doubt: Doubt) -> None:
    if doubt.stops:
        for heading in headings:
            draft.problems.add(None, heading.label, doubt.found, doubt.expected, COLUMN_LEFT_OUT, ERROR)
    else:
        draft.problems.add(None, span(headings), doubt.found, doubt.expected, KEPT, WARNING)


def _doubt_question(instrument: Instrument, doubt: Doubt, fields: Sequence[str], texts: Sequence[str]) -> Question:
    numbers = {text: number for text in texts if (number := answers.whole_number(text)) is not None}
    as_asked = {text: doubt.recode.get(number, number) for text, number in numbers.items()}
    options = [
        Option(words, Choices(codes=pd.concat([written_codes(field, _as_text(instrument, codes)) for field in fields])))
        for words, codes in (("Yes", as_asked), ("No, the numbers are right as they stand", numbers))
    ]
    if not doubt.recode:
        options = options[1:]
    return Question(f"codes.{instrument.id}", doubt.question, doubt.why, tuple(options), needed=doubt.stops)


def _as_text(instrument: Instrument, codes: Mapping[str, int | None]) -> dict[str, str]:
    return {text: str(code) if code in instrument.codes else "" for text, code in codes.items()}


def _numbers(draft: Draft, headings: Sequence[Heading]) -> tuple[pd.DataFrame, pd.Series | None]:
    """The bare numbers, one row a questionnaire filled in, and the wave of each as far as it can be told apart."""
    kept = draft.fates.kept
    waves = sorted({h.wave for h in headings})
    parts = []
    for wave in waves:
        columns = {}
        for heading in headings:
            if heading.wave == wave:
                cells = draft.cells(heading)
                each = np.array([_number(text) for text in cells.texts], dtype=float)
                columns[heading.taken_for] = each[cells.codes][kept]
        parts.append(pd.DataFrame(columns))
    numbers = pd.concat(parts, ignore_index=True)
    if len(waves) > 1:
        return numbers, pd.Series(np.repeat(waves, [len(part) for part in parts]), dtype="str")
    heading_of_waves = draft.taken.get((WAVE, ""))
    if heading_of_waves is None:
        return numbers, None
    cells = draft.cells(heading_of_waves)
    return numbers, cells.spread([tidy(text).casefold() for text in cells.texts], "str")[kept].reset_index(drop=True)


def _number(text: str) -> float:
    number = answers.whole_number(text)
    return np.nan if number is None else float(number)
