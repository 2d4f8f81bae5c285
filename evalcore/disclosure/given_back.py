"""Cells that would give a hidden one back: counts that add up with it, and shares and intervals made from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from evalcore.disclosure.cells import COUNTS, MEASURED, WORDS, Cell, Cells
from evalcore.disclosure.policy import ROUNDING, Ground
from evalcore.findings.finding import Column

_LEADERLESS = Ground("(b) secondary", "the count that it would give back is not in the table")
_EXACT = Ground(ROUNDING, "it would give the exact count back")


def hide_what_gives_back(cells: Cells) -> None:
    """Hide counts that would give a hidden one back, and what follows a hidden cell, until nothing more follows."""
    _hide_counts_given_back(cells)
    while _hide_followers(cells):
        _hide_counts_given_back(cells)


def _hide_followers(cells: Cells) -> bool:
    """Hide what would give a hidden count back: shares, interval ends and p values; whether anything was hidden."""
    before = len(cells.hidden)
    kinds = {column.name: column.kind for column in cells.finding.columns}
    for column in cells.finding.columns:
        if not column.follows:
            continue
        rounded_away = bool(cells.policy.rounding) and kinds.get(column.follows) in COUNTS and column.kind in MEASURED
        for row in range(len(cells.finding.table)):
            ground = cells.hidden.get((row, column.follows))
            if column.follows not in kinds:
                ground = _LEADERLESS
            elif rounded_away:
                ground = ground or _EXACT
            if ground is not None and (row, column.name) not in cells.hidden and cells.holds(row, column):
                cells.hidden[row, column.name] = ground
    return len(cells.hidden) > before


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
    is known; where a column names the people whom it counts, that has been decided by them. Across: columns of which
    one is the sum of the others in every row, and those that together make up the group that they rest on.
    """
    columns = [column for column in cells.finding.columns if column.kind == "characteristic"]
    yield from _across(cells, [column for column in columns if not column.holders])
    for column in columns:
        if column.holders:
            continue
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


def _across(cells: Cells, columns: list[Column]) -> Iterator[Relation]:
    """Counts of one row that add up to the n of the group that all of them rest on."""
    for row in range(len(cells.finding.table)):
        wholes: dict[tuple[str, ...], dict[Cell, float]] = {}
        for column in columns:
            value, keys = cells.number(row, column), cells.keys(row, column)
            if value is not None and len(keys) == 1:
                wholes.setdefault(keys, {})[row, column.name] = value
        for keys, whole in wholes.items():
            group = cells.finding.groups.get(keys[0])
            if len(whole) > 1 and group is not None and sum(whole.values()) == group.n:
                yield Relation(whole)


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
