"""The matched change group by group: by site, role, sex, or a column kept from the file."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import pandas as pd

from evalcore.columns import MATCHED_PRE
from evalcore.figures.chart import Axis, Band, Chart, Interval, Line, Mark, Panel, Point
from evalcore.findings.basis import Basis, files_of, source_of
from evalcore.findings.before_after.by_group.group_columns import MOST_GROUPS
from evalcore.findings.before_after.by_group.splits import PAIRS_IN_WORDS, Split, split_by
from evalcore.findings.finding import LEAST_FOR_A_MEAN, Column, Finding, OutsideForm
from evalcore.methods import definition
from evalcore.outcomes.subgroups import LEAST_PAIRS_FOR_AN_INTERVAL, subgroup_changes
from evalcore.wording import count, interval, joined, number

EVERYONE = "All pairs"
FEW = 30
"""Below this many pairs in a group the words say that such groups differ by chance."""

_MOST_TOLD = 6
_DEFINITIONS = ("change", "sd", "subgroup_change", "paired_t", "holm_family", "groups_kept")
_NUMBERS = ("mean_pre", "mean_post", "mean_change", "sd_change", "ci_low", "ci_high", "t", "df", "p_value")
_CAUTION = (
    "Who is in which group was not decided by chance. An interval that covers zero in one group and not in another does"
    " not show that the groups differ: that takes the difference itself, which stands below."
)
_NO_COLUMN = (
    f"No column splits these people into 2 to {MOST_GROUPS} groups. A case file with site or sex would, or a column"
    " that is kept when a file is added."
)


def by_group_finding(basis: Basis, column: str | None = None) -> Finding:
    """The mean change of each group with its interval, all pairs above them, Holm over the groups.

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
    table = _table(basis, split)
    drawn = [row for row in range(1, len(table)) if table["n"].iloc[row] >= LEAST_PAIRS_FOR_AN_INTERVAL]
    large = [row for row in drawn if table["n"].iloc[row] >= LEAST_FOR_A_MEAN]
    title, sentence = _words(basis, split, table, drawn, outside=False)
    outside_title, outside_sentence = _words(basis, split, table, large, outside=True)
    return Finding(
        id=basis.finding_id("by-group"),
        title=title,
        sentence=sentence,
        caution=_CAUTION,
        chart=_chart(basis, split, table, drawn, outside=False),
        table=table,
        columns=_columns(basis, split),
        groups={**basis.groups, **split.groups(basis)},
        trail=basis.trail,
        source=source_of(basis),
        files=files_of(basis),
        definition=definition(*_DEFINITIONS),
        outside=OutsideForm(
            name="without the number who answered before",
            title=outside_title,
            sentence=outside_sentence,
            caution=_CAUTION,
            chart=_chart(basis, split, table, drawn, outside=True),
            rests_on=tuple(split.keys[row - 1] for row in large),
            rests_on_rows=tuple(large),
            # How many answered before, beside the pairs, would tell how few of a group left.
            table=table.assign(n_before=math.nan),
        ),
        by_site=split.by_place,
        of_staff=basis.measure.of_staff,
        notes=_notes(split, table),
        topic=f"Change by {split.words}, {basis.topic}",
    )


def _table(basis: Basis, split: Split) -> pd.DataFrame:
    """All pairs first, then the groups by their labels."""
    found = subgroup_changes(basis.pairs, split.labels).rename(columns={"n_pairs": "n"})
    change = basis.change
    everyone = {name: getattr(change, name) for name in _NUMBERS}
    first = {"group": EVERYONE, "n": change.n_pairs, "n_before": basis.groups["all pre"].n, **everyone}
    table = pd.concat([pd.DataFrame([first]), found.drop(columns="notes")], ignore_index=True)
    return table.astype(dict.fromkeys((*_NUMBERS, "p_holm"), float) | {"n": int, "n_before": int})


