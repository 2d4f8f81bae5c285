"""What each text of a file is read as: each stands once, alone in its row, in a small table that the intake reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from evalcore.columns import OFFENCE, OGRS
from evalcore.intake.choices import Choices, Question
from evalcore.intake.files.raw import RawTable, TextColumn
from evalcore.intake.headings.headers import map_headings
from evalcore.intake.headings.heading import LEFT_OUT, RECORD_STATUS
from evalcore.intake.intake import Intake
from evalcore.intake.native import CASELOAD, CONVICTED_ON, OASYS_ITEMS
from evalcore.intake.problems import ADDED_UP, Problem, Problems
from evalcore.intake.recognising import read_as
from evalcore.profile.counting.layout import OFFENCE_OF_OGRS, Layout
from evalcore.wording import count

Values = tuple[object, ...]
_QUOTED = 60
_KIND = ("ogrs_version", "ogrs_horizon")


@dataclass(frozen=True, eq=False, repr=False)
class Understood:
    """What the intake makes of the texts.

    Attributes
    ----------
    values : mapping of str to tuple
        By what a column is taken for: the value of each text in the order of their numbers, None where it has none.
    constants : mapping of str to str
        What the heading of the OGRS scores says of everybody who has one.
    tests : frozenset of int
        Numbers of the texts that mark a row as a test.
    problems : list of Problem
    questions : tuple of Question
    """

    values: Mapping[str, Values]
    constants: Mapping[str, str]
    tests: frozenset[int]
    problems: list[Problem]
    questions: tuple[Question, ...]


def understood(
    head: RawTable, layout: Layout, texts: Mapping[int, Sequence[str]], n: Mapping[int, Sequence[int]], choices: Choices
) -> Understood:
    """Let the ordinary intake read every text once.

    Parameters
    ----------
    head : RawTable
        The first rows, for the headings.
    layout : Layout
    texts, n : mapping of int to sequence
        By the column's place: its different texts, and in how many rows each stands.
    choices : Choices
        Codes that a person chose.
    """
    read = {at: its for at, its in texts.items() if at != layout.births}
    raw, place, start = _each_once(head, read)
    mapping = _without(layout, set(read))
    intake = read_as(CASELOAD, raw, replace(choices, mapping=mapping))
    noted = Problems()
    map_headings(raw, CASELOAD, noted, mapping)
    found = _values(intake, layout, texts, start, len(raw))
    names = {at: layout.name_of(at) for at in read}
    fate = intake.rows["fate"].to_numpy() == "set aside"
    status = layout.counted.get(RECORD_STATUS)
    tests = [i for i in range(1, len(texts[status]) + 1) if fate[start[status] + i - 1]] if status is not None else []
    constants = {
        name: str(intake.table[name].dropna().iloc[0])
        for name in _KIND
        if OGRS in layout.counted and name not in layout.counted and _says(intake.table, name)
    }
    problems = _counted(intake, noted, place, n, names)
    return Understood(found, constants, frozenset(tests), problems, intake.questions)


def _each_once(
    head: RawTable, texts: Mapping[int, Sequence[str]]
) -> tuple[RawTable, list[tuple[int, int]], dict[int, int]]:
    """The small table, what stands in each of its rows (column and number), and where each column's texts begin."""
    place = [(at, i) for at, its in texts.items() for i in range(len(its))]
    start: dict[int, int] = {}
    columns = []
    for at, column in enumerate(head.columns):
        its = tuple(texts.get(at, ()))
        codes = np.zeros(len(place), dtype=np.int32)
        if at in texts:
            start[at] = sum(len(texts[other]) for other in list(texts)[: list(texts).index(at)])
            codes[start[at] : start[at] + len(its)] = np.arange(1, len(its) + 1)
            columns.append(TextColumn(codes, ("", *its)))
        else:
            # What the first rows say there decides what may be asked about the column.
            columns.append(TextColumn(codes, ("", *(text for text in column.texts if text))))
    rows = np.arange(len(place), dtype=np.int64)
    return replace(head, columns=tuple(columns), rows=rows, refused=(), notes=()), place, start


def _without(layout: Layout, read: set[int]) -> pd.DataFrame:
    """The mapping with the columns alone that are read here."""
    mapping = layout.mapping.copy()
    gone = ~(mapping["position"] - 1).isin(read).to_numpy(dtype=bool)
    mapping.loc[gone, "taken_for"] = LEFT_OUT
    return mapping


def _says(table: pd.DataFrame, name: str) -> bool:
    return name in table and bool(table[name].notna().any())


def _values(
    intake: Intake, layout: Layout, texts: Mapping[int, Sequence[str]], start: Mapping[int, int], n_rows: int
) -> dict[str, Values]:
    found: dict[str, Values] = {}
    if intake.entries is None:
        return found
    table = intake.entries.table.set_axis(intake.entries.rows, axis=0).reindex(np.arange(n_rows))
    for name, at in layout.counted.items():
        column = f"{OASYS_ITEMS[name]}_score" if name in OASYS_ITEMS else name
        column = OFFENCE if name == OFFENCE_OF_OGRS else column
        rows = slice(start[at], start[at] + len(texts[at]))
        if column in table:
            values = table[column].iloc[rows]
            found[name] = tuple(None if gone else value for value, gone in zip(values, values.isna(), strict=True))
        elif name not in (RECORD_STATUS, CONVICTED_ON):
            found[name] = (None,) * len(texts[at])
    return found


def _counted(
    intake: Intake,
    noted: Problems,
    place: Sequence[tuple[int, int]],
    n: Mapping[int, Sequence[int]],
    names: Mapping[int, str],
) -> list[Problem]:
    """The problems of the small table as those of the file: each text of a column once, with its number of rows."""
    mapped = Counter((p.column, p.found, p.expected) for p in noted.found)
    items = {at for at, name in names.items() if name in OASYS_ITEMS}
    problems = []
    lines = intake.problems[["row", "column", "found", "expected", "action", "severity"]].values.tolist()
    for row, column, found, expected, action, severity in lines:
        if pd.isna(row):
            if mapped[column, found, expected]:
                mapped[column, found, expected] -= 1
            elif action != ADDED_UP and not (items and "another form" in found):
                problems.append(Problem(None, column, found, expected, action, severity))
            continue
        at, i = place[int(row)]
        if n[at][i]:
            told = f"{found[:_QUOTED]} (in {count(n[at][i], 'row', 'rows')})"
            problems.append(Problem(None, column, told, expected, action, severity))
    return problems
