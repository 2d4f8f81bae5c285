"""Why people did not answer again, and how those who left were made up, in counts."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from evalcore.columns import SITE
from evalcore.findings.basis import CONTEXT, Basis, files_of, source_of
from evalcore.findings.before_after.missing.leavers import LEFT, STAYED, counted_sides
from evalcore.findings.finding import HAVING, Column, Finding, Group, OutsideForm, having_measure
from evalcore.methods import definition
from evalcore.outcomes.dropout import NOT_RECORDED, Attrition
from evalcore.wording import count

_DEFINITIONS = ("stayed_left", "reasons")
_CAUTION = "Reasons are those that were written down; not every reason is."
_REASON = "reason for no answers after"


def reasons_finding(basis: Basis) -> Finding:
    """Counts of the reasons given, and of sex, site, status and needs of those who stayed and left."""
    found = basis.attrition
    title, sentence = _words(basis, found)
    table = _table(found, of_staff=basis.measure.of_staff)
    shared = _sorted(table)
    outside_sentence = f"{title}. The reasons are in the table as far as the counts may be shown."
    by_site = basis.site is not None
    return Finding(
        id=basis.finding_id("reasons"),
        title=title,
        sentence=sentence,
        caution=_CAUTION,
        chart=None,
        table=table,
        columns=_columns(table),
        groups={**basis.groups, **counted_sides(basis), **_groups(basis, found)},
        trail=basis.trail,
        source=source_of(basis),
        files=files_of(basis),
        definition=definition(*_DEFINITIONS),
        outside=OutsideForm(
            name="",
            title=title,
            sentence=outside_sentence,
            caution=_CAUTION,
            chart=None,
            rests_on=("scored pre", "before only") if by_site else (),
            # By the alphabet: the most frequent reason first would tell of hidden counts.
            table=shared,
            columns=_columns(shared),
        ),
        by_site=by_site,
        of_staff=basis.measure.of_staff,
        notes=found.notes,
        topic=f"Why people did not come back: {basis.topic}",
    )


def _words(basis: Basis, found: Attrition) -> tuple[str, str]:
    name, who, total = basis.measure.short_name, basis.who, found.n_stayed + found.n_left
    title = f"{found.n_left} of {total} {who} with a {name} score before have none after"
    given = [f"{reason} ({n})" for reason, n in zip(found.reasons["reason"], found.reasons["n"], strict=True)]
    if not found.n_left:
        return (
            f"Nobody among the {who} with a {name} score before is missing after",
            "Nobody is missing, so no reason is.",
        )
    known = [words for words in given if not words.startswith(NOT_RECORDED)]
    if not known:
        return title, f"{title}; no reason is recorded."
    return title, f"{title}. Reasons given for {count(found.n_left, 'person', 'people')}: {', '.join(given)}."


def _table(found: Attrition, *, of_staff: bool) -> pd.DataFrame:
    """Reasons first, then each category; staff are not told apart by site."""
    reasons = found.reasons
    rows = [
        (_REASON, reason, float("nan"), float(n)) for reason, n in zip(reasons["reason"], reasons["n"], strict=True)
    ]
    shares = found.comparisons[found.comparisons["category"] != ""]
    for row in shares.to_dict("records"):
        if of_staff and row["measure"] == SITE:
            continue
        sides = [_people(row[f"mean_{side}"], row[f"n_{side}"]) for side in (STAYED, LEFT)]
        rows.append((str(row["measure"]).replace("_", " "), str(row["category"]), sides[0], sides[1]))
    return pd.DataFrame(rows, columns=["measure", "category", "stayed", "left"]).astype(
        {"stayed": float, "left": float}
    )


def _people(share: float, n: int) -> float:
    """A share of n back to people; missing where nobody is known."""
    return float(round(share * n)) if n else float("nan")


def _sorted(table: pd.DataFrame) -> pd.DataFrame:
    """The reasons by the alphabet, what is not recorded last; the rest as it stands."""
    reasons = table[table["measure"] == _REASON]
    last = reasons["category"] == NOT_RECORDED
    order = reasons.assign(last=last).sort_values(["last", "category"], kind="stable").index
    return table.loc[[*order, *table.index[table["measure"] != _REASON]]].reset_index(drop=True)


def _columns(table: pd.DataFrame) -> tuple[Column, ...]:
    """Of those who stayed there are no reasons."""
    rows = [_key(measure, category) for measure, category in zip(table["measure"], table["category"], strict=True)]
    sides = {side: [side == LEFT or not row.startswith(_REASON) for row in rows] for side in (STAYED, LEFT)}
    groups = {side: tuple((f"people who {side}",) if kept else () for kept in sides[side]) for side in sides}
    holders = {
        side: tuple(_holders(side, row) if kept else () for row, kept in zip(rows, sides[side], strict=True))
        for side in sides
    }
    return (
        Column("measure", "What", "label"),
        Column("category", "Which", "label"),
        Column("stayed", "Stayed: people", "characteristic", groups=groups[STAYED], holders=holders[STAYED]),
        Column("left", "Left: people", "characteristic", groups=groups[LEFT], holders=holders[LEFT]),
    )


def _key(measure: str, category: str) -> str:
    return f"{measure}: {category}"


def _holders(side: str, row: str) -> tuple[str, str]:
    return f"{side}, {row}", f"{side}, not {row}"


def _groups(basis: Basis, found: Attrition) -> dict[str, Group]:
    """Who stayed and who left of each category and of each reason, and who not; of a site also those of all sites."""
    groups = {group.key: group for group in _of(basis, found, "", basis.groups["matched pre"].people)}
    if basis.site is not None:
        of = (basis.measure.instrument, basis.measure.scale, basis.whole_roles, None)
        stayed = basis.groups[f"{CONTEXT}matched pre"].people
        groups |= {group.key: group for group in _of(basis, basis.scores.attrition(*of), CONTEXT, stayed)}
    return groups


def _of(basis: Basis, found: Attrition, prefix: str, stayed: frozenset[str]) -> Iterator[Group]:
    for (measure, category), names in found.holders.items():
        if basis.measure.of_staff and measure == SITE:
            continue
        has, known = (frozenset(basis.name_people(one)) for one in names)
        what = _REASON if measure == "reason" else measure.replace("_", " ")
        row = _key(what, category)
        for side, people in ((STAYED, known & stayed), (LEFT, known - stayed)):
            if side == STAYED and what == _REASON:
                continue
            counted = (has & people, people - has)
            for key, own, without in zip(_holders(side, row), counted, (False, True), strict=True):
                yield Group(prefix + key, f"{prefix}{basis.who}, {key}", _counted_as(what, category, without), own)


def _counted_as(what: str, category: str, without: bool) -> str:
    """As the case files count sex, site, status and needs, so that one count does not give another back."""
    if what.endswith(" need"):
        return f"{HAVING}{'no ' if without else ''}{what}"
    return having_measure(what, category, without=without)
