"""What the sample study gives today, as plain tables: every measure described, and its matched change."""

from __future__ import annotations

import dataclasses
import functools
import json
import math
from pathlib import Path
from typing import Any

from evalcore.columns import ROLE_GROUPS
from evalcore.instruments import list_instruments, load_instrument
from evalcore.outcomes.description import describe
from evalcore.outcomes.matching import match_scores
from evalcore.outcomes.paired import paired_change
from evalcore.outcomes.scoring import score
from evalcore.sample import sample_study

COMMITTED = Path(__file__).parent / "results.json"


def committed() -> dict[str, Any]:
    """The tables as they were last written on purpose."""
    tables: dict[str, Any] = json.loads(COMMITTED.read_text(encoding="utf-8"))
    return tables


@functools.cache
def measured() -> dict[str, Any]:
    """Describe and compare each measure that somebody answered, by instrument, scale and role group."""
    responses = sample_study().responses
    tables: dict[str, Any] = {}
    for name in list_instruments():
        instrument = load_instrument(name)
        if not set(instrument.columns) & set(responses.columns):
            continue
        scores = score(responses, name)
        for label, roles in ROLE_GROUPS.items():
            if not scores["role"].isin(roles).any():
                continue
            for scale in instrument.scales:
                pairs = match_scores(scores, scale=scale, role=roles)
                tables[f"{name}, {scale}, {label}"] = {
                    "describe": {group: _plain(row) for group, row in describe(pairs).T.to_dict().items()},
                    "paired_change": _plain(_without_notes(dataclasses.asdict(paired_change(pairs)))),
                }
    return tables


def _without_notes(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name != "notes"}


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    """As JSON holds it: no NaN, and twelve significant digits, more than any machine differs by."""
    return {name: _number(value) if isinstance(value, float) else value for name, value in fields.items()}


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(f"{value:.12g}")
