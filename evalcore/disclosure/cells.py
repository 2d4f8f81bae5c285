"""The cells of one table while the rules are applied to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from numbers import Real

from evalcore.disclosure.having import overridden_count
from evalcore.disclosure.policy import DisclosurePolicy, Ground
from evalcore.disclosure.splits import keys_in
from evalcore.disclosure.standing import Standing
from evalcore.findings.finding import Column, Finding

MEASURED = ("mean", "sd", "interval", "test", "quartile", "extreme", "rate")
COUNTS = ("fieldwork", "characteristic")
WORDS = ("label", "text")

Cell = tuple[int, str]
"""Row and column of one cell."""


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
        return keys_in(column.groups, row)

    def holds(self, row: int, column: Column) -> bool:
        """Whether anything stands in one cell."""
        value = self.values[column.name][row]
        return value is not None and value != ""

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
        return overridden_count(self.finding, column, row, self.policy)
