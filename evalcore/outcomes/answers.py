"""From a responses table to checked arrays: the wave of each row, and the code of each answer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.columns import RESPONDENT_ID, WAVE, WAVES
from evalcore.errors import TableError
from evalcore.instruments.instrument import Instrument
from evalcore.wording import joined

Floats = npt.NDArray[np.float64]


def read_waves(responses: pd.DataFrame) -> pd.Categorical[str]:
    """Check the two columns that every row needs; a wave may be missing, but not be a third one."""
    repeated = sorted(set(responses.columns[responses.columns.duplicated()].astype(str)))
    if repeated:
        raise TableError(f"These columns stand twice: {', '.join(repeated)}. Keep one of each.")
    absent = [name for name in (RESPONDENT_ID, WAVE) if name not in responses]
    if absent:
        raise TableError(f"The responses have no column {joined(absent)}.")
    given = responses[WAVE]
    codes = np.full(len(given), -1, dtype=np.int8)
    for code, wave in enumerate(WAVES):
        codes[given.eq(wave).to_numpy(dtype=bool, na_value=False)] = code
    if int((codes < 0).sum()) != int(given.isna().sum()):
        raise TableError(f"The column {WAVE} holds something other than {joined(WAVES, 'or')}.")
    return pd.Categorical.from_codes(codes, categories=pd.Index(WAVES), ordered=True)


def read_answers(responses: pd.DataFrame, instrument: Instrument) -> Floats:
    """Codes of all items, shape (items, rows); NaN where not answered."""
    own = [item.code for item in instrument.items]
    also = [item.also for item in instrument.items]
    if not any(name in responses for name in (*own, *also)):
        longer = f" (or {also[0]} to {also[-1]})" if also[0] else ""
        raise TableError(f"The responses have no column of {instrument.short_name}: {own[0]} to {own[-1]}{longer}.")
    answers = _codes_of(responses, own, instrument)
    if any(name and name in responses for name in also):
        blank = np.isnan(answers).all(axis=0)
        answers[:, blank] = _codes_of(responses, also, instrument)[:, blank]
    return answers


def _codes_of(responses: pd.DataFrame, names: Sequence[str], instrument: Instrument) -> Floats:
    answers = np.full((len(names), len(responses)), np.nan)
    low, high = instrument.codes[0], instrument.codes[-1]
    refused = []
    for row, name in enumerate(names):
        if name not in responses:
            continue
        numbers = _numbers(responses[name])
        if numbers is None or not _are_codes(numbers, low, high):
            refused.append(name)
        else:
            answers[row] = numbers
    if refused:
        raise TableError(
            f"{joined(refused)} must hold whole numbers from {low} to {high}, or nothing. "
            "Read the file with read_questionnaires to have each other value listed."
        )
    return answers


def _numbers(column: pd.Series) -> Floats | None:
    """Give the column as floats; None where it holds text, dates, or true and false."""
    types = pd.api.types
    if types.is_integer_dtype(column) or types.is_float_dtype(column):
        return column.to_numpy(dtype=np.float64, na_value=np.nan)
    answered = column.notna().to_numpy(dtype=bool)
    given = column.to_numpy(dtype=object)[answered]
    if types.infer_dtype(given) not in ("integer", "floating", "mixed-integer-float", "empty"):
        return None
    numbers = np.full(len(column), np.nan)
    numbers[answered] = given.astype(np.float64)
    return numbers


def _are_codes(numbers: Floats, low: int, high: int) -> bool:
    """Whether each number is missing or a whole number from `low` to `high` (codes rise by one in every definition)."""
    outside = (numbers < low) | (numbers > high)
    whole_or_missing = (numbers == np.rint(numbers)) | np.isnan(numbers)
    return bool(whole_or_missing.all()) and not bool(outside.any())
