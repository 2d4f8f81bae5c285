"""What a risk score is computed from: one value or a column each, brought to one length and checked by person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from numbers import Real

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.columns import FEMALE, MALE
from evalcore.errors import TableError, UnknownNameError
from evalcore.profile.caseload import Flags, Values, as_text, key_of
from evalcore.wording import joined

SEXES = {MALE: MALE, FEMALE: FEMALE}
Codes = npt.NDArray[np.int64]
# What a binary number may lack of a half that was meant.
_BELOW = 1e-9


class Inputs:
    """Columns of one length; a scalar holds for everybody. The index is that of the first Series among them.

    Raises
    ------
    TableError
        If the columns are of different lengths.

    Examples
    --------
    >>> inputs = Inputs(sex=["male", None], age=20)
    >>> inputs.numbers("age"), inputs.codes("sex", SEXES)
    (array([20., 20.]), array([ 0, -1]))
    """

    def __init__(self, **given: object) -> None:
        columns = {name: _column(value) for name, value in given.items()}
        lengths = {len(column) for column in columns.values() if column is not None}
        if len(lengths) > 1:
            raise TableError(f"The columns {joined(list(given))} must be of one length.")
        self.size = lengths.pop() if lengths else 1
        indexes = [value.index for value in given.values() if isinstance(value, pd.Series)]
        self.index = indexes[0] if indexes else pd.RangeIndex(self.size)
        self._columns = {
            name: pd.Series([given[name]] * self.size, dtype=object) if column is None else column
            for name, column in columns.items()
        }
        self._notes = np.full(self.size, "", dtype=object)
        self._usable = np.ones(self.size, dtype=bool)

    def numbers(self, name: str) -> Values:
        """A column of numbers, NaN where one is missing; TableError for text, yes or no, or what is not finite."""
        column = self._columns[name]
        if column.dtype == object or pd.api.types.is_bool_dtype(column) or not pd.api.types.is_numeric_dtype(column):
            known = column[column.notna()]
            if not all(isinstance(value, Real) and not isinstance(value, (bool, np.bool_)) for value in known):
                raise TableError(f"The column {name} must hold numbers, or nothing.")
        found = np.asarray(pd.to_numeric(column), dtype=np.float64)
        if np.isinf(found).any():
            raise TableError(f"The column {name} must hold numbers, or nothing.")
        return found

    def years(self, name: str) -> Values:
        """Ages in completed years, NaN where one is missing."""
        return np.floor(self.numbers(name))

    def codes(self, name: str, names: Mapping[str, str]) -> Codes:
        """Where in `names` each value stands, by its fixed name or its label in any spelling; -1 where it is missing.

        UnknownNameError lists the names that there are.
        """
        places = {key_of(word): at for at, both in enumerate(names.items()) for word in both}
        codes, texts = pd.factorize(self._columns[name])
        try:
            found = [places[key] if (key := key_of(as_text(text))) else -1 for text in texts]
        except KeyError as error:
            message = f"The column {name} holds a name that is not known. There are: {', '.join(names)}."
            raise UnknownNameError(message) from error
        return np.array([*found, -1], dtype=np.int64)[codes]

    def refuse(self, where: Flags, sentence: str) -> None:
        """Give these people no score, and say why."""
        self._usable &= ~where
        self.note(where, sentence)

    def note(self, where: Flags, sentence: str) -> None:
        """Say something of these people."""
        if where.any():
            self._notes[where] += f" {sentence}"

    def require(self, **known: Flags) -> None:
        """Refuse a score to people of whom something is not known, and name it."""
        for name, flags in known.items():
            self.refuse(~flags, f"{name.replace('_', ' ').capitalize()} is not known.")

    @property
    def usable(self) -> Flags:
        """Who can have a score."""
        return self._usable

    @property
    def notes(self) -> list[str]:
        """What was said of each person, in sentences."""
        return [str(text).lstrip() for text in self._notes]


def half_up(values: Values, decimals: int) -> Values:
    """Round, a half up, as the programs of the scale's owner do.

    >>> half_up(np.array([0.125, 12.16, np.nan]), 2)
    array([ 0.13, 12.16,   nan])
    """
    factor = 10.0**decimals
    return np.floor(values * factor + 0.5 + _BELOW) / factor


def _column(value: object) -> pd.Series | None:
    """A column of its own; None for one value, which holds for everybody."""
    if isinstance(value, pd.Series):
        return value.reset_index(drop=True)
    if isinstance(value, str) or not isinstance(value, (Sequence, np.ndarray, pd.api.extensions.ExtensionArray)):
        return None
    return pd.Series(value, dtype=object if isinstance(value, Sequence) and not len(value) else None)
