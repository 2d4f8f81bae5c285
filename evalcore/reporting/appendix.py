"""The appendices of a report: problems and rows set aside, as counts; what was hidden, and the rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from evalcore.findings.finding import Column
from evalcore.reporting.exhibits import table_of
from evalcore.reporting.model import Block, Bullets, Exhibit, Paragraph, Stamp, Subheading
from evalcore.reporting.told import Told
from evalcore.study import Study
from evalcore.trail.rows import rows_trail
from evalcore.wording import upper_first

_PROBLEM_COLUMNS = (
    Column("severity", "How grave", "label"),
    Column("action", "What was done", "text"),
    Column("n", "How often", "fieldwork"),
)
_ROW_COLUMNS = (
    Column("step", "Step", "label"),
    Column("n", "Rows", "fieldwork"),
    Column("reason", "Why", "text"),
)


def problem_blocks(study: Study) -> Iterator[Block]:
    """Give how often each kind of problem was met and what was done, and what became of the rows.

    What stood in a cell, in which row and in which file is not told: it may be about one person.
    """
    rows = table_of(rows_trail(study), _ROW_COLUMNS, "From the rows read in the questionnaire files to those used")
    if rows is not None:
        yield rows
    if study.problems.empty:
        yield Paragraph("No problem was found in the files.")
        return
    counted = study.problems.groupby(["severity", "action"], observed=True, sort=True).size().reset_index(name="n")
    problems = table_of(
        counted.assign(**{name: counted[name].map(upper_first).astype("str") for name in ("severity", "action")}),
        _PROBLEM_COLUMNS,
        "Problems found in the files, and what was done",
    )
    if problems is not None:
        yield problems


def hidden_blocks(exhibits: Sequence[Exhibit], told: Told, stamp: Stamp) -> Iterator[Block]:
    """Give what was hidden and the rules that hid it, and where the report comes from."""
    yield Subheading("What was hidden")
    hidden = [f"{one.label}: {one.hidden}" for one in exhibits if one.hidden]
    yield Bullets(tuple(hidden)) if hidden else Paragraph("Nothing had to be hidden in the findings of this report.")
    if told.empty:
        yield Subheading("Not in this report")
        yield Paragraph("Of these nothing can be shown: too few people, or what they need is not there.")
        yield Bullets(told.empty)
    yield Subheading("The rules")
    yield Bullets(stamp.policy)
    yield Subheading("Where this report comes from")
    values = pd.DataFrame(stamp.rows, columns=["name", "value"])
    table = table_of(
        values, (Column("name", "What", "label"), Column("value", "", "text")), "Where this report comes from"
    )
    if table is not None:
        yield table
