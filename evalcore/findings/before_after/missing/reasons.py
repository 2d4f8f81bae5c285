"""Why people did not answer again, and how those who left were made up, in counts."""

from __future__ import annotations

import pandas as pd

from evalcore.columns import SITE
from evalcore.findings.basis import Basis, files_of, source_of
from evalcore.findings.before_after.missing.leavers import LEFT, STAYED, counted_sides
from evalcore.findings.finding import Column, Finding, OutsideForm
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
    outside_sentence = f"{title}. The reasons are in the table as far as the counts may be shown."
    by_site = basis.site is not None
    return Finding(
        id=basis.finding_id("reasons"),
        title=title,
        sentence=sentence,
        caution=_CAUTION,
        chart=None,
        table=table,
        columns=_columns(len(table)),
        groups={**basis.groups, **counted_sides(basis)},
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


def _columns(rows: int) -> tuple[Column, ...]:
    return (
        Column("measure", "What", "label"),
        Column("category", "Which", "label"),
        Column("stayed", "Stayed: people", "characteristic", groups=(("people who stayed",),) * rows),
        Column("left", "Left: people", "characteristic", groups=(("people who left",),) * rows),
    )
