"""How people answered each item at one wave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalcore.columns import PRE
from evalcore.findings.basis import Basis, files_of, source_of
from evalcore.findings.dots import N_IN_TABLE
from evalcore.findings.finding import Column, Finding, OutsideForm
from evalcore.findings.questionnaires.answer_chart import Counts, answer_chart
from evalcore.findings.questionnaires.answer_codes import UPPER, Offered, merged, single
from evalcore.findings.questionnaires.answered import (
    WHEN,
    Answered,
    ItemName,
    answered_at,
    items_of,
    wave_finding_id,
    whole_answered_at,
)
from evalcore.findings.questionnaires.item_groups import (
    ITEM_COLUMNS,
    LEFT_OUT,
    everyone_group,
    item_column,
    item_groups,
    item_labels,
)
from evalcore.instruments import load_instrument
from evalcore.methods import definition
from evalcore.wording import count, joined, lower_first

_CAUTION = "One item alone says little: a questionnaire is read by its score."
_MOST_NAMED = 3
"""Items that share the most, or the fewest, upper answers are named up to so many."""
LONGEST_TITLE = 180
"""A title of more characters than these takes too many lines."""


def answers_finding(basis: Basis, wave: str = PRE) -> Finding:
    """Answers to each item as counts, and what may leave: lower and upper answers merged."""
    instrument = load_instrument(basis.measure.instrument)
    items, own, whole = items_of(basis), answered_at(basis, wave), whole_answered_at(basis, wave)
    offered, together = single(instrument), merged(instrument)
    counts = _counts(own, offered)
    title, sentence = _words(basis, wave, items, own, offered, counts)
    everyone = everyone_group(basis, own, wave)
    codes_of = {answer.name: answer.codes for answer in together}
    groups = {everyone.key: everyone, **item_groups(basis, wave, items, own, whole, codes_of)}
    return Finding(
        id=wave_finding_id(basis, "answers", wave),
        title=title,
        sentence=sentence,
        caution=_CAUTION,
        chart=answer_chart(
            items,
            offered,
            counts,
            n=f"{basis.topic}: n = {own.n:,} {WHEN[wave]}",
            groups=(everyone.key,) * len(items),
            with_n=True,
        ),
        table=_table(items, own, offered, counts, answered=True),
        columns=_own_columns(items, offered, everyone.key),
        groups={**basis.groups, **groups},
        trail=basis.trail,
        source=source_of(basis),
        files=files_of(basis),
        definition=definition("item_answers", "left_out"),
        outside=_outside(basis, wave, items, own, together, everyone.key),
        by_site=basis.site is not None,
        of_staff=basis.measure.of_staff,
        topic=f"Answers to each item {WHEN[wave]}: {basis.topic}",
    )


def _counts(own: Answered, offered: Sequence[Offered]) -> Counts:
    """People by item and answer."""
    by_answer = [np.isin(own.codes, answer.codes).sum(axis=0) for answer in offered]
    return np.stack(by_answer, axis=1).astype(np.int64)


def _table(
    items: Sequence[ItemName], own: Answered, offered: Sequence[Offered], counts: Counts, *, answered: bool
) -> pd.DataFrame:
    columns: dict[str, object] = {**item_labels(items)}
    if answered:
        columns["answered"] = counts.sum(axis=1)
    columns |= {answer.name: counts[:, place] for place, answer in enumerate(offered)}
    columns[LEFT_OUT] = own.n - counts.sum(axis=1)
    return pd.DataFrame(columns)


def _own_columns(items: Sequence[ItemName], offered: Sequence[Offered], everyone: str) -> tuple[Column, ...]:
    groups = ((everyone,),) * len(items)
    return (
        *ITEM_COLUMNS,
        Column("answered", "People who answered it", "characteristic", groups=groups),
        *(Column(answer.name, answer.label, "characteristic", groups=groups) for answer in offered),
        Column(LEFT_OUT, "Left out", "characteristic", groups=groups),
    )


def _outside(
    basis: Basis, wave: str, items: Sequence[ItemName], own: Answered, together: Sequence[Offered], everyone: str
) -> OutsideForm:
    """Lower and upper answers merged; the words hold no count of answers, so that they are true whatever is hidden."""
    counts = _counts(own, together)
    number = "three" if len(together) > 2 else "two"
    n = f"n = {own.n:,} {WHEN[wave]}" if basis.site is None else N_IN_TABLE
    return OutsideForm(
        name=f"answers merged into {number}",
        title=f"{basis.measure.short_name}, {basis.who}: answers to each item {WHEN[wave]}",
        sentence=(
            f"How the {basis.who} answered each item of the {basis.measure.short_name} {WHEN[wave]}, the answers merged"
            f" into {number}: the counts that may be shown are in the table."
        ),
        caution=_CAUTION,
        chart=answer_chart(
            items, together, counts, n=f"{basis.topic}: {n}", groups=(everyone,) * len(items), with_n=False
        ),
        table=_table(items, own, together, counts, answered=False),
        columns=(
            *ITEM_COLUMNS,
            *(item_column(items, answer.name, answer.label, everyone, answer.name) for answer in together),
            item_column(items, LEFT_OUT, "Left out", everyone, LEFT_OUT),
        ),
    )


def _words(
    basis: Basis, wave: str, items: Sequence[ItemName], own: Answered, offered: Sequence[Offered], counts: Counts
) -> tuple[str, str]:
    """On which items most and fewest gave an upper answer, on the evaluator's own screen."""
    name, who, when = basis.measure.short_name, basis.who, WHEN[wave]
    if not own.n:
        return f"{name}: nobody among the {who} answered {when}", f"Nobody among the {who} answered {name} {when}."
    answered = counts.sum(axis=1)
    upper = counts[:, [answer.side == UPPER for answer in offered]].sum(axis=1)
    shares = {place: up / n for place, (up, n) in enumerate(zip(upper, answered, strict=True)) if n}
    most, fewest = max(shares.values()), min(shares.values())
    label = lower_first(merged(load_instrument(basis.measure.instrument))[-1].label)
    about = f"Among the {who} who answered {name} {when} (n = {own.n:,})"
    if most == fewest:
        title = f"{name} {when}, {who}: upper answers equally often on every item"
        return title, f"{about}, upper answers ({label}) were equally frequent on every item."
    ends = [[place for place, one in shares.items() if one == share] for share in (most, fewest)]
    named = [_Named(items, upper, answered, places) for places in ends]
    often, seldom = (one.each for one in named)
    return (
        f"{name} {when}, {who}: {_short(named, LONGEST_TITLE - len(f'{name} {when}, {who}: '))}",
        f"{about}, upper answers ({label}) came most often on {often}, least often on {seldom}.",
    )


