"""The matched change with all pairs, and with those inside a chosen window of weeks."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evalcore.columns import MATCHED_PRE
from evalcore.findings.basis import Basis, files_of, source_of
from evalcore.findings.before_after.when.beside import (
    Part,
    change_words,
    changes_chart,
    changes_columns,
    changes_table,
    mean_words,
)
from evalcore.findings.before_after.when.times import (
    BETWEEN,
    COUNTED_INSIDE,
    COUNTED_OUTSIDE,
    INSIDE,
    NOT_BETWEEN,
    Window,
    gaps_of,
    time_groups,
    window_groups,
)
from evalcore.findings.finding import Column, Finding, OutsideForm
from evalcore.methods import definition
from evalcore.outcomes.paired import paired_change
from evalcore.outcomes.timing import window_words, within
from evalcore.wording import count, joined

_CAUTION = (
    "Pairs outside the window are set apart, not wrong. Choosing a window after seeing the results can make any change"
    " look larger: choose it by the plan."
)


def window_finding(basis: Basis, window: Window) -> Finding:
    """All pairs beside those inside the window; how many lie outside, and how many have no usable dates.

    Parameters
    ----------
    basis : Basis
    window : (float, float)
        Fewest and most weeks between before and after, both included.
    """
    found = gaps_of(basis)
    inside = within(basis.pairs, found, *window)
    parts = (
        Part("All pairs", MATCHED_PRE, basis.change),
        Part(window_words(*window), INSIDE, paired_change(inside, resamples=0)),
    )
    n_outside = len(found.weeks) - len(inside.matched)
    unusable = len(basis.pairs.matched) - len(found.weeks)
    title, sentence = _words(basis, parts, n_outside, unusable, window)
    outside_title, outside_sentence = _words_outside(basis, parts, window)
    counted = () if basis.site is None else ("asked", "matched")
    return Finding(
        id=basis.finding_id("window"),
        title=title,
        sentence=sentence,
        caution=_CAUTION,
        chart=changes_chart(basis, parts, outside=False),
        table=_table(parts, n_outside, unusable),
        columns=_columns(basis),
        groups={**basis.groups, **time_groups(basis), **window_groups(basis, inside, window)},
        trail=basis.trail,
        source=source_of(basis),
        files=files_of(basis),
        definition=definition("chosen_window", "weeks_between", "change", "sd", "change_interval"),
        outside=OutsideForm(
            name="",
            title=outside_title,
            sentence=outside_sentence,
            caution=_CAUTION,
            chart=changes_chart(basis, parts, outside=True),
            rests_on=(*(part.key for part in parts if part.n), *counted),
            rests_on_rows=(0, 1),
        ),
        by_site=basis.site is not None,
        of_staff=basis.measure.of_staff,
        notes=found.notes,
        topic=f"Inside and outside {window_words(*window)}: {basis.topic}",
    )


def _words(basis: Basis, parts: tuple[Part, Part], n_outside: int, unusable: int, window: Window) -> tuple[str, str]:
    name, who, what = basis.measure.short_name, basis.who, window_words(*window)
    everyone, inside = parts
    if not everyone.n:
        return (
            f"{name}, {who}: no pair, inside {what} or outside",
            f"Nobody among the {who} has a {name} score both before and after.",
        )
    lie = "none lies" if not inside.n else f"{inside.n:,} {'lies' if inside.n == 1 else 'lie'}"
    where = [f"{lie} inside {what}", f"{n_outside:,} outside" if n_outside else "none outside"]
    where += [f"{unusable:,} {'has' if unusable == 1 else 'have'} no usable dates"] if unusable else []
    counts = f"Of {count(everyone.n, 'pair', 'pairs')} among the {who}, {joined(where)}."
    if not inside.n:
        return f"{name}, {who}: no pair inside {what}", counts
    every = "the one pair" if everyone.n == 1 else f"all {everyone.n:,} pairs"
    title = f"{name}: mean change {mean_words(basis, everyone)} with {every}, "
    title += f"{mean_words(basis, inside)} with the {inside.n:,} inside {what}"
    changes = f"The mean change is {change_words(basis, everyone)} with all pairs and {change_words(basis, inside)}"
    return title, f"{counts} {changes} with those inside."


def _words_outside(basis: Basis, parts: tuple[Part, Part], window: Window) -> tuple[str, str]:
    """Nothing here says how many lie outside: the table does, as far as it may."""
    name, what = basis.measure.short_name, window_words(*window)
    everyone, inside = parts
    if not inside.n:
        title = f"{name}, {basis.who}: no change can be given inside {what}"
        return title, f"{title}."
    both = [change_words(basis, part, outside=True) for part in parts]
    title = f"{name}: mean change {mean_words(basis, everyone, outside=True)} with all pairs, "
    title += f"{mean_words(basis, inside, outside=True)} with those inside {what}"
    return title, f"The mean change in {name} is {both[0]} with all pairs and {both[1]} with those inside {what}."


def _table(parts: tuple[Part, Part], n_outside: int, unusable: int) -> pd.DataFrame:
    """A third row counts the pairs outside; those without usable dates stand beside all pairs."""
    table = changes_table(parts).astype({"n": float})
    outside = dict.fromkeys(table, np.nan) | {"which": "Outside", "n": float(n_outside)}
    table = pd.concat([table, pd.DataFrame([outside])], ignore_index=True)
    table.insert(2, "unusable", [float(unusable), np.nan, np.nan])
    return table


def _columns(basis: Basis) -> tuple[Column, ...]:
    known = ((), (BETWEEN,), (BETWEEN,))
    holders = ((), (COUNTED_INSIDE, COUNTED_OUTSIDE), (COUNTED_OUTSIDE, COUNTED_INSIDE))
    return (
        Column("which", "Which pairs", "label"),
        Column("n", "Pairs", "characteristic", groups=known, holders=holders),
        Column("unusable", "Without usable dates", "fieldwork", groups=((NOT_BETWEEN,), (), ())),
        *changes_columns(basis, ((MATCHED_PRE,), (INSIDE,), ())),
    )
