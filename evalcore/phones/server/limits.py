"""How often somebody may do something."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from threading import Lock

MOST_KEYS = 2000


class Limiter:
    """Counts by key, and says when it was too often.

    Parameters
    ----------
    *limits : tuple of int and float
        How many in how many seconds; all of them hold.
    clock : callable
        Gives seconds that only grow.
    most_keys : int
        Keys that are remembered; those used longest ago go first.

    Examples
    --------
    >>> twice_a_second = Limiter((2, 1.0), clock=iter([0.0, 0.1, 0.2, 1.05]).__next__)
    >>> [twice_a_second.allows("somebody") for _ in range(4)]
    [True, True, False, True]
    """

    def __init__(
        self, *limits: tuple[int, float], clock: Callable[[], float] = time.monotonic, most_keys: int = MOST_KEYS
    ) -> None:
        self._limits = limits
        self._clock = clock
        self._most_keys = most_keys
        self._longest = max(seconds for _, seconds in limits)
        self._most = max(count for count, _ in limits)
        self._times: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._times)

    def allows(self, key: str) -> bool:
        """Whether `key` may now; if so it is counted. What was refused is not: nobody locks himself out by waiting."""
        with self._lock:
            now = self._clock()
            self._forget(now)
            times = self._times.get(key, deque(maxlen=self._most))
            if any(len(times) >= count and times[-count] > now - seconds for count, seconds in self._limits):
                return False
            times.append(now)
            self._times[key] = times
            self._times.move_to_end(key)
            while len(self._times) > self._most_keys:
                self._times.popitem(last=False)
            return True

    def _forget(self, now: float) -> None:
        """Drop whoever did nothing for the longest stretch that matters."""
        while self._times and next(iter(self._times.values()))[-1] <= now - self._longest:
            self._times.popitem(last=False)
