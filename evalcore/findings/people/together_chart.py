"""The heat map of needs that meet: a cell for each pair, the darker the more people have both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from evalcore.columns import SECTIONS
from evalcore.figures.chart import Axis, Bar, Chart, Panel
from evalcore.findings.people.words import per_cent
from evalcore.wording import count, number

if TYPE_CHECKING:
    from evalcore.findings.people.together import PairRow

_STEPS = (
    (0.25, "answer_middle", "under 25 %"),
    (0.5, "answer_high_1", "25 to 49 %"),
    (0.75, "answer_high_2", "50 to 74 %"),
    (2.0, "answer_high_3", "75 % and more"),
)
_HALF = 0.47
_SHORT = {
    "accommodation": "Accomm.",
    "ete": "ETE",
    "finance": "Finance",
    "relationships": "Relat.",
    "lifestyle": "Lifestyle",
    "drugs": "Drugs",
    "alcohol": "Alcohol",
    "emotional": "Emotional",
    "thinking": "Thinking",
    "attitudes": "Attitudes",
}
"""Names short enough for the lower axis; the rows carry the full ones."""


def together_chart(rows: Sequence[PairRow], places: Mapping[tuple[str, str], int] | None = None) -> Chart | None:
    """A cell for each pair; None where there is none. `places` gives the row of the table where it is not their own."""
    if not rows:
        return None
    names = {need: label for row in rows for need, label in zip(row.needs, row.labels, strict=True)}
    order = [need for need in SECTIONS if need in names]
    across, down = order[:-1], order[1:]
    x = {need: float(at) for at, need in enumerate(across)}
    y = {need: float(len(down) - 1 - at) for at, need in enumerate(down)}
    cells = tuple(_cell(row, x[row.needs[0]], y[row.needs[1]], (places or {}).get(row.needs, row.row)) for row in rows)
    panel = Panel(
        x=Axis("With this need", -0.6, len(across) - 0.4, ticks=tuple((x[need], _SHORT[need]) for need in across)),
        y=Axis("", -0.6, len(down) - 0.4, ticks=tuple((y[need], names[need]) for need in down)),
        marks=cells,
    )
    numbers = sorted({row.n for row in rows})
    n = count(numbers[0], "person", "people") if len(numbers) == 1 else f"{numbers[0]:,} to {numbers[-1]:,} people"
    return Chart(
        panels=(panel,),
        n=f"n = {n} assessed on both",
        how_to_read="Each cell is the per cent of people who have both needs, of those assessed on both."
        " The darker the cell, the more people.",
        legend=tuple((kind, words) for _, kind, words in _STEPS),
        height=60 + 24 * len(down),
    )


def _cell(row: PairRow, x: float, y: float, place: int) -> Bar:
    share = row.k / row.n
    kind = next(kind for below, kind, _ in _STEPS if share < below)
    words = f"{row.labels[0]} with {row.labels[1]}: {row.k:,} of {row.n:,} ({per_cent(share)})"
    start, end = x - _HALF, x + _HALF
    inside = number(100 * share, 0)
    return Bar(y, start, end, kind, "x", words, "", row.known_key, row=place, inside=inside, width=2 * _HALF)
