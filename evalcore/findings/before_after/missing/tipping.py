"""What the mean change of everyone would be if those who left had changed by so much: where the answer turns."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import pandas as pd

from evalcore.columns import MATCHED_PRE, PRE_ONLY
from evalcore.findings.basis import Basis, files_of, source_of
from evalcore.findings.before_after.missing.tipping_chart import CHOSEN, MATCHED, TIPPING, tipping_chart
from evalcore.findings.before_after.missing.tipping_words import possible_changes, title_of, words_of
from evalcore.findings.finding import Column, Finding, OutsideForm
from evalcore.findings.measures import Measure
from evalcore.methods import definition
from evalcore.outcomes.description import standard_deviation
from evalcore.outcomes.tipping import LEAST_PAIRS_FOR_INTERVAL, Tipping, tipping_point

_DEFINITIONS = ("assumed_change", "tipping_point", "scale_bounds", "stayed_left", "change")
_CAUTION = (
    "This is an assumption, not a finding: nothing in the answers tells how those who left changed. It is one mean for"
    " all of them."
)
_NOBODY_LEFT = "It speaks of those with a score before: who never answered is not in it."
_NO_PAIRS = "Nothing in the answers tells how anybody changed."
_COUNTED = ("matched", "before only")
_WIDE = 10
"""Scales with a range wider than this have a slider in halves of a point, narrower ones in tenths."""


class SliderRange(NamedTuple):
    """The assumed changes that can be chosen, in the unit of the scores."""

    low: float
    high: float
    step: float


def slider_range(measure: Measure) -> SliderRange:
    """From half the scale down to half the scale up: a mean change beyond that hardly has room.

    >>> from evalcore.findings import measures
    >>> from evalcore.sample import sample_study
    >>> slider_range(measures(sample_study(), "service user")[0])
    SliderRange(low=-15.0, high=15.0, step=0.5)
    """
    scale = measure.high - measure.low
    return SliderRange(-scale / 2, scale / 2, 0.5 if scale > _WIDE else 0.1)


def tipping_finding(basis: Basis, assumed: float = 0.0) -> Finding:
    """The mean change of everyone with a score before, if those who left had changed by `assumed` on average.

    Parameters
    ----------
    basis : Basis
    assumed : float
        Mean change of all those who left, in the unit of the scores.
    """
    measure = basis.measure
    found = tipping_point(basis.pairs, assumed_change=assumed, low=measure.low, high=measure.high)
    title, sentence = title_of(basis, found, outside=False), words_of(basis, found, outside=False)
    rows = _rows(basis, found)
    places = {row.name: place for place, row in enumerate(rows)}
    drawn = found.n_pairs > 0 and found.n_left > 0
    return Finding(
        id=basis.finding_id("tipping"),
        title=title,
        sentence=sentence,
        caution=_caution(found),
        chart=tipping_chart(basis, found, places, outside=False) if drawn else None,
        table=_table(found, rows),
        columns=_columns(basis, rows),
        groups=basis.groups,
        trail=basis.trail,
        source=source_of(basis),
        files=files_of(basis),
        definition=definition(*_DEFINITIONS, *(("imputed_interval",) if found.ci_low is not None else ())),
        outside=OutsideForm(
            name="",
            title=title_of(basis, found, outside=True),
            sentence=words_of(basis, found, outside=True),
            caution=_caution(found),
            chart=tipping_chart(basis, found, places, outside=True) if drawn else None,
            rests_on=_rests_on(basis, found),
        ),
        by_site=basis.site is not None,
        of_staff=measure.of_staff,
        notes=found.notes,
        topic=f"If those who left had changed: {basis.topic}",
    )


def _caution(found: Tipping) -> str:
    """What an assumption can not show; below 10 pairs also how little is known of the rest."""
    if not found.n_left:
        return _NOBODY_LEFT
    if not found.n_pairs:
        return _NO_PAIRS
    if found.n_pairs >= LEAST_PAIRS_FOR_INTERVAL:
        return _CAUTION
    people = "one person" if found.n_pairs == 1 else f"{found.n_pairs} people"
    return f"{_CAUTION} The rest is the change of {people}, who say little about anybody else."


def _rests_on(basis: Basis, found: Tipping) -> tuple[str, ...]:
    """By site also on the numbers of people, which may be hidden."""
    counted = () if basis.site is None else ("scored pre", *_COUNTED)
    return (MATCHED_PRE, *counted) if found.n_pairs else counted


class _Row(NamedTuple):
    """One assumption: its name and words, the assumed change, and what it makes of everyone's mean change.

    `tells` says that the assumed change itself comes from the answers; `of_left` that it comes from the scores before
    of those who left. `spread` is the SD of the changes that are assumed.
    """

    name: str
    label: str
    assumed: float | None
    estimate: float | None
    spread: float | None
    tells: bool = True
    of_left: bool = False


def _rows(basis: Basis, found: Tipping) -> list[_Row]:
    """What was chosen first, then the assumptions that stand out, and the bounds."""
    spread = found.sd_change
    rows = [_Row(CHOSEN, "As chosen", found.assumed_change, found.estimate, spread, tells=False)]
    if not (found.n_pairs and found.n_left):
        return rows
    (zero,), *_ = found.at([0.0])
    if found.assumed_change != 0:
        rows.append(_Row("same", "As they were before", 0.0, float(zero), spread, tells=False))
    rows.append(_Row(MATCHED, "As those who stayed", found.matched_change, found.matched_change, spread))
    rows.append(_Row(TIPPING, "Tipping point: the mean change of everyone is zero", found.tipping_point, 0.0, spread))
    low, high = possible_changes(basis, found, outside=True)
    for side, reach in (("above", found.above_zero), ("below", found.below_zero)):
        ends = [end for end in reach or () if low < end < high]
        for end, estimate in zip(ends, found.at(ends)[0].tolist(), strict=True):
            rows.append(_Row(side, f"One end of the interval is zero, the rest {side}", end, estimate, spread))
    left = standard_deviation(basis.pairs.pre_only.to_numpy(dtype=float))
    bounds = (
        ("lowest", "Bound: all fell to the lowest possible score", found.lowest_assumed, found.lowest_estimate),
        ("highest", "Bound: all rose to the highest possible score", found.highest_assumed, found.highest_estimate),
    )
    return rows + [_Row(*bound, left, of_left=True) for bound in bounds]


def _table(found: Tipping, rows: list[_Row]) -> pd.DataFrame:
    """One row an assumption; the bounds have no interval."""
    table = pd.DataFrame(
        {
            "which": [row.label for row in rows],
            "assumed": np.array([row.assumed if found.n_left else None for row in rows], dtype=float),
            "spread": np.array([row.spread if found.n_left else None for row in rows], dtype=float),
            "matched": found.n_pairs,
            "left": found.n_left,
            "estimate": np.array([row.estimate for row in rows], dtype=float),
        }
    )
    _, low, high = found.at(table["assumed"].to_numpy())
    bounds = np.array([row.of_left for row in rows])
    return table.assign(ci_low=np.where(bounds, math.nan, low), ci_high=np.where(bounds, math.nan, high))


def _columns(basis: Basis, rows: list[_Row]) -> tuple[Column, ...]:
    """Each estimate rests on the changes of the matched, and by site on how many stayed and left."""
    counted = () if basis.site is None else _COUNTED
    decimals = basis.measure.decimals
    people = [(PRE_ONLY,) if row.of_left else (MATCHED_PRE,) for row in rows]
    assumed = tuple(() if not row.tells else (*who, *counted) for row, who in zip(rows, people, strict=True))
    estimate = tuple((*dict.fromkeys((MATCHED_PRE, *who)), *counted) for who in people)
    return (
        Column("which", "If those who left had changed", "label"),
        Column("assumed", f"Their mean change ({basis.measure.unit})", "mean", decimals, assumed),
        Column("spread", "SD of their changes", "sd", decimals, tuple(people)),
        Column("matched", "Matched: people", "fieldwork", groups=(_COUNTED[:1],) * len(rows)),
        Column("left", "Left: people", "fieldwork", groups=(_COUNTED[1:],) * len(rows)),
        Column("estimate", "Mean change of everyone", "mean", decimals, estimate),
        Column("ci_low", "95 % interval from", "interval", decimals, estimate),
        Column("ci_high", "to", "interval", decimals, estimate),
    )