def _columns(basis: Basis, split: Split) -> tuple[Column, ...]:
    decimals = basis.measure.decimals
    own = ((MATCHED_PRE,), *((key,) for key in split.keys))
    nobody = ((),) * len(own)
    return (
        Column("group", split.label, "label"),
        Column("n", "Pairs", "characteristic", None, split.counted_groups, split.holders, split.leader),
        Column("n_before", "Answered before", "characteristic", groups=nobody),
        Column("mean_pre", "Mean before", "mean", decimals, own),
        Column("mean_post", "Mean after", "mean", decimals, own),
        Column("mean_change", "Mean change", "mean", decimals, own),
        Column("sd_change", "SD of the changes", "sd", decimals, own),
        Column("ci_low", "95 % interval from", "interval", decimals, own),
        Column("ci_high", "to", "interval", decimals, own),
        Column("t", "t", "test", 2, own),
        Column("df", "df", "test", 0, own),
        Column("p_value", "p", "test", 3, own),
        Column("p_holm", "p, adjusted (Holm)", "test", 3, own),
    )


def _notes(split: Split, table: pd.DataFrame) -> tuple[str, ...]:
    """The family, and why numbers are missing."""
    tests = int(table["p_holm"].notna().sum())
    family = (
        f"The family of the adjusted p values: the changes of the groups by {split.words} in this table,"
        f" {count(tests, 'test', 'tests')}. All pairs together are not among them."
    )
    few = "No interval and no test below 3 pairs, or where all changes are equal."
    return (*((family,) if tests else ()), few, *split.notes)


def _words(basis: Basis, split: Split, table: pd.DataFrame, told: Sequence[int], *, outside: bool) -> tuple[str, str]:
    """Title and sentence about the rows in `told`."""
    name, who = basis.measure.short_name, basis.who
    title = f"{name}, {who}: change by {split.words}"
    if not split.column:
        return f"{name}, {who}: no groups to show", _NO_COLUMN
    if not told:
        if outside:
            # That each group has fewer than so many, beside all pairs, could tell how many each has.
            return title, "What may be shown stands in the table."
        least = LEAST_PAIRS_FOR_AN_INTERVAL
        return f"{title}: too few pairs in each group", f"No group has {least} pairs.{_too_small(split, table)}"
    ordered = sorted(told, key=lambda row: float(table["mean_change"].iloc[row]))
    low, high = (_mean(basis, table, row, outside) for row in (ordered[0], ordered[-1]))
    if len(told) == 1:
        others = "" if outside else "; no other group is large enough to show"
        title = f"{name} by {split.words}: mean change {low}{others}"
    else:
        title = f"{name} by {split.words}: mean change from {low} to {high}"
    kept = ordered[::-1] if len(told) <= _MOST_TOLD else [ordered[-1], ordered[0]]
    said = "; ".join(_part(basis, table, row, outside) for row in kept)
    which = "" if len(told) <= _MOST_TOLD else ", highest and lowest"
    sentence = f"Mean change in {name}, after minus before, among the {who} by {split.words}{which}: {said}."
    if min(int(table["n"].iloc[row]) for row in told) < FEW and len(told) > 1:
        sentence += " Groups this small differ by chance."
    return title, sentence if outside else sentence + _too_small(split, table) + split.blank


def _too_small(split: Split, table: pd.DataFrame) -> str:
    few = [row for row in range(1, len(table)) if table["n"].iloc[row] < LEAST_PAIRS_FOR_AN_INTERVAL]
    if not few:
        return ""
    names = [f"{table['group'].iloc[row]} ({PAIRS_IN_WORDS[int(table['n'].iloc[row])]})" for row in few]
    return f" Too few pairs to draw: {joined(names)}."


def _mean(basis: Basis, table: pd.DataFrame, row: int, outside: bool) -> str:
    n = int(table["n"].iloc[row])
    decimals = basis.outside_decimals(n) if outside else basis.decimals
    return f"{number(float(table['mean_change'].iloc[row]), decimals, signed=True)} ({table['group'].iloc[row]})"


