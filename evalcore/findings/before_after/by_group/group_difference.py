"""Whether groups changed otherwise than each other: the difference in change, as it is and adjusted for the start."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from evalcore.figures.chart import Axis, Band, Chart, Interval, Mark, Panel, Point
from evalcore.findings.basis import Basis, files_of, source_of
from evalcore.findings.before_after.by_group.group_columns import counted_as
from evalcore.findings.before_after.by_group.splits import Split, split_by
from evalcore.findings.finding import Column, Finding, Group, OutsideForm
from evalcore.methods import definition
from evalcore.outcomes.group_difference import (
    LEAST_PAIRS_A_GROUP,
    THE_REST,
    GroupDifference,
    Overall,
    difference_in_change,
)
from evalcore.wording import count, interval, number

WELCH, ADJUSTED = "as they changed", "at the same score before"
_KINDS = {WELCH: "change", ADJUSTED: "aside"}
_APART = 0.18
_DEFINITIONS = ("change", "change_difference", "change_adjusted", "change_overall", "holm_family")
_NUMBERS = ("difference", "ci_low", "ci_high", "t", "df", "p_value", "p_holm")
_TABLE = ("what", "method", "n_group", "n_other", *_NUMBERS)
_HELD_AGAINST = "held against "
_NOT_BY_CHANCE = "Who is in which group was not decided by chance, so a difference does not say what made it."
_CAUTION = (
    f"{_NOT_BY_CHANCE} Where the groups began at different scores the two estimates may disagree, and neither is then"
    " simply the right one."
)


@dataclass(frozen=True, eq=False)
class _Row:
    """One line of the table: what is compared, by which method, and the keys of the groups that it rests on."""

    what: str
    method: str
    sizes: tuple[float, float]
    numbers: tuple[float, ...]
    keys: tuple[str, ...]

    @property
    def drawn(self) -> bool:
        """Whether it is a difference, not a test of all groups at once, nor one that could not be computed."""
        return math.isfinite(self.numbers[0])

    @property
    def of_two(self) -> bool:
        """Whether it says how many pairs are held against how many."""
        return math.isfinite(self.sizes[0])


def group_difference_finding(basis: Basis, column: str | None = None) -> Finding:
    """Differences in change from 10 pairs a group on; else how many pairs each group lacks.

    Parameters
    ----------
    basis : Basis
    column : str, optional
        One of `columns_for(basis)`; None is the first of them.

    Raises
    ------
    UnknownNameError
        If these people can not be grouped by that column.
    """
    split = split_by(basis, column)
    found = difference_in_change(basis.pairs, split.labels)
    rows, groups = list(_rows(split, found)), split.groups(basis)
    title, sentence = _words(basis, split, found, rows, outside=False)
    outside_title, outside_sentence = _words(basis, split, found, rows, outside=True)
    told = [row for row in range(len(rows)) if rows[row].drawn]
    return Finding(
        id=basis.finding_id("group-difference"),
        title=title,
        sentence=sentence,
        caution=_CAUTION if told else _NOT_BY_CHANCE,
        chart=_chart(basis, split, rows, outside=False),
        table=_table(rows),
        columns=_columns(basis, split, rows),
        groups={**basis.groups, **groups, **_rest(basis, split, found, groups)},
        trail=basis.trail,
        source=source_of(basis),
        files=files_of(basis),
        definition=definition(*_DEFINITIONS),
        outside=OutsideForm(
            name="",
            title=outside_title,
            sentence=outside_sentence,
            caution=_CAUTION if told else _NOT_BY_CHANCE,
            chart=_chart(basis, split, rows, outside=True),
            rests_on=tuple(dict.fromkeys(key for row in told for key in rows[row].keys)),
            rests_on_rows=tuple(told),
        ),
        by_site=split.by_place,
        of_staff=basis.measure.of_staff,
        notes=_notes(split, found),
        topic=f"Difference in change by {split.words}, {basis.topic}",
    )


def _counted(key: str) -> tuple[str, str]:
    """Keys of those who are counted as one of the groups compared, and of those who are known to be of another."""
    return f"counted {key}", f"counted not {key}"


def _rest_key(split: Split, name: str) -> str:
    return f"{split.column}: compared with {name}"


def _rows(split: Split, found: GroupDifference) -> Iterator[_Row]:
    compared = [f"{split.column}: {name}" for name in found.n_pairs if name not in found.lacking]
    for line in found.comparisons.to_dict("records"):
        own = f"{split.column}: {line['group']}"
        other = _rest_key(split, line["group"]) if line["other"] == THE_REST else f"{split.column}: {line['other']}"
        what, sizes = f"{line['group']} minus {line['other']}", (line["n_group"], line["n_other"])
        for method, prefix in ((WELCH, ""), (ADJUSTED, "adjusted_")):
            numbers = tuple(float(line[f"{prefix}{name}"]) for name in _NUMBERS)
            yield _Row(what, method, sizes, numbers, (own, other))
    overall: tuple[tuple[str, Overall | None], ...] = ((WELCH, found.welch), (ADJUSTED, found.adjusted))
    for method, test in overall:
        if test is not None:
            numbers = (*(math.nan,) * 3, test.f, test.df2, test.p_value, math.nan)
            what = f"All groups at once: F with {test.df1:.0f} and df degrees of freedom"
            yield _Row(what, method, (math.nan, math.nan), numbers, tuple(compared))


def _table(rows: Sequence[_Row]) -> pd.DataFrame:
    lines = [(row.what, row.method, *row.sizes, *row.numbers) for row in rows]
    table = pd.DataFrame(lines, columns=list(_TABLE))
    return table.astype(dict.fromkeys(("n_group", "n_other", *_NUMBERS), float))


def _columns(basis: Basis, split: Split, rows: Sequence[_Row]) -> tuple[Column, ...]:
    decimals = basis.measure.decimals
    keys = tuple(row.keys for row in rows)
    known = tuple((split.known_key,) if row.of_two else () for row in rows)
    own, others = (tuple(_counted(row.keys[at]) if row.of_two else () for row in rows) for at in (0, 1))
    return (
        Column("what", "Difference in mean change", "label"),
        Column("method", "Compared", "label"),
        Column("n_group", "Pairs in the group", "characteristic", 0, known, own, follows="difference"),
        Column("n_other", "Pairs it is held against", "characteristic", 0, known, others, follows="difference"),
        Column("difference", "Difference", "mean", decimals, keys),
        Column("ci_low", "95 % interval from", "interval", decimals, keys),
        Column("ci_high", "to", "interval", decimals, keys),
        Column("t", "t or F", "test", 2, keys),
        Column("df", "df", "test", 1, keys),
        Column("p_value", "p", "test", 3, keys),
        Column("p_holm", "p, adjusted (Holm)", "test", 3, keys),
    )


def _rest(basis: Basis, split: Split, found: GroupDifference, groups: Mapping[str, Group]) -> dict[str, Group]:
    """Those whom each of three or more groups is held against."""
    comparisons = found.comparisons
    if not (comparisons["other"] == THE_REST).any():
        return {}
    compared = {name: groups[f"{split.column}: {name}"].people for name in comparisons["group"]}
    everyone = frozenset().union(*compared.values())
    rest = {}
    for name, own in compared.items():
        key = _rest_key(split, name)
        who = f"{basis.who}, {split.words}: {THE_REST} than {name}"
        others, known = everyone - own, groups[split.known_key].people
        rest[key] = Group(key, who, basis.measure.key, others)
        for counted, held, without in zip(_counted(key), (others, known - others), (False, True), strict=True):
            measure = counted_as(basis, split.column, f"{_HELD_AGAINST}{name}", without=without)
            rest[counted] = Group(counted, who, measure, held)
    return rest


def _notes(split: Split, found: GroupDifference) -> tuple[str, ...]:
    several = len(found.comparisons)
    family = (
        f"The family of the adjusted p values: the {several:,} comparisons by {split.words} in this table, each of the"
        " two methods by itself."
    )
    return (*found.notes, *((family,) if several > 1 else ()), *split.notes)


def _words(
    basis: Basis, split: Split, found: GroupDifference, rows: Sequence[_Row], *, outside: bool
) -> tuple[str, str]:
    name, who = basis.measure.short_name, basis.who
    title = f"{name}, {who}: difference in change by {split.words}"
    if not split.column:
        return f"{name}, {who}: no groups to compare", "No column splits these people into groups."
    if not rows:
        said = "" if outside else " ".join(note for note in found.notes)
        return f"{title}: too few pairs", said or f"A comparison needs {LEAST_PAIRS_A_GROUP} pairs in each group."
    by_method = {method: [row for row in rows if row.method == method and row.drawn] for method in _KINDS}
    if len(by_method[WELCH]) == 1:
        return _one(basis, split, by_method, outside)
    return _several(basis, split, by_method[WELCH], outside)


def _one(basis: Basis, split: Split, by_method: dict[str, list[_Row]], outside: bool) -> tuple[str, str]:
    """Two groups: the difference as it is, then adjusted."""
    row = by_method[WELCH][0]
    decimals = _decimals(basis, row, outside)
    title = f"{basis.measure.short_name} by {split.words}: mean change differs by"
    title += f" {number(row.numbers[0], decimals, signed=True)} {basis.measure.unit} ({row.what})"
    sentence = f"{row.what}: the mean change in {basis.measure.short_name} differs by"
    sentence += f" {_estimate(basis, row, decimals)}. {_side(row)}"
    for other in by_method[ADJUSTED]:
        sentence += f" Between people with the same score before it differs by {_estimate(basis, other, decimals)}."
    return title, sentence


def _several(basis: Basis, split: Split, rows: Sequence[_Row], outside: bool) -> tuple[str, str]:
    """Three groups or more: the lowest and the highest, each held against the others."""
    name, unit = basis.measure.short_name, basis.measure.unit
    ends = sorted(rows, key=lambda row: row.numbers[0])
    low, high = (number(row.numbers[0], _decimals(basis, row, outside), signed=True) for row in (ends[0], ends[-1]))
    said = "; ".join(
        f"{row.what} {_estimate(basis, row, _decimals(basis, row, outside))}" for row in (ends[-1], ends[0])
    )
    sentence = f"Each group's mean change in {name} held against that of all {THE_REST} taken together, highest and"
    sentence += f" lowest: {said}."
    known = [row for row in rows if math.isfinite(row.numbers[1])]
    if known:
        covering = len(known) - sum(map(_clear, known))
        sentence += f" Of {len(known)} intervals {covering or 'none'} {'covers' if covering < 2 else 'cover'} zero,"
        sentence += " before allowing for their number."
    return f"{name} by {split.words}: change from {low} to {high} {unit} beside that of {THE_REST}", sentence


def _decimals(basis: Basis, row: _Row, outside: bool) -> int:
    return basis.outside_decimals(int(min(row.sizes))) if outside else basis.decimals


def _estimate(basis: Basis, row: _Row, decimals: int) -> str:
    words = f"{number(row.numbers[0], decimals, signed=True)} {basis.measure.unit}"
    sizes = f"n = {row.sizes[0]:,.0f} and {row.sizes[1]:,.0f}"
    if not math.isfinite(row.numbers[1]):
        return f"{words} ({sizes})"
    return f"{words} (95 % interval {interval(row.numbers[1], row.numbers[2], decimals)}, {sizes})"


def _clear(row: _Row) -> bool:
    return row.numbers[1] > 0 or row.numbers[2] < 0


def _side(row: _Row) -> str:
    if not math.isfinite(row.numbers[1]):
        return "No interval can be given."
    if _clear(row):
        return "The interval does not cover zero."
    return "The interval covers zero: these answers do not tell in which group the change was higher."


def _chart(basis: Basis, split: Split, rows: Sequence[_Row], *, outside: bool) -> Chart | None:
    """Each difference as it is above, and adjusted for the start below it; None where there is none."""
    drawn = [(at, row) for at, row in enumerate(rows) if row.drawn]
    if not drawn:
        return None
    names = list(dict.fromkeys(_named(row) for _, row in drawn))
    places = {name: float(len(names) - 1 - at) for at, name in enumerate(names)}
    marks = [mark for at, row in drawn for mark in _difference(basis, row, at, places[_named(row)], outside)]
    unit, pairs = basis.measure.unit, count(basis.change.n_pairs, "matched pair", "matched pairs")
    return Chart(
        panels=(
            Panel(
                x=Axis(f"Difference in mean change ({unit})"),
                y=Axis("", ticks=tuple((place, name) for name, place in places.items())),
                marks=(Band(0.0, 0.0, along="x", label="no difference"), *marks),
            ),
        ),
        n=f"{basis.topic}: {pairs}, groups by {split.words} with {LEAST_PAIRS_A_GROUP} pairs or more",
        how_to_read=(
            "Each mark is how much more one group's mean score rose than the other's, the bar its 95 % interval: where"
            " it covers the line at zero, either group may have risen more. The lower mark of each two compares people"
            " with the same score before."
        ),
        legend=tuple((kind, method.capitalize()) for method, kind in _KINDS.items()),
        height=50 + 40 * len(names),
    )


def _named(row: _Row) -> str:
    return f"{row.what} (n = {row.sizes[0]:,.0f} and {row.sizes[1]:,.0f})"


def _difference(basis: Basis, row: _Row, at: int, place: float, outside: bool) -> Iterator[Mark]:
    kind, height = _KINDS[row.method], place + (_APART if row.method == WELCH else -_APART)
    decimals, n = _decimals(basis, row, outside), int(min(row.sizes))
    values = row.numbers[:3]
    if outside:
        values = tuple(basis.rounded(value, n) if math.isfinite(value) else value for value in values)
    text = number(values[0], decimals, signed=True)
    group = row.keys[0]
    if math.isfinite(values[1]):
        words = f"95 % interval {interval(values[1], values[2], decimals)}"
        yield Interval(height, values[1], values[2], kind, along="x", label=words, group=group, row=at)
    yield Point(values[0], height, kind, label=f"{row.what}, {row.method}: {text}", text=text, group=group, row=at)
