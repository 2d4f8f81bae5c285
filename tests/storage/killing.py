"""Doing something in a process of its own, and killing that in the middle."""

from __future__ import annotations

import os
import random
import select
import signal
import time
import warnings
from collections.abc import Callable

from evalcore.intake import read_questionnaires
from evalcore.study import Study

STARTED, DONE, FAILED = b"a", b"z", b"e"
TELL: list[int] = []  # in a child: where its parent listens


def study_of(number: int) -> Study:
    """A study that holds much that no other one holds, so that a save writes many pages."""
    words = random.Random(number)
    rows = "\n".join(f"P{n},pre,{words.randrange(1, 5)},{words.getrandbits(2_000):x}" for n in range(120))
    file = f"respondent_id,wave,gse_1,words\n{rows}\n".encode()
    return Study.empty(f"Study {number}").add(read_questionnaires(file, name="before.csv"))


def in_a_child(act: Callable[[], object]) -> tuple[int, int]:
    """Start a process that says when it starts and when it has done what it is to do."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # other threads of the test run do not matter to the child
        child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    said = FAILED
    TELL[:] = [writing]
    try:
        os.write(writing, STARTED)
        act()
        said = DONE
    finally:
        os.write(writing, said)
        os._exit(0)


def killed(act: Callable[[], object], delay: float | None, marks: int = 1) -> bool:
    """Do something in a child and kill it so many seconds after its last mark, or let it end.

    Return whether it had reported by then. The first mark is its start.
    """
    child, report = in_a_child(act)
    for _ in range(marks):
        assert os.read(report, 1) == STARTED
    if delay is None:
        select.select([report], [], [])
    else:
        time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    said = os.read(report, 1)
    os.close(report)
    assert said in (DONE, b""), "the child failed"
    return said == DONE


def how_long(act: Callable[[], object], marks: int = 1) -> float:
    """Seconds that it takes in a child, from its last mark to its report."""
    child, report = in_a_child(act)
    for _ in range(marks):
        assert os.read(report, 1) == STARTED
    start = time.perf_counter()
    assert os.read(report, 1) == DONE
    lasted = time.perf_counter() - start
    os.waitpid(child, 0)
    os.close(report)
    return lasted
