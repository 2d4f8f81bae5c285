"""The matched change of two sets of pairs beside each other: with and without some of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalcore.figures.chart import Axis, Band, Chart, Interval, Mark, Panel, Point
from evalcore.findings.basis import Basis
from evalcore.findings.finding import Column
from evalcore.outcomes.paired import PairedChange
from evalcore.wording import count, interval, number

_NUMBERS = ("mean_pre", "mean_post", "mean_change", "sd_change", "ci_low", "ci_high")


@dataclass(frozen=True, eq=False)
class Part:
    """One set of pairs: its row's label, the key of its group, and its change."""

    label: str
    key: str
    change: PairedChange

    @property
    def n(self) -> int:
        """Number of pairs."""
        return self.change.n_pairs


def changes_table(parts: Sequence[Part]) -> pd.DataFrame:
    """One row a set: pairs, mean before, mean after, mean change with SD and interval."""
    numbers = {
        name: np.array([getattr(part.change, name) for part in parts], dtype=float)  # None becomes NaN
        for name in _NUMBERS
    }
    return pd.DataFrame({"which": [part.label for part in parts], "n": [part.n for part in parts], **numbers})


def changes_columns(basis: Basis, groups: tuple[tuple[str, ...], ...]) -> tuple[Column, ...]:
    """Columns of `changes_table` but for label and number of pairs, whose kind depends on what sets the pairs apart."""
    decimals = basis.measure.decimals
    return (
        Column("mean_pre", "Mean before", "mean", decimals, groups),
        Column("mean_post", "Mean after", "mean", decimals, groups),
        Column("mean_change", "Mean change", "mean", decimals, groups),
        Column("sd_change", "SD of the changes", "sd", decimals, groups),
        Column("ci_low", "95 % interval from", "interval", decimals, groups),
        Column("ci_high", "to", "interval", decimals, groups),
    )


def change_words(basis: Basis, part: Part, *, outside: bool = False) -> str:
    """Write a mean change with its interval: "+0.9 points (95 % interval −1.1 to 2.9)"."""
    change = part.change
    if change.mean_change is None:
        return "not known"
    decimals = basis.outside_decimals(part.n) if outside else basis.decimals
    words = f"{number(change.mean_change, decimals, signed=True)} {basis.measure.unit}"
    if change.ci_low is None:
        return words
    return f"{words} (95 % interval {interval(change.ci_low, change.ci_high, decimals)})"


def mean_words(basis: Basis, part: Part, *, outside: bool = False) -> str:
    """Write a mean change for a title: "+0.9"."""
    decimals = basis.outside_decimals(part.n) if outside else basis.decimals
    return number(part.change.mean_change, decimals, signed=True)


def changes_chart(basis: Basis, parts: Sequence[Part], *, outside: bool) -> Chart | None:
    """Each set's mean change as a dot with its interval; None where no set has a pair."""
    kept = [part for part in parts if part.n]
    if not kept:
        return None
    marks: list[Mark] = [Band(0.0, 0.0, along="x", label="no change")]
    for row, part in enumerate(parts):
        if part.n:
            marks += _change(basis, part, row, float(len(parts) - 1 - row), outside=outside)
    ticks = tuple((float(len(parts) - 1 - row), part.label) for row, part in enumerate(parts) if part.n)
    panel = Panel(x=Axis(f"Mean change ({basis.measure.unit})"), y=Axis("", ticks=ticks), marks=tuple(marks))
    return Chart(
        panels=(panel,),
        n=f"{basis.topic}: {count(parts[0].n, 'matched pair', 'matched pairs')}",
        how_to_read=(
            "Each mark is the mean change, after minus before, and the bar through it its 95 % interval: where it"
            " covers the line at zero, a fall is as compatible with the answers as a rise. Nearly the same people stand"
            " in both sets, so they are not two results."
        ),
        height=40 + 25 * len(kept),
    )


def _change(basis: Basis, part: Part, row: int, place: float, *, outside: bool) -> list[Mark]:
    change, n = part.change, part.n
    mean, low, high = (math.nan if v is None else v for v in (change.mean_change, change.ci_low, change.ci_high))
    decimals = basis.outside_decimals(n) if outside else basis.decimals
    if outside:
        mean, low, high = (basis.rounded(value, n) if math.isfinite(value) else value for value in (mean, low, high))
    text = f"{number(mean, decimals, signed=True)} (n = {n:,})"
    marks: list[Mark] = [
        Point(mean, place, "change", label=f"{part.label}: {text}", text=text, group=part.key, row=row)
    ]
    if math.isfinite(low) and math.isfinite(high):
        label = f"95 % interval {interval(low, high, decimals)}"
        marks.insert(0, Interval(place, low, high, "change", along="x", label=label, group=part.key, row=row))
    return marks
