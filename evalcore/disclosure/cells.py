"""The table of a finding as it may leave: cells hidden, numbers rounded, counts that give others back hidden too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from numbers import Real

import pandas as pd

from evalcore.disclosure.policy import HIDDEN, DisclosurePolicy
from evalcore.disclosure.standing import Ground, Standing
from evalcore.findings.finding import Column, Finding
from evalcore.wording import rounded

MEASURED = ("mean", "sd", "interval", "test", "quartile", "extreme", "rate")
WORDS = ("label", "text")
_ALL_OR_NONE = "(b) none or all"
_SMALL = "(b) small counts"
_COUNT = re.compile(r"(?<![\w.,-])\d+(?![\w.,-])")
"""A whole number that stands by itself in a text."""

Cell = tuple[int, str]


@dataclass
class Cells:
    """The cells of one table while the rules are applied to it, with the ground for each hidden one."""

    finding: Finding
    standing: Standing
    policy: DisclosurePolicy
    hidden: dict[Cell, Ground] = field(default_factory=dict)

    @cached_property
    def values(self) -> dict[str, list[object]]:
        """Each column of the table as a list, None for what is missing."""
        table = self.finding.table
        return {
            name: [None if blank else value for value, blank in zip(table[name], table[name].isna(), strict=True)]
            for name in table.columns
        }

    def keys(self, row: int, column: Column) -> tuple[str, ...]:
        """The groups that one cell rests on."""
        return column.groups[row] if row < len(column.groups) else ()

    def number(self, row: int, column: Column) -> float | None:
        """The number in one cell; None where it is missing or not a number."""
        value = self.values[column.name][row]
        return float(value) if isinstance(value, Real) else None

    def smallest(self, row: int, column: Column) -> int | None:
        """The size of the smallest group that one cell rests on; None for a cell without people."""
        groups = self.finding.groups
        return min((groups[key].n for key in self.keys(row, column) if key in groups), default=None)

    def overridden(self, row: int, column: Column) -> bool:
        """Whether a recorded exception releases one cell."""
        keys = self.keys(row, column)
        return bool(keys) and all(self.policy.overridden(self.finding.id, key) for key in keys)


def protect_table(
    finding: Finding, standing: Standing, policy: DisclosurePolicy
) -> tuple[pd.DataFrame, dict[Cell, Ground]]:
    """The finding's table with what may not leave replaced by `[c]`, and the ground for each such cell.

    A value that is missing (it could not be computed) stays missing.
    """
    cells = Cells(finding, standing, policy)
    for column in finding.columns:
        for row in range(len(finding.table)):
            ground = _ground(cells, row, column)
            if ground is not None:
                cells.hidden[row, column.name] = ground
    _hide_counts_given_back(cells)
    return _written(cells), cells.hidden


def _ground(cells: Cells, row: int, column: Column) -> Ground | None:
    """Why one cell is hidden on its own account; None where it may be shown."""
    if column.kind in WORDS:
        return _words(cells, row, column)
    value = cells.number(row, column)
    if value is None:
        return None
    if column.kind == "extreme":
        return Ground("(e) smallest and largest", "it is one person's score")
    if cells.overridden(row, column):
        return None
    if column.kind == "fieldwork":
        return _fieldwork(cells, row, column, value)
    if column.kind == "characteristic":
        return _characteristic(cells, row, column, value)
    return _measured(cells, row, column, value)


def _words(cells: Cells, row: int, column: Column) -> Ground | None:
    """Words that rest on people: hidden with their groups, and where they name a small count (of a reason)."""
    text = cells.values[column.name][row]
    keys = cells.keys(row, column)
    if not keys or not text:
        return None
    if column.kind == "text" and any(0 < int(n) < cells.policy.min_count for n in _COUNT.findall(str(text))):
        return Ground(_SMALL, f"counts of 1 to {cells.policy.min_count - 1} people are not shown")
    grounds = (cells.standing.of_count(cells.finding, key, cells.policy) for key in keys)
    return next((ground for ground in grounds if ground is not None), None)


def _measured(cells: Cells, row: int, column: Column, value: float) -> Ground | None:
    finding, policy = cells.finding, cells.policy
    for key in cells.keys(row, column):
        ground = cells.standing.of_figure(finding, key, policy)
        if ground is not None:
            return ground
    n = cells.smallest(row, column)
    if n is None:
        return None
    if column.kind == "quartile" and n < policy.min_quartile_n:
        return Ground("(e) medians and quartiles", f"it rests on fewer than {policy.min_quartile_n} people")
    if column.kind == "rate":
        if n < policy.min_rate_n:
            return Ground("(f) rates", f"it rests on fewer than {policy.min_rate_n} people")
        return _characteristic(cells, row, column, round(n * (value if value <= 1 else value / 100)))
    return None


def _fieldwork(cells: Cells, row: int, column: Column, value: float) -> Ground | None:
    if not cells.finding.by_site:
        return None
    if 0 < value < cells.policy.min_count:
        return Ground("(a) counts by site", f"counts of 1 to {cells.policy.min_count - 1} at a site are not shown")
    grounds = (cells.standing.of_count(cells.finding, key, cells.policy) for key in cells.keys(row, column))
    return next((ground for ground in grounds if ground is not None), None)


def _characteristic(cells: Cells, row: int, column: Column, value: float) -> Ground | None:
    policy, n = cells.policy, cells.smallest(row, column)
    if 0 < value < policy.min_count:
        return Ground(_SMALL, f"counts of 1 to {policy.min_count - 1} people are not shown")
    if n is not None and 0 < n < policy.all_or_none_below and value in (0, n):
        return Ground(_ALL_OR_NONE, f"none or all of fewer than {policy.all_or_none_below} people is not shown")
    return None


@dataclass(frozen=True)
class Relation:
    """Counts of which one follows from the others.

    `unlisted` is 1 where the known n of the group leaves over a number so small that it would be hidden if listed.
    """

    cells: dict[Cell, float]
    unlisted: int = 0


def _hide_counts_given_back(cells: Cells) -> None:
    """Hide a second count wherever exactly one of several that add up to a known total is hidden."""
    relations = list(_relations(cells))
    changed = True
    while changed:
        changed = False
        for relation in relations:
            hidden = [cell for cell in relation.cells if cell in cells.hidden]
            open_cells = [cell for cell in relation.cells if cell not in cells.hidden]
            if len(hidden) + relation.unlisted == 1 and open_cells:
                chosen = min(open_cells, key=lambda cell: (relation.cells[cell] == 0, relation.cells[cell], cell))
                cells.hidden[chosen] = Ground("(b) secondary", "with the total it would give a hidden count back")
                changed = True


def _relations(cells: Cells) -> Iterator[Relation]:
    """Sets of characteristic counts of which one follows from the others.

    Down a column: the rows that rest on the same groups and carry the same first label are parts of one whole, whose n
    is known. Across: columns of which one is the sum of the others in every row.
    """
    columns = [column for column in cells.finding.columns if column.kind == "characteristic"]
    for column in columns:
        wholes: dict[tuple[object, ...], dict[Cell, float]] = {}
        for row, whole in enumerate(_whole_of(cells, column)):
            value = cells.number(row, column)
            if value is not None:
                wholes.setdefault(whole, {})[row, column.name] = value
        yield from (Relation(whole, _unlisted(cells, column, whole)) for whole in wholes.values())
    for total in columns:
        parts = [column for column in columns if column is not total]
        if len(parts) > 1 and _adds_up(cells, total, parts):
            for row in range(len(cells.finding.table)):
                found = {(row, c.name): cells.number(row, c) for c in columns}
                yield Relation({cell: value for cell, value in found.items() if value is not None})


def _unlisted(cells: Cells, column: Column, whole: dict[Cell, float]) -> int:
    """Whether the group's n less the listed counts is a small count itself (people without the characteristic)."""
    n = cells.smallest(next(iter(whole))[0], column)
    return int(n is not None and 0 < n - sum(whole.values()) < cells.policy.min_count)


def _whole_of(cells: Cells, column: Column) -> list[tuple[object, ...]]:
    """For each row what its count is a part of: the groups, and the first label where there are two or more labels."""
    labels = [one for one in cells.finding.columns if one.kind in WORDS]
    first = cells.values[labels[0].name] if len(labels) > 1 else [""] * len(cells.finding.table)
    return [(first[row], *cells.keys(row, column)) for row in range(len(cells.finding.table))]


def _adds_up(cells: Cells, total: Column, parts: list[Column]) -> bool:
    table = cells.finding.table
    known = [pd.to_numeric(table[column.name], errors="coerce") for column in (total, *parts)]
    filled = [column.fillna(0) for column in known]
    return bool((filled[0] == sum(filled[1:])).all() and filled[0].sum() > 0)


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
    if column.kind in ("fieldwork", "characteristic"):
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
