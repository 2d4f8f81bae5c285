"""Who is not counted: rows that mark a test, rows that contradict each other, and the people of the pilot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from evalcore.assembly.caseload import spelled_like
from evalcore.assembly.pooling import Pool
from evalcore.columns import RESPONDENT_ID
from evalcore.errors import EvalcoreError
from evalcore.intake.choices import Choices
from evalcore.intake.fates import USED
from evalcore.intake.files.raw import RawTable, TextColumn
from evalcore.intake.native import CASELOAD
from evalcore.intake.people.repeats import CONTRADICTS, SURPLUS
from evalcore.intake.people.spelling import fold
from evalcore.intake.problems import ERROR, ROW_SET_ASIDE, WARNING, Problem
from evalcore.intake.recognising import read_as
from evalcore.profile.caseload import caseload_without
from evalcore.profile.counting.cells import bare_name, cleaned_identifier
from evalcore.profile.counting.codes import Coded, insert
from evalcore.profile.counting.engine import Engine
from evalcore.profile.counting.rows import rows_of, stray_table
from evalcore.profile.counting.source import CaseloadFile
from evalcore.wording import count

MOST_REPEATED = 200_000
"""So many rows about people who have another row are held against each other; more are refused."""


@dataclass
class Pilot:
    """The people of the pilot: their identifiers as the study has them, and every other spelling that is known."""

    cases: pd.DataFrame
    spelled: Mapping[str, str] = field(default_factory=dict)

    def names(self) -> list[str]:
        """What the identifiers of rows to look at have in common with them."""
        if RESPONDENT_ID not in self.cases:
            return []
        known = {str(name) for name in self.cases[RESPONDENT_ID].dropna()}
        typed = known | {found for found, kept in self.spelled.items() if kept in known}
        return sorted({bare_name(form) for name in typed for form in (name, fold(name))})

    def inside(self, identifiers: list[str]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Which of these rows of the caseload are about them, by the rules of the study."""
        table = pd.DataFrame({RESPONDENT_ID: pd.array(identifiers, dtype="str")})
        if RESPONDENT_ID not in self.cases or not len(table):
            return np.zeros(len(table), dtype=bool)
        final = self.cases[RESPONDENT_ID].dropna().astype("str").reset_index(drop=True)
        others = [(found, kept) for found, kept in self.spelled.items() if kept in set(final)]
        typed = pd.Series([*final, *(found for found, _ in others)], dtype="str")
        kept = pd.DataFrame({RESPONDENT_ID: pd.Series([*final, *(kept for _, kept in others)], dtype="str")})
        nowhere = np.zeros(len(typed), dtype=np.intp)
        alike = spelled_like(table, Pool((), kept, nowhere, nowhere.astype(np.int64), typed))
        left, _ = caseload_without(self.cases, alike)
        return ~np.isin(np.arange(len(table)), left.index.to_numpy())


def take_out_pilot(engine: Engine, found: Coded, pilot: Pilot) -> int:
    """Take the people of the pilot out; the other rows that were looked at go back among the rest."""
    inside = pilot.inside([identifier for identifier, _, _ in found.suspects])
    if found.n is not None:
        found.gone = [codes for (_, _, codes), its in zip(found.suspects, inside, strict=True) if its]
        return len(found.gone)
    rest = [(who, codes) for (_, who, codes), its in zip(found.suspects, inside, strict=True) if not its]
    insert(engine, found, rest)
    return int(inside.sum())


def settle_repeats(engine: Engine, file: CaseloadFile, found: Coded, choices: Choices) -> list[Problem]:
    """Hold the rows about one person against each other as an upload does, and set aside those that it would."""
    if found.layout.identifier is None or file.sure:
        return []
    repeated = _repeated(engine, found)
    if not repeated:
        return []
    intake_rows, texts = _rows_of(engine, file, found, repeated)
    intake = read_as(CASELOAD, intake_rows, choices)
    order = {row: at for at, row in enumerate(intake_rows.rows.tolist())}
    used = [order[row] for row in intake.rows.loc[(intake.rows["fate"] == USED).to_numpy(dtype=bool), "row"]]
    _put_back(engine, found, repeated, [texts[at] for at in used])
    return _told(file, found, intake.rows["reason"])


