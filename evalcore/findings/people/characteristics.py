"""Who the pilot's people are: sex, site and status in counts and shares, sex beside the caseload."""

from __future__ import annotations

import pandas as pd

from evalcore.columns import CASE_STATUS, FEMALE, MALE, SEX, SITE
from evalcore.figures.chart import Axis, Chart, Interval, Mark, Panel, Point
from evalcore.findings.finding import Column, Finding, OutsideForm
from evalcore.findings.people.basis import EVERYONE, People, Pilot, files_of, no_case_file, source_of, with_context
from evalcore.findings.people.categories import (
    FIELDS,
    Category,
    caseload_groups,
    categories,
    category_groups,
    not_recorded,
)
from evalcore.findings.people.mix import ALONE
from evalcore.findings.people.tables import frame_of
from evalcore.findings.people.words import LEAST_FOR_A_SHARE, per_cent, per_cent_interval
from evalcore.methods import definition
from evalcore.outcomes.shares import wilson
from evalcore.profile.published import CaseloadShare
from evalcore.wording import count, joined

_CAUTION = "Who was taken on is not a matter of chance: a share that differs from the caseload's shows who was chosen."
_NO_INTERVAL = "Sites have no interval: how many people each takes on is decided beforehand."
_BELOW = 0.26
"""How far below the pilot's dot the caseload's stands, in rows."""


def characteristics_finding(people: People, site: str | None = None) -> Finding:
    """Sex, site and status of the pilot's people, with counts, shares and intervals; the caseload's share of each sex.

    Parameters
    ----------
    people : People
    site : str, optional
        Only the people of one site; the rows by site are then left out.
    """
    pilot = people.pilot(site)
    found = categories(pilot)
    title, sentence = _title(pilot, found), _sentence(pilot, found)
    sexes = tuple(row for row, category in enumerate(found) if category.field == SEX)
    return Finding(
        id=pilot.finding_id("characteristics"),
        title=title,
        sentence=sentence,
        caution=_caution(pilot, found),
        chart=_chart(pilot, found),
        table=_table(found),
        columns=_columns(found),
        groups={**with_context(pilot, category_groups), **{group.key: group for group in caseload_groups(found)}},
        trail=None,
        source=source_of(people),
        definition=definition("wilson"),
        outside=OutsideForm(
            name="",
            title=title,
            sentence=_sentence(pilot, [category for category in found if category.field == SEX]),
            caution=_caution(pilot, found),
            chart=_chart(pilot, found),
            rests_on=(EVERYONE,) if pilot.by_site and pilot.n else (),
            rests_on_rows=sexes,
        ),
        by_site=pilot.by_site,
        notes=_notes(pilot, found),
        files=files_of(people),
        topic=f"Who the people are: {pilot.where}",
    )


def _caution(pilot: Pilot, found: list[Category]) -> str:
    if not pilot.n:
        return ""
    compared = any(one.caseload is not None and one.caseload.share is not None for one in found)
    return _CAUTION if compared else ALONE


def _title(pilot: Pilot, found: list[Category]) -> str:
    men = next((category for category in found if category.value == MALE), None)
    who = f" at {pilot.site}" if pilot.by_site else " in the pilot"
    if not pilot.n:
        return f"No case files of people{who}"
    if men is None or men.n == 1:
        return f"{count(pilot.n, 'person', 'people')}{who}"
    recorded = "" if men.n == pilot.n else " whose sex is recorded"
    title = f"{men.count} of {men.n} people{who}{recorded} {'is a man' if men.count == 1 else 'are men'}"
    share = men.caseload.share if men.caseload else None
    return title if share is None else f"{title}; in the caseload {per_cent(share)} are"


def _sentence(pilot: Pilot, found: list[Category]) -> str:
    """Counts of each characteristic in turn, with the caseload's share of men."""
    if not pilot.n:
        return no_case_file(pilot)
    sentences = [f"There are case files of {count(pilot.n, 'person', 'people')} in {pilot.where}."]
    men, women = (next((one for one in found if one.value == sex), None) for sex in (MALE, FEMALE))
    if men is not None and women is not None:
        share = ""
        if men.n >= LEAST_FOR_A_SHARE:
            interval = per_cent_interval(*wilson(men.count, men.n))
            share = f" ({per_cent(men.count / men.n)}, 95 % interval {interval})"
        whose = "these" if men.n == pilot.n else f"the {men.n} whose sex is recorded"
        words = f"Of {whose}, {men.count} {'is' if men.count == 1 else 'are'} male{share} and {women.count} female"
        beside = men.caseload.share if men.caseload else None
        sentences.append(f"{words}." if beside is None else f"{words}; {_beside(men)}.")
    for field, lead in ((SITE, "By site"), (CASE_STATUS, "By status")):
        parts = [f"{one.label if field == SITE else one.value} ({one.count})" for one in found if one.field == field]
        if parts:
            sentences.append(f"{lead}: {joined(parts)}.")
    return " ".join(sentences)


