"""Answers left out at one wave, by item and by person, and the same answer given throughout."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from evalcore.columns import INCOMPLETE, PRE, PRORATED
from evalcore.figures.chart import Axis, Bar, Chart, Panel
from evalcore.findings.basis import Basis, files_of, source_of
from evalcore.findings.dots import N_IN_TABLE
from evalcore.findings.finding import Finding, OutsideForm
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
from evalcore.outcomes.response_patterns import LeftOut, StraightLines, left_out, straight_lining
from evalcore.wording import count, lower_first

_CAUTION = (
    "Why an item was left out is not known. People who answered no item at all are not counted here; the trail has"
    " them."
)
_LEAST_OUTSIDE = 5
"""A picture of what was left out leaves only where some item was left out by so many."""
_NO_SCORE = {INCOMPLETE: "no score", PRORATED: "score from the items answered"}


def missing_finding(basis: Basis, wave: str = PRE) -> Finding:
    """How many answers are missing by item, and whom to look at."""
    items, own = items_of(basis), answered_at(basis, wave)
    table = own.table(own.codes, [item.label for item in items])
    gaps, lines = left_out(table), straight_lining(table)
    title, sentence = _words(basis, wave, own, gaps, lines)
    everyone = everyone_group(basis, own, wave)
    groups = {everyone.key: everyone, **item_groups(basis, wave, items, own, whole_answered_at(basis, wave), {})}
    return Finding(
        id=wave_finding_id(basis, "missing", wave),
        title=title,
        sentence=sentence,
        caution=_CAUTION,
        chart=_chart(basis, wave, items, own, everyone.key, outside=False),
        table=pd.DataFrame(
            {**item_labels(items), "answered": own.given.sum(axis=0), LEFT_OUT: (~own.given).sum(axis=0)}
        ),
        columns=(
            *ITEM_COLUMNS,
            item_column(items, "answered", "Answered", everyone.key, f"not {LEFT_OUT}"),
            item_column(items, LEFT_OUT, "Left out", everyone.key, LEFT_OUT),
        ),
        groups={**basis.groups, **groups},
        trail=basis.trail,
        source=source_of(basis),
        files=files_of(basis),
        definition=definition("left_out", "straight_lining"),
        outside=_outside(basis, wave, items, own, everyone.key, title),
        by_site=basis.site is not None,
        of_staff=basis.measure.of_staff,
        topic=_topic(basis, wave),
        notes=lines.notes,
        people=_people(items, own, lines),
    )


def _topic(basis: Basis, wave: str) -> str:
    return f"Items left out {WHEN[wave]}: {basis.topic}"


def _outside(
    basis: Basis, wave: str, items: Sequence[ItemName], own: Answered, everyone: str, title: str
) -> OutsideForm:
    """The words say only that nobody left anything out, and only where every count by item may be shown."""
    topic, complete = _topic(basis, wave), bool(own.given.all())
    return OutsideForm(
        name="counts by item that may be shown",
        title=title if complete else topic,
        sentence=f"{title}." if complete else f"{topic}. The counts that may be shown are in the table.",
        caution=_CAUTION,
        chart=_chart(basis, wave, items, own, everyone, outside=True),
        rests_on_rows=tuple(range(len(items))) if complete else (),
    )


def _words(basis: Basis, wave: str, own: Answered, gaps: LeftOut, lines: StraightLines) -> tuple[str, str]:
    name, who, when = basis.measure.short_name, basis.who, WHEN[wave]
    if not own.n:
        return f"{name}: nobody among the {who} answered {when}", f"Nobody among the {who} answered {name} {when}."
    straight = _straight(lines)
    if gaps.n_complete == own.n:
        title = f"{name} {when}, {who}: nobody left an item out"
        return (
            title,
            f"Nobody among the {who} who answered {name} {when} left an item out (n = {own.n:,}). {straight}".strip(),
        )
    some, unanswered = own.n - gaps.n_complete, int(gaps.people.sum())
    of_all = f"{unanswered} of {own.n * gaps.n_items:,} answers"
    title = f"{name} {when}, {who}: {some:,} of {own.n:,} left at least one item out"
    unscored = own.status.count(INCOMPLETE)
    rule = load_instrument(basis.measure.instrument).missing_rule()
    scores = f"{count(unscored, 'person', 'people')} of them {'has' if unscored == 1 else 'have'} no score"
    sentence = (
        f"{some:,} of the {own.n:,} {who} who answered {name} {when} left at least one item out, {of_all} in all;"
        f" {scores if unscored else 'all of them have a score'} (rule: {lower_first(rule.label)}). {straight}"
    )
    return title, sentence.strip()


def _straight(lines: StraightLines) -> str:
    """How many gave the same answer throughout: flagged, not set aside."""
    if lines.n_flagged is None or not lines.n_people:
        return ""
    if not lines.n_flagged:
        return "Nobody gave the same answer to every item."
    return (
        f"{count(lines.n_flagged, 'person', 'people')} gave the same answer to every item; nobody is set aside for it."
    )


def _people(items: Sequence[ItemName], own: Answered, lines: StraightLines) -> pd.DataFrame:
    """Everyone who left an item out or gave the same answer throughout, with what became of their score."""
    gaps, straight = ~own.given, set(lines.people.index)
    rows = []
    for place, name in enumerate(own.names):
        missing = np.flatnonzero(gaps[place]).tolist()
        if missing or name in straight:
            rows.append(
                (
                    name,
                    len(missing),
                    ", ".join(items[item].label for item in missing),
                    "yes" if name in straight else "no",
                    _NO_SCORE.get(own.status[place], "complete"),
                )
            )
    headings = ["Person", "Items left out", "Which", "Same answer to every item", "Score"]
    return pd.DataFrame(rows, columns=headings)


def _chart(
    basis: Basis, wave: str, items: Sequence[ItemName], own: Answered, everyone: str, *, outside: bool
) -> Chart | None:
    """A bar an item; None where nothing was left out and, outside, where only a few people left any item out."""
    missing = (~own.given).sum(axis=0).tolist()
    if max(missing, default=0) < (_LEAST_OUTSIDE if outside else 1):
        return None
    places = [float(len(items) - 1 - row) for row in range(len(items))]
    bars = tuple(
        Bar(
            at=at,
            start=0.0,
            end=float(n),
            kind=wave,
            label=f"{item.label}: {n:,} of {own.n:,} left it out",
            text=f"{n:,} of {own.n:,}" if n else "",
            group=everyone,
            row=row,
        )
        for row, (item, n, at) in enumerate(zip(items, missing, places, strict=True))
    )
    ticks = tuple((at, item.label) for at, item in zip(places, items, strict=True))
    n = f"n = {own.n:,} {WHEN[wave]}" if basis.site is None or not outside else N_IN_TABLE
    return Chart(
        panels=(
            Panel(
                x=Axis("People who left the item out", low=0.0, high=1.6 * max(missing)),
                y=Axis("", ticks=ticks),
                marks=bars,
            ),
        ),
        n=f"{basis.topic}: {n}",
        how_to_read="Each bar counts the people who answered at least one item and left this one out.",
        height=40 + 15 * len(items),
    )
