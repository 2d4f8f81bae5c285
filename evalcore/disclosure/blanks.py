"""What is not there: blanks beside hidden cells, and names of rows, that would tell how many people are behind them.

An SD is blank of one person, an interval of two: beside a hidden count a blank says which it was.
"""

from __future__ import annotations

from collections.abc import Iterator

from evalcore.disclosure.cells import COUNTS, MEASURED, WORDS, Cells
from evalcore.disclosure.policy import Ground
from evalcore.findings.finding import Column

_BLANK = Ground("(b) secondary", "that it could not be computed would tell how many people there are")
_NAME = Ground("(b) secondary", "as many names as people would tell that each stands for one")


def hide_blanks(cells: Cells) -> None:
    """Hide what is missing in rows in which a count is not given, or at a site anything, and of people alike."""
    data = [column for column in cells.finding.columns if column.kind not in WORDS]
    secrets = [any(_not_given(cells, row, column) for column in data) for row in range(len(cells.finding.table))]
    told = [column for column in data if not _left_out(cells, column, secrets)]
    for row, secret in enumerate(secrets):
        for column in told:
            if not cells.holds(row, column) and cells.keys(row, column) and (secret or _alike(cells, row, column)):
                cells.hidden[row, column.name] = _BLANK


def _left_out(cells: Cells, column: Column, secrets: list[bool]) -> bool:
    """Whether a column has nothing for anybody, groups that are large enough and in the open among them."""
    rows = range(len(secrets))
    if any(cells.holds(row, column) for row in rows):
        return False
    return any(not secrets[row] and (cells.smallest(row, column) or 0) >= cells.policy.min_mean_n for row in rows)


def _not_given(cells: Cells, row: int, column: Column) -> bool:
    """Whether a count is hidden or left out, or at a site anything is hidden."""
    if (row, column.name) in cells.hidden:
        return cells.finding.by_site or column.kind in COUNTS
    left_out = column.kind == "characteristic" and not cells.holds(row, column)
    return left_out and bool(cells.smallest(row, column))


def _alike(cells: Cells, row: int, column: Column) -> bool:
    """Whether everybody has the same value, which may not be told of so few."""
    finding = cells.finding
    if column.kind not in MEASURED:
        return False
    alike = [key for key in cells.keys(row, column) if key in finding.groups and finding.groups[key].alike]
    return any(cells.standing.of_figure(finding, key, cells.policy) is not None for key in alike)


def hide_names(cells: Cells) -> None:
    """Hide the names of rows where as many people are left over as rows: each row would stand for one person.

    A row of a reason, or of a way of filling in, is there because there is somebody in it, in one of its columns.
    """
    labels = [column for column in cells.finding.columns if column.kind == "label"]
    columns = [column for column in cells.finding.columns if column.kind == "characteristic" and column.holders]
    if not labels or not columns:
        return
    for rows in _parts(cells, labels, columns):
        for some in (*([column] for column in columns), columns):
            for row in _as_many_as_people(cells, some, rows):
                cells.hidden[row, labels[-1].name] = _NAME


def _parts(cells: Cells, labels: list[Column], columns: list[Column]) -> Iterator[list[int]]:
    """Rows under one first label, where there are two or more, that share out the same people."""
    first = cells.values[labels[0].name] if len(labels) > 1 else [""] * len(cells.finding.table)
    parts: dict[object, list[int]] = {}
    for row, label in enumerate(first):
        whole = tuple(cells.keys(row, column) for column in columns)
        if any(whole):
            parts.setdefault((label, whole), []).append(row)
    yield from parts.values()


def _as_many_as_people(cells: Cells, columns: list[Column], rows: list[int]) -> list[int]:
    """The rows of hidden counts, where there is but one person to each."""
    left: dict[int, float] = {}
    for row in rows:
        for column in columns:
            if (row, column.name) in cells.hidden:
                left[row] = left.get(row, 0) + (cells.number(row, column) or 0)
    return list(left) if len(left) > 1 and set(left.values()) == {1} else []
