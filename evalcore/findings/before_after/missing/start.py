"""How those who stayed and those who left differed at the start, role by role, site by site, sex by sex."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from evalcore.columns import SITE
from evalcore.findings.basis import CONTEXT, Basis, files_of, source_of
from evalcore.findings.before_after.by_group.group_columns import counted_as
from evalcore.findings.before_after.missing.leavers import LEFT, STAYED
from evalcore.findings.before_after.missing.start_chart import start_chart
from evalcore.findings.before_after.missing.start_rows import (
    Labels,
    StartRow,
    labels_by_column,
    notes_of,
    rows_of,
    table_of,
)
from evalcore.findings.before_after.missing.start_words import title_and_sentence
from evalcore.findings.finding import Column, Finding, Group, OutsideForm
from evalcore.methods import definition
from evalcore.wording import lower_first

_DEFINITIONS = ("stayed_left", "start_by_group", "sd", "no_test_of_leavers")
_CAUTION = (
    "Who is in which group was not decided by chance, and the same person stands in several rows. Small groups differ"
    " by chance; that two groups look alike here does not show that nothing set those who left apart."
)


def start_finding(basis: Basis) -> Finding:
    """The difference in the score before, stayed minus left, of everyone and group by group, with its interval."""
    labels = labels_by_column(basis)
    rows = rows_of(basis, labels)
    leaving = [row for row in rows if row.column != SITE]
    title, sentence = title_and_sentence(basis, rows, outside=False)
    outside_title, outside_sentence = title_and_sentence(basis, leaving, outside=True)
    by_site = len(leaving) < len(rows)
    return Finding(
        id=basis.finding_id("start"),
        title=title,
        sentence=sentence,
        caution=_CAUTION,
        chart=start_chart(basis, rows, outside=False),
        table=table_of(rows),
        columns=_columns(basis, rows),
        groups={**basis.groups, **_groups(basis, labels, leaving)},
        trail=basis.trail,
        source=source_of(basis),
        files=files_of(basis),
        definition=definition(*_DEFINITIONS),
        outside=OutsideForm(
            name="without the rows by site: choose a site, and its own figures may leave" if by_site else "",
            title=outside_title,
            sentence=outside_sentence,
            caution=_CAUTION,
            chart=start_chart(basis, leaving, outside=True),
            rests_on=_rests_on(basis, rows[0]),
            table=table_of(leaving) if by_site else None,
            columns=_columns(basis, leaving) if by_site else (),
        ),
        by_site=basis.site is not None,
        of_staff=basis.measure.of_staff,
        notes=notes_of(basis, labels),
        topic=f"Those who stayed and left at the start: {basis.topic}",
    )


def _columns(basis: Basis, rows: Sequence[StartRow]) -> tuple[Column, ...]:
    """At a site people are counted as fieldwork, else as having what the row names. Rows by site never leave."""
    decimals = basis.measure.decimals
    own = {side: tuple((row.key(side),) if row.column != SITE else () for row in rows) for side in (STAYED, LEFT)}
    both = tuple(row.keys if row.column != SITE else () for row in rows)
    return (
        Column("by", "By", "label"),
        Column("group", "Which", "label"),
        _counted(basis, rows, STAYED, "Stayed: people"),
        Column("mean_stayed", "Stayed: mean before", "mean", decimals, own[STAYED]),
        Column("sd_stayed", "Stayed: SD", "sd", decimals, own[STAYED]),
        _counted(basis, rows, LEFT, "Left: people"),
        Column("mean_left", "Left: mean before", "mean", decimals, own[LEFT]),
        Column("sd_left", "Left: SD", "sd", decimals, own[LEFT]),
        Column("difference", "Difference", "mean", decimals, both),
        Column("ci_low", "95 % interval from", "interval", decimals, both),
        Column("ci_high", "to", "interval", decimals, both),
    )


def _counted(basis: Basis, rows: Sequence[StartRow], side: str, label: str) -> Column:
    if basis.site is not None:
        return Column(f"n_{side}", label, "fieldwork", groups=tuple((row.key(side),) for row in rows))
    named = [row.key(side) if row.column not in ("", SITE) else "" for row in rows]
    return Column(
        f"n_{side}",
        label,
        "characteristic",
        groups=tuple((side,) if key else () for key in named),
        holders=tuple((f"counted {key}", f"counted not {key}") if key else () for key in named),
    )


def _groups(basis: Basis, labels: Labels, rows: Sequence[StartRow]) -> dict[str, Group]:
    """The people of each row that may leave, and the same of the whole group that those of a site are part of."""
    sides = {STAYED: basis.groups["matched pre"].people, LEFT: basis.groups["pre only"].people}
    found = {side: Group(side, f"{basis.who}, {side}", basis.measure.key, people) for side, people in sides.items()}
    found |= {group.key: group for group in _of_rows(basis, labels, rows, sides, "")}
    if basis.site is not None:
        whole = {
            side: basis.groups[CONTEXT + key].people for side, key in ((STAYED, "matched pre"), (LEFT, "pre only"))
        }
        found |= {
            group.key: group for group in _of_rows(basis, labels_by_column(basis, whole=True), rows, whole, CONTEXT)
        }
    return found


def _of_rows(
    basis: Basis, labels: Labels, rows: Sequence[StartRow], sides: Mapping[str, frozenset[str]], prefix: str
) -> Iterator[Group]:
    """Those measured in each row, and those counted as the case files count them."""
    members = {
        column: dict(zip(basis.name_people(of.index), of.tolist(), strict=True)) for column, of in labels.items()
    }
    for row in rows:
        of = members.get(row.column, {})
        for side, everyone in sides.items() if of else ():
            own = frozenset(name for name in everyone if of.get(name) == row.group)
            others = frozenset(name for name in everyone if not pd.isna(of.get(name))) - own
            who = f"{prefix}{basis.who}, {side}, {lower_first(row.heading)}: {row.group}"
            yield Group(prefix + row.key(side), who, basis.measure.key, own)
            measure, other = (counted_as(basis, row.column, row.group, without=without) for without in (False, True))
            yield Group(f"{prefix}counted {row.key(side)}", who, measure, own)
            yield Group(f"{prefix}counted not {row.key(side)}", f"{who}, not", other, others)


def _rests_on(basis: Basis, everyone: StartRow) -> tuple[str, ...]:
    """The groups that the words of the outside form speak of."""
    counted = () if basis.site is None else ("scored pre", "matched", "before only")
    sides = tuple(side for side in (STAYED, LEFT) if everyone.numbers[f"n_{side}"])
    return (*sides, *counted) if everyone.numbers["n_left"] else counted
