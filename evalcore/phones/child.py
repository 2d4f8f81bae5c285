"""The process of its own, as the dashboard holds it: started, told, asked, and ended whatever happens."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import weakref
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Any

from evalcore.errors import PhonesError

SERVER = Path(__file__).with_name("server")

# Isolated, without installed packages, writing no compiled files: the standard library and the folder `server`.
OPTIONS = ("-I", "-S", "-B")

NEEDED = ("SYSTEMROOT", "PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""Of the environment, only what Python itself needs to start: not even where studies are kept."""

PATIENCE = 15.0  # seconds; a busy machine starts slowly
FAREWELL = 5.0

NOT_STARTED = "The process that serves the phones could not start on this computer. Type the reactions here instead."
ENDED = "The process that serves the phones has ended. What was read stays; open it again, or type reactions here."


class Child:
    """The process. It ends with `end`, when nobody holds this object any more, or when the dashboard ends."""

    def __init__(self) -> None:
        try:
            process = subprocess.Popen(
                [sys.executable, *OPTIONS, str(SERVER)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={name: os.environ[name] for name in NEEDED if name in os.environ},
                cwd=SERVER,
                start_new_session=True,  # Ctrl-C is for the dashboard, which reads once more and then ends this
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as problem:
            raise PhonesError(NOT_STARTED) from problem
        self._process = process
        self._asked = 0
        self._lines: SimpleQueue[bytes] = SimpleQueue()
        reader = Thread(target=_pass_on, args=(process, self._lines), daemon=True)
        reader.start()
        self._finalizer = weakref.finalize(self, _end, process, reader)

    @property
    def runs(self) -> bool:
        """Whether the process is there."""
        return self._finalizer.alive and self._process.poll() is None

    def begin(self, setup: Mapping[str, object]) -> dict[str, Any]:
        """Send what the process needs, and return its first answer; `PhonesError` if there is none."""
        self._send(setup)
        return self._answer(PATIENCE)

    def ask(self, order: Mapping[str, object]) -> dict[str, Any]:
        """Send one order and return the answer to it; `PhonesError` if there is none."""
        self._asked += 1
        self._send({"ask": self._asked, **order})
        deadline = monotonic() + PATIENCE
        while True:
            answer = self._answer(deadline - monotonic())
            # An answer to an earlier order, which came too late, is passed over.
            if answer.get("ask") == self._asked:
                return answer

    def end(self) -> None:
        """End the process; nothing happens if it has ended."""
        self._finalizer()

    def _send(self, order: Mapping[str, object]) -> None:
        stream = self._process.stdin
        if stream is None or not self.runs:
            raise PhonesError(ENDED)
        try:
            stream.write(json.dumps(order).encode() + b"\n")
            stream.flush()
        except OSError as problem:
            raise PhonesError(ENDED) from problem

    def _answer(self, patience: float) -> dict[str, Any]:
        try:
            answer = json.loads(self._lines.get(timeout=max(patience, 0)))
        except (Empty, ValueError) as problem:
            raise PhonesError(ENDED) from problem
        if not isinstance(answer, dict):
            raise PhonesError(ENDED)
        return answer


def _pass_on(process: subprocess.Popen[bytes], lines: SimpleQueue[bytes]) -> None:
    """Read what the process says until it says no more; an empty line, which is no JSON, tells that."""
    if process.stdout is not None:
        with process.stdout as stream:
            for line in stream:
                lines.put(line)
    lines.put(b"")


def _end(process: subprocess.Popen[bytes], reader: Thread) -> None:
    """Close its input, at which it ends by itself; if it does not, end it."""
    if process.stdin is not None:
        with suppress(OSError):  # it may be gone already
            process.stdin.close()
    try:
        process.wait(FAREWELL)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    reader.join(FAREWELL)
