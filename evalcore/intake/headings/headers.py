"""Headings to native columns: which column of the file is taken for what, and why. The mapping may be corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

import numpy as np
import pandas as pd

from evalcore.columns import MAPPING_COLUMNS, POST, PRE, RESPONDENT_ID, WAVES
from evalcore.errors import TableError, UnknownNameError
from evalcore.instruments.loading import load_instrument
from evalcore.intake.files.raw import RawTable, TextColumn, tidy
from evalcore.intake.headings.column_meanings import WAVED, column_meanings
from evalcore.intake.headings.header_text import words
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
from evalcore.intake.headings.item_names import NUMBERED_WAVE, SCORE, THIRD_WAVE
from evalcore.intake.headings.item_words import OTHER_ITEM, TWO_ITEMS
from evalcore.intake.headings.personal import cells_look_personal, looks_personal
from evalcore.intake.native import DATE_OF_BIRTH, RESPONSES, item_columns, made_from, native_columns
from evalcore.intake.people.identifiers import is_blank
from evalcore.intake.problems import COLUMN_LEFT_OUT, ERROR, KEPT, NOTE, WARNING, Problems

__all__ = [
    "KEEP",
    "LEFT_OUT",
    "NATIVE_NAME",
    "RECORD_STATUS",
    "Heading",
    "assign_in_order",
    "heading_key",
    "known_columns",
    "map_headings",
    "mapping_table",
    "may_be_short_form",
    "recognised_instruments",
    "shape_of",
    "twice",
]

_CHOSEN = "chosen"
_CHOSEN_OUT = "left out: chosen"
_CASE_NUMBERS = "case reference numbers"
# What a column that is left out should have been.
_EXPECTED = {
    SCORE: "answers to single items",
    FREE_TEXT: "a choice, a number or a date",
    TWO_ITEMS: "words of one item",
    OTHER_ITEM: "one item",
    THIRD_WAVE: "one wave before and one after",
}


def known_columns(raw: RawTable, kind: str) -> set[str]:
    """Return the native columns of a table that the file's headings name."""
    found = {heading.taken_for for heading in column_meanings(raw, kind)}
    return found - {LEFT_OUT, KEEP, RECORD_STATUS}


def map_headings(raw: RawTable, kind: str, problems: Problems, mapping: pd.DataFrame | None = None) -> list[Heading]:
    """Take each column for a native one, or leave it out and say why.

    A mapping that is passed in decides alone; it must have been made for a file with these headings (else TableError)
    and may name native columns, `keep`, `record_status` or nothing (else UnknownNameError).
    """
    if mapping is None:
        headings = _recognised(raw, kind, problems)
    else:
        headings = _chosen(raw, kind, mapping)
        headings = _without_repeats(raw, _without_empty(raw, headings), problems)
    _list_left_out(headings, problems)
    _list_numbered_waves(headings, problems)
    _look_at_identifiers(raw, headings, problems)
    return headings


def mapping_table(raw: RawTable, headings: Sequence[Heading]) -> pd.DataFrame:
    """Write the headings as the mapping table; cells of personal columns and of free text are not previewed."""
    lines = [
        (
            h.position,
            h.header,
            h.taken_for,
            h.wave,
            h.reason,
            "" if h.is_private else raw.columns[h.position - 1].preview(),
        )
        for h in headings
    ]
    columns = list(zip(*lines, strict=True)) if lines else [()] * len(MAPPING_COLUMNS)
    return pd.DataFrame(
        {
            name: pd.array(list(values), dtype="int64" if name == "position" else "str")
            for name, values in zip(MAPPING_COLUMNS, columns, strict=True)
        }
    )


