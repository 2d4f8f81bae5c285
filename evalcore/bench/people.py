"""Everyone in a study who answered or was asked: when they answered, where they stand, and what is known of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from evalcore.columns import AGE, COMPLETED_ON, PRE, RESPONDENT_ID, ROLE, SERVICE_USER, SEX, SITE, WAVE
from evalcore.study import Study


@dataclass
class Person:
    """One identifier in one role (None where no file says it), and what the files say of it.

    `answered` maps a wave to the date of the answer; the date is empty where there is none.
    """

    respondent_id: str
    role: str | None
    answered: dict[str, str] = field(default_factory=dict)
    on_roster: bool = False
    in_cases: bool = False
    site: str = ""
    sex: str = ""
    age: str = ""

    def only_at(self, wave: str) -> bool:
        """Whether this is the one wave with an answer."""
        return set(self.answered) == {wave}

    def could_be(self, role: str | None) -> bool:
        """Whether a role is this one's; one that is not known could be any."""
        return role is None or self.role is None or role == self.role


def gather_people(study: Study) -> list[Person]:
    """Gather everyone who answered or stands on the roster, in that order."""
    people: dict[tuple[str | None, str], Person] = {}
    by_name: dict[str, list[Person]] = {}

    def someone(who: str, role: str | None) -> Person:
        if (role, who) not in people:
            people[(role, who)] = Person(who, role)
            by_name.setdefault(who, []).append(people[(role, who)])
        return people[(role, who)]

    for cells in _rows(study.entries, (RESPONDENT_ID, ROLE, WAVE, SITE, COMPLETED_ON)):
        who, role, wave, site, date = cells
        if who and wave:
            one = someone(who, role)
            one.answered[wave] = one.answered.get(wave) or (date or "")[:10]
            one.site = one.site or site or ""
    for who, role, site in _rows(study.roster, (RESPONDENT_ID, ROLE, SITE)):
        if who:
            its = [one for one in by_name.get(who, ()) if one.could_be(role)] or [someone(who, role)]
            for one in its:
                one.on_roster, one.site = True, one.site or site or ""
    for who, site, sex, age in _rows(study.cases, (RESPONDENT_ID, SITE, SEX, AGE)):
        for one in (one for one in by_name.get(who or "", ()) if one.could_be(SERVICE_USER)):
            one.in_cases, one.site = True, one.site or site or ""
            one.sex, one.age = sex or "", (age or "").removesuffix(".0")
    return list(people.values())


def _rows(table: pd.DataFrame, columns: Sequence[str]) -> Iterator[tuple[str | None, ...]]:
    """The rows of a table as plain text, None where a cell or the whole column is missing."""
    cells = [_plain(table[name]) if name in table else [None] * len(table) for name in columns]
    return zip(*cells, strict=True)


def _plain(column: pd.Series) -> list[str | None]:
    there = column.notna().tolist()
    return [str(value) if known else None for value, known in zip(column.tolist(), there, strict=True)]


def when_answered(one: Person) -> str:
    """Say when someone answered, in a word or two."""
    if not one.answered:
        return "no answer"
    if len(one.answered) > 1:
        return "before and after"
    return "before only" if PRE in one.answered else "after only"


def held_against(one: Person, other: Person, *, roster: bool) -> Mapping[str, tuple[str, str]]:
    """Lay what is known of two identifiers side by side; an empty text is not known."""
    on_roster = {True: "on the roster", False: "not on the roster"}
    return {
        SITE: (one.site, other.site),
        ROLE: (one.role or "", other.role or ""),
        SEX: (one.sex, other.sex),
        AGE: (one.age, other.age),
        "answered": (when_answered(one), when_answered(other)),
        "dates": (_dates(one), _dates(other)),
        "roster": (on_roster[one.on_roster], on_roster[other.on_roster]) if roster else ("", ""),
    }


def _dates(one: Person) -> str:
    return ", ".join(date for date in one.answered.values() if date)
