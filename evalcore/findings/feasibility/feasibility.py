"""The feasibility of a pilot: recruitment, consent, retention, questionnaires, answers and dose, against the plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

import pandas as pd

from evalcore.figures.chart import Axis, Chart, Interval, Line, Mark, Panel, Point
from evalcore.findings.feasibility.rows import Pilot, Row, in_per_cent
from evalcore.findings.feasibility.verdicts import interval_says, lines_words
from evalcore.findings.finding import Column, Finding, OutsideForm
from evalcore.findings.people.reach_people import reach_files, reach_source
from evalcore.findings.people.tables import frame_of
from evalcore.findings.people.words import per_cent, per_cent_interval
from evalcore.findings.scores import Scores
from evalcore.methods import definition
from evalcore.plan.criteria import MEASURES, STARTS, Criterion
from evalcore.plan.plan import Plan
from evalcore.plan.standing import beforehand, criterion_standing, target_standing
from evalcore.trail import Trail
from evalcore.wording import count, joined, lower_first, upper_first

FEASIBILITY = "feasibility"
_CAUTION = (
    "This says whether a larger study could be carried out. It does not say whether the programme does any good, and"
    " with few people each share is uncertain: see its interval."
)
_BEFOREHAND = (
    "Beforehand means before any questionnaire after was loaded here: by then recruitment and consent may have been"
    " known."
)
_NOTHING = (
    "There is no case file and no list of those asked, so nothing is known of feasibility. Add one on the data page."
)
_NO_CRITERIA = (
    "No lines of go, amend and stop are written down, so there is no verdict. They belong in the analysis plan."
)
_NO_TARGET = "No target of starts is written down."
_TIME = "How long a questionnaire took is not known: no file has a column of it."
_HALF = 0.3
"""Half the height of the mark of a line, in rows."""
_CONSENTED, _BEFORE, _AFTER = "consented", "answered pre", "answered post"
_TIMES = {"both": "at both times"}
_LABELS = ("section", "what", "lines", "verdict", "interval_says")


def feasibility_finding(scores: Scores) -> Finding:
    """Every number by which a pilot is judged, with its interval, against the lines of the plan.

    Parameters
    ----------
    scores : Scores
        Of one study.
    """
    pilot = Pilot(scores)
    plan = scores.study.plan
    rows = pilot.rows()
    leaving = tuple(row for row in rows if row.group)
    title = _title(rows, plan)
    return Finding(
        id=f"{FEASIBILITY}.study",
        title=title,
        sentence=_sentence(rows, plan, pilot.of_whom) if rows else _NOTHING,
        caution=_caution(rows, plan),
        chart=_chart(rows, plan),
        table=_table(rows, plan),
        columns=_columns(rows),
        groups={group.key: group for group in pilot.groups()},
        trail=None,
        source=_source(pilot, plan),
        definition=definition("feasibility_share", "go_amend_stop", "started", "wilson", "floor_ceiling", "left_out"),
        outside=OutsideForm(
            name="recruitment, consent and questionnaires",
            title=title,
            sentence=_sentence(leaving, plan, pilot.of_whom) if rows else _NOTHING,
            caution=_caution(leaving, plan),
            chart=None,
            table=_table(leaving, plan),
            columns=_columns(leaving),
        ),
        notes=tuple(_notes(pilot, rows, plan)) if rows else (),
        files=tuple(dict.fromkeys((*reach_files(pilot.people), *_list_files(scores)))),
        topic="Feasibility of the pilot",
    )


def _list_files(scores: Scores) -> Iterator[str]:
    return (intake.name for intake in scores.study.intakes if intake.kind in ("roster", "responses"))


def _people(n: int) -> str:
    return count(n, "person", "people")


def _criterion(row: Row, plan: Plan | None) -> Criterion | None:
    return plan.criterion(row.what) if plan is not None and row.what else None


def _title(rows: Sequence[Row], plan: Plan | None) -> str:
    started = next((row.k for row in rows if row.what == STARTS), None)
    if started is None:
        return "Feasibility: who started is not known"
    target = None if plan is None else plan.target()
    who = _people(started)
    return f"{who} started" if target is None else f"{who} started, of a target of {target.starts:,}"


def _sentence(rows: Sequence[Row], plan: Plan | None, of_whom: str) -> str:
    told = [
        f"{lower_first(row.label)}: {row.k:,} of {row.n:,}"
        for what in ("consent", "retention")
        for row in rows
        if row.what == what and row.k is not None and row.n is not None
    ]
    first = f"{upper_first('; '.join(told))}." if told else ""
    return " ".join(one for one in (first, _returned(rows, of_whom), _verdicts(rows, plan)) if one)


def _returned(rows: Sequence[Row], of_whom: str) -> str:
    """How many of each questionnaire came back."""
    counted: dict[str, list[str]] = {}
    for row in rows:
        if row.questionnaire and row.k is not None:
            counted.setdefault(row.questionnaire, []).append(f"{row.k:,} {_TIMES.get(row.what, row.what)}")
    if not counted:
        return ""
    n = next(row.n for row in rows if row.questionnaire)
    named = "; ".join(f"{name} {joined(numbers)}" for name, numbers in counted.items())
    return f"Questionnaires of the {count(n or 0, 'person', 'people')} {of_whom}: {named}."


def _verdicts(rows: Sequence[Row], plan: Plan | None) -> str:
    """How many criteria are met, and which are not."""
    if plan is None or not plan.criteria:
        return _NO_CRITERIA
    judged = [(row, found) for row in rows if (found := _criterion(row, plan)) is not None]
    if not judged:
        return "None of the plan's criteria can be held against the data yet."
    verdicts = Counter(found.verdict(row.estimate) for row, found in judged)
    said = joined([f"{name} {n:,} times" if n > 1 else f"{name} once" for name, n in sorted(verdicts.items())])
    return f"By the plan's lines, over {count(len(judged), 'number', 'numbers')}: {said}."


def _caution(rows: Sequence[Row], plan: Plan | None) -> str:
    if not rows:
        return ""
    late = [] if plan is None else [one for one in plan.criteria if not beforehand(plan, one)]
    if not late:
        return f"{_CAUTION} {_BEFOREHAND}" if plan is not None and plan.criteria else _CAUTION
    named = joined([f'"{MEASURES[one.what]}"' for one in late])
    were = "was" if len(late) == 1 else "were"
    return f"{_CAUTION} The lines of {named} {were} not written down beforehand. {_BEFOREHAND}"


def _source(pilot: Pilot, plan: Plan | None) -> str:
    held = reach_source(pilot.people)
    if plan is None:
        return f"{held} No analysis plan."
    return f"{held} Analysis plan, version {plan.version}, fixed {plan.written_at}, SHA-256 {plan.digest}."


def _notes(pilot: Pilot, rows: Sequence[Row], plan: Plan | None) -> Iterator[str]:
    """Targets, reasons of those who did not answer, what can not be held against the data, and what is not known."""
    target = None if plan is None else plan.target()
    yield _NO_TARGET if plan is None or target is None else f"Target: {lower_first(target_standing(plan, target))}."
    if plan is not None:
        yield from _about_criteria(plan, {row.what for row in rows})
    if pilot.trail is not None:
        consent = _reason(pilot.trail, _CONSENTED)
        if consent:
            yield f"Of those asked, without consent: {consent}."
    for basis in pilot.questionnaires:
        for step, when in ((_BEFORE, "before"), (_AFTER, "after")):
            reason = _reason(basis.trail, step)
            if reason:
                yield f"{basis.measure.short_name}, of those who consented, no questionnaire {when}: {reason}."
        beside = (pilot.answered(basis, "pre") | pilot.answered(basis, "post")) - pilot.taking_part
        if beside:
            who = _people(len(beside))
            yield f"{basis.measure.short_name}: {who} answered, and not among those {pilot.of_whom}: not counted here."
    missing = pilot.reached.missing("eligible", "started_on", "status", "contacts_offered", "contacts_attended")
    if missing:
        yield missing
    yield _TIME


def _about_criteria(plan: Plan, found: Collection[str]) -> Iterator[str]:
    """When each criterion was written down, and which can not be held against anything."""
    for criterion in plan.criteria:
        name = MEASURES[criterion.what]
        yield f"{upper_first(name)}: {lower_first(criterion_standing(plan, criterion))}."
        if criterion.what not in found:
            yield f'Nothing is known to hold the lines of "{name}" against.'


def _reason(trail: Trail, step: str) -> str:
    line = trail.steps[trail.steps["step"] == step].iloc[0]
    return str(line["reason"]) if not pd.isna(line["set_aside"]) and line["set_aside"] else ""


def _table(rows: Sequence[Row], plan: Plan | None) -> pd.DataFrame:
    return frame_of([_line(row, plan) for row in rows], [one.name for one in _columns(rows)], labels=_LABELS)


def _line(row: Row, plan: Plan | None) -> dict[str, object]:
    criterion = _criterion(row, plan)
    low, high = row.interval or (None, None)
    said: dict[str, object] = dict.fromkeys(("lines", "verdict", "interval_says"), "")
    if criterion is not None:
        said = {
            "lines": lines_words(criterion),
            "verdict": criterion.verdict(row.estimate),
            "interval_says": interval_says(criterion, row),
        }
    share = row.estimate if row.is_share else None
    measured = {"share": in_per_cent(share), "ci_low": in_per_cent(low), "ci_high": in_per_cent(high)}
    return {"section": row.section, "what": row.label, "k": row.k, "n": row.n, **measured, **said}


def _columns(rows: Sequence[Row]) -> tuple[Column, ...]:
    counted = tuple((row.group,) if row.group else () for row in rows)
    of = tuple((row.of,) if row.of else () for row in rows)
    return (
        Column("section", "Part", "label"),
        Column("what", "What", "label"),
        Column("k", "People", "fieldwork", groups=counted),
        Column("n", "Of", "fieldwork", groups=of),
        Column("share", "Share (%)", "rate", 1, of, follows="k"),
        Column("ci_low", "95 % interval from (%)", "interval", 1, of, follows="share"),
        Column("ci_high", "to (%)", "interval", 1, of, follows="share"),
        Column("lines", "Lines of the plan", "label"),
        Column("verdict", "By the estimate", "text", groups=of),
        Column("interval_says", "The interval", "text", groups=of),
    )


def _chart(rows: Sequence[Row], plan: Plan | None) -> Chart | None:
    """A dot with its interval for each share of people, and the plan's lines as marks in its row."""
    shown = [(at, row) for at, row in enumerate(rows) if row.is_share]
    if not shown:
        return None
    marks: list[Mark] = []
    for place, (at, row) in zip(range(len(shown) - 1, -1, -1), shown, strict=True):
        marks += _marks(row, float(place), at, _criterion(row, plan))
    ticks = tuple((float(len(shown) - 1 - at), row.label) for at, (_, row) in enumerate(shown))
    lines = any(_criterion(row, plan) is not None for _, row in shown)
    panel = Panel(x=Axis("Share (%)", -4, 112), y=Axis("", ticks=ticks), marks=tuple(marks))
    read = "Each dot is a share, the bar its 95 % interval."
    numbers = sorted({row.n for _, row in shown if row.n})
    return Chart(
        panels=(panel,),
        n=f"n = {numbers[0]:,} to {numbers[-1]:,} people" if len(numbers) > 1 else f"n = {_people(numbers[0])}",
        how_to_read=f"{read} The upright lines in a row are the plan's go line and stop line." if lines else read,
        legend=(("pilot", "Pilot"), ("reference", "Go from"), ("aside", "Stop below")) if lines else (),
        height=40 + 20 * len(shown),
    )


def _marks(row: Row, place: float, at: int, criterion: Criterion | None) -> Iterator[Mark]:
    text = per_cent(row.estimate) if row.k is None else f"{row.k:,} of {row.n:,}"
    if row.interval is not None:
        low, high = row.interval
        words = f"95 % interval {per_cent_interval(low, high)}"
        yield Interval(place, 100 * low, 100 * high, "pilot", along="x", label=words, row=at)
    yield Point(100 * row.estimate, place, "pilot", label=f"{row.label}: {text}", text=text, row=at)
    if criterion is not None:
        for line, kind in ((criterion.go_from, "reference"), (criterion.stop_below, "aside")):
            ends = ((100 * line, place - _HALF), (100 * line, place + _HALF))
            yield Line(ends, kind, label=f"{row.label}: {lines_words(criterion)}", row=at)
