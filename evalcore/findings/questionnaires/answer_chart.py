"""Answers to each item as diverging stacked bars: lower answers to the left, upper ones to the right."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from evalcore.figures.chart import Axis, Band, Bar, Chart, Mark, Panel
from evalcore.findings.questionnaires.answer_codes import LOWER, MIDDLE, Offered
from evalcore.findings.questionnaires.answered import ItemName
from evalcore.wording import count

Counts = npt.NDArray[np.int64]
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_MOST_TICKS = 7


def answer_chart(
    items: Sequence[ItemName],
    offered: Sequence[Offered],
    counts: Counts,
    *,
    n: str,
    groups: Sequence[str],
    with_n: bool,
) -> Chart | None:
    """One row an item in the questionnaire's order, one segment an answer; None where nobody answered.

    `counts` has the shape (items, answers offered); the middle answer is centred on 0. `with_n` writes the number of
    people who answered beside each item, which a chart that leaves does not.
    """
    if not counts.sum():
        return None
    starts = _starts(offered, counts)
    marks: list[Mark] = [Band(0.0, 0.0, along="x")]
    for row, item in enumerate(items):
        place = float(len(items) - 1 - row)
        for column, answer in enumerate(offered):
            people = int(counts[row, column])
            if people:
                start = float(starts[row, column])
                marks.append(
                    Bar(
                        at=place,
                        start=start,
                        end=start + people,
                        kind=answer.kind,
                        label=f"{item.label}: {answer.label}, {count(people, 'person', 'people')}",
                        inside=str(people),
                        group=groups[row],
                        row=row,
                    )
                )
    named = [
        f"{item.label} (n\u00a0=\u00a0{counts[row].sum()})" if with_n else item.label for row, item in enumerate(items)
    ]
    ticks = tuple((float(len(items) - 1 - row), words) for row, words in enumerate(named))
    middle = any(answer.side == MIDDLE for answer in offered)
    centre = " The middle answer stands across zero, half on each side." if middle else ""
    return Chart(
        panels=(Panel(x=_people_axis(starts, counts), y=Axis("", ticks=ticks), marks=tuple(marks)),),
        n=n,
        how_to_read=(
            "Each row is one item. The bars to the left of zero count the people with lower answers, those to the right"
            f" the people with upper answers.{centre} The number in a bar is its people."
        ),
        legend=tuple((answer.kind, answer.label) for answer in offered),
        height=40 + 17 * len(items),
    )


def _starts(offered: Sequence[Offered], counts: Counts) -> npt.NDArray[np.float64]:
    """Where each segment begins, so that lower answers end and upper ones begin at 0 or at the middle one's edges."""
    lower = np.array([answer.side == LOWER for answer in offered])
    middle = np.array([answer.side == MIDDLE for answer in offered])
    first = -counts[:, lower].sum(axis=1) - counts[:, middle].sum(axis=1) / 2
    before = np.cumsum(counts, axis=1) - counts
    starts: npt.NDArray[np.float64] = first[:, None] + before
    return starts


def _people_axis(starts: npt.NDArray[np.float64], counts: Counts) -> Axis:
    """People to both sides, the ticks without a sign."""
    ends = starts + counts
    low, high = math.floor(float(starts.min())), math.ceil(float(ends.max()))
    step = next((step for step in _STEPS if (high - low) / step <= _MOST_TICKS), _STEPS[-1])
    low, high = min(low, 0), max(high, 0)
    places = range(-(-low // step) * step, high + 1, step)
    ticks = tuple((float(place), str(abs(place))) for place in places)
    return Axis("People: lower answers to the left, upper to the right", low=low - 0.5, high=high + 0.5, ticks=ticks)
