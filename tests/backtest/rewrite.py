"""Write the committed tables anew: `python -m tests.backtest.rewrite`. Only when a number is meant to change."""

from __future__ import annotations

import json

from tests.backtest.measured import COMMITTED, measured

if __name__ == "__main__":
    COMMITTED.write_text(json.dumps(measured(), indent=1) + "\n", encoding="utf-8")