def assign_in_order(mapping: pd.DataFrame, positions: Sequence[int], instrument: str, wave: str = "") -> pd.DataFrame:
    """Return a mapping in which some columns are the items of a questionnaire, in its order: a person says so.

    Parameters
    ----------
    mapping : DataFrame
        The mapping of a file.
    positions : sequence of int
        The columns, first item first, as many as the questionnaire has items.
    instrument : str
        Identifier of the questionnaire.
    wave : str
        `pre`, `post`, or empty where the columns hold no certain wave.

    Raises
    ------
    TableError
        Not as many columns as items, a column twice, or one that the mapping does not have.
    UnknownNameError
        No such questionnaire or wave.

    Examples
    --------
    >>> mapping = pd.DataFrame({"position": range(1, 11), "header": list("abcdefghij"), "taken_for": "", "wave": ""})
    >>> assign_in_order(mapping, range(1, 11), "gse")["taken_for"].tolist()[:2]
    ['gse_1', 'gse_2']
    """
    definition = load_instrument(instrument)
    if wave not in ("", *WAVES):
        raise UnknownNameError(f"A wave is {PRE} or {POST}.")
    chosen = [int(position) for position in positions]
    if len(chosen) != len(definition.items) or len(set(chosen)) != len(chosen):
        raise TableError(f"{definition.short_name} has {len(definition.items)} items: choose as many columns.")
    if not set(chosen) <= {int(position) for position in mapping["position"]}:
        raise TableError("The mapping does not have all of these columns.")
    changed = mapping.copy()
    for position, item in zip(chosen, definition.columns, strict=True):
        changed.loc[changed["position"] == position, ["taken_for", "wave"]] = [item, wave]
    return changed


def shape_of(raw: RawTable) -> str:
    """Return what files of the same form share: the SHA-256 over their folded headings."""
    keys = [heading_key(header) for header in raw.header]
    while keys and not keys[-1]:
        keys.pop()
    return sha256("\x1f".join(keys).encode()).hexdigest()


def recognised_instruments(headings: Sequence[Heading], kind: str) -> tuple[str, ...]:
    """Return the identifiers of the questionnaires of which at least one item was found.

    >>> recognised_instruments([Heading(1, "GSE 1", "gse_1", "", NATIVE_NAME)], "responses")
    ('gse',)
    """
    if kind != RESPONSES:
        return ()
    items = item_columns()
    return tuple(sorted({items[h.taken_for] for h in headings if h.taken_for in items}))


def may_be_short_form(headings: Sequence[Heading]) -> bool:
    """Whether the only items of WEMWBS are 1 to 7, by number: many call the seven items of SWEMWBS so.

    >>> may_be_short_form([Heading(i, f"WEMWBS {i}", f"wemwbs_{i}", "", "the heading says") for i in range(1, 8)])
    True
    """
    long, short = load_instrument("wemwbs").columns, load_instrument("swemwbs").columns
    found = [h for h in headings if h.taken_for in long]
    by_number = not any(h.reason.startswith("words of") for h in found)
    return by_number and {h.taken_for for h in found} == set(long[: len(short)])


def twice(raw: RawTable, kind: str) -> dict[str, tuple[dict[int, str], dict[int, str]]]:
    """Return the questionnaires of which each item found stands twice, with different cells and no word of a wave.

    For each the positions and items of the first block and of the second: perhaps one is before, the other after.
    """
    places: dict[str, dict[str, list[Heading]]] = {}
    items = item_columns()
    for heading in _without_empty(raw, column_meanings(raw, kind)):
        if heading.taken_for in items:
            mine = places.setdefault(items[heading.taken_for], {})
            mine.setdefault(heading.taken_for, []).append(heading)
    return {
        instrument: (
            {h[0].position: item for item, h in mine.items()},
            {h[1].position: item for item, h in mine.items()},
        )
        for instrument, mine in places.items()
        if all(len(h) == 2 and not h[0].wave + h[1].wave for h in mine.values())
        and not all(_same_cells(*(raw.columns[each.position - 1] for each in h)) for h in mine.values())
    }


def _recognised(raw: RawTable, kind: str, problems: Problems) -> list[Heading]:
    headings = _without_empty(raw, column_meanings(raw, kind))
    return _without_repeats(raw, _with_other_wave(headings, problems), problems)


