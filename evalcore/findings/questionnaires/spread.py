"""The chart of how the scores before and after are spread over the whole scale, with their means."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from evalcore.columns import ALL_POST, ALL_PRE, POST, PRE
from evalcore.figures.chart import Axis, Band, Bar, Chart, Interval, Mark, Panel, Point
from evalcore.findings.basis import Basis
from evalcore.findings.dots import n_by_wave
from evalcore.findings.questionnaires.answered import WHEN, Floats
from evalcore.wording import count, interval, number

MOST_DOTS = 60
"""People of one wave up to whom each is drawn as a dot; above that bars of counts are."""
_STACK = 0.62
"""Height that a row's dots or bars may take; rows stand 1 apart."""
_DOT = 0.085
"""Distance of two dots in a stack, at most."""
_MEAN = 0.14
"""How far below its row's dots the mean stands."""
_BINS = 15
_STEPS = (0.25, 0.5, 1.0, 2.0, 4.0, 5.0, 10.0)
_PLACES = {PRE: 1.0, POST: 0.0}
_KEYS = {PRE: ALL_PRE, POST: ALL_POST}


def spread(basis: Basis, scores: dict[str, Floats]) -> Chart | None:
    """Every score as a small dot (bars of counts for many people), means with intervals; None where nobody has a score.

    The axis runs over the whole scale, so that scores at its ends are seen, and as far as an interval of a few reaches.
    """
    kept = {wave: values for wave, values in scores.items() if len(values)}
    if not kept:
        return None
    measure = basis.measure
    dots = max(map(len, kept.values())) <= MOST_DOTS
    marks: list[Mark] = [Band(end, end, along="x") for end in (measure.low, measure.high)]
    for wave, values in kept.items():
        marks += _dots(basis, wave, values) if dots else _bars(basis, wave, values)
        marks += _mean(basis, wave)
    ticks = tuple((_PLACES[wave], WHEN[wave].capitalize()) for wave in kept)
    margin = 0.03 * (measure.high - measure.low)
    reach = [end for mark in marks if isinstance(mark, Interval) for end in (mark.low, mark.high)]
    low, high = min((measure.low, *reach)), max((measure.high, *reach))
    ends = f"{number(measure.low, 0)} to {number(measure.high, 0)} possible"
    panel = Panel(
        x=Axis(f"{measure.short_name} ({measure.unit}, {ends})", low=low - margin, high=high + margin),
        y=Axis("", low=min(at for at, _ in ticks) - 0.35, high=max(at for at, _ in ticks) + 0.75, ticks=ticks),
        marks=tuple(marks),
    )
    each = "Each small dot is one person's score" if dots else "Each bar counts the people with scores in its range"
    return Chart(
        panels=(panel,),
        n=f"{basis.topic}: {n_by_wave({wave: len(values) for wave, values in kept.items()})}",
        how_to_read=(
            f"{each}; the large mark below is the mean and the bar through it its 95 % interval. The lines at both ends"
            " are the lowest and the highest possible score."
        ),
        height=45 + 50 * len(kept),
    )


def _dots(basis: Basis, wave: str, values: Floats) -> Iterator[Mark]:
    """One dot a person, those with nearly the same score on top of each other."""
    measure = basis.measure
    places = np.floor((np.sort(values) - measure.low) / (measure.high - measure.low) * 2 * _BINS + 1e-9)
    tallest = int(np.unique(places, return_counts=True)[1].max())
    step = min(_DOT, _STACK / tallest)
    stacked: dict[float, int] = {}
    for place, value in zip(places.tolist(), np.sort(values).tolist(), strict=True):
        level = stacked.get(place, 0)
        stacked[place] = level + 1
        label = f"{WHEN[wave].capitalize()}: {number(value, measure.decimals)}"
        yield Point(value, _PLACES[wave] + level * step, "person", label=label, group=_KEYS[wave], individual=True)


def _bars(basis: Basis, wave: str, values: Floats) -> Iterator[Mark]:
    """Counts of people by range of scores, as high as the fullest range allows."""
    edges = _edges(basis.measure.low, basis.measure.high)
    counts, _ = np.histogram(values, bins=edges)
    base, tallest = _PLACES[wave], int(counts.max())
    for low, high, n in zip(edges[:-1].tolist(), edges[1:].tolist(), counts.tolist(), strict=True):
        if n:
            below = "" if high == edges[-1] else "below "
            words = f"{number(low, 2).removesuffix('.00')} to {below}{number(high, 2).removesuffix('.00')}"
            label = f"{WHEN[wave].capitalize()}, {words}: {count(n, 'person', 'people')}"
            top = base + _STACK * n / tallest
            # A bar of a few people tells about them as a dot does: neither leaves.
            yield Bar(
                at=(low + high) / 2,
                start=base,
                end=top,
                kind=wave,
                along="y",
                label=label,
                group=_KEYS[wave],
                individual=True,
                width=0.9 * (high - low),
            )


def _edges(low: float, high: float) -> Floats:
    """Borders of about `_BINS` ranges of a round width, from the lowest to at least the highest possible score."""
    width = next((step for step in _STEPS if (high - low) / step <= _BINS), (high - low) / _BINS)
    n = math.ceil((high - low) / width)
    return np.array([low + width * place for place in range(n + 1)])


def _mean(basis: Basis, wave: str) -> Iterator[Mark]:
    key, at = _KEYS[wave], _PLACES[wave] - _MEAN
    row, decimals = basis.described[key], basis.decimals
    mean, low, high = row["mean"], row["ci_low"], row["ci_high"]
    if math.isfinite(low) and math.isfinite(high):
        words = f"95 % interval {interval(low, high, decimals)}"
        yield Interval(at, low, high, wave, along="x", label=words, group=key)
    text = number(mean, decimals)
    words = f"Mean {WHEN[wave]}: {text} {basis.measure.unit}, n = {int(row['n']):,}"
    yield Point(mean, at, wave, label=words, text=text, group=key)
