"""The published thresholds of change, each with its level; and a smallest change that matters beside the mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalcore.columns import MATCHED_PRE
from evalcore.errors import EvalcoreError
from evalcore.findings.basis import Basis, files_of, source_of
from evalcore.findings.before_after.error.judged import FELL, ROSE, Mask, both, change_measure, counted_groups, rose_by
from evalcore.findings.before_after.error.sources import change_rules, points
from evalcore.findings.before_after.limits.bound import LEAST_PAIRS_FOR_A_VERDICT, Bound, planned_bound
from evalcore.findings.finding import Column, Finding, OutsideForm
from evalcore.findings.summary import change_rests_on
from evalcore.instruments import load_instrument
from evalcore.instruments.instrument import GROUP, Threshold
from evalcore.methods import cited, definition
from evalcore.outcomes.pairs import Pairs
from evalcore.rules.thresholds import ThresholdRule
from evalcore.wording import count, interval, joined, lower_first, number

_NONE_KNOWN = "Without one, nothing here says how large a change must be to matter."
_CAUTION = (
    "A threshold for individuals is for one person's change, and never judges a mean: a mean of many people strays far"
    " less than one score does."
)


_NOT_HELD = (
    "The mean change is held only against a smallest change that is set with its reason: in the analysis plan, or under"
    " “Too small to matter?”."
)


@dataclass(frozen=True)
class _Row:
    """One threshold: what it is called, how far it is, and where it comes from."""

    key: str
    label: str
    points: float
    inclusive: bool
    level: str
    source: str
    caution: str = ""


def thresholds_finding(basis: Basis, choice: Bound | None = None) -> Finding:
    """Every published threshold with its level and source, and how many changed by that much.

    Parameters
    ----------
    basis : Basis
    choice : Bound, optional
        A smallest change of the mean that matters, held against the mean change if it has a reason. By default the one
        that the study's plan names, else one that was published for groups.

    Raises
    ------
    EvalcoreError
        If the typed threshold is not above 0.
    """
    held, whose = _held(basis, choice)
    rows = list(_rows(basis))
    if held is not None and whose:
        rows.append(_Row("", "Smallest change of the mean that matters", held.points, True, GROUP, whose))
    masks = _masks(rows, basis.pairs)
    n = {key: int(mask.sum()) for key, mask in masks.items()}
    measures = {key: change_measure(basis, ROSE if key.startswith(ROSE) else FELL) for key in masks}
    title, sentence = _words(basis, rows, held, outside=False)
    outside_title, outside_sentence = _words(basis, rows, held, outside=True)
    return Finding(
        id=basis.finding_id("thresholds"),
        title=title,
        sentence=sentence,
        caution=_CAUTION if rows else _NONE_KNOWN,
        chart=None,
        table=_table(rows, n),
        columns=_columns(rows),
        groups={**basis.groups, **counted_groups(basis, measures, lambda pairs: _masks(rows, pairs))},
        trail=basis.trail,
        source=source_of(basis),
        files=files_of(basis),
        definition=definition("threshold_in_points", "threshold_beside_mean", "change", "change_interval"),
        outside=OutsideForm(
            name="",
            title=outside_title,
            sentence=outside_sentence,
            caution=_CAUTION if rows else _NONE_KNOWN,
            chart=None,
            rests_on=() if held is None else change_rests_on(basis),
        ),
        by_site=basis.site is not None,
        of_staff=basis.measure.of_staff,
        notes=tuple(f"{row.label}: {lower_first(row.caution)}" for row in rows if row.caution),
        topic=f"Published thresholds of change: {basis.topic}",
    )


def _held(basis: Basis, choice: Bound | None) -> tuple[Bound | None, str]:
    """What may judge the mean, and who set it: typed with a reason, else by the plan, else published for groups."""
    if choice is not None:
        if not choice.points > 0:
            raise EvalcoreError("The smallest change that matters must be a number of points above 0.")
        return (choice, "Typed on this page, with a reason") if choice.reason.strip() else (None, "")
    planned = planned_bound(basis.scores.study, basis.measure)
    if planned is not None:
        return planned, "The analysis plan, with its reason"
    for one in load_instrument(basis.measure.instrument).thresholds:
        if one.level == GROUP and one.scale == basis.measure.scale and one.source.may_be_default:
            return Bound(one.high, f"{lower_first(one.label)}, {cited(one.source)}"), ""
    return None, ""


def _rows(basis: Basis) -> Iterator[_Row]:
    """The published thresholds of the measure; of a range both ends."""
    instrument, rules = load_instrument(basis.measure.instrument), change_rules(basis.measure.instrument)
    by_name = {(rule.name, rule.scale): rule for rule in rules.thresholds}
    for threshold in instrument.thresholds:
        if threshold.scale == basis.measure.scale:
            yield from _ends(threshold, by_name.get((threshold.name, threshold.scale)))


def _ends(threshold: Threshold, rule: ThresholdRule | None) -> Iterator[_Row]:
    ends = (
        {"": threshold.low}
        if threshold.low == threshold.high
        else {", lower end": threshold.low, ", upper end": threshold.high}
    )
    caution = (rule.caution if rule is not None else "") or threshold.caution
    inclusive = rule is not None and rule.inclusive
    for end, size in ends.items():
        label = f"{threshold.label}{end}"
        said = "" if end == ", upper end" else caution
        yield _Row(threshold.name + end, label, size, inclusive, threshold.level, cited(threshold.source), said)


def _masks(rows: Sequence[_Row], pairs: Pairs) -> dict[str, Mask]:
    """Who rose and who fell by each published threshold; one for the mean counts nobody."""
    found: dict[str, Mask] = {}
    for row in rows:
        if row.key:
            found[_counted(ROSE, row)] = rose_by(pairs, row.points, inclusive=row.inclusive)
            found[_counted(FELL, row)] = rose_by(pairs, row.points, inclusive=row.inclusive, down=True)
    return found


def _counted(direction: str, row: _Row) -> str:
    return f"{direction} by {row.key}"


def _table(rows: Sequence[_Row], n: Mapping[str, int]) -> pd.DataFrame:
    counts = {
        name: np.array([n.get(_counted(direction, row), np.nan) for row in rows], dtype=float)
        for name, direction in (("rose", ROSE), ("fell", FELL))
    }
    words = {
        "threshold": [row.label for row in rows],
        "size": [
            f"{points(row.points)} or more" if row.inclusive else f"more than {points(row.points)}" for row in rows
        ],
        "level": [row.level for row in rows],
    }
    labels = {name: pd.Series(values, dtype="str") for name, values in words.items()}
    return pd.DataFrame({**labels, **counts, "source": pd.Series([row.source for row in rows], dtype="str")})


def _columns(rows: Sequence[_Row]) -> tuple[Column, ...]:
    groups = tuple((MATCHED_PRE,) if row.key else () for row in rows)
    holders = {
        direction: tuple(both(_counted(direction, row)) if row.key else () for row in rows)
        for direction in (ROSE, FELL)
    }
    return (
        Column("threshold", "Threshold", "label"),
        Column("size", "Change (points)", "label"),
        Column("level", "Level", "label"),
        Column("rose", "Rose by that: people", "characteristic", 0, groups, holders[ROSE]),
        Column("fell", "Fell by that: people", "characteristic", 0, groups, holders[FELL]),
        Column("source", "Source and how far it can be trusted", "label"),
    )


def _words(basis: Basis, rows: Sequence[_Row], held: Bound | None, *, outside: bool) -> tuple[str, str]:
    """Which thresholds there are, whom they may judge, and the mean change beside the one that may judge it."""
    name, unit = basis.measure.short_name, basis.measure.unit
    published = [row for row in rows if row.key]
    n = count(len(published), "published threshold", "published thresholds")
    sizes = joined([f"{points(row.points)} {unit} ({row.level} level)" for row in published])
    known = (
        f"Published for {name}: {sizes}." if published else f"No threshold of change in {name} was found in a source."
    )
    if held is None:
        title = f"{name}: {n} of change, none for a mean" if published else f"{name}: no published threshold of change"
        return (
            title,
            f"{known} {_NOT_HELD}",
        )
    size = f"{points(held.points)} {unit}"
    title = f"{name}, {basis.who}: the mean change beside a smallest change that matters of {size}"
    return title, f"{_beside(basis, held, outside=outside)} {known}"


def _beside(basis: Basis, held: Bound, *, outside: bool) -> str:
    """The mean change with its interval beside the threshold for it; a verdict from 10 pairs on."""
    change, unit = basis.change, basis.measure.unit
    reason = "" if outside else f" (reason given: {held.reason.strip().rstrip('.')})"
    size = f"{points(held.points)} {unit} set as the smallest change that matters{reason}"
    if change.mean_change is None:
        return f"There is no mean change to hold against the {size}."
    decimals = basis.outside_decimals(change.n_pairs) if outside else basis.decimals
    mean = f"{number(change.mean_change, decimals, signed=True)} {unit}"
    start = f"The mean change is {mean} (n = {count(change.n_pairs, 'matched pair', 'matched pairs')}"
    if change.ci_low is None or change.ci_high is None:
        return f"{start}); it has no interval to hold against the {size}."
    start = f"{start}, 95 % interval {interval(change.ci_low, change.ci_high, decimals)})."
    if change.n_pairs < LEAST_PAIRS_FOR_A_VERDICT:
        return f"{start} With fewer than {LEAST_PAIRS_FOR_A_VERDICT} pairs it is not held against the {size}."
    return f"{start} {_where(change.ci_low, change.ci_high, held.points)} the {size}."


def _where(low: float, high: float, size: float) -> str:
    """Where an interval lies beside a size of change, on either side of zero."""
    if low >= size:
        return "The whole interval is a rise of at least"
    if high <= -size:
        return "The whole interval is a fall of at least"
    if -size < low and high < size:
        return "The whole interval is smaller, up or down, than"
    return "The interval holds changes both smaller and larger than"
