"""The needs of the pilot's people, one row a need, as the finding's table, chart and words take them."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalcore.columns import SECTIONS
from evalcore.findings.finding import FIELDWORK, LEAST_FOR_A_MEAN, Group
from evalcore.findings.people.basis import Mask, Pilot, caseload_group
from evalcore.findings.people.words import LEAST_FOR_A_SHARE, LEAST_FOR_A_TEST
from evalcore.outcomes.multiplicity import adjust_p
from evalcore.profile.proportions import compare_proportions
from evalcore.rules.needs import load_need_rules

_NONE = math.nan


@dataclass(frozen=True, eq=False)
class NeedRow:
    """One need: shares are 0 to 1; NaN is not known.

    Attributes
    ----------
    need, label : str
        The section's fixed name, and the name for a reader.
    row : int
        Its place in the table.
    n, k : int
        People of the pilot assessed on it, and of them with the need.
    notes : str
        As `need_profile` gives them.
    """

    need: str
    label: str
    row: int
    n: int
    k: int
    rate: float
    ci_low: float
    ci_high: float
    caseload_n: float
    caseload_rate: float
    difference: float
    difference_ci_low: float
    difference_ci_high: float
    p_value: float
    p_holm: float
    notes: str

    @property
    def compared(self) -> bool:
        """Whether there are two shares."""
        return math.isfinite(self.difference)

    @property
    def caseload_k(self) -> float:
        """People of the caseload with the need; NaN where only a share is known."""
        return float(round(self.caseload_rate * self.caseload_n)) if self.caseload_n > 0 else _NONE

    @property
    def ratio(self) -> tuple[float, float, float]:
        """The pilot's share over the caseload's, with Katz's interval; NaN where people are not counted on both sides,
        or on one side nobody or everybody has the need."""
        if not self.n or not self.caseload_n > 0:
            return _NONE, _NONE, _NONE
        found = compare_proportions(self.k, self.n, int(self.caseload_k), int(self.caseload_n))
        known = (found.risk_ratio, found.risk_ratio_ci_low, found.risk_ratio_ci_high)
        ratio, low, high = (_NONE if value is None else value for value in known)
        return ratio, low, high

    @property
    def keys(self) -> tuple[str, str, str]:
        """Of the groups of those assessed, of those with the need, and of those without."""
        return keys_of(self.need)

    @property
    def caseload_key(self) -> str:
        """Of the people of the caseload assessed on it; empty where their number is not known."""
        return f"caseload, assessed, {self.need}" if self.caseload_n > 0 else ""

    @property
    def may_leave(self) -> bool:
        """Whether words about it may leave under the default policy: enough people with the need and without."""
        return self.n >= LEAST_FOR_A_SHARE and LEAST_FOR_A_MEAN <= self.k <= self.n - LEAST_FOR_A_MEAN


def by_share(rows: Iterable[NeedRow]) -> list[NeedRow]:
    """The most common need first."""
    return sorted(rows, key=lambda row: (-row.rate, row.row))


def keys_of(need: str) -> tuple[str, str, str]:
    """Keys of the groups of those assessed on a need, of those with it, and of those without.

    >>> keys_of("drugs")
    ('assessed, drugs', 'drugs need', 'no drugs need')
    """
    return f"assessed, {need}", f"{need} need", f"no {need} need"


def need_rows(pilot: Pilot) -> tuple[NeedRow, ...]:
    """One row a need that anybody of the pilot or of the caseload is assessed on, in the order of OASys.

    p is given from 10 people assessed on, and corrected by Holm's method over the needs that have one.
    """
    found = pilot.need_profile
    kept = found[(found["n"] > 0) | (found["caseload_rate"].notna())]
    p_values = kept["p_value"].where(kept["n"] >= LEAST_FOR_A_TEST).to_numpy(dtype=np.float64)
    kept = kept.assign(p_value=p_values, p_holm=adjust_p(p_values))
    rules = load_need_rules()
    return tuple(
        _row(place, line, rules[str(line["need"])].label) for place, line in enumerate(kept.to_dict("records"))
    )


def _row(place: int, line: Mapping[Hashable, object], label: str) -> NeedRow:
    known = {name: _number(line[name]) for name in _MEASURED}
    k = _number(line["k"])
    return NeedRow(
        need=str(line["need"]),
        label=label,
        row=place,
        n=int(_number(line["n"])),
        k=0 if math.isnan(k) else int(k),
        notes=str(line["notes"]),
        **known,
    )


_MEASURED = (
    "rate",
    "ci_low",
    "ci_high",
    "caseload_n",
    "caseload_rate",
    "difference",
    "difference_ci_low",
    "difference_ci_high",
    "p_value",
    "p_holm",
)


def _number(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) else _NONE


def by_difference(rows: Iterable[NeedRow]) -> list[NeedRow]:
    """The largest difference first; needs without a caseload last, by their share; nobody assessed leaves one out."""
    known = [row for row in rows if row.n]
    return sorted(known, key=lambda row: (not row.compared, -(row.difference if row.compared else row.rate), row.row))


def need_groups(pilot: Pilot) -> Iterable[Group]:
    """Those assessed on each need, those with it and those without it."""
    needs = pilot.needs
    for need in SECTIONS:
        assessed, having, without = keys_of(need)
        known, has = _masks(needs, need)
        yield pilot.counted(assessed, known)
        yield pilot.having(having, has)
        yield pilot.having(without, known & ~has)


def caseload_need_groups(rows: Iterable[NeedRow]) -> Iterable[Group]:
    """The people of the caseload assessed on each need."""
    for row in rows:
        if row.caseload_key:
            yield caseload_group(row.caseload_key, FIELDWORK, int(row.caseload_n))


def _masks(needs: pd.DataFrame, need: str) -> tuple[Mask, Mask]:
    """Who is assessed on a need, and who has it."""
    if need not in needs:
        nobody = np.zeros(len(needs), dtype=bool)
        return nobody, nobody
    return needs[need].notna().to_numpy(dtype=bool), needs[need].to_numpy(dtype=bool, na_value=False)
