"""Rows that are looked at one by one: with a text that has no number yet, or perhaps about somebody of the pilot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evalcore.intake.cells.values import to_identifier
from evalcore.intake.files.tools import one_line
from evalcore.profile.counting.cells import bare_name
from evalcore.profile.counting.codes import Coded, Line, insert
from evalcore.profile.counting.engine import Engine
from evalcore.profile.counting.source import CaseloadFile


def number_of_odd(engine: Engine) -> int:
    """How many rows there are to look at."""
    return int(engine.rows("SELECT count(*) FROM coded WHERE odd IS NOT NULL")[0][0]) if _has_odd(engine) else 0


def more_texts(engine: Engine, found: Coded) -> dict[int, list[str]]:
    """Texts that have no number yet, column by column."""
    more = {}
    for place, at in enumerate(found.places, start=2):
        unknown = f"odd[{place}] IS NOT NULL AND k{at} IS NULL"
        rows = engine.rows(f"SELECT DISTINCT odd[{place}] FROM coded WHERE {unknown} LIMIT 50000")
        more[at] = sorted(str(row[0]) for row in rows)
    return more


def settle(engine: Engine, file: CaseloadFile, found: Coded) -> None:
    """Look at the odd rows one by one: their new texts get numbers, and who may be of the pilot stands apart."""
    odd = _taken_apart(engine)
    blank = " AND ".join(["who IS NULL", *(f"k{at} IS NULL" for at in found.places)])
    engine.run(f"DELETE FROM coded WHERE {blank}")
    found.n_rows = engine.rows("SELECT count(*) FROM coded")[0][0] + len(odd) + len(found.rows.faults)
    pilot = {row[0] for row in engine.rows("SELECT name FROM names")}
    kept: list[Line] = []
    numbers = {at: {text: i for i, text in enumerate(texts, start=1)} for at, texts in found.dictionary.texts.items()}
    again = _headings(file, found)
    for who, (identifier, *texts) in odd:
        if is_heading([identifier, *texts], again):
            found.headings += 1
            continue
        if identifier is not None and not isinstance(to_identifier(identifier), str):
            found.no_answers[identifier] = found.no_answers.get(identifier, 0) + 1
            identifier, who = None, None
        codes = tuple(
            None if text is None else numbers[at].setdefault(text, len(numbers[at]) + 1)
            for at, text in zip(found.places, texts, strict=True)
        )
        if identifier is not None and who is not None and bare_name(identifier) in pilot:
            found.suspects.append((identifier, who, codes))
        else:
            kept.append((who, codes))
    for at, its in numbers.items():
        found.dictionary.texts[at] = list(its)
    insert(engine, found, kept)


def without_unnamed(engine: Engine, found: Coded) -> None:
    """Set aside the rows without an identifier, in a file that has identifiers."""
    if found.layout.identifier is not None:
        found.unnamed = engine.rows("SELECT count(*) FROM coded WHERE who IS NULL")[0][0]
        if found.unnamed:
            engine.run("DELETE FROM coded WHERE who IS NULL")


def _has_odd(engine: Engine) -> bool:
    return bool(engine.rows("SELECT 1 FROM duckdb_columns() WHERE table_name = 'coded' AND column_name = 'odd'"))


def _taken_apart(engine: Engine) -> list[tuple[Any, ...]]:
    """Take these rows out of the table."""
    if not _has_odd(engine):
        return []
    odd = engine.rows("SELECT who, odd FROM coded WHERE odd IS NOT NULL")
    if odd:
        engine.run("DELETE FROM coded WHERE odd IS NOT NULL")
    engine.run("ALTER TABLE coded DROP COLUMN odd")
    return odd


def is_heading(cells: Sequence[str | None], headings: Sequence[str]) -> bool:
    """Whether a row is the heading line again: every cell that is filled repeats its heading, and two do at least.

    >>> is_heading(["id", None, "sex"], ["id", "age", "sex"]), is_heading(["id", "30", "sex"], ["id", "age", "sex"])
    (True, False)
    """
    filled = [(one_line(cell), heading) for cell, heading in zip(cells, headings, strict=True) if cell is not None]
    return len(filled) >= min(2, len(headings)) and all(cell == heading for cell, heading in filled)


def _headings(file: CaseloadFile, found: Coded) -> list[str]:
    at_id = found.layout.identifier
    return [one_line(file.head.header[at]) if at is not None else "" for at in (at_id, *found.places)]
