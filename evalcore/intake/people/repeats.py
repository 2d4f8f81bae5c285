"""Several rows for one person (and wave): which say the same, which complete each other, which contradict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evalcore.intake.problems import ERROR, NOTE, ROW_SET_ASIDE, ROWS_JOINED, WARNING
from evalcore.wording import joined

ONE_ROW = "one row for each person and wave"
ONE_PERSON = "one row for each person"
CONTRADICTS = "another row for the same person has different answers"
SURPLUS = "another row for the same person says the same"

# How many of the other rows are named in one line of the list.
_NAMED = 5

ProblemLine = tuple[str, int | None, str, str, str, str, str]


@dataclass(frozen=True, eq=False)
class Repeats:
    """Rows that share their key with others; one entry a row of the table.

    Attributes
    ----------
    group : array of int
        The same number for the rows of one key; -1 for a row that stands alone.
    contradicting, surplus, completing : array of bool
        Rows of a group that contradicts itself; rows that say nothing that an earlier row does not say; rows that
        together make up one (a questionnaire in each).
    """

    group: NDArray[np.int64]
    contradicting: NDArray[np.bool_]
    surplus: NDArray[np.bool_]
    completing: NDArray[np.bool_]


def find_repeats(
    keys: pd.DataFrame,
    table: pd.DataFrame,
    blocks: Sequence[Sequence[str]],
    *,
    among: NDArray[np.bool_] | None = None,
) -> Repeats:
    """Compare the rows of `table` that share their `keys`, block of columns by block.

    A block (the items of one questionnaire) is compared among the rows that hold anything in it. A group contradicts
    itself where a block has two versions. Missing keys count as equal, missing cells too. Rows where `among` is false
    are held against none.
    """
    n = len(table)
    group = np.full(n, -1, dtype=np.int64)
    masks = [np.zeros(n, dtype=bool) for _ in range(3)]
    shared = keys.duplicated(keep=False).to_numpy()
    if among is not None:
        shared = shared & among
    if shared.any():
        at = np.flatnonzero(shared)
        numbers = keys.iloc[at].groupby(list(keys.columns), dropna=False, sort=False).ngroup().to_numpy()
        group[at] = numbers
        for mask, found in zip(masks, _compare(group[at], table.iloc[at], blocks), strict=True):
            mask[at] = found
    return Repeats(group, masks[0], masks[1], masks[2])


def _compare(
    group: NDArray[np.int64], table: pd.DataFrame, blocks: Sequence[Sequence[str]]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    n_groups = int(group.max()) + 1
    contradicts = np.zeros(n_groups, dtype=bool)
    adds = np.zeros(len(table), dtype=bool)
    for block in blocks:
        cells = table[list(block)]
        held = np.flatnonzero(cells.notna().any(axis=1).to_numpy())
        if not len(held):
            continue
        version = row_versions(cells.iloc[held])
        seen = pd.DataFrame({"group": group[held], "version": version})
        versions = seen.drop_duplicates()["group"].value_counts()
        contradicts[versions.index[versions > 1].to_numpy()] = True
        adds[held[~seen["group"].duplicated().to_numpy()]] = True
    speaks = np.zeros(n_groups, dtype=bool)
    speaks[group[adds]] = True
    adds |= ~speaks[group] & ~pd.Series(group).duplicated().to_numpy()
    contradicting = contradicts[group]
    parts = np.bincount(group[adds], minlength=n_groups)[group]
    return contradicting, ~contradicting & ~adds, ~contradicting & adds & (parts > 1)


def row_versions(cells: pd.DataFrame) -> NDArray[np.uint64]:
    """Return a number for each row; rows that say the same, missing cells included, have the same.

    >>> one, same, other = row_versions(pd.DataFrame({"gse_1": [3.0, 3.0, 4.0], "gse_2": [None, None, 2.0]}))
    >>> one == same, one == other
    (np.True_, np.False_)
    """
    return np.asarray(pd.util.hash_pandas_object(cells, index=False), dtype=np.uint64)


def one_row_each(table: pd.DataFrame, repeats: Repeats) -> pd.DataFrame:
    """Return the table without contradicting and surplus rows, rows that complete each other made one.

    The joined row stands where the first of them stood; a cell that several hold is taken from the first that has it.
    """
    keep = ~(repeats.contradicting | repeats.surplus)
    if repeats.completing.any():
        parts = np.flatnonzero(repeats.completing)
        whole = table.iloc[parts].groupby(repeats.group[parts], sort=False).first()
        first = parts[~pd.Series(repeats.group[parts]).duplicated().to_numpy()]
        whole.index = table.index[first]
        keep[np.setdiff1d(parts, first)] = False
        table = table.copy()
        for column in table.columns:
            table.loc[whole.index, column] = whole[column]
    return table if keep.all() else table[keep].reset_index(drop=True)


def repeat_problems(
    files: Sequence[str], rows: NDArray[np.int64], repeats: Repeats, expected: str
) -> list[ProblemLine]:
    """List each row that was set aside or joined because of `repeats`, naming the other rows of the same person."""
    members: dict[int, list[int]] = {}
    for at in np.flatnonzero(repeats.group >= 0).tolist():
        members.setdefault(int(repeats.group[at]), []).append(at)
    lines: list[ProblemLine] = []
    for group in members.values():
        for at in group:
            others = name_rows(at, group, files, rows)
            if repeats.contradicting[at]:
                what, action, severity = f"{others}, with different answers", ROW_SET_ASIDE, ERROR
            elif repeats.surplus[at]:
                what, action, severity = f"{others}, and nothing new", ROW_SET_ASIDE, WARNING
            elif repeats.completing[at]:
                what, action, severity = f"{others}, each with a part", ROWS_JOINED, NOTE
            else:
                continue
            lines.append((files[at], int(rows[at]), "", f"also {what}", expected, action, severity))
    return lines


def name_rows(at: int, group: Sequence[int], files: Sequence[str], rows: Sequence[int] | NDArray[np.int64]) -> str:
    """Name the other rows of a group, those of other files with the file.

    >>> name_rows(0, [0, 1], ["a.csv", "b.csv"], [2, 7])
    'row 7 of b.csv'
    """
    others = [i for i in group if i != at]
    names = [f"row {rows[i]}" + (f" of {files[i]}" if files[i] != files[at] else "") for i in others[:_NAMED]]
    if len(others) > _NAMED:
        names.append(f"{len(others) - _NAMED} more")
    return joined(names)
