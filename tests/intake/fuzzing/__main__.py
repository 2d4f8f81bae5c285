"""Fuzz the readers: `python -m tests.intake.fuzzing --seconds 600 --seed 1 --folder somewhere`."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from tests.intake.fuzzing.loop import Account, fuzz


def main() -> int:
    """Run, report once a minute and at the end; 1 where anything crashed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--folder", type=Path, help="where files that crash are kept")
    options = parser.parse_args()
    if options.folder is not None:
        options.folder.mkdir(parents=True, exist_ok=True)
    told = [time.monotonic()]

    def tell(account: Account) -> None:
        if time.monotonic() - told[0] > 60:
            told[0] = time.monotonic()
            sys.stdout.write(f"{account}\n")
            sys.stdout.flush()

    account = fuzz(options.seed, seconds=options.seconds, folder=options.folder, tell=tell)
    sys.stdout.write(f"seed {options.seed}: {account}\n")
    for where, (crash, name, _) in account.crashes.items():
        sys.stdout.write(f"\n{where} (from {name})\n{crash.what}\n")
    return 1 if account.crashes else 0


if __name__ == "__main__":
    sys.exit(main())
