"""How a duration is measured and how a line of the table is made."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Line:
    """One budget and what was measured against it; seconds, or a plain ratio where `unit` says so."""

    name: str
    budget: float
    measured: float | None
    unit: str = "s"
    remark: str = ""

    @property
    def ratio(self) -> float | None:
        """Share of the budget that was used."""
        return None if self.measured is None else self.measured / self.budget


def seconds(work: Callable[[], object]) -> float:
    """Duration of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def median_seconds(work: Callable[[], object], times: int) -> float:
    """Median duration of several calls, the first one, which warms caches up, left out."""
    work()
    gc.collect()
    return statistics.median(seconds(work) for _ in range(times))


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, int(-(-share * len(ordered) // 1)) - 1))]