def _chosen(raw: RawTable, kind: str, mapping: pd.DataFrame) -> list[Heading]:
    """Take each column for what the mapping says; a column that it does not list is left out."""
    needed = ("position", "header", "taken_for")
    if not set(needed) <= set(mapping.columns):
        raise TableError(f"A mapping needs the columns {', '.join(needed)}.")
    waves = mapping["wave"] if "wave" in mapping.columns else [""] * len(mapping)
    choices: dict[int, tuple[str, str]] = {}
    for position, header, taken, wave in zip(*(mapping[name] for name in needed), waves, strict=True):
        index = int(position) - 1
        if not 0 <= index < len(raw.header) or raw.header[index] != header or index in choices:
            raise TableError("The mapping was made for a file with other headings. Read the file without it first.")
        choices[index] = _text_or_empty(taken), _text_or_empty(wave)
    allowed = {*native_columns(kind), *made_from(kind), KEEP, RECORD_STATUS, LEFT_OUT}
    if any(taken not in allowed or wave not in ("", *WAVES) for taken, wave in choices.values()):
        raise UnknownNameError(
            f"A mapping may name the columns of {kind}, {KEEP!r}, {RECORD_STATUS!r} or nothing, and pre or post."
        )
    before = {heading.position: heading for heading in _recognised(raw, kind, Problems())}
    return [
        _as_chosen(raw, index, before.get(index + 1), *choices.get(index, (LEFT_OUT, "")))
        for index in range(len(raw.header))
    ]


def _as_chosen(raw: RawTable, index: int, before: Heading | None, taken_for: str, wave: str) -> Heading:
    """A column as a person wants it; what they left as it was recognised keeps its reason."""
    if before is not None and before.taken_for == taken_for and (before.wave == wave or not taken_for):
        return before
    if before is not None and before.taken_for == taken_for and before.reason == NATIVE_NAME:
        return replace(before, wave=wave)
    header, question = raw.header[index], raw.question(index)
    reason = _CHOSEN if taken_for else _CHOSEN_OUT
    personal = looks_personal(header, raw.columns[index]) or (before.personal if before else "")
    if taken_for == DATE_OF_BIRTH:  # ages stand there by now, or will
        personal = ""
    return Heading(index + 1, header, taken_for, wave, reason, personal, question)