def _repeated(engine: Engine, found: Coded) -> set[int]:
    """The hashes of identifiers that stand in several rows."""
    few = np.array([who for _, who, _ in found.suspects], dtype=np.uint64)
    every = np.concatenate([engine.hashes("SELECT who FROM coded WHERE who IS NOT NULL"), few])
    every.sort()
    later = every[1:][every[1:] == every[:-1]]
    repeated = np.unique(later)
    if len(later) + len(repeated) > MOST_REPEATED:
        raise EvalcoreError(
            f"More than {MOST_REPEATED:,} rows of the file are about a person who has another row. "
            "Keep one row a person, and count the file again."
        )
    return set(repeated.tolist())


_Line = tuple[str, int, tuple[str | None, ...]]


def _rows_of(engine: Engine, file: CaseloadFile, found: Coded, who: set[int]) -> tuple[RawTable, list[_Line]]:
    """The rows of these people: as a table for the intake, and the cells that are counted."""
    import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]

    layout, places = found.layout, found.places
    read = tuple(sorted({*places, *layout.compared, layout.identifier or 0, *layout.coded}))
    rows = rows_of(engine, file, read)
    engine.give("people", pa.table({"who": pa.array(sorted(who), pa.uint64())}))
    cells = ", ".join(f"c{at}" for at in read if at not in rows.unread)
    counted = ", ".join([*(f"{found.dictionary.cells[at]} AS x{at}" for at in places), "id"])
    lines = []
    for relation, values in ((rows.relation, rows.values), ("strays", ())):
        if relation == "strays" and found.rows.strays:
            engine.give("strays", stray_table(found.rows, len(file.head.header)))
        elif relation == "strays":
            continue
        named = f"SELECT *, {cleaned_identifier(f'c{layout.identifier}')} AS id FROM {relation}"
        wanted = f"SELECT {cells}, {counted}, hash(id) FROM ({named}) WHERE hash(id) IN (SELECT who FROM people)"
        lines += engine.rows(wanted, values)
    at_cells = [at for at in read if at not in rows.unread]
    cut = len(at_cells)
    kept = [(str(line[-2]), int(line[-1]), tuple(line[cut:-2])) for line in lines]
    return _raw(file, found, at_cells, lines), kept


def _raw(file: CaseloadFile, found: Coded, read: list[int], lines: list[tuple[object, ...]]) -> RawTable:
    """A table for the intake: whose columns know every text of the file, so that they are read in the same way."""
    columns = []
    blank = TextColumn(np.zeros(len(lines), dtype=np.int32), ("",))
    for at in range(len(file.head.header)):
        if at not in read:
            columns.append(blank)
            continue
        cells = TextColumn.from_cells(str(line[read.index(at)] or "") for line in lines)
        more = [text for text in found.dictionary.texts.get(at, ()) if text not in set(cells.texts)]
        columns.append(TextColumn(cells.codes, (*cells.texts, *more)))
    rows = np.arange(len(lines), dtype=np.int64) + 1
    return RawTable(file.name, file.head.digest, file.head.header, tuple(columns), rows, (), (), file.head.questions)


def _put_back(engine: Engine, found: Coded, repeated: set[int], used: list[_Line]) -> None:
    """Take every row of these people away, and put one of each back that an upload would have used."""
    numbers = {at: {text: i for i, text in enumerate(its, start=1)} for at, its in found.dictionary.texts.items()}
    suspects = {who for _, who, _ in found.suspects}
    found.suspects = [one for one in found.suspects if one[1] not in repeated]
    engine.run("DELETE FROM coded WHERE who IN (SELECT who FROM people)")
    back = []
    for identifier, who, texts in used:
        codes = tuple(None if t is None else numbers[at].get(t) for at, t in zip(found.places, texts, strict=True))
        if who in suspects:
            found.suspects.append((identifier, who, codes))
        else:
            back.append((who, codes))
    insert(engine, found, back)


def _told(file: CaseloadFile, found: Coded, reasons: pd.Series) -> list[Problem]:
    label = found.layout.labels[found.layout.identifier or 0]
    lines = []
    for reason, told, severity in (
        (CONTRADICTS, "with different answers", ERROR),
        (SURPLUS, "and nothing new", WARNING),
    ):
        n = int((reasons == reason).sum())
        if n:
            text = f"{count(n, 'row', 'rows')} about a person who has another row, {told}"
            lines.append(Problem(None, label, text, "one row for each person", ROW_SET_ASIDE, severity))
    return lines
