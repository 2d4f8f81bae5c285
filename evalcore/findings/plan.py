"""The analysis plan beside the study: which outcomes were planned, which were added later, and which have data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from evalcore.findings.finding import Column, Finding, OutsideForm
from evalcore.findings.measures import Measure, measures
from evalcore.findings.scores import Scores
from evalcore.methods import definition
from evalcore.plan.measures import label_of
from evalcore.plan.plan import DIRECTIONS, Outcome, Plan
from evalcore.plan.text import size_words
from evalcore.plan.words import (
    ADDED,
    CHANGED,
    CHOSEN_LATER,
    DROPPED,
    PLANNED,
    WITHDRAWN,
    after_words,
    day,
    standing,
)
from evalcore.wording import count

_DEFINITIONS = ("planned_in_advance", "plan_code", "smallest_change_planned")
_CAUTION = (
    "The plan shows what was chosen in this dashboard before it had read any answer after. It can not show that nobody"
    " had seen the answers elsewhere, nor that this computer's clock was right. An outcome that was planned is not more"
    " certain for it: it was only not picked for its result."
)
_NO_PLAN = "no plan"
_COLUMNS = (
    Column("outcome", "Outcome", "label"),
    Column("rank", "Rank", "text"),
    Column("direction", "Expected", "text"),
    Column("smallest", "Smallest change that matters", "text"),
    Column("status", "Planned or added", "text"),
    Column("pairs", "Matched pairs", "fieldwork"),
)


class _Line(NamedTuple):
    """One outcome: of the plan, of a version before it, or of the study alone."""

    outcome: str
    rank: str
    direction: str
    smallest: str
    status: str
    pairs: float


def plan_finding(scores: Scores) -> Finding:
    """Return the plan of a study beside what the study holds.

    One row an outcome: those of the plan first, then those that were taken out of it, then every other measure that
    somebody answered. It counts matched pairs of whole groups and shows no result.
    """
    plan = scores.study.plan
    answered = {measure.slug: measure for measure in measures(scores.study, scores=scores)}
    table = pd.DataFrame(list(_lines(scores, plan, answered)), columns=_Line._fields).astype({"pairs": float})
    title, sentence = _words(plan, table)
    caution = "" if plan is None else _CAUTION
    return Finding(
        id="plan.study",
        title=title,
        sentence=sentence,
        caution=caution,
        chart=None,
        table=table,
        columns=_COLUMNS,
        groups={},
        trail=None,
        source=_source(plan),
        definition=definition(*_DEFINITIONS),
        outside=OutsideForm("", title, sentence, caution, None),
        notes=_notes(plan),
        topic="What was planned and what was added later",
    )


def _lines(scores: Scores, plan: Plan | None, answered: dict[str, Measure]) -> Iterator[_Line]:
    named = [] if plan is None else [one.measure for one in plan.outcomes]
    gone = [] if plan is None else _taken_out(plan)
    for slug in dict.fromkeys((*named, *gone, *answered)):
        measure = answered.get(slug)
        pairs = None if measure is None else _pairs(scores, measure)
        outcome = None if plan is None else plan.outcome(slug)
        yield _Line(
            outcome=label_of(slug) if measure is None else measure.label,
            rank="" if outcome is None else "main" if outcome.main else "secondary",
            direction=_expected(outcome),
            smallest="" if outcome is None else size_words(outcome) or "none named",
            status=_NO_PLAN if plan is None else _status(plan, slug, pairs),
            pairs=float("nan") if pairs is None else pairs,
        )


def _taken_out(plan: Plan) -> list[str]:
    """The outcomes of earlier versions that the newest one does not name."""
    return [one.measure for version in plan.versions() for one in version.outcomes if plan.outcome(one.measure) is None]


def _pairs(scores: Scores, measure: Measure) -> int:
    return len(scores.pairs(measure.instrument, measure.scale, measure.roles).matched)


def _expected(outcome: Outcome | None) -> str:
    return "" if outcome is None else DIRECTIONS[outcome.direction]


def _status(plan: Plan, slug: str, pairs: int | None) -> str:
    found = standing(plan, slug)
    on = day(found.plan.written_at)
    waiting = ", no answers yet" if pairs is None else ", no matched pair yet" if not pairs else ""
    words = {
        PLANNED: f"planned{waiting}",
        CHANGED: f"planned, changed on {on}{waiting}",
        CHOSEN_LATER: f"chosen on {on}, {after_words(found.plan)}",
        WITHDRAWN: f"taken out on {on}, {after_words(found.plan)}",
        DROPPED: f"planned, taken out on {on}",
        ADDED: "added later",
    }
    return words[found.status]


def _words(plan: Plan | None, table: pd.DataFrame) -> tuple[str, str]:
    if plan is None:
        held = count(len(table), "outcome", "outcomes")
        said = (
            f"nothing in this study ({held}) can be called planned in advance" if len(table) else "nothing is planned"
        )
        return "No analysis plan is fixed", f"No analysis plan is fixed, so {said}."
    planned = int(table["status"].str.startswith("planned").sum())
    others = len(table) - planned
    title = f"{count(planned, 'outcome was', 'outcomes were')} planned in advance"
    if not planned:
        title = "No outcome was planned in advance"
    elif others:
        title += f", {count(others, 'was', 'were')} not"
    main = sum(one.main for one in plan.outcomes)
    fixed = f"The plan (code {plan.code}) was fixed on {day(plan.written_at)}, {after_words(plan)}."
    names = f"It names {count(main, 'main outcome', 'main outcomes')} and {len(plan.outcomes) - main} secondary"
    return title, f"{fixed} {names}; {_others(table)}{_changed(table)}{_history(plan)}"


def _others(table: pd.DataFrame) -> str:
    if table["pairs"].isna().all():
        return "none of them has been answered yet."
    rest = int(table["status"].eq("added later").sum())
    if not rest:
        return "nothing else in this study was answered."
    return f"{count(rest, 'more outcome', 'more outcomes')} of this study {'is' if rest == 1 else 'are'} not in it."


def _changed(table: pd.DataFrame) -> str:
    """How many outcomes that were planned were changed or taken out once the data were there."""
    touched = int(table["status"].str.contains("planned, (?:changed|taken out)").sum())
    if not touched:
        return ""
    was = "was" if touched == 1 else "were"
    return f" {touched} of those planned in advance {was} changed or taken out once answers after were there."


def _history(plan: Plan) -> str:
    if plan.replaces is None:
        return ""
    first = tuple(plan.versions())[-1]
    return f" It is version {plan.version}; the first was fixed on {day(first.written_at)}, {after_words(first)}."


def _source(plan: Plan | None) -> str:
    if plan is None:
        return "No analysis plan."
    return f"Analysis plan, version {plan.version}, fixed {plan.written_at}, SHA-256 {plan.digest}."


def _notes(plan: Plan | None) -> tuple[str, ...]:
    if plan is None:
        return ()
    left_out = plan.exclusions or "nobody, beyond the rows and people that are set aside and counted."
    return (
        f"Left out, by the plan: {left_out}",
        f"Tests corrected together, by the plan: {plan.family}.",
        "What was found stands on Before and after, one measure at a time and for all outcomes side by side.",
    )
