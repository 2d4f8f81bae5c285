"""Whether bare numbers may follow another set of codes than the questionnaire's: asked, never re-coded by itself.

What is caught, by simulation (`benchmarks/code_doubts.py`): numbers that are all one too high are named in two files of
three or more with 6 people, in nine of ten with 18, in all with 200. Items coded the other way round are named in one
file of seven or more with 6 people, in five of six with 18, in all with 200. A whole questionnaire coded so shows only
where people are near the published mean, and in groups as low as clients at no size. Right answers are asked about in
less than one file of a hundred, but for the question whether UWES-9 counts from 1, which every file without a 0 gets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evalcore.instruments.instrument import Instrument
from evalcore.intake.cells.code_doubts_pattern import (
    ONE_HIGHER,
    ONE_LOWER,
    REVERSED,
    FarMean,
    far_mean,
    far_wave,
    in_range,
    turned_items,
    unused_codes,
    who_differ,
)
from evalcore.intake.cells.code_doubts_range import SHARE_OF_PART, Numbers, Shift, is_slip, shift_of, shifted_items
from evalcore.wording import count, joined, number, upper_first

COUNTS_FROM_ONE = "counts from one"
ITEMS_DIFFER = "items differ"
WAVES_DIFFER = "waves differ"
TURNED_ITEMS = "turned items"
HALF_MAPPED = "codes missing"
KINDS = (COUNTS_FROM_ONE, ONE_HIGHER, ONE_LOWER, ITEMS_DIFFER, WAVES_DIFFER, TURNED_ITEMS, REVERSED, HALF_MAPPED)

_BY = {ONE_HIGHER: 1, ONE_LOWER: -1}
# A wave of fewer rows is not looked at by itself.
_FEWEST_ROWS = 2


@dataclass(frozen=True, eq=False)
class Doubt:
    """One doubt about the codes of a questionnaire.

    Attributes
    ----------
    kind : str
        One of `KINDS`.
    items : tuple of str
        The items it is about, in the questionnaire's order.
    found, expected : str
        For the list of problems.
    stops : bool
        True where the questionnaire is not to be read until the question is answered.
    recode : mapping of int to int or None
        What each number would be read as if the doubt is right; empty where only the file itself can be put right.
    question, why : str
        The question, and what was seen in the file.
    """

    kind: str
    items: tuple[str, ...]
    found: str
    expected: str
    stops: bool
    question: str
    why: str
    recode: Mapping[int, int | None] = field(default_factory=dict)


def find_doubts(
    instrument: Instrument, numbers: pd.DataFrame, *, native: bool, wave: pd.Series | None = None
) -> tuple[Doubt, ...]:
    """Look for signs that the bare numbers of a file follow other codes; give the strongest doubt, or none.

    Parameters
    ----------
    instrument : Instrument
    numbers : DataFrame
        A row for each questionnaire filled in, a column for each item (`gse_1`); the bare whole number in the cell,
        in range or not, NaN otherwise.
    native : bool
        The headings are the native names: a questionnaire that starts at 0 is then not suspected of counting from 1.
    wave : Series, optional
        What tells the rows of one wave from those of another, in the order of `numbers`.

    Returns
    -------
    tuple of Doubt
        At most one: a file is asked about once. Only doubts by the range of the numbers of the whole file stop.

    Examples
    --------
    >>> from evalcore.instruments import load_instrument
    >>> answers = pd.DataFrame({"uwes9_1": [1.0, 7.0], "uwes9_2": [5.0, 6.0]})
    >>> doubt = find_doubts(load_instrument("uwes9"), answers, native=False)[0]
    >>> doubt.question, doubt.stops, doubt.recode[7]
    ('Does this file count UWES-9 from 1 to 7?', True, 6)
    """
    columns = tuple(item for item in instrument.columns if item in numbers.columns)
    values = numbers[list(columns)].to_numpy(dtype=np.float64)
    rows = ~np.isnan(values).all(axis=1)
    values = values[rows]
    if not len(values):
        return ()
    labels = None if wave is None else wave.to_numpy(dtype=object)[rows]
    found = _by_range(instrument, columns, values, labels, native)
    if found is None:
        found = _by_pattern(instrument, columns, values, labels)
    return () if found is None else (found,)


def _by_range(
    instrument: Instrument, columns: tuple[str, ...], values: Numbers, labels: NDArray[np.object_] | None, native: bool
) -> Doubt | None:
    low, high = instrument.codes[0], instrument.codes[-1]
    if low == 0 and native:
        return None
    whole = _from_one(instrument, columns, values) if low == 0 else _shifted(instrument, columns, values)
    if whole is not None:
        return whole
    for label, part, rest in _parts(values, labels):
        shift_in_part = shift_of(part, low, high, share=SHARE_OF_PART)
        if shift_in_part and is_slip(int((rest == shift_in_part.outside).sum()), shift_in_part.n_outside):
            return _wave_shifted(instrument, columns, shift_in_part, label)
    if parts := shifted_items(values, low, high):
        shift, which, certain = parts
        items = tuple(item for item, mine in zip(columns, which, strict=True) if mine)
        return _items_shifted(instrument, items, shift, certain)
    return None


def _by_pattern(
    instrument: Instrument, columns: tuple[str, ...], values: Numbers, labels: NDArray[np.object_] | None
) -> Doubt | None:
    differ = who_differ(values)
    values = values[differ]
    parts = _parts(values, None if labels is None else labels[differ])
    # The same people answer in each wave: they are not counted twice.
    people = max((len(part) for _, part, _ in parts), default=len(values))
    answers = in_range(values, instrument.codes[0], instrument.codes[-1])
    turned = turned_items(answers, people)
    if turned is not None:
        return _turned(instrument, tuple(item for item, mine in zip(columns, turned, strict=True) if mine))
    if far := far_mean(instrument, values, people):
        return _far(instrument, columns, far)
    for label, part, rest in parts:
        if far_in_part := far_wave(instrument, part, rest):
            return _far_wave(instrument, columns, far_in_part, label)
    if unused := unused_codes(answers, instrument.codes):
        return _half_mapped(instrument, columns, unused)
    return None


def _parts(values: Numbers, labels: NDArray[np.object_] | None) -> list[tuple[str, Numbers, Numbers]]:
    """The rows of each wave, and those of all others."""
    if labels is None:
        return []
    named = [label for label in pd.unique(labels) if isinstance(label, str) and label]
    parts = [(label, values[labels == label], values[labels != label]) for label in named]
    return [part for part in parts if len(part[1]) >= _FEWEST_ROWS]


def _codes_of(instrument: Instrument) -> str:
    return f"codes from {instrument.codes[0]} to {instrument.codes[-1]}"


def _moved(instrument: Instrument, by: int) -> tuple[str, dict[int, int | None]]:
    """The range of numbers that are too high or too low, and what each stands for."""
    low, high = instrument.codes[0] + by, instrument.codes[-1] + by
    return f"from {low} to {high}", {code + by: code for code in instrument.codes}


def _seen(instrument: Instrument, shift: Shift) -> str:
    end = instrument.codes[0] if shift.by > 0 else instrument.codes[-1]
    in_end = f"{shift.n_end:,}" if shift.n_end else "none"
    return (
        f"{shift.outside} stands in {shift.n_outside:,} of {count(shift.n, 'answer', 'answers')}, and {end} in {in_end}"
    )


def _from_one(instrument: Instrument, columns: tuple[str, ...], values: Numbers) -> Doubt | None:
    low, high = instrument.codes[0], instrument.codes[-1]
    none_at_low = not (values == low).any() and bool(((values > low) & (values <= high + 1)).any())
    shift = shift_of(values, low, high)
    if not none_at_low and shift is None:
        return None
    beyond = bool((values == high + 1).any())
    found = f"bare numbers{f' up to {high + 1}' if beyond else ''} without a {low}"
    seen = f"no {low} is among them{f', but a {high + 1}' if beyond else ''}"
    if shift is not None and shift.n_end:
        found, seen = _seen(instrument, shift), f"the number {_seen(instrument, shift)}"
    question_range, recode = _moved(instrument, 1)
    return Doubt(
        kind=COUNTS_FROM_ONE,
        items=columns,
        found=found,
        expected=_codes_of(instrument),
        stops=beyond,
        question=f"Does this file count {instrument.short_name} {question_range}?",
        why=f"All answers are bare numbers, and {seen}.",
        recode=recode,
    )


def _shifted(instrument: Instrument, columns: tuple[str, ...], values: Numbers) -> Doubt | None:
    shift = shift_of(values, instrument.codes[0], instrument.codes[-1])
    if shift is None:
        return None
    numbers, recode = _moved(instrument, shift.by)
    return Doubt(
        kind=ONE_HIGHER if shift.by > 0 else ONE_LOWER,
        items=columns,
        found=_seen(instrument, shift),
        expected=_codes_of(instrument),
        stops=True,
        question=f"Does this file count {instrument.short_name} {numbers}?",
        why=f"The number {_seen(instrument, shift)}.",
        recode=recode,
    )


def _items_shifted(instrument: Instrument, items: tuple[str, ...], shift: Shift, certain: bool) -> Doubt:
    numbers, recode = _moved(instrument, shift.by)
    rest = "Each of the other items shows that it does not."
    if not certain:
        rest = "Other items may do so too. If they do, put the file right and add it again."
    return Doubt(
        kind=ITEMS_DIFFER,
        items=items,
        found=f"{_seen(instrument, shift)}, in {_named(instrument, items)}",
        expected=_codes_of(instrument),
        stops=False,
        question=f"Do some items of {instrument.short_name} count {numbers}?",
        why=f"In {_named(instrument, items)} the number {_seen(instrument, shift)}. {rest}",
        recode=recode if certain else {},
    )


def _wave_shifted(instrument: Instrument, columns: tuple[str, ...], shift: Shift, label: str) -> Doubt:
    numbers, _ = _moved(instrument, shift.by)
    return Doubt(
        kind=WAVES_DIFFER,
        items=columns,
        found=f"{_seen(instrument, shift)}, in the rows of “{label}”",
        expected=_codes_of(instrument),
        stops=False,
        question=f"Do the rows of “{label}” count {instrument.short_name} {numbers}?",
        why=f"In these rows the number {_seen(instrument, shift)}; the other rows are not so. "
        "If they do, put the file right and add it again.",
    )


def _turned(instrument: Instrument, items: tuple[str, ...]) -> Doubt:
    named = _named(instrument, items)
    are = "is" if len(items) == 1 else "are"
    return Doubt(
        kind=TURNED_ITEMS,
        items=items,
        found=f"answers that run against those to the other items, in {named}",
        expected="items that run together",
        stops=False,
        question=f"{upper_first(are)} {named} of {instrument.short_name} coded the other way round?",
        why=f"People who answer high on the other items answer low on {named}; no item is meant to be so.",
        recode=_mirrored(instrument),
    )


def _mirrored(instrument: Instrument) -> dict[int, int | None]:
    return dict(zip(instrument.codes, reversed(instrument.codes), strict=True))


def _held_against(far: FarMean) -> str:
    return f"{number(far.norm.mean)} ({far.norm.label}; standing: {far.norm.source.standing})"


def _named(instrument: Instrument, items: Sequence[str]) -> str:
    """Say which items are meant: `item 3 (relaxed)`."""
    places = [(place, item) for place, item in enumerate(instrument.items, start=1) if item.code in items]
    names = [f"{place} ({item.keyword})" for place, item in places]
    return f"{'item' if len(names) == 1 else 'items'} {joined(names)}"


def _far(instrument: Instrument, columns: tuple[str, ...], far: FarMean) -> Doubt:
    name = instrument.short_name
    means = [f"{_read_as(instrument, reading)} it would be {number(mean)}" for reading, mean in far.readings.items()]
    if far.reading == REVERSED:
        question = f"Does this file code {name} the other way round, {instrument.codes[-1]} for the lowest answer?"
        recode = _mirrored(instrument)
    else:
        numbers, recode = _moved(instrument, _BY[far.reading])
        question = f"Does this file count {name} {numbers}?"
    return Doubt(
        kind=far.reading,
        items=columns,
        found=f"a mean of {number(far.mean)}",
        expected=f"a mean nearer to {_held_against(far)}",
        stops=False,
        question=question,
        why=f"The mean is {number(far.mean)}; {joined(means)}, nearer to the published {_held_against(far)}. "
        "People may also be like that.",
        recode=recode,
    )


def _read_as(instrument: Instrument, reading: str) -> str:
    if reading == REVERSED:
        return "coded the other way round"
    return f"counted {_moved(instrument, _BY[reading])[0]}"


def _far_wave(instrument: Instrument, columns: tuple[str, ...], far: FarMean, label: str) -> Doubt:
    how = _read_as(instrument, far.reading)
    return Doubt(
        kind=WAVES_DIFFER,
        items=columns,
        found=f"a mean of {number(far.mean)} in the rows of “{label}”",
        expected=f"a mean nearer to {_held_against(far)}",
        stops=False,
        question=f"Is {instrument.short_name} {how} in the rows of “{label}”?",
        why=f"Their mean is {number(far.mean)}, far from the published {_held_against(far)}; that of all rows is not. "
        "If they are, put the file right and add it again.",
    )


def _half_mapped(instrument: Instrument, columns: tuple[str, ...], unused: Sequence[int]) -> Doubt:
    codes = joined([str(code) for code in unused], "or")
    return Doubt(
        kind=HALF_MAPPED,
        items=columns,
        found=f"no {codes}, though the answers on both sides are frequent",
        expected=_codes_of(instrument),
        stops=False,
        question=f"Were all answers of {instrument.short_name} turned into numbers?",
        why=f"No answer is {codes}, though many are lower and many higher. "
        "If words were lost on the way, put the file right and add it again.",
    )