def _text_or_empty(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _without_empty(raw: RawTable, headings: list[Heading]) -> list[Heading]:
    """Forget columns that have neither heading nor cells: a trailing separator makes them."""
    return [h for h in headings if tidy(h.header) or not raw.columns[h.position - 1].mask(is_blank).all()]


def _with_other_wave(headings: list[Heading], problems: Problems) -> list[Heading]:
    """Take items without a wave for the other one, where each of them also stands once with one and the same wave."""
    items = item_columns()
    changed: dict[int, str] = {}
    for instrument in recognised_instruments(headings, RESPONSES):
        mine = [h for h in headings if items.get(h.taken_for) == instrument]
        bare, marked = [h for h in mine if not h.wave], [h for h in mine if h.wave]
        waves = {h.wave for h in marked}
        if len(waves) != 1 or sorted(h.taken_for for h in bare) != sorted(h.taken_for for h in marked):
            continue
        wave = waves.pop()
        other = POST if wave == PRE else PRE
        changed |= {h.position: other for h in bare}
        found = f"no word for the wave, beside columns that say {wave}: taken for {other}"
        problems.add(None, _span(bare), found, "pre or post in each heading", KEPT, WARNING)
    if not changed:
        return headings
    return _with_fields_of(headings, changed, POST if PRE in changed.values() else PRE)


def _with_fields_of(headings: list[Heading], changed: dict[int, str], marked: str) -> list[Heading]:
    """Give a date, a site and the like without a wave the other one too, where it stands beside one with a wave."""
    if len(set(changed.values())) == 1:
        other = next(iter(changed.values()))
        named = {h.taken_for for h in headings if h.wave == marked}
        changed |= {h.position: other for h in headings if h.taken_for in WAVED and not h.wave and h.taken_for in named}
    return [replace(h, wave=changed.get(h.position, h.wave)) for h in headings]


def _without_repeats(raw: RawTable, headings: list[Heading], problems: Problems) -> list[Heading]:
    """Resolve columns taken for the same thing at the same wave: equal cells leave the first, other cells none."""
    groups: dict[tuple[str, str], list[Heading]] = {}
    for heading in headings:
        if heading.taken_for not in (LEFT_OUT, KEEP, RECORD_STATUS):
            groups.setdefault((heading.taken_for, heading.wave), []).append(heading)
    dropped: dict[int, str] = {}
    for (name, wave), group in groups.items():
        if len(group) == 1:
            continue
        first = raw.columns[group[0].position - 1]
        same = all(_same_cells(first, raw.columns[h.position - 1]) for h in group[1:])
        places = ", ".join(str(h.position) for h in group)
        for heading in group[1:] if same else group:
            told = "the same cells" if same else "different cells"
            called = f"{name} ({wave})" if wave else name
            found = f"columns {places} are all {called}, with {told}"
            problems.add(None, heading.label, found, "one column", COLUMN_LEFT_OUT, WARNING if same else ERROR)
            dropped[heading.position] = f"left out: columns {places} are all {called}"
    return [
        replace(h, taken_for=LEFT_OUT, reason=dropped[h.position]) if h.position in dropped else h for h in headings
    ]


def _same_cells(one: TextColumn, other: TextColumn) -> bool:
    tidied = [np.array([tidy(text) for text in column.texts], dtype=object) for column in (one, other)]
    if not len(one.codes):
        return True
    return bool((tidied[0][one.codes] == tidied[1][other.codes]).all())


def _list_left_out(headings: Sequence[Heading], problems: Problems) -> None:
    for heading in headings:
        if heading.personal and heading.taken_for:
            found = f"looks like {heading.personal}"
            problems.add(None, heading.label, found, "nothing that names a person", KEPT, WARNING)
        elif heading.personal:
            found = f"looks like {heading.personal}"
            problems.add(None, heading.label, found, "nothing that names a person", COLUMN_LEFT_OUT, WARNING)
        elif heading.reason == UNKNOWN:
            problems.add(None, heading.label, "an unknown heading", "a native column", COLUMN_LEFT_OUT, NOTE)
        elif not heading.taken_for and not heading.reason.startswith((_CHOSEN_OUT, "left out: columns ")):
            _list_reason(heading, problems)


def _list_reason(heading: Heading, problems: Problems) -> None:
    """List a column that is left out for a reason of its own; a warning where answers may be lost with it."""
    expected = _EXPECTED.get(heading.reason, "a native column")
    severity = WARNING if heading.reason in (TWO_ITEMS, OTHER_ITEM, THIRD_WAVE) or "may be" in heading.reason else NOTE
    found = heading.reason.removeprefix("left out: ")
    problems.add(None, heading.label, found, expected, COLUMN_LEFT_OUT, severity)


def _list_numbered_waves(headings: Sequence[Heading], problems: Problems) -> None:
    """Say once for each questionnaire that bare numbers were taken for waves."""
    items = item_columns()
    for instrument in recognised_instruments(headings, RESPONSES):
        mine = [h for h in headings if items.get(h.taken_for) == instrument and h.reason.endswith(NUMBERED_WAVE)]
        if mine:
            problems.add(None, _span(mine), NUMBERED_WAVE, "pre or post in each heading", KEPT, WARNING)


def _span(headings: Sequence[Heading]) -> str:
    first, last = headings[0].label, headings[-1].label
    return first if len(headings) == 1 else f"{first} to {last}"


def _look_at_identifiers(raw: RawTable, headings: Sequence[Heading], problems: Problems) -> None:
    """Warn where the identifiers themselves name people, or submissions: they can not be left out."""
    for heading in headings:
        if heading.taken_for != RESPONDENT_ID:
            continue
        if heading.reason == SUBMISSION:
            found = "numbers of submissions: before and after can not be paired by them"
            problems.add(None, heading.label, found, "a column that says who answered", KEPT, WARNING)
        if not heading.personal:
            personal = cells_look_personal(raw.columns[heading.position - 1])
            if "crn" in words(heading.header).split():
                personal = _CASE_NUMBERS
            if personal in ("e-mail addresses", "PNC numbers", _CASE_NUMBERS):
                problems.add(None, heading.label, f"looks like {personal}", "codes that name nobody", KEPT, WARNING)
