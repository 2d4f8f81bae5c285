"""Any one category of the pilot's people (offence, sentence, ethnicity, ...), beside the caseload where it knows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from evalcore.columns import CASE_STATUS, COMPANY, OFFENCE, SENTENCE
from evalcore.errors import UnknownNameError
from evalcore.figures.chart import Axis, Chart, Mark, Panel
from evalcore.findings.before_after.by_group.group_columns import GroupColumn, candidates, category_measure
from evalcore.findings.finding import LEAST_FOR_A_MEAN, Column, Finding, Group, OutsideForm
from evalcore.findings.people.basis import (
    Mask,
    People,
    Pilot,
    files_of,
    no_case_file,
    source_of,
    with_context,
)
from evalcore.findings.people.compared import (
    LEGEND,
    caseload_groups,
    caseload_mark,
    compared,
    compared_columns,
    compared_line,
    pilot_marks,
    published_note,
)
from evalcore.findings.people.mix import ALONE
from evalcore.findings.people.tables import frame_of
from evalcore.findings.people.words import LEAST_FOR_A_SHARE, per_cent
from evalcore.intake.native import CASES, native_columns
from evalcore.methods import definition
from evalcore.profile.caseload import as_text, key_of, stated
from evalcore.profile.counted import TALLIES, is_counted, narrowed
from evalcore.wording import count, joined, lower_first, upper_first

APART = ("ethnicity", "disability")
"""Shown only when chosen, and never given outside for one site."""

_NATIVE = {
    OFFENCE: "Offence",
    SENTENCE: "Sentence",
    CASE_STATUS: "Status",
    COMPANY: "Company",
    "fund_band": "Fund band",
    "ethnicity": "Ethnicity",
    "disability": "Disability",
}
_MOST, _SHOWN = 60, 15
_TOLD = 3
_BELOW = 0.26
_OTHERS, _NOT_HERE = "All others", "Others, caseload only"
_CAUTION = "Who was taken on is not a matter of chance: a share that differs from the caseload's shows who was chosen."
_UNSAID = "The counts stand in the table as far as they may be shown."
_NOT_BY_SITE = "{what} is not given outside by site."
_YES_NO = {"true": "Yes", "false": "No"}


@dataclass(frozen=True, eq=False)
class CategoryRow:
    """One category: who of the pilot has it, of those of whom it is recorded, and how many of the caseload."""

    column: str
    label: str
    row: int
    known: Mask
    has: Mask
    caseload_n: int
    caseload_k: int

    @property
    def n(self) -> int:
        """People of whom it is recorded."""
        return int(self.known.sum())

    @property
    def k(self) -> int:
        """Of them in this category."""
        return int(self.has.sum())

    @property
    def known_key(self) -> str:
        """Of those of whom it is recorded."""
        return f"{self.column} known"

    @property
    def keys(self) -> tuple[str, str]:
        """Of those in this category, and in another."""
        return f"{self.column}, {self.label}", f"{self.column}, not {self.label}"


def category_columns(people: People) -> dict[str, str]:
    """The columns of the case files that say a category, by what stands for each in an address, with a heading.

    Those that the program knows go by their name, and others by their place (`column-1`), because their heading is the
    file's. A column of numbers with many values, or in which everybody differs, is none.

    >>> from evalcore.sample import sample_study
    >>> list(category_columns(People(sample_study())))
    ['offence', 'sentence', 'status', 'company', 'fund_band']
    """
    cases = people.cases
    found = {name: label for name, label in _NATIVE.items() if name in cases and cases[name].notna().any()}
    for column, kept in _kept(people).items():
        different, known = cases[kept.name].nunique(), int(cases[kept.name].notna().sum())
        if 0 < different <= _MOST and (different < known or different == 1):
            found[column] = kept.label
    return found


def _kept(people: People) -> dict[str, GroupColumn]:
    """The columns that were kept from a case file, by what stands for each in an address on every page."""
    native = native_columns(CASES)
    found = candidates(people.study) if len(people.cases) else {}
    return {column: one for column, one in found.items() if CASES in one.tables and one.name not in native}


def categories_finding(people: People, site: str | None = None, column: str = "") -> Finding:
    """The people in each category of one column, with shares and intervals, beside the caseload's.

    Parameters
    ----------
    people : People
    site : str, optional
        Only the people of one site; ethnicity and disability are then not given outside.
    column : str
        One of `category_columns`; the first of them (the offence) where none is named.

    Raises
    ------
    UnknownNameError
        If there is no such column.
    """
    columns = category_columns(people)
    if column and column not in columns:
        raise UnknownNameError(f"There is no such category in the case files. There are: {joined(list(columns))}.")
    chosen = column or next((name for name in columns if name not in APART), OFFENCE)
    what = columns.get(chosen, _NATIVE[OFFENCE])
    pilot = people.pilot(site)
    rows = _rows(pilot, chosen)
    return Finding(
        id=pilot.finding_id(_kind(chosen, list(columns))),
        title=_title(pilot, what, rows),
        sentence=_sentence(pilot, what, rows),
        caution=_caution(rows) if rows else "",
        chart=_chart(what, rows),
        table=_table(rows),
        columns=_columns(rows),
        groups={**with_context(pilot, lambda one: _groups(one, chosen)), **caseload_groups(rows)},
        trail=None,
        source=source_of(people),
        definition=definition("category_shares", "wilson"),
        outside=_outside(pilot, chosen, what, rows),
        by_site=pilot.by_site,
        notes=_notes(pilot, what, rows),
        files=files_of(people),
        topic=f"{what}: {pilot.where}",
    )


def _kind(chosen: str, columns: list[str]) -> str:
    """What the identifier begins with; a column of the file's own stands as its number: its heading is a label."""
    if chosen == OFFENCE:
        return "categories"
    return f"categories-{chosen if chosen in _NATIVE else f'column-{columns.index(chosen) + 1}'}".replace("_", "-")


