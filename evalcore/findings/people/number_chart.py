"""The chart of the number of needs a person: the pilot's bars beside the caseload's."""

from __future__ import annotations

from collections.abc import Sequence

from evalcore.figures.chart import Axis, Bar, Chart, Mark, Panel
from evalcore.findings.people.number_rows import ASSESSED, CASELOAD, MOST, Numbers, Step
from evalcore.findings.people.words import n_of_both, per_cent

_WIDTH = 0.4


def number_chart(found: Numbers, steps: Sequence[Step]) -> Chart | None:
    """Bars side by side, shares of the people assessed on all eight; None where nobody of the pilot is."""
    if not found.n:
        return None
    side = _WIDTH / 2 if found.caseload_n else 0.0
    marks: list[Mark] = []
    for row, step in enumerate(steps):
        sides = [("pilot", row - side, int(found.has(step).sum()), found.n, ASSESSED)]
        if found.caseload_n:
            sides.append(("caseload", row + side, found.caseload_count(step), found.caseload_n, CASELOAD))
        marks += [_bar(kind, step, at, k, n, group, row) for kind, at, k, n, group in sides]
    ticks = tuple((float(row), step.label) for row, step in enumerate(steps))
    panel = Panel(
        x=Axis(f"Number of the {MOST} scored needs", -0.6, len(steps) - 0.4, ticks=ticks),
        y=Axis("People assessed on all eight (%)", 0),
        marks=tuple(marks),
    )
    return Chart(
        panels=(panel,),
        n=n_of_both(found.n, found.caseload_n),
        how_to_read="Each bar is the share of people with so many needs; bars of one colour add up to 100 %."
        " Above a bar of the pilot's stands the number of people.",
        legend=(("pilot", "Pilot"), ("caseload", "Caseload")) if found.caseload_n else (),
        height=110,
    )


def _bar(kind: str, step: Step, at: float, k: int, n: int, group: str, row: int) -> Bar:
    words = f"{step.label} needs, {kind}: {k:,} of {n:,} ({per_cent(k / n)})"
    text = f"{k}" if kind == "pilot" and k else ""
    return Bar(at, 0.0, 100 * k / n, kind, "y", words, text, group, row=row, width=_WIDTH)
