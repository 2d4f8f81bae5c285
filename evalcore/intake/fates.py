"""What becomes of each row of a file: used, or set aside with a reason. Every row has exactly one fate."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evalcore.columns import ROW_COLUMNS
from evalcore.intake.problems import Problem

USED = "used"
SET_ASIDE = "set aside"


class Fates:
    """The fate of each row while a file is checked; the first reason to set a row aside is the one that stays.

    >>> fates = Fates(3)
    >>> fates.set_aside(np.array([False, True, False]), "no identifier")
    >>> fates.kept.tolist()
    [True, False, True]
    """

    def __init__(self, n: int) -> None:
        self._reasons: list[str] = [""]
        self._codes: NDArray[np.int32] = np.zeros(n, dtype=np.int32)

    def set_aside(self, which: NDArray[np.bool_], reason: str) -> None:
        """Set aside the rows where `which` is true, unless they already are."""
        self._reasons.append(reason)
        self._codes[which & (self._codes == 0)] = len(self._reasons) - 1

    @property
    def kept(self) -> NDArray[np.bool_]:
        """True for each row that is still used."""
        kept: NDArray[np.bool_] = self._codes == 0
        return kept

    @property
    def reasons(self) -> pd.Series:
        """The reason of each row; empty for a row that is used."""
        return pd.Series(pd.array(self._reasons, dtype="str").take(self._codes))


def row_table(
    file: str,
    rows: NDArray[np.int64],
    respondent_id: pd.Series,
    wave: pd.Series,
    reasons: pd.Series,
    refused: tuple[Problem, ...] = (),
) -> pd.DataFrame:
    """Build the table of rows, in the order of the file; `refused` are rows that could not be laid under the header."""
    n = len(rows) + len(refused)
    extra = [problem.row for problem in refused]
    blank: list[str | None] = [None] * len(refused)
    table = pd.DataFrame(
        {
            "file": pd.array([file], dtype="str").take(np.zeros(n, dtype=np.intp)),
            "row": np.concatenate([rows, np.array(extra, dtype=np.int64)]),
            "respondent_id": _longer(respondent_id, blank),
            "wave": _longer(wave, blank),
            "fate": pd.array([USED, SET_ASIDE], dtype="str").take(
                np.concatenate([(reasons != "").to_numpy(), np.ones(len(refused), dtype=bool)]).astype(np.intp)
            ),
            "reason": _longer(reasons, [_refusal(problem) for problem in refused]),
        }
    )
    if refused:
        table = table.sort_values("row", kind="stable", ignore_index=True)
    return table[list(ROW_COLUMNS)]


def _longer(values: pd.Series, more: list[str | None] | list[str]) -> pd.Series:
    if not more:
        return values
    return pd.concat([values, pd.Series(more, dtype="str")], ignore_index=True)


def _refusal(problem: Problem) -> str:
    return f"{problem.found} where {problem.expected} were expected"
