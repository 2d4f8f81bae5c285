"""The trail of numbers as a small flow chart: asked, answered before, answered after, matched."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from evalcore.columns import STEPS
from evalcore.figures.chart import Arrow, Axis, Box, Chart, Mark, Panel
from evalcore.findings.basis import NEITHER, Basis, files_of, source_of
from evalcore.findings.finding import Column, Finding, OutsideForm
from evalcore.methods import definition
from evalcore.trail import Trail
from evalcore.trail import rows as counted
from evalcore.wording import count

_LEFT, _MIDDLE, _RIGHT = 0.17, 0.5, 0.83
_WIDTH, _HEIGHT = 0.31, 0.2
_TOP, _CENTRE, _BOTTOM = 0.89, 0.5, 0.11
_HELD_AGAINST: Mapping[str, tuple[str, ...]] = {
    "asked": (),
    "consented": ("asked",),
    "answered pre": ("consented",),
    "answered post": ("consented",),
    "scored pre": ("answered pre",),
    "scored post": ("answered post",),
    "matched": ("scored pre", "scored post"),
    "used": ("matched",),
}
"""The steps that each step's losses are counted from: a loss is as telling as the counts on both sides of it."""
_STEP_WORDS: Mapping[str, str] = {
    "asked": "Asked",
    "consented": "Consented",
    "answered pre": "Answered before",
    "answered post": "Answered after",
    "scored pre": "With a score before",
    "scored post": "With a score after",
    "matched": "Matched: a score both times",
    "used": "Used",
}
_ROW_WORDS: Mapping[str, str] = {
    counted.ROWS_READ: "Rows read in the questionnaire files",
    counted.SET_ASIDE: "Set aside",
    counted.ROWS_USED: "Rows used",
    counted.HELD: "Questionnaires in these rows",
    counted.HELD_ASIDE: "Questionnaires set aside",
    counted.JOINED: "Joined with another row",
    counted.COUNTED: "Questionnaires used",
    counted.OTHERS: "Not counted here",
    counted.NO_SCORE: "Without a score",
    counted.VALID_BEFORE: "Valid before",
    counted.VALID_AFTER: "Valid after",
    counted.MATCHED: "Matched: a score both times",
    counted.NEAR_MISS: "Of them by a confirmed near miss",
}
_DEFINITIONS = ("asked", "matched", "trail")


def trail_finding(basis: Basis) -> Finding:
    """Who was asked and how far they came, as a flow chart and a table of steps."""
    title, sentence, caution = _words(basis)
    chart = _chart(basis)
    outside = OutsideForm(
        name="", title=title, sentence=sentence, caution=caution, chart=chart, rests_on=_rests_on(basis)
    )
    return Finding(
        id=basis.finding_id("trail"),
        title=title,
        sentence=sentence,
        caution=caution,
        chart=chart,
        table=steps_table(basis.trail),
        columns=step_columns(),
        groups=basis.groups,
        trail=basis.trail,
        source=source_of(basis),
        files=files_of(basis),
        definition=definition(*_DEFINITIONS),
        outside=outside,
        by_site=basis.site is not None,
        of_staff=basis.measure.of_staff,
        topic=f"Who took part: {basis.topic}",
    )


def _words(basis: Basis) -> tuple[str, str, str]:
    asked, n, who, name = basis.n_asked, basis.change.n_pairs, basis.who, basis.measure.short_name
    sizes = {step: basis.groups[step].n for step in ("answered pre", "answered post", NEITHER)}
    answered = f"{sizes['answered pre']} answered before and {sizes['answered post']} after"
    both = f"{count(n, 'person has', 'people have')} a {name} score at both times."
    if asked is None:
        title = f"{count(n, 'person', 'people')} among the {who} gave a {name} score both before and after"
        return (
            title,
            f"Of the {who}, {answered}; {both}",
            "How many were asked is not known: there is no list of the people asked.",
        )
    title = f"{n} of {asked} {who} gave a {name} score both before and after"
    neither = f", {sizes[NEITHER]} neither time" if sizes[NEITHER] else ""
    sentence = f"Of {asked} {who} asked, {answered}{neither}; {both}"
    return title, sentence, "Those who answered may differ from those who did not."


