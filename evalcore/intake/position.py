"""Blocks of columns that may be the items of a questionnaire in their order: proposed to a person, never taken."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

import numpy as np

from evalcore.instruments.loading import list_instruments, load_instrument
from evalcore.intake.cells import answers
from evalcore.intake.cells.values import UNREADABLE
from evalcore.intake.files.raw import TextColumn
from evalcore.intake.headings.heading import Heading

# Share of the cells that may be no answer.
_MOST_STRANGE = 0.2

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
    """Whether some cells are answers, few in all and at most half of any column are anything else: slips are real."""
    counted = [_answers_and_others(instrument, column) for column in columns]
    held, strange = (sum(counts) for counts in zip(*counted, strict=True))
    return held > 0 and strange <= _MOST_STRANGE * (held + strange) and all(own >= other for own, other in counted)


def _answers_and_others(instrument: str, column: TextColumn) -> tuple[int, int]:
    convert = answers.for_instrument(instrument).convert
    values = [convert(text) for text in column.texts]
    counts = np.bincount(column.codes, minlength=len(values))
    held = np.array([isinstance(value, int) for value in values], dtype=bool)
    strange = np.array([value is UNREADABLE for value in values], dtype=bool)
    return int(counts[held].sum()), int(counts[strange].sum())
