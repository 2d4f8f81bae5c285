"""Why one cell of a table is hidden on its own account."""

from __future__ import annotations

import re

from evalcore.disclosure.at_sites import few_in_all, fewer_in_all
from evalcore.disclosure.cells import WORDS, Cells
from evalcore.disclosure.policy import Ground
from evalcore.disclosure.splits import keys_in, none_or_all, small_count
from evalcore.disclosure.standing import too_few
from evalcore.findings.finding import Column

_COUNT = re.compile(r"(?<![\w.,-])\d+(?![\w.,-])")
"""A whole number that stands by itself in a text."""


def ground_of_cell(cells: Cells, row: int, column: Column) -> Ground | None:
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
        ground = _characteristic(cells, row, column, value)
    else:
        ground = _measured(cells, row, column, value)
    return ground or cells.standing.of_holders(cells.finding, row, column, cells.policy)


def _words(cells: Cells, row: int, column: Column) -> Ground | None:
    """Words that rest on people: hidden with their groups, and where they name a small count (of a reason)."""
    text = cells.values[column.name][row]
    keys = cells.keys(row, column)
    if not keys or not text:
        return None
    if column.kind == "text" and any(0 < int(n) < cells.policy.min_count for n in _COUNT.findall(str(text))):
        return small_count(cells.policy)
    grounds = (cells.standing.of_count(cells.finding, key, cells.policy) for key in keys)
    return next((ground for ground in grounds if ground is not None), None)


def _measured(cells: Cells, row: int, column: Column, value: float) -> Ground | None:
    finding, policy = cells.finding, cells.policy
    for key in cells.keys(row, column):
        ground = cells.standing.of_figure(finding, key, policy)
        if ground is not None:
            return ground
        if 0 < finding.groups[key].n < policy.min_mean_n and not policy.overridden(finding, key):
            return too_few(policy)
    n = cells.smallest(row, column)
    if n is None:
        return None
    if column.kind == "quartile" and n < policy.min_quartile_n:
        return Ground("(e) medians and quartiles", f"it rests on fewer than {policy.min_quartile_n} people")
    if column.kind != "rate":
        return None
    if n < policy.min_rate_n:
        return Ground("(f) rates", f"it rests on fewer than {policy.min_rate_n} people")
    if _decided_by_its_count(cells, row, column):
        return None
    return _characteristic(cells, row, column, round(n * (value if value <= 1 else value / 100)))


def _decided_by_its_count(cells: Cells, row: int, column: Column) -> bool:
    """Whether a share (or an interval's end, which is none) follows a count that is given, and so needs no other."""
    return column.follows in cells.values and cells.values[column.follows][row] is not None


def _fieldwork(cells: Cells, row: int, column: Column, value: float) -> Ground | None:
    if not cells.finding.by_site:
        return None
    if 0 < value < cells.policy.min_count:
        return Ground("(a) counts by site", f"counts of 1 to {cells.policy.min_count - 1} at a site are not shown")
    finding, policy = cells.finding, cells.policy
    keys = cells.keys(row, column)
    if any(fewer_in_all(finding, key, policy) or (value == 0 and few_in_all(finding, key, policy)) for key in keys):
        return Ground("(a) counts by site", "together with the count of all sites it would tell who the few are")
    grounds = (cells.standing.of_count(finding, key, policy) for key in keys)
    return next((ground for ground in grounds if ground is not None), None)


def _characteristic(cells: Cells, row: int, column: Column, value: float) -> Ground | None:
    """Small counts, counts that leave a few people over, and nobody or everybody of a small group."""
    policy, n = cells.policy, cells.smallest(row, column)
    if 0 < value < policy.min_count:
        return small_count(policy)
    if n is not None and 0 < n < policy.all_or_none_below and value in (0, n):
        return none_or_all(policy)
    # Without the people whom it counts what is left over is decided by the counts beside it.
    if n is not None and keys_in(column.holders, row) and 0 < n - value < policy.min_count:
        return small_count(policy)
    return None
