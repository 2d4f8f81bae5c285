"""The characteristics by which the pilot's people are counted: sex, site and status, each category."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from evalcore.columns import CASE_STATUS, FEMALE, MALE, SEX, SITE
from evalcore.findings.finding import FIELDWORK, Group, having_measure
from evalcore.findings.people.basis import Mask, Pilot, caseload_group
from evalcore.profile.published import CaseloadShare

FIELDS: Mapping[str, str] = {SEX: "Sex", SITE: "Site", CASE_STATUS: "Status"}
_FIXED: Mapping[str, tuple[str, ...]] = {SEX: (MALE, FEMALE), CASE_STATUS: ("active", "completed", "disengaged")}
"""Values that stand in the table also where nobody has them."""
_WORDS: Mapping[tuple[str, str], str] = {(SEX, MALE): "Men", (SEX, FEMALE): "Women"}


@dataclass(frozen=True, eq=False)
class Category:
    """One value of one characteristic, and who has it among the people of whom it is known."""

    field: str
    value: str
    has: Mask
    known: Mask
    caseload: CaseloadShare | None

    @property
    def label(self) -> str:
        """For a reader: "Men", "Site 1", "Active"."""
        words = _WORDS.get((self.field, self.value))
        return words or (self.value if self.field == SITE else self.value.capitalize())

    @property
    def count(self) -> int:
        """People who have it."""
        return int(self.has.sum())

    @property
    def n(self) -> int:
        """People of whom it is known whether they have it."""
        return int(self.known.sum())

    @property
    def key(self) -> str:
        """Of the group of those who have it."""
        return f"{self.field}, {self.value}"

    @property
    def other_key(self) -> str:
        """Of the group of those who are known not to have it."""
        return f"{self.field}, not {self.value}"

    @property
    def known_key(self) -> str:
        """Of the group of those of whom it is known."""
        return known_key(self.field)

    @property
    def caseload_key(self) -> str:
        """Of the people of the caseload of whom it is known."""
        return f"caseload, {self.known_key}"


def known_key(field: str) -> str:
    """Key of the group of people of whom a characteristic is known.

    >>> known_key("sex")
    'sex known'
    """
    return f"{field} known"


def categories(pilot: Pilot) -> list[Category]:
    """Every category of the pilot's people; none of a characteristic that is known of nobody, or of the site chosen."""
    found = []
    for field in FIELDS:
        if field == SITE and pilot.by_site:
            continue
        values = pilot.column(field)
        known = values.notna().to_numpy(dtype=bool)
        if not known.any():
            continue
        present = {str(value) for value in values[known].unique()}
        fixed = _FIXED.get(field, ())
        words = values.astype(str).to_numpy(dtype=object)
        for value in (*fixed, *sorted(present.difference(fixed))):
            has = known & np.asarray(words == value, dtype=bool)
            share = pilot.people.caseload_sex.get(value) if field == SEX else None
            found.append(Category(field, value, has, known, share))
    return found


def category_groups(pilot: Pilot) -> Iterable[Group]:
    """Everyone, those of whom each characteristic is known, and those who have each category and who have not."""
    yield pilot.everyone
    for category in categories(pilot):
        yield pilot.counted(category.known_key, category.known)
        for key, mask, without in (
            (category.key, category.has, False),
            (category.other_key, category.known & ~category.has, True),
        ):
            yield pilot.having(key, mask, having_measure(category.field, category.value, without=without))


def caseload_groups(found: Iterable[Category]) -> Iterable[Group]:
    """The people of the caseload of whom a characteristic is known."""
    for category in found:
        if category.caseload is not None and category.caseload.n:
            yield caseload_group(category.caseload_key, FIELDWORK, category.caseload.n)


def not_recorded(pilot: Pilot, found: Iterable[Category]) -> tuple[str, ...]:
    """One sentence for each characteristic that is not known of everyone."""
    known = {category.field: category.n for category in found}
    fields = [field for field in FIELDS if not (field == SITE and pilot.by_site)]
    missing = {field: pilot.n - known.get(field, 0) for field in fields}
    return tuple(f"{FIELDS[field]} is not recorded for {n} of {pilot.n}." for field, n in missing.items() if n)
