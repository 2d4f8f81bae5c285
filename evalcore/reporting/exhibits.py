"""From a released finding to an exhibit: plain frozen values, rounded as the screen rounds them."""

from __future__ import annotations

import pandas as pd

from evalcore.disclosure import Release
from evalcore.disclosure.record import label_of_finding
from evalcore.disclosure.said import hidden_lines
from evalcore.figures import theme
from evalcore.findings.finding import Column, Finding
from evalcore.findings.trail import step_columns, steps_table
from evalcore.reporting.model import Exhibit, Table, Value
from evalcore.reporting.questions import question_for
from evalcore.wording import rounded

_FINEST = 10


def exhibit_of(shared: Finding, release: Release) -> Exhibit:
    """Return a finding of a release as a report shows it; its figure and table have no number yet.

    >>> from evalcore.disclosure import DisclosurePolicy, apply_disclosure
    >>> from evalcore.findings import build
    >>> from evalcore.sample import sample_study
    >>> release = apply_disclosure([build("holds", sample_study())], DisclosurePolicy())
    >>> exhibit_of(release.findings[0], release).label
    'What the study holds'
    """
    label = label_of_finding(shared.id)
    trail = None
    if shared.trail is not None and not shared.id.startswith("trail."):
        trail = table_of(steps_table(shared.trail), step_columns(), f"{label}: who is behind it")
    return Exhibit(
        finding=shared.id,
        label=label,
        title=shared.title,
        sentence=shared.sentence,
        caution=shared.caution,
        chart=shared.chart,
        figure=0,
        table=table_of(shared.table, shared.columns, label, shared.notes),
        trail=trail,
        source=shared.source,
        definition=shared.definition,
        hidden=" ".join(hidden_lines(shared, release)),
        reasons=shared.reasons,
        rivals=shared.rivals,
        planned=shared.planned,
        question=question_for(shared.id),
    )


def table_of(
    values: pd.DataFrame, columns: tuple[Column, ...], caption: str, notes: tuple[str, ...] = ()
) -> Table | None:
    """Return a table of plain values, rounded as `columns` ask; None where it has no row.

    A column without any value is left out: what it would hold is not given outside, or was not computed.

    >>> column = Column("mean", "Mean (points)", "mean", 2)
    >>> table_of(pd.DataFrame({"mean": [20.534]}), (column,), "Scores").rows
    ((20.53,),)
    """
    if values.empty:
        return None
    cells = {
        column: [_cell(value, column) for value in values[column.name].tolist()]
        for column in columns
        if column.name in values
    }
    shown = {column: held for column, held in cells.items() if any(value is not None for value in held)}
    return Table(caption, tuple(shown), tuple(zip(*shown.values(), strict=True)), notes=notes) if shown else None


def _cell(value: object, column: Column) -> Value:
    """One value, never finer than it is written: what leaves must not look more exact."""
    if isinstance(value, str):
        return value
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return None
    if not isinstance(value, float):
        return int(value)  # type: ignore[call-overload, no-any-return]
    if theme.is_tiny_p(value, column):
        return theme.TINY_P
    return rounded(value, _FINEST if column.decimals is None else column.decimals)
