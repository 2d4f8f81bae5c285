"""Reading the numbers that R gave, and the data that they belong to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

from evalcore.outcomes.matching import match
from evalcore.outcomes.pairs import Pairs

FOLDER = Path(__file__).parents[1] / "oracle"


def read(name: str) -> dict[str, Any]:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


PAIRED = read("paired.json")
SETS: dict[str, dict[str, Any]] = PAIRED["sets"]


def series(values: list[float | None], people: list[str] | None = None) -> pd.Series:
    return pd.Series(values, index=people or [f"P{i:04d}" for i in range(1, len(values) + 1)], dtype=float)


def pairs_of(name: str) -> Pairs:
    one = SETS[name]
    return match(series(one["pre"], one.get("pre_id")), series(one["post"], one.get("post_id")))
