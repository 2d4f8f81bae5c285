"""How far the items of a scale agree at one wave, beside what was published about it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from evalcore.columns import PRE
from evalcore.figures.chart import Axis, Band, Chart, Mark, Panel, Point
from evalcore.findings.basis import Basis, files_of, source_of
from evalcore.findings.finding import LEAST_FOR_A_MEAN, ONE_DECIMAL_BELOW, Column, Finding, Group, OutsideForm
from evalcore.findings.questionnaires.answered import (
    WHEN,
    Answered,
    ItemName,
    answered_at,
    items_of,
    sides_of,
    wave_finding_id,
    whole_answered_at,
)
from evalcore.findings.questionnaires.item_groups import ITEM_COLUMNS, item_labels
from evalcore.findings.questionnaires.published import in_a_sentence, in_a_title, reliabilities_of
from evalcore.methods import definition
from evalcore.outcomes.consistency import LEAST_PEOPLE, Reliability, reliability
from evalcore.wording import count, interval, joined, number, rounded

_CAUTION = (
    "That items agree says nothing about whether they measure what they are meant to. An item that runs against the"
    " rest is named here, and never turned or left out."
)
_MEASURES = ("item_total", "item_rest", "alpha_if_dropped")
_AGAINST = -1e-10
"""An item-rest correlation below it is negative; rounding alone does not reach it."""


def consistency_finding(basis: Basis, wave: str = PRE) -> Finding:
    """Alpha, omega and item-rest correlations of this sample; below 30 complete rows the published values lead."""
    items, own = items_of(basis), answered_at(basis, wave)
    found = reliability(own.table(own.scored, [item.label for item in items]))
    groups = _groups(basis, wave, own, whole_answered_at(basis, wave))
    key = next(iter(groups))
    title, sentence = _words(basis, wave, found, told=True)
    told = found.n >= LEAST_FOR_A_MEAN
    outside_title, outside_sentence = _words(basis, wave, found, told=told)
    others = reliabilities_of(basis.measure)[1]
    return Finding(
        id=wave_finding_id(basis, "consistency", wave),
        title=title,
        sentence=sentence,
        caution=_CAUTION,
        chart=_chart(basis, wave, items, found, key, outside=False),
        table=_table(items, found),
        columns=_columns(len(items), key),
        groups={**basis.groups, **groups},
        trail=basis.trail,
        source=source_of(basis),
        files=files_of(basis),
        definition=definition("alpha", "feldt", "omega_total", "item_rest", "alpha_if_dropped", "sem"),
        outside=OutsideForm(
            name="values from 5 people on",
            title=outside_title,
            sentence=outside_sentence,
            caution=_CAUTION,
            chart=_chart(basis, wave, items, found, key, outside=True) if told else None,
            rests_on=(key,) if told else (),
        ),
        by_site=basis.site is not None,
        of_staff=basis.measure.of_staff,
        topic=f"How far the items agree {WHEN[wave]}: {basis.topic}",
        notes=(*found.notes, *((f"Also published: {in_a_sentence(others)}.",) if others else ())),
    )


def _groups(basis: Basis, wave: str, own: Answered, whole: Answered | None) -> dict[str, Group]:
    """Those who answered every item: beside a standard error and an SD of nearly the same people one score shows."""
    name = f"answered every item {WHEN[wave]}"
    return {
        prefix + name: Group(
            prefix + name,
            f"{prefix}{basis.who}, {name}",
            basis.measure.key,
            one.those(np.asarray(one.given.all(axis=1))),
        )
        for prefix, one in sides_of(own, whole)
    }


def _words(basis: Basis, wave: str, found: Reliability, *, told: bool) -> tuple[str, str]:
    """Title and sentence; `told` says whether the sample's own values may stand in them."""
    measure, when = basis.measure, WHEN[wave]
    leading, _ = reliabilities_of(measure)
    published = f"No published value of the reliability of the {measure.short_name} was found in a source."
    head = "no published reliability was found"
    if leading:
        published, head = f"Published: {in_a_sentence(leading)}.", in_a_title(leading)
    if not told:
        few = f"Too few people answered every item {when} for a value of their own."
        return f"{measure.short_name}: {head}", f"{published} {few}"
    if not found.n:
        title = f"{measure.short_name}: {head}; nobody answered every item {when}"
        return title, f"{published} Nobody among the {basis.who} answered every item {when}."
    sample = f"{_of_sample(basis, wave, found)}{_against(found)}"
    if found.n < LEAST_PEOPLE or found.alpha is None:
        here = "none can be given" if found.n >= LEAST_PEOPLE else "too few people to tell"
        title = f"{measure.short_name}: {head}; {here} among the {basis.who} {when} (n = {found.n:,})"
        return title, f"{published} {sample}"
    title = f"{measure.short_name} {when}, {basis.who}: alpha {_alpha(found)}"
    return title, f"{sample} {published}"


