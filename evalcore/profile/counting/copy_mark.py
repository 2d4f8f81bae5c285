"""What a columnar copy says of itself: which file it was made of, and what its columns are taken for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pandas as pd

from evalcore.columns import RESPONDENT_ID

_VERSION = 2


@dataclass(frozen=True)
class CopyMark:
    """Of the file that was copied: its size, the time of its last change, a hash of both its ends; and the columns.

    `sure` says that every row has an identifier of letters and digits that no other row has, and that no identifier
    has both small and capital letters. `columns` holds for each
    column its place in that file, its name, and what it is taken for; `texts` the different texts of its cells, which
    the copy holds the numbers of (from 1), and `n` in how many rows each stands; None where it holds the texts
    themselves. The columns of the copy are called `c0`, `c1`, ...: nobody takes a number for an answer.
    """

    KEY: ClassVar[str] = "evaluation_dashboard_caseload"

    size: int
    changed: int
    ends: str
    columns: tuple[tuple[int, str, str], ...]
    sure: bool = False
    texts: tuple[tuple[str, ...] | None, ...] = ()
    n: tuple[tuple[int, ...], ...] = ()

    def mapping(self, chosen: pd.DataFrame | None) -> pd.DataFrame:
        """The mapping of the copy: as it was made, or as a mapping of the file that it was made of says."""
        taken = {at: name for at, _, name in self.columns}
        if chosen is not None:
            given = zip(chosen["position"], chosen["taken_for"], strict=True)
            taken |= {int(at) - 1: str(name) if isinstance(name, str) else "" for at, name in given}
        lines = [(i, name, taken[at], "") for i, (at, name, _) in enumerate(self.columns, start=1)]
        return pd.DataFrame(lines, columns=["position", "header", "taken_for", "wave"])


def surely_named(mark: CopyMark | None, mapping: pd.DataFrame | None) -> bool:
    """Whether `sure` holds for the column that a mapping of the copy takes for the identifiers."""
    if mark is None or not mark.sure or mapping is None:
        return False
    named = mapping.loc[mapping["taken_for"] == RESPONDENT_ID, "header"].tolist()
    return named == [name for _, name, taken in mark.columns if taken == RESPONDENT_ID]


def written(mark: CopyMark) -> str:
    """The mark as text."""
    said = {"version": _VERSION, "size": mark.size, "changed": mark.changed, "ends": mark.ends, "sure": mark.sure}
    return json.dumps({**said, "columns": mark.columns, "texts": mark.texts, "n": mark.n}, ensure_ascii=False)


def mark_of(path: Path) -> CopyMark | None:
    """Read the mark of a copy; None for any other file, and for a copy of an earlier form.

    >>> mark_of(Path("no such file"))
    """
    said = _said(path)
    try:
        if said is None or said.get("version") != _VERSION:
            return None
        columns = tuple((int(at), str(name), str(taken)) for at, name, taken in said["columns"])
        texts = tuple(None if its is None else tuple(map(str, its)) for its in said["texts"])
        n = tuple(tuple(map(int, its)) for its in said["n"])
        state = int(said["size"]), int(said["changed"]), str(said["ends"])
    except (ValueError, KeyError, TypeError):
        return None
    whole = len(texts) == len(n) == len(columns)
    return CopyMark(*state, columns, said.get("sure") is True, texts, n) if whole else None


def is_any_copy(path: Path) -> bool:
    """Whether a file is a copy of any form, which may be replaced.

    >>> is_any_copy(Path("no such file"))
    False
    """
    return _said(path) is not None


def _said(path: Path) -> dict[str, Any] | None:
    import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]
    import pyarrow.parquet as pq  # type: ignore[import-untyped,unused-ignore]

    try:
        about = pq.read_metadata(path).metadata or {}
        said = json.loads(about.get(CopyMark.KEY.encode(), b"null"))
    except (pa.ArrowException, OSError, ValueError):
        return None
    return said if isinstance(said, dict) else None
