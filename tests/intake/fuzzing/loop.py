"""The loop: take a file that is known, damage it, read it, keep it where it reached something new."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.intake.fuzzing.mutating import mutate
from tests.intake.fuzzing.running import Crash, Reached
from tests.intake.fuzzing.seeds import seeds

_LARGEST_KEPT = 60_000
# The share of damaged files that is read on to checked tables; the others only to their cells, which is much faster.
_WHOLE = 0.2


@dataclass
class Account:
    """What a run has done so far."""

    executions: int = 0
    known: list[tuple[str, bytes]] = field(default_factory=list)
    reached: Reached = field(default_factory=Reached)
    crashes: dict[str, tuple[Crash, str, bytes]] = field(default_factory=dict)

    def __str__(self) -> str:
        found = f"{self.reached.lines:,} lines reached, {len(self.known):,} files known"
        return f"{self.executions:,} executions, {found}, {len(self.crashes):,} different crashes"


def fuzz(
    seed: int,
    *,
    seconds: float = float("inf"),
    executions: float = float("inf"),
    folder: Path | None = None,
    tell: Callable[[Account], None] = lambda account: None,
) -> Account:
    """Read damaged files until the time or the number of executions is over.

    With `folder`, each file is written there before it is read, so that one that ends the process can be found, and
    every file that crashed is kept there. `tell` is called after each execution.
    """
    account, chance, end = Account(), random.Random(seed), time.monotonic() + seconds
    for name, data in seeds().items():
        _read(account, name, data, folder, whole=True, keep=True)
        tell(account)
    while time.monotonic() < end and account.executions < executions:
        name, data = chance.choice(account.known[-50:] if chance.random() < 0.3 else account.known)
        others = [other for _, other in chance.sample(account.known, 3)]
        _read(account, name, mutate(data, others, chance), folder, whole=chance.random() < _WHOLE)
        tell(account)
    return account


def _read(account: Account, name: str, data: bytes, folder: Path | None, *, whole: bool, keep: bool = False) -> None:
    if folder is not None:
        (folder / f"current-{name}").write_bytes(data)
    crash, is_new = account.reached.check(data, name, whole=whole)
    if folder is not None:
        (folder / f"current-{name}").unlink()
    account.executions += 1
    if keep or (is_new and len(data) <= _LARGEST_KEPT):
        account.known.append((name, data))
    if crash is not None and crash.where not in account.crashes:
        account.crashes[crash.where] = (crash, name, data)
        if folder is not None:
            place = folder / f"crash-{len(account.crashes)}-{name}"
            place.write_bytes(data)
            place.with_suffix(".txt").write_text(crash.what, encoding="utf-8")