def _alpha(found: Reliability) -> str:
    words = number(found.alpha, 2)
    if found.alpha_ci_low is None or found.alpha_ci_high is None:
        return words
    return f"{words} (95 % interval {interval(found.alpha_ci_low, found.alpha_ci_high, 2)})"


def _of_sample(basis: Basis, wave: str, found: Reliability) -> str:
    """What this sample gives: alpha, omega, standard error, and how certain that is."""
    who = f"Among the {basis.who} who answered every item {WHEN[wave]} (n = {found.n:,})"
    if found.alpha is None:
        return f"{who}, no alpha can be given."
    parts = [f"alpha is {_alpha(found)}"]
    if found.omega_total is not None:
        parts.append(f"omega total {number(found.omega_total, 2)}")
    if found.sem is not None:
        parts.append(f"the standard error of measurement {number(found.sem, 1)} points of the sum")
    uncertain = ": very uncertain, because so few answered" if found.n < LEAST_PEOPLE else ""
    return f"{who}, {joined(parts)}{uncertain}."


def _against(found: Reliability) -> str:
    """Items whose correlation with the rest is negative, in words."""
    correlations = zip(found.items["item"].tolist(), found.items["item_rest"].tolist(), strict=True)
    against = [item for item, correlation in correlations if correlation < _AGAINST]
    if not against:
        return ""
    runs = "runs" if len(against) == 1 else "run"
    return f" {joined([f'“{item}”' for item in against])} {runs} against the other items."


def _table(items: Sequence[ItemName], found: Reliability) -> pd.DataFrame:
    return pd.DataFrame({**item_labels(items), **{name: found.items[name].to_numpy() for name in _MEASURES}})


def _columns(rows: int, key: str) -> tuple[Column, ...]:
    groups = ((key,),) * rows
    return (
        *ITEM_COLUMNS,
        Column("item_total", "Item-total correlation", "test", 2, groups),
        Column("item_rest", "Item-rest correlation", "test", 2, groups),
        Column("alpha_if_dropped", "Alpha without the item", "test", 2, groups),
    )


def _chart(
    basis: Basis, wave: str, items: Sequence[ItemName], found: Reliability, key: str, *, outside: bool
) -> Chart | None:
    """Each item's correlation with the rest beside a line at 0; None where none can be computed."""
    decimals = 1 if outside and found.n < ONE_DECIMAL_BELOW else 2
    values = found.items["item_rest"].tolist()
    marks: list[Mark] = [Band(0.0, 0.0, along="x", label="no agreement")]
    for row, (item, value) in enumerate(zip(items, values, strict=True)):
        if math.isfinite(value):
            place = rounded(value, decimals) if outside else value
            text = number(value, decimals)
            at = float(len(items) - 1 - row)
            marks.append(Point(place, at, wave, label=f"{item.label}: {text}", text=text, group=key, row=row))
    if len(marks) == 1:
        return None
    lowest = min(0.0, *(mark.x for mark in marks if isinstance(mark, Point)))
    ticks = tuple((float(len(items) - 1 - row), item.label) for row, item in enumerate(items))
    low = max(-1.05, math.floor(10 * lowest) / 10 - 0.1)
    return Chart(
        panels=(
            Panel(
                x=Axis("Correlation with the other items", low=low, high=1.15),
                y=Axis("", ticks=ticks),
                marks=tuple(marks),
            ),
        ),
        n=f"{basis.topic}: n = {count(found.n, 'person', 'people')} with every item answered {WHEN[wave]}",
        how_to_read=(
            "Each mark is the correlation of one item with the sum of the others. Left of the line at zero an item runs"
            " against the rest. With few people these values jump from sample to sample."
        ),
        height=40 + 15 * len(items),
    )
