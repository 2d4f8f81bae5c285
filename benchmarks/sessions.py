"""Many people at once on one server, each with a study of their own: `python -m benchmarks.sessions`.

Each session hands in a questionnaire file in which everything is marked (`sessions_canary`), and half of them keep
their study. Then all click about in real browser windows. After each click everything that the page holds is searched
for the marks of the others; so is each message of the server, each file that is downloaded, and the server's log at the
end. The list of the studies kept on this machine belongs to its user: there, and only there, their names may stand.

The time of a click is from the click until the page stands, with what the browser needs, which shares the machine with
the server. The exit code is 1 where anything of another session was seen, anything failed, or memory grows without
bound: by more than `ALLOWED_GROWTH` over the last three minutes.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import async_playwright

from benchmarks.measuring import percentile
from benchmarks.sessions_canary import MOST, Canary, marks, who_keeps
from benchmarks.sessions_person import Person, Seen
from tests.browser.installed import FLAGS, MISSING, browser_path
from tests.browser.server import Server, free_port, started

ALLOWED_GROWTH = 0.10
_JUDGED = 3  # minutes
_MINUTE = 60.0
_AT_ONCE = 4
"""Sessions that hand in their study at the same moment; after that all click at once."""
_SHOWN = 20
_NOT_KNOWN = "not known"
_FAILED = "A part of the page failed"


@dataclass
class Memory:
    """The server's resident memory in MB: of nobody, of all studies open, and after each minute; None: not known."""

    empty: float | None = None
    minutes: list[float | None] = field(default_factory=list)

    @property
    def growth(self) -> float | None:
        """Growth over the last minutes, as a share; None where that is not known."""
        if len(self.minutes) <= _JUDGED:
            return None
        before, after = self.minutes[-1 - _JUDGED], self.minutes[-1]
        return None if before is None or after is None else after / before - 1


def resident(server: Server) -> float | None:
    """Return the memory that the server holds, in MB, as Linux tells it; None on other systems."""
    try:
        status = Path(f"/proc/{server.process.pid}/status").read_text()
    except OSError:
        return None
    found = re.search(r"^VmRSS:\s+(\d+) kB", status, re.MULTILINE)
    return None if found is None else int(found[1]) / 1024


def log_of(server: Server) -> str | None:
    """Return what the server has written so far, as Linux tells it; None on other systems."""
    try:
        return Path(f"/proc/{server.process.pid}/fd/1").read_text(errors="replace")
    except OSError:
        return None


async def clicking(server: Server, options: argparse.Namespace, seen: Seen, memory: Memory) -> None:
    """Let all sessions begin, then click about together for the time that was asked for."""
    canaries = [Canary(number) for number in range(1, options.sessions + 1)]
    keeps = who_keeps(options.sessions, options.seed)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
        people = [
            await Person.arrive(browser, canary, kept, server.url, seen, options.seed)
            for canary, kept in zip(canaries, keeps, strict=True)
        ]
        start = time.monotonic()
        door = asyncio.Semaphore(_AT_ONCE)
        await asyncio.gather(*(person.come_in(door) for person in people))
        print(f"All {len(people)} studies are open after {time.monotonic() - start:.0f} s.", flush=True)
        seen.clicks.clear()
        until = time.monotonic() + options.minutes * _MINUTE
        watch = asyncio.create_task(watched(server, memory, options.minutes))
        await asyncio.gather(*(person.live(until, tuple(options.think)) for person in people))
        await watch
        await browser.close()


async def watched(server: Server, memory: Memory, minutes: float) -> None:
    """Note the server's memory now and after each minute."""
    start = time.monotonic()
    memory.minutes.append(resident(server))
    for minute in range(1, int(minutes) + 1):
        await asyncio.sleep(max(0.0, start + minute * _MINUTE - time.monotonic()))
        memory.minutes.append(resident(server))
        print(f"Minute {minute}: {_amount(memory.minutes[-1])}", flush=True)


def told(seen: Seen, memory: Memory, log: str | None, minutes: float) -> list[str]:
    """Write down the figures."""
    kinds = sorted({kind for kind, _ in seen.clicks})
    times = {kind: [taken for other, taken in seen.clicks if other == kind] for kind in kinds}
    every = [taken for _, taken in seen.clicks]
    lines = [f"Clicks made in {minutes:g} minutes: {len(every):,}"]
    lines += [_times("Click to settled page", every), *(_times(f"  {kind}", times[kind]) for kind in kinds)]
    lines += [
        f"Searched: {seen.texts:,} pages, {seen.files:,} files, {seen.messages:,} messages of the server",
        f"Times the framework looked at the file of a page that was being left, and it had gone: {seen.files_gone}",
        "Own marks found: " + ", ".join(f"{kind} {times:,}" for kind, times in sorted(seen.own.items())),
        f"Server memory without anybody: {_amount(memory.empty)}",
        "Server memory from minute to minute: " + ", ".join(map(_amount, memory.minutes)),
        f"Server memory: {_verdict(memory)}",
        f"Errors: {len(seen.errors)}",
        *_some(seen.errors),
        *_some([line for line in (log or "").splitlines() if _FAILED in line]),
        f"Cross-talk: {len(seen.cross_talk)}",
        *_some(seen.cross_talk),
        f"Marks in the server's log: {_NOT_KNOWN if log is None else len(marks(log))}",
    ]
    return lines


def _times(name: str, taken: Sequence[float]) -> str:
    middle, tail = statistics.median(taken), percentile(taken, 0.95)
    return f"{name:24}{len(taken):>7,}   median {middle:6.2f} s   95th percentile {tail:6.2f} s"


def _amount(memory: float | None) -> str:
    return _NOT_KNOWN if memory is None else f"{memory:.0f} MB"


def _verdict(memory: Memory) -> str:
    if memory.growth is None:
        return f"{_NOT_KNOWN} whether bounded; that takes more than {_JUDGED} minutes on Linux"
    said = "bounded" if memory.growth <= ALLOWED_GROWTH else "NOT BOUNDED"
    return f"{memory.growth:+.1%} over the last {_JUDGED} minutes, allowed {ALLOWED_GROWTH:+.0%}: {said}"


def _some(found: Sequence[str]) -> list[str]:
    counted = {one: found.count(one) for one in dict.fromkeys(found)}
    lines = [f"  {times} × {one}" for one, times in list(counted.items())[:_SHOWN]]
    return [*lines, f"  … and {len(counted) - _SHOWN} others"] if len(counted) > _SHOWN else lines


def asked_for() -> argparse.Namespace:
    """Read what was asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sessions", type=int, default=20, choices=range(1, MOST + 1), metavar="N")
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--think", type=float, nargs=2, default=(4.0, 12.0), metavar=("LEAST", "MOST"), help="seconds")
    return parser.parse_args()


def main() -> int:
    """Run it, print the figures, and return the exit code."""
    options = asked_for()
    if browser_path() is None:
        print(MISSING)
        return 1
    seen, memory = Seen(), Memory()
    with tempfile.TemporaryDirectory() as folder, started(Path(folder, "studies"), free_port()) as server:
        memory.empty = resident(server)
        asyncio.run(clicking(server, options, seen, memory))
        log = log_of(server)
    print("\n".join(told(seen, memory, log, options.minutes)))
    in_log = bool(log and marks(log))
    unbounded = memory.growth is not None and memory.growth > ALLOWED_GROWTH
    return int(bool(seen.errors or seen.cross_talk or in_log or unbounded))


if __name__ == "__main__":
    sys.exit(main())