def _short(named: Sequence[_Named], room: int) -> str:
    """Where upper answers came most and least often, with as many items named as there is room for."""
    words = ""
    for at_most in range(_MOST_NAMED, -1, -1):
        often, seldom = (one.together(at_most) for one in named)
        words = f"upper answers most often on {often}, least often on {seldom}"
        if len(words) <= room:
            break
    return words


@dataclass(frozen=True, eq=False)
class _Named:
    """Items with the same share of upper answers, as words name them."""

    items: Sequence[ItemName]
    upper: Counts
    answered: Counts
    places: Sequence[int]

    @property
    def each(self) -> str:
        """Each with its own count, or how many they are."""
        if len(self.places) > _MOST_NAMED:
            return f"{len(self.places)} of the items alike"
        return joined([f"“{self.items[place].keyword}” ({self._of(place)})" for place in self.places])

    def together(self, at_most: int) -> str:
        """Up to so many by name, with the count that they share; how many they are where they are more."""
        keywords = [f"“{self.items[place].keyword}”" for place in self.places]
        words = joined(keywords) if len(keywords) <= at_most else count(len(keywords), "item", "items")
        shared = {self._of(place) for place in self.places}
        return f"{words} ({shared.pop()})" if len(shared) == 1 else words

    def _of(self, place: int) -> str:
        return f"{self.upper[place]:,} of {self.answered[place]:,}"
