"""DuckDB shut off from everything but one file: no network, no extension, no other file, nothing written to disk."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from evalcore.errors import EvalcoreError, StoppedError, UnreadableFileError

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

Progress = Callable[[float, str], object]
Stop = Callable[[], bool]

_MEMORY = "1100MB"
_LOOKED = 0.1
_CONFIG = {
    "memory_limit": _MEMORY,
    # People's rows never go to disk: what does not fit into memory is refused.
    "temp_directory": "",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "preserve_insertion_order": "false",
}
_TOO_LARGE = (
    "The file needs more memory than may be used for it. Leave out columns that are not needed, or columns in which "
    "nearly every row says something else."
)


class NotPlainError(Exception):
    """The file can not be read in the usual way; it never leaves this package."""


class Engine:
    """One connection, and what the caller wants to hear and to say while it works."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, progress: Progress | None, stop: Stop | None) -> None:
        self._connection = connection
        self._progress = progress
        self._stop = stop
        self._range = (0.0, 0.0, "")
        self._pool = ThreadPoolExecutor(1)

    def step(self, start: float, end: float, words: str) -> None:
        """Say what is done now, and which part of the whole it is."""
        self._range = (start, end, words)
        self._tell(0.0)

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run one statement and fetch its rows."""
        work = self._pool.submit(lambda: self._connection.execute(sql, list(values)).fetchall())
        found: list[tuple[Any, ...]] = self._wait(work)
        return found

    def frame(self, sql: str) -> pd.DataFrame:
        """Run one statement and fetch its rows as a table."""
        found: pd.DataFrame = self._wait(self._pool.submit(lambda: self._connection.execute(sql).df()))
        return found

    def hashes(self, sql: str) -> NDArray[np.uint64]:
        """Run one statement and fetch its one column, of hashes."""
        work = self._pool.submit(lambda: self._connection.execute(sql).fetchnumpy())
        (found,) = self._wait(work).values()
        return np.asarray(found, dtype=np.uint64)

    def run(self, sql: str, values: Sequence[object] = ()) -> None:
        """Run one statement that gives nothing back."""
        self._wait(self._pool.submit(lambda: self._connection.execute(sql, list(values)).fetchall()))

    def give(self, name: str, table: Any) -> None:
        """Let statements see an Arrow table, or a stream of one, under a name."""
        self._connection.register(name, table)

    def close(self) -> None:
        """Let everything go."""
        self._pool.shutdown()
        self._connection.close()

    def _wait(self, work: Future[Any]) -> Any:
        try:
            while True:
                try:
                    return self._result(work)
                except TimeoutError:
                    self._look()
        except BaseException:
            # Also where the caller's own functions raise: nothing goes on behind their back.
            while not work.done():
                self._connection.interrupt()
                self._pause(work)
            raise

    def _look(self) -> None:
        if self._stop is not None and self._stop():
            raise StoppedError("The caseload was not counted: it was stopped. Nothing of it was kept.")
        if self._progress is not None:
            self._tell(max(0.0, self._connection.query_progress()) / 100)

    def _tell(self, share: float) -> None:
        if self._progress is not None:
            start, end, words = self._range
            self._progress(start + (end - start) * min(share, 1.0), words)
        if self._stop is not None and self._stop():
            raise StoppedError("The caseload was not counted: it was stopped. Nothing of it was kept.")

    @staticmethod
    def _pause(work: Future[Any]) -> None:
        from concurrent.futures import wait

        wait([work], timeout=_LOOKED)

    @staticmethod
    def _result(work: Future[Any]) -> Any:
        import duckdb

        try:
            return work.result(timeout=_LOOKED)
        except duckdb.OutOfMemoryException:
            raise EvalcoreError(_TOO_LARGE) from None
        except duckdb.IOException:
            raise UnreadableFileError("The file can not be read any more. Check that it is still there.") from None
        except duckdb.InvalidInputException:
            raise NotPlainError from None


@contextmanager
def opened(paths: Sequence[os.PathLike[str]], progress: Progress | None, stop: Stop | None) -> Iterator[Engine]:
    """Give an engine that may touch these files alone; it is closed, and what it held is gone, when the block ends."""
    import duckdb

    connection = duckdb.connect(":memory:", config={**_CONFIG})
    connection.execute("SET allowed_paths = ?", [[os.fspath(path) for path in paths]])
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    engine = Engine(connection, progress, stop)
    try:
        yield engine
    finally:
        engine.close()


def quoted(name: str) -> str:
    """A name of a column as it may stand in a statement, whatever signs it has.

    >>> print(quoted('a "b" c'))
    "a ""b"" c"
    """
    return '"' + name.replace('"', '""') + '"'
