"""The native columns of a caseload as SQL over the coded rows: each gives the number of a value, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evalcore.columns import AGE, OFFENCE, OGRS, SECTIONS
from evalcore.intake.headings.heading import RECORD_STATUS
from evalcore.intake.native import CONVICTED_ON, OASYS_ITEMS
from evalcore.profile.caseload import as_text
from evalcore.profile.counted import TALLIES
from evalcore.profile.counting.ages import HIGHEST, LOWEST, Births
from evalcore.profile.counting.layout import OFFENCE_OF_OGRS, Layout
from evalcore.profile.counting.understanding import Understood
from evalcore.profile.need_scores import form_of
from evalcore.rules.needs import DEFAULT_FORM, list_need_forms, load_need_form, load_need_rules

_FORM = "oasys_form"
_MADE_FROM = frozenset({RECORD_STATUS, CONVICTED_ON, OFFENCE_OF_OGRS, *OASYS_ITEMS})
_COUNTED = frozenset(name for columns in TALLIES.values() for name in columns)


@dataclass(frozen=True)
class Native:
    """One native column.

    Attributes
    ----------
    sql : str
        Gives a number from 1 on, or nothing.
    values : tuple
        What the numbers stand for.
    at : int or None
        The column of the file that it is read from, where it is read from one alone.
    by_text : tuple
        The number for each text of that column, in the order of their numbers.
    """

    sql: str
    values: tuple[object, ...]
    at: int | None = None
    by_text: tuple[int | None, ...] = ()


def looked_up(number: str, found: Sequence[int | None], kind: str = "USMALLINT") -> str:
    """What stands at a place of a list, as SQL; the number itself where that is what stands there.

    >>> looked_up("k1", [1, 2]), looked_up("k1", [2, None])
    ('k1', 'list_extract([2, NULL]::USMALLINT[], k1)')
    """
    if list(found) == list(range(1, len(found) + 1)):
        return number
    if all(one is None for one in found):
        return f"NULL::{kind}"
    said = ", ".join("NULL" if one is None else str(int(one)) for one in found)
    return f"list_extract([{said}]::{kind}[], {number})"


def of_texts(at: int, values: Sequence[object]) -> Native:
    """A column whose texts have these values, in the order of their numbers."""
    different = {value: i for i, value in enumerate(dict.fromkeys(v for v in values if v is not None), start=1)}
    numbers = tuple(different.get(value) for value in values)
    return Native(looked_up(f"k{at}", numbers), tuple(different), at, numbers)


def natives_of(
    layout: Layout, read: Understood, births: Births | None, texts: Mapping[int, Sequence[str]]
) -> dict[str, Native]:
    """Every native column that is counted and known of anybody, and `<section>_need` as it is known."""
    found = {
        name: of_texts(at, read.values[name])
        for name, at in layout.counted.items()
        if name not in _MADE_FROM and name in read.values
    }
    if OFFENCE_OF_OGRS in layout.counted and OFFENCE not in found:
        found[OFFENCE] = of_texts(layout.counted[OFFENCE_OF_OGRS], read.values[OFFENCE_OF_OGRS])
    if births is not None:
        found[AGE] = Native(
            f"({births_sql(births)['age']} - {LOWEST - 1})", tuple(map(float, range(LOWEST, HIGHEST + 1)))
        )
    if OGRS in found:
        said = f"CASE WHEN {found[OGRS].sql} IS NOT NULL THEN 1 END"
        found |= {name: Native(said, (text,)) for name, text in read.constants.items()}
    for section, items in layout.items.items():
        found[f"{section}_score"] = _summed(layout, read, section, items, texts)
    found |= _needs(found)
    return {name: native for name, native in found.items() if name in _COUNTED and native.values}


def births_sql(births: Births) -> dict[str, str]:
    """The day of birth, the day that the age is counted to, the age, and which date that day is, as SQL."""
    birth = looked_up(f"k{births.at}", births.days, "INTEGER")
    dates = [looked_up(f"k{at}", days, "INTEGER") for at, days in births.dates.items()]
    to = f"coalesce({', '.join(dates)})" if dates else "NULL::INTEGER"
    years = f"(({to} - {birth}) // 10000)"
    return {
        "birth": birth,
        "to": to,
        "age": f"(CASE WHEN {years} BETWEEN {LOWEST} AND {HIGHEST} THEN {years} END)",
        **{f"at {i}": _first_of(dates, i) for i in range(len(dates))},
    }


def _first_of(dates: Sequence[str], place: int) -> str:
    earlier = [f"{date} IS NULL" for date in dates[:place]]
    return " AND ".join([*earlier, f"{dates[place]} IS NOT NULL"])


def other_form(layout: Layout, texts: Mapping[int, Sequence[str]]) -> str:
    """Whether somebody was assessed on a form whose items are not those of 2009, as SQL."""
    if _FORM not in layout.counted:
        return "false"
    at = layout.counted[_FORM]
    others = [form for name in list_need_forms() if (form := load_need_form(name)).form_words]
    named = [i for i, text in enumerate(texts[at], start=1) if any(form.is_named(text) for form in others)]
    return f"coalesce(k{at} IN ({', '.join(map(str, named))}), false)" if named else "false"


def points_of(layout: Layout, read: Understood, item: str) -> str:
    """The points of an item as SQL."""
    points = [None if value is None else int(float(str(value))) for value in read.values[item]]
    return looked_up(f"k{layout.counted[item]}", [*points, -1], "TINYINT")


def _summed(
    layout: Layout, read: Understood, section: str, items: Sequence[str], texts: Mapping[int, Sequence[str]]
) -> Native:
    points = [points_of(layout, read, item) for item in items]
    total = " + ".join(f"coalesce({one}, 0)" for one in points)
    known = f"coalesce({', '.join(points)}) IS NOT NULL AND NOT {other_form(layout, texts)}"
    most = load_need_rules()[section].maximum or 2 * len(items)
    return Native(f"(CASE WHEN {known} THEN {total} + 1 END)", tuple(map(float, range(most + 1))))


def _needs(natives: Mapping[str, Native]) -> dict[str, Native]:
    """Who has each need, as it is recorded, else by the score."""
    found = {}
    for section in SECTIONS:
        need, score = natives.get(f"{section}_need"), natives.get(f"{section}_score")
        parts = [] if need is None else [_as_flag(need)]
        if score is not None:
            parts.append(_by_score(section, score, natives.get(_FORM)))
        parts = [part for part in parts if part]
        if parts:
            found[f"{section}_need"] = Native(f"coalesce({', '.join([*parts, 'NULL'])})", (False, True))
        else:
            found[f"{section}_need"] = Native("NULL", ())
    return found


def _as_flag(need: Native) -> str:
    numbers = [int(bool(value)) + 1 for value in need.values]
    return f"({looked_up(need.sql, numbers)})" if numbers else ""


def _by_score(section: str, score: Native, form: Native | None) -> str:
    """Whether a score is a need by the thresholds of the form, as SQL; empty where no form has one."""
    used: dict[str, list[int]] = {}
    for i, stated in enumerate(form.values if form else (), start=1):
        used.setdefault(form_of(as_text(stated)), []).append(i)
    default = _above(score, load_need_rules(DEFAULT_FORM)[section].threshold)
    cases = [
        f"WHEN {form.sql} IN ({', '.join(map(str, numbers))}) "
        f"THEN {_above(score, load_need_rules(name)[section].threshold)}"
        for name, numbers in used.items()
        if form is not None and name != DEFAULT_FORM
    ]
    return f"CASE {' '.join(cases)} ELSE {default} END" if cases else default


def _above(score: Native, threshold: int | None) -> str:
    if threshold is None:
        return "NULL"
    return looked_up(score.sql, [1 + (float(str(value)) >= threshold) for value in score.values])


def names_of(natives: Iterable[str]) -> list[str]:
    """Native columns in the order in which they are counted."""
    there = set(natives)
    return [name for name in dict.fromkeys(n for columns in TALLIES.values() for n in columns) if name in there]