def _part(basis: Basis, table: pd.DataFrame, row: int, outside: bool) -> str:
    line = table.iloc[row]
    n = int(line["n"])
    decimals = basis.outside_decimals(n) if outside else basis.decimals
    words = f"{number(float(line['mean_change']), decimals, signed=True)} {basis.measure.unit}"
    if not math.isfinite(float(line["ci_low"])):
        return f"{line['group']} {words} (n = {n:,})"
    return f"{line['group']} {words} (95 % interval {interval(line['ci_low'], line['ci_high'], decimals)}, n = {n:,})"


def _chart(basis: Basis, split: Split, table: pd.DataFrame, drawn: Sequence[int], *, outside: bool) -> Chart | None:
    """On the left each group's means before and after, on the right its mean change; all pairs stand on top."""
    if not drawn:
        return None
    rows = [0, *drawn]
    keys = {0: MATCHED_PRE, **{row: split.keys[row - 1] for row in drawn}}
    places = {row: float(len(rows) - 1 - at) for at, row in enumerate(rows)}
    names = tuple((places[row], f"{table['group'].iloc[row]} (n = {int(table['n'].iloc[row]):,})") for row in rows)
    lines = [(row, places[row], keys[row], table.iloc[row]) for row in rows]
    means = [mark for one in lines for mark in _means(basis, *one, outside=outside)]
    changes = [mark for one in lines for mark in _change(basis, *one, outside=outside)]
    measure = basis.measure
    return Chart(
        panels=(
            Panel(Axis(f"Mean {measure.short_name} ({measure.unit})"), Axis("", ticks=names), tuple(means), "Means"),
            Panel(
                Axis(f"Mean change ({measure.unit})"),
                Axis("", ticks=tuple((place, "") for place, _ in names), visible=False),
                (Band(0.0, 0.0, along="x", label="no change"), *changes),
                "Change",
            ),
        ),
        n=f"{basis.topic}: {count(basis.change.n_pairs, 'matched pair', 'matched pairs')} by {split.words}",
        how_to_read=(
            "Each row is one group. On the left its means before and after, on the right its mean change with the 95 %"
            " interval: where that covers the line at zero, a fall is as compatible with the answers as a rise. Long"
            " bars belong to small groups."
        ),
        legend=(("pre", "Before"), ("post", "After"), ("change", "Change")),
        height=50 + 24 * len(rows),
    )


def _means(basis: Basis, row: int, place: float, key: str, line: pd.Series, *, outside: bool) -> Iterator[Mark]:
    n = int(line["n"])
    decimals = basis.outside_decimals(n) if outside else basis.decimals
    ends = [float(line[name]) for name in ("mean_pre", "mean_post")]
    if outside:
        ends = [basis.rounded(end, n) for end in ends]
    yield Line(((ends[0], place), (ends[1], place)), "change", group=key, row=row)
    for kind, when, end in (("pre", "before", ends[0]), ("post", "after", ends[1])):
        label = f"{line['group']}: mean {when} {number(end, decimals)} (n = {n:,})"
        yield Point(end, place, kind, label=label, group=key, row=row)


def _change(basis: Basis, row: int, place: float, key: str, line: pd.Series, *, outside: bool) -> Iterator[Mark]:
    n = int(line["n"])
    decimals = basis.outside_decimals(n) if outside else basis.decimals
    mean, low, high = (float(line[name]) for name in ("mean_change", "ci_low", "ci_high"))
    if outside:
        mean, low, high = (basis.rounded(value, n) if math.isfinite(value) else value for value in (mean, low, high))
    if math.isfinite(low) and math.isfinite(high):
        words = f"95 % interval {interval(low, high, decimals)}"
        yield Interval(place, low, high, "change", along="x", label=words, group=key, row=row)
    text = number(mean, decimals, signed=True)
    label = f"{line['group']}: mean change {text} (n = {n:,})"
    yield Point(mean, place, "change", label=label, text=text, group=key, row=row)
