"""The chart of one person's OGRS: what each input adds, one below the other, from the start value to the sum."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from evalcore.figures.chart import Axis, Bar, Chart, Line, Mark, Panel
from evalcore.wording import joined, number

START, SUM = "Start value", "Sum"
_RAISES, _LOWERS, _WHOLE = "change", "aside", "step"
_LEGEND = ((_RAISES, "Higher"), (_LOWERS, "Lower"), (_WHOLE, "Start, sum"))
_HALF = 0.325
"""Half the width of a bar, in rows."""
_READ = (
    "Each bar begins where the one above it ends: to the right it makes the score higher, to the left lower. The sum is"
    " the logit of the chance: 0 is 50 %, +1 is 73 %, −1 is 27 %."
)


@dataclass(frozen=True)
class Waterfall:
    """A chart of one score, and the same in words for who does not see it."""

    chart: Chart
    words: str


def waterfall(label: str, terms: Mapping[str, float], score: str) -> Waterfall:
    """Draw what each input adds to the logit of one score.

    Parameters
    ----------
    label : str
        The score: "OGRS4/G, two years".
    terms : mapping of str to float
        The start value first, then what each input adds.
    score : str
        The score as displayed: "62.70 %".

    Examples
    --------
    >>> waterfall("OGRS3, two years", {"Start value": 2.0, "Age": -1.5, "Offence": 0.25}, "68 %").words
    'OGRS3, two years: a start value of +2.00, offence +0.25 and age −1.50; the sum, +0.75, is 68 %.'
    """
    total = math.fsum(terms.values())
    marks: list[Mark] = []
    reached = 0.0
    for place, (name, value) in enumerate(terms.items()):
        at = float(len(terms) - place)
        marks.append(_bar(name, at, reached, reached + value))
        reached += value
        marks.append(Line(((reached, at - _HALF), (reached, at - 1 + _HALF)), "person"))
    marks.append(_bar(SUM, 0.0, 0.0, total))
    rows = (*terms, SUM)
    ticks = tuple((float(len(terms) - place), name) for place, name in enumerate(rows))
    panel = Panel(
        Axis("Logit of the chance, added up (0 is 50 %)"), Axis("", -0.6, len(terms) + 0.6, ticks=ticks), tuple(marks)
    )
    chart = Chart(
        panels=(panel,),
        n=f"{label}: {score}",
        how_to_read=_READ,
        legend=tuple(one for one in _LEGEND if any(mark.kind == one[0] for mark in marks)),
        height=40 + 15 * len(rows),
    )
    return Waterfall(chart, _words(label, terms, total, score))


def _bar(name: str, at: float, start: float, end: float) -> Bar:
    kind = _WHOLE if name in (START, SUM) else _RAISES if end >= start else _LOWERS
    text = number(end - start, 2, signed=True)
    return Bar(at, start, end, kind, label=f"{name}: {text}", text=text, width=2 * _HALF)


def _words(label: str, terms: Mapping[str, float], total: float, score: str) -> str:
    """From the start value, what adds most first."""
    signed = {name: number(value, 2, signed=True) for name, value in terms.items()}
    order = sorted((name for name in terms if name != START), key=lambda name: -terms[name])
    parts = [f"{name[:1].lower()}{name[1:]} {signed[name]}" for name in order]
    begin = f"a start value of {signed[START]}, " if START in signed else ""
    return f"{label}: {begin}{joined(parts)}; the sum, {number(total, 2, signed=True)}, is {score}."
