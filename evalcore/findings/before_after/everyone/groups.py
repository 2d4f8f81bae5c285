"""All, matched, before only and after only side by side."""

from __future__ import annotations

import pandas as pd

from evalcore.columns import ALL_POST, ALL_PRE, GROUPS
from evalcore.findings.basis import Basis, files_of, source_of
from evalcore.findings.dots import ROWS, dots, mean_columns
from evalcore.findings.finding import LEAST_FOR_A_MEAN, Column, Finding, OutsideForm
from evalcore.methods import definition
from evalcore.wording import number

_DEFINITIONS = ("sd", "mean_interval", "quartiles")
_CAUTION = (
    "The people before and after are not the same people. A difference between all before and all after is not a change"
    " in anybody."
)


def groups_finding(basis: Basis) -> Finding:
    """Each group's n, mean, SD, interval, median and quartiles, smallest and largest score."""
    everyone = _with_scores(basis, 1)
    large = _with_scores(basis, LEAST_FOR_A_MEAN) or everyone
    title, sentence = _everyone(basis, everyone, outside=False)
    outside_title, outside_sentence = _everyone(basis, large, outside=True)
    return Finding(
        id=basis.finding_id("groups"),
        title=title,
        sentence=f"{sentence} {_matched(basis)}".strip(),
        caution=_CAUTION,
        chart=dots(basis, GROUPS, outside=False),
        table=_table(basis),
        columns=_columns(basis),
        groups=basis.groups,
        trail=basis.trail,
        source=source_of(basis),
        files=files_of(basis),
        definition=definition(*_DEFINITIONS),
        outside=OutsideForm(
            name="means and intervals",
            title=outside_title,
            sentence=outside_sentence,
            caution=_CAUTION,
            chart=dots(basis, GROUPS, outside=True),
            rests_on=large,
        ),
        by_site=basis.site is not None,
        of_staff=basis.measure.of_staff,
        topic=f"Who answered when: {basis.topic}",
    )


def _with_scores(basis: Basis, least: int) -> tuple[str, ...]:
    return tuple(key for key in (ALL_PRE, ALL_POST) if basis.described[key]["n"] >= least)


def _everyone(basis: Basis, keys: tuple[str, ...], *, outside: bool) -> tuple[str, str]:
    """Title and sentence about everyone before and everyone after, the only groups named outside."""
    name, unit = basis.measure.short_name, basis.measure.unit
    when = {ALL_PRE: "before", ALL_POST: "after"}
    parts = [(when[key], _mean(basis, key, outside=outside), int(basis.described[key]["n"])) for key in keys]
    if not parts:
        return f"{name}: no scores among the {basis.who}", f"Nobody among the {basis.who} has a {name} score."
    title = f"Mean {name} among all {basis.who}: " + ", ".join(f"{mean} {words}" for words, mean, _ in parts)
    means = " and ".join(f"{mean} {unit} {words} (n = {n:,})" for words, mean, n in parts)
    return title, f"Among all {basis.who} with a {name} score the mean was {means}."


def _matched(basis: Basis) -> str:
    """What is said of the matched and the others on the evaluator's own screen."""
    words = []
    for key in GROUPS[2:]:
        n = int(basis.described[key]["n"])
        if n:
            words.append(f"{ROWS[key].lower()}: {_mean(basis, key, outside=False)} (n = {n:,})")
    return f"By group, {'; '.join(words)}." if words else ""


def _mean(basis: Basis, key: str, *, outside: bool) -> str:
    row = basis.described[key]
    decimals = basis.outside_decimals(int(row["n"])) if outside else basis.decimals
    return number(float(row["mean"]), decimals)


def _table(basis: Basis) -> pd.DataFrame:
    table = basis.description.reset_index()
    table["group"] = [ROWS[key] for key in GROUPS]
    return table


def _columns(basis: Basis) -> tuple[Column, ...]:
    decimals = basis.measure.decimals
    groups = tuple((key,) for key in GROUPS)
    return (
        Column("group", "Who", "label"),
        *mean_columns(decimals, groups),
        Column("median", "Median", "quartile", decimals, groups),
        Column("q1", "Lower quartile", "quartile", decimals, groups),
        Column("q3", "Upper quartile", "quartile", decimals, groups),
        Column("min", "Smallest", "extreme", decimals, groups),
        Column("max", "Largest", "extreme", decimals, groups),
    )
