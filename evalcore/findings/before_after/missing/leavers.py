"""Who did not come back: how they scored before, and why they did not answer again."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from evalcore.columns import PRE
from evalcore.figures.chart import Axis, Chart, Interval, Mark, Panel, Point
from evalcore.findings.basis import Basis, files_of, known_people, source_of
from evalcore.findings.finding import FIELDWORK, FIELDWORK_BY_SITE, Column, Finding, Group, OutsideForm
from evalcore.methods import definition
from evalcore.outcomes.dropout import SCORE_BEFORE, Attrition
from evalcore.wording import count, number

STAYED, LEFT = "stayed", "left"
_LABELS = {"age": "Age (years)", "ogrs": "OGRS (%)"}
_DEFINITIONS = ("stayed_left", "sd", "left_difference", "standardised_difference", "no_test_of_leavers")
_CAUTION = "Those who left may differ from those who stayed in ways that no questionnaire or file shows."


def leavers_finding(basis: Basis) -> Finding:
    """Scores before (and age and OGRS where known) of those who stayed and those who left."""
    found = basis.attrition
    means = found.comparisons[found.comparisons["category"] == ""]
    title, sentence = _words(basis, found, means, outside=False)
    outside_title, outside_sentence = _words(basis, found, means, outside=True)
    groups = {**basis.groups, **_groups(basis, list(means["measure"]))}
    return Finding(
        id=basis.finding_id("leavers"),
        title=title,
        sentence=sentence,
        caution=_CAUTION,
        chart=_chart(basis, means, outside=False),
        table=_table(basis, means),
        columns=_columns(basis, list(means["measure"])),
        groups=groups,
        trail=basis.trail,
        source=source_of(basis),
        files=files_of(basis),
        definition=definition(*_DEFINITIONS),
        outside=OutsideForm(
            name="means and intervals only",
            title=outside_title,
            sentence=outside_sentence,
            caution=_CAUTION,
            chart=_chart(basis, means, outside=True),
            rests_on=_rests_on(basis, found),
        ),
        by_site=basis.site is not None,
        of_staff=basis.measure.of_staff,
        notes=found.notes,
        topic=f"Who did not come back: {basis.topic}",
    )


def _rests_on(basis: Basis, found: Attrition) -> tuple[str, ...]:
    counted = () if basis.site is None else ("scored pre", "matched", "before only")
    sides = tuple(side for side, n in ((STAYED, found.n_stayed), (LEFT, found.n_left)) if n)
    return (*sides, *counted) if found.n_left else counted


def _words(basis: Basis, found: Attrition, means: pd.DataFrame, *, outside: bool) -> tuple[str, str]:
    name, who, unit = basis.measure.short_name, basis.who, basis.measure.unit
    total = found.n_stayed + found.n_left
    if not total:
        return (
            f"{name}: nobody among the {who} has a score before",
            f"Nobody among the {who} has a {name} score before.",
        )
    if not found.n_left:
        return (
            f"{name}: everyone with a score before has one after",
            f"All {total} {who} with a {name} score before also have one after.",
        )
    row = means.iloc[0]
    means_of = {}
    for side, n in ((STAYED, found.n_stayed), (LEFT, found.n_left)):
        decimals = basis.outside_decimals(n) if outside else basis.decimals
        means_of[side] = number(float(row[f"mean_{side}"]), decimals)
    if not found.n_stayed:
        title = f"{name} before: a mean of {means_of[LEFT]} among those who did not come back"
        return title, f"Before, the mean {name} was {means_of[LEFT]} {unit} for those who left (n = {found.n_left:,})."
    title = f"{name} before: a mean of {means_of[LEFT]} among those who left, {means_of[STAYED]} among those who stayed"
    sentence = (
        f"Before, the mean {name} was {means_of[STAYED]} {unit} for those who stayed (n = {found.n_stayed:,}) and "
        f"{means_of[LEFT]} {unit} for those who left (n = {found.n_left:,})."
    )
    return title, sentence


def _groups(basis: Basis, measures: list[str]) -> dict[str, Group]:
    """Those who stayed and those who left, for the score and for each column of the cases where it is known."""
    sides = {STAYED: basis.groups["matched pre"].people, LEFT: basis.groups["pre only"].people}
    found = {}
    for measure in measures:
        score = measure == SCORE_BEFORE
        known = None if score else known_people(basis.scores.study.cases, measure)
        for side, people in sides.items():
            key = side if score else f"{side}, {measure}"
            kept = people if known is None else frozenset(one for one in people if one.split("|", 1)[1] in known)
            label = f"{basis.who}, {key}"
            found[key] = Group(key, label, basis.measure.key if score else measure, kept)
    return found


def counted_sides(basis: Basis) -> dict[str, Group]:
    """Those who stayed and those who left, as groups that are only counted."""
    counted = FIELDWORK if basis.site is None else FIELDWORK_BY_SITE
    sides = {STAYED: basis.groups["matched pre"].people, LEFT: basis.groups["pre only"].people}
    return {
        f"people who {side}": Group(f"people who {side}", f"{basis.who}, {side}", counted, people)
        for side, people in sides.items()
    }


def _table(basis: Basis, means: pd.DataFrame) -> pd.DataFrame:
    labels: Mapping[str, str] = {SCORE_BEFORE: f"{basis.measure.short_name} before ({basis.measure.unit})", **_LABELS}
    table = means.drop(columns="category").reset_index(drop=True)
    table["measure"] = [labels.get(name, name) for name in table["measure"]]
    return table


def _columns(basis: Basis, measures: list[str]) -> tuple[Column, ...]:
    keys = [(STAYED, LEFT) if name == SCORE_BEFORE else (f"{STAYED}, {name}", f"{LEFT}, {name}") for name in measures]
    stayed, left = tuple((one,) for one, _ in keys), tuple((one,) for _, one in keys)
    both = tuple(keys)
    decimals = basis.measure.decimals
    return (
        Column("measure", "Measure", "label"),
        Column("n_stayed", "Stayed: people", "fieldwork", groups=stayed),
        Column("mean_stayed", "Stayed: mean", "mean", decimals, stayed),
        Column("sd_stayed", "Stayed: SD", "sd", decimals, stayed),
        Column("n_left", "Left: people", "fieldwork", groups=left),
        Column("mean_left", "Left: mean", "mean", decimals, left),
        Column("sd_left", "Left: SD", "sd", decimals, left),
        Column("difference", "Difference", "mean", decimals, both),
        Column("ci_low", "95 % interval from", "interval", decimals, both),
        Column("ci_high", "to", "interval", decimals, both),
        Column("standardised_difference", "Standardised difference", "test", 2, both),
    )


def _chart(basis: Basis, means: pd.DataFrame, *, outside: bool) -> Chart | None:
    """Scores before of those who stayed and of those who left; None where nobody has a score before."""
    sides = [(STAYED, "Stayed", basis.pairs.matched[PRE]), (LEFT, "Left", basis.pairs.pre_only)]
    if not any(len(values) for _, _, values in sides):
        return None
    marks: list[Mark] = []
    for place, (side, words, values) in enumerate(sides):
        if not outside:
            marks += [
                Point(
                    float(place),
                    float(value),
                    "person",
                    label=f"{words}: {number(float(value))}",
                    group=side,
                    individual=True,
                )
                for value in values
            ]
        marks += _mean_of(basis, means.iloc[0], side, words, place, outside)
    measure = basis.measure
    panel = Panel(
        x=Axis("", ticks=((0.0, "Stayed"), (1.0, "Left"))),
        y=Axis(f"{measure.short_name} before ({measure.unit})"),
        marks=tuple(marks),
    )
    stayed, left = len(sides[0][2]), len(sides[1][2])
    dots = "" if outside else "Each small dot is one person's score before. "
    return Chart(
        panels=(panel,),
        n=f"{basis.topic}: {count(stayed, 'person', 'people')} stayed, {left} left",
        how_to_read=f"{dots}The large mark is the mean and the bar its 95 % interval: the wider, the less is known.",
        height=110,
    )


def _mean_of(basis: Basis, row: pd.Series, side: str, words: str, place: int, outside: bool) -> list[Mark]:
    key = "matched pre" if side == STAYED else "pre only"
    described = basis.described[key]
    n, mean = int(described["n"]), float(row[f"mean_{side}"])
    if not n:
        return []
    low, high = float(described["ci_low"]), float(described["ci_high"])
    decimals = basis.outside_decimals(n) if outside else basis.decimals
    if outside:
        mean, low, high = (basis.rounded(value, n) if math.isfinite(value) else value for value in (mean, low, high))
    text = f"{number(mean, decimals)} (n = {n:,})"
    marks: list[Mark] = [Point(float(place), mean, side, label=f"{words}: mean {text}", text=text, group=side)]
    if math.isfinite(low) and math.isfinite(high):
        label = f"95 % interval {number(low, decimals)} to {number(high, decimals)}"
        marks.insert(0, Interval(float(place), low, high, side, label=label, group=side))
    return marks
