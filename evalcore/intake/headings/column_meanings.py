"""What each column of a file is taken for, by the first evidence that holds; headings of a file are read together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from evalcore.columns import COMPLETED_ON, HOW_COMPLETED, RESPONDENT_ID, ROLE, SITE, WAVE
from evalcore.intake.files.layout import repeated_headings
from evalcore.intake.files.raw import RawTable
from evalcore.intake.files.tools import SUBMISSION_ID, Habit, load_tool
from evalcore.intake.headings.case_names import ENOUGH_ITEMS, ITEM, case_named, item_number
from evalcore.intake.headings.field_names import NATIVE, USUAL, FieldName, field_named
from evalcore.intake.headings.heading import (
    FREE_TEXT,
    KEEP,
    LEFT_OUT,
    NATIVE_NAME,
    RECORD_STATUS,
    SUBMISSION,
    UNKNOWN,
    Heading,
    heading_key,
)
from evalcore.intake.headings.item_names import SCORE, THIRD_WAVE, Named, find_names, spelled_out, without_marks
from evalcore.intake.headings.item_words import OTHER_ITEM, SAME_ITEM, TWO_ITEMS, find_matches, item_codes, says_another
from evalcore.intake.headings.personal import cells_look_personal, heading_looks_personal, looks_like_free_text
from evalcore.intake.headings.wave_words import counts_from_zero, names_third_wave, wave_in, without_wave
from evalcore.intake.native import RESPONSES, item_columns, made_from, native_columns

# Columns that a wide file may hold once a wave.
WAVED = (COMPLETED_ON, HOW_COMPLETED, SITE, ROLE)
# Where a tool's own column stands among the names of a field (see field_names): a person and an event it knows best.
_TOOL_KNOWS, _TOOL_WRITES, _SUBMITTED = 1, 6, 9
_NO_HABIT: Habit | None = None


@dataclass(frozen=True)
class _Item:
    """What evidence for an item says of a column: the item (or none, then why not) and the wave in its name."""

    item: str
    wave: str
    reason: str


@dataclass(frozen=True)
class _File:
    """What all columns of a file share: the table's kind, the headings without marks, whether waves count from T0."""

    raw: RawTable
    kind: str
    bare: Sequence[str]
    from_zero: bool

    def wave(self, text: str) -> str:
        return wave_in(spelled_out(text), from_zero=self.from_zero) or ""

    def is_third_wave(self, text: str) -> bool:
        return names_third_wave(spelled_out(text), from_zero=self.from_zero)


def column_meanings(raw: RawTable, kind: str) -> list[Heading]:
    """Take each column for what its heading, its question or its survey tool says it is; see `headers` for the rest.

    Order of evidence: a native name; an item's name; an item's words; the survey tool; another name for a field;
    personal data; free text. Of several columns for one field the surest is taken.
    """
    again = repeated_headings(raw)
    if again.any():  # a heading is no evidence of what stands below it
        raw = replace(raw, columns=tuple(column.take(~again) for column in raw.columns), rows=raw.rows[~again])
    habits = load_tool(raw.tool).habits(raw.header) if raw.tool else [_NO_HABIT] * len(raw.header)
    file = _File(raw, kind, without_marks(raw.header), counts_from_zero([*raw.header, *raw.questions]))
    items = _items(file) if kind == RESPONSES else {}
    found = [_meaning(file, i, habits[i], items.get(i)) for i in range(len(raw.header))]
    return _surest(_with_more_items(found))


def _with_more_items(found: list[tuple[Heading, int]]) -> list[tuple[Heading, int]]:
    """Take columns numbered like items of OASys for them beside enough others, whatever stands in their cells."""
    if sum(heading.reason == ITEM for heading, _ in found) < ENOUGH_ITEMS:
        return found
    more = {h.position: item for h, _ in found if h.reason == UNKNOWN and (item := item_number(h.header))}
    return [
        (replace(h, taken_for=more[h.position], reason=ITEM), USUAL) if h.position in more else (h, rank)
        for h, rank in found
    ]