def _rests_on(basis: Basis) -> tuple[str, ...]:
    """By site the words rest on counts that may be hidden; for a whole role counts are always shown."""
    return ("asked", "answered pre", "answered post", NEITHER, "matched") if basis.site is not None else ()


def steps_table(trail: Trail) -> pd.DataFrame:
    """The steps of a trail with each step in a reader's words."""
    return trail.steps.assign(step=[_STEP_WORDS[step] for step in trail.steps["step"]])


def step_columns() -> tuple[Column, ...]:
    """Columns of a table of steps, each cell with the groups that it rests on."""
    own = tuple((step,) for step in STEPS)
    lost = tuple((*_HELD_AGAINST[step], step) for step in STEPS)
    return (
        Column("step", "Step", "label"),
        Column("n", "People", "fieldwork", groups=own),
        Column("set_aside", "Set aside here", "fieldwork", groups=lost),
        Column("reason", "Why", "text", groups=lost),
    )


def rows_table(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of a trail, or of `rows_trail`, with each step in a reader's words."""
    return rows.assign(step=[_ROW_WORDS[step] for step in rows["step"]])


def rows_columns() -> tuple[Column, ...]:
    """Columns of a table of rows: they count rows of whole files, before any choice of people."""
    return (Column("step", "Step", "label"), Column("n", "How many", "fieldwork"), Column("reason", "Why", "label"))


def _chart(basis: Basis) -> Chart:
    groups = basis.groups
    marks: list[Mark] = []
    if basis.n_asked is not None:
        marks.append(_box("asked", "Asked", basis.n_asked, _MIDDLE, _TOP))
        marks += [_arrow((_MIDDLE, _TOP), (x, _CENTRE)) for x in (_LEFT, _MIDDLE, _RIGHT)]
        marks.append(_box(NEITHER, "Neither time", groups[NEITHER].n, _RIGHT, _CENTRE, "aside"))
    marks += [
        _box("answered pre", "Before", groups["answered pre"].n, _LEFT, _CENTRE),
        _box("answered post", "After", groups["answered post"].n, _MIDDLE, _CENTRE),
        _box("before only", "Before only", groups["before only"].n, _LEFT, _BOTTOM, "aside"),
        _box("matched", "Both times", groups["matched"].n, _MIDDLE, _BOTTOM),
        _box("after only", "After only", groups["after only"].n, _RIGHT, _BOTTOM, "aside"),
        _arrow((_LEFT, _CENTRE), (_LEFT, _BOTTOM)),
        _arrow((_LEFT, _CENTRE), (_MIDDLE, _BOTTOM)),
        _arrow((_MIDDLE, _CENTRE), (_MIDDLE, _BOTTOM)),
        _arrow((_MIDDLE, _CENTRE), (_RIGHT, _BOTTOM)),
    ]
    across = Axis("", low=0.0, high=1.0, visible=False)
    # Without the people asked there is no box at the top, and no room is kept for it.
    up = Axis("", low=0.0, high=1.0 if basis.n_asked is not None else _CENTRE + _HEIGHT, visible=False)
    before, after = groups["answered pre"].n, groups["answered post"].n
    unknown = f"{before:,} answered before, {after:,} after; how many were asked is not known"
    asked = unknown if basis.n_asked is None else f"{count(basis.n_asked, 'person', 'people')} asked"
    return Chart(
        panels=(Panel(across, up, tuple(marks)),),
        n=f"{basis.topic}: {asked}",
        how_to_read=(
            "Read from top to bottom: everyone asked, those who answered before and after, and how their scores could"
            " be matched. Dashed boxes are people who are not among the matched."
        ),
        height=115 if basis.n_asked is not None else 80,
    )


def _box(group: str, name: str, n: int, x: float, y: float, kind: str = "step") -> Box:
    return Box(x=x, y=y, width=_WIDTH, height=_HEIGHT, lines=(name, f"{n:,}"), kind=kind, group=group)


def _arrow(start: tuple[float, float], end: tuple[float, float]) -> Arrow:
    half = _HEIGHT / 2
    return Arrow(start=(start[0], start[1] - half), end=(end[0], end[1] + half))