def _beside(men: Category) -> str:
    """What is known of the caseload: "in the caseload 86 % of 12,000 are male"."""
    if men.caseload is None or men.caseload.share is None:
        return "nothing is known of the caseload"
    of = "" if men.caseload.n is None else f" of {men.caseload.n:,}"
    return f"in the caseload {per_cent(men.caseload.share)}{of} are male"


def _notes(pilot: Pilot, found: list[Category]) -> tuple[str, ...]:
    published = (note for one in found if one.caseload is not None for note in one.caseload.notes)
    sites = (_NO_INTERVAL,) if any(one.field == SITE for one in found) else ()
    missing = (pilot.without_file,) if pilot.without_file else ()
    return (*missing, *not_recorded(pilot, found), *sites, *pilot.people.taken_out, *dict.fromkeys(published))


def _table(found: list[Category]) -> pd.DataFrame:
    names = [column.name for column in _columns(found)]
    return frame_of([_line(one) for one in found], names, labels=("what", "which"))


def _line(one: Category) -> dict[str, object]:
    low, high = wilson(one.count, one.n) if one.field != SITE else (None, None)
    beside = one.caseload or CaseloadShare()
    return {
        "what": FIELDS[one.field],
        "which": one.label,
        "known": one.n,
        "people": one.count,
        "share": 100 * one.count / one.n,
        "ci_low": _hundred(low),
        "ci_high": _hundred(high),
        "caseload_people": beside.count,
        "caseload_share": _hundred(beside.share),
    }


def _hundred(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _columns(found: list[Category]) -> tuple[Column, ...]:
    known = tuple((one.known_key,) for one in found)
    holders = tuple((one.key, one.other_key) for one in found)
    beside = tuple((one.caseload_key,) if one.caseload and one.caseload.n else () for one in found)
    return (
        Column("what", "What", "label"),
        Column("which", "Which", "label"),
        Column("known", "Recorded for", "fieldwork", groups=known),
        Column("people", "People", "characteristic", groups=known, holders=holders),
        Column("share", "Share (%)", "rate", 1, known, follows="people"),
        Column("ci_low", "95 % interval from (%)", "interval", 1, known, follows="share"),
        Column("ci_high", "to (%)", "interval", 1, known, follows="share"),
        Column("caseload_people", "Caseload: people", "characteristic", groups=beside),
        Column("caseload_share", "Caseload: share (%)", "rate", 1, beside, follows="caseload_people"),
    )


def _chart(pilot: Pilot, found: list[Category]) -> Chart | None:
    """A dot with its interval for each category, the caseload's dot below it; None where nothing is recorded."""
    if not found:
        return None
    marks: list[Mark] = []
    for row, category in enumerate(found):
        marks += _marks(category, row, len(found) - 1 - row)
    ticks = tuple((float(len(found) - 1 - row), category.label) for row, category in enumerate(found))
    beside = any(one.caseload is not None and one.caseload.share is not None for one in found)
    panel = Panel(
        x=Axis("Share of those of whom it is recorded (%)", -4, 104), y=Axis("", ticks=ticks), marks=tuple(marks)
    )
    read = "Each dot is a share of the pilot's people, the bar its 95 % interval: the wider, the less is known."
    return Chart(
        panels=(panel,),
        n=f"n = {count(pilot.n, 'person', 'people')} with a case file",
        how_to_read=f"{read} The square below a dot is the caseload's share." if beside else read,
        legend=(("pilot", "Pilot"), ("caseload", "Caseload")) if beside else (),
        height=40 + 20 * len(found),
    )


def _marks(one: Category, row: int, place: int) -> list[Mark]:
    share, group = one.count / one.n, one.known_key
    words = f"{one.label}: {one.count:,} of {one.n:,} ({per_cent(share)})"
    text = f"{one.count:,} of {one.n:,}"
    marks: list[Mark] = [Point(100 * share, float(place), "pilot", label=words, text=text, group=group, row=row)]
    if one.field != SITE:
        low, high = wilson(one.count, one.n)
        label = f"95 % interval {per_cent_interval(low, high)}"
        at = float(place)
        marks.insert(0, Interval(at, 100 * low, 100 * high, "pilot", along="x", label=label, group=group, row=row))
    if one.caseload is not None and one.caseload.share is not None:
        label = f"{one.label} in the caseload: {per_cent(one.caseload.share)}"
        marks.append(Point(100 * one.caseload.share, place - _BELOW, "caseload", label=label, row=row))
    return marks
