"""The chart of reoffending observed and expected: the number observed, on the range of the number expected."""

from __future__ import annotations

import math

from evalcore.figures.chart import Axis, Chart, Interval, Mark, Panel, Point
from evalcore.findings.people.ogrs_expected_rows import COUNTED, EXPECTED, Reoffending
from evalcore.findings.people.words import n_of_both
from evalcore.wording import number, rounded


def expected_chart(found: Reoffending) -> Chart | None:
    """Observed above expected with its range, of the pilot; None where nobody counts."""
    if not found.is_given:
        return None
    of = found.of_pilot
    marks: list[Mark] = [
        Point(float(of.observed), 1.0, "pilot", f"Observed: {of.observed}", f"{of.observed}", COUNTED, row=0),
        Point(
            rounded(of.expected, 1),
            0.0,
            "reference",
            f"Expected: {number(of.expected, 1)}",
            number(of.expected, 1),
            EXPECTED,
            row=0,
        ),
    ]
    if not math.isnan(of.low):
        label = f"95 % range {number(of.low, 0)} to {number(of.high, 0)}"
        marks.insert(0, Interval(0.0, of.low, of.high, "reference", along="x", label=label, group=EXPECTED, row=0))
    panel = Panel(
        x=Axis("People who reoffended", -0.02 * of.n, 1.02 * of.n),
        y=Axis("", -0.6, 1.6, ticks=((1.0, "Observed"), (0.0, "Expected"))),
        marks=tuple(marks),
    )
    return Chart(
        panels=(panel,),
        n=f"{n_of_both(of.n)} with a complete follow-up",
        how_to_read="The bar is the range in which the number would lie 95 times in 100 if the scale were right for"
        " these people today. A number outside it says that the scale does not fit, not why.",
        height=70,
    )
