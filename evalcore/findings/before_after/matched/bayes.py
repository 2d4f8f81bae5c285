"""The Bayes factor of the matched change under three priors, in words; from 10 pairs on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from evalcore.columns import MATCHED_PRE
from evalcore.findings.basis import Basis, files_of, source_of
from evalcore.findings.finding import Column, Finding, OutsideForm
from evalcore.findings.summary import change_rests_on
from evalcore.methods import definition
from evalcore.outcomes.bayes import LEAST_PAIRS_TO_READ, MEDIUM, NARROW, WIDE, BayesFactor, bayes_factor
from evalcore.wording import count

_PRIORS = {"Medium": MEDIUM, "Wider": WIDE, "Narrower": NARROW}
_LARGE = 1_000
"""Beyond it a factor is written as "more than"."""

_LARGEST = 1_000_000
"""Beyond it a factor is not in the table."""

_CAUTION = (
    "It weighs two ideas against each other: no change at all, and a change of a size that the prior holds possible. It"
    " does not say how probable a change is or what brought it about, and it speaks of the matched people alone."
)
_HOW = (
    "Each row is one prior: which sizes of change are held possible before any answer is seen. 1 would mean that the"
    " changes fit both ideas alike."
)


def bayes_finding(basis: Basis) -> Finding:
    """How many times as likely the changes are under a change as under none, and how far the prior decides that."""
    n = basis.change.n_pairs
    found = [bayes_factor(basis.pairs, scale=scale) for scale in _PRIORS.values()] if n >= LEAST_PAIRS_TO_READ else []
    factors = [one.bf10 for one in found]
    title, sentence = _words(basis, factors)
    return Finding(
        id=basis.finding_id("bayes"),
        title=title,
        sentence=sentence,
        caution=_CAUTION,
        chart=None,
        table=_table(n, factors),
        columns=_columns(),
        groups=basis.groups,
        trail=basis.trail,
        source=source_of(basis),
        files=files_of(basis),
        definition=definition("bayes_factor", "bayes_prior"),
        outside=OutsideForm("", title, sentence, _CAUTION, None, rests_on=change_rests_on(basis)),
        by_site=basis.site is not None,
        of_staff=basis.measure.of_staff,
        notes=_notes(found),
        topic=f"Bayes factor of the change: {basis.topic}",
    )


def _words(basis: Basis, factors: Sequence[float | None]) -> tuple[str, str]:
    who, n = basis.topic, basis.change.n_pairs
    if n < LEAST_PAIRS_TO_READ:
        more = LEAST_PAIRS_TO_READ - n
        return (
            f"{who}: {count(more, 'more pair', 'more pairs')} needed for a Bayes factor",
            f"A Bayes factor is given from {LEAST_PAIRS_TO_READ} pairs on, and there {_are(n)}: with fewer it says"
            " little more than the prior that was chosen.",
        )
    kept = [factor for factor in factors if factor is not None]
    if len(kept) < len(factors):
        return (
            f"{who}: no Bayes factor can be given",
            f"Among {n:,} pairs no Bayes factor can be given; the note at the table says why.",
        )
    medium, wide, narrow = (_compared(factor) for factor in kept)
    title = f"{who}: the changes are {medium} (medium prior)"
    sentence = (
        f"Among {n:,} pairs, the changes are {medium}, with the medium prior (scale {MEDIUM}). With a wider prior"
        f" (scale {WIDE:g}) they are {wide}, with a narrower one (scale {NARROW:g}) {narrow}."
    )
    turns = min(kept) < 1 < max(kept)
    return title, f"{sentence} Which of the two they fit better depends on the prior." if turns else sentence


def _are(n: int) -> str:
    return {0: "is none", 1: "is 1"}.get(n, f"are {n}")


def _compared(factor: float) -> str:
    """Which of the two ideas the changes fit better, and how many times.

    >>> _compared(17.26), _compared(0.31)
    ('17 times as likely under a change as under none', '3.2 times as likely under no change as under one')
    """
    times = _times(factor if factor >= 1 else 1 / factor)
    if times == "1.0 times":
        return "as likely under a change as under none"
    return f"{times} as likely under {'a change as under none' if factor >= 1 else 'no change as under one'}"


def _times(factor: float) -> str:
    """Write a factor from 1 on with two digits.

    >>> _times(1.06), _times(17.26), _times(338.4), _times(1e164)
    ('1.1 times', '17 times', '340 times', 'more than 1,000 times')
    """
    if factor > _LARGE:
        return f"more than {_LARGE:,} times"
    return f"{factor:.1f} times" if factor < 9.95 else f"{float(f'{factor:.2g}'):,.0f} times"


def _table(n: int, factors: Sequence[float | None]) -> pd.DataFrame:
    """One row a prior; without enough pairs only their number."""
    given = np.array(factors or [None] * len(_PRIORS), dtype=float)
    labels = [f"{name}, scale {scale:g}" for name, scale in _PRIORS.items()]
    return pd.DataFrame({"prior": labels, "n": n, "bf10": np.where(given <= _LARGEST, given, np.nan)})


def _columns() -> tuple[Column, ...]:
    groups = ((MATCHED_PRE,),) * len(_PRIORS)
    return (
        Column("prior", "Prior on d_z", "label"),
        Column("n", "Pairs", "fieldwork", groups=groups),
        Column("bf10", "Bayes factor: a change against none", "test", 2, groups),
    )


def _notes(found: Sequence[BayesFactor]) -> tuple[str, ...]:
    beyond = any(one.bf10 is not None and one.bf10 > _LARGEST for one in found)
    large = (f"A factor beyond {_LARGEST:,} is left out of the table: its size says nothing more.",) if beyond else ()
    return tuple(dict.fromkeys((_HOW, *large, *(note for one in found for note in one.notes))))
