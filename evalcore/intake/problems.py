"""What was found wrong or doubtful in a file: one fixed form, fixed action phrases, one collector."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pandas as pd

from evalcore.columns import PROBLEM_COLUMNS

ERROR = "error"
WARNING = "warning"
NOTE = "note"

# What was done about a problem. Short and fixed, so that a reader can sort by them and a test can name them.
ROW_SET_ASIDE = "row set aside"
ANSWER_MISSING = "answer set to missing"
VALUE_MISSING = "value set to missing"
COLUMN_LEFT_OUT = "column left out"
CELLS_FILLED = "filled with blanks"
SHEET_NOT_READ = "sheet not read"
FILE_NOT_READ = "file not read"
KEPT = "kept, please check"
ROWS_JOINED = "rows joined"
TAKEN_FROM_NAME = "taken from the file name"
RESPELLED = "read as another spelling"
FILLED_IN = "filled in from another row"
AGES_MADE = "turned into ages"
ADDED_UP = "added up"
TAKEN_FROM_HEADING = "taken from the heading"
ACTIONS = (
    ROW_SET_ASIDE,
    ANSWER_MISSING,
    VALUE_MISSING,
    COLUMN_LEFT_OUT,
    CELLS_FILLED,
    SHEET_NOT_READ,
    FILE_NOT_READ,
    KEPT,
    ROWS_JOINED,
    TAKEN_FROM_NAME,
    RESPELLED,
    FILLED_IN,
    AGES_MADE,
    ADDED_UP,
    TAKEN_FROM_HEADING,
)

# Longest piece of a cell that is quoted back.
_QUOTED = 80


@dataclass(frozen=True)
class Problem:
    """One line of the list: where, what was found, what was expected, what was done.

    `row` is None where the problem concerns the whole file or column; `column` is empty where it concerns a whole row.
    """

    row: int | None
    column: str
    found: str
    expected: str
    action: str
    severity: str


@dataclass
class Problems:
    """Collects problems while one file is read.

    >>> problems = Problems()
    >>> problems.add(None, "site", "a second column of this name", "one", COLUMN_LEFT_OUT, WARNING)
    >>> problems.frame("a.csv")[["file", "column", "action"]].values.tolist()
    [['a.csv', 'site', 'column left out']]
    """

    found: list[Problem] = field(default_factory=list)

    def add(self, row: int | None, column: str, found: str, expected: str, action: str, severity: str) -> None:
        """Add one problem; what was found is cut to 80 characters."""
        text = found if len(found) <= _QUOTED else found[: _QUOTED - 1] + "…"
        self.found.append(Problem(row, column, text, expected, action, severity))

    def add_cells(
        self, rows: Iterable[int], column: str, found: Iterable[str], expected: str, action: str, severity: str
    ) -> None:
        """Add one problem for each cell of a column."""
        for row, text in zip(rows, found, strict=True):
            self.add(int(row), column, text, expected, action, severity)

    def frame(self, file: str) -> pd.DataFrame:
        """Return the problems as a table: those of the whole file first, then row by row."""
        order = sorted(self.found, key=lambda problem: problem.row or 0)
        return problem_frame([(file, p.row, p.column, p.found, p.expected, p.action, p.severity) for p in order])


def problem_frame(lines: Sequence[tuple[str, int | None, str, str, str, str, str]]) -> pd.DataFrame:
    """Build the problems table from lines in the order of `columns.PROBLEM_COLUMNS`."""
    columns = list(zip(*lines, strict=True)) if lines else [()] * len(PROBLEM_COLUMNS)
    return pd.DataFrame(
        {
            name: pd.array(list(values), dtype="Int64" if name == "row" else "str")
            for name, values in zip(PROBLEM_COLUMNS, columns, strict=True)
        }
    )
