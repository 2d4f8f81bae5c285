"""When people disengaged: the share still taking part by week, and who those are who left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from evalcore.columns import AGE, CASE_STATUS, COMPLETED_ON, FEMALE, OGRS, REFERRED_ON, RESPONDENT_ID, SEX, STARTED_ON
from evalcore.figures.chart import Axis, Chart, Line, Mark, Panel, Point, Ribbon
from evalcore.findings.finding import Column, Finding, OutsideForm
from evalcore.findings.people.basis import People, no_case_file
from evalcore.findings.people.reach_people import Reached, reach_files, reach_groups, reach_source, with_whole
from evalcore.findings.people.tables import frame_of
from evalcore.findings.people.words import per_cent, per_cent_interval
from evalcore.methods import definition
from evalcore.profile.reach import DISENGAGED, ENDED_ON
from evalcore.profile.reach_time import WEEKS, Curve, Stayed, disengagement_curve, latest_date, stayed
from evalcore.study import Study
from evalcore.wording import count, joined, number

_CAUTION = (
    "The curve describes when people left. It does not show why, and with few people one more who leaves moves it far."
)
_KEPT = "The curve and the people behind it stay on this screen: each of its steps is one person."
_NAMES = ("week", "at_risk", "share", "ci_low", "ci_high")
_DATES = (("responses", COMPLETED_ON), ("roster", REFERRED_ON), ("roster", STARTED_ON), ("cases", STARTED_ON))
_HOW_TO_READ = (
    "The curve falls each time somebody disengages; the number below says how many it still rests on. The shaded area"
    " is the 95 % interval at each time by itself: it begins where the first has left, and ends where nobody is left."
)
_ROOM = 0.04
_SHOWN_WEEKS = (4.0, 8.0, 12.0)


def disengagement_finding(people: People, site: str | None = None) -> Finding:
    """Time from the start to disengagement as a Kaplan-Meier curve, and who disengaged beside who did not.

    Parameters
    ----------
    people : People
    site : str, optional
        Only the people of one site.
    """
    found = Reached.of(people.pilot(site))
    pilot = found.pilot
    spans = stayed(found.people, _last_date(people.study))
    curve = disengagement_curve(spans)
    nobody = "" if len(found.people) else no_case_file(pilot)
    title = f"Disengagement{found.at_site}: {_short(found, curve)}"
    return Finding(
        id=pilot.finding_id("disengagement"),
        title=title,
        sentence=nobody or _sentence(found, spans, curve),
        caution=_CAUTION if curve is not None else "",
        chart=None if curve is None else _chart(curve),
        table=_table(curve),
        columns=_columns(0 if curve is None else len(_weeks(curve))),
        groups=with_whole(found, reach_groups(found), reach_groups(Reached.of(people.pilot()))),
        trail=None,
        source=reach_source(people),
        definition=definition("kaplan_meier", "started"),
        outside=OutsideForm(
            name="nothing of the curve",
            title=f"Disengagement: {pilot.where}",
            sentence=nobody or _KEPT,
            caution="",
            chart=None,
            table=_table(None),
            columns=_columns(0),
        ),
        by_site=pilot.by_site,
        notes=() if nobody else (*_left_out(spans), *_profile(found), _KEPT),
        files=reach_files(people),
        topic=f"Disengagement: {pilot.where}",
    )


def _last_date(study: Study) -> pd.Timestamp | None:
    """The latest date on which anything is known to have happened."""
    tables: Mapping[str, pd.DataFrame] = {
        "responses": study.responses,
        "roster": study.roster,
        "cases": study.cases,
    }
    dates = [tables[table][name] for table, name in (*_DATES, ("cases", ENDED_ON)) if name in tables[table]]
    return latest_date(dates)


def _short(found: Reached, curve: Curve | None) -> str:
    counts = found.counts
    if not counts.status_known:
        return f"not known for {found.pilot.where}"
    left = f"{counts.disengaged:,} of {counts.status_known:,} disengaged"
    return left if curve is not None or not counts.disengaged else f"{left}, on days that are not known"


def _sentence(found: Reached, spans: Stayed, curve: Curve | None) -> str:
    missing = found.missing(CASE_STATUS, STARTED_ON, ENDED_ON)
    if curve is None:
        return " ".join(one for one in (_no_curve(found, spans), missing) if one)
    told = []
    for week in (one for one in _SHOWN_WEEKS if one <= curve.longest):
        share, low, high = curve.at(week)
        ends = f" (95 % interval {per_cent_interval(low, high)})" if np.isfinite(low) and np.isfinite(high) else ""
        told.append(f"{per_cent(share)} by week {week:.0f}{ends}")
    first = f"{curve.n_left:,} of {count(curve.n, 'person', 'people')} disengaged on a known day."
    shares = f" Still taking part: {joined(told)}." if told else ""
    until = (
        f" Who is active counts to {_day(spans.last)}, the latest date in the files." if spans.last is not None else ""
    )
    return f"{first}{shares}{until}"


def _day(date: pd.Timestamp) -> str:
    return f"{date.day} {date.strftime('%B %Y')}"


def _no_curve(found: Reached, spans: Stayed) -> str:
    if not found.counts.status_known:
        return ""
    if not found.counts.disengaged:
        return "Nobody is recorded as disengaged, so there is no curve."
    n = spans.disengaged_undated
    who = "the person who disengaged" if n == 1 else f"the {n:,} who disengaged"
    return f"There is no curve: no day is known on which {who} left (ended_on, with the start, in the case file)."


def _left_out(spans: Stayed) -> Iterator[str]:
    """Who started and is not in the curve, and which way that moves it."""
    reasons = (
        (spans.without_start, "no start date"),
        (spans.without_end, "no date of the end"),
        (spans.before_start, "an end before the start"),
        (spans.without_status, "no status"),
    )
    told = [f"{n:,} with {why}" for n, why in reasons if n]
    if told:
        high = ""
        if spans.disengaged_undated:
            high = f" {spans.disengaged_undated:,} of them disengaged, so a curve without them stands too high."
        yield f"Not in the curve: {joined(told)}.{high}"


def _profile(found: Reached) -> Iterator[str]:
    """Age, sex and OGRS of those who disengaged and of the others; descriptive."""
    cases = found.pilot.people.cases.drop_duplicates(RESPONDENT_ID).set_index(RESPONDENT_ID)
    left = found.started & np.asarray(found.status == DISENGAGED)
    others = found.started & np.asarray(found.status != "") & ~left
    if not left.any() or not others.any():
        return
    sides = [(name, cases.reindex(found.people.loc[mask, RESPONDENT_ID])) for name, mask in _sides(left, others)]
    for name, label in ((AGE, "Mean age"), (OGRS, f"Mean {found.score_name}")):
        if name == OGRS and found.kind.refused:
            continue
        parts = [_mean(who, pd.to_numeric(table[name])) for who, table in sides if name in table]
        if parts and all(parts):
            yield f"{label}: {'; '.join(parts)}."
    parts = [_women(who, table[SEX]) for who, table in sides if SEX in table]
    if parts and all(parts):
        yield f"Women: {'; '.join(parts)}. This describes these people; it does not show why they left."


def _sides(left: np.ndarray, others: np.ndarray) -> Sequence[tuple[str, np.ndarray]]:
    return ("those who disengaged", left), ("the others", others)


def _mean(who: str, values: pd.Series) -> str:
    known = values.dropna()
    return f"{number(float(known.mean()), 1)} of {who} (n = {len(known):,})" if len(known) else ""


def _women(who: str, sex: pd.Series) -> str:
    known = sex.dropna()
    return f"{int((known == FEMALE).sum()):,} of {len(known):,} of {who}" if len(known) else ""


def _weeks(curve: Curve) -> list[float]:
    return [week for week in WEEKS if week <= curve.longest]


def _table(curve: Curve | None) -> pd.DataFrame:
    lines: list[dict[str, object]] = []
    for week in [] if curve is None else _weeks(curve):
        share, low, high = curve.at(week) if curve is not None else (np.nan, np.nan, np.nan)
        at_risk = 0 if curve is None else curve.at_risk(week)
        values = {"share": 100 * share, "ci_low": 100 * low, "ci_high": 100 * high}
        lines.append({"week": f"{week:.0f}", "at_risk": at_risk, **values})
    return frame_of(lines, _NAMES, labels=("week",))


def _columns(rows: int) -> tuple[Column, ...]:
    none = ((),) * rows
    return (
        Column("week", "Week since the start", "label"),
        Column("at_risk", "Still known to take part", "characteristic", groups=none),
        Column("share", "Not disengaged (%)", "rate", 1, none, follows="at_risk"),
        Column("ci_low", "95 % interval from (%)", "interval", 1, none, follows="share"),
        Column("ci_high", "to (%)", "interval", 1, none, follows="share"),
    )


def _chart(curve: Curve) -> Chart:
    """The curve in steps within its interval, and below how many are still there at the weeks of the table."""
    marks: list[Mark] = [
        Ribbon(_interval(curve), "pilot", label="95 % interval", individual=True),
        Line(_steps(curve), "pilot", label="Not disengaged", individual=True),
    ]
    for week in _weeks(curve)[1:]:
        share, low, high = curve.at(week)
        label = f"Week {week:.0f}: {per_cent(share)}, {curve.at_risk(week):,} still known to take part"
        if np.isfinite(low) and np.isfinite(high):
            label = f"{label}, 95 % interval {per_cent_interval(low, high)}"
        marks.append(Point(week, 100 * share, "pilot", label=label, individual=True))
    ticks = tuple((week, f"{week:.0f} ({curve.at_risk(week):,})") for week in _weeks(curve))
    panel = Panel(
        x=Axis(
            "Weeks since the start (people still known to take part)",
            -_ROOM * curve.longest,
            (1 + _ROOM) * curve.longest,
            ticks=ticks,
        ),
        y=Axis("Not disengaged (%)", 0, 104),
        marks=tuple(marks),
    )
    return Chart(
        panels=(panel,),
        n=f"n = {count(curve.n, 'person', 'people')}, {curve.n_left:,} disengaged",
        how_to_read=_HOW_TO_READ,
        height=130,
    )


def _steps(curve: Curve) -> tuple[tuple[float, float], ...]:
    """From everybody down, a step each time somebody disengaged, to where the curve ends."""
    points = [(0.0, 100.0)]
    for week, share in zip(curve.weeks.tolist(), (100 * curve.share).tolist(), strict=True):
        points += [(week, points[-1][1]), (week, share)]
    return (*points, (curve.longest, points[-1][1]))


def _interval(curve: Curve) -> tuple[tuple[float, float, float], ...]:
    """The ends of the interval from step to step, in per cent; missing where there is none."""
    ends = list(zip((100 * curve.ci_low).tolist(), (100 * curve.ci_high).tolist(), strict=True))
    weeks = [*curve.weeks.tolist(), curve.longest]
    return tuple((week, *end) for step, end in enumerate(ends) for week in weeks[step : step + 2])
