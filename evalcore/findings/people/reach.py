"""Who was reached: listed, eligible, started, disengaged, completed, at each site and against a target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from evalcore.columns import CASE_STATUS, ELIGIBLE, STARTED_ON
from evalcore.figures.chart import Axis, Bar, Chart, Line, Mark, Panel
from evalcore.findings.finding import Column, Finding, OutsideForm
from evalcore.findings.people.basis import People, no_case_file
from evalcore.findings.people.reach_people import (
    HAS_STARTED,
    IS_ELIGIBLE,
    KNOWN_ELIGIBLE,
    KNOWN_STATUS,
    NOT_ELIGIBLE,
    NOT_STARTED_ELIGIBLE,
    STARTED_ELIGIBLE,
    Reached,
    reach_files,
    reach_groups,
    reach_source,
    with_whole,
)
from evalcore.findings.people.tables import frame_of
from evalcore.findings.people.words import LEAST_FOR_A_SHARE, per_cent, per_cent_interval
from evalcore.methods import definition
from evalcore.profile.reach import LISTED, STATUSES, Reach, reach_by_site
from evalcore.wording import count, joined

_CAUTION = (
    "Who is not on a list can not be counted: the start rate speaks of those who were listed as eligible, not of"
    " everybody whom the programme is meant for."
)
_ALL = "All sites"
_NO_TARGET = "No target was written down in the plan."
_UNSAID = "The numbers stand in the table as far as they may be shown."
_WIDTH = 0.6


def reach_finding(people: People, site: str | None = None) -> Finding:
    """How many people were listed, eligible and started, and how many disengaged or completed, in all and by site.

    Parameters
    ----------
    people : People
    site : str, optional
        Only the people of one site.
    """
    found = Reached.of(people.pilot(site))
    pilot, counts = found.pilot, found.counts
    rows = _rows(found) if counts.people else ()
    targets = {row.site: _target(people, row.site) for row in rows}
    title = _title(found)
    sentence = _sentence(found, targets.get(site)) if rows else no_case_file(pilot)
    return Finding(
        id=pilot.finding_id("reach"),
        title=title,
        sentence=sentence,
        caution=_CAUTION if rows else "",
        chart=_chart(rows, targets) if counts.started else None,
        table=_table(rows, targets),
        columns=_columns(len(rows)),
        groups=with_whole(found, reach_groups(found), reach_groups(Reached.of(people.pilot()))),
        trail=None,
        source=reach_source(people),
        definition=definition("started", "start_rate", "wilson"),
        outside=OutsideForm(
            name="all sites together, or the site chosen",
            title=f"Who was reached: {pilot.where}" if rows else title,
            sentence=_UNSAID if rows else sentence,
            caution=_CAUTION if rows else "",
            chart=None,
            table=_table(rows[:1], targets),
            columns=_columns(len(rows[:1])),
        ),
        by_site=pilot.by_site,
        notes=_notes(found, rows),
        files=reach_files(people),
        topic=f"Who was reached: {pilot.where}",
    )


def _target(people: People, site: str | None) -> int | None:
    """The target of starts that the plan names, if it names one."""
    plan = people.study.plan
    target = None if plan is None else plan.target(site)
    return None if target is None else target.starts


def _rows(found: Reached) -> tuple[Reach, ...]:
    """The whole, then each site; a site that was chosen stands alone."""
    if found.pilot.by_site:
        return (found.counts,)
    by_site = reach_by_site(found.everybody)
    return (found.counts, *(by_site if len(by_site) > 1 else ()))


def _title(found: Reached) -> str:
    counts, where = found.counts, found.pilot.where
    if not counts.people:
        return f"Nobody is known to have been reached in {where}"
    if counts.started is None:
        return f"Who started in {where} is not known"
    if counts.eligible and counts.started_eligible is not None:
        who = count(counts.eligible, "eligible person", "eligible people")
        return f"{counts.started_eligible:,} of {who}{found.at_site} started"
    return f"{count(counts.started, 'person', 'people')} started in {where}"


def _sentence(found: Reached, target: int | None) -> str:
    counts = found.counts
    told = [_listed(counts)]
    if counts.started is not None:
        told.append(f"{count(counts.started, 'person has', 'people have')} started{_rate(counts)}.")
        if counts.status_known:
            told.append(_statuses(counts))
        told.append(_NO_TARGET if target is None else _against(counts.started, target))
    told.append(found.missing(ELIGIBLE, STARTED_ON, CASE_STATUS))
    return " ".join(one for one in told if one)


def _listed(counts: Reach) -> str:
    if not counts.listed:
        return f"Nobody stands on a list of those asked; there are case files of {_people(counts.people)}."
    eligible = f", {counts.eligible:,} of them known to be eligible" if counts.eligible_known else ""
    return f"{count(counts.listed, 'person stands', 'people stand')} on the list of those asked{eligible}."


def _people(n: int) -> str:
    return count(n, "person", "people")


def _rate(counts: Reach) -> str:
    """The start rate with its interval; below 10 people as a count."""
    if counts.start_rate is None or counts.start_interval is None:
        return ""
    of = f"{counts.started_eligible:,} of {counts.eligible:,} eligible"
    if counts.eligible < LEAST_FOR_A_SHARE:
        return f" ({of})"
    return f" ({of}, {per_cent(counts.start_rate)}, 95 % interval {per_cent_interval(*counts.start_interval)})"


def _statuses(counts: Reach) -> str:
    parts = [f"{getattr(counts, status):,} {'are ' if status == 'active' else ''}{status}" for status in STATUSES]
    return f"Of the {counts.status_known:,} of them whose status is known, {joined(parts)}."


def _against(started: int, target: int) -> str:
    return (
        f"The plan names a target of {count(target, 'start', 'starts')}: {started:,} is {per_cent(started / target)}."
    )


def _notes(found: Reached, rows: Sequence[Reach]) -> tuple[str, ...]:
    notes = []
    counts = found.counts
    if counts.eligible_known and counts.eligible_known < counts.people:
        notes.append(f"Whether they are eligible is not known of {_people(counts.people - counts.eligible_known)}.")
    if counts.started and counts.status_known < counts.started:
        notes.append(f"No status is recorded for {counts.started - counts.status_known:,} of those who started.")
    nowhere = counts.people - sum(row.people for row in rows[1:])
    if len(rows) > 1 and nowhere:
        notes.append(f"{_people(nowhere)} without a site: counted under all sites only.")
    return tuple(notes)


def _table(rows: Sequence[Reach], targets: Mapping[str | None, int | None]) -> pd.DataFrame:
    names = [column.name for column in _columns(len(rows))]
    return frame_of([_line(row, targets.get(row.site)) for row in rows], names, labels=("where", "target"))


def _line(row: Reach, target: int | None) -> dict[str, object]:
    low, high = row.start_interval or (None, None)
    known = row.eligible_known > 0
    return {
        "where": _ALL if row.site is None else row.site,
        "listed": row.listed,
        "eligible": row.eligible if known else None,
        "started_eligible": row.started_eligible if known else None,
        "share": _hundred(row.start_rate),
        "ci_low": _hundred(low),
        "ci_high": _hundred(high),
        "started": row.started,
        **{status: getattr(row, status) if row.status_known else None for status in STATUSES},
        "target": "" if target is None else f"{target:,}",
    }


def _hundred(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _columns(n: int) -> tuple[Column, ...]:
    """Only the first row, that of everybody shown, may leave: it names its groups."""

    def first(*keys: str) -> tuple[tuple[str, ...], ...]:
        return (keys, *((),) * (n - 1)) if n else ()

    eligible, status = first(IS_ELIGIBLE), first(KNOWN_STATUS)
    starts = first(STARTED_ELIGIBLE, NOT_STARTED_ELIGIBLE)
    return (
        Column("where", "Where", "label"),
        Column("listed", "Listed", "fieldwork", groups=first(LISTED)),
        Column(
            "eligible",
            "Eligible",
            "characteristic",
            groups=first(KNOWN_ELIGIBLE),
            holders=first(IS_ELIGIBLE, NOT_ELIGIBLE),
        ),
        Column("started_eligible", "Eligible and started", "characteristic", groups=eligible, holders=starts),
        Column("share", "Start rate (%)", "rate", 1, eligible, follows="started_eligible"),
        Column("ci_low", "95 % interval from (%)", "interval", 1, eligible, follows="share"),
        Column("ci_high", "to (%)", "interval", 1, eligible, follows="share"),
        Column("started", "Started", "fieldwork", groups=first(HAS_STARTED)),
        *(
            Column(
                one,
                one.capitalize(),
                "characteristic",
                groups=status,
                holders=first(f"status, {one}", f"status, not {one}"),
            )
            for one in STATUSES
        ),
        Column("target", "Target of starts", "label"),
    )


def _chart(rows: Sequence[Reach], targets: Mapping[str | None, int | None]) -> Chart:
    """A bar of starts for each place, and its target as a mark."""
    marks: list[Mark] = []
    ticks = []
    for place, row in zip(range(len(rows) - 1, -1, -1), rows, strict=True):
        name, started = _ALL if row.site is None else row.site, row.started or 0
        of = f" of {row.eligible:,} eligible" if row.eligible_known else ""
        ticks.append((float(place), f"{name}: {started:,}{of}"))
        label = f"{name}: {started:,} started"
        marks.append(Bar(float(place), 0.0, float(started), "pilot", label=label, width=_WIDTH))
        target = targets.get(row.site)
        if target is not None:
            ends = ((float(target), place - _WIDTH / 2), (float(target), place + _WIDTH / 2))
            marks.append(Line(ends, "reference", label=f"{name}: target {target:,}"))
    most = max([row.started or 0 for row in rows] + [target or 0 for target in targets.values()])
    panel = Panel(
        x=Axis("People who started", 0, 1.05 * most + 0.5), y=Axis("", ticks=tuple(ticks)), marks=tuple(marks)
    )
    read = "Each bar is the number of people who started."
    with_target = any(target is not None for target in targets.values())
    return Chart(
        panels=(panel,),
        n=f"n = {_people(rows[0].people)} listed or with a case file",
        how_to_read=f"{read} The mark is the target written down in the plan." if with_target else read,
        legend=(("pilot", "Started"), ("reference", "Target")) if with_target else (),
        height=40 + 20 * len(rows),
    )