def _meaning(file: _File, index: int, habit: Habit | None, item: _Item | None) -> tuple[Heading, int]:
    """What one column is taken for, and how sure that is (lower is surer)."""
    raw, kind = file.raw, file.kind
    header, question, column = raw.header[index], raw.question(index), raw.columns[index]

    def heading(taken_for: str, reason: str, wave: str = "", personal: str = "") -> Heading:
        return Heading(index + 1, header, taken_for, wave, reason, personal, question)

    native = native_name(header, kind)
    is_submission = habit is not None and habit.taken_for == SUBMISSION_ID
    if item is not None and item.item:
        return heading(item.item, item.reason, item.wave), NATIVE
    if native and not (is_submission and header != native):
        return heading(native, NATIVE_NAME), NATIVE
    if habit is not None:
        return _by_habit(heading(LEFT_OUT, habit.reason), habit, kind)
    asked = heading_looks_personal(header) or heading_looks_personal(question)
    case = None if asked else case_named(header, kind, column) or case_named(question, kind, column)
    if case is not None:
        return heading(case.field, case.reason), USUAL if case.field else NATIVE
    named = None if item is not None and item.reason in (SCORE, THIRD_WAVE) else _field(file, index, bool(asked))
    if named is not None:
        waved = kind == RESPONSES and named.field in WAVED
        wave = file.wave(header) if waved else ""
        if waved and not wave and file.is_third_wave(header):
            return heading(LEFT_OUT, THIRD_WAVE), NATIVE
        return heading(named.field, f"another name for {named.field}", wave), named.rank
    personal = asked or cells_look_personal(column)
    if personal:
        return heading(LEFT_OUT, f"left out: looks like {personal}", personal=personal), NATIVE
    if item is not None:
        return heading(LEFT_OUT, item.reason), NATIVE
    is_free = looks_like_free_text(header, column) or looks_like_free_text(question, column)
    return heading(LEFT_OUT, FREE_TEXT if is_free else UNKNOWN), NATIVE


def _by_habit(heading: Heading, habit: Habit, kind: str) -> tuple[Heading, int]:
    """Take a tool's own column for what the tool writes in it."""
    natives = _native_keys(kind).values()
    if habit.taken_for == SUBMISSION_ID and RESPONDENT_ID in natives:
        return replace(heading, taken_for=RESPONDENT_ID), _SUBMITTED
    if habit.taken_for == RECORD_STATUS and kind == RESPONSES:
        return replace(heading, taken_for=RECORD_STATUS), NATIVE
    if habit.taken_for and habit.taken_for in natives:
        rank = _TOOL_KNOWS if habit.taken_for in (RESPONDENT_ID, WAVE) else _TOOL_WRITES
        return replace(heading, taken_for=habit.taken_for), rank
    return replace(heading, reason=_left_out(habit.reason)), NATIVE


def _left_out(reason: str) -> str:
    return reason if reason.startswith("left out") else f"left out: {reason}"


def _surest(found: Sequence[tuple[Heading, int]]) -> list[Heading]:
    """Leave out the columns that are a field less surely than another one; a number of a submission stays if alone."""
    items = item_columns()
    best: dict[tuple[str, str], tuple[int, Heading]] = {}
    for heading, rank in found:
        key = heading.taken_for, heading.wave
        if key not in best or rank < best[key][0]:
            best[key] = rank, heading
    settled = []
    for heading, rank in found:
        first_rank, first = best[heading.taken_for, heading.wave]
        if heading.taken_for in (LEFT_OUT, KEEP, RECORD_STATUS) or heading.taken_for in items:
            settled.append(heading)
        elif rank > first_rank:
            reason = f"left out: column {first.position} is taken for {heading.taken_for} already"
            why = heading.reason if rank == _SUBMITTED else reason
            settled.append(replace(heading, taken_for=LEFT_OUT, wave="", reason=_left_out(why)))
        else:
            settled.append(replace(heading, reason=SUBMISSION) if rank == _SUBMITTED else heading)
    return settled


