"""Blocks of columns that may be the items of a questionnaire in their order: proposed to a person, never taken."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from evalcore.instruments.loading import list_instruments, load_instrument
from evalcore.intake.cells import answers
from evalcore.intake.cells.values import UNREADABLE
from evalcore.intake.files.raw import TextColumn
from evalcore.intake.headings.heading import Heading

Block = tuple[str, tuple[Heading, ...]]
"""A questionnaire, and the columns that may be its items."""

# `Q7_1_a` and `Q7_2_a` belong to one question; `Q7` and `Q8` are told apart by their numbers alone.
_QUESTION = re.compile(r"\D*\d+(?=\D)")
_LETTERS = re.compile(r"\D*")


def blocks(headings: Sequence[Heading], cells: Callable[[Heading], TextColumn]) -> tuple[Block, ...]:
    """Return runs of columns that nothing is known about, as many as a questionnaire has items and with its answers.

    Parameters
    ----------
    headings : sequence of Heading
        In the order of the file.
    cells : callable
        The cells under a heading.

    Examples
    --------
    >>> headings = [Heading(i, f"Q7_{i}_a", "", "", "left out: not a column of this table") for i in range(1, 8)]
    >>> found = blocks(headings, lambda heading: TextColumn.from_cells(["3", "5", ""]))
    >>> [(instrument, len(columns)) for instrument, columns in found]
    [('swemwbs', 7)]
    """
    for start in (_QUESTION, _LETTERS):
        if found := tuple(_fitting(headings, cells, start)):
            return found
    return ()


def _fitting(
    headings: Sequence[Heading], cells: Callable[[Heading], TextColumn], start: re.Pattern[str]
) -> Iterator[Block]:
    def stem(heading: Heading) -> str | None:
        found = start.match(heading.label)
        return found.group() if found and not heading.taken_for and not heading.is_private else None

    sizes = {len(load_instrument(name).items): name for name in list_instruments()}
    for name, run in groupby(headings, stem):
        columns = tuple(run)
        instrument = sizes.get(len(columns)) if name is not None else None
        if instrument and _hold_answers(instrument, [cells(heading) for heading in columns]):
            yield instrument, columns


def _hold_answers(instrument: str, columns: Sequence[TextColumn]) -> bool:
    """Whether every cell could be an answer, and some are."""
    convert = answers.for_instrument(instrument).convert
    values = [convert(text) for column in columns for text in column.texts]
    return not any(value is UNREADABLE for value in values) and any(isinstance(value, int) for value in values)
