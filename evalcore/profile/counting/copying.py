"""A columnar copy of the columns that are counted: read again, it gives the same counts in a fraction of the time."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import pandas as pd

from evalcore.errors import EvalcoreError, StorageError
from evalcore.intake.choices import Choices
from evalcore.intake.files.raw import tidy
from evalcore.intake.native import CASELOAD
from evalcore.intake.recognising import read_as
from evalcore.profile.counting.cells import is_plain, listed
from evalcore.profile.counting.codes import LAST_OF_ONE_BYTE
from evalcore.profile.counting.copy_mark import CopyMark, is_any_copy, mark_of, written
from evalcore.profile.counting.dictionary import MOST_VALUES
from evalcore.profile.counting.engine import Engine, Progress, Stop, opened
from evalcore.profile.counting.layout import Layout, layout_of
from evalcore.profile.counting.rows import collect_strays, in_any_form, name_texts, rows_of, stray_table
from evalcore.profile.counting.source import CaseloadFile, open_file

Parts = tuple[Path, Path]
"""Where the cells of the file lie for as long as it takes, and where the copy is written."""

_ENDS = 65_536
_BIRTHS = (
    "The file holds dates of birth, which are kept nowhere: no copy of it can be made. Put the ages at the start into "
    "the file in their place."
)
_NOT_A_COPY = "There is a file of this name already, and it is no copy of a caseload. Choose another name."


def columnar_copy(
    path: str | os.PathLike[str],
    target: str | os.PathLike[str],
    *,
    mapping: pd.DataFrame | None = None,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> None:
    """Write the columns that are counted, and the identifier, as a Parquet file that only the user may read.

    Parameters
    ----------
    path : path
        The caseload, as in `count_caseload`.
    target : path
        Where the copy is to lie. It appears whole or not at all; only an earlier copy is replaced.
    mapping, progress, stop
        As in `count_caseload`.

    Raises
    ------
    StorageError
        The copy can not be written there.
    UnreadableFileError, StoppedError, EvalcoreError
        As in `count_caseload`; and no copy is made of a file with dates of birth.
    """
    file, place = open_file(path), Path(os.path.abspath(os.fspath(target)))
    if place.exists() and (not is_any_copy(place) or place.samefile(file.path)):
        raise StorageError(_NOT_A_COPY)
    layout = layout_of(read_as(CASELOAD, file.head, Choices(mapping=mapping)))
    if layout.births is not None:
        raise EvalcoreError(_BIRTHS)
    cells, numbers = parts = [place.with_name(f".{secrets.token_hex(8)}.part") for _ in range(2)]
    try:
        for part in parts:
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        in_any_form(file, lambda form: _write(form, layout, (cells, numbers), progress, stop))
        file.check_unchanged()
        numbers.chmod(0o600)
        numbers.replace(place)
    except OSError as error:
        raise StorageError(f"The copy can not be written: {error.strerror or 'the folder is not there'}.") from None
    finally:
        for part in parts:
            with suppress(OSError):
                part.unlink()


def is_copy_of(copy: str | os.PathLike[str], path: str | os.PathLike[str]) -> bool:
    """Whether a file is a columnar copy of another one as that is now: by its size, its time and both its ends.

    >>> is_copy_of("no such copy", "no such file")
    False
    """
    mark = mark_of(Path(copy))
    try:
        return mark is not None and (mark.size, mark.changed, mark.ends) == _state(Path(path))
    except OSError:
        return False


def _state(path: Path) -> tuple[int, int, str]:
    about = path.stat()
    with path.open("rb") as file:
        first = file.read(_ENDS)
        file.seek(max(0, about.st_size - _ENDS))
        return about.st_size, about.st_mtime_ns, sha256(first + file.read(_ENDS)).hexdigest()


def _write(file: CaseloadFile, layout: Layout, parts: Parts, progress: Progress | None, stop: Stop | None) -> None:
    columns = sorted({*layout.coded, *(() if layout.identifier is None else (layout.identifier,))})
    names = _names(layout, columns)
    taken = {
        int(at) - 1: str(name) for at, name in zip(layout.mapping["position"], layout.mapping["taken_for"], strict=True)
    }
    with opened([file.path, *parts], progress, stop) as engine:
        engine.step(0.0, 0.6, "Reading the file")
        cells = _read(engine, file, columns, parts[0])
        engine.step(0.6, 0.7, "Reading what stands in its columns")
        texts = {at: None if at == layout.identifier else _texts(engine, cells, at) for at in columns}
        mark = CopyMark(
            *_state(file.path),
            tuple((at, names[at], taken[at]) for at in columns),
            _sure(engine, layout, cells),
            tuple(None if its is None else tuple(its) for its in texts.values()),
            tuple(tuple((its or {}).values()) for its in texts.values()),
        )
        engine.step(0.7, 1.0, "Writing the copy")
        numbers = ", ".join(f"{_number(engine, at, its)} AS c{i}" for i, (at, its) in enumerate(texts.items()))
        engine.run(
            f"COPY (SELECT {numbers} FROM {cells}) TO {listed([str(parts[1])])} (FORMAT parquet, COMPRESSION zstd, "
            f"USE_TMP_FILE false, KV_METADATA {{'{CopyMark.KEY}': {listed([written(mark)])}}})"
        )


def _read(engine: Engine, file: CaseloadFile, columns: Sequence[int], part: Path) -> str:
    """Read the file once, its cells into a file of their own; gives what stands after FROM."""
    rows = rows_of(engine, file, columns)
    filled = " OR ".join(f"c{at} IS NOT NULL" for at in columns)
    cells = ", ".join(f"c{at}" for at in columns)
    engine.run(
        f"COPY (SELECT {cells} FROM {rows.relation} WHERE {filled}) TO {listed([str(part)])} "
        "(FORMAT parquet, COMPRESSION lz4_raw, USE_TMP_FILE false)",
        rows.values,
    )
    collect_strays(engine, file, rows)
    read = f"read_parquet({listed([str(part)])})"
    if not rows.strays:
        return read
    engine.give("strays", stray_table(rows, len(file.head.header)))
    return f"(SELECT {cells} FROM {read} UNION ALL SELECT {cells} FROM strays)"


def _texts(engine: Engine, cells: str, at: int) -> dict[str, int] | None:
    """The different texts of a column and in how many rows each stands; None where there are too many of them."""
    different = f"SELECT DISTINCT c{at} FROM {cells} WHERE c{at} IS NOT NULL LIMIT {MOST_VALUES + 1}"
    if engine.rows(f"SELECT count(*) FROM ({different})")[0][0] > MOST_VALUES:
        return None
    found = engine.rows(f"SELECT c{at}, count(*) FROM {cells} WHERE c{at} IS NOT NULL GROUP BY 1")
    return {str(text): int(n) for text, n in sorted(found)}


def _number(engine: Engine, at: int, texts: Mapping[str, int] | None) -> str:
    """What the copy holds of a cell, as SQL: the number of its text, or the text itself."""
    if texts is None:
        return f"c{at}"
    name_texts(engine, f"d{at}", list(texts))
    return f"enum_code(c{at}::d{at})::{'UTINYINT' if len(texts) <= LAST_OF_ONE_BYTE else 'USMALLINT'}"


def _sure(engine: Engine, layout: Layout, cells: str) -> bool:
    """Whether every row has an identifier as `CopyMark.sure` says."""
    if layout.identifier is None:
        return False
    cell = f"c{layout.identifier}"
    even = f"{cell} IN (lower({cell}), upper({cell}))"
    odd = f"count(*) FILTER (coalesce(NOT ({is_plain(cell)} AND {even}), true))"
    n, different, others = engine.rows(f"SELECT count(*), count(DISTINCT hash({cell})), {odd} FROM {cells}")[0]
    return bool(n == different and not others)


def _names(layout: Layout, columns: Sequence[int]) -> dict[int, str]:
    """What the columns are called in the copy: as in the file, each name once."""
    names: dict[int, str] = {}
    for at in columns:
        name = tidy(layout.labels[at]) or f"column {at + 1}"
        used = {one.casefold() for one in names.values()}
        names[at] = f"{name} ({at + 1})" if name.casefold() in used else name
    return names
