"""From converted columns to the Intake: the table, its entries, the account of each row, the mapping and the codes."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evalcore.columns import RESPONDENT_ID, WAVE, WAVES
from evalcore.intake.building import ALWAYS, Draft, constant
from evalcore.intake.choices import Choices
from evalcore.intake.fates import row_table
from evalcore.intake.headings.headers import Heading, mapping_table, recognised_instruments
from evalcore.intake.intake import Entries, Intake, no_codes
from evalcore.intake.native import KEYS, RESPONSES, blocks, fields, item_columns, with_native_types
from evalcore.intake.people.repeats import (
    CONTRADICTS,
    ONE_PERSON,
    ONE_ROW,
    SURPLUS,
    ProblemLine,
    Repeats,
    find_repeats,
    one_row_each,
    repeat_problems,
)
from evalcore.intake.problems import NOTE, ROW_SET_ASIDE, problem_frame

NO_ANSWER = "no answer at either wave"
BOTH_WAVES = "pre and post"


def finish(draft: Draft) -> Intake:
    """Hold rows of one person against each other and build the Intake."""
    layers = _layers(draft)
    parts = [_layer(draft, wave) for wave in layers]
    present = _present(draft, layers)
    kept = draft.fates.kept
    tables = [part if mask.all() else part[mask] for part, mask in zip(parts, present & kept, strict=True)]
    at = [np.flatnonzero(mask) for mask in present & kept]
    table, place = _in_row_order(tables, at)
    table = with_native_types(table, draft.kind)
    entries = Entries(table, draft.raw.rows[place])
    lines: list[ProblemLine] = []
    if KEYS[draft.kind] and (RESPONDENT_ID, "") in draft.taken:
        table, lines = _resolve(draft, entries, place)
    problems = draft.problems.frame(draft.raw.name)
    if lines:
        problems = pd.concat([problems, problem_frame(lines)], ignore_index=True)
        problems = problems.sort_values("row", kind="stable", na_position="first", ignore_index=True)
    who = parts[0][RESPONDENT_ID] if RESPONDENT_ID in parts[0] else draft.missing()
    headings = _with_wave(draft)
    return Intake(
        name=draft.raw.name,
        kind=draft.kind,
        problems=problems,
        mapping=mapping_table(draft.raw, headings),
        rows=row_table(
            draft.raw.name, draft.raw.rows, who, _waves(parts, layers, present), draft.fates.reasons, draft.raw.refused
        ),
        instruments=_answered(draft, headings),
        digest=_digest(draft, headings),
        entries=entries,
        codes=pd.concat(draft.codes, ignore_index=True) if draft.codes else no_codes(),
        questions=tuple(draft.questions),
        choices=draft.choices,
        raw=draft.raw,
        **{draft.kind: table},
    )


def _answered(draft: Draft, headings: list[Heading]) -> tuple[str, ...]:
    """The questionnaires that were read: columns that are blank throughout, as in a template, are none."""
    items = item_columns()
    read = {items[name] for (name, _), values in draft.values.items() if name in items and values.notna().any()}
    return tuple(name for name in recognised_instruments(headings, draft.kind) if name in read)


def _layers(draft: Draft) -> tuple[str, ...]:
    """The waves that stand side by side in a wide file, in order; one empty name for any other file."""
    waves = {wave for _, wave in draft.values}
    return tuple(wave for wave in WAVES if wave in waves) or ("",)


def _native_order(draft: Draft) -> list[str]:
    """Native columns in their order, then the items, then columns kept under their own heading."""
    names = [native.name for native in fields(draft.kind)]
    if draft.kind == RESPONSES:
        names += list(item_columns())
    known = set(names)
    return names + [name for name, _ in draft.values if name not in known]


def _layer(draft: Draft, wave: str) -> pd.DataFrame:
    """Every row of the file as it stands at one wave."""
    found = {name for name, _ in draft.values}
    columns = {}
    for name in _native_order(draft):
        if name in found or name in ALWAYS[draft.kind]:
            shared = draft.values.get((name, ""))
            values = draft.values.get((name, wave), shared)
            columns[name] = draft.missing() if values is None else values
    if wave:
        columns[WAVE] = constant(wave, len(draft.raw))
    return pd.DataFrame(columns, copy=False)


def _present(draft: Draft, layers: tuple[str, ...]) -> NDArray[np.bool_]:
    """Which rows gave something at each wave; in a file that is not wide every row does."""
    n = len(draft.raw)
    if layers == ("",):
        return np.ones((1, n), dtype=bool)
    shared = draft.held.get("", np.zeros(n, dtype=bool))
    present = np.array([draft.held.get(wave, np.zeros(n, dtype=bool)) | shared for wave in layers])
    nothing = ~present.any(axis=0) & draft.fates.kept
    for row in draft.raw.rows[nothing]:
        draft.problems.add(int(row), "", "no answer at any wave", "an answer", ROW_SET_ASIDE, NOTE)
    draft.fates.set_aside(nothing, NO_ANSWER)
    return present


def _in_row_order(tables: list[pd.DataFrame], at: list[NDArray[np.intp]]) -> tuple[pd.DataFrame, NDArray[np.intp]]:
    if len(tables) == 1:
        return tables[0].reset_index(drop=True), at[0]
    place = np.concatenate(at)
    order = np.argsort(place, kind="stable")
    return pd.concat(tables, ignore_index=True).iloc[order].reset_index(drop=True), place[order]


def _resolve(draft: Draft, entries: Entries, place: NDArray[np.intp]) -> tuple[pd.DataFrame, list[ProblemLine]]:
    table = entries.table
    repeats = find_repeats(table[list(KEYS[draft.kind])], table, blocks(table, draft.kind))
    if not (repeats.group >= 0).any():
        return table, []
    _set_aside_repeats(draft, repeats, place)
    expected = ONE_ROW if draft.kind == RESPONSES else ONE_PERSON
    lines = repeat_problems([draft.raw.name] * len(table), entries.rows, repeats, expected)
    return one_row_each(table, repeats), lines


def _set_aside_repeats(draft: Draft, repeats: Repeats, place: NDArray[np.intp]) -> None:
    """Set aside the rows of which nothing is used; a row of a wide file may still be used at its other wave."""
    used = np.zeros(len(draft.raw), dtype=bool)
    used[place[~(repeats.contradicting | repeats.surplus)]] = True
    for mask, reason in ((repeats.contradicting, CONTRADICTS), (repeats.surplus, SURPLUS)):
        which = np.zeros(len(draft.raw), dtype=bool)
        which[place[mask]] = True
        draft.fates.set_aside(which & ~used, reason)


def _waves(parts: list[pd.DataFrame], layers: tuple[str, ...], present: NDArray[np.bool_]) -> pd.Series:
    """The wave of each row of the file; of a wide file, those at which it gave something."""
    if layers == ("",):
        return parts[0][WAVE] if WAVE in parts[0] else constant(None, len(parts[0]))
    names = pd.array([None, *layers, BOTH_WAVES], dtype="str")
    which = np.where(present.all(axis=0) & (len(layers) > 1), len(layers) + 1, 0)
    for i, mask in enumerate(present, start=1):
        which = np.where((which == 0) & mask, i, which)
    return pd.Series(names.take(which))


def _with_wave(draft: Draft) -> list[Heading]:
    """The headings with the wave that holds for the whole file, where one does."""
    if not draft.wave:
        return draft.headings
    items = item_columns()
    return [replace(h, wave=draft.wave) if h.taken_for in items else h for h in draft.headings]


def _digest(draft: Draft, headings: list[Heading]) -> str:
    taken = "|".join(f"{h.position}={h.taken_for}@{h.wave}" for h in headings)
    said = f"{draft.raw.digest}|{draft.kind}|{taken}|{_written(draft.choices)}"
    return sha256(said.encode()).hexdigest()


def _written(choices: Choices) -> str:
    codes = choices.codes
    lines = [] if codes is None else sorted(zip(codes["field"], codes["found"], codes["code"], strict=True))
    return f"{choices.wave or ''}|{lines}|{sorted(choices.answered)}"