def _rows(pilot: Pilot, column: str) -> list[CategoryRow]:
    """The categories that anybody of the pilot is in, most people first, and one for those of the caseload alone."""
    name = _name_of(pilot.people, column)
    keys, spelled = _spelled(pilot.cases[name]) if name in pilot.cases else (np.array([], dtype=object), {})
    known = np.array([key is not None for key in keys], dtype=bool)
    if not known.any():
        return []
    theirs = _tally(pilot.people.caseload, name)
    n = sum(theirs.values())
    counts = {key: int((keys == key).sum()) for key in spelled}
    order = sorted(spelled, key=lambda key: (-counts[key], spelled[key]))
    rows = [
        CategoryRow(column, spelled[key], at, known, np.asarray(keys == key, dtype=bool), n, theirs.get(key, 0))
        for at, key in enumerate(order)
    ]
    rest = n - sum(row.caseload_k for row in rows)
    if rest:
        nobody = np.zeros(len(known), dtype=bool)
        rows.append(CategoryRow(column, _NOT_HERE, len(rows), known, nobody, n, rest))
    return rows


def _name_of(people: People, column: str) -> str:
    kept = _kept(people).get(column)
    return column if kept is None else kept.name


def _spelled(values: pd.Series) -> tuple[npt.NDArray[np.object_], dict[str, str]]:
    """A key for each person, None where nothing is recorded, and how each key is written for a reader."""
    codes, texts = pd.factorize(values)
    keys = [key_of(as_text(text)) or None for text in texts]
    spelled = {key: _written(as_text(text)) for key, text in reversed(list(zip(keys, texts, strict=True))) if key}
    return np.array([*keys, None], dtype=object)[codes], spelled


def _written(text: str) -> str:
    return _YES_NO.get(text.casefold(), upper_first(text))


def _tally(caseload: pd.DataFrame, column: str) -> dict[str, int]:
    """How many people of the caseload are in each category; none where it has no such column, or did not count it."""
    if is_counted(caseload) and column not in TALLIES.get(column, ()):
        return {}
    texts, _ = stated(narrowed(caseload, (column,)), column)
    return {key_of(text): n for text, n in texts.items()}


def _merged(rows: Sequence[CategoryRow]) -> list[CategoryRow]:
    """Categories of few people, and those of nobody, put together as one: a rare one would name somebody."""
    kept = [row for row in rows if row.k >= LEAST_FOR_A_MEAN]
    few = [row for row in rows if row not in kept]
    if not few:
        return kept
    has = np.any([row.has for row in few], axis=0)
    k = sum(row.caseload_k for row in few)
    return [*kept, replace(few[0], label=_OTHERS, row=len(kept), has=has, caseload_k=k)]


def _groups(pilot: Pilot, column: str) -> Iterator[Group]:
    """Of each category as it stands on the screen and as it leaves."""
    rows = _rows(pilot, column)
    yield pilot.everyone
    seen: set[str] = set()
    for row in (*_merged(rows), *rows):
        if row.keys[0] in seen:
            continue
        if not seen:
            yield pilot.counted(row.known_key, row.known)
        seen.add(row.keys[0])
        for key, mask, without in zip(row.keys, (row.has, row.known & ~row.has), (False, True), strict=True):
            yield pilot.having(key, mask, category_measure(pilot.people.study, column, row.label, without=without))


