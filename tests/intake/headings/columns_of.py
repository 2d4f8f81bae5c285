"""Headings with cells, without a file: what the tests of headings start from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from evalcore.intake.files.raw import RawTable, TextColumn
from evalcore.intake.headings.headers import map_headings
from evalcore.intake.headings.heading import Heading
from evalcore.intake.problems import Problems

ANSWERS = ("3", "2", "4")
DATES = ("2026-02-04", "2026-02-05", "")


def table(
    header: Sequence[str],
    cells: Mapping[str, Sequence[str]] | None = None,
    questions: Sequence[str] = (),
    tool: str = "",
) -> RawTable:
    """A table of three rows; columns without cells of their own hold answers in numbers."""
    columns = tuple(TextColumn.from_cells((cells or {}).get(name, ANSWERS)) for name in header)
    return RawTable("a.csv", "", tuple(header), columns, np.arange(2, 5), questions=tuple(questions), tool=tool)


def mapped(header: Sequence[str], kind: str = "responses", **options: object) -> list[Heading]:
    """What each column is taken for."""
    return map_headings(table(header, **options), kind, Problems())


def taken(header: Sequence[str], kind: str = "responses", **options: object) -> list[str]:
    """What each column is taken for, with its wave behind a blank where it has one."""
    return [f"{h.taken_for} {h.wave}".strip() for h in mapped(header, kind, **options)]


def listed(header: Sequence[str], kind: str = "responses", **options: object) -> list[tuple[str, str, str]]:
    """Column, action and severity of every problem of the headings."""
    problems = Problems()
    map_headings(table(header, **options), kind, problems)
    return [(problem.column, problem.action, problem.severity) for problem in problems.found]
