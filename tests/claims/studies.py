"""Invented studies whose claims are read: two people, 12 and 40 pairs, two questionnaires, two roles and two sites."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd

from evalcore.columns import SERVICE_USER, STAFF, WAVES
from evalcore.instruments import load_instrument
from evalcore.intake import read_cases, read_questionnaires, read_roster
from evalcore.plan import HIGHER, Outcome, Plan
from evalcore.study import Study

SITES = ("Site 1", "Site 2")
INSTRUMENTS: Mapping[str, tuple[str, ...]] = {SERVICE_USER: ("gse", "swemwbs"), STAFF: ("gse", "uwes9")}
MAIN = "swemwbs.total.service-users"


@cache
def study_of_pairs(
    n: int, *, left: int = 0, refused: int = 0, rise: float = 0.4, roster: bool = True, gse: int | None = None
) -> Study:
    """`n` people of each role who answered both times, `left` more only before, and `refused` more never.

    `rise` is the mean rise of an answer to SWEMWBS, in codes; GSE and UWES-9 change by chance alone. Where `gse` is
    given, only so many answered that.
    """
    people = [(f"{role[:2].upper()}{i:03d}", role, i) for role in INSTRUMENTS for i in range(n + left + refused)]
    rows = [
        {"respondent_id": name, "role": role, "wave": wave, "site": SITES[i % 4 == 3]}
        | {
            column: code
            for column, code in _answers(role, i, wave, rise).items()
            if gse is None or i < gse or column[:3] != "gse"
        }
        for name, role, i in people
        for wave in WAVES
        if i < n or (i < n + left and wave == WAVES[0])
    ]
    intakes = [read_questionnaires(_csv(rows), name="answers.csv")]
    asked = [{"respondent_id": name, "role": role, "site": SITES[i % 4 == 3]} for name, role, i in people]
    if roster:
        intakes.append(read_roster(_csv(asked), name="roster.csv"))
    cases = [{**one, "age": 20 + i % 30} for i, one in enumerate(asked) if one["role"] == SERVICE_USER]
    intakes.append(read_cases(_csv(cases), name="cases.csv"))
    return Study.empty("Invented").add(*intakes)


def planned(study: Study, *slugs: str, after_answers: int = 0) -> Study:
    """The study with a plan that names these measures as its main outcomes."""
    outcomes = tuple(Outcome(slug, HIGHER, 1.5, "Agreed with the service.") for slug in slugs)
    words = "the main outcomes of the plan"
    return replace(study, plan=Plan(outcomes, "", words, "", "2026-05-03T09:00:00+00:00", after_answers))


def _answers(role: str, person: int, wave: str, rise: float) -> dict[str, int]:
    found: dict[str, int] = {}
    for name in INSTRUMENTS[role]:
        instrument = load_instrument(name)
        low, high = instrument.codes[0], instrument.codes[-1]
        own, noise = np.random.default_rng([person, len(name)]), np.random.default_rng([person, len(name), len(wave)])
        level = (low + high) / 2 + own.normal(0, (high - low) / 8)
        level += rise * (wave == WAVES[1] and name == "swemwbs")
        codes = np.clip(np.rint(level + noise.normal(0, 0.6, len(instrument.columns))), low, high)
        found |= {column: int(code) for column, code in zip(instrument.columns, codes, strict=True)}
    return found


def _csv(rows: list[dict[str, object]]) -> bytes:
    return pd.DataFrame(rows).to_csv(index=False).encode()