def _outside(pilot: Pilot, column: str, what: str, rows: Sequence[CategoryRow]) -> OutsideForm:
    topic = f"{what}: {pilot.where}"
    if (pilot.by_site and column in APART) or not rows:
        sentence = _NOT_BY_SITE.format(what=what) if rows else _sentence(pilot, what, rows)
        name = f"no {lower_first(what)} by site" if rows else ""
        return OutsideForm(name, topic, sentence, "", None, table=_table(rows).iloc[:0], columns=_columns(()))
    merged = _merged(rows)
    return OutsideForm(
        name="categories of few people put together as one",
        title=topic,
        sentence=_UNSAID,
        caution=_caution(rows),
        chart=_chart(what, merged),
        table=_table(merged),
        columns=_columns(merged),
    )


def _title(pilot: Pilot, what: str, rows: Sequence[CategoryRow]) -> str:
    if not rows:
        return f"{what}: not known for anybody in {pilot.where}"
    return f"{what} in {pilot.where}: most often {_quoted(rows[0].label)} ({rows[0].k:,} of {rows[0].n:,})"


def _quoted(label: str) -> str:
    return f"“{label}”"


def _sentence(pilot: Pilot, what: str, rows: Sequence[CategoryRow]) -> str:
    if not rows:
        return f"{what} is not recorded for anybody in {pilot.where}." if pilot.n else no_case_file(pilot)
    own = [row for row in rows if row.k]
    named = joined([f"{_quoted(row.label)} {_share(row)}" for row in own[:_TOLD]])
    more = f" There are {len(own) - _TOLD:,} further categories." if len(own) > _TOLD else ""
    return f"Of {count(rows[0].n, 'person', 'people')} in {pilot.where} of whom it is recorded: {named}.{more}"


def _share(row: CategoryRow) -> str:
    share = "" if row.n < LEAST_FOR_A_SHARE else per_cent(row.k / row.n)
    beside = f"in the caseload {per_cent(row.caseload_k / row.caseload_n)}" if row.caseload_n else ""
    known = "; ".join(part for part in (share, beside) if part)
    return f"{row.k:,} ({known})" if known else f"{row.k:,}"


def _caution(rows: Sequence[CategoryRow]) -> str:
    return _CAUTION if rows[0].caseload_n else ALONE


def _notes(pilot: Pilot, what: str, rows: Sequence[CategoryRow]) -> tuple[str, ...]:
    missing = pilot.n - rows[0].n if rows else 0
    unknown = (f"{what} is not recorded for {missing:,} of {pilot.n:,}.",) if missing else ()
    no_caseload = rows and not rows[0].caseload_n and len(pilot.people.caseload)
    alone = (f"Nothing is known of it in the caseload: {lower_first(what)}.",) if no_caseload else ()
    others = (f"“{_NOT_HERE}”: categories that people of the caseload are in, and no one of the pilot.",)
    beside = (*alone, *published_note(pilot.people))
    return (*unknown, *beside, *(others if rows and rows[-1].label == _NOT_HERE else ()), *pilot.people.taken_out)


def _table(rows: Sequence[CategoryRow]) -> pd.DataFrame:
    lines = [compared_line(row, category=row.label) for row in rows]
    return frame_of(lines, [column.name for column in _columns(rows)], labels=("category",))


def _columns(rows: Sequence[CategoryRow]) -> tuple[Column, ...]:
    keys = [row.keys for row in rows]
    return (Column("category", "Category", "label"), *compared_columns(rows, keys, "Recorded for", "People"))


def _chart(what: str, rows: Sequence[CategoryRow]) -> Chart | None:
    """A dot with its interval for each category, the caseload's square below it; the most frequent ones."""
    shown = rows[:_SHOWN]
    if not shown:
        return None
    places = {row.row: float(len(shown) - 1 - at) for at, row in enumerate(shown)}
    beside = compared(shown)
    panel = Panel(
        x=Axis("Share of those of whom it is recorded (%)", -4, 104),
        y=Axis("", ticks=tuple((places[row.row], row.label) for row in shown)),
        marks=tuple(mark for row in shown for mark in _marks(row, places[row.row])),
    )
    read = f"Each dot is the share of the pilot's people, the bar its 95 % interval. {what} as the file spells it."
    return Chart(
        panels=(panel,),
        n=f"n = {count(shown[0].n, 'person', 'people')} of whom it is recorded",
        how_to_read=f"{read} The square below a dot is the caseload's share." if beside else read,
        legend=LEGEND if beside else (),
        height=40 + 20 * len(shown),
    )


def _marks(row: CategoryRow, place: float) -> Iterator[Mark]:
    yield from pilot_marks(row, place, row.label, f"{row.k:,} of {row.n:,}")
    yield from caseload_mark(row, place - _BELOW, f"{row.label} in the caseload")
