"""The answers that a questionnaire offers, as they are drawn and merged: lower ones, the middle one, upper ones."""

from __future__ import annotations

from dataclasses import dataclass

from evalcore.instruments.instrument import Instrument
from evalcore.wording import lower_first

LOWER, MIDDLE, UPPER = "lower", "middle", "upper"
_DARKEST = 3
"""The kinds of marks know three steps on each side; further ones look like the third."""


@dataclass(frozen=True)
class Offered:
    """One answer, or several merged: which codes, what a reader reads, how it is drawn, and on which side it lies."""

    name: str
    codes: tuple[int, ...]
    label: str
    kind: str
    side: str


def single(instrument: Instrument) -> tuple[Offered, ...]:
    """Every answer by itself, from the lowest to the highest code.

    Examples
    --------
    >>> from evalcore.instruments import load_instrument
    >>> [answer.kind for answer in single(load_instrument("swemwbs"))]
    ['answer_low_2', 'answer_low_1', 'answer_middle', 'answer_high_1', 'answer_high_2']
    """
    codes = instrument.codes
    half = len(codes) // 2
    found = []
    for place, code in enumerate(codes):
        side = LOWER if place < half else UPPER if place >= len(codes) - half else MIDDLE
        steps = half - place if side == LOWER else place - (len(codes) - half) + 1
        kind = {
            LOWER: f"answer_low_{min(steps, _DARKEST)}",
            MIDDLE: "answer_middle",
            UPPER: f"answer_high_{min(steps, _DARKEST)}",
        }[side]
        found.append(Offered(f"answer_{code}", (code,), instrument.answers[code].label, kind, side))
    return tuple(found)


def merged(instrument: Instrument) -> tuple[Offered, ...]:
    """Lower and upper answers merged, with the middle one between them where there is one.

    Examples
    --------
    >>> from evalcore.instruments import load_instrument
    >>> [answer.label for answer in merged(load_instrument("gse"))]
    ['Not at all true or hardly true', 'Moderately true or exactly true']
    >>> [answer.label for answer in merged(load_instrument("uwes9"))][0]
    'Never to once a month or less'
    """
    kinds = {LOWER: "answer_low_2", MIDDLE: "answer_middle", UPPER: "answer_high_2"}
    found = []
    for side, kind in kinds.items():
        parts = [answer for answer in single(instrument) if answer.side == side]
        if parts:
            codes = tuple(code for answer in parts for code in answer.codes)
            found.append(Offered(side, codes, _label([answer.label for answer in parts]), kind, side))
    return tuple(found)


def _label(labels: list[str]) -> str:
    """One label as it is, two joined by "or", more by their ends."""
    if len(labels) == 1:
        return labels[0]
    return f"{labels[0]} {'or' if len(labels) == 2 else 'to'} {lower_first(labels[-1])}"
