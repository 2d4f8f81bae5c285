"""One file without some of its rows: as if they had been blank in it from the start."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from hashlib import sha256
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evalcore.columns import RESPONDENT_ID
from evalcore.intake.choices import Choices
from evalcore.intake.files.raw import RawTable, TextColumn, tidy
from evalcore.intake.intake import Entries, Intake, hash_table, no_codes
from evalcore.intake.native import KEYS, blocks
from evalcore.intake.people.repeats import find_repeats, one_row_each
from evalcore.intake.recognising import kind_of, read_as

_CHOSEN = ["position", "header", "taken_for", "wave"]


def without_rows(intake: Intake, rows: Collection[int]) -> Intake | None:
    """Return a file without some rows; None where nothing is left in it.

    Its cells are read again with the choices made for it. Where that would change what the rows of others were read as
    (only these rows told which of two numbers is the month), they stay what they were.
    """
    gone = np.array(sorted(rows), dtype=np.int64)
    if np.isin(intake.rows["row"].to_numpy(), gone).all():
        return None
    if intake.raw is None:
        return _without_cells(intake, gone)
    raw = replace(raw_without(intake.raw, gone), name=intake.name)
    kind = intake.kind if kind_of(raw) != intake.kind else intake.choices.kind
    read = read_as(intake.kind, raw, replace(intake.choices, kind=kind))
    if _same_for_others(intake, read, gone):
        return read
    read = read_as(intake.kind, raw, replace(_as_read(intake, raw), kind=kind))
    return read if _same_for_others(intake, read, gone) else _as_before(intake, read, gone)


def raw_without(raw: RawTable, gone: NDArray[np.int64]) -> RawTable:
    """Return the cells without some rows, and without every text that stood nowhere else.

    The digest is that of what is left: the digest of the file as it came would let somebody who knows the rest test a
    guess at these rows.
    """
    keep = ~np.isin(raw.rows, gone)
    columns = tuple(_only_used(column.take(keep)) for column in raw.columns)
    numbers = set(gone.tolist())
    notes = tuple(note for note in raw.notes if note.row not in numbers)
    left = replace(raw, columns=columns, rows=raw.rows[keep], notes=notes)
    return replace(left, digest=_digest(left))


def texts_in(raw: RawTable, rows: Collection[int]) -> set[str]:
    """Return every text that stands in some rows."""
    at = np.flatnonzero(np.isin(raw.rows, np.array(sorted(rows), dtype=np.int64)))
    return {tidy(column.texts[code]) for column in raw.columns for code in column.codes[at]} - {""}


def stands_in(raw: RawTable, texts: Collection[str]) -> set[str]:
    """Return those of some texts that stand anywhere in a file."""
    return {found for column in raw.columns for text in column.texts if (found := tidy(text)) in texts}


def without_texts(choices: Choices, texts: Collection[str]) -> Choices:
    """Return the choices without those made for some texts, and without the cells that a mapping shows as a sample.

    They are the same where they hold neither.
    """
    mapping, codes = choices.mapping, choices.codes
    if mapping is not None and not set(mapping) <= set(_CHOSEN):
        mapping = mapping[[name for name in _CHOSEN if name in mapping]]
    if codes is not None and not (kept := ~codes["found"].map(tidy).isin(texts)).all():
        codes = codes[kept].reset_index(drop=True) if kept.any() else None
    same = mapping is choices.mapping and codes is choices.codes
    return choices if same else replace(choices, mapping=mapping, codes=codes)


def _only_used(column: TextColumn) -> TextColumn:
    """Forget the texts that stand in no row; the others in the order in which they stand."""
    first = np.full(len(column.texts), -1, dtype=np.int64)
    first[column.codes[::-1]] = np.arange(len(column.codes))[::-1]
    used = np.flatnonzero(first >= 0)
    used = used[np.argsort(first[used], kind="stable")]
    new = np.zeros(len(column.texts), dtype=np.int32)
    new[used] = np.arange(len(used), dtype=np.int32)
    return TextColumn(new[column.codes], tuple(column.texts[i] for i in used))


def _digest(raw: RawTable) -> str:
    digest = sha256(repr((raw.header, raw.questions, raw.sheet)).encode())
    digest.update(raw.rows.astype("<i8").tobytes())
    for column in raw.columns:
        digest.update(column.codes.astype("<i4").tobytes())
        digest.update("\x1f".join(column.texts).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _others(frame: pd.DataFrame, rows: NDArray[np.int64] | pd.Series, gone: NDArray[np.int64]) -> pd.DataFrame:
    return frame[~np.isin(np.asarray(rows), gone)].reset_index(drop=True)


def _same_for_others(intake: Intake, read: Intake, gone: NDArray[np.int64]) -> bool:
    """Whether the rows of others have the same fate and the same values as before."""
    if not _others(intake.rows, intake.rows["row"], gone).equals(read.rows):
        return False
    if intake.entries is None or read.entries is None:
        return intake.entries is read.entries
    return _others(intake.entries.table, intake.entries.rows, gone).equals(read.entries.table)


def _as_read(intake: Intake, raw: RawTable) -> Choices:
    """What the file was read as, chosen for every column and every text that is left."""
    codes = intake.codes.loc[intake.codes["code"] != "", ["field", "found", "code"]]
    codes = codes[codes["found"].isin(stands_in(raw, set(codes["found"])))].reset_index(drop=True)
    made = Choices(mapping=intake.mapping[_CHOSEN], codes=codes if len(codes) else None)
    return intake.choices.merged(made)


def _as_before(intake: Intake, read: Intake, gone: NDArray[np.int64]) -> Intake:
    """The new reading with the rows of others as they were read before."""
    return replace(read, **_kept(intake, gone))


def _kept(intake: Intake, gone: NDArray[np.int64]) -> dict[str, Any]:
    """The account and the tables of a file without some rows."""
    rows = _others(intake.rows, intake.rows["row"], gone)
    if intake.entries is None:
        return {"rows": rows, "entries": None, intake.kind: intake.table.iloc[:0]}
    entries = _entries_without(intake.entries, gone)
    return {"rows": rows, "entries": entries, intake.kind: _resolved(entries.table, intake.kind)}


def _entries_without(entries: Entries, gone: NDArray[np.int64]) -> Entries:
    return Entries(_others(entries.table, entries.rows, gone), entries.rows[~np.isin(entries.rows, gone)])


def _resolved(table: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Rows of one person held against each other, as `finishing` does."""
    if not KEYS[kind] or RESPONDENT_ID not in table:
        return table
    return one_row_each(table, find_repeats(table[list(KEYS[kind])], table, blocks(table, kind)))


def _without_cells(intake: Intake, gone: NDArray[np.int64]) -> Intake:
    """A file of which only the tables are at hand; whatever may quote one of its cells goes with the rows."""
    problems, kept = intake.problems, _kept(intake, gone)
    held = (hash_table(kept["rows"]), hash_table(kept[intake.kind]))
    changes: dict[str, Any] = {
        **kept,
        "problems": problems[problems["row"].notna() & ~problems["row"].isin(gone)].reset_index(drop=True),
        "mapping": intake.mapping.assign(preview=pd.Series("", index=intake.mapping.index, dtype="str")),
        "codes": no_codes(),
        "questions": (),
        "choices": replace(without_texts(intake.choices, ()), codes=None),
        "digest": sha256(repr((intake.kind, held)).encode()).hexdigest(),
    }
    return replace(intake, **changes)
