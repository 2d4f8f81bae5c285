"""The overview card of one measure: n, means, the matched change with its interval, one careful sentence."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evalcore.columns import ALL_POST, ALL_PRE, MATCHED_POST, MATCHED_PRE
from evalcore.findings.basis import Basis, files_of, source_of
from evalcore.findings.dots import ROWS, dots, mean_columns
from evalcore.findings.finding import Column, Finding, OutsideForm
from evalcore.methods import definition

_KEYS = (ALL_PRE, ALL_POST, MATCHED_PRE, MATCHED_POST)
_STATISTICS = ["n", "mean", "sd", "ci_low", "ci_high"]
_DEFINITIONS = ("sd", "mean_interval", "change", "change_interval")
_TESTED = ("paired_t", "holm_family")


def summary_finding(basis: Basis) -> Finding:
    """All and matched people before and after, and the matched change, in one small table."""
    claim, shared = basis.claim(), basis.claim(outside=True)
    tested = _TESTED if "paired t-test" in claim.sentence else ()
    return Finding(
        id=basis.finding_id("summary"),
        title=claim.title,
        sentence=claim.sentence,
        caution=claim.caution,
        chart=dots(basis, _KEYS, outside=False),
        table=_table(basis),
        columns=_columns(basis),
        groups=basis.groups,
        trail=basis.trail,
        source=source_of(basis),
        files=files_of(basis),
        definition=definition(*_DEFINITIONS, *tested),
        outside=OutsideForm(
            name="means and intervals",
            title=shared.title,
            sentence=shared.sentence,
            caution=shared.caution,
            reasons=shared.reasons,
            chart=dots(basis, _KEYS, outside=True),
            rests_on=change_rests_on(basis),
        ),
        by_site=basis.site is not None,
        of_staff=basis.measure.of_staff,
        topic=f"Before and after: {basis.topic}",
        reasons=claim.reasons,
    )


def change_rests_on(basis: Basis) -> tuple[str, ...]:
    """The groups that a sentence about the matched change speaks of."""
    counted = () if basis.site is None else ("asked", "matched")
    return (MATCHED_PRE, *counted) if basis.change.n_pairs else counted


def _table(basis: Basis) -> pd.DataFrame:
    change = basis.change
    rows = [(ROWS[key], *(basis.described[key][name] for name in _STATISTICS)) for key in _KEYS]
    last = (
        "Change of the matched",
        change.n_pairs,
        change.mean_change,
        change.sd_change,
        change.ci_low,
        change.ci_high,
    )
    cells = list(zip(*rows, last, strict=True))
    numbers = {name: np.array(values, dtype=float) for name, values in zip(_STATISTICS[1:], cells[2:], strict=True)}
    return pd.DataFrame({"group": list(cells[0]), "n": np.array(cells[1], dtype=int), **numbers})


def _columns(basis: Basis) -> tuple[Column, ...]:
    groups = tuple((key,) for key in (*_KEYS, MATCHED_PRE))
    return (Column("group", "Who", "label"), *mean_columns(basis.measure.decimals, groups))