def _field(file: _File, index: int, is_personal: bool) -> FieldName | None:
    """Another name for a field, in the heading or in the question; in a wide file a wave may stand beside it."""
    kind, column = file.kind, file.raw.columns[index]
    for text in filter(None, (file.bare[index], file.raw.question(index))):
        named = field_named(text, kind, column, is_personal=is_personal)
        if named is None and kind == RESPONSES:
            named = field_named(without_wave(spelled_out(text)), kind, column, is_personal=is_personal)
            named = named if named is not None and named.field in (*WAVED, RESPONDENT_ID) else None
        if named is not None:
            return named
    return None


def _items(file: _File) -> dict[int, _Item]:
    """The items of questionnaires by name and by words, and what names a questionnaire but no item of it."""
    raw = file.raw
    named = _names(file)
    found = {index: _item_by_name(file, index, name) for index, name in named.items()}
    free = [
        not native_name(header, RESPONSES) and (i not in named or named[i].is_open)
        for i, header in enumerate(raw.header)
    ]
    texts = [(raw.header[i], raw.question(i)) if is_free else ("", "") for i, is_free in enumerate(free)]
    instruments = [named[i].instrument if i in named else "" for i in range(len(raw.header))]
    counted = Counter(name.instrument for name in named.values() if name.item)
    matches, doubtful = find_matches(texts, instruments, raw.columns, counted)
    waves = [_wave(file, i) if i in matches else "" for i in range(len(raw.header))]
    by_name = {(each.item, each.wave) for each in found.values() if each.item}
    for index, item in item_codes(matches, waves).items():
        if not by_name.isdisjoint((code, waves[index]) for code in matches[index].codes):
            found[index] = _Item("", "", UNKNOWN if matches[index].is_weak else SAME_ITEM)
        else:
            found[index] = _Item(item, waves[index], matches[index].reason)
    found |= {index: _Item("", "", TWO_ITEMS) for index in doubtful - set(matches)}
    for index, each in found.items():
        if each.item and not each.wave and file.is_third_wave(raw.header[index]):
            found[index] = _Item("", "", THIRD_WAVE)
    return found


def _item_by_name(file: _File, index: int, name: Named) -> _Item:
    if not name.item or name.reason == NATIVE_NAME:
        return _Item(name.item, "", name.reason)
    texts = (file.raw.header[index], file.raw.question(index))
    if any(says_another(text, name.item) for text in texts):
        return _Item("", "", OTHER_ITEM)
    return _Item(name.item, name.wave or _wave(file, index), name.reason)


def _names(file: _File) -> dict[int, Named]:
    """Items by name: in the heading, or else in the question above it."""
    raw, items = file.raw, item_columns()
    found = {i: name for i, name in enumerate(find_names(file.bare)) if name is not None}
    for index, header in enumerate(raw.header):
        native = native_name(header, RESPONSES)
        if native in items and (index not in found or found[index].item in ("", native)):
            found[index] = Named(items[native], native, NATIVE_NAME)
    if raw.questions:
        asked = ["" if i in found and found[i].item else raw.question(i) for i in range(len(raw.header))]
        for index, name in enumerate(find_names(asked, "question")):
            if name is not None and (name.item or index not in found):
                found[index] = name
    return found


def _wave(file: _File, index: int) -> str:
    """The wave that a heading says, or else the question above it."""
    return file.wave(file.raw.header[index]) or file.wave(file.raw.question(index))


def native_name(header: str, kind: str) -> str:
    """Return the native column that a heading names as it is, in any writing; empty for none."""
    native = _native_keys(kind).get(heading_key(header), "")
    # `wemwbs_1_2` has two numbers and is not `wemwbs_12`
    return native if len(re.findall(r"\d+", header)) <= len(re.findall(r"\d+", native)) else ""


@cache
def _native_keys(kind: str) -> dict[str, str]:
    return {heading_key(name): name for name in (*native_columns(kind), *made_from(kind))}
