"""Dates of birth to ages in completed years: each different date is read once, and an age is counted in SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evalcore.intake.ages import births
from evalcore.intake.cells.values import convert_column, for_field
from evalcore.intake.files.raw import TextColumn
from evalcore.intake.native import DATE, Field
from evalcore.intake.problems import AGES_MADE, ERROR, NOTE, VALUE_MISSING, WARNING, Problem
from evalcore.profile.counting.engine import Engine
from evalcore.profile.counting.layout import Layout
from evalcore.wording import count, joined

LOWEST, HIGHEST = 10, 110
_EXPECTED = "a date of birth with a year of four digits, and a date of the start in the same row"


@dataclass(frozen=True, eq=False, repr=False)
class Births:
    """Days as numbers such as 19801231, by the numbers of the texts; None where a text names no day.

    Attributes
    ----------
    at : int
        The column of dates of birth.
    days : tuple of int or None
    faults : tuple of str
        What is wrong with a text; empty where nothing is.
    dates : mapping of int to tuple
        The days of the dates that ages are counted to, by their columns, the first that counts first.
    month_first : bool
    """

    at: int
    days: tuple[int | None, ...]
    faults: tuple[str, ...]
    dates: Mapping[int, tuple[int | None, ...]]
    month_first: bool


def births_of(layout: Layout, texts: Mapping[int, Sequence[str]]) -> Births | None:
    """Read the dates of birth, and the dates that ages are counted to; None where there are no dates of birth."""
    if layout.births is None:
        return None
    found = births(texts[layout.births])
    days = tuple(int(y) * 10_000 + int(d) if y else None for y, d in zip(found.year, found.day, strict=True))
    dates = {layout.counted[name]: _days(name, texts[layout.counted[name]]) for name in layout.dates}
    return Births(layout.births, days, found.faults, dates, found.month_first)


def _days(name: str, texts: Sequence[str]) -> tuple[int | None, ...]:
    read = convert_column(TextColumn.from_cells(texts), for_field(Field(name, DATE), texts)).values
    return tuple(None if day != day else day.year * 10_000 + day.month * 100 + day.day for day in read)


def told(engine: Engine, births: Births, layout: Layout, lookup: Mapping[str, str]) -> list[Problem]:
    """One line for the whole column, and one for each reason why ages could not be made.

    `lookup` gives the expressions of `sql_of`.
    """
    label = layout.labels[births.at]
    known, to, age = (lookup[name] for name in ("birth", "to", "age"))
    sums = [f"count(*) FILTER ({known} IS NOT NULL AND {to} IS NULL)"]
    sums.append(f"count(*) FILTER ({known} IS NOT NULL AND {to} IS NOT NULL AND {age} IS NULL)")
    sums += [f"count(*) FILTER ({age} IS NOT NULL AND {lookup[f'at {name}']})" for name in layout.dates]
    undated, impossible, *used = engine.rows(f"SELECT {', '.join(sums)} FROM coded")[0]
    numbers = dict(engine.rows(f"SELECT k{births.at}, count(*) FROM coded GROUP BY 1"))
    faults: dict[str, int] = {}
    for i, fault in enumerate(births.faults, start=1):
        if fault and i in numbers:
            faults[fault] = faults.get(fault, 0) + numbers[i]
    faults |= {f"an age under {LOWEST} or over {HIGHEST}": impossible}
    faults |= {"a date of birth, but no date in the row to count the age to": undated}
    made = joined([f"{n:,} at {name}" for name, n in zip(layout.dates, used, strict=True) if n]) or "none"
    order = ", the month first in the dates of birth" if births.month_first else ""
    missed = sum(faults.values())
    if not missed and not any(used):
        return []
    found = f"dates of birth: ages made, {made}; {missed:,} not made{order}. The dates are not kept"
    lines = [Problem(None, label, found, "ages in completed years", AGES_MADE, NOTE)]
    for fault, n in faults.items():
        if n:
            severity = WARNING if "no date" in fault else ERROR
            text = f"{fault} (in {count(n, 'row', 'rows')})"
            lines.append(Problem(None, label, text, _EXPECTED, VALUE_MISSING, severity))
    return lines
