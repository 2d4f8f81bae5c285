"""The values of the reference page, and what the definitions ship under the same names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from evalcore.instruments import list_instruments, load_instrument

REFERENCE: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "oracle" / "reference_standings.json").read_text(encoding="utf-8")
)
INSTRUMENTS = [load_instrument(name) for name in list_instruments()]


def entries(kind: str) -> dict[str, dict[str, Any]]:
    return {entry["id"]: entry for entry in REFERENCE[kind]}


def shipped(kind: str) -> dict[str, Any]:
    """`norms`, `thresholds` or `reliabilities` of all instruments, by instrument and name."""
    return {f"{one.id}/{fact.name}": fact for one in INSTRUMENTS for fact in getattr(one, kind)}
