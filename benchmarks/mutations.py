"""What becomes of mutated study files: `python -m benchmarks.mutations` opens 10,000 and prints what came of each kind.

It ends with an error at the first one that opens wrongly, hangs, or raises what it must not; `--seed` repeats it.
"""

from __future__ import annotations

import argparse
import faulthandler
import time
from collections import Counter

from tests.storage.judging import judge
from tests.storage.made import whole_study
from tests.storage.mutating import Original, mutant

_HANGING = 300
"""Seconds after which a file counts as hanging."""


def main() -> None:
    """Open one file after the other."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0, help="number of the first file")
    given = parser.parse_args()
    original = Original.of(whole_study())
    came: Counter[tuple[str, str]] = Counter()
    slowest, start = 0.0, time.perf_counter()
    for seed in range(given.seed, given.seed + given.files):
        faulthandler.dump_traceback_later(_HANGING, exit=True)
        made = mutant(original, seed)
        try:
            verdict = judge(original, made, findings=seed % 10 == 0)
        except BaseException:
            print(f"file {seed}: {made.kind}")
            raise
        came[(made.kind, verdict.outcome)] += 1
        slowest = max(slowest, verdict.seconds)
    faulthandler.cancel_dump_traceback_later()
    for (kind, outcome), n in sorted(came.items()):
        print(f"{kind:34}{outcome:10}{n:8,}")
    totals = Counter[str]()
    for (_, outcome), n in came.items():
        totals[outcome] += n
    print(f"{given.files:,} files in {time.perf_counter() - start:,.0f} s: {dict(totals)}; slowest {slowest:.2f} s")
    print(f"most memory: {_peak()}")


def _peak() -> str:
    try:
        import resource
    except ImportError:
        return "not known on this system"
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB"


if __name__ == "__main__":
    main()
