"""The table of a finding as it may leave: cells hidden, numbers rounded."""

from __future__ import annotations

import pandas as pd

from evalcore.disclosure.blanks import hide_blanks, hide_names
from evalcore.disclosure.cell_rules import ground_of_cell
from evalcore.disclosure.cells import COUNTS, MEASURED, WORDS, Cell, Cells
from evalcore.disclosure.given_back import hide_what_gives_back
from evalcore.disclosure.policy import HIDDEN, DisclosurePolicy, Ground
from evalcore.disclosure.standing import Standing
from evalcore.findings.finding import Column, Finding
from evalcore.wording import rounded


def protect_table(
    finding: Finding, standing: Standing, policy: DisclosurePolicy
) -> tuple[pd.DataFrame, dict[Cell, Ground]]:
    """The finding's table with what may not leave replaced by `[c]`, and the ground for each such cell.

    A value that is missing (it could not be computed) stays missing, but where that would tell of a hidden count.
    """
    cells = Cells(finding, standing, policy)
    for column in finding.columns:
        for row in range(len(finding.table)):
            ground = ground_of_cell(cells, row, column)
            if ground is not None:
                cells.hidden[row, column.name] = ground
    hide_what_gives_back(cells)
    hide_blanks(cells)
    hide_names(cells)
    return _written(cells), cells.hidden


def _written(cells: Cells) -> pd.DataFrame:
    table = cells.finding.table
    return pd.DataFrame({c.name: _column(cells, c, table[c.name]) for c in cells.finding.columns}, index=table.index)


def _column(cells: Cells, column: Column, before: pd.Series) -> pd.Series:
    """One column as it leaves; what is missing stays as it is."""
    rows = range(len(before))
    if column.kind in WORDS and not any((row, column.name) in cells.hidden for row in rows):
        return before
    after = [_value(cells, row, column, kept) for row, kept in enumerate(before)]
    mixed = any(isinstance(value, str) for value in after)
    return pd.Series(after, dtype=object if mixed else before.dtype, index=before.index)


def _value(cells: Cells, row: int, column: Column, kept: object) -> object:
    """One cell as it leaves."""
    if (row, column.name) in cells.hidden:
        return HIDDEN
    value = cells.number(row, column)
    return kept if value is None else _rounded(cells, row, column, value)


def _rounded(cells: Cells, row: int, column: Column, value: float) -> float:
    policy, n = cells.policy, cells.smallest(row, column)
    if column.kind in COUNTS:
        return _count_to(policy.rounding, value)
    if column.kind not in MEASURED or column.decimals is None:
        return value
    decimals = column.decimals
    if n is not None and n < policy.one_decimal_below:
        decimals = min(decimals, 2 if column.kind == "test" else 1)
    return rounded(value, decimals)


def _count_to(base: int | None, value: float) -> float:
    count = value if not base else base * int(value / base + 0.5)
    return int(count) if float(count).is_integer() else count
