"""One reading under watch: which lines of the readers it reaches, and whether it ends as it must."""

from __future__ import annotations

import sys
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType, TracebackType
from typing import Any

import evalcore.intake
from evalcore.errors import EvalcoreError
from evalcore.intake import Intake, read_all, read_any
from evalcore.intake.files.raw import RawTable
from evalcore.intake.files.reading import read_tables

READERS = str(Path(evalcore.intake.__file__).parent)
# A reading that takes longer counts as a crash.
SLOWEST = 5.0


@dataclass(frozen=True)
class Crash:
    """A file that was not read as it must be: `where` tells equal crashes, `what` is for a person."""

    where: str
    what: str


class _Reading:
    """Ends every reading: no error at all, one of our own with a message, or a crash."""

    crash: Crash | None = None

    def __enter__(self) -> _Reading:
        self._begun = time.perf_counter()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> bool:
        took = time.perf_counter() - self._begun
        if isinstance(error, EvalcoreError) and str(error).strip():
            error = None
        if error is not None:
            last = traceback.extract_tb(at)[-1]
            told = "".join(traceback.format_exception(error))
            self.crash = Crash(f"{type(error).__name__} {Path(last.filename).name}:{last.lineno}", told)
        elif took > SLOWEST:
            self.crash = Crash("slow", f"{took:.1f} s")
        return not isinstance(error, KeyboardInterrupt)


def check(data: bytes, name: str, *, whole: bool = True) -> Crash | None:
    """Read a file to its cells, and as a `whole` to checked tables; all but that or an error of our own is a crash."""
    with _Reading() as reading:
        read: list[object] = [*read_tables(data, name=name)]
        if whole:
            read += [read_any(data, name=name), *(read_all(data, name=name) if data.startswith(b"PK") else ())]
        if not read or not all(isinstance(one, RawTable | Intake) for one in read):
            raise TypeError("neither a table nor an Intake was given")
    return reading.crash


@dataclass
class Reached:
    """The lines of the readers that were reached; a function is no longer watched when all of its lines were."""

    missing: dict[CodeType, set[int]] = field(default_factory=dict)
    lines: int = 0

    def check(self, data: bytes, name: str, *, whole: bool) -> tuple[Crash | None, bool]:
        """Read a file, and say too whether it reached a line that none before it did; such a one is read as a whole."""
        before, earlier = self.lines, sys.gettrace()
        sys.settrace(self._on_call)
        try:
            crash = check(data, name, whole=whole)
            if crash is None and self.lines > before and not whole:
                crash = check(data, name)
        finally:
            sys.settrace(earlier)
        if crash is not None and crash.where == "slow":
            crash = check(data, name)  # to watch takes time too
        return crash, self.lines > before

    def _on_call(self, frame: FrameType, event: str, _: Any) -> Any:
        code = frame.f_code
        if code not in self.missing:
            watched = code.co_filename.startswith(READERS)
            self.missing[code] = {line for *_, line in code.co_lines() if line} if watched else set()
        return self._on_line if self.missing[code] else None

    def _on_line(self, frame: FrameType, event: str, _: Any) -> Any:
        missing = self.missing[frame.f_code]
        if frame.f_lineno in missing:
            missing.remove(frame.f_lineno)
            self.lines += 1
        return self._on_line if missing else None
